"""One movement that named no order, folded from its events."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from fairlot.domain.suspense.events import (
    Assigned,
    AssignmentUndone,
    PlatformBreached,
    ReturnDecided,
    SentBack,
    SuspenseEvent,
    TakenIn,
)


class SuspenseStatus(StrEnum):
    """Where unmatched money stands."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    ASSIGNED = "assigned"
    GOING_BACK = "going_back"
    SENT_BACK = "sent_back"


class Suspended(msgspec.Struct, frozen=True, kw_only=True):
    """The money, what the bank said of when it came, and what became of it; minor units."""

    status: SuspenseStatus = SuspenseStatus.UNKNOWN
    amount_minor: int = 0
    currency: str = ""
    rail: str = ""
    booked_date: dt.date | None = None
    booked_at: dt.datetime | None = None
    why: str = ""
    entry_hash: str = ""
    return_at: dt.datetime | None = None
    order_id: str = ""
    due_at: dt.datetime | None = None
    breached: bool = False


EMPTY = Suspended()


def evolve(state: Suspended, event: SuspenseEvent) -> Suspended:
    """Return the movement after the event. Total: never refuses."""
    match event:
        case TakenIn():
            return Suspended(
                status=SuspenseStatus.WAITING,
                amount_minor=event.amount_minor,
                currency=event.currency,
                rail=event.rail,
                booked_date=event.booked_date,
                booked_at=event.booked_at,
                why=event.why,
                entry_hash=event.entry_hash,
                return_at=event.return_at,
            )
        case Assigned():
            return replace(state, status=SuspenseStatus.ASSIGNED, order_id=event.order_id)
        case AssignmentUndone():
            return replace(
                state, status=SuspenseStatus.WAITING, order_id="", return_at=event.return_at
            )
        case ReturnDecided():
            return replace(state, status=SuspenseStatus.GOING_BACK, due_at=event.due_at)
        case SentBack():
            return replace(state, status=SuspenseStatus.SENT_BACK)
        case PlatformBreached():
            return replace(state, breached=True)
