"""What one rule says of one line: an amount for pieces that no other rule pays for again."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import CaseLine
from fairlot.domain.remedy.recommendation import (
    Condition,
    Reason,
    ReasonCode,
    Remedy,
    ShownInterval,
    Step,
)


class Pool(StrEnum):
    """Which pieces of a line a finding pays for; within a pool the most generous finding stands alone."""

    UNSHIPPED = "unshipped"
    MISSING = "missing"
    ARRIVED = "arrived"
    LATENESS = "lateness"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One rule applied to one line.

    `quantity` are the pieces whose whole price the amount is, 0 for a reduction; `otherwise_...` is what applies if the
    condition fails. `rests_on` are the failed inspections without which it would not stand (ruling A22).
    """

    ground: Ground
    line: int
    pool: Pool
    remedy: Remedy = Remedy.NOTHING_DUE
    upheld: bool = False
    amount_minor: int = 0
    quantity: int = 0
    condition: Condition = Condition.NONE
    otherwise_minor: int = 0
    otherwise_quantity: int = 0
    rests_on: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()
    otherwise_steps: tuple[Step, ...] = ()
    intervals: tuple[ShownInterval, ...] = ()
    contested: bool = False


def reason(code: ReasonCode, **facts: int | str) -> Reason:
    """Build a reason from its facts."""
    return Reason(code=code, facts=facts)


def given_back_reasons(line: CaseLine) -> tuple[Reason, ...]:
    """Say what earlier cases gave back of the price of pieces that have not left, if anything."""
    if line.given_back_minor == 0:
        return ()
    code = ReasonCode.ALREADY_GIVEN_BACK
    return (reason(code, line=line.number, given_back_minor=line.given_back_minor),)
