"""What a case comes down to: the facts from which the rules call for one outcome and one amount.

Amounts are in minor units of the order's currency, quantities in pieces of a line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from fairlot.domain.policy.model import Ground


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the order, without pieces already cancelled, and how much of it has moved.

    Delivered pieces are those whose delivery is proven or confirmed, awaited ones those on their way whose arrival is
    not due yet (ruling A33). `is_due`: its shipment date has passed;
    `is_cancellable`: so has the late cancellation, for the pieces not shipped by then (ruling A40). `given_back_minor` is
    what earlier cases gave back of the price of these, `reduced_minor` of that of the pieces that left.
    """

    number: int
    quantity: int
    unit_price_minor: int
    shipped_quantity: int = 0
    delivered_quantity: int = 0
    awaited_quantity: int = 0
    is_due: bool = False
    is_cancellable: bool = False
    given_back_minor: int = 0
    reduced_minor: int = 0

    def __post_init__(self) -> None:
        assert 0 <= self.delivered_quantity <= self.shipped_quantity <= self.quantity
        assert 0 <= self.awaited_quantity <= self.shipped_quantity - self.delivered_quantity
        assert self.unit_price_minor >= 0
        assert 0 <= self.given_back_minor <= self.unshipped_quantity * self.unit_price_minor
        assert 0 <= self.reduced_minor <= self.shipped_quantity * self.unit_price_minor

    @property
    def price_minor(self) -> int:
        """Return the price of the whole line, less what was given back of it."""
        return self.shipped_price_minor + self.unshipped_price_minor

    @property
    def unshipped_quantity(self) -> int:
        """Return the pieces that no proof of shipment covers."""
        return self.quantity - self.shipped_quantity

    @property
    def shipped_price_minor(self) -> int:
        """Return what is left of the price of the pieces that a proof of shipment covers."""
        return self.shipped_quantity * self.unit_price_minor - self.reduced_minor

    @property
    def unshipped_price_minor(self) -> int:
        """Return what is left of the price of the pieces that no proof of shipment covers."""
        return self.unshipped_quantity * self.unit_price_minor - self.given_back_minor

    @property
    def missing_quantity(self) -> int:
        """Return the pieces shipped whose delivery nothing proves, though they should have arrived."""
        return self.shipped_quantity - self.delivered_quantity - self.awaited_quantity


class LateQuantity(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces of a line that left late, or have not left yet; days are those between the dates in the contract's zone."""

    line: int
    quantity: int
    days_late: int
    shipped: bool = True


class DailyRemedy(msgspec.Struct, frozen=True, kw_only=True):
    """What the contract gives for each day late, of the price of the late pieces, and its cap."""

    per_day_basis_points: int
    cap_basis_points: int


class Evidence(StrEnum):
    """What the claimant laid before the case besides inspections, and whether the other side contested it in its round.

    It shows what is either so or not (other goods, false proof); how many pieces are defective only a sample shows.
    """

    NONE = "none"
    UNCONTESTED = "uncontested"
    CONTESTED = "contested"


class CaseClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One admitted claim with its evidence; no lines named means every line."""

    ground: Ground
    lines: tuple[int, ...] = ()
    evidence: Evidence = Evidence.NONE


class Stage(StrEnum):
    """What an inspection was for."""

    PRE_SHIPMENT = "pre_shipment"
    DISPUTE = "dispute"


class ClassFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Defective units of one class in its sample, each counted in its worst class, and the most that pass."""

    found: int
    sample_size: int
    acceptance_number: int

    def __post_init__(self) -> None:
        assert 0 <= self.found <= self.sample_size
        assert self.sample_size > 0

    @property
    def is_rejected(self) -> bool:
        """Say whether the plan rejects the lot by this class."""
        return self.found > self.acceptance_number


class MeasuredShortfall(msgspec.Struct, frozen=True, kw_only=True):
    """A measurable term that all goods fail: agreed and measured in one scaled unit, whichever way is worse."""

    term_id: str
    agreed: int
    measured: int


class CountedTerm(msgspec.Struct, frozen=True, kw_only=True):
    """On how many units of a class's sample one of its terms failed."""

    term_id: str
    defect_class: str
    found: int


class InspectionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection's report, in the order of the reports; `line` None means every line of the order.

    `not_as_ordered`: the inspector found counterfeits or other goods than ordered. `waived`: the buyer signed for
    these findings, up to their reported extent, but for the failed terms of `not_waived`, which it did not name (A63).
    `counted`: what was counted term by term; `waived_terms`: those that the waiver names, or none if it names no term.
    """

    id: str
    stage: Stage
    line: int | None = None
    lot: int
    critical: ClassFinding
    major: ClassFinding
    minor: ClassFinding
    mandatory_failed: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    measured: tuple[MeasuredShortfall, ...] = ()
    not_as_ordered: bool = False
    waived: bool = False
    not_waived: tuple[str, ...] = ()
    counted: tuple[CountedTerm, ...] = ()
    waived_terms: tuple[str, ...] = ()
    fee_minor: int = 0
    advanced_by_buyer: bool = True

    @property
    def classes(self) -> tuple[tuple[str, ClassFinding], ...]:
        """Return the classes by name, from the worst."""
        return ("critical", self.critical), ("major", self.major), ("minor", self.minor)

    def counts_of(self, defect_class: str) -> dict[str, int]:
        """Return on how many units each counted term of a class failed."""
        return {c.term_id: c.found for c in self.counted if c.defect_class == defect_class}

    @property
    def is_failed(self) -> bool:
        """Say whether the verdict is failed: a class over its number, or a term that must hold and does not."""
        return (
            any(finding.is_rejected for _, finding in self.classes)
            or bool(self.mandatory_failed)
            or bool(self.measured)
            or self.not_as_ordered
        )

    @property
    def is_accepted(self) -> bool:
        """Say whether the buyer signed for all that failed."""
        return self.waived and not self.not_waived

    @property
    def is_pending(self) -> bool:
        """Say whether the verdict is open: nothing failed, and something was not checked."""
        return not self.is_failed and bool(self.not_checked)

    def covers(self, line: int) -> bool:
        """Say whether the lot inspected holds a line."""
        return self.line is None or self.line == line


class Wish(StrEnum):
    """What the buyer asks for, where the rules leave the choice to the buyer."""

    NONE = "none"
    REWORK = "rework"
    REFUND = "refund"
    PERFORMANCE = "performance"
    KEEP = "keep"


class Seizure(StrEnum):
    """Why an authority holds the goods, as its notice says."""

    COUNTERFEIT = "counterfeit"
    WRONG_GOODS = "wrong_goods"
    DELAY = "delay"


class BuyerDefault(msgspec.Struct, frozen=True, kw_only=True):
    """The buyer's own duty stands still: balance unpaid or goods uncollected (rulings A36, A65)."""

    inspection_passed: bool
    deposit_minor: int
    kept_percent: int
    # The price of goods that left all the same: so much of the deposit is never given back.
    gone_minor: int = 0


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the rules look at. `paid_minor` is the price paid and not yet given back.

    `inspection_lapsed`: an inspection was to be had and nobody advanced its fee in time. `perform_until` is the date
    by which rework or performance would be due. `fee_returned_minor_max` is the policy's most per inspection.
    """

    currency: str
    paid_minor: int
    lines: tuple[CaseLine, ...]
    claims: tuple[CaseClaim, ...] = ()
    late: tuple[LateQuantity, ...] = ()
    daily_remedy: DailyRemedy | None = None
    inspections: tuple[InspectionFacts, ...] = ()
    wish: Wish = Wish.NONE
    inspection_lapsed: bool = False
    seizure: Seizure | None = None
    carrier_chosen_by_buyer: bool = False
    supplier_silent: bool = False
    buyer_default: BuyerDefault | None = None
    perform_until: dt.datetime | None = None
    fee_comes_back: bool = True
    fee_returned_minor_max: int | None = None

    def __post_init__(self) -> None:
        numbers = [line.number for line in self.lines]
        assert self.paid_minor >= 0
        assert len(set(numbers)) == len(numbers), "line numbers differ"
        for claim in self.claims:
            assert set(claim.lines) <= set(numbers), "a claim names lines of the order"

    def line(self, number: int) -> CaseLine:
        """Return the line of that number."""
        return next(line for line in self.lines if line.number == number)

    def claimed(self, *grounds: Ground) -> tuple[CaseLine, ...]:
        """Return the lines claimed on any of some grounds, each once, in the order of the contract."""
        claims = [claim for claim in self.claims if claim.ground in grounds]
        return tuple(
            line
            for line in self.lines
            if any(not claim.lines or line.number in claim.lines for claim in claims)
        )

    def evidence_on(self, line: int, ground: Ground) -> Evidence:
        """Return what evidence lies for a ground on a line; uncontested evidence counts before contested."""
        given = {
            claim.evidence
            for claim in self.claims
            if claim.ground is ground and (not claim.lines or line in claim.lines)
        }
        for evidence in (Evidence.UNCONTESTED, Evidence.CONTESTED):
            if evidence in given:
                return evidence
        return Evidence.NONE

    def inspections_of(self, line: int, stage: Stage) -> tuple[InspectionFacts, ...]:
        """Return the reports of a stage that cover a line, oldest first."""
        return tuple(
            report for report in self.inspections if report.stage is stage and report.covers(line)
        )


def failed(reports: Sequence[InspectionFacts]) -> tuple[InspectionFacts, ...]:
    """Return those whose verdict is failed."""
    return tuple(report for report in reports if report.is_failed)
