"""An inspector's counts become a report with the plan's numbers and the verdict (R34; `spec` of acceptance sampling)."""

from __future__ import annotations

import msgspec

from fairlot.domain.order.commands import Finding, RecordInspectionReport
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.state import ClassCount, Report, TermCount, Verdict
from fairlot.domain.order.terms import DefectClass, Terms
from fairlot.domain.sampling import LOT_SIZE_MAX, InspectionPlan, inspection_plan


def report_of(terms: Terms, command: RecordInspectionReport) -> Report:
    """Return the report: failed before pending, pending before passed. Smaller samples than the plan's are refused."""
    refuse_if(not 0 < command.lot <= LOT_SIZE_MAX, Code.PLAN_NOT_MET, most=LOT_SIZE_MAX)
    if command.line is not None:
        refuse_if(terms.line(command.line) is None, Code.UNKNOWN_LINE, line=command.line)
    plan = plan_for(terms, command.lot)
    critical = _count(plan, DefectClass.CRITICAL, command.critical)
    major = _count(plan, DefectClass.MAJOR, command.major)
    minor = _count(plan, DefectClass.MINOR, command.minor)
    failed = (
        any(count.found > count.acceptance_number for count in (critical, major, minor))
        or bool(command.mandatory_failed)
        or bool(command.measured_failures)
        or command.not_as_ordered
    )
    verdict = Verdict.PASSED
    if failed:
        verdict = Verdict.FAILED
    elif command.not_checked:
        verdict = Verdict.PENDING
    return Report(
        line=command.line,
        lot=command.lot,
        critical=critical,
        major=major,
        minor=minor,
        mandatory_failed=command.mandatory_failed,
        not_checked=command.not_checked,
        measured_failures=command.measured_failures,
        not_as_ordered=command.not_as_ordered,
        verdict=verdict,
        term_counts=_term_counts(terms, command, (critical, major, minor)) or msgspec.UNSET,
    )


def plan_for(terms: Terms, lot: int) -> InspectionPlan:
    """Return the contract's sampling plan for a lot."""
    sampling = terms.sampling
    return inspection_plan(
        lot_size=lot,
        level=sampling.level,  # type: ignore[arg-type]  # validated with the contract
        aql_critical=sampling.aql_critical,
        aql_major=sampling.aql_major,
        aql_minor=sampling.aql_minor,
    )


def _term_counts(
    terms: Terms, command: RecordInspectionReport, counts: tuple[ClassCount, ClassCount, ClassCount]
) -> tuple[TermCount, ...]:
    """Name each counted term with its class, within that class's sample; a unit may fail several terms."""
    sizes = {name: count.sample_size for name, count in zip(DefectClass, counts, strict=True)}
    counted: dict[str, TermCount] = {}
    for finding in command.term_findings:
        term = terms.term(finding.term_id)
        if term is None:
            raise Refused(Code.UNKNOWN_TERM, term=finding.term_id)
        fits = 0 < finding.found <= sizes[term.defect_class] and term.id not in counted
        refuse_if(not fits, Code.PLAN_NOT_MET, defect_class=term.defect_class)
        counted[term.id] = TermCount(
            term_id=term.id, defect_class=term.defect_class, found=finding.found
        )
    return tuple(counted.values())


def _count(plan: InspectionPlan, defect_class: DefectClass, finding: Finding) -> ClassCount:
    planned = plan.of(defect_class.value)
    size = planned.sample_size if finding.sample_size is None else finding.sample_size
    refuse_if(
        size < planned.sample_size,
        Code.PLAN_NOT_MET,
        defect_class=defect_class,
        sample_size=planned.sample_size,
    )
    refuse_if(not 0 <= finding.found <= size, Code.PLAN_NOT_MET, defect_class=defect_class)
    return ClassCount(
        found=finding.found,
        sample_size=size,
        acceptance_number=planned.acceptance_number,
    )
