"""The given cases and our own, asked of the product: all agree with the answers worked out by hand, but for those named."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.case_file import Act, Case, read_cases
from tests.cases.desk import Office, office
from tests.cases.report import totals
from tests.cases.run import Verdict, run_case
from tests.support.postgres import Database

GOLDEN = Path(__file__).parents[1] / "golden" / "cases"
CASES = [case for path in sorted(GOLDEN.glob("*.jsonl")) for case in read_cases(path)]

# Question -> why the expected answer is held to be wrong.
HELD_WRONG: dict[str, str] = {
    "MO-03.q2": "Ten business days end the suspense on 20 May by ruling A14, long before the order closes on 3 July.",
}


@pytest.fixture(scope="module")
def opened(shared_database: Database) -> Iterator[Office]:
    """One office for the whole module: every question has orders of its own."""
    with office(app_dsn=shared_database.app_dsn, owner_dsn=shared_database.owner_dsn) as shared:
        yield shared


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case(opened: Office, case: Case) -> None:
    findings = run_case(opened, case)
    told = {
        finding.question: (finding.verdict.value, finding.reason, finding.answer)
        for finding in findings
        if finding.verdict is not Verdict.AGREES
    }
    assert set(told) == {question.id for question in case.questions if question.id in HELD_WRONG}, (
        told
    )


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


def test_nothing_held_wrong_is_forgotten() -> None:
    assert set(HELD_WRONG) <= {question.id for case in CASES for question in case.questions}


def case_named(case_id: str) -> Case:
    return next(case for case in CASES if case.id == case_id)


def test_a_wrong_answer_is_seen_to_differ(opened: Office) -> None:
    """The planted fault: every expected answer turned around is noticed."""
    case = case_named("DL-01")
    admitted = [q for q in case.questions if q.ask == "admits"]
    turned = dataclasses.replace(
        case,
        questions=tuple(
            dataclasses.replace(q, expected={"admitted": not q.expected["admitted"]})
            for q in admitted
        ),
    )
    findings = run_case(opened, turned)
    assert totals(findings) == {"agrees": 0, "differs": len(admitted), "not translated": 0}


def test_a_wrong_amount_or_instant_is_seen_to_differ(opened: Office) -> None:
    case = case_named("SH-03")
    (foreseen,) = (q for q in case.questions if q.ask == "if_nobody_acts")
    ledger = {**foreseen.expected["ledger"], "buyer_got_back": 999_999}
    steps = [dict(step) for step in foreseen.expected["steps"]]
    steps[1]["at"] = "2026-11-30T23:59:59-05:00"
    wrong = (
        dataclasses.replace(foreseen, expected={**foreseen.expected, "ledger": ledger}),
        dataclasses.replace(foreseen, expected={**foreseen.expected, "steps": steps}),
    )
    findings = run_case(opened, dataclasses.replace(case, questions=wrong))
    assert [finding.differs_in for finding in findings] == [("ledger",), ("steps",)]


class TestWhatIsNotKnown:
    def test_an_unknown_question_is_not_translated(self, opened: Office) -> None:
        case = case_named("DL-01")
        asked = tuple(dataclasses.replace(q, ask="horoscope") for q in case.questions)
        findings = run_case(opened, dataclasses.replace(case, questions=asked))
        assert {finding.verdict for finding in findings} == {Verdict.NOT_TRANSLATED}

    def test_questions_after_an_unknown_act_are_not_translated(self, opened: Office) -> None:
        case = case_named("DL-01")
        last = case.timeline[-1]
        unknown = Act(at=last.at, by="buyer", act="levitate", details={})
        told = dataclasses.replace(case, timeline=(*case.timeline, unknown))
        assert {finding.verdict for finding in run_case(opened, told)} == {Verdict.NOT_TRANSLATED}

    def test_words_that_no_table_knows_are_not_guessed(self, opened: Office) -> None:
        case = case_named("DL-01")
        asked = tuple(
            dataclasses.replace(q, details={**q.details, "reason": "bad karma"})
            for q in case.questions
            if q.ask == "admits"
        )
        findings = run_case(opened, dataclasses.replace(case, questions=asked))
        assert {finding.verdict for finding in findings} == {Verdict.NOT_TRANSLATED}
        assert all("bad karma" in finding.reason for finding in findings)

    def test_a_key_that_no_answer_has_is_not_translated(self, opened: Office) -> None:
        case = case_named("DL-01")
        (cover,) = (q for q in case.questions if q.ask == "cover")
        asked = dataclasses.replace(cover, expected={**cover.expected, "smell": "sweet"})
        (finding,) = run_case(opened, dataclasses.replace(case, questions=(asked,)))
        assert (finding.verdict, finding.reason) == (Verdict.NOT_TRANSLATED, "no answer to smell")

    def test_an_act_without_its_fields_is_not_translated(self, opened: Office) -> None:
        case = case_named("DL-01")
        broken = tuple(dataclasses.replace(act, details={}) for act in case.timeline)
        findings = run_case(opened, dataclasses.replace(case, timeline=broken))
        assert {finding.verdict for finding in findings} == {Verdict.NOT_TRANSLATED}
