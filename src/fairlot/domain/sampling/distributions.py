"""Binomial, Poisson and hypergeometric probabilities, accurate to the last few digits for lots of any size.

Point probabilities follow C. Loader, "Fast and accurate computation of binomial probabilities" (2000): the deviance and
Stirling's error in place of differences between huge logarithms. Tails are summed from the largest term outward.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p, pi, sqrt
from typing import Final

_NEGLIGIBLE: Final = 1e-17  # Part of a sum below which no term can change it.
_STIRLING_TABLE: Final = tuple(
    0.0
    if count == 0
    else lgamma(count + 1.0) - (count + 0.5) * log(count) + count - 0.5 * log(2.0 * pi)
    for count in range(16)
)


def binomial(found: int, *, size: int, share: float) -> float:
    """P(exactly `found` defective in `size` units) when each is defective with probability `share`."""
    if found < 0 or found > size:
        return 0.0
    if share <= 0.0 or share >= 1.0:
        certain = 0 if share <= 0.0 else size
        return 1.0 if found == certain else 0.0
    rest = size - found
    if found == 0:
        return exp(size * log1p(-share))
    if rest == 0:
        return exp(size * log(share))
    logarithm = (
        _stirling_error(size)
        - _stirling_error(found)
        - _stirling_error(rest)
        - _deviance(found, size * share)
        - _deviance(rest, size * (1.0 - share))
    )
    return exp(logarithm) * sqrt(size / (2.0 * pi * found * rest))


def poisson(found: int, *, mean: float) -> float:
    """P(exactly `found` events) when `mean` are expected."""
    if found < 0:
        return 0.0
    if mean <= 0.0:
        return 1.0 if found == 0 else 0.0
    if found == 0:
        return exp(-mean)
    return exp(-_stirling_error(found) - _deviance(found, mean)) / sqrt(2.0 * pi * found)


def hypergeometric(found: int, *, size: int, lot: int, defectives: int) -> float:
    """P(exactly `found` defective in `size` units drawn without replacement from `lot` with `defectives`)."""
    if found < max(0, size + defectives - lot) or found > min(size, defectives):
        return 0.0
    if size in (0, lot) or defectives in (0, lot):
        return 1.0
    share = size / lot
    drawn = binomial(found, size=defectives, share=share)
    left = binomial(size - found, size=lot - defectives, share=share)
    return drawn * left / binomial(size, size=lot, share=share)


def hypergeometric_tail(
    found: int, *, size: int, lot: int, defectives: int, upper: bool = False
) -> float:
    """P(X <= found), or P(X >= found) for the upper tail."""
    least, most = max(0, size + defectives - lot), min(size, defectives)
    good_left = (
        lot - size - defectives
    )  # Good units left in the lot when none of the sample is defective.
    if upper:
        if found <= least or found > most:
            return 1.0 if found <= least else 0.0
        if found * lot <= size * defectives:
            return 1.0 - hypergeometric_tail(found - 1, size=size, lot=lot, defectives=defectives)
        term = hypergeometric(found, size=size, lot=lot, defectives=defectives)
        return _summed(
            found,
            1,
            term,
            lambda at: (size - at) * (defectives - at) / ((at + 1) * (good_left + at + 1)),
        )
    if found < least or found >= most:
        return 0.0 if found < least else 1.0
    if found * lot > size * defectives:
        return 1.0 - hypergeometric_tail(
            found + 1, size=size, lot=lot, defectives=defectives, upper=True
        )
    term = hypergeometric(found, size=size, lot=lot, defectives=defectives)
    return _summed(
        found,
        -1,
        term,
        lambda at: at * (good_left + at) / ((size - at + 1) * (defectives - at + 1)),
    )


def binomial_tail(found: int, *, size: int, share: float, upper: bool = False) -> float:
    """P(X <= found), or P(X >= found) for the upper tail."""
    if upper:
        return binomial_tail(size - found, size=size, share=1.0 - share)
    if found < 0:
        return 0.0
    if found >= size or share <= 0.0:
        return 1.0
    if found > size * share:
        return 1.0 - binomial_tail(size - found - 1, size=size, share=1.0 - share)
    term = binomial(found, size=size, share=share)
    return _summed(found, -1, term, lambda at: at * (1.0 - share) / ((size - at + 1) * share))


def poisson_tail(found: int, *, mean: float) -> float:
    """P(X <= found)."""
    if found < 0:
        return 0.0
    if mean <= 0.0:
        return 1.0
    if found <= mean:
        return _summed(found, -1, poisson(found, mean=mean), lambda count: count / mean)
    first = found + 1
    return 1.0 - _summed(first, 1, poisson(first, mean=mean), lambda count: mean / (count + 1))


def _summed(count: int, step: int, term: float, ratio: Callable[[int], float]) -> float:
    """Sum of a tail whose terms only become smaller: `ratio(count)` leads from one term to the next."""
    total = 0.0
    while term > total * _NEGLIGIBLE:
        total += term
        term *= ratio(count)
        count += step
    return total


def _stirling_error(count: int) -> float:
    """log(count!) minus Stirling's formula for it."""
    if count < len(_STIRLING_TABLE):
        return _STIRLING_TABLE[count]
    square = float(count) * count
    series = 1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square
    return (1 / 12 - (1 / 360 - series / square) / square) / count


def _deviance(observed: float, expected: float) -> float:
    """observed * log(observed / expected) + expected - observed, without cancellation where the two are near."""
    difference = observed - expected
    if abs(difference) >= 0.1 * (observed + expected):
        return observed * log(observed / expected) - difference
    ratio = difference / (observed + expected)
    total = difference * ratio
    term = 2.0 * observed * ratio
    square = ratio * ratio
    odd = 3
    while True:
        term *= square
        following = total + term / odd
        if following == total:
            return total
        total = following
        odd += 2
