"""Whether the ways to pay of a policy can be charged: known rails, fees that apply, dates that do not overlap."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations

from fairlot.domain.money import BASIS_POINTS_WHOLE
from fairlot.domain.policy.amount_validation import amounts_faults, currency_faults
from fairlot.domain.policy.errors import Fault, fault
from fairlot.domain.policy.model import PaymentWay, Rail

COUNTRY = re.compile(r"[A-Z]{2}\Z")
BANKING_DAYS_MAX = 60


def way_faults(ways: tuple[PaymentWay, ...]) -> Iterator[Fault]:
    """Check each way to pay, then that no two entries of one name are in force on one day."""
    if not any(way.offered for way in ways):
        yield fault("ways_to_pay", "must offer at least one way")
    for i, way in enumerate(ways):
        key = f"ways_to_pay[{i}]"
        yield from _name_faults(key, way)
        yield from _fee_faults(key, way)
        yield from _reach_faults(key, way)
        yield from _remark_faults(key, way)
    for (_, earlier), (j, later) in combinations(enumerate(ways), 2):
        if earlier.name == later.name and _overlap(earlier, later):
            yield fault(
                f"ways_to_pay[{j}].from_date",
                f"is in force on a day on which another entry of {later.name} is",
            )


def _name_faults(key: str, way: PaymentWay) -> Iterator[Fault]:
    names = [rail.value for rail in Rail]
    if way.name not in names:
        yield fault(f"{key}.name", f"{way.name!r} is no way to pay; there are {', '.join(names)}")


def _fee_faults(key: str, way: PaymentWay) -> Iterator[Fault]:
    if not 0 <= way.fee_basis_points < BASIS_POINTS_WHOLE:
        yield fault(f"{key}.fee_basis_points", f"must lie between 0 and {BASIS_POINTS_WHOLE - 1}")
    yield from amounts_faults(f"{key}.fee_fixed_minor", way.fee_fixed_minor)
    if way.fee_fixed_minor and set(way.fee_fixed_minor) != set(way.currencies):
        yield fault(f"{key}.currencies", "must name exactly the currencies that have a fixed part")
    if not 0 <= way.confirm_after_banking_days <= BANKING_DAYS_MAX:
        yield fault(
            f"{key}.confirm_after_banking_days", f"must lie between 0 and {BANKING_DAYS_MAX}"
        )


def _reach_faults(key: str, way: PaymentWay) -> Iterator[Fault]:
    for currency in way.currencies:
        yield from currency_faults(f"{key}.currencies", currency)
    for country in way.buyer_countries:
        if not COUNTRY.match(country):
            yield fault(
                f"{key}.buyer_countries", f"{country!r} is no country code of two capital letters"
            )
    yield from amounts_faults(f"{key}.usual_from_minor", way.usual_from_minor)
    if way.from_date is not None and way.until_date is not None and way.until_date < way.from_date:
        yield fault(f"{key}.until_date", "must not be before from_date")


def _remark_faults(key: str, way: PaymentWay) -> Iterator[Fault]:
    if bool(way.remark.strip()) != bool(way.remark_zh.strip()):
        yield fault(f"{key}.remark_zh", "and remark must both be given, or neither")
    if not way.remark and (way.usual_from_minor or not way.offered):
        yield fault(f"{key}.remark", "is missing: the page must say why")


def _overlap(one: PaymentWay, other: PaymentWay) -> bool:
    """Say whether some day lies in both entries' dates; a missing date is without end."""
    return _first(one) <= _last(other) and _first(other) <= _last(one)


def _first(way: PaymentWay) -> dt.date:
    return way.from_date or dt.date.min


def _last(way: PaymentWay) -> dt.date:
    return way.until_date or dt.date.max
