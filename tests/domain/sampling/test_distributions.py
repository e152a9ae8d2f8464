"""Point probabilities and tails to the last few digits, against whole-number arithmetic and an independent library."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairlot.domain.sampling.distributions import (
    binomial,
    binomial_tail,
    hypergeometric,
    hypergeometric_tail,
    poisson,
    poisson_tail,
)

SMALLEST = 1e-290  # Below it floats have too few digits left to compare.


@given(size=st.integers(1, 400), data=st.data(), share=st.floats(1e-6, 1 - 1e-6))
def test_binomial(size: int, data: st.DataObject, share: float) -> None:
    found = data.draw(st.integers(0, size))
    exact = comb(size, found) * Fraction(share) ** found * (1 - Fraction(share)) ** (size - found)
    if exact > SMALLEST:
        assert binomial(found, size=size, share=share) == pytest.approx(float(exact), rel=1e-12)


@given(lot=st.integers(1, 2000), data=st.data())
def test_hypergeometric(lot: int, data: st.DataObject) -> None:
    defectives, size = data.draw(st.integers(0, lot)), data.draw(st.integers(0, lot))
    least, most = max(0, size + defectives - lot), min(size, defectives)
    found = data.draw(st.integers(least, most))
    exact = Fraction(
        comb(defectives, found) * comb(lot - defectives, size - found), comb(lot, size)
    )
    if exact > SMALLEST:
        point = hypergeometric(found, size=size, lot=lot, defectives=defectives)
        assert point == pytest.approx(float(exact), rel=2e-12)
    assert hypergeometric(least - 1, size=size, lot=lot, defectives=defectives) == 0.0
    assert hypergeometric(most + 1, size=size, lot=lot, defectives=defectives) == 0.0


@given(mean=st.floats(1e-6, 500), found=st.integers(0, 800))
def test_poisson(mean: float, found: int) -> None:
    expected = float(stats.poisson.pmf(found, mean))
    if expected > 1e-250:
        assert poisson(found, mean=mean) == pytest.approx(expected, rel=1e-10)


@given(size=st.integers(1, 3150), data=st.data(), share=st.floats(0, 1))
def test_binomial_tails(size: int, data: st.DataObject, share: float) -> None:
    found = data.draw(st.integers(-1, size))
    below = binomial_tail(found, size=size, share=share)
    assert below == pytest.approx(float(stats.binom.cdf(found, size, share)), abs=1e-12)
    assert below + binomial_tail(found + 1, size=size, share=share, upper=True) == pytest.approx(
        1.0, abs=1e-12
    )


@given(lot=st.integers(1, 60), data=st.data())
def test_hypergeometric_tails(lot: int, data: st.DataObject) -> None:
    defectives, size = data.draw(st.integers(0, lot)), data.draw(st.integers(0, lot))
    found = data.draw(st.integers(-1, size))
    ways = [
        comb(defectives, count) * comb(lot - defectives, size - count) for count in range(size + 1)
    ]
    below = Fraction(sum(ways[: found + 1]), comb(lot, size))
    assert hypergeometric_tail(found, size=size, lot=lot, defectives=defectives) == pytest.approx(
        float(below), abs=1e-13
    )
    above = hypergeometric_tail(found + 1, size=size, lot=lot, defectives=defectives, upper=True)
    assert above == pytest.approx(float(1 - below), abs=1e-13)


@given(mean=st.floats(0, 300), found=st.integers(-1, 600))
def test_poisson_tails(mean: float, found: int) -> None:
    assert poisson_tail(found, mean=mean) == pytest.approx(
        float(stats.poisson.cdf(found, mean)), abs=1e-12
    )


@pytest.mark.parametrize(
    ("found", "size", "share", "chance"),
    [
        (0, 5, 0.0, 1.0),
        (1, 5, 0.0, 0.0),
        (5, 5, 1.0, 1.0),
        (4, 5, 1.0, 0.0),
        (-1, 5, 0.5, 0.0),
        (6, 5, 0.5, 0.0),
        (0, 0, 0.5, 1.0),
    ],
)
def test_binomial_where_nothing_is_left_to_chance(
    found: int, size: int, share: float, chance: float
) -> None:
    assert binomial(found, size=size, share=share) == chance


def test_poisson_where_nothing_is_left_to_chance() -> None:
    assert [poisson(found, mean=0.0) for found in (-1, 0, 1)] == [0.0, 1.0, 0.0]
    assert poisson_tail(3, mean=0.0) == 1.0


def test_a_lot_of_a_billion_loses_no_digits() -> None:
    """The mean of the whole distribution, term by term: 50 of 1000 at five in a hundred."""
    lot, defectives, size = 10**9, 5 * 10**7, 1000
    points = [
        hypergeometric(found, size=size, lot=lot, defectives=defectives) for found in range(200)
    ]
    assert sum(points) == pytest.approx(1.0, abs=1e-13)
    assert sum(found * point for found, point in enumerate(points)) == pytest.approx(
        50.0, abs=1e-11
    )
