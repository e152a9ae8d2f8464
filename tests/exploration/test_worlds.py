"""M2, T3, T4 over every bounded world: time alone ends every order with nothing held; planted faults are caught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import Clock, ClockKind, clocks
from fairlot.domain.order.decide import decide
from fairlot.domain.order.rules import settlement
from fairlot.domain.order.state import Order
from fairlot.domain.policy.model import CoverKind, Policy
from tests.exploration.checks import FORGOTTEN, KEPT, STUCK, UNHEARD, CheckFailedError
from tests.exploration.explorer import SECOND, Explorer, Rules, World
from tests.exploration.worlds import worlds

# Acts are tried in this many states of each world; from every one of them time alone is followed to its end.
# The worlds of a kind of cover alone give well over 100,000 states. The soak uses SOAK_STATES.
TEST_STATES = 1_500
STATES_AT_LEAST = 100_000
# Every world is known whole to at least so many acts and waits.
WHOLE_STEPS_AT_LEAST = 3

WORLDS = {world.name: world for world in worlds()}
OF_A_COVER = [name for name in WORLDS if any(f" {kind}: " in name for kind in CoverKind)]


@pytest.mark.parametrize("name", WORLDS)
def test_m2_every_state_of_a_world_ends_with_nothing_held(name: str) -> None:
    findings = Explorer(WORLDS[name], Rules(), states_max=TEST_STATES).run()
    print(
        f"{name}: {findings.states} states, {findings.edges} edges, {findings.ends} ends, "
        f"longest {findings.longest}, every way of {findings.whole_steps} steps gone"
    )
    assert name not in OF_A_COVER or findings.states * len(OF_A_COVER) >= STATES_AT_LEAST
    assert findings.ends > 0
    assert findings.whole_steps >= WHOLE_STEPS_AT_LEAST


# What every clock does is needed: without it some order never ends, or a promise of its own breaks.
INFORMING = {
    ClockKind.SHIPMENT_REMINDER,
    ClockKind.CLAIM_WARNING,
    ClockKind.SHIPMENT_DUE,
    ClockKind.ANSWER,
    ClockKind.DECISION,
    ClockKind.INSPECTION_BOOKING,
    ClockKind.LOT_CHOICE,
    ClockKind.INSPECTION_REPORT,
    # The goods of these are counted by another clock as well, or the world offers no such act.
    ClockKind.UNCOLLECTED,
    ClockKind.CONDITION,
    ClockKind.BALANCE,
    ClockKind.MOVEMENT,
    # A proposal moves no money.
    ClockKind.PROPOSAL,
    # Held to a promise of its own in the world that has it, below.
    ClockKind.UNDISPUTED,
}


def _without(kind: ClockKind) -> Rules:
    def fewer(order: Order, policy: Policy) -> Sequence[Clock]:
        return [clock for clock in clocks(order, policy) if clock.kind is not kind]

    return Rules(clocks_of=fewer)


def _explore_all(rules: Rules) -> None:
    for world in WORLDS.values():
        Explorer(world, rules, states_max=TEST_STATES).run()


@pytest.mark.parametrize("kind", sorted(set(ClockKind) - INFORMING))
def test_a_removed_clock_is_caught(kind: ClockKind) -> None:
    with pytest.raises(CheckFailedError):
        _explore_all(_without(kind))


def refund_twice(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    events = decide(order, command, **asked)
    doubled: list[e.OrderEvent] = []
    for event in events:
        doubled.append(event)
        if isinstance(event, e.RefundDecided) and event.price_minor > 0:
            doubled.append(event)
    return tuple(doubled)


def test_a_refund_allowed_twice_is_caught() -> None:
    with pytest.raises(CheckFailedError):
        _explore_all(Rules(decide=refund_twice))


def _cancel_and_keep(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    """Plant: what was paid for an order that the platform gives up goes nowhere."""
    events = decide(order, command, **asked)
    if not isinstance(command, c.CancelByPlatform):
        return events
    return tuple(event for event in events if not isinstance(event, e.RefundDecided))


def test_a15_money_kept_when_the_platform_gives_up_is_caught() -> None:
    with pytest.raises(CheckFailedError, match="still holds money"):
        Explorer(_first("money"), Rules(decide=_cancel_and_keep), states_max=TEST_STATES).run()


def _decide_at_once(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    """Plant: a mediator need not wait until the evidence round is over."""
    dispute = order.dispute
    if isinstance(command, c.Decide) and dispute is not None and dispute.evidence_until is not None:
        begun_at = min(dispute.evidence_until, asked["now"] - SECOND)
        order = replace(order, dispute=replace(dispute, evidence_until=begun_at))
    return decide(order, command, **asked)


def test_r40_a_decision_before_both_sides_were_heard_is_caught() -> None:
    with pytest.raises(CheckFailedError, match=UNHEARD):
        Explorer(
            _first("a case that is heard"), Rules(decide=_decide_at_once), states_max=TEST_STATES
        ).run()


def _first(label: str) -> World:
    return next(world for name, world in WORLDS.items() if name.endswith(label))


def test_t3_an_act_that_moves_the_other_sides_deadline_is_caught() -> None:
    rules = Rules(decide=_move_supplier_deadline)
    with pytest.raises(CheckFailedError, match="moved"):
        Explorer(_first("dispute with appeal"), rules, states_max=TEST_STATES).run()


def _move_supplier_deadline(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    """Plant: when the buyer adds evidence, the supplier's time to answer starts anew."""
    events = decide(order, command, **asked)
    if type(command).__name__ != "SubmitEvidence" or order.dispute is None:
        return events
    later = asked["now"].replace(year=asked["now"].year + 1)
    moved = e.DisputeOpened(
        at=asked["now"],
        dispute_id=order.dispute.id,
        cause=order.dispute.cause,
        claims=order.dispute.claims,
        answer_until=later,
        negotiation_until=order.dispute.negotiation_until,
    )
    return (*events, moved)


def _pass_over_fees(order: Order, command: Any, **asked: Any) -> tuple[e.OrderEvent, ...]:
    """Plant: when the platform gives up an order, nobody says what became of the supplier's fee."""
    events = decide(order, command, **asked)
    fees = (e.PaymentFeeCharged, e.PaymentFeeLifted)
    return tuple(event for event in events if not isinstance(event, fees))


def test_a15_a_fee_that_nobody_bears_in_the_end_is_caught() -> None:
    world = WORLDS["escrow-2026: fees on the supplier"]
    with pytest.raises(CheckFailedError, match=FORGOTTEN):
        Explorer(world, Rules(decide=_pass_over_fees), states_max=TEST_STATES).run()


LINES_FROZEN = "claims that freeze their lines alone"


def test_a60_a_frozen_part_that_leaves_with_the_rest_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: the clock of what no claim names releases all that is held."""
    monkeypatch.setattr(
        settlement, "undisputed_minor", lambda order, _policy: order.funds.held_minor
    )
    with pytest.raises(CheckFailedError, match=KEPT):
        Explorer(_first(LINES_FROZEN), Rules(), states_max=TEST_STATES).run()


def test_a60_a_rest_that_never_leaves_is_caught() -> None:
    """The planted fault: what no claim names waits for the case like the rest."""
    rules = _without(ClockKind.UNDISPUTED)
    with pytest.raises(CheckFailedError, match=STUCK):
        Explorer(_first(LINES_FROZEN), rules, states_max=TEST_STATES).run()
