"""What may be asked about a movement of the bank that named no order; who asks and when travel beside it."""

from __future__ import annotations

import datetime as dt

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something asked for."""


class TakeIn(Command, frozen=True, kw_only=True):
    """Take unmatched money into suspense; the entry itself is kept outside the record, by its hash."""

    amount_minor: int
    currency: str
    rail: str
    booked_date: dt.date
    booked_at: dt.datetime | None
    why: str
    entry_hash: str


class Assign(Command, frozen=True, kw_only=True):
    """Say which order the money is for."""

    order_id: str


class UndoAssignment(Command, frozen=True, kw_only=True):
    """Take the money back because the order would not take it."""

    order_id: str
    code: str


class SendBack(Command, frozen=True, kw_only=True):
    """Send the money back to who sent it, before its days are over."""


class RecordSentBack(Command, frozen=True, kw_only=True):
    """Book that the money left for its sender, as the bank confirms."""

    rail: str


class SettleDue(Command, frozen=True, kw_only=True):
    """Let whatever is due by now happen; the clock's only command."""


SuspenseCommand = TakeIn | Assign | UndoAssignment | SendBack | RecordSentBack | SettleDue
