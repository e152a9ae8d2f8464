"""What a report's verdict rests on, as reasons: each class over its number, each term that failed, or why nothing did."""

from __future__ import annotations

from fairlot.domain.remedy.facts import InspectionFacts
from fairlot.domain.remedy.finding import reason
from fairlot.domain.remedy.recommendation import Reason, ReasonCode


def reason_not_failed(report: InspectionFacts) -> Reason:
    """Say why a report shows no defect that counts: waived, not checked, or accepted by the plan."""
    if report.waived and report.is_failed:
        return reason(ReasonCode.WAIVED, inspection=report.id)
    if report.is_pending:
        return reason(
            ReasonCode.PENDING_IS_NO_PROOF,
            inspection=report.id,
            not_checked=", ".join(report.not_checked),
        )
    return reason(ReasonCode.ACCEPTED_BY_PLAN, inspection=report.id)


def failure_reasons(report: InspectionFacts) -> tuple[Reason, ...]:
    """Say what made a report's verdict failed, the classes from the worst."""
    reasons: list[Reason] = []
    for name, finding in report.classes:
        if finding.is_rejected:
            reasons.append(
                reason(
                    ReasonCode.CRITICAL_DEFECT
                    if name == "critical"
                    else ReasonCode.REJECTED_BY_PLAN,
                    inspection=report.id,
                    defect_class=name,
                    found=finding.found,
                    sample_size=finding.sample_size,
                    acceptance_number=finding.acceptance_number,
                )
            )
    if report.mandatory_failed:
        reasons.append(
            reason(
                ReasonCode.MANDATORY_TERM_FAILED,
                inspection=report.id,
                terms=", ".join(report.mandatory_failed),
            )
        )
    reasons.extend(
        reason(
            ReasonCode.MEASURED_SHORTFALL,
            inspection=report.id,
            term=shortfall.term_id,
            agreed=shortfall.agreed,
            measured=shortfall.measured,
        )
        for shortfall in report.measured
    )
    return tuple(reasons)
