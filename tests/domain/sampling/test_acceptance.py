"""The course of a plan: against enumeration, against an independent library, and in the limits that theory knows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from fairlot.domain.sampling import AQLS, KINDS, SEVERITIES, Kind, SamplingError, Severity, Stage
from fairlot.domain.sampling.acceptance import (
    LotQuality,
    Quality,
    RateQuality,
    ShareQuality,
    acceptance,
)
from fairlot.domain.sampling.curves import lot_curve, operating_curve
from fairlot.domain.sampling.facts import LETTERS, standard_facts
from fairlot.domain.sampling.risks import Distribution
from fairlot.domain.sampling.rule import table_plan
from tests.support.sampling_enumeration import enumerated


def stages(*plan: tuple[int, int, int]) -> tuple[Stage, ...]:
    return tuple(
        Stage(sample_size=size, acceptance_number=accepted, rejection_number=rejected)
        for size, accepted, rejected in plan
    )


SINGLE = stages((125, 7, 8))
DOUBLE = stages((80, 3, 7), (80, 8, 9))
MULTIPLE = stages(
    (32, -1, 4), (32, 1, 5), (32, 2, 6), (32, 3, 7), (32, 5, 8), (32, 7, 9), (32, 9, 10)
)
GAP = stages((50, 3, 6))


@st.composite
def small_plans(draw: st.DrawFn) -> tuple[Stage, ...]:
    """Any plan of one to four small stages with numbers that never fall."""
    made: list[tuple[int, int, int]] = []
    accepted, rejected = -1, 0
    for _ in range(draw(st.integers(1, 4))):
        accepted = draw(st.integers(accepted, accepted + 2))
        rejected = draw(st.integers(max(rejected, accepted + 1), max(rejected, accepted + 1) + 3))
        made.append((draw(st.integers(1, 6)), accepted, rejected))
    return stages(*made)


class TestFiniteLots:
    @settings(max_examples=300)
    @given(plan=small_plans(), lot=st.integers(1, 30), data=st.data())
    def test_the_walk_equals_enumeration(
        self, plan: tuple[Stage, ...], lot: int, data: st.DataObject
    ) -> None:
        defectives = data.draw(st.integers(0, lot))
        exact_chance, exact_units = enumerated(plan, lot=lot, defectives=defectives)
        found = acceptance(plan, LotQuality(lot_size=lot, defectives=defectives))
        assert found.probability == pytest.approx(float(exact_chance), abs=1e-12)
        assert found.average_sample_number == pytest.approx(float(exact_units), abs=1e-11)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("severity", SEVERITIES)
    def test_the_tables_plans_equal_enumeration(self, kind: Kind, severity: Severity) -> None:
        for letter in "ADFH":
            for aql in AQLS[10:]:
                plan = table_plan(
                    standard_facts(),
                    edition="z1.4",
                    severity=severity,
                    kind=kind,
                    code_letter=letter,
                    aql=aql,
                ).stages
                for defectives in (0, 1, 3, 8, 30):
                    exact = enumerated(plan, lot=30, defectives=defectives)
                    found = acceptance(plan, LotQuality(lot_size=30, defectives=defectives))
                    assert found.probability == pytest.approx(float(exact[0]), abs=1e-12)
                    assert found.average_sample_number == pytest.approx(float(exact[1]), abs=1e-10)

    def test_enumeration_would_catch_a_wrong_number(self) -> None:
        """Planted: the plan with one number changed by one is no longer the same plan."""
        right = acceptance(DOUBLE, LotQuality(lot_size=1000, defectives=40)).probability
        for position in range(2):
            for field, change in (
                ("sample_size", 1),
                ("acceptance_number", -1),
                ("rejection_number", 1),
            ):
                wrong = list(DOUBLE)
                stage = wrong[position]
                numbers = {
                    "sample_size": stage.sample_size,
                    "acceptance_number": stage.acceptance_number,
                    "rejection_number": stage.rejection_number,
                }
                numbers[field] += change
                wrong[position] = Stage(**numbers)
                is_decided = field == "acceptance_number" and position == 1
                other = acceptance(wrong, LotQuality(lot_size=1000, defectives=40)).probability
                # The last acceptance number decides nothing: every count below the rejection number accepts.
                assert (other == right) is is_decided

    def test_a_sample_beyond_the_lot_is_the_whole_lot(self) -> None:
        assert acceptance(SINGLE, LotQuality(lot_size=20, defectives=7)).probability == 1.0
        assert acceptance(SINGLE, LotQuality(lot_size=20, defectives=8)).probability == 0.0
        assert (
            acceptance(SINGLE, LotQuality(lot_size=20, defectives=8)).average_sample_number == 20.0
        )

    def test_a_lot_of_a_billion_keeps_its_digits(self) -> None:
        found = acceptance(SINGLE, LotQuality(lot_size=10**9, defectives=6 * 10**7)).probability
        assert found == pytest.approx(float(stats.binom.cdf(7, 125, 0.06)), abs=1e-8)


class TestLargeLots:
    @pytest.mark.parametrize("share", [0.0, 1e-9, 0.001, 0.025, 0.06, 0.3, 0.999, 1.0])
    def test_single_plans_equal_the_binomial_distribution(self, share: float) -> None:
        found = acceptance(SINGLE, ShareQuality(share=share))
        assert found.probability == pytest.approx(float(stats.binom.cdf(7, 125, share)), abs=1e-14)
        assert found.average_sample_number == 125.0

    @pytest.mark.parametrize("rate", [0.0, 0.001, 0.06, 0.65, 3.0, 1000.0])
    def test_single_plans_equal_the_poisson_distribution(self, rate: float) -> None:
        found = acceptance(stages((20, 21, 22)), RateQuality(per_unit=rate)).probability
        assert found == pytest.approx(float(stats.poisson.cdf(21, 20 * rate)), abs=1e-14)

    def test_a_double_plan_by_the_textbook_sum(self) -> None:
        share = 0.05
        first = [float(stats.binom.pmf(count, 80, share)) for count in range(9)]
        below = [float(stats.binom.cdf(count, 80, share)) for count in range(9)]
        expected = below[3] + sum(first[count] * below[8 - count] for count in (4, 5, 6))
        found = acceptance(DOUBLE, ShareQuality(share=share))
        assert found.probability == pytest.approx(expected, abs=1e-14)
        assert found.average_sample_number == pytest.approx(80 + 80 * sum(first[4:7]), abs=1e-12)
        assert found.accepted_by_stage[0] == pytest.approx(below[3], abs=1e-14)
        assert found.reached_by_stage == pytest.approx((1.0, sum(first[4:7])), abs=1e-14)

    def test_a_gap_plan_accepts_below_its_rejection_number(self) -> None:
        found = acceptance(GAP, ShareQuality(share=0.06)).probability
        assert found == pytest.approx(float(stats.binom.cdf(5, 50, 0.06)), abs=1e-14)

    @pytest.mark.parametrize("plan", [SINGLE, DOUBLE, MULTIPLE, GAP])
    def test_a_finite_lot_tends_to_the_large_one(self, plan: tuple[Stage, ...]) -> None:
        large = acceptance(plan, ShareQuality(share=0.05)).probability
        apart = [
            abs(
                acceptance(plan, LotQuality(lot_size=lot, defectives=lot // 20)).probability - large
            )
            for lot in (400, 4_000, 40_000, 400_000, 4_000_000)
        ]
        assert all(nearer < farther for farther, nearer in pairwise(apart))
        assert apart[-1] < 1e-5


class TestMonotone:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("severity", SEVERITIES)
    @pytest.mark.parametrize("distribution", ["binomial", "poisson"])
    def test_worse_lots_never_pass_more_often(
        self, kind: Kind, severity: Severity, distribution: Distribution
    ) -> None:
        grid = [step / 200.0 for step in range(201)]
        for letter in LETTERS[:-1]:
            for aql in AQLS:
                plan = table_plan(
                    standard_facts(),
                    edition="z1.4",
                    severity=severity,
                    kind=kind,
                    code_letter=letter,
                    aql=aql,
                ).stages
                curve = operating_curve(
                    plan, qualities=grid, distribution=distribution
                ).probabilities
                assert all(later <= earlier + 1e-12 for earlier, later in pairwise(curve))
                assert curve[0] == 1.0

    def test_one_more_defective_unit_never_helps(self) -> None:
        for plan in (SINGLE, DOUBLE, MULTIPLE, GAP):
            curve = lot_curve(plan, lot_size=500, defectives=range(0, 501, 5)).probabilities
            assert all(later <= earlier + 1e-12 for earlier, later in pairwise(curve))
            assert (curve[0], curve[-1]) == (1.0, 0.0)


class TestRefusals:
    @pytest.mark.parametrize(
        ("plan", "code"),
        [
            ([], "stages_out_of_range"),
            ([(10, 0, 1)] * 21, "stages_out_of_range"),
            ([(0, 0, 1)], "sample_size_out_of_range"),
            ([(-3, 0, 1)], "sample_size_out_of_range"),
            ([(1.5, 0, 1)], "sample_size_out_of_range"),
            ([(10**9 + 1, 0, 1)], "sample_size_out_of_range"),
            ([(10, -2, 1)], "acceptance_number_invalid"),
            ([(10, "1", 2)], "acceptance_number_invalid"),
            ([(10, 3, 3)], "rejection_not_above_acceptance"),
            ([(10, 3, 2)], "rejection_not_above_acceptance"),
            ([(10, 3, 2001)], "rejection_number_invalid"),
            ([(10, 3, 4.5)], "rejection_number_invalid"),
            ([(10, 3, 5), (10, 2, 6)], "numbers_fall"),
            ([(10, 1, 5), (10, 2, 4)], "numbers_fall"),
        ],
    )
    def test_stages_that_make_no_plan(self, plan: list[tuple[int, int, int]], code: str) -> None:
        with pytest.raises(SamplingError) as caught:
            acceptance(stages(*plan), ShareQuality(share=0.1))
        assert caught.value.code == code

    @pytest.mark.parametrize(
        ("quality", "code"),
        [
            (ShareQuality(share=1.0001), "quality_share_out_of_range"),
            (ShareQuality(share=-0.1), "quality_share_out_of_range"),
            (ShareQuality(share=float("nan")), "quality_share_out_of_range"),
            (RateQuality(per_unit=-1.0), "quality_rate_out_of_range"),
            (RateQuality(per_unit=float("inf")), "quality_rate_out_of_range"),
            (LotQuality(lot_size=0, defectives=0), "lot_size_out_of_range"),
            (LotQuality(lot_size=10, defectives=11), "count_exceeds"),
            (LotQuality(lot_size=10, defectives=-1), "count_not_whole"),
        ],
    )
    def test_a_quality_outside_its_range(self, quality: Quality, code: str) -> None:
        with pytest.raises(SamplingError) as caught:
            acceptance(SINGLE, quality)
        assert caught.value.code == code


def test_the_enumeration_itself_on_a_lot_that_fits_a_page() -> None:
    """Four units, two defective, two drawn, one allowed: rejected only if both are drawn, 1 way of 6."""
    assert enumerated(stages((2, 1, 2)), lot=4, defectives=2) == (Fraction(5, 6), Fraction(2))
