"""What a plan means for the two sides: risks, the quality that passes with a given chance, and long-run quality.

Shares are fractions of 1 (0.025 is 2.5 %); rates are nonconformities per unit. Formulas: average outgoing quality
p * sum over stages of Pa_k (N - n_k) / N, where n_k are the units inspected when stage k accepts and rejected lots are
fully inspected with defective units replaced; average total inspection sum of Pa_k n_k plus N (1 - Pa).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from fairlot.domain.sampling.acceptance import (
    RATE_MAX,
    Acceptance,
    RateQuality,
    ShareQuality,
    acceptance,
    check_stages,
)
from fairlot.domain.sampling.aql import counts_nonconformities
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.lookup import check_lot_size
from fairlot.domain.sampling.rule import Stage

Distribution = Literal["binomial", "poisson"]

_HALVINGS: Final = 200  # More than the binary digits of any float.
_GRID: Final = 400
_GOLDEN: Final = 0.6180339887498949


class OutgoingQuality(msgspec.Struct, frozen=True, kw_only=True):
    """Long-run effect of inspecting lots of one quality and sorting the rejected ones."""

    average_outgoing_quality: float
    average_total_inspection: float


class OutgoingQualityLimit(msgspec.Struct, frozen=True, kw_only=True):
    """The worst average outgoing quality, and the incoming quality that leads to it."""

    limit: float
    incoming_quality: float


def distribution_of_aql(aql: str) -> Distribution:
    """Binomial for defective units (AQL to 10), Poisson for nonconformities per 100 units above."""
    return "poisson" if counts_nonconformities(aql) else "binomial"


def quality(value: float, distribution: Distribution) -> ShareQuality | RateQuality:
    return ShareQuality(share=value) if distribution == "binomial" else RateQuality(per_unit=value)


def chance_of_acceptance(
    stages: Sequence[Stage], value: float, distribution: Distribution = "binomial"
) -> float:
    """P(accept) for a share defective, or a rate of nonconformities per unit."""
    return acceptance(stages, quality(value, distribution)).probability


def quality_at_chance(
    stages: Sequence[Stage],
    *,
    chance: float,
    distribution: Distribution = "binomial",
    digits: int = 15,
) -> float:
    """The quality that passes with the given probability: 0.95 gives p95, 0.10 the limiting quality p10.

    `digits` are the decimal digits that must be right. Raises SamplingError `chance_out_of_range`, and `chance_never_reached` for a plan that accepts every lot or none.
    """
    check_chance(chance)
    stages = check_stages(stages)
    low, high = 0.0, 1.0 if distribution == "binomial" else RATE_MAX
    if not (
        chance_of_acceptance(stages, high, distribution)
        <= chance
        <= chance_of_acceptance(stages, low, distribution)
    ):
        raise SamplingError("chance_never_reached", got=str(chance))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if high - low <= high * 10.0**-digits or middle in (low, high):
            break
        if chance_of_acceptance(stages, middle, distribution) > chance:
            low = middle
        else:
            high = middle
    return high


def check_chance(chance: float) -> None:
    if not 0.0 < chance < 1.0:
        raise SamplingError("chance_out_of_range", got=str(chance))


def producers_risk(
    stages: Sequence[Stage], *, good: float, distribution: Distribution = "binomial"
) -> float:
    """Chance that a lot of good quality is rejected."""
    return 1.0 - chance_of_acceptance(stages, good, distribution)


def consumers_risk(
    stages: Sequence[Stage], *, bad: float, distribution: Distribution = "binomial"
) -> float:
    """Chance that a lot of bad quality is accepted."""
    return chance_of_acceptance(stages, bad, distribution)


def outgoing_quality(
    stages: Sequence[Stage], *, lot_size: int, value: float, distribution: Distribution = "binomial"
) -> OutgoingQuality:
    """AOQ and ATI for lots of one quality; the sample never exceeds the lot."""
    check_lot_size(lot_size)
    return outgoing_from(
        acceptance(stages, quality(value, distribution)), lot_size=lot_size, value=value
    )


def outgoing_from(course: Acceptance, *, lot_size: int, value: float) -> OutgoingQuality:
    """AOQ and ATI from the course of a plan."""
    left = inspected = 0.0
    for chance, size in zip(course.accepted_by_stage, course.inspected_by_stage, strict=True):
        left += chance * max(0, lot_size - size)
        inspected += chance * min(lot_size, size)
    return OutgoingQuality(
        average_outgoing_quality=value * left / lot_size,
        average_total_inspection=inspected + lot_size * (1.0 - course.probability),
    )


def outgoing_quality_limit(
    stages: Sequence[Stage], *, lot_size: int, distribution: Distribution = "binomial"
) -> OutgoingQualityLimit:
    """AOQL: the largest average outgoing quality over all incoming qualities."""

    def outgoing(value: float) -> float:
        found = outgoing_quality(stages, lot_size=lot_size, value=value, distribution=distribution)
        return found.average_outgoing_quality

    # Beyond the quality that almost never passes nothing goes out, so the grid ends there.
    end = quality_at_chance(stages, chance=1e-9, distribution=distribution)
    best = max(range(1, _GRID), key=lambda step: outgoing(end * step / _GRID))
    low, high = end * (best - 1) / _GRID, end * (best + 1) / _GRID
    while high - low > 1e-9 * end:
        span = (high - low) * _GOLDEN
        if outgoing(high - span) < outgoing(low + span):
            low = high - span
        else:
            high = low + span
    incoming = (low + high) / 2.0
    return OutgoingQualityLimit(limit=outgoing(incoming), incoming_quality=incoming)
