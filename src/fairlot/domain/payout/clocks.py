"""The clocks of a supplier's account: who must act by when, and what happens by itself; each effect dated its deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from fairlot.domain.calendar import after_days, whole_second
from fairlot.domain.payout.events import (
    PayoutEvent,
    PlatformBreached,
    ReceivableReminded,
    ReceivableWrittenOff,
)
from fairlot.domain.payout.moves import Moves, PayoutRules, add_payout
from fairlot.domain.payout.state import PayoutAccount, Receivable


class ClockKind(StrEnum):
    """Which clock; at equal instants they act in this order."""

    ACCOUNT_USABLE = "account_usable"
    PAYOUT_SENT = "payout_sent"
    PAYOUT_AGAIN = "payout_again"
    RECEIVABLE_REMINDER = "receivable_reminder"
    WRITE_OFF = "write_off"


_ORDER = {kind: place for place, kind in enumerate(ClockKind)}


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A running clock: what it is about, and the last instant at which the awaited act is in time."""

    kind: ClockKind
    due_at: dt.datetime
    subject: str = ""


def clocks(account: PayoutAccount) -> tuple[Clock, ...]:
    """Return the running clocks, the earliest first."""
    return tuple(sorted(_running(account), key=lambda c: (c.due_at, _ORDER[c.kind], c.subject)))


def next_deadline(account: PayoutAccount) -> dt.datetime | None:
    """Return the instant of the earliest running clock."""
    return min((clock.due_at for clock in _running(account)), default=None)


def settle_due(
    account: PayoutAccount, *, now: dt.datetime, rules: PayoutRules
) -> tuple[PayoutEvent, ...]:
    """Return the effect of the earliest clock that has run out by `now`, or nothing."""
    running = clocks(account)
    if not running or whole_second(now) <= running[0].due_at:
        return ()
    return _effect(account, running[0], rules)


def _running(account: PayoutAccount) -> Iterator[Clock]:
    receiving = account.receiving
    if (
        receiving is not None
        and receiving.verified
        and receiving.usable_at is not None
        and account.payables
        and not account.held_back
    ):
        yield Clock(kind=ClockKind.ACCOUNT_USABLE, due_at=receiving.usable_at)
    for payout in account.open_payouts:
        if not payout.breached:
            yield Clock(kind=ClockKind.PAYOUT_SENT, due_at=payout.due_at, subject=payout.id)
    if account.again_until is not None:
        yield Clock(kind=ClockKind.PAYOUT_AGAIN, due_at=account.again_until)
    for receivable in account.receivables:
        yield from _clocks_of(receivable)


def _clocks_of(receivable: Receivable) -> Iterator[Clock]:
    subject = receivable.order_id
    if receivable.remind_at < receivable.write_off_at:
        yield Clock(
            kind=ClockKind.RECEIVABLE_REMINDER, due_at=receivable.remind_at, subject=subject
        )
    yield Clock(kind=ClockKind.WRITE_OFF, due_at=receivable.write_off_at, subject=subject)


def _effect(account: PayoutAccount, clock: Clock, rules: PayoutRules) -> tuple[PayoutEvent, ...]:
    match clock.kind:
        case ClockKind.ACCOUNT_USABLE:
            moves = Moves(account)
            add_payout(moves, at=clock.due_at, rules=rules)
            assert moves.events, "an account that became usable is paid to"
            return moves.made()
        case ClockKind.PAYOUT_SENT | ClockKind.PAYOUT_AGAIN:
            breach = PlatformBreached(
                at=clock.due_at, clock=clock.kind, due_at=clock.due_at, payout_id=clock.subject
            )
            return (breach,)
        case ClockKind.RECEIVABLE_REMINDER:
            receivable = _receivable(account, clock.subject)
            reminded = ReceivableReminded(
                at=clock.due_at,
                order_id=receivable.order_id,
                owed_minor=receivable.owed_minor,
                currency=account.currency,
                remind_at=after_days(receivable.remind_at, receivable.reminder_days),
            )
            return (reminded,)
        case ClockKind.WRITE_OFF:
            receivable = _receivable(account, clock.subject)
            written_off = ReceivableWrittenOff(
                at=clock.due_at,
                order_id=receivable.order_id,
                owed_minor=receivable.owed_minor,
                currency=account.currency,
            )
            return (written_off,)


def _receivable(account: PayoutAccount, order_id: str) -> Receivable:
    return next(r for r in account.receivables if r.order_id == order_id)
