"""Other words for a case: clauses are read whole or not at all, and change only what they tell."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from tests.cases.case_file import Act, Case, Question, read_cases
from tests.cases.story import NotTranslatedError
from tests.cases.variants import applied

GOLDEN = Path(__file__).parents[1] / "golden" / "cases" / "own_a2.jsonl"
CASES = {case.id.removeprefix("a2-"): case for case in read_cases(GOLDEN)}


def told(case_id: str, words: str) -> Case:
    """Return a case as it is told in other words."""
    case = CASES[case_id]
    question = Question(
        id="q", ask="state", at=None, at_end=True, details={"variant": words}, expected={}
    )
    return applied(case, question)


def new_acts(case_id: str, words: str) -> list[tuple[str, str, str]]:
    """Return what the words add to the timeline."""
    before = CASES[case_id].timeline
    return [_named(act) for act in told(case_id, words).timeline if act not in before]


def gone(case_id: str, words: str) -> Counter[str]:
    """Return which acts the words take away."""
    after = told(case_id, words).timeline
    return Counter(act.act for act in CASES[case_id].timeline if act not in after)


def _named(act: Act) -> tuple[str, str, str]:
    return act.by, act.act, act.at.strftime("%m-%d %H:%M")


class TestClauses:
    def test_several_are_read_one_by_one(self) -> None:
        words = "dispute opened on 2026-08-20; full refund becomes final; no chargeback"
        assert [act for _, act, _ in new_acts("DL-51", words)] == ["open_dispute", "decision_final"]

    def test_a_comma_or_an_and_may_be_part_of_one(self) -> None:
        words = "the supplier declined, with its reason and without an offer, on 2017-09-06T10:00:00+08:00"
        assert new_acts("DP-52", words) == [("supplier", "answer_dispute", "09-06 02:00")]

    @pytest.mark.parametrize(
        "words",
        [
            "the moon is full",
            "dispute opened on 2026-08-20; the moon is full",
            "the moon is full and nobody acts",
            "dispute opened on a Friday",
        ],
    )
    def test_half_of_a_text_is_not_guessed(self, words: str) -> None:
        with pytest.raises(NotTranslatedError):
            told("DL-51", words)


class TestWhatIsMeant:
    def test_an_act_told_at_another_instant_takes_the_place_of_its_like(self) -> None:
        words = "withdrawn on 2026-08-25 already, restating the claim on T1"
        assert new_acts("DP-51", words) == [("buyer", "withdraw", "08-25 04:00")]
        assert gone("DP-51", words) == {"withdraw": 1}

    def test_a_dispute_nobody_told_of_is_for_what_the_case_claims(self) -> None:
        (opened,) = (
            a
            for a in told("DL-51", "dispute opened on 2026-08-20").timeline
            if a.act == "open_dispute"
        )
        assert opened.details == {"reason": "quality", "claims": ["T1"]}

    def test_goods_seized_as_counterfeit_are_claimed_as_such(self) -> None:
        case = dataclasses.replace(CASES["RD-56"], questions=())
        question = Question(
            id="q",
            ask="state",
            at=None,
            at_end=True,
            details={"variant": "dispute opened on 2026-11-01"},
            expected={},
        )
        (opened,) = (a for a in applied(case, question).timeline if a.act == "open_dispute")
        assert opened.details == {"reason": "counterfeit"}

    @pytest.mark.parametrize(
        ("case_id", "words", "acts"),
        [
            ("DL-53", "the supplier had not extended yet", {"extend": 1}),
            ("DL-53", "neither side extended", {"extend": 2}),
            ("DP-53", "no extension before", {"extend": 1}),
            ("DP-55", "only the buyer appealed", {"appeal": 1}),
            ("DP-57", "never accepted", {"accept_offer": 1}),
            ("QI-51", "there was no second inspection", {"inspection_report": 1}),
            ("DP-54", "the report never comes", {"inspection_report": 1}),
            ("DP-54", "the supplier has not answered", {}),
        ],
    )
    def test_what_was_not_done_is_left_out(
        self, case_id: str, words: str, acts: dict[str, int]
    ) -> None:
        assert gone(case_id, words) == acts
        assert new_acts(case_id, words) == []

    @pytest.mark.parametrize(
        ("case_id", "words"),
        [
            ("QI-51", "the report came on 2026-06-10"),
            ("QI-51", "the report never comes"),
            ("DP-54", "booked on 2026-09-04T10:00:01+09:00"),
            ("DL-53", "arrived on 2026-04-20"),
        ],
        ids=["one of two reports", "which of two", "money or inspection", "what arrived"],
    )
    def test_what_may_mean_two_things_means_neither(self, case_id: str, words: str) -> None:
        with pytest.raises(NotTranslatedError):
            told(case_id, words)

    def test_who_accepts_accepts_the_offer_where_there_is_one(self) -> None:
        accepted = new_acts("DP-57", "the buyer accepted on 2026-08-25")
        assert accepted == [("buyer", "accept_offer", "08-25 03:00")]

    def test_a_count_of_a_term_is_one_of_its_class(self) -> None:
        words = "a report of 2026-08-08 finds T1 failed on 15 of 80"
        (report,) = (
            act for act in told("QI-56", words).timeline if act not in CASES["QI-56"].timeline
        )
        assert (report.details["n"], report.details["major"]) == (80, 15)


class TestAfterSomething:
    @pytest.mark.parametrize("after", ["withdraw", "the withdrawal", "withdrawn"])
    def test_what_the_case_tells_of_has_happened(self, after: str) -> None:
        case = CASES["DP-51"]
        assert applied(case, _asked_after(after)).timeline == case.timeline

    def test_what_it_does_not_is_not_guessed(self) -> None:
        with pytest.raises(NotTranslatedError):
            applied(CASES["DP-51"], _asked_after("the settlement"))


def _asked_after(after: str) -> Question:
    return Question(
        id="q", ask="admits", at=None, at_end=True, details={"after": after}, expected={}
    )
