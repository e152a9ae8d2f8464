"""Before the agreement and beside it: drafts, samples that it points to, agents with their mandates (R9, R15)."""

from __future__ import annotations

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Right
from tests.support.given import (
    AGENT,
    BUYER,
    PRICE,
    SUPPLIER,
    booking,
    delivery,
    given,
    shipment,
)

ACCEPT = c.AcceptVersion(
    version_hash="1" * 64,
    grant=c.Grant(enrolled=True, account_verified=True, cover_minor=PRICE),
)


class TestSamples:
    def test_r15_the_approved_sample_is_what_the_contract_points_to(self) -> None:
        here = given().drafted().by(BUYER, c.RequestSample(sample_id="a"))
        here.when(BUYER, c.ApproveSample(sample_id="a")).refused(Code.UNKNOWN_REFERENCE)
        sent = here.by(SUPPLIER, c.RecordSampleSent(sample_id="a", seal_hash="9" * 64))
        pointing = msgspec.structs.replace(here.terms, approved_sample_hash="9" * 64)
        sent.when(BUYER, c.ProposeVersion(terms=pointing)).refused(Code.SAMPLE_NOT_APPROVED)
        approved = sent.when(BUYER, c.ApproveSample(sample_id="a")).then(e.SampleApproved)
        approved.when(BUYER, c.ProposeVersion(terms=pointing)).then(e.VersionProposed)

    def test_r15_a_rejected_sample_is_no_reference(self) -> None:
        here = given().drafted().by(BUYER, c.RequestSample(sample_id="a"))
        sent = here.by(SUPPLIER, c.RecordSampleSent(sample_id="a", seal_hash="9" * 64))
        sent.when(BUYER, c.RejectSample(sample_id="a")).then(e.SampleRejected).stands(samples=())
        sent.when(BUYER, c.RejectSample(sample_id="b")).refused(Code.UNKNOWN_REFERENCE)

    def test_r15_no_other_seal_takes_the_place_of_the_one_that_was_sent(self) -> None:
        sealed, other = (
            c.RecordSampleSent(sample_id="a", seal_hash=digit * 64) for digit in ("9", "8")
        )
        sent = given().drafted().by(BUYER, c.RequestSample(sample_id="a")).by(SUPPLIER, sealed)
        for here in (sent, sent.by(BUYER, c.ApproveSample(sample_id="a"))):
            here.when(SUPPLIER, other).refused(Code.REFERENCE_REUSED, reference="a")

    def test_r15_what_points_to_a_sample_rejected_meanwhile_is_not_agreed(self) -> None:
        here = given(approved_sample_hash="9" * 64).drafted()
        here = here.by(BUYER, c.RequestSample(sample_id="a"))
        here = here.by(SUPPLIER, c.RecordSampleSent(sample_id="a", seal_hash="9" * 64))
        approved = here.by(BUYER, c.ApproveSample(sample_id="a"))
        proposed = approved.by(BUYER, c.ProposeVersion(terms=here.terms))
        proposed.when(SUPPLIER, ACCEPT).then(e.OrderAgreed)
        rejected = proposed.by(BUYER, c.RejectSample(sample_id="a"))
        rejected.when(SUPPLIER, ACCEPT).refused(Code.SAMPLE_NOT_APPROVED)

    def test_each_sample_has_its_own_id_and_there_is_an_end(self) -> None:
        here = given().drafted().by(BUYER, c.RequestSample(sample_id="0"))
        here.when(BUYER, c.RequestSample(sample_id="0")).refused(Code.REFERENCE_REUSED)
        for number in range(1, 20):
            here = here.by(BUYER, c.RequestSample(sample_id=str(number)))
        here.when(BUYER, c.RequestSample(sample_id="20")).refused(Code.TOO_MANY_EVENTS, most=20)


class TestMandates:
    """R9: an agent acts for the buyer within what it grants, until it is revoked."""

    def test_r9_an_agent_does_what_its_mandate_grants(self) -> None:
        following = c.GrantMandate(agent_id="com_agent", rights=(Right.FOLLOW,))
        here = given().paid().by(BUYER, following)
        here.when(AGENT, c.RequestProductionUpdate()).then(e.ProductionUpdateRequested)
        here.when(AGENT, booking()).refused(Code.NOT_MANDATED)

    def test_r9_a_revoked_agent_is_refused_at_its_next_act(self) -> None:
        here = given().paid().by(BUYER, c.RevokeMandate(agent_id="com_agent"))
        here.when(AGENT, c.RequestProductionUpdate()).refused(Code.NOT_MANDATED)
        here.when(BUYER, c.RevokeMandate(agent_id="com_agent")).refused(Code.UNKNOWN_REFERENCE)

    def test_r9_who_only_follows_tells_nothing_that_moves_the_buyers_clocks(self) -> None:
        following = c.GrantMandate(agent_id="com_agent", rights=(Right.FOLLOW,))
        paid = given().paid().by(BUYER, following)
        gone = given().shipped().by(BUYER, following)
        for here, command in (
            (paid, shipment()),
            (paid, c.RecordPriceDemand(message_hash="m" * 64)),
            (gone, delivery()),
            (gone, c.ExtendArrival(shipment_id="s1")),
        ):
            here.when(AGENT, command).refused(Code.NOT_MANDATED)
            here.when(BUYER, command).granted()

    def test_the_supplier_can_not_be_the_agent(self) -> None:
        mandate = c.GrantMandate(agent_id="com_supplier", rights=tuple(Right))
        given().paid().when(BUYER, mandate).refused(Code.SAME_COMPANY)

    def test_granting_again_replaces_and_there_is_an_end(self) -> None:
        here = given().drafted()
        for number in range(20):
            here = here.by(BUYER, c.GrantMandate(agent_id=f"com_{number}", rights=(Right.PAY,)))
        here.when(BUYER, c.GrantMandate(agent_id="com_20", rights=())).refused(Code.TOO_MANY_EVENTS)
        again = here.when(BUYER, c.GrantMandate(agent_id="com_0", rights=(Right.CLAIM,))).granted()
        assert len(again.order.mandates) == 20


class TestDraft:
    def test_an_order_begins_once(self) -> None:
        here = given().drafted()
        again = c.OpenDraft(
            policy_id=here.order.policy_id, buyer_id="com_buyer", supplier_id="com_supplier"
        )
        here.when(BUYER, again).refused(Code.ALREADY_EXISTS)

    def test_nobody_trades_with_itself(self) -> None:
        alone = c.OpenDraft(policy_id="any", buyer_id="com_buyer", supplier_id="com_buyer")
        given().when(BUYER, alone).refused(Code.SAME_COMPANY)

    def test_a_company_begins_its_own_orders_alone(self) -> None:
        of_others = c.OpenDraft(policy_id="any", buyer_id="com_one", supplier_id="com_other")
        for stranger in (BUYER, SUPPLIER):
            given().when(stranger, of_others).refused(Code.NOT_PERMITTED, role=stranger.role)
        turned = c.OpenDraft(policy_id="any", buyer_id="com_supplier", supplier_id="com_buyer")
        given().when(BUYER, turned).refused(Code.NOT_PERMITTED)
