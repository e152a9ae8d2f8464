"""Papers, waivers, reports and answers told otherwise in few words, and evidence that is not guessed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from fairlot.domain.order.state import Claim, Dispute, DisputeCause, DisputeStatus
from fairlot.domain.policy.model import Ground
from tests.cases import evidence
from tests.cases.case_file import Act, Case, Question, instant, read_cases
from tests.cases.story import NotTranslatedError
from tests.cases.variants import applied

GOLDEN = Path(__file__).parents[1] / "golden" / "cases"
CASES = {
    case.id: case for name in ("own_h", "own_i") for case in read_cases(GOLDEN / f"{name}.jsonl")
}
CAPACITY = {"term": "T1", "requirement": ">= 3000 mAh, IEC 61960-3 at 0.2 C"}

QUALITY = Dispute(
    id="d1",
    status=DisputeStatus.NEGOTIATION,
    cause=DisputeCause.CLAIM,
    claims=(Claim(ground=Ground.QUALITY, lines=(), term_ids=("T1",)),),
    opened_at=dt.datetime(2017, 7, 24, 2, tzinfo=dt.UTC),
)


def told(case_id: str, words: str) -> Case:
    """Return a case as it is told in other words."""
    asked = {"variant": words}
    question = Question(id="q", ask="state", at=None, at_end=True, details=asked, expected={})
    return applied(CASES[case_id], question)


def act(case_id: str, words: str, name: str) -> Act:
    """Return the one act of its kind in the case as it is told in other words."""
    (found,) = (act for act in told(case_id, words).timeline if act.act == name)
    return found


@pytest.mark.parametrize(
    ("case_id", "words", "name", "field", "value"),
    [
        (
            "h-SH-304",
            "the bill of lading is dated 2026-07-16",
            "ship_proof",
            "on_board_date",
            "2026-07-16",
        ),
        (
            "i-DP-301",
            "the supplier's answer of 21 August was a counter, not a decline",
            "answer_dispute",
            "answer",
            "counter",
        ),
        (
            "i-DP-305",
            "the supplier answered on 2026-08-30T09:00:00+05:30 with a decline",
            "answer_dispute",
            "answer",
            "decline",
        ),
        (
            "i-RT-302",
            "the accepted offer had named 90000 if nothing is sent",
            "offer",
            "else_price_reduction",
            90_000,
        ),
        (
            "i-QI-302",
            "the waiver names T3",
            "waive",
            "findings",
            ["T3: failed"],
        ),
        ("i-QI-303", "the inspection fee was 31000", "inspection_report", "fee_advanced", 31_000),
    ],
)
def test_an_act_says_something_else(
    case_id: str, words: str, name: str, field: str, value: Any
) -> None:
    assert act(case_id, words, name).details[field] == value


@pytest.mark.parametrize(
    ("case_id", "words", "name", "at"),
    [
        (
            "i-DP-305",
            "the withdrawal came on 2026-09-01T11:00:00+05:30, inside the window",
            "withdraw",
            "2026-09-01T11:00:00+05:30",
        ),
        (
            "i-QI-302",
            "the waiver was given on 2026-07-18T10:00:00+05:30",
            "waive",
            "2026-07-18T10:00:00+05:30",
        ),
        (
            "i-DL-301",
            "the proof comes on 2026-08-05T09:00:00+07:00, before any arrival was counted, and says delivered 2026-07-03T10:00:00+07:00",
            "delivery_proof",
            "2026-08-05T09:00:00+07:00",
        ),
    ],
)
def test_an_act_comes_at_another_instant(case_id: str, words: str, name: str, at: str) -> None:
    assert act(case_id, words, name).at == instant(at)


def test_conditions_of_returned_goods_may_differ_on_arrival() -> None:
    case = told("i-RT-301", "the second condition report says not the same")
    said = [act.details["same"] for act in case.timeline if act.act == "condition_report"]
    assert sorted(said) == [False, True]
    left = told("i-RT-301", "no condition report was made after arrival").timeline
    assert [a.details["when"] for a in left if a.act == "condition_report"] == ["before leaving"]


def test_a_contract_may_count_its_date_from_the_first_payment() -> None:
    words = "the contract gives the shipment date as 45 days after the first payment"
    assert told("h-AG-302", words).contract["lead_time_days"] == 45


def test_knowledge_of_a_fraud_has_its_instant() -> None:
    words = "first known by a laboratory report of 2017-12-20T10:00:00+08:00"
    assert told("i-DL-305", words).known_at == instant("2017-12-20T10:00:00+08:00")


def test_a_day_on_which_nothing_was_opened_must_be_told_of() -> None:
    words = "the buyer trusted the message and opened nothing on {} November"
    opened = [a.act for a in told("i-RD-303", words.format(3)).timeline]
    assert "open_dispute" not in opened
    with pytest.raises(NotTranslatedError):
        told("i-RD-303", words.format(5))


def test_a_decision_names_what_it_rests_on() -> None:
    words = "decided as recommended for the bill of lading of 2026-07-0{} and final"
    assert act("h-SH-304", words.format(6), "decision_final").by == "platform"
    with pytest.raises(NotTranslatedError):
        told("h-SH-304", words.format(7))


def test_decided_before_a_colon_needs_no_more_words() -> None:
    words = "decided: {}; final and carried out"
    final = act("i-QI-303", words.format("destruction with full refund"), "decision_final")
    assert final.details["outcome"] == "full refund without return"
    final = act("i-QI-303", words.format("price reduction of 120000"), "decision_final")
    assert (final.details["outcome"], final.details["amount"]) == ("price reduction", 120_000)


@pytest.mark.parametrize(
    ("case_id", "words"),
    [
        ("h-SH-304", "the waiver names T1"),
        ("i-QI-302", "the report of 15 July never came"),
        ("i-DP-305", "the counter-offer is accepted on 2026-09-02T09:00:00+05:30"),
        ("i-DP-305", "the accepted offer had named 90000 if nothing is sent"),
        ("i-DP-305", "both condition reports say the same"),
    ],
)
def test_what_the_case_does_not_tell_of_is_not_guessed(case_id: str, words: str) -> None:
    with pytest.raises(NotTranslatedError):
        told(case_id, words)


class TestMeasures:
    @pytest.mark.parametrize(
        "words",
        [
            "all 600 pieces measured: 2,000 mAh, not contested",
            "2,000 mAh on all",
            "each of the 600 pieces has only 2,000 mAh",
        ],
    )
    def test_what_all_pieces_have_is_read(self, words: str) -> None:
        found = evidence.findings_in(words, QUALITY, [CAPACITY])
        assert found is not None
        assert found["findings"] == ["T1: 2,000 mAh instead of 3000 mAh"]

    def test_a_measure_that_is_not_read_is_not_left_out(self) -> None:
        with pytest.raises(NotTranslatedError):
            evidence.findings_in("about 2,000 mAh or so", QUALITY, [CAPACITY])

    def test_words_without_a_measure_are_evidence_all_the_same(self) -> None:
        words = "pictures of the goods"
        assert evidence.findings_in(words, QUALITY, [CAPACITY]) is None
