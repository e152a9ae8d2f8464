"""Looking up a plan: spellings of the AQL, lots at the edges, refusals, and how plans grow and tighten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.sampling import (
    AQLS,
    EDITIONS,
    KINDS,
    LEVELS,
    LOT_SIZE_MAX,
    SEVERITIES,
    Edition,
    Kind,
    Level,
    SamplingError,
    Severity,
    code_letter,
    plan,
    read_aql,
)
from fairlot.domain.sampling.curves import operating_curve
from fairlot.domain.sampling.facts import LETTERS, standard_facts
from fairlot.domain.sampling.lookup import table_plans
from fairlot.domain.sampling.rule import table_plan

SHARES = (
    0.0001,
    0.0003,
    0.001,
    0.003,
    0.01,
    0.02,
    0.03,
    0.05,
    0.08,
    0.12,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
    0.95,
)


def numbers(**asked: Any) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (stage.sample_size, stage.acceptance_number, stage.rejection_number)
        for stage in plan(**asked).stages
    )


def refused(**asked: Any) -> SamplingError:
    usual: dict[str, Any] = {"lot_size": 3000, "level": "II", "aql": "2.5"}
    with pytest.raises(SamplingError) as caught:
        plan(**usual | asked)
    return caught.value


class TestPlan:
    def test_the_usual_inspection(self) -> None:
        found = plan(lot_size=3000, level="II", aql="2.5")
        assert (found.code_letter, found.plan_letter, found.arrow) == ("K", "K", None)
        assert numbers(lot_size=3000, level="II", aql="2.5") == ((125, 7, 8),)
        assert (found.edition, found.kind, found.severity) == ("iso-1999", "single", "normal")
        assert not found.is_full_inspection

    def test_size_and_numbers_move_together_along_an_arrow(self) -> None:
        found = plan(lot_size=60, level="II", aql="2.5")
        assert (found.code_letter, found.plan_letter, found.arrow) == ("E", "F", "down")
        assert numbers(lot_size=60, level="II", aql="2.5") == ((20, 1, 2),)

    def test_the_editions_differ_at_a_10_tightened(self) -> None:
        asked: dict[str, Any] = {"lot_size": 5, "level": "II", "aql": "10", "severity": "tightened"}
        assert numbers(**asked, edition="iso-1999") == ((2, 0, 1),)
        assert numbers(**asked, edition="z1.4") == ((8, 1, 2),)

    def test_reduced_z14_leaves_a_gap(self) -> None:
        asked: dict[str, Any] = {
            "lot_size": 3000,
            "level": "II",
            "aql": "2.5",
            "severity": "reduced",
        }
        assert numbers(**asked, edition="z1.4") == ((50, 3, 6),)
        assert numbers(**asked, edition="iso-1999") == ((50, 5, 6),)

    def test_double_and_multiple_are_those_of_z14(self) -> None:
        assert plan(lot_size=3000, level="II", aql="2.5", kind="double").edition == "z1.4"
        assert numbers(lot_size=3000, level="II", aql="2.5", kind="double") == (
            (80, 3, 7),
            (80, 8, 9),
        )

    def test_a_simpler_kind_stands_in_where_the_tables_say_so(self) -> None:
        found = plan(lot_size=20, level="II", aql="2.5", kind="multiple")
        assert (found.table.kind_asked, found.kind) == ("multiple", "single")
        assert plan(lot_size=5, level="II", aql="25", kind="multiple").kind == "single"
        assert plan(lot_size=20, level="II", aql="25", kind="multiple").kind == "double"

    @pytest.mark.parametrize(
        "spelling", ["2.5", "2.50", " 2.5 ", "+2.5", "25e-1", Decimal("2.5"), Decimal("2.500")]
    )
    def test_an_aql_is_read_by_its_value(self, spelling: str | Decimal) -> None:
        assert read_aql(spelling) == "2.5"
        assert plan(lot_size=3000, level="II", aql=spelling) == plan(
            lot_size=3000, level="II", aql="2.5"
        )

    def test_many_at_once_are_the_same(self) -> None:
        asked = [
            (lot, level, aql, severity)
            for lot in (1, 2, 90, 91, 3000, LOT_SIZE_MAX)
            for level in LEVELS
            for aql in AQLS
            for severity in SEVERITIES
        ]
        assert table_plans(asked) == [
            plan(lot_size=lot, level=level, aql=aql, severity=severity).table
            for lot, level, aql, severity in asked
        ]

    def test_many_at_once_read_every_spelling(self) -> None:
        spelled = table_plans(
            [(3000, "S-3", Decimal("2.50"), "reduced")], kind="double", edition="z1.4"
        )
        assert spelled == table_plans([(3000, "S-3", "2.5", "reduced")], kind="double")

    def test_many_at_once_refuse_what_one_refuses(self) -> None:
        with pytest.raises(SamplingError, match="Lot size"):
            table_plans([(3000, "II", "2.5", "normal"), (0, "II", "2.5", "normal")])


class TestSmallLots:
    def test_a_lot_of_one_is_inspected_and_must_conform(self) -> None:
        found = plan(lot_size=1, level="II", aql="2.5")
        assert (found.code_letter, found.sizes_to_inspect, found.is_full_inspection) == (
            "",
            (1,),
            True,
        )
        assert numbers(lot_size=1, level="II", aql="2.5") == ((1, 0, 1),)
        assert code_letter(lot_size=1, level="II") == ""

    @pytest.mark.parametrize(
        ("lot", "inspected", "is_full"), [(4, 4, True), (5, 5, True), (6, 5, False)]
    )
    def test_a_sample_as_large_as_the_lot_is_full_inspection(
        self, lot: int, inspected: int, *, is_full: bool
    ) -> None:
        found = plan(lot_size=lot, level="II", aql="2.5")
        assert found.stages[0].sample_size == 5
        assert (found.sizes_to_inspect, found.is_full_inspection) == ((inspected,), is_full)

    def test_a_second_sample_takes_what_the_first_left(self) -> None:
        found = plan(lot_size=4, level="II", aql="10", kind="double")
        assert found.sizes_to_inspect == (3, 1)
        assert found.full_inspection_by_stage == (False, True)
        assert [(stage.sample_size, stage.acceptance_number) for stage in found.applied_stages] == [
            (3, 0),
            (1, 1),
        ]

    def test_once_the_lot_is_inspected_whole_the_last_numbers_decide(self) -> None:
        found = plan(lot_size=2, level="III", aql="10", kind="double")
        assert found.sizes_to_inspect == (2, 0)
        assert [
            (stage.sample_size, stage.acceptance_number, stage.rejection_number)
            for stage in found.applied_stages
        ] == [(2, 1, 2)]

    @given(
        lot=st.integers(min_value=1, max_value=5000),
        level=st.sampled_from(LEVELS),
        aql=st.sampled_from(AQLS),
        severity=st.sampled_from(SEVERITIES),
        kind=st.sampled_from(KINDS),
    )
    def test_nothing_is_ever_drawn_beyond_the_lot(
        self, lot: int, level: Level, aql: str, severity: Severity, kind: Kind
    ) -> None:
        found = plan(lot_size=lot, level=level, aql=aql, severity=severity, kind=kind)
        assert sum(found.sizes_to_inspect) == min(
            lot, sum(stage.sample_size for stage in found.stages)
        )
        assert sum(stage.sample_size for stage in found.applied_stages) == sum(
            found.sizes_to_inspect
        )


class TestRefusals:
    @pytest.mark.parametrize("lot", [1.5, "3000", "abc", None, True, Decimal(3000)])
    def test_a_lot_is_a_whole_number(self, lot: object) -> None:
        assert refused(lot_size=lot).code == "lot_size_not_whole"

    @pytest.mark.parametrize("lot", [0, -1, LOT_SIZE_MAX + 1, 10**12])
    def test_a_lot_has_from_one_to_a_billion_units(self, lot: int) -> None:
        assert refused(lot_size=lot).code == "lot_size_out_of_range"
        assert plan(lot_size=LOT_SIZE_MAX, level="II", aql="2.5").code_letter == "Q"

    @pytest.mark.parametrize(
        ("aql", "neighbors"),
        [
            ("2.6", ("2.5", "4.0")),
            (Decimal("0.3"), ("0.25", "0.40")),
            ("0.001", ("0.010",)),
            ("1001", ("1000",)),
            ("-1", ("0.010",)),
        ],
    )
    def test_an_aql_outside_the_series_is_refused_with_its_neighbors(
        self, aql: str | Decimal, neighbors: tuple[str, ...]
    ) -> None:
        wrong = refused(aql=aql)
        assert (wrong.code, wrong.facts["neighbors"]) == ("aql_not_in_series", neighbors)
        assert all(
            neighbor in wrong.sentence_en and neighbor in wrong.sentence_zh
            for neighbor in neighbors
        )

    @pytest.mark.parametrize(
        "aql",
        [
            2.5,
            10,
            "two",
            "",
            "NaN",
            "Infinity",
            None,
            Decimal("NaN"),
            [1],
            "2_5",
            "1E+999999",
        ],
    )
    def test_an_aql_is_text_or_decimal(self, aql: object) -> None:
        assert refused(aql=aql).code == "aql_not_a_number"

    @pytest.mark.parametrize("aql", ["0", "0.0", Decimal(0)])
    def test_none_allowed_is_no_column(self, aql: str | Decimal) -> None:
        assert refused(aql=aql).code == "aql_zero_has_no_table"

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"level": "IV"}, "level_unknown"),
            ({"level": ["II"]}, "level_unknown"),
            ({"severity": "strict"}, "severity_unknown"),
            ({"kind": "triple"}, "kind_unknown"),
            ({"edition": "iso-1989"}, "edition_unknown"),
            ({"edition": "iso-1999", "kind": "double"}, "edition_without_kind"),
        ],
    )
    def test_a_name_that_the_standard_does_not_know(self, asked: dict[str, Any], code: str) -> None:
        assert refused(**asked).code == code

    def test_a_refusal_leaves_nothing_behind(self) -> None:
        refused(level="IV")
        refused(aql="2.6")
        assert numbers(lot_size=3000, level="II", aql="2.5") == ((125, 7, 8),)

    def test_code_letter_refuses_the_same(self) -> None:
        with pytest.raises(SamplingError, match="Inspection level IV"):
            code_letter(lot_size=10, level="IV")  # type: ignore[arg-type]


class TestProperties:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("severity", SEVERITIES)
    def test_larger_lots_never_get_smaller_samples(
        self, edition: Edition, severity: Severity
    ) -> None:
        lots = [
            1,
            *(lot for least in standard_facts().lot_size_least for lot in (least, least + 1)),
            LOT_SIZE_MAX,
        ]
        for level in LEVELS:
            for aql in AQLS:
                found = [
                    plan(lot_size=lot, level=level, aql=aql, severity=severity, edition=edition)
                    for lot in sorted(lots)
                ]
                inspected = [entry.sizes_to_inspect[0] for entry in found]
                assert inspected == sorted(inspected)
                letters = [LETTERS.index(entry.plan_letter) for entry in found[1:]]
                assert letters == sorted(letters)

    @pytest.mark.parametrize(
        ("edition", "kind", "exceptions"),
        [
            ("iso-1999", "single", [("A", "10")]),
            ("z1.4", "single", []),
            ("z1.4", "double", []),
            ("z1.4", "multiple", []),
        ],
    )
    def test_tightened_is_never_laxer_than_normal_but_for_the_standards_own_exception(
        self, edition: Edition, kind: Kind, exceptions: list[tuple[str, str]]
    ) -> None:
        laxer = []
        for letter in LETTERS[:-1]:
            for aql in AQLS:
                normal, tightened = (
                    operating_curve(
                        table_plan(
                            standard_facts(),
                            edition=edition,
                            severity=severity,
                            kind=kind,
                            code_letter=letter,
                            aql=aql,
                        ).stages,
                        qualities=SHARES,
                    ).probabilities
                    for severity in ("normal", "tightened")
                )
                if any(
                    strict > usual + 1e-12 for strict, usual in zip(tightened, normal, strict=True)
                ):
                    laxer.append((letter, aql))
        assert laxer == exceptions
