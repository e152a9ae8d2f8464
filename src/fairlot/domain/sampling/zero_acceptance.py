"""Sample sizes for plans that permit no defective unit (c = 0); whole-number arithmetic decides ties."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, exp, log, log1p, prod
from typing import Final

from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.exact import Share, read_share
from fairlot.domain.sampling.lookup import check_lot_size

LIMITING_QUALITY_DEFAULT: Final = "0.025"
CONSUMER_RISK_DEFAULT: Final = "0.1"
_LOGARITHM_DOUBT: Final = (
    1e-6  # Nearer to a tie than this, the comparison is made in whole numbers.
)


def zero_acceptance_size(
    *,
    lot_size: int,
    limiting_quality: Share = LIMITING_QUALITY_DEFAULT,
    consumer_risk: Share = CONSUMER_RISK_DEFAULT,
) -> int:
    """Smallest sample with which a lot of limiting quality passes with at most the consumer's risk.

    The lot is finite (hypergeometric, type A) with D = ceil(lot size * limiting quality) defective units: the
    smallest n with C(N-D, n) / C(N, n) <= risk. Raises SamplingError for a bad lot size or share.
    """
    check_lot_size(lot_size)
    defectives = ceil(lot_size * read_share(limiting_quality, name="limiting quality"))
    risk = read_share(consumer_risk, name="consumer's risk")
    fails, suffices = 0, lot_size - defectives + 1
    while fails + 1 < suffices:
        size = (fails + suffices) // 2
        if _all_missed_at_most(risk, lot_size=lot_size, defectives=defectives, size=size):
            suffices = size
        else:
            fails = size
    return suffices


def limiting_defectives_of_zero_acceptance(
    *, lot_size: int, sample_size: int, consumer_risk: Share = CONSUMER_RISK_DEFAULT
) -> int:
    """Fewest defective units of the lot that the sample misses with at most the consumer's risk, 0 defective allowed.

    Raises SamplingError for a bad lot size or share, `count_not_whole` and `count_exceeds` for the sample.
    """
    check_lot_size(lot_size)
    if type(sample_size) is not int or sample_size < 1:
        raise SamplingError(
            "count_not_whole", what="units inspected", got=str(sample_size), least=1
        )
    if sample_size > lot_size:
        raise SamplingError("count_exceeds", what="units inspected", got=sample_size, most=lot_size)
    risk = read_share(consumer_risk, name="consumer's risk")
    fails, suffices = 0, lot_size - sample_size + 1
    while fails + 1 < suffices:
        defectives = (fails + suffices) // 2
        if _all_missed_at_most(risk, lot_size=lot_size, defectives=defectives, size=sample_size):
            suffices = defectives
        else:
            fails = defectives
    return suffices


def limiting_quality_of_zero_acceptance(*, sample_size: int, consumer_risk: float = 0.1) -> float:
    """Share defective that a large lot passes with the given risk when none of the sample may fail: 1 - risk^(1/n)."""
    return 1.0 - exp(log(consumer_risk) / sample_size)


def _all_missed_at_most(risk: Fraction, *, lot_size: int, defectives: int, size: int) -> bool:
    """Whether C(N-D, n) / C(N, n) <= risk; n and D may change places, so the shorter product is taken."""
    few, many = sorted((defectives, size))
    logarithm = 0.0
    bound = log(risk.numerator) - log(
        risk.denominator
    )  # No float is as small as a fraction may be.
    for drawn in range(few):
        logarithm += log1p(-many / (lot_size - drawn))
        if logarithm < bound - 1.0:
            return True
    if abs(logarithm - bound) > _LOGARITHM_DOUBT:
        return logarithm < bound
    missed = prod(range(lot_size - many - few + 1, lot_size - many + 1))
    drawn_any = prod(range(lot_size - few + 1, lot_size + 1))
    return missed * risk.denominator <= drawn_any * risk.numerator
