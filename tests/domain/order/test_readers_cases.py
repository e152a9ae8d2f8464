"""The readers' cases of section 8's last table, each in both editions (R44, R45): the outcome that the rules must give."""

from __future__ import annotations

import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, InspectionStage, Status
from fairlot.domain.order.terms import Mode
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    DUE,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    INSPECTOR,
    PRE_SHIPMENT,
    PRICE,
    SUPPLIER,
    booking,
    claim,
    days,
    given,
    hours,
    refund_offer,
    report,
    seconds,
    shipment,
)


@pytest.mark.parametrize("edition", EDITIONS)
class TestReadersCases:
    def test_r45_paid_and_never_shipped(self, edition: str) -> None:
        """Late claimable at once; full refund 30 days later even if nobody acts, in 2017 by the fund up to the cover."""
        here = given(edition).paid()
        here.when(BUYER, claim(Ground.LATE), at=DUE[edition] + seconds(1)).then(e.DisputeOpened)
        cancelled = here.when_nobody_acts(DUE[edition] + days(30) + seconds(1)).granted()
        decided = cancelled.last(e.RefundDecided)
        assert (decided.at, decided.price_minor) == (DUE[edition] + days(30), PRICE)
        ended = cancelled.quiet().stands(status=Status.CANCELLED, held_minor=0)
        assert ended.balance_minor(Account.DUE_BUYER) == -PRICE
        ended.stands(fund_paid_minor=0 if edition == ESCROW else PRICE)

    def test_r45_never_shipped_beyond_the_cover(self, edition: str) -> None:
        ended = given(edition, covered_minor=600_000).paid().quiet()
        from_fund = 0 if edition == ESCROW else 600_000
        ended.stands(
            fund_paid_minor=from_fund, uncovered_minor=PRICE - from_fund if from_fund else 0
        )

    def test_r45_more_money_asked_after_agreement(self, edition: str) -> None:
        """Recorded, the contract stands, a ground for claim; not performing is never shipped."""
        demand = c.RecordPriceDemand(message_hash="m" * 64, amount_minor=150_000)
        here = given(edition).paid().when(BUYER, demand).then(e.PriceDemanded)
        here.stands(price_demanded=True, paid_minor=PRICE)
        assert here.order.terms == here.terms, "the agreed price is the price"
        advice_asked = here.by(BUYER, claim(Ground.PRICE_RAISED))
        advice = recommendation_for(
            advice_asked.order, now=advice_asked.now, policy=advice_asked.policy
        )
        assert advice.condition.value == Condition.PERFORM.value
        here.quiet().stands(status=Status.CANCELLED, returned_minor=PRICE)

    def test_r45_two_failed_inspections_and_a_missed_date(self, edition: str) -> None:
        """The refund path opens by itself at the second failure; full refund and both inspections' fees."""
        here = given(edition).paid().by(BUYER, booking("i1")).by(INSPECTOR, report("i1", major=9))
        here = here.by(BUYER, c.RequestRework(), booking("i2")).after(days(3))
        opened = here.when(INSPECTOR, report("i2", major=8)).then(
            e.InspectionReported, e.DisputeOpened
        )
        ended = opened.quiet().stands(
            status=Status.REFUNDED, returned_minor=PRICE, fees_returned_minor=2 * FEE
        )
        from_fund = 2 * FEE if edition == ESCROW else PRICE + 2 * FEE
        ended.stands(fund_paid_minor=from_fund)

    def test_r45_counterfeits_never_ordered_seized_by_customs(self, edition: str) -> None:
        """Other goods than ordered with pre-shipment cover: no customs delay; full refund without return."""
        seized = c.RecordSeizure(wrong_goods=True, notice_hash="n" * 64)
        here = given(edition, PRE_SHIPMENT).shipped().after(days(7)).by(BANK, seized)
        here = here.after(days(8))
        for ground in (Ground.COUNTERFEIT, Ground.SEIZED, Ground.WRONG_GOODS):
            opened = here.when(BUYER, claim(ground)).then(e.DisputeOpened)
            advice = recommendation_for(opened.order, now=opened.now, policy=opened.policy)
            assert (advice.amount_minor, advice.condition.value) == (PRICE, "none")
        opened.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)

    def test_r45_the_window_about_to_end_while_the_supplier_stalls(self, edition: str) -> None:
        """Warned at 7, 3 and 1 days; opening the dispute stops the release, and no word moves the deadline."""
        here = given(edition).delivered()
        until = here.now + days(30)
        warned = here.when_nobody_acts(until - seconds(1)).then(*[e.ClaimWindowWarned] * 3)
        stalled = warned.by(BUYER, claim(Ground.QUALITY)).by(SUPPLIER, refund_offer(1_000))
        promised = stalled.by(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
        after = promised.after(days(5)).settled()
        after.stands(held_minor=PRICE if edition == ESCROW else 0)
        assert after.order.shipments[0].claim_until == until
        escalated = promised.after(days(7) + seconds(1)).settled()
        assert escalated.last(e.DisputeEscalated).at == promised.now + days(7)

    def test_r44_r45_goods_returned_as_ordered_not_in_the_same_condition(
        self, edition: str
    ) -> None:
        """Judged by comparing the two reports; a supplier that is silent or without report refunds."""
        here = given(edition).disputed().by(BUYER, booking("d1", InspectionStage.DISPUTE))
        here = here.by(INSPECTOR, report("d1", mandatory_failed=("T2",)))
        back = here.decided(PRICE, condition=Condition.RETURN).final()
        same = c.RecordCondition(before=True, same=True, report_hash="r")
        sent = back.by(INSPECTOR, same).by(BUYER, c.RecordReturnSent(mode=Mode.AIR, proof_hash="p"))
        arrived = sent.by(BANK, c.RecordReturnArrived(proof_hash="p"))
        arrived.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)
        confirmed = arrived.by(
            INSPECTOR, c.RecordCondition(before=False, same=True, report_hash="r")
        )
        confirmed.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)

    def test_r42_r45_answered_a_message_treated_as_settled(self, edition: str) -> None:
        """Impossible: only an explicit act of the claimant closes, and nobody else can perform it."""
        here = given(edition).disputed()
        answered = here.by(BUYER, c.SubmitEvidence(item_hash="I ordered one more spring"))
        dispute = answered.order.dispute
        assert dispute is not None
        assert dispute.is_open
        closing = c.WithdrawClaim(claims=dispute.claims, statement_hash="settled")
        answered.when(SUPPLIER, closing).refused(Code.NOT_PERMITTED)
        answered.after(hours(73)).when(BUYER, c.Escalate()).then(e.DisputeEscalated)


def test_r45_under_the_guarantee_the_supplier_may_pay_a_settlement_itself() -> None:
    """The supplier pays in seven business days, else the fund up to the cover."""
    here = given(GUARANTEE).disputed().by(SUPPLIER, refund_offer(PRICE))
    settled = here.by(BUYER, c.AcceptOffer(offer_id="o1"))
    repaid = settled.by(BANK, c.RecordSupplierRepaid(refund_id="r1", amount_minor=PRICE))
    repaid.quiet().stands(fund_paid_minor=0)
    settled.quiet().stands(fund_paid_minor=PRICE, receivable_minor=PRICE)


def test_r45_shipping_after_the_demand_ends_the_matter() -> None:
    demand = c.RecordPriceDemand(message_hash="m" * 64)
    here = given().paid().by(SUPPLIER, demand).by(SUPPLIER, shipment())
    here.when(BUYER, claim(Ground.PRICE_RAISED)).refused(Code.ALL_SHIPPED)
