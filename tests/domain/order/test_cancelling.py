"""Cancellations that the platform itself causes: everything goes back, the fee of the payment too (ruling A15)."""

from __future__ import annotations

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.decisions.cancelling import returnable_fees
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    INSPECTOR,
    OPERATOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    given,
    payment,
    report,
    seconds,
    shipment,
)

FEE = 28_000
CANCEL = c.CancelByPlatform(reason_hash="a" * 64)


def paid_by_card(edition: str = ESCROW) -> Given:
    return given(edition).agreed().by(BANK, payment(PRICE + FEE, rail="card"))


class TestMoney:
    def test_a15_price_and_fee_go_back_and_the_platform_bears_the_fee(self) -> None:
        gone = (
            paid_by_card()
            .when(OPERATOR, CANCEL)
            .then(e.OrderCancelled, e.RefundDecided, e.PaymentFeeReturned)
        )
        gone.stands(status=Status.CANCELLED, held_minor=0)
        assert gone.last(e.OrderCancelled).reason == "platform"
        assert gone.balance_minor(Account.PLATFORM_COST) == FEE
        assert gone.balance_minor(Account.DUE_BUYER) == -(PRICE + FEE)

    def test_a15_a_cancellation_by_the_clock_gives_no_fee_back(self) -> None:
        late = paid_by_card().quiet()
        assert late.order.status is Status.CANCELLED
        assert late.balance_minor(Account.PLATFORM_COST) == 0

    def test_a15_the_direct_edition_takes_the_price_from_the_supplier_or_the_fund(self) -> None:
        gone = paid_by_card(GUARANTEE).when(OPERATOR, CANCEL).granted()
        (seeking,) = gone.order.seeking
        assert (seeking.price_minor, seeking.fee_minor) == (PRICE, 0)
        funded = gone.by(BANK, c.RecordSetOff(refund_id=seeking.refund_id, taken_minor=0))
        assert funded.last(e.RefundFunded).from_fund_minor == PRICE
        assert funded.balance_minor(Account.DUE_BUYER) == -(PRICE + FEE)

    def test_a15_a_way_to_pay_may_keep_its_fee(self) -> None:
        here = paid_by_card()
        keeps = msgspec.structs.replace(
            here.policy,
            ways_to_pay=tuple(
                msgspec.structs.replace(way, fee_returned_when_platform_cancels=False)
                for way in here.policy.ways_to_pay
            ),
        )
        assert [fee for _, fee in returnable_fees(here.order, here.policy)] == [FEE]
        assert list(returnable_fees(here.order, keeps)) == []

    def test_a15_the_fee_of_a_bounced_payment_was_never_kept(self) -> None:
        here = given().agreed().by(BANK, payment(PRICE + 1_500, rail="e-checking"))
        back = here.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        back.when(OPERATOR, CANCEL).then(e.OrderCancelled)

    def test_r26_what_a_chargeback_took_of_the_fee_does_not_go_back_again(self) -> None:
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=PRICE + FEE)
        lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False)
        here = paid_by_card().by(BANK, opened, lost)
        assert list(returnable_fees(here.order, here.policy)) == []

    def test_a22_the_fees_of_failed_inspections_come_back_too(self) -> None:
        failed = paid_by_card().by(BUYER, booking()).by(INSPECTOR, report(major=40))
        gone = failed.when(OPERATOR, CANCEL).granted()
        advanced = failed.order.inspections[0].fee_minor
        assert advanced > 0
        assert gone.last(e.RefundDecided).fee_minor == advanced


class TestWho:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_only_the_platform_cancels_for_its_own_fault(self, edition: str) -> None:
        here = paid_by_card(edition)
        for actor in (BUYER, SUPPLIER, BANK):
            here.when(actor, CANCEL).refused(Code.NOT_PERMITTED)

    def test_it_says_why(self) -> None:
        paid_by_card().when(OPERATOR, c.CancelByPlatform(reason_hash="")).refused(
            Code.REASON_MISSING
        )

    def test_an_unpaid_order_is_only_cancelled(self) -> None:
        given().agreed().when(OPERATOR, CANCEL).then(e.OrderCancelled)

    def test_goods_that_have_left_are_no_longer_cancelled(self) -> None:
        given().shipped().when(OPERATOR, CANCEL).refused(Code.WRONG_STATUS)
        two = given(lines=TWO_LINES).paid()
        part = two.by(SUPPLIER, shipment(quantities={1: 1}))
        part.when(OPERATOR, CANCEL).refused(Code.ALREADY_SHIPPED)

    def test_r42_it_ends_no_dispute_and_no_chargeback(self) -> None:
        here = given().paid()
        assert here.order.shipment_until is not None
        late = here.at(here.order.shipment_until + seconds(1)).by(BUYER, claim(Ground.LATE))
        late.when(OPERATOR, CANCEL).refused(Code.DISPUTE_ALREADY_OPEN)
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=PRICE)
        paid_by_card().by(BANK, opened).when(OPERATOR, CANCEL).refused(Code.CHARGEBACK_ALREADY_OPEN)
