"""What goes out to any service, as values: money that is to move, what is answered, and what people have to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec


class Payee(StrEnum):
    """Who money goes to."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    INSPECTOR = "inspector"
    SENDER = "sender"


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """Money that is to leave. `key` is the same however often it is asked: the provider moves the money once for it.

    `reference` is what the money is about inside the order or account: a refund, a payout, an inspection.
    """

    key: str
    payee: Payee
    aggregate_id: str
    reference: str
    amount_minor: int
    currency: str
    rail: str
    account_hash: str = ""


class Progress(StrEnum):
    """How far a transfer is: it waits for a batch or a hand, it is on its way, it left, or it never will."""

    WAITING = "waiting"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says to a transfer; a confirmation that comes later is a command of its own."""

    progress: Progress
    rail: str
    reason_code: str = ""
    # What banks kept of money that came back.
    charges_minor: int = 0


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody has to know. `key` is the same however often it is told; `seq` names the event."""

    key: str
    family: str
    aggregate_id: str
    seq: int
    kind: str
    recipients: Sequence[str]
    at: dt.datetime
    facts: Mapping[str, Any]
