"""decide(): what becomes of unmatched money; pure, checks in a fixed order, each movement goes one way once."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import BusinessCalendar, after_business_days, whole_second
from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.party import Actor, Role
from fairlot.domain.suspense import commands as c
from fairlot.domain.suspense.events import (
    Assigned,
    AssignmentUndone,
    PlatformBreached,
    ReturnDecided,
    SentBack,
    SuspenseEvent,
    TakenIn,
)
from fairlot.domain.suspense.state import Suspended, SuspenseStatus

SYSTEM = frozenset({Role.PROVIDER, Role.OPERATOR})
OPERATOR = frozenset({Role.OPERATOR})
ROLES: dict[type[c.Command], frozenset[Role]] = {
    c.TakeIn: SYSTEM,
    c.Assign: OPERATOR,
    c.UndoAssignment: SYSTEM,
    c.SendBack: OPERATOR,
    c.RecordSentBack: SYSTEM,
    c.SettleDue: frozenset(Role),
}


class SuspenseRules(msgspec.Struct, frozen=True, kw_only=True):
    """How long unmatched money waits, and how long its return may take, in business days (rulings A14, A19)."""

    suspense_business_days: int
    sent_business_days: int
    calendar: BusinessCalendar
    zone: str

    def after(self, at: dt.datetime, days: int) -> dt.datetime:
        """Return the end of the Nth business day after an instant."""
        return after_business_days(at, days, calendar=self.calendar, zone=self.zone)


def may(actor: Actor, command: c.SuspenseCommand) -> bool:
    """Say whether the actor may ask this at all."""
    return actor.role in ROLES[type(command)]


def decide(
    state: Suspended,
    command: c.SuspenseCommand,
    *,
    actor: Actor,
    now: dt.datetime,
    rules: SuspenseRules,
) -> tuple[SuspenseEvent, ...]:
    """Return what the command brings about at `now`; raises Refused. What is due by `now` must be settled before."""
    now = whole_second(now)
    if isinstance(command, c.SettleDue):
        return settle_due(state, now=now, rules=rules)
    if not may(actor, command):
        raise Refused(Code.NOT_PERMITTED, role=actor.role)
    match command:
        case c.TakeIn():
            return _taken_in(state, command, now, rules)
        case c.Assign():
            _check_stands(state, SuspenseStatus.WAITING)
            refuse_if(not command.order_id, Code.UNKNOWN_REFERENCE, reference=command.order_id)
            return (
                Assigned(
                    at=now,
                    order_id=command.order_id,
                    amount_minor=state.amount_minor,
                    currency=state.currency,
                    rail=state.rail,
                ),
            )
        case c.UndoAssignment():
            return _undone(state, command, now, rules)
        case c.SendBack():
            _check_stands(state, SuspenseStatus.WAITING)
            return (_return(state, now, rules, by_clock=False),)
        case c.RecordSentBack():
            return _sent_back(state, command, now)


def _check_stands(state: Suspended, status: SuspenseStatus) -> None:
    refuse_if(state.status is not status, Code.WRONG_STATUS, status=state.status.value)


def _taken_in(
    state: Suspended, command: c.TakeIn, now: dt.datetime, rules: SuspenseRules
) -> tuple[SuspenseEvent, ...]:
    refuse_if(state.status is not SuspenseStatus.UNKNOWN, Code.ALREADY_EXISTS)
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE, most=AMOUNT_MINOR_MAX)
    return (
        TakenIn(
            at=now,
            amount_minor=command.amount_minor,
            currency=command.currency,
            rail=command.rail,
            booked_date=command.booked_date,
            booked_at=None if command.booked_at is None else whole_second(command.booked_at),
            why=command.why,
            entry_hash=command.entry_hash,
            return_at=rules.after(now, rules.suspense_business_days),
        ),
    )


def _undone(
    state: Suspended, command: c.UndoAssignment, now: dt.datetime, rules: SuspenseRules
) -> tuple[SuspenseEvent, ...]:
    """Only the assignment that stands can be undone; said again later it changes nothing."""
    _check_stands(state, SuspenseStatus.ASSIGNED)
    refuse_if(
        command.order_id != state.order_id, Code.UNKNOWN_REFERENCE, reference=command.order_id
    )
    assert state.return_at is not None
    return (
        AssignmentUndone(
            at=now,
            order_id=state.order_id,
            code=command.code,
            amount_minor=state.amount_minor,
            currency=state.currency,
            rail=state.rail,
            return_at=max(state.return_at, rules.after(now, 1)),
        ),
    )


def _return(
    state: Suspended, at: dt.datetime, rules: SuspenseRules, *, by_clock: bool
) -> ReturnDecided:
    return ReturnDecided(
        at=at,
        amount_minor=state.amount_minor,
        currency=state.currency,
        by_clock=by_clock,
        due_at=rules.after(at, rules.sent_business_days),
    )


def _sent_back(
    state: Suspended, command: c.RecordSentBack, now: dt.datetime
) -> tuple[SuspenseEvent, ...]:
    """Told again, a bank says nothing new."""
    if state.status is SuspenseStatus.SENT_BACK:
        return ()
    _check_stands(state, SuspenseStatus.GOING_BACK)
    return (
        SentBack(
            at=now, amount_minor=state.amount_minor, currency=state.currency, rail=command.rail
        ),
    )


def next_deadline(state: Suspended) -> dt.datetime | None:
    """Return when something happens by itself: the money goes back, or its return is late."""
    if state.status is SuspenseStatus.WAITING:
        return state.return_at
    if state.status is SuspenseStatus.GOING_BACK and not state.breached:
        return state.due_at
    return None


def settle_due(
    state: Suspended, *, now: dt.datetime, rules: SuspenseRules
) -> tuple[SuspenseEvent, ...]:
    """Return the effect of the clock that has run out by `now`, or nothing."""
    due_at = next_deadline(state)
    if due_at is None or whole_second(now) <= due_at:
        return ()
    if state.status is SuspenseStatus.WAITING:
        return (_return(state, due_at, rules, by_clock=True),)
    return (PlatformBreached(at=due_at, clock="suspense_sent_back", due_at=due_at),)
