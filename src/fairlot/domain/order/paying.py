"""How the buyer of an order can pay what is missing now: each way of the edition, with its cost or why it is not open.

Where the contract lays fees on the supplier, each is told all the same, and the buyer pays the price alone.
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from fairlot.domain.order.decisions.buyer_debt import blocked_ways
from fairlot.domain.order.decisions.fee_consent import fee_known_at
from fairlot.domain.order.rules.supplier_fees import is_borne_by_supplier
from fairlot.domain.order.standing import is_ended, missing_minor
from fairlot.domain.order.state import Order
from fairlot.domain.policy.fees import Offer, offered_ways
from fairlot.domain.policy.model import Policy


def ways_to_pay(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[Offer, ...]:
    """Return every way to pay what is asked for and missing, none where nothing is."""
    terms = order.terms
    if terms is None or is_ended(order) or missing_minor(order) == 0:
        return ()
    offers = offered_ways(
        policy,
        amount_minor=missing_minor(order),
        currency=terms.currency,
        buyer_country=terms.buyer_country,
        at=now,
        agreed_at=lambda rail: fee_known_at(order, rail, now),
        blocked=blocked_ways(order),
    )
    if not is_borne_by_supplier(order):
        return offers
    return tuple(
        replace(o, total_minor=o.total_minor - o.fee_minor, fee_borne_by_supplier=o.fee_minor > 0)
        for o in offers
    )
