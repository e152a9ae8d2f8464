"""Quality: what inspections say of goods that wait, and of goods that left (programme section 8, rulings A62, A66).

A lot that the plan accepts is the supplier's case; a rejected one costs the share found defective, a failed term that
makes goods unusable costs their price against return.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairlot.domain.money import fraction_of, split_by_weights
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.extent import Extent, extent_of
from fairlot.domain.remedy.facts import (
    CaseFacts,
    CaseLine,
    Evidence,
    InspectionFacts,
    Stage,
    Wish,
)
from fairlot.domain.remedy.finding import Finding, Pool, reason
from fairlot.domain.remedy.lot import lot_finding
from fairlot.domain.remedy.recommendation import (
    Condition,
    ReasonCode,
    Remedy,
    Step,
    StepName,
)
from fairlot.domain.remedy.report_reasons import failure_reasons, reason_not_failed


def quality_findings(
    facts: CaseFacts, lines: Sequence[CaseLine], ground: Ground
) -> tuple[Finding, ...]:
    """Judge the lines of a quality claim: pieces that wait by the lot's inspections, pieces that left by the decisive."""
    waiting = tuple(
        finding for line in lines if (finding := lot_finding(facts, line, ground)) is not None
    )
    return waiting + _arrived_findings(facts, lines, ground)


def decisive_report(facts: CaseFacts, line: CaseLine) -> InspectionFacts | None:
    """Return the report by which goods that left are judged.

    The latest of the dispute; without one, a failed inspection before shipment that the buyer did not waive: shipping
    without leave cost the supplier the benefit of the doubt (ruling A63).
    """
    in_dispute = facts.inspections_of(line.number, Stage.DISPUTE)
    if in_dispute:
        return in_dispute[-1]
    before = facts.inspections_of(line.number, Stage.PRE_SHIPMENT)
    if before and before[-1].is_failed and not before[-1].is_accepted:
        return before[-1]
    return None


def arrived_quantity(facts: CaseFacts, line: CaseLine) -> int:
    """Return the pieces judged by quality: those that left, less those claimed as never arrived."""
    undelivered = facts.claimed(Ground.NOT_RECEIVED, Ground.SHORT_QUANTITY)
    return line.delivered_quantity if line in undelivered else line.shipped_quantity


def _arrived_findings(
    facts: CaseFacts, lines: Sequence[CaseLine], ground: Ground
) -> tuple[Finding, ...]:
    """Judge goods that left, one report at a time: an amount is rounded once for all lines of its lot."""
    by_report: dict[str, list[CaseLine]] = {}
    reports: dict[str, InspectionFacts] = {}
    findings: list[Finding] = []
    for line in lines:
        if arrived_quantity(facts, line) == 0:
            continue
        report = decisive_report(facts, line)
        if report is None:
            findings.append(_not_shown(facts, line, ground))
        else:
            reports[report.id] = report
            by_report.setdefault(report.id, []).append(line)
    for report_id, of_lot in by_report.items():
        findings.extend(_judged(facts, reports[report_id], of_lot, ground))
    return tuple(findings)


def _not_shown(facts: CaseFacts, line: CaseLine, ground: Ground) -> Finding:
    """The defect is the claimant's to show (ruling A54)."""
    waived = any(
        report.is_accepted for report in facts.inspections_of(line.number, Stage.PRE_SHIPMENT)
    )
    code = ReasonCode.WAIVED if waived else ReasonCode.DEFECT_NOT_SHOWN
    return Finding(
        ground=ground,
        line=line.number,
        pool=Pool.ARRIVED,
        reasons=(reason(code, line=line.number),),
        contested=facts.evidence_on(line.number, ground) is Evidence.CONTESTED,
    )


def _judged(
    facts: CaseFacts, report: InspectionFacts, lines: Sequence[CaseLine], ground: Ground
) -> tuple[Finding, ...]:
    bases = [arrived_quantity(facts, line) * line.unit_price_minor for line in lines]
    extent = extent_of(report, _waived_before(facts, lines, report))
    if extent is None:
        return tuple(
            Finding(
                ground=ground,
                line=line.number,
                pool=Pool.ARRIVED,
                reasons=(
                    reason_not_failed(report)
                    if not report.is_failed
                    else reason(ReasonCode.WAIVED, line=line.number),
                ),
            )
            for line in lines
        )
    total_minor = sum(bases)
    kept_minor = fraction_of(total_minor, extent.numerator, extent.denominator)
    kept_parts = split_by_weights(kept_minor, bases) if total_minor else (0,) * len(bases)
    kept_step = Step(
        name=extent.step,
        line=lines[0].number,
        base_minor=total_minor,
        numerator=extent.numerator,
        denominator=extent.denominator,
        result_minor=kept_minor,
    )
    returned_step = Step(
        name=StepName.WHOLE_PRICE,
        line=lines[0].number,
        base_minor=total_minor,
        result_minor=total_minor,
    )
    against_return = extent.returnable and (facts.wish is not Wish.KEEP or extent.critical)
    first = lines[0].number
    return tuple(
        _arrived_finding(
            facts,
            report,
            line,
            ground,
            extent=extent,
            base_minor=base_minor,
            kept_minor=kept_part,
            against_return=against_return,
            # The arithmetic of a lot is shown once, with its first line.
            step=(returned_step if against_return else kept_step) if line.number == first else None,
            otherwise_step=kept_step if line.number == first else None,
        )
        for line, base_minor, kept_part in zip(lines, bases, kept_parts, strict=True)
    )


def _arrived_finding(
    facts: CaseFacts,
    report: InspectionFacts,
    line: CaseLine,
    ground: Ground,
    *,
    extent: Extent,
    base_minor: int,
    kept_minor: int,
    against_return: bool,
    step: Step | None,
    otherwise_step: Step | None,
) -> Finding:
    reasons = failure_reasons(report)
    if report.stage is Stage.PRE_SHIPMENT:
        reasons += (reason(ReasonCode.SHIPPED_WITHOUT_LEAVE, line=line.number),)
    if extent.returnable and not against_return:
        reasons += (reason(ReasonCode.GOODS_KEPT, line=line.number),)
    return Finding(
        ground=ground,
        line=line.number,
        pool=Pool.ARRIVED,
        remedy=Remedy.RETURN_AND_REFUND if against_return else Remedy.PRICE_REDUCTION,
        upheld=True,
        amount_minor=base_minor if against_return else kept_minor,
        quantity=arrived_quantity(facts, line) if against_return else 0,
        condition=Condition.RETURN if against_return else Condition.NONE,
        otherwise_minor=kept_minor,
        rests_on=(report.id,),
        reasons=reasons,
        steps=(step,) if step else (),
        otherwise_steps=(otherwise_step,) if otherwise_step else (),
        intervals=extent.intervals if step else (),
    )


def _waived_before(
    facts: CaseFacts, lines: Sequence[CaseLine], report: InspectionFacts
) -> InspectionFacts | None:
    """Return the latest report of the lot whose findings the buyer waived; it may be the one that judges the rest."""
    waived = [
        earlier
        for earlier in facts.inspections
        if earlier.waived
        and (earlier.id != report.id or earlier.not_waived)
        and all(earlier.covers(line.number) for line in lines)
    ]
    return waived[-1] if waived else None
