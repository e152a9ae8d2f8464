"""Counting findings: every defect is reported, every unit counts once, by its worst defect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.sampling import (
    DEFECT_CLASSES,
    DefectClass,
    SamplingError,
    inspection_plan,
    verdict,
)
from fairlot.domain.sampling.tally import tally


def test_a_unit_counts_once_by_its_worst_defect() -> None:
    findings: list[list[DefectClass]] = [
        [],
        ["minor"],
        ["minor", "major"],
        ["minor", "minor", "critical"],
        ["major"],
    ]
    found = tally(findings)
    assert found.defects == {"critical": 1, "major": 2, "minor": 4}
    assert found.units == {"critical": 1, "major": 2, "minor": 1}


def test_the_verdict_takes_the_units() -> None:
    twice: list[DefectClass] = ["minor", "minor"]
    both: list[DefectClass] = ["major", "minor"]
    found = tally([twice] * 10 + [both] * 7)
    assert verdict(inspection_plan(lot_size=3000), counts=found.units).outcome == "passed"
    assert verdict(inspection_plan(lot_size=3000), counts=found.defects).outcome == "failed"


def test_nothing_found_is_nothing_counted() -> None:
    assert tally([]).units == {"critical": 0, "major": 0, "minor": 0}


@given(st.lists(st.lists(st.sampled_from(DEFECT_CLASSES), max_size=4), max_size=20))
def test_no_unit_is_counted_twice(findings: list[list[DefectClass]]) -> None:
    found = tally(findings)
    assert sum(found.units.values()) == sum(1 for unit in findings if unit)
    assert sum(found.defects.values()) == sum(len(unit) for unit in findings)
    assert all(found.units[name] <= found.defects[name] for name in DEFECT_CLASSES)


def test_a_class_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SamplingError, match="Defect class cosmetic"):
        tally([("cosmetic",)])  # type: ignore[list-item]
