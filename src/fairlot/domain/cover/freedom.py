"""When an order's cover is free again: once no claim on the fund can arise from it any more (ruling A23)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.cover.windows import fraud_until
from fairlot.domain.order.rules.claim_windows import last_window_end
from fairlot.domain.order.standing import is_ended
from fairlot.domain.order.state import Order, Status, has_open_refusal, is_suspended
from fairlot.domain.policy.model import Policy


def needs_cover(order: Order) -> bool:
    """Say whether the order still takes of its supplier's limit, whatever its windows say.

    An agreed order does until it has ended: its windows are over then. After that it does while a dispute, a return, a
    chargeback or an appealed refusal is open, or a refund still seeks its money or has not been confirmed as sent.
    """
    if order.agreed_at is None or not order.enrolled or order.cover_minor == 0:
        return False
    if not is_ended(order):
        return True
    return is_suspended(order) or bool(order.seeking) or bool(order.refunds)


def last_claim_until(order: Order, policy: Policy) -> dt.datetime | None:
    """Return the last instant at which a claim on a fulfilled order can arise, or None while there is no such instant.

    Who has the goods knows of a fraud. A buyer that shows to have learned of it later is still admitted, and its order
    takes its cover again.
    """
    if order.status is not Status.COMPLETED or is_suspended(order):
        return None
    if order.seeking or order.refunds or has_open_refusal(order):
        return None
    last = last_window_end(order, policy)
    gone = tuple(s for s in order.shipments if s.dispatched_at is not None)
    return None if last is None else max(last, fraud_until(order, gone, policy))
