"""Says a chance so that a buyer understands it: "a lot with 6 % defective passes this plan 1 time in 3"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import msgspec

from fairlot.domain.sampling.risks import Distribution, chance_of_acceptance
from fairlot.domain.sampling.rule import Stage

_CERTAIN: Final = 0.9995
_RARE: Final = 0.0005
_SIMPLE_FROM: Final = 0.095
_SIMPLE: Final = (
    (1, 10),
    (1, 5),
    (1, 4),
    (3, 10),
    (1, 3),
    (2, 5),
    (1, 2),
    (3, 5),
    (2, 3),
    (7, 10),
    (3, 4),
    (4, 5),
    (9, 10),
)

_ROUND: Final = (10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1_000, 2_000)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """The same statement in English and in Chinese."""

    en: str
    zh: str


def chance_in_words(chance: float) -> Sentence:
    """A chance as "1 time in 3", rounded to what a person can picture.

    Between one in ten and nine in ten the nearest of thirteen simple fractions; outside, the nearest round number of
    times; beyond one in two thousand, never and always.
    """
    if chance >= _CERTAIN:
        return Sentence(en="practically always", zh="几乎总是")
    if chance < _RARE:
        return Sentence(en="practically never", zh="几乎从不")
    times, of = _as_fraction(chance)
    return Sentence(
        en=f"{times:,} {'time' if times == 1 else 'times'} in {of:,}",
        zh=f"每 {of} 次中有 {times} 次",
    )


def passing_in_words(
    stages: Sequence[Stage], *, value: float, distribution: Distribution = "binomial"
) -> Sentence:
    """What a buyer asks: how often does a lot of this quality pass this plan?"""
    chance = chance_in_words(chance_of_acceptance(stages, value, distribution))
    hundredths = shown_hundredths(value)
    if distribution == "poisson":
        return Sentence(
            en=f"A lot with {hundredths} defects per 100 units passes this plan {chance.en}.",
            zh=f"每百件有 {hundredths} 个缺陷的批{_adverb(chance)}通过本方案。",
        )
    return Sentence(
        en=f"A lot with {hundredths} % defective passes this plan {chance.en}.",
        zh=f"不合格品率为 {hundredths}% 的批{_adverb(chance)}通过本方案。",
    )


def shown_hundredths(value: float) -> str:
    """A share as percent (or a rate as a number per 100 units), with three digits that count: 0.0615 is "6.15"."""
    hundredths = Decimal(repr(value)) * 100
    if hundredths == 0:
        return "0"
    digits = Decimal(1).scaleb(max(hundredths.adjusted() - 2, -6))
    rounded = hundredths.quantize(min(digits, Decimal(1)), rounding=ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def _as_fraction(chance: float) -> tuple[int, int]:
    if chance < _SIMPLE_FROM:
        return 1, _nearest_round(1.0 / chance)
    if chance > 1.0 - _SIMPLE_FROM:
        of = _nearest_round(1.0 / (1.0 - chance))
        return of - 1, of
    return min(_SIMPLE, key=lambda pair: abs(pair[0] / pair[1] - chance))


def _nearest_round(times: float) -> int:
    return min(_ROUND, key=lambda number: max(number / times, times / number))


def _adverb(chance: Sentence) -> str:
    return chance.zh if chance.zh.startswith("几乎") else f"{chance.zh}会"
