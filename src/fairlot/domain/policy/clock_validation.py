"""Whether the clocks of a policy can run: every length positive, and none that would ring in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from fairlot.domain.contract.vocabulary import TransportMode
from fairlot.domain.policy.errors import Fault, fault
from fairlot.domain.policy.model import Clocks, CoverRules, Policy, WindowStart

# Longest length by the unit that ends its name: ten years, but a year of business days.
LENGTH_MAX = {"_hours": 87_600, "_business_days": 365, "_days": 3_650, "_days_min": 3_650}
COMPANIES_MAX = 100


def clock_faults(policy: Policy) -> Iterator[Fault]:
    """Check the lengths one by one, then against each other and against the claim windows."""
    clocks = policy.clocks
    yield from _length_faults(clocks)
    yield from _arrival_faults(clocks)
    yield from _order_faults(clocks)
    yield from _warning_faults("shipment_reminder_days", clocks.shipment_reminder_days)
    yield from _warning_faults("claim_warning_days", clocks.claim_warning_days)
    yield from _window_end_faults(policy)


def _length_faults(clocks: Clocks) -> Iterator[Fault]:
    for name in clocks.__struct_fields__:
        length = getattr(clocks, name)
        if isinstance(length, int) and not 1 <= length <= _length_max(name):
            yield fault(f"clocks.{name}", f"must lie between 1 and {_length_max(name)}")


def _length_max(name: str) -> int:
    for ending, length_max in LENGTH_MAX.items():
        if name.endswith(ending):
            return length_max
    return COMPANIES_MAX if name == "inspection_companies_max" else LENGTH_MAX["_days"]


def _arrival_faults(clocks: Clocks) -> Iterator[Fault]:
    modes = get_args(TransportMode)
    for mode in modes:
        if mode not in clocks.arrival_asked_days:
            yield fault(f"clocks.arrival_asked_days.{mode}", "is missing")
    for mode, days in clocks.arrival_asked_days.items():
        key = f"clocks.arrival_asked_days.{mode}"
        if mode not in modes:
            yield fault(key, f"is no mode of transport; the modes are {', '.join(modes)}")
        if not 1 <= days <= LENGTH_MAX["_days"]:
            yield fault(key, f"must lie between 1 and {LENGTH_MAX['_days']}")


# Pairs of clocks of which the second must outlast the first by at least so many units.
_ORDERED = (
    ("decision_business_days", "decision_by_rule_business_days", 1),
    ("supplier_answer_hours", "negotiation_hours", 0),
    ("fraud_knowledge_days", "fraud_shipment_days_max", 0),
    ("receivable_reminder_days", "receivable_write_off_days", 0),
)


def _order_faults(clocks: Clocks) -> Iterator[Fault]:
    for first, second, margin in _ORDERED:
        least: int = getattr(clocks, first) + margin
        if getattr(clocks, second) < least:
            yield fault(f"clocks.{second}", f"must be at least {least}, after {first}")


def _warning_faults(name: str, days: tuple[int, ...]) -> Iterator[Fault]:
    if not days:
        yield fault(f"clocks.{name}", "must name at least one day")
    if any(day < 1 for day in days):
        yield fault(f"clocks.{name}", "must be whole days before the end, from 1 up")
    if any(earlier <= later for earlier, later in pairwise(days)):
        yield fault(f"clocks.{name}", "must run from the earliest warning to the latest")


def _window_end_faults(policy: Policy) -> Iterator[Fault]:
    shortest = min(_window_days(policy), default=None)
    if shortest is None:
        return
    if any(day >= shortest for day in policy.clocks.claim_warning_days):
        yield fault(
            "clocks.claim_warning_days",
            f"must begin within the shortest claim window of {shortest} days",
        )
    if policy.clocks.told_of_delivery_days_min > shortest:
        yield fault(
            "clocks.told_of_delivery_days_min",
            f"must not be more than the shortest claim window of {shortest} days",
        )


def _window_days(policy: Policy) -> Iterator[int]:
    rules: CoverRules
    for rules in (policy.pre_shipment, policy.post_delivery):
        for window in (rules.quality, rules.late):
            if window.start is WindowStart.DELIVERY and window.days > 0:
                yield window.days
