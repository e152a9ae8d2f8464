"""evolve(): what each event did to a supplier's limit. Total: it never refuses."""

from __future__ import annotations

from msgspec.structs import replace

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
    Grant,
    Reservation,
    SupplierLimit,
    find_grant,
    find_reservation,
)


def evolve(limit: SupplierLimit, event: LimitEvent) -> SupplierLimit:
    """Return the limit after an event."""
    match event:
        case LimitSet():
            return replace(
                limit,
                company_id=event.company_id,
                currency=event.currency,
                limit_minor=event.limit_minor,
            )
        case CoverReserved():
            return replace(limit, reservations=(*limit.reservations, _reservation(event)))
        case ReservationLapsed():
            marked = tuple(
                replace(r, lapsed=True) if r.is_of(event.order_id, event.acceptance_id) else r
                for r in limit.reservations
            )
            return replace(limit, reservations=marked)
        case ReservationReleased():
            return _without_reservation(limit, event.order_id, event.acceptance_id)
        case CoverConfirmed():
            return _confirmed(limit, event)
        case CoverReleased():
            return replace(
                limit, grants=tuple(g for g in limit.grants if g.order_id != event.order_id)
            )
        case CoverHeld():
            return _held(limit, event)
        case CoverLapsed():
            marked_grants = tuple(
                replace(g, lapsed=True) if g.order_id == event.order_id else g for g in limit.grants
            )
            return replace(limit, grants=marked_grants)


def _reservation(event: CoverReserved) -> Reservation:
    return Reservation(
        acceptance_id=event.acceptance_id,
        order_id=event.order_id,
        version_hash=event.version_hash,
        cover_minor=event.cover_minor,
        taken_minor=event.taken_minor,
        rate_numerator=event.rate_numerator,
        rate_denominator=event.rate_denominator,
        lapses_at=event.lapses_at,
    )


def _without_reservation(limit: SupplierLimit, order_id: str, acceptance_id: str) -> SupplierLimit:
    left = tuple(r for r in limit.reservations if not r.is_of(order_id, acceptance_id))
    return replace(limit, reservations=left)


def _confirmed(limit: SupplierLimit, event: CoverConfirmed) -> SupplierLimit:
    """What was reserved joins what the order takes already, for an increase has its own grant (ruling A11)."""
    reserved = find_reservation(limit, event.order_id, event.acceptance_id)
    assert reserved is not None
    before = find_grant(limit, event.order_id)
    grant = Grant(
        order_id=event.order_id,
        cover_minor=reserved.cover_minor + (before.cover_minor if before else 0),
        taken_minor=reserved.taken_minor + (before.taken_minor if before else 0),
        rate_numerator=reserved.rate_numerator,
        rate_denominator=reserved.rate_denominator,
        acceptance_ids=(*(before.acceptance_ids if before else ()), event.acceptance_id),
    )
    others = tuple(g for g in limit.grants if g.order_id != event.order_id)
    return replace(
        _without_reservation(limit, event.order_id, event.acceptance_id), grants=(*others, grant)
    )


def _held(limit: SupplierLimit, event: CoverHeld) -> SupplierLimit:
    before = find_grant(limit, event.order_id)
    grant = Grant(
        order_id=event.order_id,
        cover_minor=event.cover_minor,
        taken_minor=event.taken_minor,
        rate_numerator=event.rate_numerator,
        rate_denominator=event.rate_denominator,
        acceptance_ids=before.acceptance_ids if before else (),
        until=event.until,
    )
    others = tuple(g for g in limit.grants if g.order_id != event.order_id)
    return replace(limit, grants=(*others, grant))
