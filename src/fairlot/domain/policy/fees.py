"""What each way to pay costs, whether it is offered and why not, and where two of them cost the same.

The fee comes on top of the amount and is rounded once, half up (ruling A12); the entry in force at the instant of
payment counts (ruling A80).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from itertools import combinations

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.money import AMOUNT_MINOR_MAX, BASIS_POINTS_WHOLE, basis_points_of
from fairlot.domain.policy.model import PaymentWay, Policy
from fairlot.domain.policy.not_offered import NotOffered


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One way to pay for one payment. Where it is not offered, `reason` says why and fee and total are 0.

    The total is what the buyer pays: with the fee on top, unless the contract lays it on the supplier.
    """

    name: str
    offered: bool
    reason: NotOffered | None = None
    fee_minor: int = 0
    total_minor: int = 0
    fee_borne_by_supplier: bool = False
    remark: str = ""
    remark_zh: str = ""
    protected: bool


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """Where two ways to pay cost the same.

    Up to `below_until_minor` the first is cheaper, from `above_from_minor` on the second; between them the rounded fees
    are equal. Before rounding they are equal at `exact_numerator / exact_denominator` minor units.
    """

    cheaper_below: str
    cheaper_above: str
    below_until_minor: int
    above_from_minor: int
    exact_numerator: int
    exact_denominator: int


def way_in_force(policy: Policy, name: str, at: dt.datetime) -> PaymentWay | None:
    """Return the entry of that name in force at an instant, or None; dates are whole days in UTC."""
    date = _date_of(at)
    for way in policy.ways_to_pay:
        if way.name == name and _in_force(way, date):
            return way
    return None


def fee_of(way: PaymentWay, *, amount_minor: int, currency: str, at: dt.datetime) -> int:
    """Return the fee on an amount in minor units of its currency; the entry must be in force and serve the currency."""
    assert amount_minor >= 0, "only amounts are paid"
    assert _in_force(way, _date_of(at)), f"{way.name} is not in force at {at}"
    assert _serves(way, currency), f"{way.name} does not serve {currency}"
    return _fee(way, amount_minor, currency)


def fee_on(way: PaymentWay, *, amount_minor: int, currency: str) -> int:
    """Return the fee by an entry that counts because it was agreed to, be it in force or not any more."""
    assert amount_minor >= 0, "only amounts are paid"
    return _fee(way, amount_minor, currency)


def offered_ways(
    policy: Policy,
    *,
    amount_minor: int,
    currency: str,
    buyer_country: str,
    at: dt.datetime,
    agreed_at: Callable[[str], dt.datetime | None] = lambda _: None,
    blocked: Collection[str] = (),
) -> tuple[Offer, ...]:
    """Return every way to pay of the edition, each once, in its order: offered with its cost, or why not.

    `agreed_at` says when a buyer last agreed to what a way costs: no more than that is asked of it (ruling A80).
    `blocked` names the ways by which this buyer may not pay now (ruling A76).
    """
    return tuple(
        _offer(
            policy,
            name,
            amount_minor=amount_minor,
            currency=currency,
            buyer_country=buyer_country,
            at=at,
            agreed_at=agreed_at(name),
            is_blocked=name in blocked,
        )
        for name in dict.fromkeys(way.name for way in policy.ways_to_pay)
    )


def why_not_offered(
    policy: Policy, name: str, *, currency: str, buyer_country: str, at: dt.datetime
) -> NotOffered | None:
    """Return the first reason against a way to pay, or None if it is offered."""
    if not any(way.name == name and way.offered for way in policy.ways_to_pay):
        return NotOffered.NOT_IN_EDITION
    way = way_in_force(policy, name, at)
    if way is None or not way.offered:
        return NotOffered.NOT_IN_FORCE
    if not _serves(way, currency):
        return NotOffered.CURRENCY_NOT_SERVED
    if way.buyer_countries and buyer_country not in way.buyer_countries:
        return NotOffered.COUNTRY_NOT_SERVED
    return None


def way_charged(
    policy: Policy,
    name: str,
    *,
    amount_minor: int,
    currency: str,
    agreed_at: dt.datetime | None,
    at: dt.datetime,
) -> PaymentWay | None:
    """Return the entry that a buyer pays by: the one in force, or the cheaper one that it agreed to (ruling A80)."""
    now = way_in_force(policy, name, at)
    before = now if agreed_at is None else way_in_force(policy, name, agreed_at)
    return before if _rise_minor(before, now, amount_minor, currency) > 0 else now


def fee_rise_minor(
    policy: Policy,
    name: str,
    *,
    amount_minor: int,
    currency: str,
    agreed_at: dt.datetime,
    at: dt.datetime,
) -> int:
    """Return by how much a fee has risen since the agreement, 0 if it has not or was not in force then (A80)."""
    before, now = way_in_force(policy, name, agreed_at), way_in_force(policy, name, at)
    return _rise_minor(before, now, amount_minor, currency)


def _rise_minor(
    before: PaymentWay | None, now: PaymentWay | None, amount_minor: int, currency: str
) -> int:
    if before is None or now is None or before is now:
        return 0
    if not (_serves(before, currency) and _serves(now, currency)):
        return 0
    return max(0, _fee(now, amount_minor, currency) - _fee(before, amount_minor, currency))


def crossings(
    policy: Policy, *, currency: str, buyer_country: str, at: dt.datetime
) -> tuple[Crossing, ...]:
    """Return where the fees of any two offered ways cross, by rising amount (R24)."""
    ways = [
        way
        for name in dict.fromkeys(way.name for way in policy.ways_to_pay)
        if why_not_offered(policy, name, currency=currency, buyer_country=buyer_country, at=at)
        is None
        and (way := way_in_force(policy, name, at)) is not None
    ]
    return tuple(sorted(_crossings_among(ways, currency), key=lambda found: found.above_from_minor))


def _crossings_among(ways: Iterable[PaymentWay], currency: str) -> Iterable[Crossing]:
    for one, other in combinations(ways, 2):
        steep, flat = (
            (one, other) if one.fee_basis_points > other.fee_basis_points else (other, one)
        )
        slope = steep.fee_basis_points - flat.fee_basis_points
        ahead = flat.fee_fixed_minor.get(currency, 0) - steep.fee_fixed_minor.get(currency, 0)
        if slope > 0 and ahead > 0:
            yield _crossing(steep, flat, currency, ahead * BASIS_POINTS_WHOLE, slope)


def _crossing(
    steep: PaymentWay, flat: PaymentWay, currency: str, numerator: int, slope: int
) -> Crossing:
    """Search the amounts near the exact crossing, where rounding moves either fee by at most half a minor unit."""
    reach = BASIS_POINTS_WHOLE // slope + 1
    near = range(max(0, numerator // slope - reach), numerator // slope + reach + 2)
    difference = {
        amount: _fee(steep, amount, currency) - _fee(flat, amount, currency) for amount in near
    }
    below = max((amount for amount in near if difference[amount] < 0), default=0)
    above = max((amount for amount in near if difference[amount] <= 0), default=0) + 1
    return Crossing(
        cheaper_below=steep.name,
        cheaper_above=flat.name,
        below_until_minor=below,
        above_from_minor=above,
        exact_numerator=numerator,
        exact_denominator=slope,
    )


def _offer(
    policy: Policy,
    name: str,
    *,
    amount_minor: int,
    currency: str,
    buyer_country: str,
    at: dt.datetime,
    agreed_at: dt.datetime | None,
    is_blocked: bool,
) -> Offer:
    assert 0 <= amount_minor <= AMOUNT_MINOR_MAX, "an amount that the programme handles"
    reason = why_not_offered(policy, name, currency=currency, buyer_country=buyer_country, at=at)
    if reason is None and is_blocked:
        reason = NotOffered.BLOCKED
    entries = [way for way in policy.ways_to_pay if way.name == name]
    way = way_in_force(policy, name, at) or entries[-1]
    if reason is not None:
        return Offer(
            name=name,
            offered=False,
            reason=reason,
            remark=way.remark if not way.offered else "",
            remark_zh=way.remark_zh if not way.offered else "",
            protected=way.protected,
        )
    charged = way_charged(
        policy, name, amount_minor=amount_minor, currency=currency, agreed_at=agreed_at, at=at
    )
    assert charged is not None, "what is offered is in force"
    fee_minor = _fee(charged, amount_minor, currency)
    remarked = _is_remarked(way, amount_minor, currency)
    return Offer(
        name=name,
        offered=True,
        fee_minor=fee_minor,
        total_minor=amount_minor + fee_minor,
        remark=way.remark if remarked else "",
        remark_zh=way.remark_zh if remarked else "",
        protected=way.protected,
    )


def _is_remarked(way: PaymentWay, amount_minor: int, currency: str) -> bool:
    """A remark stands unless the amount reaches the one from which the way is usual in its currency (ruling A16)."""
    usual_from = way.usual_from_minor.get(currency)
    return usual_from is None or amount_minor < usual_from


def _fee(way: PaymentWay, amount_minor: int, currency: str) -> int:
    return basis_points_of(amount_minor, way.fee_basis_points) + way.fee_fixed_minor.get(
        currency, 0
    )


def _serves(way: PaymentWay, currency: str) -> bool:
    return not way.currencies or currency in way.currencies


def _date_of(at: dt.datetime) -> dt.date:
    return whole_second(at).date()


def _in_force(way: PaymentWay, date: dt.date) -> bool:
    return (way.from_date is None or way.from_date <= date) and (
        way.until_date is None or date <= way.until_date
    )


def price_within(
    way: PaymentWay, *, amount_minor: int, wanted_minor: int, currency: str
) -> tuple[int, int]:
    """Return the most of the price, up to what is wanted, that an amount pays together with its fee, and that fee.

    An amount that does not even pay the fee pays none of the price and no fee: it is all too much.
    """
    if wanted_minor <= 0:
        return 0, 0
    whole_fee = _fee(way, wanted_minor, currency)
    if amount_minor >= wanted_minor + whole_fee:
        return wanted_minor, whole_fee
    fixed = way.fee_fixed_minor.get(currency, 0)
    price = max(0, amount_minor - fixed) * BASIS_POINTS_WHOLE
    price //= BASIS_POINTS_WHOLE + way.fee_basis_points
    # Rounding the fee moves the exact answer by at most one minor unit either way.
    while price > 0 and price + _fee(way, price, currency) > amount_minor:
        price -= 1
    while price + 1 + _fee(way, price + 1, currency) <= amount_minor:
        price += 1
    return (price, amount_minor - price) if price > 0 else (0, 0)
