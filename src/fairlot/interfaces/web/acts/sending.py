"""Sending an act: its texts and files are kept beside the order, its command names them by hash, and once for its form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.asking import ask, vetted
from fairlot.application.conversation.attachments import ODD_CHARACTERS, Attachment
from fairlot.application.conversation.conversing import say
from fairlot.application.keys import find_outcomes, keyed_id
from fairlot.application.outcome import Outdated
from fairlot.application.queries.actions import refusal_of
from fairlot.application.storage import StorageFullError
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusal_words import tell_refusal
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.words.commands import COMMANDS
from fairlot.domain.words.events import tell_event
from fairlot.interfaces.web.acts.fields import (
    KEPT,
    Field,
    FieldFaultError,
    Kind,
    Sight,
    Typed,
    read,
    read_papers,
    read_written,
)
from fairlot.interfaces.web.acts.forms import Form, command_of
from fairlot.interfaces.web.acts.words import form_words
from fairlot.interfaces.web.form_token import is_token
from fairlot.reading_room import reading_room
from fairlot.store.conversation import SentOtherwiseError
from fairlot.writing_room import lent_connection, writing_room

NEW_ID_DIGITS = 16
# Stands for the hash of what is not kept yet, while the order is asked whether it would grant the act at all.
HASH_TO_COME = "0" * 64


class NotSentError(Exception):
    """An act was not done; the message says why, in the reader's language, and `field` where it lies."""

    def __init__(self, why: str, field: Field | None = None) -> None:
        super().__init__(why)
        self.field = field


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it was sent: `token` makes it one act however often it is sent, `version` is the order it was drawn from."""

    kind: type[c.Command]
    form: Form
    typed: Typed
    token: str
    version: int | None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What an act left on record, told; with `refusal` where it was refused so that it can be appealed."""

    told: str
    refusal: str = ""


def send(sending: Sending, sight: Sight) -> Sent:
    """Do what a form asks, and return what happened. Raises NotSentError."""
    words = form_words(sight.language)
    if not is_token(sending.token):
        raise NotSentError(words["is_odd"])
    scope = sight.actor.company_id or sight.actor.person_id
    command_id = keyed_id(scope, sending.token)
    known = _known(command_id, sight)
    if known is not None:
        return known
    try:
        values = {
            field.name: read(field, sending.typed, sight)
            for field in sending.form.fields
            if field.kind not in KEPT
        }
        values |= _kept(sending, values, sight, command_id)
        return _asked(_command(sending, values, sight, command_id), sending, sight, command_id)
    except FieldFaultError as fault:
        raise NotSentError(str(fault), fault.field) from None
    except Refused as refusal:
        raise NotSentError(tell_refusal(refusal.code, refusal.facts, sight.speech)) from None
    except StorageFullError as full:
        raise NotSentError(full.sentence(sight.language)) from None
    except SentOtherwiseError:
        raise NotSentError(words["was_sent"]) from None
    except Outdated:
        raise NotSentError(words["is_outdated"]) from None


def _known(command_id: str, sight: Sight) -> Sent | None:
    """Return what an act came to that was sent before; None for one that was not. Raises NotSentError."""
    with lent_connection() as connection:
        found = find_outcomes(connection, [command_id], orders=writing_room().desk.orders)
    return _sent(found[0].code, found[0].facts, found[0].events, sight) if found else None


def _sent(
    code: Code | None, facts: Mapping[str, str | int], events: Sequence[OrderEvent], sight: Sight
) -> Sent:
    """Tell an outcome. Raises NotSentError for a refusal that left nothing on record."""
    told = " ".join(tell_event(event, sight.speech) for event in events)
    refusal = "" if code is None else tell_refusal(code, facts, sight.speech)
    if refusal and not events:
        raise NotSentError(refusal)
    return Sent(told=told, refusal=refusal)


def _kept(
    sending: Sending, values: dict[str, Any], sight: Sight, command_id: str
) -> dict[str, Any]:
    """Keep the texts and files of a form in the conversation and return their hashes; nothing for what would be refused."""
    language, typed = sight.language, sending.typed
    written = {
        field.name: read_written(field, typed, language)
        for field in sending.form.fields
        if field.kind is Kind.WRITTEN
    }
    papers = {
        field.name: read_papers(field, typed, language)
        for field in sending.form.fields
        if field.kind in {Kind.PAPER, Kind.PAPERS}
    }
    if not any(written.values()) and not any(papers.values()):
        return {}
    to_come = {
        field.name: _hash_to_come(field) for field in sending.form.fields if field.kind in KEPT
    }
    draft = _command(sending, {**values, **to_come}, sight, command_id)
    refusal = refusal_of(sight.order, draft, Asked(sight.actor, sight.now, sight.seen.policy))
    if refusal is not None and not refusal.record:
        raise refusal
    text = "\n".join(filter(None, (COMMANDS[sending.kind].label.say(language), *written.values())))
    if ODD_CHARACTERS.search(text):
        raise NotSentError(form_words(language)["is_long"])
    body_hash = _said(
        text, [each for chosen in papers.values() for each in chosen], sight, command_id
    )
    return {
        **{name: body_hash for name, text in written.items() if text},
        **{name: _paper_hashes(name, chosen, sending) for name, chosen in papers.items() if chosen},
    }


def _hash_to_come(field: Field) -> str | list[str]:
    return [HASH_TO_COME] if field.kind is Kind.PAPERS else HASH_TO_COME


def _paper_hashes(name: str, chosen: Sequence[Attachment], sending: Sending) -> str | list[str]:
    hashes = [hashlib.sha256(each.content).hexdigest() for each in chosen]
    field = next(each for each in sending.form.fields if each.name == name)
    return hashes if field.kind is Kind.PAPERS else hashes[0]


def _said(text: str, attachments: list[Attachment], sight: Sight, command_id: str) -> str:
    room = reading_room()
    with lent_connection() as connection:
        message = say(
            connection,
            text,
            attachments,
            order_id=sight.seen.order_id,
            author=sight.actor,
            command_id=command_id,
            now=room.clock(),
            files=room.files,
        )
    return message.body_hash.hex()


def _command(
    sending: Sending, values: dict[str, Any], sight: Sight, command_id: str
) -> c.OrderCommand:
    new_id = content_hash(command_id.encode()).hex()[:NEW_ID_DIGITS]
    try:
        return command_of(sending.kind, sending.form, values, new_id=new_id, sight=sight)
    except (msgspec.ValidationError, ValueError):
        raise NotSentError(form_words(sight.language)["is_odd"]) from None


def _asked(command: c.OrderCommand, sending: Sending, sight: Sight, command_id: str) -> Sent:
    desk, order_id = writing_room().desk, sight.seen.order_id
    command = vetted(command, order_id, sight.order, person_id=sight.actor.person_id, desk=desk)
    outcome = ask(
        order_id,
        command,
        actor=sight.actor,
        command_id=command_id,
        desk=desk,
        expected_seq=sending.version,
    )
    return _sent(outcome.code, outcome.facts, outcome.events, sight)
