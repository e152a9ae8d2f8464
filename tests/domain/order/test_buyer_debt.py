"""Money that a buyer got twice: a debt that is paid or given up, and a card that pays for nothing until then (R26, A76)."""

from __future__ import annotations

import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.decisions import funding
from fairlot.domain.order.paying import ways_to_pay
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import PaymentStatus, Status
from fairlot.domain.policy.model import Ground
from fairlot.domain.policy.not_offered import NotOffered
from tests.support.fees import with_another_card_fee
from tests.support.given import (
    BANK,
    BUYER,
    ESCROW,
    OPERATOR,
    PRICE,
    Given,
    claim,
    given,
    hours,
    payment,
)

BY_CARD = PRICE + 28_000


@pytest.fixture
def owing() -> Given:
    """An order refunded in full, whose buyer's bank took the payment back as well."""
    here = given(ESCROW).delivered(amount_minor=BY_CARD, rail="card")
    here = here.by(BUYER, claim(Ground.QUALITY)).decided(PRICE).final()
    here = here.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=PRICE))
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=BY_CARD)
    return here.by(BANK, opened, c.RecordChargebackEnded(chargeback_id="cb1", won=False))


@pytest.fixture
def blocked() -> Given:
    """An agreed order whose buyer owes such money on another one, since this instant."""
    here = given(ESCROW, buyer_country="US").agreed()
    return here.by(BANK, c.RecordCardBlock(since=here.now)).after(hours(1))


class TestDebt:
    def test_a76_it_is_paid_in_parts_and_no_more_than_is_owed(self, owing: Given) -> None:
        owing.stands(paid_twice_minor=PRICE, buyer_owes_minor=PRICE)
        part = owing.by(BANK, c.RecordDebtPaid(amount_minor=400_000))
        assert part.order.paid_twice_at == owing.now
        part.when(BANK, c.RecordDebtPaid(amount_minor=600_001)).refused(
            Code.MORE_THAN_DUE, due_minor=600_000
        )
        paid = part.by(BANK, c.RecordDebtPaid(amount_minor=600_000))
        paid.stands(paid_twice_minor=0, buyer_owes_minor=0, paid_twice_at=None)
        assert paid.balance_minor(Account.BUYER_RECEIVABLE) == 0

    def test_a76_given_up_it_is_the_platforms_cost(self, owing: Given) -> None:
        cost_minor = owing.balance_minor(Account.PLATFORM_COST)
        gone = owing.by(OPERATOR, c.WriteOffDebt(reason_hash="w"))
        gone.stands(buyer_owes_minor=0, paid_twice_at=None)
        assert gone.balance_minor(Account.PLATFORM_COST) == cost_minor + PRICE
        gone.when(OPERATOR, c.WriteOffDebt(reason_hash="w")).refused(Code.MORE_THAN_DUE)
        owing.when(OPERATOR, c.WriteOffDebt(reason_hash="")).refused(Code.REASON_MISSING)

    def test_a18_a_bounced_payment_owes_without_blocking(self) -> None:
        """A18 names the debt and no block; A76 blocks for money that was taken twice."""
        here = given("guarantee-2017").paid()
        back = here.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        back.stands(buyer_owes_minor=PRICE, paid_twice_minor=0, paid_twice_at=None)


class TestBlock:
    def test_a76_the_card_is_not_offered_other_ways_are(self, blocked: Given) -> None:
        ways = {
            way.name: way
            for way in ways_to_pay(blocked.order, now=blocked.now, policy=blocked.policy)
        }
        assert ways["card"].reason is NotOffered.BLOCKED
        assert (ways["card"].fee_minor, ways["card"].total_minor) == (0, 0)
        assert ways["wire"].offered
        free = blocked.by(BANK, c.RecordCardBlock(since=None))
        assert all(
            way.reason is not NotOffered.BLOCKED
            for way in ways_to_pay(free.order, now=free.now, policy=free.policy)
        )

    def test_a76_it_is_not_offered_from_the_very_second_of_the_debt(self) -> None:
        agreed = given(ESCROW).agreed()
        here = agreed.by(BANK, c.RecordCardBlock(since=agreed.now))
        ways = {way.name: way for way in ways_to_pay(here.order, now=here.now, policy=here.policy)}
        assert ways["card"].reason is NotOffered.BLOCKED
        here.when(BUYER, c.ConsentToFee(rail="card")).refused(Code.CARD_BLOCKED)
        here.when(BANK, payment(BY_CARD, rail="card")).granted().stands(status=Status.IN_PRODUCTION)

    def test_a76_what_would_have_it_pay_is_refused(self, blocked: Given) -> None:
        since = (blocked.now - hours(1)).isoformat()
        dearer = with_another_card_fee(blocked, 320)
        dearer.when(BUYER, c.ConsentToFee(rail="card")).refused(Code.CARD_BLOCKED, since=since)
        arrived = blocked.by(BANK, payment(BY_CARD, rail="card"))
        arrived.when(BUYER, c.KeepExcess(payment_id="p1")).refused(Code.CARD_BLOCKED, since=since)

    def test_a76_money_that_came_all_the_same_is_booked_and_goes_back_whole(
        self, blocked: Given
    ) -> None:
        """Facts are facts (A63); what an order can not take goes back to who sent it (A14)."""
        arrived = blocked.when(BANK, payment(BY_CARD, rail="card")).happened(
            e.PaymentReceived, e.RefundDecided
        )
        booked = arrived.last(e.PaymentReceived)
        assert (booked.price_minor, booked.fee_minor, booked.excess_minor) == (0, 0, BY_CARD)
        assert arrived.last(e.RefundDecided).excess_minor == BY_CARD
        arrived.stands(status=Status.AGREED, held_minor=0, paid_minor=0)
        assert arrived.order.payments[0].status is PaymentStatus.RECEIVED
        arrived.when(BANK, payment(PRICE, "p2")).granted().stands(status=Status.IN_PRODUCTION)

    def test_a76_a_payment_booked_before_the_debt_counts(self, blocked: Given) -> None:
        in_flight = payment(BY_CARD, rail="card", booked_at=blocked.now - hours(1))
        blocked.when(BANK, in_flight).granted().stands(status=Status.IN_PRODUCTION)

    def test_a76_it_revives_no_cancelled_order(self, blocked: Given) -> None:
        """A08: a booking in time undoes a cancellation, but not one by a card that pays for nothing."""
        due_at = blocked.order.payment_until
        late = blocked.quiet()
        late.stands(status=Status.CANCELLED)
        by_card = payment(BY_CARD, rail="card", booked_at=due_at)
        late.when(BANK, by_card).granted().stands(status=Status.CANCELLED, held_minor=0)
        late.when(BANK, payment(PRICE, booked_at=due_at)).granted().stands(held_minor=PRICE)

    def test_a76_the_block_is_noted_once(self, blocked: Given) -> None:
        again = c.RecordCardBlock(since=blocked.now - hours(1))
        blocked.when(BANK, again).refused(Code.CARD_BLOCK_STANDS)
        blocked.when(OPERATOR, c.RecordCardBlock(since=None)).refused(Code.NOT_PERMITTED)

    def test_a_block_that_booking_forgets_is_caught(
        self, monkeypatch: pytest.MonkeyPatch, blocked: Given
    ) -> None:
        """The planted fault: the card pays although it is blocked."""
        monkeypatch.setattr(funding, "is_card_blocked", lambda *_: False)
        with pytest.raises(AssertionError):
            self.test_a76_money_that_came_all_the_same_is_booked_and_goes_back_whole(blocked)
