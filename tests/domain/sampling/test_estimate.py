"""The share defective and its interval: Clopper-Pearson for small samples of the lot, exact for large ones."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, comb, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairlot.domain.sampling import SamplingError, share_defective


@pytest.mark.parametrize(
    ("found", "size"), [(0, 125), (1, 8), (12, 125), (7, 13), (200, 315), (2000, 2000)]
)
@pytest.mark.parametrize("confidence", ["0.95", "0.9", "0.99"])
def test_small_samples_have_the_beta_quantiles_rounded_outward(
    found: int, size: int, confidence: str
) -> None:
    estimate = share_defective(
        found=found, sample_size=size, lot_size=100_000, confidence=confidence
    )
    half = (1 - float(confidence)) / 2
    lower = 0.0 if found == 0 else float(stats.beta.ppf(half, found, size - found + 1))
    upper = 1.0 if found == size else float(stats.beta.ppf(1 - half, found + 1, size - found))
    assert estimate.method == "binomial"
    assert estimate.lower_parts_per_million == floor(lower * 1e6)
    assert estimate.upper_parts_per_million == ceil(upper * 1e6)
    assert estimate.share == Fraction(found, size)


def test_one_unit_has_limits_that_are_exactly_ties() -> None:
    bad = share_defective(found=1, sample_size=1, lot_size=1000)
    assert (bad.lower_parts_per_million, bad.upper_parts_per_million) == (25_000, 1_000_000)
    good = share_defective(found=0, sample_size=1, lot_size=1000)
    assert (good.lower_parts_per_million, good.upper_parts_per_million) == (0, 975_000)


def exact_limits(found: int, size: int, lot: int, half: Fraction) -> tuple[int, int]:
    """Every number of defective units is tried: those are kept that do not make the result too rare on either side."""
    kept = []
    for defectives in range(found, lot - size + found + 1):
        ways = [
            comb(defectives, count) * comb(lot - defectives, size - count)
            for count in range(min(size, defectives) + 1)
        ]
        at_least, at_most = (
            Fraction(sum(ways[found:]), comb(lot, size)),
            Fraction(sum(ways[: found + 1]), comb(lot, size)),
        )
        if at_least >= half and at_most >= half:
            kept.append(defectives)
    return kept[0], kept[-1]


@given(lot=st.integers(1, 60), data=st.data())
def test_large_samples_have_the_exact_limits(lot: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(lot // 10 + 1, lot))
    found = data.draw(st.integers(0, size))
    estimate = share_defective(found=found, sample_size=size, lot_size=lot)
    fewest, most = exact_limits(found, size, lot, Fraction(1, 40))
    assert estimate.method == "hypergeometric"
    assert estimate.lower_parts_per_million == fewest * 1_000_000 // lot
    assert estimate.upper_parts_per_million == -(-most * 1_000_000 // lot)


def test_a_tie_keeps_the_limit() -> None:
    """Forty units, 39 inspected, none found: one left defective is missed 1 time in 40, exactly half of 5 %."""
    estimate = share_defective(found=0, sample_size=39, lot_size=40)
    assert estimate.upper_parts_per_million == 25_000
    narrower = share_defective(found=0, sample_size=39, lot_size=40, confidence="0.9499999")
    assert narrower.upper_parts_per_million == 0


def test_the_method_changes_above_one_tenth_of_the_lot() -> None:
    assert share_defective(found=1, sample_size=125, lot_size=1250).method == "binomial"
    assert share_defective(found=1, sample_size=125, lot_size=1249).method == "hypergeometric"


def test_a_lot_inspected_whole_leaves_no_doubt() -> None:
    estimate = share_defective(found=3, sample_size=20, lot_size=20)
    assert (estimate.lower_parts_per_million, estimate.upper_parts_per_million) == (
        150_000,
        150_000,
    )


def test_the_interval_holds_the_share_for_a_billion_units() -> None:
    for size, found in ((10**8, 10**5), (5 * 10**8, 2 * 10**8), (10**9, 7)):
        estimate = share_defective(found=found, sample_size=size, lot_size=10**9)
        assert (
            estimate.lower_parts_per_million
            <= estimate.share * 1_000_000
            <= estimate.upper_parts_per_million
        )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"found": -1}, "count_not_whole"),
        ({"found": 1.5}, "count_not_whole"),
        ({"found": 126}, "count_exceeds"),
        ({"sample_size": 0}, "count_not_whole"),
        ({"sample_size": 3001}, "count_exceeds"),
        ({"lot_size": 0}, "lot_size_out_of_range"),
        ({"confidence": 0.95}, "share_not_exact"),
        ({"confidence": "95"}, "share_out_of_range"),
    ],
)
def test_refusals(asked: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {"found": 8, "sample_size": 125, "lot_size": 3000}
    with pytest.raises(SamplingError) as caught:
        share_defective(**usual | asked)
    assert caught.value.code == code
