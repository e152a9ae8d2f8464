"""Curves over many qualities at once; numpy is imported only when a curve is asked for.

The walk is that of `acceptance`, carried out for all points together: one array holds the weights of all counts for
all points. Sample sizes so large that logarithms would lose digits are walked point by point instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma
from typing import TYPE_CHECKING, Any, Final

import msgspec

from fairlot.domain.sampling.acceptance import (
    LotQuality,
    acceptance,
    check_quality,
    check_stages,
)
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.lookup import check_lot_size, running_totals
from fairlot.domain.sampling.risks import Distribution, outgoing_from, quality, quality_at_chance
from fairlot.domain.sampling.rule import Stage

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Array = NDArray[float64]

POINTS_MAX: Final = 100_000
_VECTOR_SIZE_MAX: Final = 20_000


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One plan over many qualities: shares of 1, or nonconformities per unit. Outgoing curves need a lot size."""

    qualities: tuple[float, ...]
    probabilities: tuple[float, ...]
    average_sample_numbers: tuple[float, ...]
    average_outgoing_qualities: tuple[float, ...] = ()
    average_total_inspections: tuple[float, ...] = ()


def even_qualities(
    stages: Sequence[Stage], *, points: int = 200, distribution: Distribution = "binomial"
) -> tuple[float, ...]:
    """Evenly spaced qualities from 0 to where the plan accepts only one lot in a thousand."""
    if not 2 <= points <= POINTS_MAX:
        raise SamplingError("points_out_of_range", got=points, most=POINTS_MAX)
    end = quality_at_chance(stages, chance=0.001, distribution=distribution, digits=3)
    return tuple(end * point / (points - 1) for point in range(points))


def operating_curve(
    stages: Sequence[Stage],
    *,
    qualities: Sequence[float],
    distribution: Distribution = "binomial",
    lot_size: int | None = None,
) -> Curve:
    """Probability of acceptance and average sample number (type B), and with a lot size AOQ and ATI, at each quality."""
    plan = check_stages(stages)
    if len(qualities) > POINTS_MAX:
        raise SamplingError("points_out_of_range", got=len(qualities), most=POINTS_MAX)
    for value in qualities:
        check_quality(quality(value, distribution))
    if lot_size is not None:
        check_lot_size(lot_size)
    if max(stage.sample_size for stage in plan) > _VECTOR_SIZE_MAX:
        return _point_by_point(plan, qualities, distribution, lot_size)
    return _together(plan, qualities, distribution, lot_size)


def lot_curve(stages: Sequence[Stage], *, lot_size: int, defectives: Sequence[int]) -> Curve:
    """The same for a finite lot with each of these numbers of defective units (hypergeometric, type A)."""
    if len(defectives) > POINTS_MAX:
        raise SamplingError("points_out_of_range", got=len(defectives), most=POINTS_MAX)
    courses = [
        acceptance(stages, LotQuality(lot_size=lot_size, defectives=number))
        for number in defectives
    ]
    shares = [number / lot_size for number in defectives]
    outgoing = [
        outgoing_from(course, lot_size=lot_size, value=share)
        for course, share in zip(courses, shares, strict=True)
    ]
    return Curve(
        qualities=tuple(shares),
        probabilities=tuple(course.probability for course in courses),
        average_sample_numbers=tuple(course.average_sample_number for course in courses),
        average_outgoing_qualities=tuple(found.average_outgoing_quality for found in outgoing),
        average_total_inspections=tuple(found.average_total_inspection for found in outgoing),
    )


def _point_by_point(
    stages: tuple[Stage, ...],
    qualities: Sequence[float],
    distribution: Distribution,
    lot_size: int | None,
) -> Curve:
    courses = [acceptance(stages, quality(value, distribution)) for value in qualities]
    outgoing = (
        [
            outgoing_from(course, lot_size=lot_size, value=value)
            for course, value in zip(courses, qualities, strict=True)
        ]
        if lot_size is not None
        else []
    )
    return Curve(
        qualities=tuple(qualities),
        probabilities=tuple(course.probability for course in courses),
        average_sample_numbers=tuple(course.average_sample_number for course in courses),
        average_outgoing_qualities=tuple(found.average_outgoing_quality for found in outgoing),
        average_total_inspections=tuple(found.average_total_inspection for found in outgoing),
    )


def _together(
    stages: tuple[Stage, ...],
    qualities: Sequence[float],
    distribution: Distribution,
    lot_size: int | None,
) -> Curve:
    import numpy as np  # noqa: PLC0415  (numpy costs more to import than the rest of the package)

    values = np.asarray(qualities, dtype=np.float64)
    below = stages[-1].rejection_number
    points = {
        size: _points(np, size, below, values, distribution)
        for size in {stage.sample_size for stage in stages}
    }
    inspected = running_totals(tuple(stage.sample_size for stage in stages))
    probability, samples, left, total = (np.zeros_like(values) for _ in range(4))
    first, weights = (
        0,
        np.ones((1, len(values))),
    )  # Weights of the undecided counts, the smallest of which is `first`.
    for position, stage in enumerate(stages):
        samples += stage.sample_size * weights.sum(axis=0)
        drawn = np.zeros((stage.rejection_number, len(values)))
        for row, weight in enumerate(weights):
            before = first + row
            drawn[before:] += weight * points[stage.sample_size][: stage.rejection_number - before]
        is_last = position + 1 == len(stages)
        first = stage.rejection_number if is_last else stage.acceptance_number + 1
        accepted = drawn[:first].sum(axis=0)
        probability += accepted
        if lot_size is not None:
            left += accepted * max(0, lot_size - inspected[position])
            total += accepted * min(lot_size, inspected[position])
        weights = drawn[first:]
    np.minimum(probability, 1.0, out=probability)
    return Curve(
        qualities=tuple(qualities),
        probabilities=tuple(probability.tolist()),
        average_sample_numbers=tuple(samples.tolist()),
        average_outgoing_qualities=()
        if lot_size is None
        else tuple((values * left / lot_size).tolist()),
        average_total_inspections=()
        if lot_size is None
        else tuple((total + lot_size * (1.0 - probability)).tolist()),
    )


def _points(np: Any, size: int, below: int, values: Array, distribution: Distribution) -> Array:
    """Probabilities of 0 .. below-1 in one sample, a row per count and a column per quality."""
    counts = np.arange(below, dtype=np.float64)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        if distribution == "poisson":
            constants = np.array([-lgamma(count + 1.0) for count in range(below)])[:, None]
            exponents = constants + counts * np.log(size * values) - size * values
        else:
            inside = min(below, size + 1)
            constants = np.full((below, 1), -np.inf)
            constants[:inside, 0] = [
                lgamma(size + 1.0) - lgamma(count + 1.0) - lgamma(size - count + 1.0)
                for count in range(inside)
            ]
            exponents = constants + counts * np.log(values) + (size - counts) * np.log1p(-values)
        found = np.exp(exponents)
    none, every = values == 0.0, (values == 1.0) & (distribution == "binomial")
    found[:, none] = (counts == 0.0).astype(np.float64)
    found[:, every] = (counts == size).astype(np.float64)
    return found  # type: ignore[no-any-return]  # numpy is passed untyped, so that it stays a late import.
