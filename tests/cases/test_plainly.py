"""Acts told in few words: what each clause puts into a story, moves or takes away, and what is left unread."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cases.case_file import Case, Question, read_act, read_cases
from tests.cases.story import NotTranslatedError
from tests.cases.variants import applied

GOLDEN = Path(__file__).parents[1] / "golden" / "cases"
CASES = {
    case.id: case for name in ("own_f", "own_g") for case in read_cases(GOLDEN / f"{name}.jsonl")
}


def told(case_id: str, words: str, **details: Any) -> Case:
    """Return a case as it is told in other words."""
    asked = {"variant": words, **details}
    question = Question(id="q", ask="state", at=None, at_end=True, details=asked, expected={})
    return applied(CASES[case_id], question)


def gained(case_id: str, words: str) -> list[tuple[str, str, str]]:
    """Return what the words add to the timeline."""
    before = CASES[case_id].timeline
    acts = [act for act in told(case_id, words).timeline if act not in before]
    return [(act.by, act.act, act.at.strftime("%m-%d %H:%M")) for act in acts]


def lost(case_id: str, words: str) -> Counter[str]:
    """Return which acts the words take away."""
    after = told(case_id, words).timeline
    return Counter(act.act for act in CASES[case_id].timeline if act not in after)


class TestWhatHappens:
    @pytest.mark.parametrize(
        ("case_id", "words", "acts"),
        [
            (
                "f-CV-204",
                "paid out 2026-08-06T09:00:00+08:00",
                [("bank", "payout_confirmed", "08-06 01:00")],
            ),
            ("f-AG-202", "the mandate is revoked on 2026-05-09", "mandate_revoked"),
            ("f-CV-204", "arrival 2026-08-02T10:00:00+08:00", "delivery_proof"),
            (
                "f-MO-204",
                "the balance of 700000 booked 2026-06-20T09:00:00+08:00",
                "payment_booked",
            ),
            (
                "g-RT-203",
                "sent by air on 2017-10-01 with the carrier's proof of posting",
                "return_sent",
            ),
            ("g-DP-206", "appealed 2026-09-04T10:00:00+08:00", "appeal_refusal"),
            (
                "g-DP-201",
                "the supplier's counter came at 2026-08-23T17:00:00+08:00",
                "answer_dispute",
            ),
            ("g-RD-204", "seized already on 2017-04-10T09:00:00+08:00", "seizure"),
        ],
    )
    def test_an_act_takes_its_place(self, case_id: str, words: str, acts: Any) -> None:
        found = gained(case_id, words)
        assert found == acts if isinstance(acts, list) else [name for _, name, _ in found] == [acts]

    def test_a_payment_may_be_of_another_amount(self) -> None:
        payments = [
            a
            for a in told("f-CV-204", "the payment is 2999999").timeline
            if a.act == "payment_booked"
        ]
        assert [act.details["amount"] for act in payments] == [2_999_999]

    def test_several_reasons_may_stand_in_brackets(self) -> None:
        words = "the buyer opens a dispute (late and quality) on 2026-07-16T09:00:00+03:00"
        (opened,) = (a for a in told("g-QI-202", words).timeline if a.act == "open_dispute")
        assert opened.details["reason"] == "late and quality"


class TestWhatDoesNotHappen:
    @pytest.mark.parametrize(
        ("case_id", "words", "acts"),
        [
            ("g-DL-201", "the buyer did not extend on 1 July", {"extend": 1}),
            ("g-DP-201", "no answer on 21 August", {"answer_dispute": 1}),
            ("g-DP-203", "not booked on 11 September, nor later", {"inspection_book": 1}),
            ("g-RT-201", "the supplier said nothing on 23 October", {"return_judged": 1}),
            ("f-SH-201", "no delivery is ever recorded", {"delivery_proof": 1}),
            ("f-SH-201", "the delivery has not been recorded yet", {"delivery_proof": 1}),
            ("f-CV-204", "instead of the dispute", {"open_dispute": 1}),
            ("g-QI-202", "nothing was reworked or shipped", {}),
        ],
    )
    def test_it_is_left_out(self, case_id: str, words: str, acts: dict[str, int]) -> None:
        assert lost(case_id, words) == acts
        assert gained(case_id, words) == []

    @pytest.mark.parametrize(
        ("case_id", "words"),
        [
            ("g-DL-201", "the buyer did not extend on 2 July"),
            ("f-CV-204", "instead of the appeal of a seizure"),
            ("f-CV-204", "S2 never leaves"),
            ("f-CV-204", "line 1 never leaves"),
            ("f-CV-204", "the change is accepted 2026-05-05"),
            ("f-CV-204", "the payment was returned on 2026-05-10"),
        ],
    )
    def test_what_the_case_does_not_tell_of_is_not_guessed(self, case_id: str, words: str) -> None:
        with pytest.raises(NotTranslatedError):
            told(case_id, words)


class TestTheContract:
    @pytest.mark.parametrize(
        ("words", "field", "value"),
        [
            ("the Incoterm is DAP Chicago", "incoterm", "DAP Chicago"),
            ("zone America/New_York", "zone", "America/New_York"),
            ("the contract names no shipment date", "shipment_date", None),
            (
                "h1 says 'shipment 45 days after the first payment' instead of a date",
                "lead_time_days",
                45,
            ),
        ],
    )
    def test_a_field_changes(self, words: str, field: str, value: Any) -> None:
        assert told("f-CV-204", words).contract[field] == value

    def test_a_version_is_accepted_under_the_cover_that_the_act_names(self) -> None:
        question = Question(
            id="q",
            ask="admits",
            at=None,
            at_end=True,
            details={"act": "accept", "by": "buyer", "cover_kind": "post-delivery"},
            expected={},
        )
        assert applied(CASES["f-AG-205"], question).contract["cover_kind"] == "post-delivery"


def test_an_event_takes_the_place_of_what_its_instant_tells() -> None:
    case = CASES["f-MO-200"]
    (asked,) = (q for q in case.questions if "event" in q.details)
    told_then = [act for act in case.timeline if act.at == asked.event_at]
    assert told_then
    assert read_act(asked.details["event"]).at == asked.at
    assert not [act for act in case.acts_until(asked) if act in told_then]
