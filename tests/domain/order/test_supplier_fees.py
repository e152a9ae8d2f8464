"""The fee of a way to pay where the contract lays it on the supplier (programme, section 6; rulings A15, A72, A80)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.ledger.journal import postings_for
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.paying import ways_to_pay
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.order.terms import Instalment, Line, Party
from fairlot.domain.policy.fees import fee_on, way_in_force
from fairlot.domain.policy.model import Ground
from tests.support.fees import with_another_card_fee
from tests.support.given import (
    BANK,
    BUYER,
    ESCROW,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    OPERATOR,
    PRICE,
    SUPPLIER,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    payment,
    report,
    seconds,
    shipment,
)
from tests.support.order_scripts import (
    AFTERWARDS,
    Asked,
    Played,
    balances,
    check_books,
    made_concrete,
    random_script,
)

CARD_FEE = 28_000
CHECK_FEE = 1_500
CANCEL = c.CancelByPlatform(reason_hash="a" * 64)
SCRIPTS = 150


def laid(edition: str = ESCROW, **changes: Any) -> Given:
    return given(edition, fee_borne_by=Party.SUPPLIER, buyer_country="US", **changes)


def to_supplier(here: Given, currency: str = "USD") -> int:
    """Return what has left the order for the supplier's account, less what came back from it."""
    return -here.balance_minor(Account.PAYOUT_CLEARING, currency)


def to_processor(here: Given, currency: str = "USD") -> int:
    return -here.balance_minor(Account.PROCESSOR_FEE, currency)


def advance(here: Given, currency: str = "USD") -> int:
    return here.balance_minor(Account.PLATFORM_COST, currency)


def booked(event: e.OrderEvent) -> dict[str, dict[str, int]]:
    """Return an event's entries as a table: template, then account with its part."""
    return {
        entry.template: {
            f"{line.account}:{line.part}".rstrip(":"): line.amount_minor for line in entry.postings
        }
        for entry in postings_for(event)
    }


class TestPlainPayment:
    def test_r25_the_buyer_pays_the_price_alone_and_is_told_the_fee(self) -> None:
        here = laid().agreed()
        offers = {o.name: o for o in ways_to_pay(here.order, now=here.now, policy=here.policy)}
        card = offers["card"]
        assert (card.fee_minor, card.total_minor, card.fee_borne_by_supplier) == (
            CARD_FEE,
            PRICE,
            True,
        )
        assert not offers["wire"].fee_borne_by_supplier
        paid = here.when(BANK, payment(card.total_minor, rail="card")).then(
            e.PaymentReceived, e.PaymentFeeLaid, e.PaymentCompleted
        )
        paid.stands(status=Status.IN_PRODUCTION, held_minor=PRICE)
        received = paid.last(e.PaymentReceived)
        assert (received.price_minor, received.fee_minor, received.excess_minor) == (PRICE, 0, 0)
        told = paid.last(e.PaymentFeeLaid)
        assert (told.fee_basis_points, told.fee_fixed_minor, told.amount_minor) == (
            280,
            0,
            CARD_FEE,
        )
        assert booked(told) == {
            "payment_fee_laid": {
                "platform_cost:payment_fee": CARD_FEE,
                "processor_fee:card": -CARD_FEE,
            }
        }

    def test_r25_a_release_is_the_price_less_the_fee_and_nothing_is_left_over(self) -> None:
        done = laid().delivered(amount_minor=PRICE, rail="card")
        done = done.when(BUYER, c.ConfirmReceipt()).then(
            e.ReceiptConfirmed, e.PaymentFeeTaken, e.FundsReleased, e.OrderCompleted
        )
        assert booked(done.last(e.PaymentFeeTaken)) == {
            "payment_fee_taken": {"held": CARD_FEE, "platform_cost:payment_fee": -CARD_FEE}
        }
        assert booked(done.last(e.FundsReleased)) == {
            "funds_released": {"held": PRICE - CARD_FEE, "payout_clearing": CARD_FEE - PRICE}
        }
        assert (to_supplier(done), to_processor(done), advance(done)) == (
            PRICE - CARD_FEE,
            CARD_FEE,
            0,
        )
        assert done.balance_minor(Account.BANK) == to_supplier(done) + to_processor(done)

    def test_the_same_order_at_the_buyers_fee_gives_the_supplier_the_whole_price(self) -> None:
        done = given().delivered(amount_minor=PRICE + CARD_FEE, rail="card")
        assert to_supplier(done.by(BUYER, c.ConfirmReceipt())) == PRICE

    def test_a_way_without_a_fee_takes_nothing(self) -> None:
        here = laid().agreed()
        here.when(BANK, payment(PRICE)).then(e.PaymentReceived, e.PaymentCompleted)

    def test_the_direct_edition_takes_it_from_what_goes_straight_on(self) -> None:
        paid = laid(GUARANTEE).agreed().when(BANK, payment(PRICE, rail="card"))
        here = paid.then(
            e.PaymentReceived,
            e.PaymentFeeLaid,
            e.PaymentFeeTaken,
            e.FundsReleased,
            e.PaymentCompleted,
        )
        assert (to_supplier(here), advance(here)) == (PRICE - CARD_FEE, 0)

    def test_too_much_goes_back_whole_and_bears_no_fee(self) -> None:
        here = laid().agreed().by(BANK, payment(PRICE + 12_345, rail="card"))
        assert here.last(e.PaymentReceived).excess_minor == 12_345
        assert here.last(e.PaymentFeeLaid).amount_minor == CARD_FEE

    def test_too_little_stays_unpaid_and_both_parts_bear_their_own_fee(self) -> None:
        here = laid().agreed().by(BANK, payment(400_000, rail="card"))
        here.stands(status=Status.AGREED, paid_minor=400_000)
        assert here.last(e.PaymentFeeLaid).amount_minor == 11_200
        whole = here.by(BANK, payment(600_000, "p2", rail="e-checking"))
        whole.stands(status=Status.IN_PRODUCTION)
        assert [p.fee_owed_minor for p in whole.order.payments] == [11_200, CHECK_FEE]

    def test_two_instalments_by_two_ways(self) -> None:
        here = laid(instalments=HALVES).paid(500_000, rail="card")
        here = here.by(BUYER, booking()).by(INSPECTOR, report())
        here = here.by(BANK, payment(500_000, "p2", rail="e-checking"))
        done = here.quiet()
        # Nothing was shipped: the buyer has all it paid, and the supplier owes both fees.
        assert [x.amount_minor for x in done.events if isinstance(x, e.PaymentFeeCharged)] == [
            14_000,
            CHECK_FEE,
        ]
        done.stands(fee_receivable_minor=14_000 + CHECK_FEE, returned_minor=PRICE)


class TestMoneyThatGoesBack:
    def test_a15_a_whole_refund_leaves_the_buyer_nothing_short_and_the_supplier_in_debt(
        self,
    ) -> None:
        gone = laid().disputed(amount_minor=PRICE, rail="card").decided(PRICE).final()
        gone.stands(status=Status.REFUNDED, returned_minor=PRICE, fee_receivable_minor=CARD_FEE)
        assert gone.last(e.RefundDecided).from_held_minor == PRICE
        assert booked(gone.last(e.PaymentFeeCharged)) == {
            "payment_fee_charged": {
                "supplier_receivable:payment_fee": CARD_FEE,
                "fund_recoverable:payment_fee": -CARD_FEE,
            }
        }
        paid = gone.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=CARD_FEE))
        paid.stands(fee_receivable_minor=0, cost_receivable_minor=0)
        assert (advance(paid), to_supplier(paid)) == (0, -CARD_FEE)
        paid.when(BANK, c.RecordRecovery(recovery_id="v2", amount_minor=1)).refused(
            Code.MORE_THAN_DUE, due_minor=0
        )

    def test_a_refund_in_part_takes_the_fee_from_the_rest(self) -> None:
        gone = laid().disputed(amount_minor=PRICE, rail="card").decided(300_000).final()
        gone.stands(status=Status.SETTLED, returned_minor=300_000, fee_receivable_minor=0)
        assert (to_supplier(gone), advance(gone)) == (700_000 - CARD_FEE, 0)

    def test_a_rest_smaller_than_the_fee_gives_all_of_it_and_the_supplier_owes_what_lacks(
        self,
    ) -> None:
        gone = laid().disputed(amount_minor=PRICE, rail="card").decided(PRICE - 10_000).final()
        gone.stands(fee_receivable_minor=CARD_FEE - 10_000, returned_minor=PRICE - 10_000)
        assert to_supplier(gone) == 0

    def test_an_order_never_shipped_gives_the_whole_price_back(self) -> None:
        gone = laid().paid(PRICE, rail="card").quiet()
        gone.stands(returned_minor=PRICE, fee_receivable_minor=CARD_FEE)

    def test_the_cover_is_of_goods_and_the_fund_gives_no_fee(self) -> None:
        gone = laid(GUARANTEE).disputed(amount_minor=PRICE, rail="card").decided(300_000).final()
        answered = gone.by(BANK, c.RecordSetOff(refund_id="r1", taken_minor=0))
        answered.stands(fund_paid_minor=300_000, receivable_minor=300_000, fee_receivable_minor=0)

    def test_what_the_fund_and_the_buyer_are_owed_comes_before_the_fee(self) -> None:
        here = laid(GUARANTEE).disputed(amount_minor=PRICE, rail="card").decided(PRICE).final()
        refund = here.order.seeking[0].refund_id
        owing = here.by(BANK, c.RecordSetOff(refund_id=refund, taken_minor=0))
        part = owing.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=10_000))
        part.last(e.RecoveryBooked)
        part.stands(receivable_minor=PRICE - 10_000)

    def test_a15_the_platform_bears_it_where_it_caused_the_cancellation(self) -> None:
        gone = laid().paid(PRICE, rail="card").when(OPERATOR, CANCEL)
        here = gone.then(e.OrderCancelled, e.RefundDecided, e.PaymentFeeLifted)
        here.stands(returned_minor=PRICE, fee_receivable_minor=0)
        assert (advance(here), to_supplier(here)) == (CARD_FEE, 0)

    def test_a15_the_direct_edition_gives_it_back_to_the_supplier(self) -> None:
        here = laid(GUARANTEE).paid(PRICE, rail="card").by(OPERATOR, CANCEL)
        assert here.last(e.PaymentFeeLifted).given_back_minor == CARD_FEE
        assert (advance(here), to_supplier(here)) == (CARD_FEE, PRICE)

    def test_a15_a_way_that_keeps_its_fee_then_is_the_suppliers_debt(self) -> None:
        here = laid().paid(PRICE, rail="card")
        ways = tuple(
            msgspec.structs.replace(way, fee_returned_when_platform_cancels=False)
            for way in here.policy.ways_to_pay
        )
        keeps = msgspec.structs.replace(
            here, policy=msgspec.structs.replace(here.policy, ways_to_pay=ways)
        )
        keeps.by(OPERATOR, CANCEL).stands(fee_receivable_minor=CARD_FEE)


class TestBouncedAndChargedBack:
    BOUNCE = c.RecordPaymentReversed(payment_id="p1", code="R01")

    def test_a18_the_fee_of_a_bounced_payment_was_never_kept(self) -> None:
        here = laid().paid(PRICE, rail="e-checking").when(BANK, self.BOUNCE)
        back = here.then(e.PaymentReversed, e.PaymentFeeLifted)
        assert (advance(back), to_processor(back), to_supplier(back)) == (0, 0, 0)
        assert back.balance_minor(Account.BANK) == 0
        again = back.by(BANK, payment(PRICE, "p2", rail="e-checking"))
        assert sum(p.fee_owed_minor for p in again.order.payments) == CHECK_FEE

    def test_a18_what_was_taken_of_it_the_supplier_gets_back(self) -> None:
        paid = laid(GUARANTEE).paid(PRICE, rail="e-checking")
        assert to_supplier(paid) == PRICE - CHECK_FEE
        back = paid.by(BANK, self.BOUNCE)
        back.stands(buyer_owes_minor=PRICE)
        assert (to_supplier(back), advance(back), to_processor(back)) == (PRICE, 0, 0)

    def test_a18_what_was_charged_of_it_is_set_against_the_debt(self) -> None:
        gone = laid().disputed(amount_minor=PRICE, rail="e-checking").decided(PRICE).final()
        back = gone.by(BANK, self.BOUNCE)
        assert back.last(e.PaymentFeeLifted).given_back_minor == CHECK_FEE
        clear = back.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=CHECK_FEE))
        clear.stands(fee_receivable_minor=0)
        assert (advance(clear), to_supplier(clear), to_processor(clear)) == (0, 0, 0)

    def test_a15_a_payment_that_bounces_after_the_platform_gave_up_costs_nobody_its_fee(
        self,
    ) -> None:
        gone = laid().paid(PRICE, rail="e-checking").by(OPERATOR, CANCEL)
        back = gone.by(BANK, self.BOUNCE)
        assert (advance(back), to_processor(back), to_supplier(back)) == (0, 0, 0)

    def test_a72_a_lost_chargeback_of_the_price_has_no_fee_part_and_the_supplier_bears_its_own(
        self,
    ) -> None:
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=PRICE)
        lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False, network_fee_minor=1_500)
        gone = laid().paid(PRICE, rail="card").by(BANK, opened, lost)
        assert gone.last(e.ChargebackOpened).fee_minor == 0
        gone.stands(status=Status.REFUNDED, fee_receivable_minor=CARD_FEE)
        assert advance(gone) == CARD_FEE + 1_500

    def test_a08_an_undone_cancellation_charges_a_fee_once(self) -> None:
        part = laid().agreed().by(BANK, payment(400_000, rail="card"))
        due_at = part.due_at(ClockKind.FIRST_PAYMENT)
        gone = part.at(due_at + seconds(1)).settled()
        gone.stands(status=Status.CANCELLED, fee_receivable_minor=11_200)
        back = gone.by(BANK, payment(600_000, "p2", booked_at=due_at))
        back.stands(status=Status.IN_PRODUCTION, held_minor=PRICE, fee_receivable_minor=11_200)
        assert all(p.fee_owed_minor == 0 for p in back.order.payments)


class TestWhatItCosts:
    def test_a80_a_rise_since_the_agreement_is_not_the_suppliers(self) -> None:
        here = with_another_card_fee(laid().agreed(), 320)
        here.when(BUYER, c.ConsentToFee(rail="card")).refused(Code.FEE_BORNE_BY_SUPPLIER)
        paid = here.by(BANK, payment(PRICE, rail="card"))
        told = paid.last(e.PaymentFeeLaid)
        assert (told.amount_minor, told.fee_basis_points) == (CARD_FEE, 280)

    def test_a80_a_fall_is(self) -> None:
        here = with_another_card_fee(laid().agreed(), 250).by(BANK, payment(PRICE, rail="card"))
        assert here.last(e.PaymentFeeLaid).amount_minor == 25_000

    def test_a_change_of_bearer_counts_for_payments_after_it(self) -> None:
        here = given(instalments=HALVES).paid(514_000, rail="card")
        changed = msgspec.structs.replace(
            here.terms, version_hash="2" * 64, fee_borne_by=Party.SUPPLIER
        )
        grant = c.Grant(enrolled=True, account_verified=True, cover_minor=0)
        here = here.by(SUPPLIER, c.ProposeVersion(terms=changed))
        here = here.by(BUYER, c.AcceptVersion(version_hash="2" * 64, grant=grant))
        here = here.by(BUYER, booking()).by(INSPECTOR, report())
        here = here.by(BANK, payment(500_000, "p2", rail="card"))
        assert [(p.fee_minor, p.fee_laid_minor) for p in here.order.payments] == [
            (14_000, 0),
            (0, 14_000),
        ]

    @pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
    @pytest.mark.parametrize("first_minor", [1, 17, 250, 499, 99_999, 333_333])
    @pytest.mark.parametrize("back_minor", [0, 1, 250, 27_000, 500_000])
    def test_every_minor_unit_that_came_in_is_somewhere(
        self, currency: str, first_minor: int, back_minor: int
    ) -> None:
        """Two parts by card, rounded each for itself; whatever goes back, bank money is where somebody can point at it."""
        total = 777_777
        here = laid(
            currency=currency,
            total_minor=total,
            covered_minor=total,
            lines=(Line(number=1, quantity=1, unit_price_minor=total),),
            instalments=(Instalment(name="full", amount_minor=total),),
        ).agreed()
        parts = ((first_minor, "p1"), (total - first_minor, "p2"))
        for amount, name in parts:
            here = here.by(BANK, payment(amount, name, rail="card", currency=currency))
        way = way_in_force(here.policy, "card", here.now)
        assert way is not None
        fees = sum(fee_on(way, amount_minor=a, currency=currency) for a, _ in parts)
        assert to_processor(here, currency) == fees
        done = _delivered_and_decided(here, back_minor)
        done.stands(held_minor=0, returned_minor=back_minor)
        supplier = to_supplier(done, currency) - done.order.funds.fee_receivable_minor
        assert supplier == total - back_minor - fees
        assert advance(done, currency) == done.order.funds.fee_receivable_minor
        assert done.balance_minor(Account.BANK, currency) == to_supplier(
            done, currency
        ) - done.balance_minor(Account.DUE_BUYER, currency) + to_processor(
            done, currency
        ) - advance(done, currency)


def _delivered_and_decided(here: Given, back_minor: int) -> Given:
    """Go on by the plain way, with a final decision for so much where anything is to go back."""
    assert here.order.shipment_until is not None
    here = here.at(here.order.shipment_until - days(5)).by(SUPPLIER, shipment())
    here = here.after(days(30)).by(BANK, delivery())
    if back_minor == 0:
        return here.by(BUYER, c.ConfirmReceipt())
    disputed = here.after(days(1)).by(BUYER, claim(Ground.QUALITY))
    return disputed.decided(back_minor).final()


def _on_supplier(acts: list[Asked]) -> list[Asked]:
    """Return a script's acts under a contract that lays fees on the supplier."""
    changed = []
    for asked in acts:
        command = asked.command
        if isinstance(command, c.ProposeVersion):
            terms = msgspec.structs.replace(command.terms, fee_borne_by=Party.SUPPLIER)
            command = c.ProposeVersion(terms=terms)
        changed.append(asked._replace(command=command))
    return changed


def _played(seed: int) -> Played:
    policy, acts = made_concrete(random_script(random.Random(seed)))
    played = Played(policy=policy)
    books: Counter[tuple[Account, str]] = Counter()
    for asked in [*_on_supplier(acts), None]:
        before = len(played.events)
        if asked is None:
            played.settle(acts[-1].at + AFTERWARDS)
        else:
            played.ask(asked)
        books.update(balances(played.events[before:]))
        if played.order.terms is not None:
            check_books(played.order, books)
    return played


def unplaced_minor(events: Sequence[e.OrderEvent]) -> int:
    """Return what of the fees laid on the supplier is neither lifted, taken, charged nor owed by an order at its end."""
    total = 0
    for event in events:
        match event:
            case e.PaymentFeeLaid():
                total += event.amount_minor
            case e.PaymentFeeTaken() | e.PaymentFeeCharged():
                total -= event.amount_minor
            case e.PaymentFeeLifted():
                total -= event.advanced_minor
            case _:
                pass
    return total


@pytest.mark.parametrize("block", range(10))
def test_every_fee_that_was_laid_finds_its_bearer(block: int) -> None:
    laid_fees = 0
    for seed in range(block * SCRIPTS // 10, (block + 1) * SCRIPTS // 10):
        played = _played(seed)
        laid_fees += sum(isinstance(event, e.PaymentFeeLaid) for event in played.events)
        assert unplaced_minor(played.events) == 0, seed
    assert laid_fees > 0


def test_a_fee_that_is_not_taken_would_be_seen() -> None:
    """The planted fault: releases forget the fee."""
    caught = 0
    for seed in range(20):
        kept = [x for x in _played(seed).events if not isinstance(x, e.PaymentFeeTaken)]
        caught += unplaced_minor(kept) != 0
    assert caught > 0
