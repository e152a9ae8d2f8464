"""What the page says can be done is what the desk grants; what it refuses, it refuses for the reason and time it names."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from fairlot.application.queries.actions import AWAITED, UNSHOWN, Action, actions_for
from fairlot.application.queries.probes import PROBES
from fairlot.domain.cover.explain import explain_all
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Claim, Right
from fairlot.domain.order.transitions import RULES
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Ground
from tests.application.queries.stories import STAGES, at_stage
from tests.support.trades import BUYER, MEDIATOR, OPERATOR, SUPPLIER, Trade

SECOND = dt.timedelta(seconds=1)


def actions_of(trade: Trade, actor: Actor) -> dict[str, Action]:
    found = actions_for(trade.order, actor=actor, now=trade.now, policy=trade.policy)
    return {action.command: action for action in found}


def allowed(trade: Trade, actor: Actor) -> set[str]:
    return {name for name, action in actions_of(trade, actor).items() if action.allowed}


class TestTables:
    def test_every_command_can_be_asked_about(self) -> None:
        assert set(PROBES) == set(RULES) == set(get_args(c.OrderCommand))

    def test_every_clock_says_what_it_waits_for(self) -> None:
        assert set(AWAITED) == set(ClockKind)


class TestActionsFor:
    def test_a_proposal_is_the_other_sides_to_accept(self) -> None:
        trade = at_stage("proposed")
        assert {"AcceptVersion", "DeclineVersion"} <= allowed(trade, SUPPLIER)
        assert actions_of(trade, BUYER)["AcceptVersion"].code is Code.OWN_PROPOSAL
        assert "WithdrawVersion" in allowed(trade, BUYER)

    def test_r32_receipt_is_the_buyers_to_confirm(self) -> None:
        trade = at_stage("shipped")
        assert "ConfirmReceipt" in allowed(trade, BUYER)
        assert "ConfirmReceipt" not in actions_of(trade, SUPPLIER)

    def test_r36_an_inspection_can_be_booked_at_every_open_stage(self) -> None:
        for stage in ("agreed", "in_production", "shipped", "delivered", "disputed"):
            assert "BookInspection" in allowed(at_stage(stage), BUYER), stage

    def test_r39_escalation_opens_when_the_answer_is_late(self) -> None:
        trade = at_stage("disputed")
        escalate = actions_of(trade, BUYER)["Escalate"]
        assert not escalate.allowed
        assert escalate.code is Code.ESCALATION_TOO_EARLY
        assert escalate.opens_at == trade.now + dt.timedelta(hours=72)
        assert escalate.opens_at is not None
        trade.wait_until(escalate.opens_at)
        trade.settle()
        assert "Escalate" not in allowed(trade, BUYER)
        trade.wait_until(escalate.opens_at + SECOND)
        trade.settle()
        assert "Escalate" in allowed(trade, BUYER)

    def test_a_claim_that_only_comes_too_early_says_when_it_opens(self) -> None:
        trade = at_stage("in_production")
        dispute = actions_of(trade, BUYER)["OpenDispute"]
        assert dispute.allowed  # The deposit is paid: defects and a raised price can be claimed.
        late = next(
            answer
            for answer in explain_all(trade.order, now=trade.now, policy=trade.policy)
            if answer.ground is Ground.LATE
        )
        assert late.opens_at == trade.order.shipment_until

    def test_strangers_can_do_nothing(self) -> None:
        stranger = Actor(role=Role.BUYER, company_id="com_other")
        for stage in STAGES:
            found = actions_of(at_stage(stage), stranger)
            assert all(action.code is Code.NOT_PERMITTED for action in found.values())

    def test_an_agent_can_do_what_its_mandate_grants(self) -> None:
        trade = at_stage("shipped")
        agent = Actor(role=Role.AGENT, company_id="com_agent")
        trade.ask(BUYER, c.GrantMandate(agent_id="com_agent", rights=(Right.CONFIRM,)))
        assert "ConfirmReceipt" in allowed(trade, agent)
        assert actions_of(trade, agent)["OpenDispute"].code is Code.NOT_MANDATED

    @pytest.mark.parametrize("stage", STAGES)
    @pytest.mark.parametrize("actor", [BUYER, SUPPLIER, OPERATOR, MEDIATOR], ids=lambda a: a.role)
    def test_every_command_of_the_role_has_an_answer(self, stage: str, actor: Actor) -> None:
        trade = at_stage(stage)
        found = actions_of(trade, actor)
        for command_type, rule in RULES.items():
            if actor.role not in rule.roles or command_type in UNSHOWN:
                assert command_type.__name__ not in found
            elif trade.order.status not in rule.statuses:
                assert found[command_type.__name__].code is Code.WRONG_STATUS
        assert all(action.allowed is (action.code is None) for action in found.values())


class TestCover:
    @pytest.mark.parametrize("edition", ["escrow-2026", "guarantee-2017"])
    @pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "disputed"])
    def test_r21_the_page_promises_what_the_claim_desk_admits(
        self, stage: str, edition: str
    ) -> None:
        answers = explain_all(
            at_stage(stage, edition=edition).order,
            now=at_stage(stage, edition=edition).now,
            policy=at_stage(stage, edition=edition).policy,
        )
        for answer in answers:
            trade = at_stage(stage, edition=edition)
            terms = ("capacity",) if answer.ground is Ground.QUALITY else ()
            claim = Claim(ground=answer.ground, lines=(), term_ids=terms)
            code: Code | None = None
            try:
                trade.ask(BUYER, c.OpenDispute(claims=(claim,)))
            except Refused as refusal:
                code = refusal.code
            assert answer.admitted is (code is None), answer.ground
            assert code == answer.code
