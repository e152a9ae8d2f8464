"""When an order's cover is free again: once no claim on the fund can arise from it any more (ruling A23)."""

from __future__ import annotations

from fairlot.domain.order.standing import is_ended
from fairlot.domain.order.state import Order, is_suspended


def needs_cover(order: Order) -> bool:
    """Say whether the order still takes of its supplier's limit.

    An agreed order does until it has ended: its windows are over then. After that it does while a dispute, a return, a
    chargeback or an appealed refusal is open, or a refund still seeks its money or has not been confirmed as sent.
    """
    if order.agreed_at is None or not order.enrolled or order.cover_minor == 0:
        return False
    if not is_ended(order):
        return True
    return is_suspended(order) or bool(order.seeking) or bool(order.refunds)
