"""Whether the limit's formula of a policy can be computed: tiers, penalty bands, points and rates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fairlot.domain.policy.amount_validation import amount_faults, currency_faults
from fairlot.domain.policy.errors import Fault, fault
from fairlot.domain.policy.model import LimitRules, Offense, PenaltyBand

PERCENT_MAX = 10_000
DAYS_MAX = 3_650
# Every month has this day.
DAY_OF_MONTH_MAX = 28


def limit_faults(rules: LimitRules) -> Iterator[Fault]:
    """Check the rules of a supplier's limit."""
    yield from currency_faults("limits.currency", rules.currency)
    yield from _tier_faults(rules)
    yield from _figure_faults(rules)
    yield from _band_faults(rules.penalties)
    yield from _point_faults(rules)
    yield from _rate_faults(rules)


def _tier_faults(rules: LimitRules) -> Iterator[Fault]:
    if not rules.tiers:
        yield fault("limits.tiers", "must name at least one tier")
    names = [tier.name for tier in rules.tiers]
    if len(set(names)) != len(names) or not all(name.strip() for name in names):
        yield fault("limits.tiers", "must have names that differ, none of them empty")
    for i, tier in enumerate(rules.tiers):
        yield from amount_faults(f"limits.tiers[{i}].base_minor", tier.base_minor)
    if any(higher.base_minor < lower.base_minor for lower, higher in pairwise(rules.tiers)):
        yield fault("limits.tiers", "must run from the lowest base to the highest")


def _figure_faults(rules: LimitRules) -> Iterator[Fault]:
    figures = (
        ("sales_percent", rules.sales_percent, 0, PERCENT_MAX),
        ("sales_days", rules.sales_days, 1, DAYS_MAX),
        ("points_days", rules.points_days, 1, DAYS_MAX),
        ("growth_percent_max", rules.growth_percent_max, 0, PERCENT_MAX),
        ("recomputed_on_day", rules.recomputed_on_day, 1, DAY_OF_MONTH_MAX),
    )
    for name, figure, least, most in figures:
        if not least <= figure <= most:
            yield fault(f"limits.{name}", f"must lie between {least} and {most}")
    yield from amount_faults("limits.growth_minor_min", rules.growth_minor_min)
    yield from amount_faults("limits.limit_minor_max", rules.limit_minor_max)
    if rules.rounded_to_minor < 1:
        yield fault("limits.rounded_to_minor", "must be at least 1")


def _band_faults(bands: tuple[PenaltyBand, ...]) -> Iterator[Fault]:
    if not bands or bands[0].points != 0:
        yield fault("limits.penalties", "must begin with a band from 0 points")
    if any(later.points <= earlier.points for earlier, later in pairwise(bands)):
        yield fault("limits.penalties", "must run from few points to many")
    if any(later.percent > earlier.percent for earlier, later in pairwise(bands)):
        yield fault("limits.penalties", "must not give more for more points")
    for i, band in enumerate(bands):
        if not 0 <= band.percent <= 100:
            yield fault(f"limits.penalties[{i}].percent", "must lie between 0 and 100")


def _point_faults(rules: LimitRules) -> Iterator[Fault]:
    for offense in Offense:
        key = f"limits.points.{offense}"
        points = rules.points.get(offense)
        if points is None:
            yield fault(key, "is missing")
        elif not 0 <= points.made_good <= points.not_made_good:
            yield fault(key, "must not be negative, nor less when it was not made good")


def _rate_faults(rules: LimitRules) -> Iterator[Fault]:
    seen = set()
    for i, rate in enumerate(rules.rates):
        key = f"limits.rates[{i}]"
        yield from currency_faults(f"{key}.currency", rate.currency)
        if rate.currency == rules.currency:
            yield fault(f"{key}.currency", "is the currency of limits itself")
        if rate.amount_minor < 1 or rate.worth_minor < 1:
            yield fault(key, "must weigh two amounts from 1 up")
        if (rate.currency, rate.from_date) in seen:
            yield fault(f"{key}.from_date", f"gives {rate.currency} a second rate that day")
        seen.add((rate.currency, rate.from_date))
