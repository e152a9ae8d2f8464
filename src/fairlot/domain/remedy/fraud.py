"""Goods that are not the ordered ones: counterfeit, other goods, false proof, seized (programme section 8, A31, A68).

What was ordered was never shipped: the whole price comes back without return, the inspection's fee too.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import (
    CaseFacts,
    CaseLine,
    Evidence,
    Seizure,
    failed,
)
from fairlot.domain.remedy.finding import Finding, Pool, reason
from fairlot.domain.remedy.quality import decisive_report
from fairlot.domain.remedy.recommendation import Reason, ReasonCode, Remedy, Step, StepName


def fraud_findings(
    facts: CaseFacts, lines: Sequence[CaseLine], ground: Ground
) -> tuple[Finding, ...]:
    """Judge a claim that the goods are not the ordered ones.

    Shown by the authority's notice, by an inspector, or by evidence that nobody contests.
    """
    findings: list[Finding] = []
    for line in lines:
        shown = _shown_by(facts, line, ground)
        if shown is not None:
            findings.extend(_refunded(facts, line, ground, shown))
        else:
            findings.append(_not_shown(facts, line, ground))
    return tuple(findings)


def _shown_by(facts: CaseFacts, line: CaseLine, ground: Ground) -> Reason | None:
    """Return what shows it, or None. A notice of mere delay shows nothing (ruling A68)."""
    if facts.seizure in (Seizure.COUNTERFEIT, Seizure.WRONG_GOODS):
        return reason(ReasonCode.SEIZED, line=line.number, notice=facts.seizure.value)
    for report in facts.inspections:
        if report.not_as_ordered and report.covers(line.number):
            return reason(ReasonCode.NOT_AS_ORDERED, line=line.number, shown_by=report.id)
    by_evidence = facts.evidence_on(line.number, ground) is Evidence.UNCONTESTED
    if by_evidence and ground is not Ground.SEIZED:
        return reason(ReasonCode.NOT_AS_ORDERED, line=line.number, shown_by="evidence")
    return None


def _refunded(
    facts: CaseFacts, line: CaseLine, ground: Ground, shown: Reason
) -> tuple[Finding, ...]:
    reports = failed([report for report in facts.inspections if report.covers(line.number)])
    pools = (
        (Pool.UNSHIPPED, line.unshipped_quantity),
        (Pool.ARRIVED, line.shipped_quantity),
    )
    return tuple(
        Finding(
            ground=ground,
            line=line.number,
            pool=pool,
            remedy=Remedy.REFUND_WITHOUT_RETURN,
            upheld=True,
            amount_minor=quantity * line.unit_price_minor,
            quantity=quantity,
            otherwise_minor=quantity * line.unit_price_minor,
            otherwise_quantity=quantity,
            rests_on=tuple(report.id for report in reports),
            reasons=(shown,),
            steps=_whole(line, quantity),
            otherwise_steps=_whole(line, quantity),
        )
        for pool, quantity in pools
        if quantity > 0
    )


def _not_shown(facts: CaseFacts, line: CaseLine, ground: Ground) -> Finding:
    code = ReasonCode.NOT_AS_ORDERED_NOT_SHOWN
    if ground is Ground.SEIZED and facts.seizure is Seizure.DELAY:
        code = ReasonCode.SEIZURE_IS_DELAY
    return Finding(
        ground=ground,
        line=line.number,
        pool=Pool.ARRIVED,
        reasons=(reason(code, line=line.number),),
        contested=decisive_report(facts, line) is None
        and facts.evidence_on(line.number, ground) is Evidence.CONTESTED,
    )


def _whole(line: CaseLine, quantity: int) -> tuple[Step, ...]:
    price_minor = quantity * line.unit_price_minor
    return (
        Step(
            name=StepName.WHOLE_PRICE,
            line=line.number,
            base_minor=price_minor,
            result_minor=price_minor,
        ),
    )
