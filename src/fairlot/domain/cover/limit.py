"""A supplier's assurance limit, computed from inputs that are kept with it, so that anybody can redo the sum.

Programme, section 5: the tier's base plus a share of the value of recent orders without an upheld claim, times the
penalty factor, growing at most so much, capped, rounded down. Growth is bounded; penalties cut at once.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.policy.model import DatedRate, LimitRules, Offense

PERCENT_WHOLE = 100


class CompletedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order that ended: its value in the limit's currency, and whether a claim on it was upheld."""

    order_id: str
    value_minor: int
    completed_at: dt.datetime
    claim_upheld: bool = False


class Penalty(msgspec.Struct, frozen=True, kw_only=True):
    """Points given to a supplier: for what, and when."""

    offense: Offense
    points: int
    given_at: dt.datetime


class LimitInputs(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a computation needs. `last_limit_minor` is the limit of the month before; none for the first.

    With `only_cut` the computation follows a penalty between two monthly ones: it may lower the limit, never raise it.
    """

    tier: str
    enrolled_at: dt.datetime
    computed_at: dt.datetime
    last_limit_minor: int | None = None
    orders: tuple[CompletedOrder, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    only_cut: bool = False


class LimitComputation(msgspec.Struct, frozen=True, kw_only=True):
    """A limit with its inputs, its rules and every step between; all amounts in minor units of the rules' currency."""

    inputs: LimitInputs
    rules: LimitRules
    base_minor: int
    sales_minor: int
    sales_count: int
    sales_share_minor: int
    points: int
    penalty_percent: int
    earned_minor: int
    growth_bound_minor: int | None
    limit_minor: int
    enrolment_ends: bool


def compute_limit(inputs: LimitInputs, rules: LimitRules) -> LimitComputation:
    """Compute a limit; raises ValueError for a tier that the rules do not name."""
    base_minor = _base(inputs.tier, rules)
    counted = [order for order in inputs.orders if _counts(order, inputs.computed_at, rules)]
    sales_minor = sum(order.value_minor for order in counted)
    # Rounded down like the limit itself: nothing here is paid to anybody.
    sales_share_minor = sales_minor * rules.sales_percent // PERCENT_WHOLE
    points = points_in_force(inputs.penalties, inputs.computed_at, rules)
    percent = penalty_percent(points, rules)
    earned_minor = (base_minor + sales_share_minor) * percent // PERCENT_WHOLE
    bound = _growth_bound(inputs, rules)
    limit_minor = min(earned_minor, rules.limit_minor_max)
    if bound is not None:
        limit_minor = min(limit_minor, bound)
    return LimitComputation(
        inputs=inputs,
        rules=rules,
        base_minor=base_minor,
        sales_minor=sales_minor,
        sales_count=len(counted),
        sales_share_minor=sales_share_minor,
        points=points,
        penalty_percent=percent,
        earned_minor=earned_minor,
        growth_bound_minor=bound,
        limit_minor=limit_minor - limit_minor % rules.rounded_to_minor,
        enrolment_ends=percent == 0,
    )


def points_in_force(penalties: tuple[Penalty, ...], at: dt.datetime, rules: LimitRules) -> int:
    """Add up the points given in the rules' days before an instant, the instant itself included."""
    since = at - dt.timedelta(days=rules.points_days)
    return sum(penalty.points for penalty in penalties if since < penalty.given_at <= at)


def penalty_percent(points: int, rules: LimitRules) -> int:
    """Return by what percent so many points multiply the limit: the last band that they reach."""
    assert points >= 0, "points are given, never taken"
    return next(band.percent for band in reversed(rules.penalties) if band.points <= points)


def points_for(offense: Offense, rules: LimitRules, *, made_good: bool) -> int:
    """Return the points of an offense."""
    points = rules.points[offense]
    return points.made_good if made_good else points.not_made_good


def next_recomputation(at: dt.datetime, rules: LimitRules) -> dt.datetime:
    """Return the first instant after `at` at which limits are computed anew: the rules' day of a month, 00:00 UTC."""
    moment = whole_second(at)
    this_month = moment.replace(day=rules.recomputed_on_day, hour=0, minute=0, second=0)
    if this_month > at:
        return this_month
    return (this_month.replace(day=1) + dt.timedelta(days=31)).replace(day=rules.recomputed_on_day)


def rate_at(rules: LimitRules, currency: str, at: dt.datetime) -> DatedRate | None:
    """Return the rate of the latest day, in UTC, not after an instant; None where the policy has none (ruling A25)."""
    date = whole_second(at).date()
    if currency == rules.currency:
        return DatedRate(currency=currency, from_date=date, amount_minor=1, worth_minor=1)
    dated = [rate for rate in rules.rates if rate.currency == currency and rate.from_date <= date]
    return max(dated, key=lambda rate: rate.from_date, default=None)


def to_limit_currency(amount_minor: int, *, numerator: int, denominator: int) -> int:
    """Convert an order's amount to the limit's currency: `numerator` of it are worth `denominator` of the order's.

    A fraction counts as a whole unit, so that what orders take is never less than it is worth.
    """
    assert amount_minor >= 0, "cover is never negative"
    assert min(numerator, denominator) > 0, "a rate is positive"
    return -(-amount_minor * numerator // denominator)


class CoverGrant(msgspec.Struct, frozen=True, kw_only=True):
    """What an order gets of a free limit: cover and the rest in its own currency, and what it takes in the limit's."""

    cover_minor: int
    uncovered_minor: int
    taken_minor: int


def grant_cover(
    *, covered_minor: int, total_minor: int, free_limit_minor: int, numerator: int, denominator: int
) -> CoverGrant:
    """Grant the smaller of the covered amount and the free limit.

    `numerator` minor units of the limit's currency are worth `denominator` of the order's. Both roundings favour the
    limit (ruling A25): what is taken never exceeds what is free, so that two orders never share the same dollar.
    A limit over-taken after a cut is no limit at all.
    """
    assert 0 <= covered_minor <= total_minor, "the covered amount is a part of the total"
    free_minor = max(0, free_limit_minor)
    cover_minor = min(covered_minor, free_minor * denominator // numerator)
    taken_minor = to_limit_currency(cover_minor, numerator=numerator, denominator=denominator)
    assert taken_minor <= free_minor, "nothing is granted beyond the free limit"
    return CoverGrant(
        cover_minor=cover_minor,
        uncovered_minor=total_minor - cover_minor,
        taken_minor=taken_minor,
    )


def _base(tier: str, rules: LimitRules) -> int:
    for candidate in rules.tiers:
        if candidate.name == tier:
            return candidate.base_minor
    raise ValueError(f"the rules know no tier {tier!r}")


def _counts(order: CompletedOrder, at: dt.datetime, rules: LimitRules) -> bool:
    since = at - dt.timedelta(days=rules.sales_days)
    return since < order.completed_at <= at and not order.claim_upheld


def _growth_bound(inputs: LimitInputs, rules: LimitRules) -> int | None:
    """Return the most that this computation may give, or None for the first, which nothing was before."""
    if inputs.last_limit_minor is None:
        return None
    if inputs.only_cut:
        return inputs.last_limit_minor
    share_minor = inputs.last_limit_minor * rules.growth_percent_max // PERCENT_WHOLE
    return inputs.last_limit_minor + max(share_minor, rules.growth_minor_min)
