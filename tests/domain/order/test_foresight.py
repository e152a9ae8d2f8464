"""What is foreseen is what happens: step by step, dated, until nothing of the order runs any more."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.domain.calendar import after_business_days
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.foresight import foresee
from fairlot.domain.order.state import EMPTY, Status
from tests.support.trades import Trade

DAY = dt.timedelta(days=1)


def steps_of(trade: Trade) -> list[tuple[ClockKind, dt.datetime]]:
    steps = foresee(trade.order, now=trade.now, policy=trade.policy)
    return [(step.clock.kind, step.at) for step in steps]


class TestForesee:
    def test_nothing_runs_before_there_is_an_order(self) -> None:
        trade = Trade()
        assert foresee(EMPTY, now=trade.now, policy=trade.policy) == ()

    def test_a_proposal_expires(self) -> None:
        trade = Trade().proposed()
        (step,) = foresee(trade.order, now=trade.now, policy=trade.policy)
        assert step.at == trade.now + 30 * DAY
        assert isinstance(step.events[0], e.ProposalExpired)
        assert step.status is Status.EXPIRED

    def test_goods_that_never_ship_are_cancelled_and_refunded(self) -> None:
        trade = Trade().in_production()
        until = dt.datetime(2027, 3, 15, 15, 59, 59, tzinfo=dt.UTC)
        cancelled_at = until + 30 * DAY
        refund_due = after_business_days(
            cancelled_at, 7, calendar=trade.policy.calendar, zone="Asia/Shanghai"
        )
        assert steps_of(trade) == [
            (ClockKind.SHIPMENT_REMINDER, until - 7 * DAY),
            (ClockKind.SHIPMENT_REMINDER, until - 3 * DAY),
            (ClockKind.SHIPMENT_REMINDER, until - 1 * DAY),
            (ClockKind.SHIPMENT_DUE, until),
            (ClockKind.NEVER_SHIPPED, cancelled_at),
            (ClockKind.REFUND_SENT, refund_due),
        ]

    def test_a_silent_dispute_is_decided_by_the_rules(self) -> None:
        steps = steps_of(Trade().disputed())
        kinds = [kind for kind, _ in steps]
        expected = [
            ClockKind.ANSWER,
            ClockKind.NEGOTIATION,
            ClockKind.MEDIATOR,
            ClockKind.EVIDENCE,
            ClockKind.DECISION,
            ClockKind.DECISION_BY_RULE,
            ClockKind.APPEAL,
        ]
        assert [kind for kind in kinds if kind in expected] == expected
        assert [at for _, at in steps] == sorted(at for _, at in steps)

    @pytest.mark.parametrize("edition", ["escrow-2026", "guarantee-2017"])
    def test_what_is_foreseen_is_what_happens(self, edition: str) -> None:
        trade = Trade(edition=edition).disputed()
        steps = foresee(trade.order, now=trade.now, policy=trade.policy)
        told = len(trade.events)
        # Several clocks can act at one instant: the last of them says where the order then stands.
        for at, step in {step.at: step for step in steps}.items():
            trade.wait_until(at + dt.timedelta(seconds=1))
            trade.settle()
            assert trade.order.status is step.status
        foreseen = [event for step in steps for event in step.events]
        assert trade.events[told:] == foreseen

    def test_looking_later_without_a_worker_foresees_the_same(self) -> None:
        trade = Trade().in_production()
        early = steps_of(trade)
        trade.wait(days=200)
        assert steps_of(trade) == early

    def test_r22_held_money_is_released_when_the_window_ends(self) -> None:
        trade = Trade().delivered()
        steps = foresee(trade.order, now=trade.now, policy=trade.policy)
        release = next(step for step in steps if step.clock.kind is ClockKind.CLAIM_WINDOW)
        assert release.at == trade.now + 30 * DAY
        assert isinstance(release.events[0], e.FundsReleased)
        assert release.events[0].amount_minor == 1_980_000
        assert release.status is Status.COMPLETED
