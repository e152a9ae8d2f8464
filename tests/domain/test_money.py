"""Money: half up against exact fractions, splits that always sum, decimals as ISO 4217 has them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iso4217 import Currency

from fairlot.domain.money import (
    AMOUNT_MINOR_MAX,
    CURRENCIES,
    amount_text,
    basis_points_of,
    divide_half_up,
    exponent_of,
    fraction_of,
    split_by_weights,
)

AMOUNTS = st.integers(0, AMOUNT_MINOR_MAX)
DEBTS = st.integers(-AMOUNT_MINOR_MAX, AMOUNT_MINOR_MAX)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any)


def half_up(exact: Fraction) -> int:
    """The rule of ruling A12 once more, by another road: away from zero from one half on."""
    magnitude = math.floor(abs(exact) + Fraction(1, 2))
    return magnitude if exact >= 0 else -magnitude


def half_even(exact: Fraction) -> int:
    return round(exact)


class TestHalfUp:
    @given(DEBTS, st.integers(1, 10**12))
    def test_the_nearest_integer_ties_away_from_zero(
        self, numerator: int, denominator: int
    ) -> None:
        assert divide_half_up(numerator, denominator) == half_up(Fraction(numerator, denominator))

    @given(st.integers(-1000, 1000), st.integers(1, 40))
    def test_near_ties(self, numerator: int, denominator: int) -> None:
        assert divide_half_up(numerator, denominator) == half_up(Fraction(numerator, denominator))

    def test_banker_s_rounding_would_be_caught(self) -> None:
        assert divide_half_up(5, 2) == half_up(Fraction(5, 2)) == 3
        assert half_even(Fraction(5, 2)) == 2

    @given(DEBTS, st.integers(1, 10**9))
    def test_a_sign_changes_nothing_else(self, numerator: int, denominator: int) -> None:
        assert divide_half_up(-numerator, denominator) == -divide_half_up(numerator, denominator)

    @pytest.mark.parametrize(
        ("amount_minor", "basis_points", "fee_minor"),
        [
            (53_553, 280, 1_499),  # 1,499.484
            (53_554, 280, 1_500),  # 1,499.512
            (53_590, 280, 1_501),  # 1,500.52
            (1_000_000, 280, 28_000),
            (0, 280, 0),
            (25, 200, 1),  # 0.5, the tie
        ],
    )
    def test_the_card_s_fee(self, amount_minor: int, basis_points: int, fee_minor: int) -> None:
        assert basis_points_of(amount_minor, basis_points) == fee_minor

    def test_a_price_reduction_in_yen(self) -> None:
        assert fraction_of(1_233_369, 11, 125) == 108_536

    def test_nothing_is_divided_by_nothing(self) -> None:
        with pytest.raises(AssertionError):
            divide_half_up(1, 0)


def splits_fairly(amount_minor: int, weights: list[int], parts: tuple[int, ...]) -> bool:
    """Whether the parts sum, stay within one unit of their share, and give the rest by largest remainder, earlier first."""
    total = sum(weights)
    shares = [Fraction(amount_minor * weight, total) for weight in weights]
    extra = [part - math.floor(share) for part, share in zip(parts, shares, strict=True)]
    order = sorted(range(len(parts)), key=lambda i: (-(shares[i] - math.floor(shares[i])), i))
    ranked = [extra[i] for i in order]
    return (
        sum(parts) == amount_minor
        and set(extra) <= {0, 1}
        and ranked == sorted(ranked, reverse=True)
    )


class TestSplit:
    @given(AMOUNTS, WEIGHTS)
    def test_splits_sum_and_are_fair(self, amount_minor: int, weights: list[int]) -> None:
        assert splits_fairly(amount_minor, weights, split_by_weights(amount_minor, weights))

    @given(st.integers(0, 200), st.lists(st.integers(0, 7), min_size=1, max_size=6).filter(any))
    def test_small_amounts_too(self, amount_minor: int, weights: list[int]) -> None:
        assert splits_fairly(amount_minor, weights, split_by_weights(amount_minor, weights))

    @given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
    def test_only_proportions_matter(
        self, amount_minor: int, weights: list[int], factor: int
    ) -> None:
        scaled = [weight * factor for weight in weights]
        assert split_by_weights(amount_minor, scaled) == split_by_weights(amount_minor, weights)

    def test_a_split_that_loses_a_cent_or_favors_the_later_would_be_caught(self) -> None:
        assert split_by_weights(1001, [1, 1]) == (501, 500)
        assert not splits_fairly(1001, [1, 1], (500, 500))
        assert not splits_fairly(1001, [1, 1], (500, 501))

    def test_who_weighs_nothing_gets_nothing(self) -> None:
        assert split_by_weights(7, [0, 3, 0]) == (0, 7, 0)

    @pytest.mark.parametrize(("amount_minor", "weights"), [(-1, [1]), (1, [0, 0]), (1, [2, -1])])
    def test_debts_and_weightless_splits_are_faults(
        self, amount_minor: int, weights: list[int]
    ) -> None:
        with pytest.raises(AssertionError):
            split_by_weights(amount_minor, weights)


class TestDecimals:
    @pytest.mark.parametrize("currency", Currency)
    def test_the_exponent_is_that_of_iso_4217(self, currency: Currency) -> None:
        if currency.exponent is not None:  # Gold and the testing code have none.
            assert exponent_of(currency.code) == currency.exponent

    def test_the_currencies_are_those_of_iso_4217_with_minor_units(self) -> None:
        assert {c.code for c in Currency if c.exponent is not None} == CURRENCIES

    @pytest.mark.parametrize(
        ("amount_minor", "currency", "text"),
        [
            (112_500, "USD", "USD 1,125.00"),
            (5, "USD", "USD 0.05"),
            (-5, "USD", "USD -0.05"),
            (108_536, "JPY", "JPY 108,536"),
            (1_234_567, "KWD", "KWD 1,234.567"),
            (0, "EUR", "EUR 0.00"),
        ],
    )
    def test_amounts_are_written_out(self, amount_minor: int, currency: str, text: str) -> None:
        assert amount_text(amount_minor, currency) == text

    @given(DEBTS, st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
    def test_the_text_holds_every_digit(self, amount_minor: int, currency: str) -> None:
        digits = amount_text(amount_minor, currency).removeprefix(currency)
        assert int(digits.replace(",", "").replace(".", "")) == amount_minor
