"""Decisions about money coming in: matched, missing, too much, in the wrong currency, bounced (programme, section 6)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import date_in_zone, end_of_date
from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.asked import Asked, Story, happened_at, in_business_days
from fairlot.domain.order.commands import KeepExcess, RecordPayment
from fairlot.domain.order.decisions.bounced import excess_of
from fairlot.domain.order.decisions.buyer_debt import is_card_blocked, refuse_blocked
from fairlot.domain.order.decisions.fee_consent import way_of
from fairlot.domain.order.decisions.undoing import add_kept, add_undoing, was_cancelled_too_soon
from fairlot.domain.order.events import (
    DisputeMoot,
    OrderEvent,
    PaymentAwaited,
    PaymentCompleted,
    PaymentReceived,
    PaymentSuspended,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.settlement import add_release
from fairlot.domain.order.rules.supplier_fees import add_laid_fee, price_and_fee
from fairlot.domain.order.rules.terms import shipment_due
from fairlot.domain.order.rules.waterfall import excess_refund
from fairlot.domain.order.standing import (
    fallen_due_minor,
    is_ended,
    missing_minor,
    terms_of,
    unpaid_minor,
)
from fairlot.domain.order.state import (
    DisputeCause,
    Order,
    Status,
    open_dispute,
)
from fairlot.domain.policy.model import Custody, PaymentWay

PAYMENTS_MAX = 100


def record_payment(order: Order, command: RecordPayment, asked: Asked) -> tuple[OrderEvent, ...]:
    """Book money that arrived: a wrong amount is not a lost amount."""
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE)
    known = {p.id for p in order.payments} | {a.id for a in order.awaited}
    known |= {i.payment_id for i in order.suspense}
    refuse_if(command.payment_id in known, Code.REFERENCE_REUSED, reference=command.payment_id)
    refuse_if(len(known) >= PAYMENTS_MAX, Code.TOO_MANY_EVENTS, most=PAYMENTS_MAX)
    if command.currency != terms_of(order).currency:
        return (_suspended(order, command, asked),)
    booked_at = happened_at(order, command.booked_at, command.booked_date, asked)
    way = way_of(order, command.rail, booked_at, asked)
    if way.confirm_after_banking_days > 0:
        days = way.confirm_after_banking_days
        return (_awaited(order, command, booked_at=booked_at, days=days, asked=asked),)
    story = Story(order)
    add_payment(story, command, way=way, booked_at=booked_at, asked=asked)
    return story.told()


def _awaited(
    order: Order, command: RecordPayment, *, booked_at: dt.datetime, days: int, asked: Asked
) -> PaymentAwaited:
    """It counts once the policy's banking days went by without a return (ruling A18)."""
    return PaymentAwaited(
        at=asked.now,
        payment_id=command.payment_id,
        rail=command.rail,
        amount_minor=command.amount_minor,
        currency=command.currency,
        booked_at=booked_at,
        booked_date=None if command.booked_at is not None else command.booked_date,
        for_all_instalments=command.for_all_instalments,
        confirm_at=max(in_business_days(order, booked_at, days, asked.policy), asked.now),
    )


def _suspended(order: Order, command: RecordPayment, asked: Asked) -> PaymentSuspended:
    """The wrong currency waits, and goes back at once when its order is closed (ruling A14)."""
    days = asked.policy.clocks.suspense_business_days
    until = in_business_days(order, asked.now, days, asked.policy)
    return PaymentSuspended(
        at=asked.now,
        payment_id=command.payment_id,
        rail=command.rail,
        amount_minor=command.amount_minor,
        currency=command.currency,
        return_at=asked.now if is_ended(order) else until,
    )


def add_payment(
    story: Story,
    command: RecordPayment,
    *,
    way: PaymentWay,
    booked_at: dt.datetime,
    asked: Asked,
) -> None:
    """Let a payment count: for the price as far as the order takes it, the rest goes back.

    What came by a blocked card is booked as what it is and goes back whole (ruling A76): the order takes none of it.
    """
    is_blocked = is_card_blocked(story.order, command.rail, booked_at)
    if not is_blocked and was_cancelled_too_soon(story.order, command, booked_at, asked):
        add_undoing(story, asked)
    order = story.order
    wanted = 0 if is_blocked else _wanted_minor(order, command)
    price_minor, fee_minor = price_and_fee(
        order, way, amount_minor=command.amount_minor, wanted_minor=wanted
    )
    excess_minor = command.amount_minor - price_minor - fee_minor
    story.add(
        PaymentReceived(
            at=asked.now,
            payment_id=command.payment_id,
            rail=command.rail,
            amount_minor=command.amount_minor,
            price_minor=price_minor,
            fee_minor=fee_minor,
            excess_minor=excess_minor,
            currency=command.currency,
            booked_at=booked_at,
            fee_basis_points=way.fee_basis_points,
            fee_fixed_minor=way.fee_fixed_minor.get(command.currency, 0),
        )
    )
    add_laid_fee(story, command.payment_id, way, at=asked.now)
    if excess_minor > 0:
        story.add(
            excess_refund(
                story.order,
                payment_id=command.payment_id,
                amount_minor=excess_minor,
                at=asked.now,
                policy=asked.policy,
            )
        )
    if order.custody is Custody.DIRECT:
        add_release(story, cause="direct", at=asked.now)
    if price_minor > 0 and missing_minor(story.order) == 0:
        add_completion(story, booked_at=booked_at, asked=asked)


def _wanted_minor(order: Order, command: RecordPayment) -> int:
    """Return how much of the price the order takes now: what is asked for, or all that is unpaid if named so."""
    unpaid = _unpaid_minor(order)
    return unpaid if command.for_all_instalments else min(unpaid, fallen_due_minor(order))


def _unpaid_minor(order: Order) -> int:
    """Return the part of the price that the order still takes: none once it is fulfilled, for nothing would release it."""
    if is_ended(order) or order.status is Status.COMPLETED:
        return 0
    return unpaid_minor(order)


def add_completion(story: Story, *, booked_at: dt.datetime, asked: Asked) -> None:
    """Everything asked for is paid; a payment that completes late moves the shipment date by the delay (A09)."""
    order = story.order
    terms = terms_of(order)
    date, until = order.shipment_date, order.shipment_until
    if until is None:
        date, until = shipment_due(terms, start_at=booked_at)
    else:
        due_at = order.balance_until or order.payment_until
        assert due_at is not None
        delay = max(booked_at - due_at, booked_at - until)
        if delay > dt.timedelta(0) and order.status in {Status.AGREED, Status.IN_PRODUCTION}:
            date = date_in_zone(until + delay, terms.zone)
            until = end_of_date(date, terms.zone)
    dispute = open_dispute(order)
    if dispute is not None and dispute.cause is DisputeCause.UNPAID_BALANCE:
        story.add(DisputeMoot(at=asked.now, reason="paid"))
    story.add(PaymentCompleted(at=asked.now, shipment_date=date, shipment_until=until))
    add_balance(story, at=asked.now, policy=asked.policy)


def keep_excess(order: Order, command: KeepExcess, asked: Asked) -> tuple[OrderEvent, ...]:
    """Leave an overpayment for what is still to be paid, while it has not gone back yet (ruling A13)."""
    refund = excess_of(order, command.payment_id)
    payment = next((p for p in order.payments if p.id == command.payment_id), None)
    unpaid = _unpaid_minor(order)
    if refund is None or payment is None or payment.excess_minor == 0 or unpaid <= 0:
        raise Refused(Code.NOTHING_TO_KEEP)
    if is_card_blocked(order, payment.rail, payment.booked_at):
        refuse_blocked(order, payment.rail)
    kept = min(refund.amount_minor - refund.confirmed_minor, unpaid)
    was_missing = missing_minor(order) > 0
    story = Story(order)
    add_kept(story, refund, kept, asked)
    if order.custody is Custody.DIRECT:
        add_release(story, cause="direct", at=asked.now)
    if was_missing and missing_minor(story.order) == 0:
        add_completion(story, booked_at=payment.booked_at, asked=asked)
    return story.told()
