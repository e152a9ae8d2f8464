"""Undoing a cancellation for want of a payment that the bank had booked in time (ruling A08)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import date_in_zone
from fairlot.domain.order.asked import Asked, Story, in_days
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.order.decisions.bounced import excess_of
from fairlot.domain.order.decisions.buyer_debt import is_card_blocked
from fairlot.domain.order.decisions.fee_consent import way_of
from fairlot.domain.order.events import CancellationUndone, ExcessKept
from fairlot.domain.order.evolve.refunds import UNPAID
from fairlot.domain.order.rules.supplier_fees import price_and_fee
from fairlot.domain.order.standing import (
    first_asked_minor,
    is_booked_in_time,
    missing_minor,
    terms_of,
)
from fairlot.domain.order.state import Order, Payment, PaymentStatus, Refund, Status


def was_cancelled_too_soon(
    order: Order, command: RecordPayment, booked_at: dt.datetime, asked: Asked
) -> bool:
    """Say whether a booking in time undoes an automatic cancellation; a date alone counts by date (ruling A08).

    With all that was booked in time it must pay what was due: too little never paid the order, and goes back. Where
    money paid before has bounced since, nothing is undone: the order was unpaid indeed.
    """
    if order.status is not Status.CANCELLED or not order.cancelled_by_clock:
        return False
    if order.funds.buyer_owes_minor > 0:
        return False
    assert order.payment_until is not None
    if not is_booked_in_time(
        order,
        booked_at=booked_at,
        booked_date=None if command.booked_at is not None else command.booked_date,
        due_at=order.payment_until,
    ):
        return False
    parts = [(command.rail, command.amount_minor, booked_at)]
    parts += [(p.rail, p.amount_minor, p.booked_at) for p in _told_too_late(order)]
    paid_minor = order.funds.paid_minor
    for rail, amount_minor, at in parts:
        way = way_of(order, rail, at, asked)
        unpaid = first_asked_minor(order) - paid_minor
        paid_minor += price_and_fee(order, way, amount_minor=amount_minor, wanted_minor=unpaid)[0]
    return paid_minor >= first_asked_minor(order)


def _told_too_late(order: Order) -> list[Payment]:
    """Return the parts of the price that were booked by the due date, and told of after the cancellation."""
    assert order.payment_until is not None
    zone = terms_of(order).zone
    last_date = date_in_zone(order.payment_until, zone)
    return [
        payment
        for payment in order.payments
        if payment.status is PaymentStatus.RECEIVED
        and payment.price_minor == 0
        and not is_card_blocked(order, payment.rail, payment.booked_at)
        and date_in_zone(payment.booked_at, zone) <= last_date
    ]


def _undone(order: Order, asked: Asked) -> CancellationUndone:
    """Take back what the cancellation was about to return; what has left by then has to be paid again."""
    assert order.payment_until is not None
    refund = next((r for r in order.refunds if r.cause == UNPAID), None)
    sought = next((s for s in order.seeking if s.cause == UNPAID), None)
    return CancellationUndone(
        at=asked.now,
        refund_id="" if refund is None else refund.id,
        taken_back_minor=0 if refund is None else refund.amount_minor - refund.confirmed_minor,
        no_longer_sought_minor=0
        if sought is None
        else sought.price_minor - sought.from_supplier_minor,
        currency=terms_of(order).currency,
        payment_until=max(
            order.payment_until, in_days(asked.now, asked.policy.clocks.first_payment_due_days)
        ),
    )


def add_undoing(story: Story, asked: Asked) -> None:
    """Undo the cancellation, and keep what came too little by itself and has not gone back yet (ruling A08)."""
    parts = _told_too_late(story.order)
    story.add(_undone(story.order, asked))
    for payment in parts:
        refund = excess_of(story.order, payment.id)
        if refund is not None:
            left_minor = refund.amount_minor - refund.confirmed_minor
            add_kept(story, refund, min(left_minor, missing_minor(story.order)), asked)


def add_kept(story: Story, refund: Refund, amount_minor: int, asked: Asked) -> None:
    currency = terms_of(story.order).currency
    story.add(
        ExcessKept(at=asked.now, refund_id=refund.id, amount_minor=amount_minor, currency=currency)
    )
