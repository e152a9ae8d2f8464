"""Sampling plans carried out on paper: every way that samples can fall is counted in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb

from fairlot.domain.sampling import Stage


def enumerated(
    stages: Sequence[Stage],
    *,
    lot: int,
    defectives: int,
    stage: int = 0,
    found: int = 0,
    inspected: int = 0,
) -> tuple[Fraction, Fraction]:
    """Probability of acceptance and average sample number, exactly, from this stage on."""
    now = stages[stage]
    left = lot - inspected
    size = min(now.sample_size, left)
    accepted, units = Fraction(0), Fraction(size)
    bad_left = defectives - found
    for drawn in range(max(0, size - (left - bad_left)), min(size, bad_left) + 1):
        chance = Fraction(
            comb(bad_left, drawn) * comb(left - bad_left, size - drawn), comb(left, size)
        )
        total = found + drawn
        if total >= now.rejection_number:
            continue
        if total <= now.acceptance_number or stage + 1 == len(stages):
            accepted += chance
            continue
        later = enumerated(
            stages,
            lot=lot,
            defectives=defectives,
            stage=stage + 1,
            found=total,
            inspected=inspected + size,
        )
        accepted += chance * later[0]
        units += chance * later[1]
    return accepted, units
