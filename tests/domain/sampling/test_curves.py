"""Curves over many qualities agree with the walk point by point, for every distribution and every size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fairlot.domain.sampling import SamplingError, Stage, plan
from fairlot.domain.sampling.acceptance import LotQuality, RateQuality, ShareQuality, acceptance
from fairlot.domain.sampling.curves import even_qualities, lot_curve, operating_curve
from fairlot.domain.sampling.risks import Distribution, outgoing_quality, quality

SEVEN_STAGES = plan(lot_size=10**9, level="III", aql="0.40", kind="multiple").stages
PLANS = (
    plan(lot_size=3000, level="II", aql="2.5").stages,
    plan(lot_size=3000, level="II", aql="2.5", kind="double").stages,
    plan(lot_size=3000, level="II", aql="2.5", severity="reduced", edition="z1.4").stages,
    plan(lot_size=5, level="II", aql="400").stages,
    SEVEN_STAGES,
)


@pytest.mark.parametrize("stages", PLANS)
@pytest.mark.parametrize("distribution", ["binomial", "poisson"])
def test_every_point_is_the_walks(stages: tuple[Stage, ...], distribution: Distribution) -> None:
    qualities = (0.0, 1e-12, 0.001, 0.02, 0.05, 0.3, 0.5, 0.9, 1.0)
    curve = operating_curve(stages, qualities=qualities, distribution=distribution, lot_size=5000)
    for position, value in enumerate(qualities):
        course = acceptance(stages, quality(value, distribution))
        outgoing = outgoing_quality(stages, lot_size=5000, value=value, distribution=distribution)
        assert curve.probabilities[position] == pytest.approx(course.probability, abs=1e-12)
        assert curve.average_sample_numbers[position] == pytest.approx(
            course.average_sample_number, abs=1e-8
        )
        assert curve.average_outgoing_qualities[position] == pytest.approx(
            outgoing.average_outgoing_quality, abs=1e-12
        )
        assert curve.average_total_inspections[position] == pytest.approx(
            outgoing.average_total_inspection, abs=1e-7
        )


def test_huge_samples_are_walked_point_by_point_and_keep_their_digits() -> None:
    huge = (Stage(sample_size=10**9, acceptance_number=10, rejection_number=11),)
    curve = operating_curve(huge, qualities=(0.0, 5e-9, 1e-8, 2e-8), lot_size=10**9)
    assert curve.probabilities == tuple(
        acceptance(huge, ShareQuality(share=share)).probability for share in (0.0, 5e-9, 1e-8, 2e-8)
    )
    # A thousand million units at ten in a thousand million: Poisson with mean 10.
    assert curve.probabilities[2] == pytest.approx(
        acceptance(huge, RateQuality(per_unit=1e-8)).probability, abs=1e-8
    )
    assert curve.average_total_inspections == pytest.approx((1e9,) * 4)


def test_without_a_lot_there_is_no_outgoing_quality() -> None:
    curve = operating_curve(SEVEN_STAGES, qualities=(0.01,))
    assert (curve.average_outgoing_qualities, curve.average_total_inspections) == ((), ())


def test_a_finite_lot_point_by_point() -> None:
    stages = PLANS[1]
    curve = lot_curve(stages, lot_size=300, defectives=(0, 12, 300))
    course = acceptance(stages, LotQuality(lot_size=300, defectives=12))
    assert curve.qualities == (0.0, 0.04, 1.0)
    assert curve.probabilities == (1.0, course.probability, 0.0)
    assert curve.average_total_inspections[2] == 300.0
    assert curve.average_outgoing_qualities[0] == 0.0


def test_the_even_axis_ends_where_one_lot_in_a_thousand_passes() -> None:
    axis = even_qualities(PLANS[0], points=5)
    assert axis[0] == 0.0
    assert acceptance(PLANS[0], ShareQuality(share=axis[-1])).probability == pytest.approx(
        0.001, rel=0.05
    )
    steps = [later - earlier for earlier, later in pairwise(axis)]
    assert steps == pytest.approx([axis[-1] / 4] * 4)


@pytest.mark.parametrize("points", [0, 1, 100_001])
def test_too_few_or_too_many_points(points: int) -> None:
    with pytest.raises(SamplingError, match="A curve has from 2"):
        even_qualities(PLANS[0], points=points)


def test_a_quality_outside_its_range_is_refused() -> None:
    with pytest.raises(SamplingError, match="from 0 to 1"):
        operating_curve(PLANS[0], qualities=(0.1, 1.5))
    with pytest.raises(SamplingError, match="A curve has"):
        operating_curve(PLANS[0], qualities=[0.1] * 100_001)
    with pytest.raises(SamplingError, match="A curve has"):
        lot_curve(PLANS[0], lot_size=10, defectives=[1] * 100_001)
