"""Chargebacks: everything waits, and the same money never goes out twice (R26; A72 to A76)."""

from __future__ import annotations

import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, InspectionStage, Status
from fairlot.domain.order.terms import Mode
from fairlot.domain.policy.model import Ground
from fairlot.domain.supplier.order_entry import order_entry
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    INSPECTOR,
    PRICE,
    SUPPLIER,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    local,
    payment,
    refund_offer,
    report,
    seconds,
    shipment,
)

BY_CARD = 1_028_000
CARD_FEE = 28_000
WON = c.RecordChargebackEnded(chargeback_id="cb1", won=True, network_fee_minor=1_500)
LOST = c.RecordChargebackEnded(chargeback_id="cb1", won=False, network_fee_minor=1_500)


def opened(amount_minor: int = BY_CARD, chargeback_id: str = "cb1") -> c.RecordChargebackOpened:
    return c.RecordChargebackOpened(chargeback_id=chargeback_id, amount_minor=amount_minor)


def paid_by_card(edition: str = ESCROW) -> Given:
    return given(edition).paid(BY_CARD, rail="card")


def there(edition: str = ESCROW) -> Given:
    """Return delivered goods that were paid by card."""
    here = paid_by_card(edition).after(days(40))
    return here.by(BANK, shipment()).after(days(30)).by(BANK, delivery())


class TestFreezes:
    def test_r26_everything_waits_while_the_bank_decides(self) -> None:
        here = (
            there()
            .when(BANK, opened())
            .then(e.ChargebackOpened, price_minor=PRICE, fee_minor=CARD_FEE)
        )
        assert here.clock(ClockKind.CLAIM_WINDOW) is None
        here.by(BUYER, c.ConfirmReceipt()).stands(held_minor=PRICE, released_minor=0)

    def test_a73_a_bank_that_never_answers_ends_after_180_days(self) -> None:
        here = there().by(BANK, opened())
        assert here.due_at(ClockKind.CHARGEBACK) == here.now + days(180)
        after = here.when_nobody_acts(here.now + days(180) + seconds(1)).happened(
            e.PlatformBreached, e.ChargebackEnded
        )
        assert after.last(e.ChargebackEnded).outcome == "unanswered"
        after.after(seconds(1)).settled().stands(held_minor=0, released_minor=PRICE)

    def test_a73_the_days_count_from_the_last_message(self) -> None:
        opened_once = there().by(BANK, opened())
        told = c.RecordChargebackMessage(chargeback_id="cb1")
        heard = opened_once.after(days(17)).when(BANK, told).then(e.ChargebackContinued)
        assert heard.due_at(ClockKind.CHARGEBACK) == opened_once.now + days(17 + 180)
        waiting = heard.at(opened_once.now + days(180) + seconds(1)).settled()
        assert waiting.order.chargeback is not None
        assert waiting.order.chargeback.open
        other = c.RecordChargebackMessage(chargeback_id="cb9")
        heard.when(BANK, other).refused(Code.NO_CHARGEBACK)
        heard.by(BANK, WON).when(BANK, told).refused(Code.NO_CHARGEBACK)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (opened(0), Code.AMOUNT_NOT_POSITIVE),
            (opened(BY_CARD + 1), Code.CHARGEBACK_ABOVE_PAYMENT),
        ],
        ids=["nothing", "more than was paid"],
    )
    def test_no_more_than_was_paid_by_card(
        self, command: c.RecordChargebackOpened, code: Code
    ) -> None:
        there().when(BANK, command).refused(code)

    def test_one_at_a_time_and_only_by_card(self) -> None:
        here = there().by(BANK, opened())
        here.when(BANK, opened(1, "cb2")).refused(Code.CHARGEBACK_ALREADY_OPEN)
        given().delivered().when(BANK, opened(1)).refused(
            Code.CHARGEBACK_ABOVE_PAYMENT, paid_minor=0
        )
        other = c.RecordChargebackEnded(chargeback_id="cb9", won=True)
        here.when(BANK, other).refused(Code.NO_CHARGEBACK)
        here.by(BANK, WON).when(BANK, WON).refused(Code.NO_CHARGEBACK)


class TestEnds:
    def test_r26_won_nothing_but_the_networks_charge_is_lost(self) -> None:
        here = there().by(BANK, opened()).by(BANK, WON)
        assert here.balance_minor(Account.PLATFORM_COST) == 1_500
        here.quiet().stands(status=Status.CLOSED, released_minor=PRICE)

    def test_a72_lost_the_goods_part_comes_from_what_is_held(self) -> None:
        """A72: fee part and network charge are the platform's cost."""
        here = (
            there().by(BANK, opened()).when(BANK, LOST).happened(e.ChargebackEnded, e.OrderRefunded)
        )
        here.stands(held_minor=0, returned_minor=PRICE, charged_back_minor=PRICE)
        assert here.balance_minor(Account.PLATFORM_COST) == CARD_FEE + 1_500
        assert here.balance_minor(Account.DUE_BUYER) == 0

    def test_a75_under_the_guarantee_the_fund_pays_up_to_the_cover(self) -> None:
        """A75: a receivable on the supplier, in a part of its own; the rest is the platform's loss."""
        line_cover = given(GUARANTEE, covered_minor=600_000).paid(BY_CARD, rail="card")
        here = line_cover.by(BANK, opened()).by(BANK, LOST)
        advanced = here.balance_minor(Account.DUE_BUYER)
        assert advanced == PRICE, "the bank has it already; nobody has paid for it yet"
        ended = here.quiet()
        ended.stands(fund_paid_minor=600_000, receivable_minor=600_000, uncovered_minor=0)
        assert ended.balance_minor(Account.DUE_BUYER) == 0
        assert ended.balance_minor(Account.PLATFORM_COST) == 400_000 + CARD_FEE + 1_500

    def test_a76_refunded_first_the_buyer_owes_it(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).decided(PRICE).final()
        here.stands(status=Status.REFUNDED)
        here = here.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=PRICE))
        lost = here.by(BANK, opened(PRICE)).by(BANK, LOST)
        lost.stands(buyer_owes_minor=PRICE, returned_minor=PRICE)
        assert lost.balance_minor(Account.BUYER_RECEIVABLE) == PRICE

    def test_r26_a_part_taken_is_taken_off_the_refund(self) -> None:
        """A74: refund = due minus what the chargeback paid; its clock starts when the chargeback ends."""
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened(300_000))
        decided = here.decided(500_000).final().stands(returned_minor=0)
        ended = decided.when(BANK, LOST).happened(
            e.ChargebackEnded, e.DisputeExecuted, e.RefundDecided
        )
        assert ended.last(e.RefundDecided).price_minor == 200_000
        ended.stands(returned_minor=500_000, released_minor=500_000)
        assert ended.last(e.RefundDecided).at == ended.now

    def test_a74_a_chargeback_above_the_decision_leaves_nothing_to_refund(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened(600_000))
        ended = here.decided(500_000).final().by(BANK, LOST)
        ended.stands(returned_minor=600_000, released_minor=400_000, status=Status.SETTLED)

    @pytest.mark.parametrize(
        ("charged_back", "decided", "refunded"),
        [
            (BY_CARD, 112_500, None),
            (BY_CARD, PRICE, None),
            (PRICE, PRICE, 25_000),
            (120_000, 112_500, 17_500),
            (112_500, 112_500, 25_000),
        ],
        ids=["all of it", "price and both fees", "the price", "a part of the fee", "no more"],
    )
    def test_a74_the_inspections_fee_is_part_of_what_the_chargeback_paid(
        self, charged_back: int, decided: int, refunded: int | None
    ) -> None:
        """A22, A74: due is price and fee together; what the bank paid beyond the price is not paid again."""
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened(charged_back))
        here = here.by(BUYER, booking(stage=InspectionStage.DISPUTE, fee_minor=25_000))
        here = here.by(INSPECTOR, report(major=40))
        ended = here.decided(decided).final().by(BANK, LOST)
        fees = [event.fee_minor for event in ended.events if isinstance(event, e.RefundDecided)]
        assert fees == ([] if refunded is None else [refunded])

    def test_a74_a_won_chargeback_lets_the_decision_be_executed_whole(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened())
        ended = here.decided(112_500).final().stands(returned_minor=0).by(BANK, WON)
        ended.stands(returned_minor=112_500, released_minor=887_500)

    def test_a74_a_return_is_paid_less_what_the_bank_took(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY))
        back = here.decided(PRICE, condition=Condition.RETURN, otherwise_minor=0).final()
        sent = back.by(BUYER, c.RecordReturnSent(mode=Mode.AIR, proof_hash="p"))
        taken = sent.by(BANK, opened(400_000)).by(BANK, LOST)
        ended = taken.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)
        assert ended.last(e.RefundDecided).price_minor == 600_000

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r26_twice_in_parts_is_never_more_than_the_payment(self, edition: str) -> None:
        here = there(edition).by(BANK, opened(300_000)).by(BANK, LOST)
        here.when(BANK, opened(728_001, "cb2")).refused(
            Code.CHARGEBACK_ABOVE_PAYMENT, paid_minor=728_000
        )
        second = here.by(BANK, opened(728_000, "cb2"))
        assert second.last(e.ChargebackOpened).price_minor == 700_000
        lost = c.RecordChargebackEnded(chargeback_id="cb2", won=False)
        second.by(BANK, lost).quiet().stands(charged_back_minor=PRICE)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r26_what_a_chargeback_took_does_not_bounce_as_well(self, edition: str) -> None:
        """R26: found by the scripts of T1 and M1, where the same money left twice and a refund was below zero."""
        bounce = c.RecordPaymentReversed(payment_id="p1", code="R")
        open_one = there(edition).by(BANK, opened(300_000))
        open_one.when(BANK, bounce).refused(Code.ALREADY_REVERSED)
        lost = open_one.by(BANK, LOST)
        lost.when(BANK, bounce).refused(Code.ALREADY_REVERSED)
        lost.stands(charged_back_minor=300_000, buyer_owes_minor=0)
        open_one.by(BANK, WON).when(BANK, bounce).granted()

    def test_r26_no_refund_is_below_zero_where_one_payment_was_taken_back_and_the_other_bounced(
        self,
    ) -> None:
        """R26: found by exploring, where such a refund put money back under what is held of a cancelled order."""
        here = paid_by_card().by(BANK, payment(257, "p2", rail="card"))
        lost = here.by(BANK, opened(200)).by(
            BANK, c.RecordChargebackEnded(chargeback_id="cb1", won=False)
        )
        bounced = lost.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R"))
        ended = bounced.quiet().stands(status=Status.CANCELLED, held_minor=0, buyer_owes_minor=200)
        assert all(refund.amount_minor >= 0 for refund in ended.order.refunds)

    def test_a_bounced_card_payment_is_no_money_to_take_back(self) -> None:
        here = given().agreed().by(BANK, payment(BY_CARD, rail="card"))
        here = here.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R"))
        again = here.by(BANK, payment(BY_CARD, "p2", rail="card"))
        assert again.when(BANK, opened()).granted().last(e.ChargebackOpened).price_minor == PRICE

    def test_a_lost_chargeback_leaves_a_running_case_its_own_end(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened()).by(BANK, LOST)
        assert here.order.dispute is not None
        assert here.order.dispute.is_open
        here.quiet().stands(status=Status.CLOSED, released_minor=0, returned_minor=PRICE)


def test_a_chargeback_before_shipment_stops_production_from_being_cancelled() -> None:
    """A38: a chargeback suspends the ordinary clocks; they act when it ends."""
    here = paid_by_card().by(BANK, opened())
    waiting = here.at(local("2026-08-15")).settled().stands(status=Status.IN_PRODUCTION)
    ended = waiting.by(BANK, WON)
    assert ended.after(seconds(1)).settled().last(e.OrderCancelled).at == ended.now


class TestCost:
    """A72: the fee part and the network's charge are our cost, which an upheld claim makes the supplier's debt."""

    COST = CARD_FEE + 1_500

    def test_a72_the_supplier_owes_it_once_the_claim_is_upheld(self) -> None:
        waiting = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened()).decided(112_500)
        ended = waiting.final().when(BANK, LOST)
        charged = ended.happened(e.ChargebackEnded, e.ChargebackCostCharged, e.DisputeExecuted)
        charged.stands(cost_receivable_minor=self.COST, chargeback_cost_minor=0)
        assert charged.balance_minor(Account.PLATFORM_COST) == self.COST
        assert charged.balance_minor(Account.SUPPLIER_RECEIVABLE) == self.COST
        entry = order_entry(charged.events)
        assert entry is not None
        assert not entry.made_good

    def test_a72_a_decision_that_comes_later_charges_it_before_anything_is_released(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).by(BANK, opened(300_000)).by(BANK, LOST)
        here.stands(chargeback_cost_minor=1_500, cost_receivable_minor=0)
        decided = here.decided(100_000)
        final = decided.when_nobody_acts(decided.due_at(ClockKind.APPEAL) + seconds(1))
        charged = final.happened(e.DecisionFinal, e.ChargebackCostCharged, e.FundsReleased)
        charged.stands(chargeback_cost_minor=0, cost_receivable_minor=1_500)

    def test_a72_what_is_recovered_serves_fund_and_buyer_first(self) -> None:
        covered = given(GUARANTEE, covered_minor=600_000).paid(BY_CARD, rail="card")
        here = covered.after(days(40)).by(BANK, shipment()).after(days(30)).by(BANK, delivery())
        here = here.by(BUYER, claim(Ground.QUALITY)).by(BANK, opened()).decided(112_500).final()
        owed = here.by(BANK, LOST).quiet()
        owed.stands(receivable_minor=600_000, cost_receivable_minor=self.COST)
        loss = owed.balance_minor(Account.PLATFORM_COST)
        whole = c.RecordRecovery(recovery_id="v1", amount_minor=600_000)
        paid = owed.by(BANK, whole).stands(receivable_minor=0, cost_receivable_minor=self.COST)
        more = c.RecordRecovery(recovery_id="v2", amount_minor=20_000)
        part = paid.by(BANK, more).stands(cost_receivable_minor=self.COST - 20_000)
        assert part.balance_minor(Account.PLATFORM_COST) == loss - 20_000
        assert part.balance_minor(Account.SUPPLIER_RECEIVABLE) == self.COST - 20_000
        assert part.balance_minor(Account.FUND_RECOVERABLE) == 20_000 - self.COST
        rest = c.RecordRecovery(recovery_id="v3", amount_minor=self.COST)
        part.when(BANK, rest).refused(Code.MORE_THAN_DUE, due_minor=self.COST - 20_000)

    @pytest.mark.parametrize("how", ["no claim", "for the supplier", "settled", "won"])
    def test_a72_without_an_upheld_claim_it_stays_ours(self, how: str) -> None:
        here = there().by(BANK, opened(300_000))
        if how != "no claim":
            here = here.by(BUYER, claim(Ground.QUALITY))
        if how == "for the supplier":
            here = here.decided(0).final()
        elif how == "won":
            here = here.decided(100_000).final()
        elif how == "settled":
            offer = refund_offer(50_000)
            here = here.by(SUPPLIER, offer).by(BUYER, c.AcceptOffer(offer_id="o1"))
        ended = here.by(BANK, WON if how == "won" else LOST).quiet()
        ended.stands(cost_receivable_minor=0)
        assert ended.balance_minor(Account.PLATFORM_COST) == 1_500

    def test_a76_who_took_the_same_money_twice_is_the_cause_of_its_cost(self) -> None:
        here = there().by(BUYER, claim(Ground.QUALITY)).decided(PRICE).final()
        here = here.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=PRICE))
        here.by(BANK, opened()).by(BANK, LOST).stands(cost_receivable_minor=0)
