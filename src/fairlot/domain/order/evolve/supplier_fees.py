"""What the events of fees that the supplier bears did; the same sums stand in the ledger. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    Event,
    PaymentFeeCharged,
    PaymentFeeLaid,
    PaymentFeeLifted,
    PaymentFeeRecovered,
    PaymentFeeTaken,
)
from fairlot.domain.order.evolve.released import released_shipments
from fairlot.domain.order.state import Order, Payment


def _with_owed(order: Order, payment_id: str, change_minor: int) -> tuple[Payment, ...]:
    return tuple(
        replace(p, fee_owed_minor=p.fee_owed_minor + change_minor) if p.id == payment_id else p
        for p in order.payments
    )


def _laid(order: Order, event: PaymentFeeLaid) -> Order:
    payments = tuple(
        replace(p, fee_laid_minor=event.amount_minor, fee_owed_minor=event.amount_minor)
        if p.id == event.payment_id
        else p
        for p in order.payments
    )
    return replace(order, payments=payments)


def _taken(order: Order, event: PaymentFeeTaken) -> Order:
    held_minor = order.funds.held_minor - event.amount_minor
    return replace(
        order,
        payments=_with_owed(order, event.payment_id, -event.amount_minor),
        funds=replace(order.funds, held_minor=held_minor),
        shipments=released_shipments(order, event),
    )


def _charged(order: Order, event: PaymentFeeCharged) -> Order:
    owed_minor = order.funds.fee_receivable_minor + event.amount_minor
    return replace(
        order,
        payments=_with_owed(order, event.payment_id, -event.amount_minor),
        funds=replace(order.funds, fee_receivable_minor=owed_minor),
    )


def _lifted(order: Order, event: PaymentFeeLifted) -> Order:
    payments = tuple(
        _without_fee(p, event) if p.id == event.payment_id else p for p in order.payments
    )
    return replace(order, payments=payments)


def _without_fee(payment: Payment, event: PaymentFeeLifted) -> Payment:
    """The processor keeps its fee when the platform cancels, and none of a payment that bounced."""
    if event.by_platform:
        return replace(payment, fee_owed_minor=0, fee_is_platforms=True)
    return replace(payment, fee_laid_minor=0, fee_owed_minor=0)


def _recovered(order: Order, event: PaymentFeeRecovered) -> Order:
    left_minor = order.funds.fee_receivable_minor - event.amount_minor
    return replace(order, funds=replace(order.funds, fee_receivable_minor=left_minor))


SUPPLIER_FEES: dict[type[Event], Callable[[Order, Any], Order]] = {
    PaymentFeeLaid: _laid,
    PaymentFeeTaken: _taken,
    PaymentFeeCharged: _charged,
    PaymentFeeLifted: _lifted,
    PaymentFeeRecovered: _recovered,
}
