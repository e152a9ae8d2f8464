"""smallest_plan(): the single plan of smallest size that keeps two promises, one to each side.

Good lots pass with at least 1 - producer's risk, bad ones with at most the consumer's risk. Where a probability comes
so near to its bound that a float cannot tell, whole numbers decide.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, comb, floor
from typing import Final, Literal

import msgspec

from fairlot.domain.sampling.distributions import binomial_tail, hypergeometric_tail, poisson_tail
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.exact import Share, read_share
from fairlot.domain.sampling.facts import LOT_SIZE_MAX
from fairlot.domain.sampling.lookup import check_lot_size
from fairlot.domain.sampling.rule import Stage

ACCEPTANCE_NUMBER_MAX: Final = 1_000
_TIE_DOUBT: Final = 1e-9
_EXACT_SIZE_MAX: Final = 5_000

Model = Literal["binomial", "poisson", "hypergeometric"]


class DesignedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan found, with the chances of acceptance that it really gives at the two points."""

    stage: Stage
    model: Model
    good_accepted: float
    bad_accepted: float


class _Quality(msgspec.Struct, frozen=True, kw_only=True):
    """One quality of lots under one model; `defectives` and `lot_size` are 0 unless the lot is finite."""

    model: Model
    share: Fraction
    lot_size: int
    defectives: int


def smallest_plan(
    *,
    good: Share,
    bad: Share,
    producers_risk: Share = "0.05",
    consumers_risk: Share = "0.10",
    model: Model = "binomial",
    lot_size: int | None = None,
) -> DesignedPlan:
    """Smallest n, and its acceptance number, with P(accept | good) >= 1 - producer's and P(accept | bad) <= consumer's risk.

    `good` and `bad` are shares defective (for "poisson" nonconformities per unit). With a `lot_size` the model is
    hypergeometric: floor(N * good) and ceil(N * bad) defective units. Raises SamplingError `points_not_apart`,
    `no_plan_found`, `share_...`, `lot_size_...`.
    """
    good_share, bad_share = (
        read_share(good, name="good quality"),
        read_share(bad, name="bad quality"),
    )
    producer, consumer = (
        read_share(producers_risk, name="producer's risk"),
        read_share(consumers_risk, name="consumer's risk"),
    )
    if good_share >= bad_share or consumer >= 1 - producer:
        raise SamplingError("points_not_apart")
    if lot_size is not None:
        check_lot_size(lot_size)
        model = "hypergeometric"
    elif model == "hypergeometric":
        raise SamplingError("lot_size_needed")
    lot = lot_size or 0
    good_quality = _Quality(
        model=model, share=good_share, lot_size=lot, defectives=floor(lot * good_share)
    )
    bad_quality = _Quality(
        model=model, share=bad_share, lot_size=lot, defectives=ceil(lot * bad_share)
    )
    size = 1
    for accepted in range(ACCEPTANCE_NUMBER_MAX + 1):
        found = _smallest_size(bad_quality, accepted, consumer, size)
        if found is None:
            break
        size = found
        if not _accepts_less(good_quality, size, accepted, 1 - producer):
            return DesignedPlan(
                stage=Stage(
                    sample_size=size, acceptance_number=accepted, rejection_number=accepted + 1
                ),
                model=model,
                good_accepted=_chance(good_quality, size, accepted),
                bad_accepted=_chance(bad_quality, size, accepted),
            )
    raise SamplingError("no_plan_found", most=ACCEPTANCE_NUMBER_MAX)


def _smallest_size(bad: _Quality, accepted: int, risk: Fraction, size_least: int) -> int | None:
    """Smallest size with P(accept) <= risk, at least `size_least`; None if even the whole lot does not do."""
    most = bad.lot_size or LOT_SIZE_MAX
    low, step = max(size_least, accepted + 1) - 1, 1
    while not _accepts_at_most(bad, min(low + step, most), accepted, risk):
        if low + step >= most:
            return None
        low, step = low + step, step * 2
    high = min(low + step, most)
    while low + 1 < high:
        middle = (low + high) // 2
        if _accepts_at_most(bad, middle, accepted, risk):
            high = middle
        else:
            low = middle
    return high


def _accepts_at_most(quality: _Quality, size: int, accepted: int, bound: Fraction) -> bool:
    return _compared(quality, size, accepted, bound) <= 0


def _accepts_less(quality: _Quality, size: int, accepted: int, bound: Fraction) -> bool:
    return _compared(quality, size, accepted, bound) < 0


def _compared(quality: _Quality, size: int, accepted: int, bound: Fraction) -> Fraction | float:
    """P(accept) minus the bound, exactly where the sign is in doubt."""
    difference = _chance(quality, size, accepted) - float(bound)
    if abs(difference) > _TIE_DOUBT or size > _EXACT_SIZE_MAX or quality.model == "poisson":
        return difference
    return _exact_chance(quality, size, accepted) - bound


def _chance(quality: _Quality, size: int, accepted: int) -> float:
    match quality.model:
        case "binomial":
            return binomial_tail(accepted, size=size, share=float(quality.share))
        case "poisson":
            return poisson_tail(accepted, mean=size * float(quality.share))
        case "hypergeometric":
            return hypergeometric_tail(
                accepted, size=size, lot=quality.lot_size, defectives=quality.defectives
            )


def _exact_chance(quality: _Quality, size: int, accepted: int) -> Fraction:
    counts = range(min(accepted, size) + 1)
    if quality.model == "hypergeometric":
        lot, defectives = quality.lot_size, quality.defectives
        ways = sum(
            comb(defectives, found) * comb(lot - defectives, size - found) for found in counts
        )
        return Fraction(ways, comb(lot, size))
    bad, all_units = quality.share.numerator, quality.share.denominator
    ways = sum(
        comb(size, found) * bad**found * (all_units - bad) ** (size - found) for found in counts
    )
    return Fraction(ways, all_units**size)
