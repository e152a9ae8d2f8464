"""What must hold of every recommendation, over any case; each property is shown to catch a fault planted for it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import CaseFacts, ClassFinding, InspectionFacts
from fairlot.domain.remedy.recommend import recommend
from fairlot.domain.remedy.recommendation import (
    Condition,
    Outcome,
    ReasonCode,
    Recommendation,
    StepName,
)
from tests.support.remedy_cases import any_case, arrived, case, claim, inspection

Holds = Callable[[CaseFacts, Recommendation], bool]
CAPS = {ReasonCode.CAPPED_AT_LINE, ReasonCode.CAPPED_AT_PAID}


def bounded(facts: CaseFacts, answer: Recommendation) -> bool:
    """Never more than the claimed lines' price, nor than was paid."""
    claimed = {line.number: line for line in facts.claimed(*Ground)}
    most = sum(line.price_minor for line in claimed.values())
    whole = answer.outcome is Outcome.FULL_REFUND
    for amount_minor in (answer.amount_minor, answer.otherwise_minor):
        if not 0 <= amount_minor <= facts.paid_minor:
            return False
        if facts.buyer_default is None and amount_minor > most and not whole:
            return False
    return True


def fees_were_advanced(facts: CaseFacts, answer: Recommendation) -> bool:
    """Only failed inspections that the buyer advanced come back, none of them beyond its fee."""
    by_id = {report.id: report for report in facts.inspections}
    for ids, fee_minor in (
        (answer.fee_back_ids, answer.fee_back_minor),
        (answer.otherwise_fee_back_ids, answer.otherwise_fee_back_minor),
    ):
        reports = [by_id[inspection_id] for inspection_id in ids]
        if not all(report.is_failed and report.advanced_by_buyer for report in reports):
            return False
        if fee_minor > sum(report.fee_minor for report in reports):
            return False
    return True


def outcome_matches(facts: CaseFacts, answer: Recommendation) -> bool:
    """The outcome says what the amount is; nothing upheld gives nothing."""
    expected = (
        Outcome.FOR_SUPPLIER
        if answer.amount_minor == 0
        else Outcome.FULL_REFUND
        if answer.amount_minor == facts.paid_minor
        else Outcome.PARTIAL_REFUND
    )
    if facts.buyer_default is None and not answer.upheld and answer.amount_minor:
        return False
    return answer.outcome is expected


def arithmetic_adds_up(facts: CaseFacts, answer: Recommendation) -> bool:
    """The steps shown add up to the amount, unless a cap or the whole order's price took their place."""
    codes = {reason.code for reason in answer.reasons}
    if codes & CAPS or answer.amount_minor == facts.paid_minor:
        return True
    shown = [step for step in answer.steps if step.name is not StepName.INSPECTION_FEE]
    return sum(step.result_minor for step in shown) == answer.amount_minor


def condition_is_whole(facts: CaseFacts, answer: Recommendation) -> bool:
    """Without a condition there is one amount; a return pays no more when the goods are kept."""
    del facts
    if answer.condition is Condition.NONE:
        return (
            answer.otherwise_minor == answer.amount_minor
            and answer.otherwise_fee_back_ids == answer.fee_back_ids
        )
    if answer.condition is Condition.RETURN:
        return answer.otherwise_minor <= answer.amount_minor
    return answer.otherwise_minor >= answer.amount_minor


def accepted_gives_none(facts: CaseFacts, answer: Recommendation) -> bool:
    """Where nothing but quality is claimed and no report failed, nothing is due."""
    only_quality = all(claim.ground is Ground.QUALITY for claim in facts.claims)
    if facts.buyer_default is not None or not only_quality:
        return True
    if any(report.is_failed for report in facts.inspections):
        return True
    return answer.amount_minor == answer.otherwise_minor == answer.fee_back_minor == 0


REJECTED = case(
    claim(Ground.QUALITY, 1),
    lines=(arrived(1), arrived(2)),
    inspections=(inspection(major=9, fee_minor=28_000),),
)
UNSAFE = case(claim(Ground.QUALITY), inspections=(inspection(critical=1),))
ACCEPTED = case(claim(Ground.QUALITY), inspections=(inspection(major=5, fee_minor=28_000),))

# Property -> a case, and what a faulty rule would have changed in its answer.
PLANTED: dict[Holds, tuple[CaseFacts, dict[str, object]]] = {
    bounded: (REJECTED, {"amount_minor": 1_000_001}),
    fees_were_advanced: (ACCEPTED, {"fee_back_ids": ("I1",), "fee_back_minor": 28_000}),
    outcome_matches: (REJECTED, {"outcome": Outcome.FULL_REFUND}),
    arithmetic_adds_up: (REJECTED, {"amount_minor": 112_501}),
    condition_is_whole: (UNSAFE, {"condition": Condition.NONE}),
    accepted_gives_none: (ACCEPTED, {"amount_minor": 1}),
}


@given(facts=any_case())
def test_every_recommendation_holds(facts: CaseFacts) -> None:
    answer = recommend(facts)
    assert [holds.__name__ for holds in PLANTED if not holds(facts, answer)] == []


@pytest.mark.parametrize("holds", PLANTED, ids=lambda holds: holds.__name__)
def test_a_planted_fault_is_caught(holds: Holds) -> None:
    facts, change = PLANTED[holds]
    answer = recommend(facts)
    assert holds(facts, answer)
    assert not holds(facts, msgspec.structs.replace(answer, **change))


CLASSES = ("critical", "major", "minor")


def _one_more(report: InspectionFacts, name: str) -> InspectionFacts:
    finding: ClassFinding = getattr(report, name)
    more = msgspec.structs.replace(finding, found=finding.found + 1)
    return msgspec.structs.replace(report, **{name: more})


@given(facts=any_case(), name=st.sampled_from(CLASSES), data=st.data())
def test_more_defects_never_give_less(facts: CaseFacts, name: str, data: st.DataObject) -> None:
    worsenable = [
        i
        for i, report in enumerate(facts.inspections)
        if getattr(report, name).found < getattr(report, name).sample_size and not report.waived
    ]
    assume(worsenable)
    i = data.draw(st.sampled_from(worsenable))
    reports = list(facts.inspections)
    reports[i] = _one_more(reports[i], name)
    worse = msgspec.structs.replace(facts, inspections=tuple(reports))
    assert gives_no_less(recommend(worse), than=recommend(facts))


def gives_no_less(answer: Recommendation, *, than: Recommendation) -> bool:
    return answer.amount_minor >= than.amount_minor


def test_a_rule_that_gave_less_for_more_would_be_caught() -> None:
    assert not gives_no_less(recommend(ACCEPTED), than=recommend(REJECTED))


@given(facts=any_case(), days=st.integers(0, 30))
def test_more_days_late_never_give_less(facts: CaseFacts, days: int) -> None:
    later = tuple(
        msgspec.structs.replace(item, days_late=item.days_late + days) for item in facts.late
    )
    worse = msgspec.structs.replace(facts, late=later)
    assert gives_no_less(recommend(worse), than=recommend(facts))


@given(facts=any_case())
def test_the_same_facts_give_the_same_answer(facts: CaseFacts) -> None:
    encoded = msgspec.json.encode(facts)
    again = msgspec.json.decode(encoded, type=CaseFacts)
    assert recommend(again) == recommend(facts)
