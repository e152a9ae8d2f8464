"""Ids inside one order: counted from the order itself, so that deciding needs no source of chance."""

from __future__ import annotations

from fairlot.domain.order.state import Order


def dispute_id_for(order: Order) -> str:
    """Return the id of the order's next dispute."""
    latest = 1 if order.dispute is not None else 0
    return f"d{len(order.past_disputes) + latest + 1}"


def refund_id_for(order: Order) -> str:
    """Return the id of the order's next refund."""
    return f"r{order.refund_count + 1}"


def refusal_id_for(order: Order) -> str:
    """Return the id of the order's next refused claim."""
    return f"q{len(order.refused_claims) + 1}"
