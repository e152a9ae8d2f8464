"""A lot that waits: what the inspections before shipment lead to (programme section 8, rulings A62 to A64).

The latest of them judges. Rejected once, the buyer chooses between refund and rework until the shipment date; rejected
twice, or after that date, the refund is all that is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import (
    CaseFacts,
    CaseLine,
    Evidence,
    InspectionFacts,
    Stage,
    Wish,
    failed,
)
from fairlot.domain.remedy.finding import Finding, Pool, given_back_reasons, reason
from fairlot.domain.remedy.recommendation import (
    Condition,
    ReasonCode,
    Remedy,
    Step,
    StepName,
)
from fairlot.domain.remedy.report_reasons import failure_reasons, reason_not_failed

FAILED_INSPECTIONS_MAX = 2


def lot_finding(facts: CaseFacts, line: CaseLine, ground: Ground) -> Finding | None:
    """Judge the pieces of a line that have not left; None where all have, or some have and nothing was inspected."""
    reports = facts.inspections_of(line.number, Stage.PRE_SHIPMENT)
    if line.unshipped_quantity == 0 or (line.shipped_quantity > 0 and not reports):
        return None
    finding = Finding(ground=ground, line=line.number, pool=Pool.UNSHIPPED)
    if not reports:
        return msgspec.structs.replace(
            finding,
            reasons=(reason(ReasonCode.DEFECT_NOT_SHOWN, line=line.number),),
            contested=facts.evidence_on(line.number, ground) is Evidence.CONTESTED,
        )
    latest = reports[-1]
    if latest.is_accepted or not latest.is_failed:
        return msgspec.structs.replace(finding, reasons=(reason_not_failed(latest),))
    return _rejected_lot(facts, line, finding, failed(reports))


def _rejected_lot(
    facts: CaseFacts, line: CaseLine, finding: Finding, failures: Sequence[InspectionFacts]
) -> Finding:
    """Refund or rework: the buyer chooses, once, and only until the shipment date (ruling A62)."""
    price_minor = line.unshipped_price_minor
    remedy, code = _lot_remedy(facts, line, len(failures))
    due_now = remedy is not Remedy.REWORK
    step = Step(
        name=StepName.WHOLE_PRICE,
        line=line.number,
        base_minor=price_minor,
        result_minor=price_minor,
    )
    return msgspec.structs.replace(
        finding,
        remedy=remedy,
        upheld=True,
        amount_minor=price_minor if due_now else 0,
        quantity=line.unshipped_quantity if due_now else 0,
        condition=Condition.NONE if due_now else Condition.PERFORM,
        otherwise_minor=price_minor,
        otherwise_quantity=line.unshipped_quantity,
        rests_on=tuple(report.id for report in failures),
        reasons=(
            *failure_reasons(failures[-1]),
            reason(code, line=line.number),
            *given_back_reasons(line),
        ),
        steps=(step,) if due_now else (),
        otherwise_steps=(step,),
    )


def _lot_remedy(facts: CaseFacts, line: CaseLine, failures: int) -> tuple[Remedy, ReasonCode]:
    if failures >= FAILED_INSPECTIONS_MAX:
        return Remedy.LOT_REFUND, ReasonCode.TWO_FAILED_INSPECTIONS
    if line.is_due:
        return Remedy.LOT_REFUND, ReasonCode.TOO_LATE_FOR_REWORK
    if facts.wish is Wish.REWORK:
        return Remedy.REWORK, ReasonCode.REWORK_ACCEPTED
    if facts.wish is Wish.REFUND:
        return Remedy.LOT_REFUND, ReasonCode.LOT_REJECTED
    return Remedy.REFUND_OR_REWORK, ReasonCode.BUYER_CHOOSES
