"""Every reason and step can be said in both languages, with nothing left unfilled."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import CaseFacts
from fairlot.domain.remedy.recommend import recommend
from fairlot.domain.remedy.recommendation import Reason, ReasonCode, Step, StepName
from fairlot.domain.remedy.sentences import (
    SENTENCES,
    STEP_NAMES,
    Language,
    say_reason,
    say_step,
)
from tests.support.remedy_cases import any_case, case, claim, inspection

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", ReasonCode)
def test_a_code_has_a_rule_and_two_sentences_of_the_same_facts(code: ReasonCode) -> None:
    sentence = SENTENCES[code]
    assert re.fullmatch(r"(\d|[AR]\d\d)(, [AR]\d\d)*", sentence.rule)
    assert CHINESE.search(sentence.zh)
    assert not CHINESE.search(sentence.en)
    assert placeholders(sentence.zh) <= placeholders(sentence.en)


def test_every_step_has_a_name_in_both_languages() -> None:
    assert set(STEP_NAMES) == set(StepName)


@given(facts=any_case())
def test_whatever_the_rules_say_can_be_read(facts: CaseFacts) -> None:
    answer = recommend(facts)
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        for reason in answer.reasons:
            assert say_reason(reason, currency=facts.currency, language=language)
        for step in (*answer.steps, *answer.otherwise_steps):
            assert facts.currency in say_step(step, currency=facts.currency, language=language)


def test_the_arithmetic_reads_as_one_would_write_it() -> None:
    facts = case(claim(Ground.QUALITY), inspections=(inspection(major=9, fee_minor=28_000),))
    answer = recommend(facts)
    assert [say_step(step, currency="USD", language="en") for step in answer.steps] == [
        "Share found defective: USD 10,000.00 × 9/80 = USD 1,125.00",
        "Fee of the inspection: USD 280.00",
    ]
    assert [say_reason(reason, currency="USD", language="en") for reason in answer.reasons] == [
        "Inspection I1 found 9 major defective units among 80; the plan allows 5, so the lot is rejected.",
        "The fee of inspection I1, USD 280.00, comes back to the buyer who advanced it.",
    ]


def test_a_fee_cut_at_its_maximum_shows_both_figures() -> None:
    step = Step(name=StepName.INSPECTION_FEE, base_minor=28_000, result_minor=20_000)
    assert say_step(step, currency="USD", language="zh") == "检验费：USD 280.00 → USD 200.00"


def test_words_of_the_rules_are_translated() -> None:
    reason = Reason(code=ReasonCode.EXCLUDED, facts={"ground": "customs_delay"})
    assert "customs delay" in say_reason(reason, currency="USD", language="en")
    assert "海关延误" in say_reason(reason, currency="USD", language="zh")


def test_basis_points_read_as_percent() -> None:
    reason = Reason(code=ReasonCode.LATE_REMEDY_CAPPED, facts={"line": 2, "cap_basis_points": 525})
    assert "5.25 %" in say_reason(reason, currency="USD", language="en")
