"""T3: whatever one side does alone, for up to 1,000 steps, the order ends within a bound; a clock that it can reset is caught."""

from __future__ import annotations

import random
from typing import Any

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.decide import decide
from fairlot.domain.order.state import Order
from fairlot.domain.party import Role
from tests.exploration.adversary import LONGEST, time_to_the_end
from tests.exploration.checks import CheckFailedError
from tests.support.order_scripts import BEGINNINGS

SEED = 20_261_122
TRIES = 2
SIDES = (Role.BUYER, Role.SUPPLIER)
ALL_STAGES = max(beginning.stage for beginning in BEGINNINGS)
DISPUTED = [n for n, beginning in enumerate(BEGINNINGS) if beginning.stage == ALL_STAGES]


@pytest.mark.parametrize("side", SIDES)
def test_t3_no_side_alone_keeps_an_order_from_its_end(side: Role) -> None:
    chance = random.Random(SEED)
    longest = max(
        time_to_the_end(beginning, side, chance)
        for beginning in range(len(BEGINNINGS))
        for _ in range(TRIES)
    )
    print(f"{side} alone: at most {longest.days} days, of {LONGEST.days} allowed")


def top_up(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    """Plant: whoever adds evidence has the parties' time to negotiate begin anew."""
    events = decide(order, command, **asked)
    dispute = order.dispute
    if not isinstance(command, c.SubmitEvidence) or dispute is None:
        return events
    opened = e.DisputeOpened(
        at=asked["now"],
        dispute_id=dispute.id,
        cause=dispute.cause,
        claims=dispute.claims,
        answer_until=dispute.answer_until,
        negotiation_until=asked["now"].replace(year=asked["now"].year + 1),
    )
    return (*events, opened)


def longest_in_disputes() -> int:
    chance = random.Random(SEED)
    return max(
        time_to_the_end(beginning, Role.BUYER, chance, decide_by=top_up).days
        for beginning in DISPUTED
    )


def test_t3_a_clock_that_one_side_can_reset_is_caught() -> None:
    with pytest.raises(CheckFailedError, match="keeps it from its end"):
        longest_in_disputes()
