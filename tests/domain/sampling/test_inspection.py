"""The plan for three defect classes: what each policy makes of classes that lead to different samples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.sampling import (
    AQLS,
    DEFECT_CLASSES,
    LEVELS,
    POLICIES,
    SEVERITIES,
    InspectionPlan,
    Level,
    Policy,
    SamplingError,
    Severity,
    inspection_plan,
    plan,
    zero_acceptance_size,
)


def numbers(found: InspectionPlan) -> list[tuple[int, int, int]]:
    """Units to inspect, Ac, Re of critical, major and minor."""
    return [
        (entry.sample_size, entry.acceptance_number, entry.rejection_number)
        for entry in found.classes
    ]


def majors_and_minors(lot: int, policy: Policy) -> list[tuple[int, int]]:
    return [
        (size, accepted)
        for size, accepted, _ in numbers(inspection_plan(lot_size=lot, policy=policy))[1:]
    ]


def test_r34_the_usual_inspection_none_2_5_and_4_0() -> None:
    found = inspection_plan(lot_size=3000)
    assert numbers(found) == [(125, 0, 1), (125, 7, 8), (125, 10, 11)]
    assert (found.code_letter, found.sample_size, found.is_full_inspection) == ("K", 125, False)
    assert [entry.aql for entry in found.classes] == ["0", "2.5", "4.0"]


@pytest.mark.parametrize("lot", [1, 2, 5, 8, 30, 90, 3000, 35_001, 500_001, 10**9])
def test_r34_no_critical_defect_at_any_lot_size(lot: int) -> None:
    for policy in POLICIES:
        critical = inspection_plan(lot_size=lot, policy=policy).of("critical")
        assert (critical.acceptance_number, critical.rejection_number) == (0, 1)


@pytest.mark.parametrize(
    ("lots", "expected"),
    [
        ((5, 8, 9, 25), [(5, 0), (3, 0)]),
        ((26, 50), [(5, 0), (13, 1)]),
        ((51, 90), [(20, 1), (13, 1)]),
        ((91, 150), [(20, 1), (20, 2)]),
        ((151, 280), [(32, 2), (32, 3)]),
        ((1201, 3200), [(125, 7), (125, 10)]),
        ((10_001, 35_000), [(315, 14), (315, 21)]),
        ((35_001, 150_000, 500_001), [(500, 21), (315, 21)]),
    ],
)
def test_separate_reads_every_class_from_the_tables(
    lots: tuple[int, ...], expected: list[tuple[int, int]]
) -> None:
    for lot in lots:
        assert majors_and_minors(lot, "separate") == expected


def test_largest_n_inspects_all_classes_on_the_largest_sample() -> None:
    assert majors_and_minors(30, "largest_n") == [(13, 0), (13, 1)]
    assert majors_and_minors(60, "largest_n") == [(20, 1), (20, 1)]
    assert majors_and_minors(40_000, "largest_n") == [(500, 21), (500, 21)]
    assert inspection_plan(lot_size=60, policy="largest_n").of("minor").table_size == 13


def test_largest_letter_reads_again_until_no_arrow_leads_further() -> None:
    # Letter D: minor leads to E, where major leads on to F.
    assert majors_and_minors(30, "largest_letter") == [(20, 1), (20, 2)]
    # At C minor still points up to B.
    assert majors_and_minors(8, "largest_letter") == [(5, 0), (3, 0)]
    assert majors_and_minors(60, "largest_letter") == [(20, 1), (20, 2)]


def test_none_allowed_is_judged_on_the_main_sample_of_the_policy() -> None:
    for lot in (8, 30, 60, 3000, 40_000):
        for policy in POLICIES:
            found = inspection_plan(lot_size=lot, policy=policy)
            assert found.of("critical").sample_size == max(
                entry.sample_size for entry in found.classes[1:]
            )


@pytest.mark.parametrize("zero", ["0", "0.0", Decimal(0), Decimal("0.00")])
def test_none_allowed_is_read_by_its_value(zero: str | Decimal) -> None:
    assert inspection_plan(lot_size=3000, aql_critical=zero) == inspection_plan(lot_size=3000)


def test_none_allowed_on_its_own_computed_sample() -> None:
    found = inspection_plan(
        lot_size=3000, zero_rule="own_size", limiting_quality="0.01", consumer_risk="0.05"
    )
    size = zero_acceptance_size(lot_size=3000, limiting_quality="0.01", consumer_risk="0.05")
    assert found.of("critical").sample_size == size
    assert found.of("critical").source == "none_allowed_on_own_size"
    assert found.sample_size == max(size, 125)
    assert numbers(found)[1:] == [(125, 7, 8), (125, 10, 11)]


def test_where_no_class_has_an_aql_the_code_letter_gives_the_sample() -> None:
    found = inspection_plan(lot_size=3000, level="S-2", aql_major="0", aql_minor="0")
    assert numbers(found) == [(8, 0, 1)] * 3
    assert found.code_letter == "D"


def test_a_critical_aql_is_read_from_the_tables() -> None:
    critical = inspection_plan(lot_size=3000, aql_critical="0.10").of("critical")
    assert (critical.sample_size, critical.acceptance_number, critical.plan_letter) == (125, 0, "K")
    assert critical.source == "table"


def test_small_lots_are_inspected_whole_and_say_so() -> None:
    for lot in (1, 2, 4, 5):
        found = inspection_plan(lot_size=lot)
        assert (found.sample_size, found.is_full_inspection) == (lot, True)
    assert inspection_plan(lot_size=1).of("major").source == "one_unit"
    assert not inspection_plan(lot_size=6).is_full_inspection


@given(
    lot=st.integers(1, 10**6),
    level=st.sampled_from(LEVELS),
    severity=st.sampled_from(SEVERITIES),
    major=st.sampled_from(AQLS),
    minor=st.sampled_from(AQLS),
)
def test_policies_agree_where_the_classes_do(
    lot: int, level: Level, severity: Severity, major: str, minor: str
) -> None:
    found = {
        policy: inspection_plan(
            lot_size=lot,
            level=level,
            severity=severity,
            aql_major=major,
            aql_minor=minor,
            policy=policy,
        )
        for policy in POLICIES
    }
    separate = found["separate"]
    for name, aql in (("major", major), ("minor", minor)):
        own = plan(lot_size=lot, level=level, aql=aql, severity=severity, edition="iso-1999")
        entry = separate.of(name)  # type: ignore[arg-type]  # One of the classes.
        assert (entry.sample_size, entry.acceptance_number) == (
            own.sizes_to_inspect[0],
            own.stages[0].acceptance_number,
        )
    assert found["largest_n"].sample_size == separate.sample_size
    assert found["largest_letter"].sample_size >= separate.sample_size
    sizes = {entry.sample_size for entry in found["largest_n"].classes}
    assert len(sizes) == 1
    assert all(entry.sample_size <= lot for each in found.values() for entry in each.classes)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"lot_size": 0}, "lot_size_out_of_range"),
        ({"lot_size": "3000"}, "lot_size_not_whole"),
        ({"level": "IV"}, "level_unknown"),
        ({"policy": "average"}, "policy_unknown"),
        ({"severity": "none"}, "severity_unknown"),
        ({"edition": "2026"}, "edition_unknown"),
        ({"zero_rule": "guess"}, "zero_rule_unknown"),
        ({"aql_critical": "0.3"}, "aql_not_in_series"),
        ({"aql_major": 2.5}, "aql_not_a_number"),
        ({"aql_minor": "x"}, "aql_not_a_number"),
        ({"zero_rule": "own_size", "limiting_quality": "2"}, "share_out_of_range"),
    ],
)
def test_refusals(asked: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {"lot_size": 3000}
    with pytest.raises(SamplingError) as caught:
        inspection_plan(**usual | asked)
    assert caught.value.code == code


def test_the_classes_come_in_the_order_of_their_weight() -> None:
    assert (
        tuple(entry.defect_class for entry in inspection_plan(lot_size=3000).classes)
        == DEFECT_CLASSES
    )
