"""Claim windows: when the days begin and until when each ground can be claimed (rulings A28 to A30, A42 to A45)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import after_days
from fairlot.domain.order import quantities
from fairlot.domain.order.standing import arrival_of, terms_of
from fairlot.domain.order.state import Order, Shipment
from fairlot.domain.order.terms import ARRIVAL_TERMS
from fairlot.domain.policy.model import CoverRules, Ground, Policy, WindowStart

# The window that delivery starts where the policy's own windows do not run from delivery.
WINDOW_DAYS_DEFAULT = 30


def rules_of_cover(order: Order, policy: Policy) -> CoverRules:
    """Return the policy's rules for the order's kind of cover."""
    return policy.cover_rules(terms_of(order).cover_kind)


def window_days(order: Order, policy: Policy) -> int:
    """Return the days of the window that delivery starts."""
    quality = rules_of_cover(order, policy).quality
    return quality.days if quality.start is WindowStart.DELIVERY else WINDOW_DAYS_DEFAULT


def claim_until_for(order: Order, *, start_at: dt.datetime, policy: Policy) -> dt.datetime:
    """Return the end of a claim window that starts at an instant."""
    return after_days(start_at, window_days(order, policy))


def claim_until_when_counted(
    order: Order, shipment: Shipment, *, counted_at: dt.datetime, policy: Policy
) -> dt.datetime:
    """Return the window's end after goods count as delivered.

    What left long before it came on record leaves the buyer its days since being told, all the same (ruling A43).
    """
    counted = claim_until_for(order, start_at=counted_at, policy=policy)
    if shipment.known_at is None:
        return counted
    return max(counted, after_days(shipment.known_at, policy.clocks.told_of_delivery_days_min))


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
    told = after_days(told_at, policy.clocks.told_of_delivery_days_min)
    shown = shipment.claim_until
    return max(proven, told) if shown is None else max(proven, told, shown)


def window_end(
    order: Order, shipment: Shipment, ground: Ground, policy: Policy
) -> dt.datetime | None:
    """Return until when a ground can be claimed for a shipment, or None while its start is not known.

    A window of zero days from shipment closes when the platform came to know of it (ruling A29). Lateness by D-terms is
    seen at the arrival, so its days count from there (ruling A35).
    """
    rules = rules_of_cover(order, policy)
    of_time = ground in {Ground.LATE, Ground.NEVER_SHIPPED}
    window = rules.late if of_time else rules.quality
    if window.start is WindowStart.DELIVERY:
        if shipment.claim_until is None:
            return None
        return shipment.claim_until + dt.timedelta(days=window.days - window_days(order, policy))
    if shipment.dispatched_at is None:
        return None
    if window.days == 0:
        return shipment.recorded_at
    start_at: dt.datetime | None = shipment.dispatched_at
    if of_time and terms_of(order).incoterm in ARRIVAL_TERMS:
        start_at = arrival_of(shipment) or shipment.counted_at
    return None if start_at is None else start_at + dt.timedelta(days=window.days)


def shipment_window_end(order: Order, shipment: Shipment, policy: Policy) -> dt.datetime | None:
    """Return when a shipment's last ordinary claim window ends, or None while that is not known."""
    if shipment.dispatched_at is None:
        return None
    ends = [window_end(order, shipment, g, policy) for g in (Ground.QUALITY, Ground.LATE)]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def last_window_end(order: Order, policy: Policy) -> dt.datetime | None:
    """Return when the last ordinary claim window ends, or None while goods or facts are outstanding."""
    if not quantities.all_dispatched(order):
        return None
    ends: list[dt.datetime] = []
    for shipment in order.shipments:
        if shipment.dispatched_at is None:
            continue
        end = shipment_window_end(order, shipment, policy)
        if end is None:
            return None
        ends.append(end)
    return max(ends)
