"""The clocks of production, shipment, delivery and of the order's end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fairlot.domain.order.clocks.clock import Clock, ClockKind, Waits
from fairlot.domain.order.rules.claim_windows import last_window_end, shipment_window_end
from fairlot.domain.order.rules.frozen import undisputed_minor, undisputed_of_shipment_minor
from fairlot.domain.order.standing import (
    arrival_of,
    awaits_price,
    buyer_collects,
    missing_minor,
    ready_in_time,
    terms_of,
)
from fairlot.domain.order.state import (
    ON_THE_WAY,
    LotChoice,
    Order,
    Shipment,
    Status,
    has_open_refusal,
)
from fairlot.domain.policy.model import Policy

_LEFT = frozenset({Status.SHIPPED, Status.DELIVERED, Status.COMPLETED})


def resumed(order: Order, due_at: dt.datetime) -> dt.datetime:
    """Return when an ordinary clock acts that was overdue while the order was suspended (ruling A38)."""
    if order.resumed_at is None:
        return due_at
    return max(due_at, order.resumed_at)


def goods_clocks(order: Order, policy: Policy, *, suspended: bool) -> Iterator[Clock]:
    for inspection in order.inspections:
        if inspection.report is None and not inspection.lapsed:
            yield Clock(
                kind=ClockKind.INSPECTION_REPORT,
                due_at=inspection.report_due_at,
                waits_for=Waits.INSPECTOR,
                subject=inspection.id,
            )
    if order.choice_until is not None and order.lot_choice is LotChoice.NONE:
        yield Clock(kind=ClockKind.LOT_CHOICE, due_at=order.choice_until, waits_for=Waits.BUYER)
    for shipment in order.shipments:
        yield from _shipment_clocks(order, shipment, policy)
    if order.status is Status.IN_PRODUCTION:
        yield from _production_clocks(order, policy, suspended=suspended)
    if order.shipments and not suspended:
        yield from _part_clocks(order, policy)
        yield from _ending_clocks(order, policy)
    elif not policy.money.freeze_whole_order:
        yield from _undisputed_clocks(order, policy)


def _shipment_clocks(order: Order, shipment: Shipment, policy: Policy) -> Iterator[Clock]:
    if shipment.movement_until is not None:
        yield Clock(
            kind=ClockKind.MOVEMENT,
            due_at=shipment.movement_until,
            waits_for=Waits.SUPPLIER,
            subject=shipment.id,
        )
        return
    if shipment.claim_until is None:
        assert shipment.arrival_asked_at is not None
        yield Clock(
            kind=ClockKind.ARRIVAL,
            due_at=shipment.arrival_asked_at,
            waits_for=Waits.BUYER,
            subject=shipment.id,
        )
        return
    if order.status in _LEFT:
        warning = _next_notice(
            policy.clocks.claim_warning_days,
            given=shipment.warned_days,
            until=shipment.claim_until,
            since=_later(arrival_of(shipment) or shipment.counted_at, shipment.known_at),
        )
        if warning is not None:
            yield Clock(
                kind=ClockKind.CLAIM_WARNING,
                due_at=warning,
                waits_for=Waits.BUYER,
                subject=shipment.id,
            )


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max((instant for instant in (one, other) if instant is not None), default=None)


def _next_notice(
    days_before: tuple[int, ...], *, given: int, until: dt.datetime, since: dt.datetime | None
) -> dt.datetime | None:
    """Return the next reminder's instant: the largest number of days not yet given and not already past."""
    for days in days_before:
        due_at = until - dt.timedelta(days=days)
        if (given == 0 or days < given) and (since is None or due_at >= since):
            return due_at
    return None


def _production_clocks(order: Order, policy: Policy, *, suspended: bool) -> Iterator[Clock]:
    if missing_minor(order) > 0 or order.shipment_until is None:
        return
    until = order.shipment_until
    if ready_in_time(order):
        if not suspended:
            yield from _collection_clock(order, policy)
        return
    reminder = _next_notice(
        policy.clocks.shipment_reminder_days,
        given=order.shipment_reminded_days,
        until=until,
        since=order.payment_completed_at,
    )
    if reminder is not None:
        yield Clock(kind=ClockKind.SHIPMENT_REMINDER, due_at=reminder, waits_for=Waits.SUPPLIER)
    if not order.shipment_lapsed:
        yield Clock(kind=ClockKind.SHIPMENT_DUE, due_at=until, waits_for=Waits.SUPPLIER)
    if not suspended:
        pending = [s.movement_until for s in order.shipments if s.movement_until is not None]
        due_at = until + dt.timedelta(days=policy.clocks.never_shipped_days)
        yield Clock(
            kind=ClockKind.NEVER_SHIPPED,
            due_at=resumed(order, max([due_at, *pending])),
            waits_for=Waits.SUPPLIER,
        )


def _collection_clock(order: Order, policy: Policy) -> Iterator[Clock]:
    assert order.ready_at is not None
    if buyer_collects(terms_of(order)):
        due_at = order.ready_at + dt.timedelta(days=policy.clocks.uncollected_days)
        yield Clock(
            kind=ClockKind.UNCOLLECTED,
            due_at=resumed(order, due_at),
            waits_for=Waits.BUYER,
        )


def _part_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    """Release each shipment's price when its own window ends, where the policy says so (ruling A45)."""
    if not policy.money.release_per_shipment or order.status not in ON_THE_WAY:
        return
    if awaits_price(order):
        return
    for shipment in order.shipments:
        until = shipment_window_end(order, shipment, policy)
        if until is not None and not shipment.is_released:
            yield Clock(
                kind=ClockKind.CLAIM_WINDOW,
                due_at=resumed(order, until),
                waits_for=Waits.BUYER,
                subject=shipment.id,
            )


def _ending_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    if order.status not in _LEFT:
        return
    if awaits_price(order):
        return
    last = last_window_end(order, policy)
    if last is None:
        return
    if order.status is not Status.COMPLETED:
        yield Clock(kind=ClockKind.CLAIM_WINDOW, due_at=resumed(order, last), waits_for=Waits.BUYER)
    elif not order.seeking and not has_open_refusal(order):
        yield Clock(
            kind=ClockKind.CLOSING,
            due_at=resumed(order, max(last, fraud_until(order, policy))),
            waits_for=Waits.NOBODY,
        )


def _undisputed_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    """Release what no claim names when it would be released without the case (ruling A60)."""
    if order.status not in ON_THE_WAY or awaits_price(order):
        return
    if undisputed_minor(order, policy) == 0:
        return
    ends = [(last_window_end(order, policy), "")]
    if policy.money.release_per_shipment:
        ends += [
            (shipment_window_end(order, shipment, policy), shipment.id)
            for shipment in order.shipments
            if not shipment.is_released
            and undisputed_of_shipment_minor(order, shipment, policy) > 0
        ]
    for until, shipment_id in reversed(ends):
        if until is not None:
            yield Clock(
                kind=ClockKind.UNDISPUTED,
                due_at=_freed(order, until),
                waits_for=Waits.BUYER,
                subject=shipment_id,
            )


def _freed(order: Order, due_at: dt.datetime) -> dt.datetime:
    """Return when money acts that was overdue while a claim, or an inspection's fee to come, kept it."""
    known = [resumed(order, due_at)]
    if order.dispute is not None and order.dispute.narrowed_at is not None:
        known.append(order.dispute.narrowed_at)
    known += [i.reported_at for i in order.inspections if i.reported_at is not None]
    known += [i.report_due_at for i in order.inspections if i.lapsed]
    return max(known)


def fraud_until(order: Order, policy: Policy) -> dt.datetime:
    """Return the last instant at which fraud can be claimed whatever was known when."""
    starts = [s.dispatched_at for s in order.shipments if s.dispatched_at is not None]
    return max(starts) + dt.timedelta(days=policy.clocks.fraud_shipment_days_max)
