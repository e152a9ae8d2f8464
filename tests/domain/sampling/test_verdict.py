"""Verdicts: which class and numbers decided, what is still open, and what was never checked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.sampling import (
    DefectClass,
    SamplingError,
    can_still_fail,
    can_still_pass,
    inspection_plan,
    verdict,
)

PLAN = inspection_plan(lot_size=3000)  # 125 units; critical 0/1, major 7/8, minor 10/11.
CLEAN: dict[DefectClass, int] = {"critical": 0, "major": 0, "minor": 0}


def counts(**found: int) -> dict[DefectClass, int]:
    return {**CLEAN, **found}  # type: ignore[dict-item]  # Names of classes.


@pytest.mark.parametrize(
    ("found", "outcome", "deciding"),
    [
        (counts(), "passed", ["critical", "major", "minor"]),
        (counts(major=7, minor=10), "passed", ["critical", "major", "minor"]),
        (counts(major=8), "failed", ["major"]),
        (counts(minor=11), "failed", ["minor"]),
        (counts(critical=1), "failed", ["critical"]),
        (counts(critical=1, major=8, minor=11), "failed", ["critical", "major", "minor"]),
    ],
)
def test_the_class_that_decided_is_named(
    found: dict[DefectClass, int], outcome: str, deciding: list[str]
) -> None:
    judged = verdict(PLAN, counts=found)
    assert judged.outcome == outcome
    assert [reason.name for reason in judged.reasons] == deciding


def test_the_numbers_that_decided_are_said_in_both_languages() -> None:
    reason = verdict(PLAN, counts=counts(major=8)).reasons[0]
    assert (
        reason.sentence_en
        == "Major: 8 defective in a sample of 125; 7 are allowed, 8 reject the lot."
    )
    assert reason.sentence_zh == "严重缺陷：样本 125 件中有 8 件不合格；允许 7 件，8 件即拒收。"


def test_a_mandatory_term_fails_the_inspection_and_not_the_sampling() -> None:
    judged = verdict(PLAN, counts=CLEAN, mandatory_failed=["CE marking"])
    assert (judged.outcome, judged.sampling_result) == ("failed", "accepted")
    assert [(reason.code, reason.name) for reason in judged.reasons] == [
        ("mandatory_failed", "CE marking")
    ]


def test_what_could_not_be_checked_leaves_it_pending() -> None:
    judged = verdict(PLAN, counts=CLEAN, not_checked=["drop test", "barcode"])
    assert (judged.outcome, judged.sampling_result) == ("pending", "accepted")
    assert [reason.name for reason in judged.reasons] == ["barcode", "drop test"]


def test_a_failure_outweighs_what_could_not_be_checked() -> None:
    judged = verdict(
        PLAN, counts=counts(major=8), not_checked=["drop test"], mandatory_failed=["CE marking"]
    )
    assert judged.outcome == "failed"
    assert [reason.name for reason in judged.reasons] == ["major", "CE marking"]


def test_a_class_that_was_not_counted_leaves_it_pending() -> None:
    judged = verdict(PLAN, counts={"critical": 0, "major": 3})
    assert (judged.outcome, judged.sampling_result) == ("pending", "open")
    assert [(reason.code, reason.name) for reason in judged.reasons] == [("class_open", "minor")]


class TestRunningInspection:
    def test_it_is_open_until_every_unit_is_inspected(self) -> None:
        assert verdict(PLAN, counts=CLEAN, inspected=124).outcome == "pending"
        assert verdict(PLAN, counts=CLEAN, inspected=125).outcome == "passed"

    def test_it_can_already_not_pass(self) -> None:
        found = counts(major=8)
        assert not can_still_pass(PLAN, counts=found)
        assert verdict(PLAN, counts=found, inspected=40).outcome == "failed"
        assert can_still_pass(PLAN, counts=counts(major=7, minor=10))
        assert not can_still_pass(PLAN, counts={"critical": 1})

    def test_it_can_already_not_fail(self) -> None:
        only_major = inspection_plan(lot_size=3000, aql_critical="2.5", aql_minor="2.5")
        assert can_still_fail(only_major, counts=CLEAN, inspected=117)
        assert not can_still_fail(only_major, counts=CLEAN, inspected=118)
        assert can_still_fail(only_major, counts=counts(major=1), inspected=118)
        assert not can_still_fail(PLAN, counts=CLEAN, inspected=125)

    def test_a_smaller_class_is_done_before_the_others(self) -> None:
        mixed = inspection_plan(lot_size=60)  # Major on 20 units, minor on 13.
        judged = verdict(mixed, counts=CLEAN, inspected=15)
        assert [result.result for result in judged.classes] == ["open", "open", "accepted"]

    @given(inspected=st.integers(0, 125), data=st.data())
    def test_what_cannot_pass_has_failed_and_what_cannot_fail_passes(
        self, inspected: int, data: st.DataObject
    ) -> None:
        names: tuple[DefectClass, ...] = ("critical", "major", "minor")
        found: dict[DefectClass, int] = {
            name: data.draw(st.integers(0, min(inspected, 12))) for name in names
        }
        judged = verdict(PLAN, counts=found, inspected=inspected)
        assert (judged.outcome == "failed") is not can_still_pass(PLAN, counts=found)
        if not can_still_fail(PLAN, counts=found, inspected=inspected):
            assert judged.outcome != "failed"
        if judged.outcome == "passed":
            assert inspected == 125


def test_nonconformities_may_outnumber_the_units() -> None:
    per_hundred = inspection_plan(lot_size=20, aql_major="400", aql_minor="400")
    entry = per_hundred.of("major")
    assert entry.acceptance_number > entry.sample_size
    found = counts(major=entry.acceptance_number, minor=entry.rejection_number)
    judged = verdict(per_hundred, counts=found)
    assert [reason.name for reason in judged.reasons] == ["minor"]
    assert can_still_fail(per_hundred, counts=CLEAN, inspected=per_hundred.sample_size - 1)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"counts": {"cosmetic": 1}}, "class_unknown"),
        ({"counts": counts(major=-1)}, "count_not_whole"),
        ({"counts": counts(major=1.5)}, "count_not_whole"),  # type: ignore[arg-type]
        ({"counts": counts(major=126)}, "count_exceeds"),
        ({"counts": counts(major=41), "inspected": 40}, "count_exceeds"),
        ({"counts": CLEAN, "inspected": 126}, "count_exceeds"),
        ({"counts": CLEAN, "inspected": -1}, "count_not_whole"),
    ],
)
def test_refusals(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(SamplingError) as caught:
        verdict(PLAN, **asked)
    assert caught.value.code == code
