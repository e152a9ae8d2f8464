"""The kinds of cover to choose from before agreeing: until when each protects, where goods are inspected, and what that costs."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from fairlot.domain.money import fraction_of
from fairlot.domain.policy.model import ClaimWindow, CoverKind, Policy

PERCENT_WHOLE = 100


class GoodsPlace(StrEnum):
    """Where the goods are when a dispute under the kind of cover has them inspected."""

    ORIGIN = "origin"
    DESTINATION = "destination"


# What is covered up to shipment is inspected before it left, what is covered until arrival where it arrived (R18).
INSPECTED_AT = {
    CoverKind.PRE_SHIPMENT: GoodsPlace.ORIGIN,
    CoverKind.POST_DELIVERY: GoodsPlace.DESTINATION,
}


class CoverChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of cover that the edition offers; `is_proposed` where the version on the table names it."""

    kind: CoverKind
    is_proposed: bool
    quality: ClaimWindow
    late: ClaimWindow
    split_payment: bool
    inspected_at: GoodsPlace
    inspection_low_minor: int
    inspection_high_minor: int
    inspection_currency: str


def cover_choices(policy: Policy, *, proposed: CoverKind | None = None) -> tuple[CoverChoice, ...]:
    """Return what the edition offers, in its order; an inspection's cost is the usual fee at the place where it is."""
    return tuple(_choice(policy, kind, is_proposed=kind is proposed) for kind in policy.cover_kinds)


def _choice(policy: Policy, kind: CoverKind, *, is_proposed: bool) -> CoverChoice:
    rules, inspection = policy.cover_rules(kind), policy.inspection
    percent = rules.inspection_cost_percent
    return CoverChoice(
        kind=kind,
        is_proposed=is_proposed,
        quality=rules.quality,
        late=rules.late,
        split_payment=rules.split_payment,
        inspected_at=INSPECTED_AT[kind],
        inspection_low_minor=fraction_of(inspection.usual_fee_low_minor, percent, PERCENT_WHOLE),
        inspection_high_minor=fraction_of(inspection.usual_fee_high_minor, percent, PERCENT_WHOLE),
        inspection_currency=inspection.usual_fee_currency,
    )
