"""Risks, limiting qualities and outgoing quality against closed formulas and an independent library."""

from __future__ import annotations

from math import exp

import pytest
from scipy import optimize, stats

from fairlot.domain.sampling import AQLS, SamplingError, Stage, plan
from fairlot.domain.sampling.risks import (
    Distribution,
    chance_of_acceptance,
    consumers_risk,
    distribution_of_aql,
    outgoing_quality,
    outgoing_quality_limit,
    producers_risk,
    quality_at_chance,
)

SINGLE = plan(lot_size=3000, level="II", aql="2.5").stages
DOUBLE = plan(lot_size=3000, level="II", aql="2.5", kind="double").stages


def one_stage(size: int, accepted: int) -> tuple[Stage, ...]:
    return (Stage(sample_size=size, acceptance_number=accepted, rejection_number=accepted + 1),)


@pytest.mark.parametrize(("size", "accepted"), [(2, 0), (5, 1), (125, 7), (2000, 21), (3150, 0)])
@pytest.mark.parametrize("chance", [0.99, 0.95, 0.5, 0.1, 0.01])
def test_the_quality_at_a_chance_is_the_inverse_beta_or_gamma(
    size: int, accepted: int, chance: float
) -> None:
    binomial = quality_at_chance(one_stage(size, accepted), chance=chance)
    poisson = quality_at_chance(one_stage(size, accepted), chance=chance, distribution="poisson")
    assert binomial == pytest.approx(
        float(stats.beta.ppf(1 - chance, accepted + 1, size - accepted)), rel=1e-10
    )
    assert poisson == pytest.approx(
        float(stats.gamma.ppf(1 - chance, accepted + 1)) / size, rel=1e-10
    )


@pytest.mark.parametrize("chance", [0.95, 0.5, 0.1])
def test_the_quality_at_a_chance_of_a_double_plan_leads_back(chance: float) -> None:
    found = quality_at_chance(DOUBLE, chance=chance)
    assert chance_of_acceptance(DOUBLE, found) == pytest.approx(chance, abs=1e-12)


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.1, float("nan")])
def test_a_chance_lies_between_zero_and_one(chance: float) -> None:
    with pytest.raises(SamplingError, match="A probability must lie"):
        quality_at_chance(SINGLE, chance=chance)


def test_a_plan_that_accepts_everything_has_no_such_quality() -> None:
    with pytest.raises(SamplingError, match="No quality is accepted"):
        quality_at_chance(one_stage(5, 5), chance=0.1)


def test_both_risks_of_the_usual_inspection() -> None:
    assert producers_risk(SINGLE, good=0.025) == pytest.approx(
        1 - float(stats.binom.cdf(7, 125, 0.025)), abs=1e-14
    )
    assert consumers_risk(SINGLE, bad=0.06) == pytest.approx(
        float(stats.binom.cdf(7, 125, 0.06)), abs=1e-14
    )


def test_defective_units_are_binomial_and_nonconformities_poisson() -> None:
    kinds = [distribution_of_aql(aql) for aql in AQLS]
    assert kinds == ["binomial"] * 16 + ["poisson"] * 10
    assert distribution_of_aql("10") == "binomial"


def test_outgoing_quality_of_a_single_plan_by_its_formula() -> None:
    chance = chance_of_acceptance(SINGLE, 0.04)
    found = outgoing_quality(SINGLE, lot_size=3000, value=0.04)
    assert found.average_outgoing_quality == pytest.approx(
        0.04 * chance * (3000 - 125) / 3000, rel=1e-13
    )
    assert found.average_total_inspection == pytest.approx(
        125 * chance + 3000 * (1 - chance), rel=1e-13
    )


def test_outgoing_quality_of_a_double_plan_counts_what_each_stage_inspected() -> None:
    share = 0.04
    first = float(stats.binom.cdf(3, 80, share))
    second = sum(
        float(stats.binom.pmf(count, 80, share) * stats.binom.cdf(8 - count, 80, share))
        for count in (4, 5, 6)
    )
    found = outgoing_quality(DOUBLE, lot_size=3000, value=share)
    assert found.average_outgoing_quality == pytest.approx(
        share * (first * (3000 - 80) + second * (3000 - 160)) / 3000, rel=1e-12
    )
    assert found.average_total_inspection == pytest.approx(
        80 * first + 160 * second + 3000 * (1 - first - second)
    )


def test_a_lot_inspected_whole_lets_nothing_out() -> None:
    found = outgoing_quality(SINGLE, lot_size=100, value=0.04)
    assert found.average_outgoing_quality == 0.0
    assert found.average_total_inspection == pytest.approx(100.0)


def test_the_limit_with_none_allowed_is_one_over_e_times_n() -> None:
    found = outgoing_quality_limit(one_stage(100, 0), lot_size=10**9, distribution="poisson")
    assert found.limit == pytest.approx(exp(-1) / 100 * (1 - 1e-7), rel=1e-9)
    assert found.incoming_quality == pytest.approx(0.01, rel=1e-5)


@pytest.mark.parametrize("stages", [SINGLE, DOUBLE])
@pytest.mark.parametrize("distribution", ["binomial", "poisson"])
def test_the_limit_is_the_largest_outgoing_quality(
    stages: tuple[Stage, ...], distribution: Distribution
) -> None:
    def outgoing(value: float) -> float:
        return outgoing_quality(
            stages, lot_size=3000, value=value, distribution=distribution
        ).average_outgoing_quality

    found = outgoing_quality_limit(stages, lot_size=3000, distribution=distribution)
    best = optimize.minimize_scalar(
        lambda value: -outgoing(value), bounds=(0.001, 0.3), method="bounded"
    )
    assert found.limit == pytest.approx(-best.fun, rel=1e-8)
    assert found.limit == pytest.approx(outgoing(found.incoming_quality), rel=1e-12)
    assert all(outgoing(step / 1000) <= found.limit + 1e-15 for step in range(1000))
