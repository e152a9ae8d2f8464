"""What lost chargebacks took: it counts once towards what outcomes of the order find due (ruling A74)."""

from __future__ import annotations

from fairlot.domain.order.state import Order


def charged_back_left_minor(order: Order) -> int:
    """Return what lost chargebacks gave the buyer of the price and no outcome has counted yet."""
    return max(0, order.funds.charged_back_minor - order.funds.charged_back_counted_minor)


def at_stake_minor(order: Order) -> int:
    """Return the price paid of which an outcome may find something due: what a lost chargeback took, it still counts."""
    funds = order.funds
    return max(0, funds.paid_minor - funds.returned_minor + charged_back_left_minor(order))


def price_still_due_minor(order: Order, amount_minor: int) -> int:
    """Return what is left of an amount found due after what lost chargebacks paid of the price."""
    return max(0, amount_minor - charged_back_left_minor(order))
