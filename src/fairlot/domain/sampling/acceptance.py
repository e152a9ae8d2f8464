"""acceptance(): how likely a plan accepts, and how much it inspects, for lots of one quality.

One walk over the stages serves all three distributions: it carries the weight of every cumulative count that is still
undecided. For a finite lot the weights are binomial at the lot's own share, and one factor per count turns them into
hypergeometric probabilities. At the last stage every count below the rejection number accepts (the gap plans of Z1.4
reduced inspection), so that every lot is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum, isfinite
from typing import Final

import msgspec

from fairlot.domain.sampling.distributions import binomial, poisson
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.facts import ACCEPTANCE_NOT_PERMITTED, LOT_SIZE_MAX
from fairlot.domain.sampling.lookup import capped_sizes, check_lot_size, running_totals
from fairlot.domain.sampling.rule import Stage

STAGES_MAX: Final = 20
REJECTION_NUMBER_MAX: Final = 2_000
RATE_MAX: Final = 1_000.0


class ShareQuality(msgspec.Struct, frozen=True, kw_only=True):
    """A large lot, or the process it comes from: every unit is defective with this probability (binomial, type B)."""

    share: float


class RateQuality(msgspec.Struct, frozen=True, kw_only=True):
    """Nonconformities per unit, of which one unit may have several (Poisson, type B)."""

    per_unit: float


class LotQuality(msgspec.Struct, frozen=True, kw_only=True):
    """A lot of this size with this many defective units (hypergeometric, type A)."""

    lot_size: int
    defectives: int


Quality = ShareQuality | RateQuality | LotQuality


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """`probability` of acceptance; `average_sample_number` of units inspected when no stage is cut short.

    By stage: the probability to accept there, the probability to reach it, and the units inspected once it is done.
    """

    probability: float
    average_sample_number: float
    accepted_by_stage: tuple[float, ...]
    reached_by_stage: tuple[float, ...]
    inspected_by_stage: tuple[int, ...]


def acceptance(stages: Sequence[Stage], quality: Quality) -> Acceptance:
    """The course of a plan for lots of one quality.

    A stage is cut to what a finite lot still holds. Raises SamplingError for stages that contradict themselves and
    for a quality outside its range.
    """
    plan = check_stages(stages)
    check_quality(quality)
    match quality:
        case ShareQuality(share=share):
            sizes = tuple(stage.sample_size for stage in plan)
            return _walk(
                plan, sizes, lambda found, size: binomial(found, size=size, share=share), _unchanged
            )
        case RateQuality(per_unit=rate):
            sizes = tuple(stage.sample_size for stage in plan)
            return _walk(
                plan, sizes, lambda found, size: poisson(found, mean=size * rate), _unchanged
            )
        case LotQuality(lot_size=lot_size, defectives=defectives):
            return _finite(plan, lot_size, defectives)


def check_stages(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages, if they make a plan: at most 20, whole numbers, Re above Ac, neither ever falling."""
    if not 0 < len(stages) <= STAGES_MAX:
        raise SamplingError("stages_out_of_range", got=len(stages), most=STAGES_MAX)
    earlier = Stage(sample_size=1, acceptance_number=ACCEPTANCE_NOT_PERMITTED, rejection_number=0)
    for stage in stages:
        size, accepted, rejected = (
            stage.sample_size,
            stage.acceptance_number,
            stage.rejection_number,
        )
        if type(size) is not int or not 0 < size <= LOT_SIZE_MAX:
            raise SamplingError("sample_size_out_of_range", got=str(size), most=LOT_SIZE_MAX)
        if type(accepted) is not int or accepted < ACCEPTANCE_NOT_PERMITTED:
            raise SamplingError("acceptance_number_invalid", got=str(accepted))
        if type(rejected) is not int or rejected > REJECTION_NUMBER_MAX:
            raise SamplingError(
                "rejection_number_invalid", got=str(rejected), most=REJECTION_NUMBER_MAX
            )
        if rejected <= accepted:
            raise SamplingError(
                "rejection_not_above_acceptance", accepted=accepted, rejected=rejected
            )
        if accepted < earlier.acceptance_number or rejected < earlier.rejection_number:
            raise SamplingError("numbers_fall", accepted=accepted, rejected=rejected)
        earlier = stage
    return tuple(stages)


def check_quality(quality: Quality) -> None:
    """Raises SamplingError unless the share lies in 0..1, the rate in 0..1000, the defectives within the lot."""
    match quality:
        case ShareQuality(share=share):
            if not (isfinite(share) and 0.0 <= share <= 1.0):
                raise SamplingError("quality_share_out_of_range", got=str(share))
        case RateQuality(per_unit=rate):
            if not (isfinite(rate) and 0.0 <= rate <= RATE_MAX):
                raise SamplingError("quality_rate_out_of_range", got=str(rate), most=str(RATE_MAX))
        case LotQuality(lot_size=lot_size, defectives=defectives):
            check_lot_size(lot_size)
            if type(defectives) is not int or defectives < 0:
                raise SamplingError(
                    "count_not_whole", what="defective units", got=str(defectives), least=0
                )
            if defectives > lot_size:
                raise SamplingError(
                    "count_exceeds", what="defective units", got=defectives, most=lot_size
                )


def _finite(stages: tuple[Stage, ...], lot_size: int, defectives: int) -> Acceptance:
    """P(d in M units of N with D) = b(d; M, s) b(D-d; N-M, s) / b(D; N, s) for any s; s = D/N loses no digits."""
    sizes = capped_sizes(stages, lot_size=lot_size)
    share = defectives / lot_size
    whole = binomial(defectives, size=lot_size, share=share)

    def rest(found: int, inspected: int) -> float:
        return binomial(defectives - found, size=lot_size - inspected, share=share) / whole

    return _walk(stages, sizes, lambda found, size: binomial(found, size=size, share=share), rest)


def _unchanged(found: int, inspected: int) -> float:
    del found, inspected
    return 1.0


def _walk(
    stages: tuple[Stage, ...],
    sizes: tuple[int, ...],
    point: Callable[[int, int], float],
    rest: Callable[[int, int], float],
) -> Acceptance:
    """`point(found, size)` weighs a count within one sample, `rest(found, inspected)` what the lot then still holds."""
    inspected = running_totals(sizes)
    counts = range(stages[-1].rejection_number)
    points = {size: [point(found, size) for found in counts] for size in set(sizes)}
    open_weights = {
        0: 1.0
    }  # Cumulative count -> weight, for the counts that the earlier stages left undecided.
    accepted, reached = [], [1.0]
    for position, stage in enumerate(stages):
        weights = _drawn(open_weights, points[sizes[position]], stage.rejection_number)
        chances = [
            weight * rest(found, inspected[position]) for found, weight in enumerate(weights)
        ]
        is_last = position + 1 == len(stages)
        first_open = stage.rejection_number if is_last else stage.acceptance_number + 1
        accepted.append(fsum(chances[:first_open]))
        reached.append(fsum(chances[first_open:]))
        open_weights = dict(enumerate(weights[first_open:], start=first_open))
    return Acceptance(
        probability=min(1.0, fsum(accepted)),
        average_sample_number=fsum(
            size * chance for size, chance in zip(sizes, reached, strict=False)
        ),
        accepted_by_stage=tuple(accepted),
        reached_by_stage=tuple(reached[:-1]),
        inspected_by_stage=inspected,
    )


def _drawn(open_weights: dict[int, float], points: list[float], below: int) -> list[float]:
    """Weights of the cumulative counts 0 .. below-1 after one more sample."""
    weights = [0.0] * below
    for before, weight in open_weights.items():
        for found in range(below - before):
            weights[before + found] += weight * points[found]
    return weights
