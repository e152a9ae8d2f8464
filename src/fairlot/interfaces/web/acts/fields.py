"""The fields that the forms of acts are made of: how each is drawn from an order, and how what was typed is read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from fairlot.application.conversation.attachments import Attachment
from fairlot.application.conversation.conversing import MESSAGE_LENGTH_MAX
from fairlot.application.queries.order_view import terms_shown
from fairlot.application.queries.seen import SeenOrder
from fairlot.domain.calendar import end_of_date, zone_named
from fairlot.domain.contract.document import Contract
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor
from fairlot.domain.words.language import Language
from fairlot.domain.words.speech import Speech
from fairlot.interfaces.web.acts.words import FIELDS, FieldWords, form_words
from fairlot.interfaces.web.amount_field import AmountError, minor_of

TEXT_LENGTH_MAX = 64
WHOLE_DIGITS_MAX = 9

Option = tuple[str, str]
"""What is sent, and what is read."""


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """All that a form is drawn from: the order at this moment, who acts, and which forms of the command would be heard.

    Those that would be granted are marked; the others are refused so that it can be appealed.
    """

    seen: SeenOrder
    order: Order
    now: dt.datetime
    actor: Actor
    contract: Contract | None
    language: Language
    heard: tuple[tuple[c.OrderCommand, bool], ...]

    @property
    def currency(self) -> str:
        """Return the order's currency, or nothing before it has one."""
        terms = terms_shown(self.order)
        return "" if terms is None else terms.currency

    @property
    def zone(self) -> str:
        """Return the zone in which days and times are meant."""
        terms = terms_shown(self.order)
        return "UTC" if terms is None else terms.zone

    @property
    def speech(self) -> Speech:
        """Return how values are written."""
        return Speech(
            language=self.language, currency=self.currency, zone=self.zone, names_zone=False
        )


class Kind(StrEnum):
    """How a field is filled in."""

    CHOICE = "choice"
    MANY = "many"
    FLAG = "flag"
    AMOUNT = "amount"
    WHOLE = "whole"
    DAY = "day"
    DAY_END = "day_end"
    MOMENT = "moment"
    TEXT = "text"
    WRITTEN = "written"
    PAPER = "paper"
    PAPERS = "papers"


KEPT = frozenset({Kind.WRITTEN, Kind.PAPER, Kind.PAPERS})
"""What is kept in the order's conversation; the command names it by its hash."""


class Field(msgspec.Struct, frozen=True):
    """One field: which of the command's it fills (`offer.kind` is a part of a part), and how."""

    name: str
    kind: Kind
    options: Callable[[Sight], Sequence[Option]] | None = None
    required: bool = True
    words_name: str = ""

    @property
    def words(self) -> FieldWords:
        """Return what it asks for: by its own name, or by that of the part it fills."""
        return FIELDS[self.words_name or self.name.rpartition(".")[2]]


class FieldFaultError(ValueError):
    """A field cannot be read; the message says why, in the reader's language."""

    def __init__(self, field: Field, why: str) -> None:
        super().__init__(why)
        self.field = field


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What came with a form: texts by field, and the files that were chosen."""

    texts: Mapping[str, Sequence[str]]
    papers: Mapping[str, Sequence[Attachment]]

    def one(self, field: Field) -> str:
        """Return the text of a field, without spaces around it."""
        return next(iter(self.texts.get(field.name, ())), "").strip()


def read(field: Field, typed: Typed, sight: Sight) -> Any:
    """Return the value of a field that is no text or file to be kept; None where nothing was given. Raises FieldFaultError."""
    text = typed.one(field)
    match field.kind:
        case Kind.FLAG:
            return bool(text)
        case Kind.MANY:
            return _chosen_many(field, typed, sight)
        case _ if not text:
            _refuse_missing(field, sight.language)
            return None
        case Kind.CHOICE:
            return _chosen(field, text, sight)
        case Kind.AMOUNT:
            return _amount(field, text, sight)
        case Kind.WHOLE:
            return _whole(field, text, sight.language)
        case Kind.TEXT:
            return _text(field, text, sight.language)
        case _:
            return _when(field, text, sight)


def read_written(field: Field, typed: Typed, language: Language) -> str:
    """Return what was written, to be kept. Raises FieldFaultError."""
    text = typed.one(field).replace("\r\n", "\n")
    if not text:
        _refuse_missing(field, language)
    if len(text) > MESSAGE_LENGTH_MAX // 2:
        raise _fault(field, "is_long", language)
    return text


def read_papers(field: Field, typed: Typed, language: Language) -> Sequence[Attachment]:
    """Return the files that were chosen, to be kept. Raises FieldFaultError."""
    papers = typed.papers.get(field.name, ())
    if not papers:
        _refuse_missing(field, language)
    return papers


def _chosen(field: Field, text: str, sight: Sight) -> str:
    if text not in dict(_options(field, sight)):
        raise _fault(field, "is_no_choice", sight.language)
    return text


def _chosen_many(field: Field, typed: Typed, sight: Sight) -> list[str]:
    known = dict(_options(field, sight))
    chosen = list(dict.fromkeys(typed.texts.get(field.name, ())))
    if any(each not in known for each in chosen):
        raise _fault(field, "is_no_choice", sight.language)
    if not chosen:
        _refuse_missing(field, sight.language)
    return chosen


def _options(field: Field, sight: Sight) -> Sequence[Option]:
    assert field.options is not None, "who can choose has something to choose from"
    return field.options(sight)


def _amount(field: Field, text: str, sight: Sight) -> int:
    try:
        return minor_of(text, sight.currency)
    except AmountError:
        raise _fault(field, "is_no_amount", sight.language) from None


def _whole(field: Field, text: str, language: Language) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= WHOLE_DIGITS_MAX):
        raise _fault(field, "is_no_number", language)
    return int(text)


def _text(field: Field, text: str, language: Language) -> str:
    if len(text) > TEXT_LENGTH_MAX or not text.isprintable():
        raise _fault(field, "is_long", language)
    return text


def _when(field: Field, text: str, sight: Sight) -> dt.date | dt.datetime:
    try:
        if field.kind is Kind.MOMENT:
            local = dt.datetime.fromisoformat(text)
            return local.replace(tzinfo=zone_named(sight.zone)).astimezone(dt.UTC)
        day = dt.date.fromisoformat(text)
        return end_of_date(day, sight.zone) if field.kind is Kind.DAY_END else day
    except (ValueError, OverflowError):
        raise _fault(field, "is_no_day", sight.language) from None


def _refuse_missing(field: Field, language: Language) -> None:
    if field.required:
        raise _fault(field, "is_missing", language)


def _fault(field: Field, why: str, language: Language) -> FieldFaultError:
    label = field.words.label.say(language)
    return FieldFaultError(field, f"{label}: {form_words(language)[why]}")
