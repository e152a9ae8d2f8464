"""Every clock of an order: who must act, by when; one list that pages show, workers scan and settling obeys.

A clock acts once the whole second of `now` is later than its instant; suspended clocks act when the suspension ends
(rulings A03, A38). The list is computed from the state, so no worker needs to have run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fairlot.domain.order.clocks.case import aftermath_clocks, dispute_clocks
from fairlot.domain.order.clocks.clock import RANK, Clock, ClockKind, Waits
from fairlot.domain.order.clocks.credit import credit_clocks
from fairlot.domain.order.clocks.goods import goods_clocks, resumed
from fairlot.domain.order.standing import is_booked_in_time
from fairlot.domain.order.state import ON_THE_WAY, Order, Status, is_suspended, open_dispute
from fairlot.domain.policy.model import Policy


def clocks(order: Order, policy: Policy) -> list[Clock]:
    """Return all running clocks, the earliest first; at equal instants in the order in which they act."""
    running = list(_all_clocks(order, policy))
    running.sort(key=lambda clock: (clock.due_at, RANK[clock.kind]))
    return running


def first_clock(order: Order, policy: Policy) -> Clock | None:
    """Return the clock that acts first, or None where nothing happens by itself."""
    first = None
    for clock in _all_clocks(order, policy):
        if first is None or clock.due_at < first.due_at or _acts_at_once_before(clock, first):
            first = clock
    return first


def _acts_at_once_before(clock: Clock, other: Clock) -> bool:
    return clock.due_at == other.due_at and RANK[clock.kind] < RANK[other.kind]


def next_deadline(order: Order, policy: Policy) -> dt.datetime | None:
    """Return the earliest instant after which something happens by itself, or None."""
    first = first_clock(order, policy)
    return None if first is None else first.due_at


def _all_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    proposal = order.proposal
    if proposal is not None:
        yield Clock(
            kind=ClockKind.PROPOSAL,
            due_at=proposal.expires_at,
            waits_for=Waits(proposal.by.other.value),
        )
    if order.terms is None:
        return
    suspended = is_suspended(order)
    yield from _money_clocks(order, suspended=suspended)
    if order.credit is not None:
        yield from credit_clocks(order, order.credit)
    yield from goods_clocks(order, policy, suspended=suspended)
    dispute = open_dispute(order)
    if dispute is not None:
        yield from dispute_clocks(order, dispute)
    yield from aftermath_clocks(order)


def _refund_clocks(order: Order) -> Iterator[Clock]:
    # What the programme owes has its day while it still asks whose money it is (ruling A21).
    asked = {s.refund_id for s in order.seeking if s.set_off_asked and not s.chargeback}
    for refund in order.refunds:
        unsent = refund.amount_minor > refund.confirmed_minor
        if not refund.breached and (unsent or refund.id in asked):
            yield Clock(
                kind=ClockKind.REFUND_SENT,
                due_at=refund.due_at,
                waits_for=Waits.PLATFORM,
                subject=refund.id,
            )


def _money_clocks(order: Order, *, suspended: bool) -> Iterator[Clock]:
    if order.refunds:
        yield from _refund_clocks(order)
    for payment in order.awaited:
        yield Clock(
            kind=ClockKind.PAYMENT_CONFIRMED,
            due_at=payment.confirm_at,
            waits_for=Waits.NOBODY,
            subject=payment.id,
        )
    for item in order.suspense:
        yield Clock(
            kind=ClockKind.SUSPENSE,
            due_at=item.return_at,
            waits_for=Waits.PLATFORM,
            subject=item.payment_id,
        )
    for seeking in order.seeking:
        yield Clock(
            kind=ClockKind.SEEKING,
            due_at=seeking.until,
            waits_for=Waits.SUPPLIER,
            subject=seeking.refund_id,
        )
    if suspended:
        return
    if order.status is Status.AGREED:
        assert order.payment_until is not None
        yield Clock(
            kind=ClockKind.FIRST_PAYMENT,
            due_at=_unless_paid(order, resumed(order, order.payment_until)),
            waits_for=Waits.BUYER,
        )
    elif order.balance_until is not None and order.status in ON_THE_WAY:
        yield Clock(
            kind=ClockKind.BALANCE,
            due_at=_unless_paid(order, resumed(order, order.balance_until)),
            waits_for=Waits.BUYER,
        )


def _unless_paid(order: Order, due_at: dt.datetime) -> dt.datetime:
    """Return when want of payment takes effect: not before a payment in time has been confirmed or has bounced."""
    ends = [
        payment.confirm_at
        for payment in order.awaited
        if is_booked_in_time(
            order, booked_at=payment.booked_at, booked_date=payment.booked_date, due_at=due_at
        )
    ]
    return max([due_at, *ends])


__all__ = ["RANK", "Clock", "ClockKind", "Waits", "clocks", "first_clock", "next_deadline"]
