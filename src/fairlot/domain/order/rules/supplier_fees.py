"""The fee of a way to pay where the contract lays it on the supplier: it leaves what is released, never what is refunded.

The buyer pays the price alone, and all of it stays held for either side. What the processor keeps is the platform's
advance until a release covers it; what no release covers is the supplier's debt once the order is over.
"""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import Story
from fairlot.domain.order.events import (
    PaymentFeeCharged,
    PaymentFeeLaid,
    PaymentFeeLifted,
    PaymentFeeTaken,
)
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Order, Payment
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.fees import fee_on, price_within, way_in_force
from fairlot.domain.policy.model import PaymentWay, Policy


def is_borne_by_supplier(order: Order) -> bool:
    """Say whether the agreed contract lays the fees of ways to pay on the supplier."""
    return order.terms is not None and order.terms.fee_borne_by is Party.SUPPLIER


def price_and_fee(
    order: Order, way: PaymentWay, *, amount_minor: int, wanted_minor: int
) -> tuple[int, int]:
    """Return what an amount pays of the price that is wanted, and the fee that the buyer bears within it."""
    if is_borne_by_supplier(order):
        return max(0, min(amount_minor, wanted_minor)), 0
    return price_within(
        way,
        amount_minor=amount_minor,
        wanted_minor=wanted_minor,
        currency=terms_of(order).currency,
    )


def add_laid_fee(story: Story, payment_id: str, way: PaymentWay, *, at: dt.datetime) -> None:
    """Lay the fee of a payment's price on the supplier, by the entry of the way that counts for it (ruling A80)."""
    order = story.order
    if not is_borne_by_supplier(order):
        return
    payment = next(p for p in order.payments if p.id == payment_id)
    currency = terms_of(order).currency
    if payment.price_minor == 0:
        return
    fee_minor = fee_on(way, amount_minor=payment.price_minor, currency=currency)
    if fee_minor > 0:
        story.add(
            PaymentFeeLaid(
                at=at,
                payment_id=payment.id,
                rail=payment.rail,
                amount_minor=fee_minor,
                currency=currency,
                fee_basis_points=way.fee_basis_points,
                fee_fixed_minor=way.fee_fixed_minor.get(currency, 0),
            )
        )


def add_taken_fees(
    story: Story, amount_minor: int, *, cause: str, shipment_id: str, at: dt.datetime
) -> int:
    """Take the fees that are still owed out of what is about to be released; returns what of it is left."""
    order = story.order
    for payment in order.payments:
        taken_minor = min(payment.fee_owed_minor, amount_minor)
        if taken_minor == 0:
            continue
        amount_minor -= taken_minor
        story.add(
            PaymentFeeTaken(
                at=at,
                payment_id=payment.id,
                amount_minor=taken_minor,
                currency=terms_of(order).currency,
                cause=cause,
                shipment_id=shipment_id,
            )
        )
    return amount_minor


def add_charged_fees(story: Story, *, at: dt.datetime) -> None:
    """Make the supplier's debt of the fees that no release covers; called once nothing will be released any more."""
    order = story.order
    for payment in order.payments:
        if payment.fee_owed_minor > 0:
            story.add(
                PaymentFeeCharged(
                    at=at,
                    payment_id=payment.id,
                    amount_minor=payment.fee_owed_minor,
                    currency=terms_of(order).currency,
                )
            )


def add_lifted_fee(story: Story, payment: Payment, *, at: dt.datetime, by_platform: bool) -> None:
    """Take a payment's fee off the supplier again: the payment bounced, or the platform caused the cancellation (A15).

    What the supplier has given of it already, or owes, it gets as a credit; its account sets that against the debt.
    """
    if payment.fee_laid_minor == 0:
        return
    lost_minor = payment.fee_laid_minor if payment.fee_is_platforms else 0
    advanced_minor = payment.fee_owed_minor
    story.add(
        PaymentFeeLifted(
            at=at,
            payment_id=payment.id,
            rail=payment.rail,
            advanced_minor=advanced_minor,
            given_back_minor=payment.fee_laid_minor - advanced_minor - lost_minor,
            lost_minor=lost_minor,
            currency=terms_of(story.order).currency,
            by_platform=by_platform,
        )
    )


def add_lifted_fees(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Lift the fees of the ways to pay that the policy gives back when the platform causes a cancellation (A15)."""
    for payment in story.order.payments:
        way = way_in_force(policy, payment.rail, payment.booked_at)
        if way is not None and way.fee_returned_when_platform_cancels:
            add_lifted_fee(story, payment, at=at, by_platform=True)
