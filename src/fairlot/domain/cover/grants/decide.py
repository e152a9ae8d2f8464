"""decide(): what a supplier's limit grants, or a refusal; reserved first, so that two acceptances never share a dollar.

An acceptance spans two aggregates, the limit and the order. The reservation holds the dollars in between, and does so
until it is known what became of the acceptance: a clock asks for that answer but never frees anything by itself. The
same holds for the cover of an order whose windows are over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fairlot.domain.calendar import after_hours, whole_second
from fairlot.domain.cover.grants import commands as c
from fairlot.domain.cover.grants.events import (
    CoverConfirmed,
    CoverHeld,
    CoverLapsed,
    CoverReleased,
    CoverReserved,
    LimitEvent,
    LimitSet,
    ReservationLapsed,
    ReservationReleased,
)
from fairlot.domain.cover.grants.state import (
    Reservation,
    SupplierLimit,
    find_grant,
    find_reservation,
)
from fairlot.domain.cover.limit import grant_cover, to_limit_currency
from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.party import Actor, Role

# An acceptance is decided within seconds; after this somebody has to look what became of it.
RESERVATION_HOURS = 1

SYSTEM = frozenset({Role.PROVIDER, Role.OPERATOR})
ROLES: dict[type[c.Command], frozenset[Role]] = {
    c.SetLimit: SYSTEM,
    c.ReserveCover: SYSTEM,
    c.ConfirmCover: SYSTEM,
    c.ReleaseReservation: SYSTEM,
    c.HoldCover: SYSTEM,
    c.ReleaseCover: SYSTEM,
    c.SettleDue: frozenset(Role),
}


def may(actor: Actor, command: c.LimitCommand) -> bool:
    """Say whether the actor may ask this at all."""
    return actor.role in ROLES[type(command)]


def decide(
    limit: SupplierLimit, command: c.LimitCommand, *, actor: Actor, now: dt.datetime
) -> tuple[LimitEvent, ...]:
    """Return what the command brings about at `now`; raises Refused. What is due by `now` must be settled before."""
    now = whole_second(now)
    if isinstance(command, c.SettleDue):
        return settle_due(limit, now=now)
    if not may(actor, command):
        raise Refused(Code.NOT_PERMITTED, role=actor.role)
    return HANDLERS[type(command)](limit, command, now)


def next_deadline(limit: SupplierLimit) -> dt.datetime | None:
    """Return when the earliest reservation lapses, or the last window of an order that takes cover ends."""
    return min((event.at for event in _lapses(limit)), default=None)


def settle_due(limit: SupplierLimit, *, now: dt.datetime) -> tuple[LimitEvent, ...]:
    """Return the effect of the earliest reservation or window that has lapsed by `now`, or nothing."""
    first = min(_lapses(limit), key=_turn, default=None)
    return () if first is None or whole_second(now) <= first.at else (first,)


def _lapses(limit: SupplierLimit) -> list[ReservationLapsed | CoverLapsed]:
    """Return what will lapse, as the events that will tell of it."""
    reservations = [
        ReservationLapsed(at=r.lapses_at, acceptance_id=r.acceptance_id, order_id=r.order_id)
        for r in limit.reservations
        if not r.lapsed
    ]
    grants = [
        CoverLapsed(at=g.until, order_id=g.order_id)
        for g in limit.grants
        if g.until is not None and not g.lapsed
    ]
    return [*reservations, *grants]


def _turn(event: ReservationLapsed | CoverLapsed) -> tuple[dt.datetime, str, str]:
    named = event.acceptance_id if isinstance(event, ReservationLapsed) else ""
    return event.at, event.order_id, named


def _set(limit: SupplierLimit, command: c.SetLimit, now: dt.datetime) -> tuple[LimitEvent, ...]:
    refuse_if(not 0 <= command.limit_minor <= AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE)
    known = limit.currency
    refuse_if(known not in {"", command.currency}, Code.CURRENCY_FIXED, currency=known)
    return (
        LimitSet(
            at=now,
            company_id=command.company_id,
            currency=command.currency,
            limit_minor=command.limit_minor,
            computation_hash=command.computation_hash,
        ),
    )


def _reserve(
    limit: SupplierLimit, command: c.ReserveCover, now: dt.datetime
) -> tuple[LimitEvent, ...]:
    refuse_if(command.covered_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    before = find_grant(limit, command.order_id)
    reserved = find_reservation(limit, command.order_id, command.acceptance_id)
    known = reserved is not None or (
        before is not None and command.acceptance_id in before.acceptance_ids
    )
    refuse_if(known, Code.REFERENCE_REUSED, reference=command.acceptance_id)
    numerator = before.rate_numerator if before else command.rate_numerator
    denominator = before.rate_denominator if before else command.rate_denominator
    granted = grant_cover(
        covered_minor=command.covered_minor,
        total_minor=command.covered_minor,
        free_limit_minor=limit.free_minor,
        numerator=numerator,
        denominator=denominator,
    )
    refuse_if(
        granted.cover_minor < command.covered_minor,
        Code.COVER_CHANGED,
        cover_minor=granted.cover_minor,
        covered_minor=command.covered_minor,
    )
    return (
        CoverReserved(
            at=now,
            acceptance_id=command.acceptance_id,
            order_id=command.order_id,
            version_hash=command.version_hash,
            cover_minor=granted.cover_minor,
            taken_minor=granted.taken_minor,
            rate_numerator=numerator,
            rate_denominator=denominator,
            lapses_at=after_hours(now, RESERVATION_HOURS),
        ),
    )


def _reserved(limit: SupplierLimit, order_id: str, acceptance_id: str) -> Reservation:
    reservation = find_reservation(limit, order_id, acceptance_id)
    if reservation is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=acceptance_id)
    return reservation


def _confirm(
    limit: SupplierLimit, command: c.ConfirmCover, now: dt.datetime
) -> tuple[LimitEvent, ...]:
    """The acceptance itself, the order's message and whoever looked after a lapse may all say so; once counts."""
    grant = find_grant(limit, command.order_id)
    if grant is not None and command.acceptance_id in grant.acceptance_ids:
        return ()
    reserved = _reserved(limit, command.order_id, command.acceptance_id)
    return (
        CoverConfirmed(at=now, acceptance_id=reserved.acceptance_id, order_id=reserved.order_id),
    )


def _release_reservation(
    limit: SupplierLimit, command: c.ReleaseReservation, now: dt.datetime
) -> tuple[LimitEvent, ...]:
    reserved = _reserved(limit, command.order_id, command.acceptance_id)
    return (
        ReservationReleased(
            at=now, acceptance_id=reserved.acceptance_id, order_id=reserved.order_id
        ),
    )


def _hold(limit: SupplierLimit, command: c.HoldCover, now: dt.datetime) -> tuple[LimitEvent, ...]:
    refuse_if(command.cover_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    grant = find_grant(limit, command.order_id)
    held = None if grant is None else (grant.cover_minor, grant.until)
    if held == (command.cover_minor, command.until):
        return ()
    numerator, denominator = command.rate_numerator, command.rate_denominator
    return (
        CoverHeld(
            at=now,
            order_id=command.order_id,
            cover_minor=command.cover_minor,
            taken_minor=to_limit_currency(
                command.cover_minor, numerator=numerator, denominator=denominator
            ),
            rate_numerator=numerator,
            rate_denominator=denominator,
            until=command.until,
        ),
    )


def _release(
    limit: SupplierLimit, command: c.ReleaseCover, now: dt.datetime
) -> tuple[LimitEvent, ...]:
    if find_grant(limit, command.order_id) is None:
        return ()
    return (CoverReleased(at=now, order_id=command.order_id),)


Handler = Callable[[SupplierLimit, Any, dt.datetime], tuple[LimitEvent, ...]]

HANDLERS: dict[type[c.Command], Handler] = {
    c.SetLimit: _set,
    c.ReserveCover: _reserve,
    c.ConfirmCover: _confirm,
    c.ReleaseReservation: _release_reservation,
    c.HoldCover: _hold,
    c.ReleaseCover: _release,
}
