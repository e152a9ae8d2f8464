"""The goods: shipments, inspections, returns."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.order.terms import DefectClass, Mode, Party, Proof


class Shipment(msgspec.Struct, frozen=True, kw_only=True):
    """Goods that left: which quantities, when, by what proof, and when they arrived."""

    id: str
    quantities: dict[int, int]
    mode: Mode
    proof: Proof
    recorded_at: dt.datetime
    # Handed over as claimed; believed at once for a document, by movement for a carrier's number (ruling A34).
    claimed_at: dt.datetime
    movement_until: dt.datetime | None = None
    dispatched_at: dt.datetime | None = None
    dispatched_date: dt.date | None = None
    # When it came on record that they left, which may be long after they did (ruling A43).
    known_at: dt.datetime | None = None
    arrival_asked_at: dt.datetime | None = None
    arrival_first_asked_at: dt.datetime | None = None
    extended_by: tuple[Party, ...] = ()
    delivered_at: dt.datetime | None = None
    confirmed_at: dt.datetime | None = None
    counted_at: dt.datetime | None = None
    claim_until: dt.datetime | None = None
    warned_days: int = 0
    is_released: bool = False
    # What of its price was released while a claim kept the rest (ruling A60).
    released_minor: int = 0
    # What was given back of the price of its pieces, per line.
    given_back: dict[int, int] = {}

    @property
    def is_dispatched(self) -> bool:
        """Say whether the goods have left as far as the record shows."""
        return self.dispatched_at is not None

    @property
    def has_arrived(self) -> bool:
        """Say whether the goods arrived, were confirmed, or count as arrived."""
        return self.claim_until is not None

    @property
    def arrived_at(self) -> dt.datetime | None:
        """Return when it is on record that the goods arrived, or counted as arrived; or None."""
        return self.delivered_at or self.confirmed_at or self.counted_at


class Verdict(StrEnum):
    """What an inspection came to."""

    PASSED = "passed"
    FAILED = "failed"
    PENDING = "pending"


class InspectionStage(StrEnum):
    """What an inspection is for."""

    PRE_SHIPMENT = "pre_shipment"
    DISPUTE = "dispute"


class ClassCount(msgspec.Struct, frozen=True, kw_only=True):
    """Defective units of one class found in its sample, and the most that pass."""

    found: int
    sample_size: int
    acceptance_number: int


class TermCount(msgspec.Struct, frozen=True, kw_only=True):
    """On how many units of its class's sample a term failed."""

    term_id: str
    defect_class: DefectClass
    found: int


class MeasuredFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A measurable term that all goods fail: what was agreed and what is, in the same scaled unit."""

    term_id: str
    agreed: int
    measured: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspector found, with the verdict the plan gives; `not_as_ordered`: counterfeits or other goods."""

    line: int | None
    lot: int
    critical: ClassCount
    major: ClassCount
    minor: ClassCount
    mandatory_failed: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    measured_failures: tuple[MeasuredFailure, ...] = ()
    not_as_ordered: bool = False
    verdict: Verdict
    # Absent where the inspector counted by class alone.
    term_counts: tuple[TermCount, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def counted(self) -> tuple[TermCount, ...]:
        """Return what was counted term by term."""
        return () if self.term_counts is msgspec.UNSET else self.term_counts

    def rejected_without(self, waived_terms: tuple[str, ...]) -> tuple[str, ...]:
        """Return the counted terms beside the waived ones by which the plan would still reject the lot."""
        rejecting: list[str] = []
        for name in DefectClass:
            count: ClassCount = getattr(self, name.value)
            terms = {c.term_id: c.found for c in self.counted if c.defect_class is name}
            others = {name: n for name, n in terms.items() if name not in waived_terms}
            # A unit may fail a waived term and another.
            beside = max(count.found - sum(terms.values()) + sum(others.values()), 0)
            if max((beside, *others.values())) > count.acceptance_number:
                rejecting += others
        return tuple(rejecting)


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """A booked inspection: who advanced its fee, by when its report is due, and the report.

    `ordered`: it was booked for a case that is being heard, whose decision waits for the report (ruling A53).
    """

    id: str
    company: str
    stage: InspectionStage
    fee_minor: int
    advanced_by: Party
    report_due_at: dt.datetime
    ordered: bool = False
    report: Report | None = None
    reported_at: dt.datetime | None = None
    lapsed: bool = False
    paid: bool = False
    fee_returned: bool = False
    # The buyer signed for its findings: for the named terms, or for all where it named none (ruling A63).
    waived: bool = False
    waived_terms: tuple[str, ...] = ()

    @property
    def not_waived(self) -> tuple[str, ...]:
        """Return the terms that failed and that a waiver did not name."""
        if not self.waived or not self.waived_terms or self.report is None:
            return ()
        measured = (failure.term_id for failure in self.report.measured_failures)
        counted = self.report.rejected_without(self.waived_terms)
        failed = dict.fromkeys((*self.report.mandatory_failed, *measured, *counted))
        return tuple(term_id for term_id in failed if term_id not in self.waived_terms)


class LotChoice(StrEnum):
    """What the buyer chose after a failed inspection before shipment."""

    NONE = "none"
    REWORK = "rework"
    REJECTED = "rejected"
    WAIVED = "waived"


class GoodsReturn(msgspec.Struct, frozen=True, kw_only=True):
    """Goods on the way back: sent, arrived, judged (R44)."""

    refund_minor: int
    fee_minor: int
    otherwise_minor: int
    otherwise_fee_minor: int
    send_until: dt.datetime
    inspection_ids: tuple[str, ...] = ()
    otherwise_inspection_ids: tuple[str, ...] = ()
    before_same: bool | None = None
    after_same: bool | None = None
    sent_at: dt.datetime | None = None
    mode: Mode | None = None
    carrier_chosen_by: Party = Party.BUYER
    arrival_asked_at: dt.datetime | None = None
    arrived_at: dt.datetime | None = None
    judge_until: dt.datetime | None = None
    # What the buyer advanced for the way and the reports, as far as it comes with the refund (ruling A69).
    costs_minor: int = 0
    # Until when a contested return is decided; none while nobody contests it.
    decide_until: dt.datetime | None = None
    # What a mediator decided; it is paid once no chargeback is open any more (ruling A74).
    decided: bool | None = None
