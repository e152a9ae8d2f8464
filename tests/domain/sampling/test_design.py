"""The smallest plan for two points, and c = 0 sizes: against exhaustive search in whole numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from fairlot.domain.sampling import (
    SamplingError,
    limiting_defectives_of_zero_acceptance,
    limiting_quality_of_zero_acceptance,
    zero_acceptance_size,
)
from fairlot.domain.sampling.design import smallest_plan


def binomial_chance(size: int, accepted: int, share: Fraction) -> Fraction:
    return sum(
        (
            comb(size, found) * share**found * (1 - share) ** (size - found)
            for found in range(min(accepted, size) + 1)
        ),
        Fraction(0),
    )


def hypergeometric_chance(size: int, accepted: int, lot: int, defectives: int) -> Fraction:
    ways = sum(
        comb(defectives, found) * comb(lot - defectives, size - found)
        for found in range(accepted + 1)
    )
    return Fraction(ways, comb(lot, size))


class TestSmallestPlan:
    @pytest.mark.parametrize(
        ("good", "bad", "size", "accepted"),
        [
            ("0.01", "0.05", 132, 3),
            ("0.02", "0.08", 98, 4),
            ("0.005", "0.1", 38, 1),
            ("0.1", "0.3", 33, 6),
        ],
    )
    def test_known_plans(self, good: str, bad: str, size: int, accepted: int) -> None:
        found = smallest_plan(good=good, bad=bad).stage
        assert (found.sample_size, found.acceptance_number, found.rejection_number) == (
            size,
            accepted,
            accepted + 1,
        )

    @settings(max_examples=40, deadline=None)
    @given(good=st.integers(1, 24), apart=st.integers(4, 12))
    def test_no_smaller_plan_keeps_both_promises(self, good: int, apart: int) -> None:
        good_share, bad_share = Fraction(good, 100), Fraction(min(good * apart, 99), 100)
        found = smallest_plan(good=good_share, bad=bad_share).stage
        size, accepted = found.sample_size, found.acceptance_number
        assert binomial_chance(size, accepted, bad_share) <= Fraction(1, 10)
        assert binomial_chance(size, accepted, good_share) >= Fraction(19, 20)
        for smaller in range(1, size):
            numbers = range(smaller + 1)
            kept = (stats.binom.cdf(numbers, smaller, float(bad_share)) <= 0.1) & (
                stats.binom.cdf(numbers, smaller, float(good_share)) >= 0.95
            )
            assert not kept.any()

    @pytest.mark.parametrize("lot", [20, 50, 137])
    def test_no_smaller_plan_for_a_finite_lot(self, lot: int) -> None:
        found = smallest_plan(good="0.03", bad="0.25", lot_size=lot)
        good, bad = int(lot * 3 / 100), -(-lot // 4)
        kept = [
            (size, accepted)
            for size in range(1, lot + 1)
            for accepted in range(size + 1)
            if hypergeometric_chance(size, accepted, lot, bad) <= Fraction(1, 10)
            and hypergeometric_chance(size, accepted, lot, good) >= Fraction(19, 20)
        ]
        assert (found.stage.sample_size, found.stage.acceptance_number) == min(kept)
        assert found.model == "hypergeometric"

    def test_a_tie_is_decided_in_whole_numbers(self) -> None:
        """One unit, half defective, half allowed to pass: the chance is exactly the risk, and that is enough."""
        found = smallest_plan(good="0.001", bad="0.5", consumers_risk="0.5", producers_risk="0.1")
        assert (found.stage.sample_size, found.stage.acceptance_number) == (1, 0)
        stricter = smallest_plan(
            good="0.001", bad="0.5", consumers_risk="0.4999999999999999999", producers_risk="0.1"
        )
        assert stricter.stage.sample_size == 2

    def test_a_tie_of_a_finite_lot_is_decided_in_whole_numbers(self) -> None:
        """One defective unit of ten: nine units miss it with probability exactly one in ten."""
        found = smallest_plan(good="0.05", bad="0.1", lot_size=10)
        assert (found.stage.sample_size, found.stage.acceptance_number) == (9, 0)
        stricter = smallest_plan(
            good="0.05", bad="0.1", lot_size=10, consumers_risk="0.0999999999999"
        )
        assert stricter.stage.sample_size == 10

    def test_poisson_for_nonconformities(self) -> None:
        found = smallest_plan(good="0.01", bad="0.05", model="poisson")
        assert (found.stage.sample_size, found.stage.acceptance_number) == (134, 3)
        assert found.good_accepted >= 0.95
        assert found.bad_accepted <= 0.10

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"good": "0.05", "bad": "0.05"}, "points_not_apart"),
            ({"good": "0.05", "bad": "0.01"}, "points_not_apart"),
            ({"good": "0.01", "bad": "0.05", "consumers_risk": "0.96"}, "points_not_apart"),
            ({"good": "0", "bad": "0.05"}, "share_out_of_range"),
            ({"good": "0.01", "bad": "1"}, "share_out_of_range"),
            ({"good": 0.01, "bad": "0.05"}, "share_not_exact"),
            ({"good": "one", "bad": "0.05"}, "share_not_exact"),
            ({"good": "1/0", "bad": "0.05"}, "share_not_exact"),
            ({"good": "0.01", "bad": "0.05", "model": "hypergeometric"}, "lot_size_needed"),
            ({"good": "0.01", "bad": "0.05", "lot_size": 0}, "lot_size_out_of_range"),
            ({"good": "0.0100", "bad": "0.0101"}, "no_plan_found"),
            ({"good": "1e-10", "bad": "1e-9"}, "no_plan_found"),
        ],
    )
    def test_refusals(self, asked: dict[str, Any], code: str) -> None:
        with pytest.raises(SamplingError) as caught:
            smallest_plan(**asked)
        assert caught.value.code == code


class TestZeroAcceptance:
    def test_the_tie_that_floats_get_wrong(self) -> None:
        """One defective unit in 150: n = 135 misses it with probability 15/150, exactly one in ten."""
        assert (
            zero_acceptance_size(lot_size=150, limiting_quality="0.006", consumer_risk="0.1") == 135
        )

    def test_a_share_is_never_dust(self) -> None:
        """0.07 times 100 is 7.000000000000001 in floats; it is seven units here."""
        seven = zero_acceptance_size(lot_size=100, limiting_quality="0.07", consumer_risk="0.1")
        assert seven == zero_acceptance_size(
            lot_size=100, limiting_quality=Fraction(7, 100), consumer_risk="0.1"
        )
        assert seven != zero_acceptance_size(
            lot_size=100, limiting_quality="0.0700000001", consumer_risk="0.1"
        )

    @given(
        lot=st.integers(1, 400),
        percent=st.integers(1, 99),
        risk=st.sampled_from(["0.01", "0.05", "0.1", "0.2", "0.5"]),
    )
    def test_it_is_the_smallest_that_suffices(self, lot: int, percent: int, risk: str) -> None:
        defectives = -(-lot * percent // 100)

        def missed(size: int) -> Fraction:
            return Fraction(comb(lot - defectives, size), comb(lot, size))

        found = zero_acceptance_size(
            lot_size=lot, limiting_quality=Decimal(percent) / Decimal(100), consumer_risk=risk
        )
        assert missed(found) <= Fraction(risk)
        assert missed(found - 1) > Fraction(risk)

    def test_a_billion_units_with_few_and_with_many_defective(self) -> None:
        assert (
            zero_acceptance_size(
                lot_size=10**9, limiting_quality="0.000000001", consumer_risk="0.1"
            )
            == 9 * 10**8
        )
        assert zero_acceptance_size(lot_size=10**9) == 91
        assert zero_acceptance_size(lot_size=10**9, limiting_quality="0.0001") == 23025

    @given(lot=st.integers(1, 300), data=st.data())
    def test_the_fewest_defective_units_that_are_not_missed(
        self, lot: int, data: st.DataObject
    ) -> None:
        size = data.draw(st.integers(1, lot))
        found = limiting_defectives_of_zero_acceptance(lot_size=lot, sample_size=size)
        assert Fraction(comb(lot - found, size), comb(lot, size)) <= Fraction(1, 10)
        assert Fraction(comb(lot - found + 1, size), comb(lot, size)) > Fraction(1, 10)

    @pytest.mark.parametrize(
        ("size", "code"), [(0, "count_not_whole"), (1.5, "count_not_whole"), (101, "count_exceeds")]
    )
    def test_a_sample_is_part_of_the_lot(self, size: int, code: str) -> None:
        with pytest.raises(SamplingError) as caught:
            limiting_defectives_of_zero_acceptance(lot_size=100, sample_size=size)
        assert caught.value.code == code

    def test_a_risk_smaller_than_any_float_takes_the_whole_lot_but_its_defectives(self) -> None:
        risk = Fraction(1, 10**400)
        assert zero_acceptance_size(lot_size=100, consumer_risk=risk) == 98

    def test_what_a_sample_without_defects_protects_against(self) -> None:
        assert limiting_quality_of_zero_acceptance(sample_size=125) == pytest.approx(
            1 - 0.1 ** (1 / 125)
        )

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"lot_size": 0}, "lot_size_out_of_range"),
            ({"lot_size": 100, "limiting_quality": "0"}, "share_out_of_range"),
            ({"lot_size": 100, "limiting_quality": 0.1}, "share_not_exact"),
            ({"lot_size": 100, "limiting_quality": "0.0_1"}, "share_not_exact"),
            ({"lot_size": 100, "limiting_quality": "1e-9999999"}, "share_not_exact"),
            ({"lot_size": 100, "limiting_quality": Decimal("1e-9999999")}, "share_not_exact"),
            ({"lot_size": 100, "consumer_risk": "0." + "1" * 1_000}, "share_not_exact"),
            ({"lot_size": 100, "consumer_risk": "1"}, "share_out_of_range"),
        ],
    )
    def test_refusals(self, asked: dict[str, Any], code: str) -> None:
        with pytest.raises(SamplingError) as caught:
            zero_acceptance_size(**asked)
        assert caught.value.code == code
