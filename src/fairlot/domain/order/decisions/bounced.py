"""Decisions about payments that do not stay: bounced before or after they counted (ruling A18)."""

from __future__ import annotations

from fairlot.domain.order.asked import Asked, Story
from fairlot.domain.order.commands import RecordPaymentReversed
from fairlot.domain.order.decisions.chargeback import CARD
from fairlot.domain.order.events import (
    AwaitedPaymentBounced,
    OrderEvent,
    PaymentReversed,
)
from fairlot.domain.order.evolve.refunds import excess_cause
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.supplier_fees import add_lifted_fee
from fairlot.domain.order.standing import standing_payments_minor, terms_of
from fairlot.domain.order.state import Order, Payment, PaymentStatus, Refund


def reverse_payment(
    order: Order, command: RecordPaymentReversed, asked: Asked
) -> tuple[OrderEvent, ...]:
    """A bounced payment reopens what was due; what was already released the buyer owes (ruling A18)."""
    awaited = next((a for a in order.awaited if a.id == command.payment_id), None)
    if awaited is not None:
        return (
            AwaitedPaymentBounced(
                at=asked.now,
                payment_id=awaited.id,
                rail=awaited.rail,
                code=command.code,
                amount_minor=awaited.amount_minor,
                currency=awaited.currency,
            ),
        )
    payment = next((p for p in order.payments if p.id == command.payment_id), None)
    if payment is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.payment_id)
    is_gone = payment.status is PaymentStatus.REVERSED or _is_charged_back(order, payment)
    refuse_if(is_gone, Code.ALREADY_REVERSED)
    from_held = min(payment.price_minor, order.funds.held_minor)
    excess = excess_of(order, payment.id)
    from_excess = 0 if excess is None else excess.amount_minor - excess.confirmed_minor
    story = Story(order)
    story.add(
        PaymentReversed(
            at=asked.now,
            payment_id=payment.id,
            rail=payment.rail,
            code=command.code,
            amount_minor=payment.amount_minor,
            price_minor=payment.price_minor,
            fee_minor=payment.fee_minor,
            from_held_minor=from_held,
            from_excess_minor=from_excess,
            excess_refund_id="" if excess is None else excess.id,
            buyer_owes_minor=payment.amount_minor - payment.fee_minor - from_held - from_excess,
            currency=terms_of(order).currency,
        )
    )
    add_lifted_fee(story, payment, at=asked.now, by_platform=False)
    # A balance that was paid is due again at the same instant; one that never fell due has its days from now on.
    until = story.order.balance_met_until
    add_balance(story, at=asked.now, policy=asked.policy, until=until)
    return story.told()


def _is_charged_back(order: Order, payment: Payment) -> bool:
    """Say whether chargebacks took, or may take, more than the other card payments hold: no money leaves twice (R26)."""
    if payment.rail != CARD:
        return False
    disputed_minor = order.funds.taken_minor
    if order.chargeback is not None and order.chargeback.open:
        disputed_minor += order.chargeback.amount_minor
    return standing_payments_minor(order, CARD) - payment.amount_minor < disputed_minor


def excess_of(order: Order, payment_id: str) -> Refund | None:
    """Return the refund by which a payment's excess is still on its way back, or None."""
    cause = excess_cause(payment_id)
    return next((r for r in order.refunds if r.cause == cause), None)
