"""`recommend`: from the facts of a case to the one outcome and the one amount that the rules call for, with reasons.

Each claim is judged by its rule, then the findings are put together. The mediator adopts the result or departs from it
with a written reason; a platform that is late is bound by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairlot.domain.money import fraction_of
from fairlot.domain.policy.model import FRAUD_GROUNDS, Ground
from fairlot.domain.remedy.combination import combine, outcome_of
from fairlot.domain.remedy.facts import BuyerDefault, CaseFacts, CaseLine
from fairlot.domain.remedy.finding import Finding, Pool, reason
from fairlot.domain.remedy.fraud import fraud_findings
from fairlot.domain.remedy.quality import decisive_report, quality_findings
from fairlot.domain.remedy.recommendation import (
    ReasonCode,
    Recommendation,
    Remedy,
    Step,
    StepName,
)
from fairlot.domain.remedy.shipment import (
    late_findings,
    never_shipped_findings,
    not_received_findings,
    price_raised_findings,
    short_findings,
)

PERCENT_WHOLE = 100
OTHER_GOODS = FRAUD_GROUNDS | {Ground.SEIZED}


def recommend(facts: CaseFacts) -> Recommendation:
    """Compute the recommendation of section 8: pure, the same facts always give the same answer."""
    if facts.buyer_default is not None:
        return _of_default(facts, facts.buyer_default)
    grounds = list(dict.fromkeys(claim.ground for claim in facts.claims))
    of_fraud = [
        finding
        for ground in grounds
        if ground in OTHER_GOODS
        for finding in fraud_findings(facts, facts.claimed(ground), ground)
    ]
    refunded = {finding.line for finding in of_fraud if finding.upheld}
    # Goods that were never ordered leave nothing else to judge. Not shown to be such, they are judged by their quality.
    doubtful = {finding.line for finding in of_fraud} - refunded
    judged = [
        finding
        for ground in dict.fromkeys((Ground.QUALITY, *grounds))
        if ground not in OTHER_GOODS
        for finding in _judged(facts, ground, refunded, doubtful)
    ]
    return combine(facts, (*of_fraud, *judged))


def _judged(
    facts: CaseFacts, ground: Ground, refunded: set[int], doubtful: set[int]
) -> tuple[Finding, ...]:
    """Judge one ground on the lines claimed on it, less those already refunded whole."""
    claimed = {line.number for line in facts.claimed(ground)}
    if ground is Ground.QUALITY:
        claimed |= {number for number in doubtful if _has_failed(facts, facts.line(number))}
    lines = tuple(line for line in facts.lines if line.number in claimed - refunded)
    return _findings_on(facts, lines, ground)


def _has_failed(facts: CaseFacts, line: CaseLine) -> bool:
    report = decisive_report(facts, line)
    return report is not None and report.is_failed


def _findings_on(
    facts: CaseFacts, lines: Sequence[CaseLine], ground: Ground
) -> tuple[Finding, ...]:
    match ground:
        case Ground.QUALITY:
            return quality_findings(facts, lines, ground)
        case Ground.LATE:
            return late_findings(facts, lines)
        case Ground.NEVER_SHIPPED:
            return never_shipped_findings(facts, lines)
        case Ground.PRICE_RAISED:
            return price_raised_findings(facts, lines)
        case Ground.NOT_RECEIVED:
            return not_received_findings(facts, lines)
        case Ground.SHORT_QUANTITY:
            return short_findings(lines)
        case _:
            assert ground not in OTHER_GOODS, "judged before"
            return tuple(
                Finding(
                    ground=ground,
                    line=line.number,
                    pool=Pool.ARRIVED,
                    reasons=(reason(ReasonCode.EXCLUDED, ground=ground.value),),
                )
                for line in lines
            )


def _of_default(facts: CaseFacts, default: BuyerDefault) -> Recommendation:
    """The buyer's duty stands still: goods stay; the deposit too, after a passed inspection or for goods that left (A65)."""
    kept_percent = default.kept_percent if default.inspection_passed else 0
    deposit_minor = min(default.deposit_minor, facts.paid_minor)
    back_percent = PERCENT_WHOLE - kept_percent
    base_minor = deposit_minor
    code = (
        ReasonCode.DEFAULT_AFTER_PASSED
        if default.inspection_passed
        else ReasonCode.DEFAULT_WITHOUT_PASSED
    )
    not_gone_minor = max(0, deposit_minor - default.gone_minor)
    if fraction_of(deposit_minor, back_percent, PERCENT_WHOLE) > not_gone_minor:
        code, base_minor, back_percent = (
            ReasonCode.DEFAULT_GOODS_GONE,
            not_gone_minor,
            PERCENT_WHOLE,
        )
    back_minor = fraction_of(base_minor, back_percent, PERCENT_WHOLE)
    why = reason(
        code,
        kept_percent=kept_percent,
        deposit_minor=deposit_minor,
        gone_minor=default.gone_minor,
    )
    step = Step(
        name=StepName.DEPOSIT_BACK,
        base_minor=base_minor,
        numerator=back_percent,
        denominator=PERCENT_WHOLE,
        result_minor=back_minor,
    )
    return Recommendation(
        outcome=outcome_of(back_minor, facts.paid_minor),
        remedy=Remedy.DEPOSIT_KEPT if back_minor < deposit_minor else Remedy.DEPOSIT_BACK,
        amount_minor=back_minor,
        otherwise_minor=back_minor,
        reasons=(why,),
        steps=(step,),
    )
