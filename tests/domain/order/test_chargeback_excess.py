"""A chargeback on what was paid too much: gone back before, it is the buyer's debt; not yet, it does not go back (A76)."""

from __future__ import annotations

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.state import Status
from tests.support.given import BANK, BUYER, HALVES, PRICE, Given, given, payment
from tests.support.order_scripts import balances, check_books

BY_CARD = PRICE + 28_000
TOO_MUCH = 300_000


def paid_too_much(*, sent_minor: int = 0) -> Given:
    """Return an order paid too much by card, of which so much has gone back."""
    here = given().agreed().by(BANK, payment(BY_CARD + TOO_MUCH, rail="card"))
    received = here.last(e.PaymentReceived)
    assert (received.price_minor, received.excess_minor) == (PRICE, TOO_MUCH)
    if sent_minor:
        refund_id = here.order.refunds[0].id
        sent = c.RecordRefundConfirmed(refund_id=refund_id, amount_minor=sent_minor)
        here = here.by(BANK, sent)
    return here


def charged_back(here: Given, amount_minor: int, *, chargeback_id: str = "cb1") -> Given:
    """Return the order after its buyer's bank took so much back."""
    opened = c.RecordChargebackOpened(chargeback_id=chargeback_id, amount_minor=amount_minor)
    lost = here.by(BANK, opened, c.RecordChargebackEnded(chargeback_id=chargeback_id, won=False))
    check_books(lost.order, balances(lost.events))
    return lost


class TestChargebackOfAnExcess:
    def test_a76_what_had_gone_back_is_the_buyers_debt(self) -> None:
        lost = charged_back(paid_too_much(sent_minor=TOO_MUCH), BY_CARD + TOO_MUCH)
        lost.stands(status=Status.REFUNDED, paid_twice_minor=TOO_MUCH, buyer_owes_minor=TOO_MUCH)
        assert lost.balance_minor(Account.PLATFORM_COST) == 28_000
        assert lost.order.paid_twice_at == lost.now
        settled = lost.by(BANK, c.RecordDebtPaid(amount_minor=TOO_MUCH))
        settled.stands(paid_twice_minor=0, buyer_owes_minor=0)

    def test_r26_what_had_not_gone_back_does_not_go_back_any_more(self) -> None:
        lost = charged_back(paid_too_much(), BY_CARD + TOO_MUCH)
        lost.stands(buyer_owes_minor=0, refunds=())
        assert lost.balance_minor(Account.PLATFORM_COST) == 28_000

    def test_each_part_is_what_it_is(self) -> None:
        lost = charged_back(paid_too_much(sent_minor=100_000), PRICE + TOO_MUCH)
        lost.stands(paid_twice_minor=100_000, refunds=())
        assert lost.balance_minor(Account.PLATFORM_COST) == 0

    def test_a_second_chargeback_finds_what_the_first_left(self) -> None:
        first = charged_back(paid_too_much(sent_minor=TOO_MUCH), PRICE + 100_000)
        first.stands(paid_twice_minor=100_000)
        lost = charged_back(first, TOO_MUCH - 100_000 + 28_000, chargeback_id="cb2")
        lost.stands(paid_twice_minor=TOO_MUCH)
        assert lost.balance_minor(Account.PLATFORM_COST) == 28_000

    def test_one_that_is_won_changes_nothing(self) -> None:
        here = paid_too_much()
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=BY_CARD + TOO_MUCH)
        won = here.by(BANK, opened, c.RecordChargebackEnded(chargeback_id="cb1", won=True))
        won.stands(buyer_owes_minor=0, refunds=here.order.refunds)


class TestAnExcessThatWasKept:
    def kept(self) -> Given:
        here = given(instalments=HALVES).agreed().by(BANK, payment(BY_CARD, rail="card"))
        return here.by(BUYER, c.KeepExcess(payment_id="p1")).stands(paid_minor=PRICE)

    def test_is_price_when_it_is_charged_back(self) -> None:
        lost = charged_back(self.kept(), PRICE)
        lost.stands(charged_back_minor=PRICE, held_minor=0, buyer_owes_minor=0)

    def test_a18_is_missing_again_when_its_payment_bounces(self) -> None:
        bounced = self.kept().by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        bounced.stands(status=Status.AGREED, paid_minor=0, held_minor=0, buyer_owes_minor=0)
        check_books(bounced.order, balances(bounced.events))
