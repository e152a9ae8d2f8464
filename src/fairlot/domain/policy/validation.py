"""Whether a policy's figures make sense together; what its keys must look like is `shape`'s question."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator

from fairlot.domain.calendar import zone_named
from fairlot.domain.party import Role
from fairlot.domain.policy.amount_validation import amounts_faults, currency_faults
from fairlot.domain.policy.clock_validation import clock_faults
from fairlot.domain.policy.errors import Fault, fault
from fairlot.domain.policy.limit_validation import limit_faults
from fairlot.domain.policy.model import (
    FRAUD_GROUNDS,
    ClaimWindow,
    CoverRules,
    Custody,
    Ground,
    Policy,
)
from fairlot.domain.policy.way_validation import way_faults
from fairlot.domain.sampling import LEVELS, SamplingError, read_aql_or_none_allowed

WINDOW_DAYS_MAX = 3_650
COST_PERCENT_MAX = 10_000
EDITION = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}\Z")
PARTIES = (Role.BUYER, Role.SUPPLIER)


def policy_faults(policy: Policy) -> tuple[Fault, ...]:
    """Collect every fault of a well-shaped policy, section by section."""
    return (
        *_heading_faults(policy),
        *_exclusion_faults(policy),
        *_money_faults(policy),
        *_cover_faults("pre_shipment", policy.pre_shipment),
        *_cover_faults("post_delivery", policy.post_delivery),
        *clock_faults(policy),
        *way_faults(policy.ways_to_pay),
        *_inspection_faults(policy),
        *limit_faults(policy.limits),
        *_calendar_faults(policy),
    )


def _heading_faults(policy: Policy) -> Iterator[Fault]:
    if not EDITION.match(policy.edition):
        yield fault("edition", "must be lower-case letters, digits, dots and hyphens, at most 64")
    for key, text in (("title", policy.title), ("source", policy.source)):
        if not text.strip():
            yield fault(key, "must not be empty")
    if policy.effective_until is not None and policy.effective_until < policy.effective_from:
        yield fault("effective_until", "must not be before effective_from")
    if not policy.cover_kinds:
        yield fault("cover_kinds", "must name at least one kind of cover")
    if len(set(policy.cover_kinds)) != len(policy.cover_kinds):
        yield fault("cover_kinds", "names a kind twice")
    if policy.business_zone:
        try:
            zone_named(policy.business_zone)
        except zoneinfo.ZoneInfoNotFoundError:
            yield fault("business_zone", f"{policy.business_zone!r} is no time zone")


def _exclusion_faults(policy: Policy) -> Iterator[Fault]:
    if len(set(policy.exclusions)) != len(policy.exclusions):
        yield fault("exclusions", "names a ground twice")
    for ground in sorted(FRAUD_GROUNDS.intersection(policy.exclusions)):
        yield fault("exclusions", f"{ground} is fraud and can not be excluded")
    if Ground.PAID_OUTSIDE not in policy.exclusions:
        yield fault("exclusions", "must name paid_outside: only payment here is covered (R27)")


def _money_faults(policy: Policy) -> Iterator[Fault]:
    money = policy.money
    if not 0 <= money.deposit_kept_percent <= 100:
        yield fault("money.deposit_kept_percent", "must lie between 0 and 100")
    if money.custody is Custody.DIRECT and money.release_per_shipment:
        yield fault("money.release_per_shipment", "must be false where nothing is held")
    if money.custody is Custody.DIRECT and not money.freeze_whole_order:
        yield fault("money.freeze_whole_order", "must be true where nothing is held")
    yield from amounts_faults("money.return_freight_minor_max", money.return_freight_minor_max)


def _cover_faults(key: str, rules: CoverRules) -> Iterator[Fault]:
    yield from _window_faults(f"{key}.quality", rules.quality)
    yield from _window_faults(f"{key}.late", rules.late)
    if not 1 <= rules.inspection_cost_percent <= COST_PERCENT_MAX:
        yield fault(f"{key}.inspection_cost_percent", f"must lie between 1 and {COST_PERCENT_MAX}")


def _window_faults(key: str, window: ClaimWindow) -> Iterator[Fault]:
    if not 0 <= window.days <= WINDOW_DAYS_MAX:
        yield fault(f"{key}.days", f"must lie between 0 and {WINDOW_DAYS_MAX}")


def _inspection_faults(policy: Policy) -> Iterator[Fault]:
    rules = policy.inspection
    if not rules.companies or not all(name.strip() for name in rules.companies):
        yield fault("inspection.companies", "must name at least one company, none of them empty")
    if len(set(rules.companies)) != len(rules.companies):
        yield fault("inspection.companies", "names a company twice")
    if rules.level not in LEVELS:
        yield fault("inspection.level", f"must be one of {', '.join(LEVELS)}")
    for key, aql in (
        ("aql_critical", rules.aql_critical),
        ("aql_major", rules.aql_major),
        ("aql_minor", rules.aql_minor),
    ):
        try:
            read_aql_or_none_allowed(aql)
        except SamplingError as error:
            yield fault(f"inspection.{key}", error.sentence_en)
    if not 0 <= rules.usual_fee_low_minor <= rules.usual_fee_high_minor:
        yield fault("inspection.usual_fee_high_minor", "must not be less than the low figure")
    yield from currency_faults("inspection.usual_fee_currency", rules.usual_fee_currency)
    for key, role in (
        ("fee_advanced_by", rules.fee_advanced_by),
        ("fee_borne_by_when_upheld", rules.fee_borne_by_when_upheld),
    ):
        if role not in PARTIES:
            yield fault(f"inspection.{key}", "must be buyer or supplier")
    yield from amounts_faults("inspection.fee_returned_minor_max", rules.fee_returned_minor_max)


def _calendar_faults(policy: Policy) -> Iterator[Fault]:
    calendar = policy.calendar
    for key, text in (("name", calendar.name), ("version", calendar.version)):
        if not text.strip():
            yield fault(f"calendar.{key}", "must not be empty")
    days = calendar.weekdays
    if not days or len(set(days)) != len(days) or not all(0 <= day <= 6 for day in days):
        yield fault(
            "calendar.weekdays", "must list at least one day from 0 (Monday) to 6, none twice"
        )
    for date in sorted(calendar.holidays & calendar.working_dates):
        yield fault("calendar.working_dates", f"{date} is a holiday too")
