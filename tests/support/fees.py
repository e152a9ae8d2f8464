"""Editions in which what a way to pay costs has changed since an order was agreed."""

from __future__ import annotations

import datetime as dt

import msgspec

from tests.support.given import Given

ONE_DAY = dt.timedelta(days=1)


def with_another_card_fee(here: Given, basis_points: int) -> Given:
    """Return the situation two days on, under an edition whose card fee changed meanwhile."""
    day = here.now.date()
    (card,) = (way for way in here.policy.ways_to_pay if way.name == "card")
    others = tuple(way for way in here.policy.ways_to_pay if way.name != "card")
    until = msgspec.structs.replace(card, until_date=day)
    since = msgspec.structs.replace(card, fee_basis_points=basis_points, from_date=day + ONE_DAY)
    policy = msgspec.structs.replace(here.policy, ways_to_pay=(*others, until, since))
    return msgspec.structs.replace(here, policy=policy).after(2 * ONE_DAY)
