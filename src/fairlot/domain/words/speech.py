"""How values are written for a reader: amounts with their currency, instants in the contract's zone, lists by their words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from fairlot.domain.calendar import zone_named
from fairlot.domain.money import amount_text
from fairlot.domain.order.state import (
    CreditMismatch,
    CreditStatus,
    DisputeStatus,
    OfferKind,
    Status,
)
from fairlot.domain.order.terms import DefectClass, Proof
from fairlot.domain.party import Role
from fairlot.domain.policy.model import CoverKind, Ground, Rail
from fairlot.domain.words.language import Language, Words, fill, places_of
from fairlot.domain.words.standing import said

# A fact is a string or an integer; these names say which closed lists its word is from.
LISTS: dict[str, tuple[type[StrEnum], ...]] = {
    "status": (Status,),
    "stage": (DisputeStatus, CreditStatus),
    "mismatch": (CreditMismatch,),
    "role": (Role,),
    "rail": (Rail,),
    "way": (Rail,),
    "ground": (Ground,),
    "required": (Proof,),
    "kind": (CoverKind, OfferKind),
    "defect_class": (DefectClass,),
}
HASH_DIGITS_SHOWN = 12
# Refusals carry instants and dates as text.
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """The language to write in, the currency of bare amounts (none: minor units as they are), the zone of instants."""

    language: Language
    currency: str = ""
    zone: str = "UTC"
    # False where the page says once for all of it which zone its times are of.
    names_zone: bool = True

    def date(self, date: dt.date) -> str:
        """Write a calendar date."""
        if self.language == "zh":
            return f"{date.year}年{date.month}月{date.day}日"
        return f"{date.day} {MONTHS[date.month - 1]} {date.year}"

    def instant(self, instant: dt.datetime) -> str:
        """Write an instant in the zone, to the second where it is not a whole minute."""
        local = instant.astimezone(zone_named(self.zone))
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        zone = f" ({self.zone})" if self.names_zone else ""
        return f"{self.date(local.date())} {clock}{zone}"

    def amount(self, amount_minor: int, currency: str) -> str:
        """Write an amount with its currency."""
        return amount_text(amount_minor, currency)

    def words(self, words: Words, facts: Mapping[str, Any]) -> str:
        """Write a sentence with its facts; amounts take the fact `currency` before the reader's own."""
        currency = facts.get("currency") or self.currency
        template = words.say(self.language)
        needed, optional = places_of(template)
        shown = {name: facts[name] for name in needed | optional if name in facts}
        written = {name: self._fact(name, fact, currency) for name, fact in shown.items()}
        absent = {name for name, fact in shown.items() if not fact}
        return fill(template, written, absent=absent)

    def _fact(self, name: str, fact: Any, currency: str) -> str:
        match fact:
            case None:
                return ""
            case bool():
                return "yes" if fact else ""
            case StrEnum():
                return said(fact, self.language)
            case dt.datetime():
                return self.instant(fact)
            case dt.date():
                return self.date(fact)
            case int():
                is_amount = name.endswith("_minor") and currency
                return amount_text(fact, currency) if is_amount else f"{fact:,}"
            case str():
                return self._text(name, fact)
            case _:
                raise TypeError(f"{name}: {type(fact).__name__} is no fact")

    def _text(self, name: str, text: str) -> str:
        for members in LISTS.get(name, ()):
            if text in {member.value for member in members}:
                return said(members(text), self.language)
        if name.endswith("hash"):
            return text[:HASH_DIGITS_SHOWN]
        if ISO_INSTANT.match(text):
            return self.instant(dt.datetime.fromisoformat(text))
        if ISO_DATE.fullmatch(text):
            return self.date(dt.date.fromisoformat(text))
        return text
