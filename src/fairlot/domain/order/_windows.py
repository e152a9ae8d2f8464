"""Decisions about claim windows: when the days begin and end (rulings A42 to A44)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import in_days
from fairlot.domain.order.standing import rules_of_cover
from fairlot.domain.order.state import Order, Shipment
from fairlot.domain.policy.model import Policy, WindowStart

# The window shown for goods whose quality claims do not run from delivery.
WINDOW_DAYS_DEFAULT = 30


def window_days(order: Order, policy: Policy) -> int:
    """Return the days of the window that delivery starts."""
    quality = rules_of_cover(order, policy).quality
    return quality.days if quality.start is WindowStart.DELIVERY else WINDOW_DAYS_DEFAULT


def claim_until_for(order: Order, *, start_at: dt.datetime, policy: Policy) -> dt.datetime:
    """Return the end of a claim window that starts at an instant."""
    return in_days(start_at, window_days(order, policy))


def claim_until_when_proven(
    order: Order,
    shipment: Shipment,
    *,
    delivered_at: dt.datetime,
    told_at: dt.datetime,
    policy: Policy,
) -> dt.datetime:
    """Return the window's end after a proof of delivery.

    Never before the buyer has had its days since being told, nor before an end already shown (ruling A43).
    """
    proven = claim_until_for(order, start_at=delivered_at, policy=policy)
    told = in_days(told_at, policy.clocks.told_of_delivery_days_min)
    shown = shipment.claim_until
    return max(proven, told) if shown is None else max(proven, told, shown)
