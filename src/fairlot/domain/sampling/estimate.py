"""share_defective(): the share of a lot that is defective, estimated from a sample, with its Clopper-Pearson interval.

The interval is two-sided: each limit is the share at which a result at least as extreme as the one found has half of
the remaining probability. Samples of more than a tenth of the lot use the exact hypergeometric limits, which are whole
units of the lot; smaller ones the binomial limits.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Final, Literal

import msgspec

from fairlot.domain.sampling.distributions import binomial_tail, hypergeometric_tail
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.exact import Share, read_share
from fairlot.domain.sampling.lookup import check_lot_size

PARTS_PER_MILLION: Final = 1_000_000
CONFIDENCE_DEFAULT: Final = "0.95"
_BINOMIAL_SHARE_MAX: Final = 10  # The sample is at most one tenth of the lot.
_TIE_DOUBT: Final = 1e-9  # Nearer to a tie than this, the tail is summed in whole numbers.
_EXACT_SIZE_MAX: Final = 2_000
_EXACT_LOT_SIZE_MAX: Final = 20_000  # Above it one unit of the lot is less than any doubt.


class ShareEstimate(msgspec.Struct, frozen=True, kw_only=True):
    """`found` of `sample_size` units; the limits of the interval in parts per million, rounded outward."""

    found: int
    sample_size: int
    lot_size: int
    confidence: str
    method: Literal["binomial", "hypergeometric"]
    lower_parts_per_million: int
    upper_parts_per_million: int

    @property
    def share(self) -> Fraction:
        """The point estimate, exactly."""
        return Fraction(self.found, self.sample_size)


def share_defective(
    *, found: int, sample_size: int, lot_size: int, confidence: Share = CONFIDENCE_DEFAULT
) -> ShareEstimate:
    """Estimates the share defective of a lot from the defective units found in a sample.

    Raises SamplingError `lot_size_...`, `count_not_whole`, `count_exceeds`, `share_...`.
    """
    check_lot_size(lot_size)
    for what, count, least, most in (
        ("units inspected", sample_size, 1, lot_size),
        ("defective units", found, 0, sample_size),
    ):
        if type(count) is not int or count < least:
            raise SamplingError("count_not_whole", what=what, got=str(count), least=least)
        if count > most:
            raise SamplingError("count_exceeds", what=what, got=count, most=most)
    level = read_share(confidence, name="confidence")
    half = (1 - level) / 2
    finite = sample_size * _BINOMIAL_SHARE_MAX > lot_size
    limits = _hypergeometric_limits if finite else _binomial_limits
    lower, upper = limits(found, sample_size, lot_size, half)
    return ShareEstimate(
        found=found,
        sample_size=sample_size,
        lot_size=lot_size,
        confidence=str(confidence),
        method="hypergeometric" if finite else "binomial",
        lower_parts_per_million=lower,
        upper_parts_per_million=upper,
    )


def _binomial_limits(
    found: int, sample_size: int, lot_size: int, half: Fraction
) -> tuple[int, int]:
    """The last whole part per million not above the lower limit, and the first not below the upper one."""
    del lot_size

    def is_at_most_half(parts: int, *, upper: bool) -> bool:
        share = Fraction(parts, PARTS_PER_MILLION)
        tail = binomial_tail(found, size=sample_size, share=float(share), upper=upper)
        if abs(tail - half) > _TIE_DOUBT or sample_size > _EXACT_SIZE_MAX:
            return tail <= half
        return _exact_binomial_tail(found, sample_size, share, upper=upper) <= half

    lower = (
        _first(1, PARTS_PER_MILLION, lambda parts: not is_at_most_half(parts, upper=True)) - 1
        if found
        else 0
    )
    upper = _first(0, PARTS_PER_MILLION, lambda parts: is_at_most_half(parts, upper=False))
    return lower, upper


def _exact_binomial_tail(found: int, size: int, share: Fraction, *, upper: bool) -> Fraction:
    bad, all_units = share.numerator, share.denominator
    counts = range(found, size + 1) if upper else range(found + 1)
    ways = sum(
        comb(size, count) * bad**count * (all_units - bad) ** (size - count) for count in counts
    )
    return Fraction(ways, all_units**size)


def _hypergeometric_limits(
    found: int, sample_size: int, lot_size: int, half: Fraction
) -> tuple[int, int]:
    """The fewest and the most defective units of the lot that the result does not rule out, as parts per million."""

    def ruled_out(defectives: int, *, upper: bool) -> bool:
        tail = hypergeometric_tail(
            found, size=sample_size, lot=lot_size, defectives=defectives, upper=upper
        )
        if abs(tail - half) > _TIE_DOUBT or lot_size > _EXACT_LOT_SIZE_MAX:
            return tail < half
        return _exact_tail(found, sample_size, lot_size, defectives, upper=upper) < half

    most = lot_size - sample_size + found
    fewest_defectives = _first(found, most, lambda count: not ruled_out(count, upper=True))
    most_defectives = (
        _first(found, most + 1, lambda count: count > most or ruled_out(count, upper=False)) - 1
    )
    return (
        fewest_defectives * PARTS_PER_MILLION // lot_size,
        -(-most_defectives * PARTS_PER_MILLION // lot_size),
    )


def _exact_tail(found: int, size: int, lot: int, defectives: int, *, upper: bool) -> Fraction:
    counts = (
        range(found, min(size, defectives) + 1)
        if upper
        else range(max(0, size + defectives - lot), found + 1)
    )
    return Fraction(
        sum(comb(defectives, count) * comb(lot - defectives, size - count) for count in counts),
        comb(lot, size),
    )


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Smallest number in low..high for which `holds`, which must hold from some number on; `high` if none earlier."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
