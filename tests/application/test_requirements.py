"""Requirements as money really leaves and people are really told: the write path, its messages and a worker that performs them."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Claim, OfferKind, Outcome
from fairlot.domain.order.terms import Proof
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.model import Ground
from fairlot.providers.outward import Payee
from tests.support.market import SUPPLIER_ID, MakeMarket, Market, whole_terms
from tests.support.trades import BUYER, MEDIATOR, OPERATOR, SUPPLIER

PRICE = 1_000_000
FEE_BY_CARD = 28_000
EDITIONS = ("escrow-2026", "guarantee-2017")
TERMS = whole_terms(PRICE, PRICE)
ORDER = "ord_1"
CLAIM = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))


def left(market: Market, payee: Payee) -> list[int]:
    """Return every amount that left for somebody."""
    return [each.amount_minor for each in market.null_money.transfers if each.payee is payee]


def told(market: Market, kind: str) -> list[set[str]]:
    """Return who was told of a kind of thing, each time."""
    return [set(each.recipients) for each in market.messenger.told if each.kind == kind]


def shipped(market: Market) -> None:
    shipment = c.RecordShipment(
        shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
    )
    market.ask(ORDER, SUPPLIER, shipment).unwrap()
    market.work()


def there(market: Market) -> None:
    """Go on from a paid order until the goods have arrived and the worker has done its part."""
    shipped(market)
    arrived = c.RecordDelivery(shipment_id="s1", document_hash="c" * 64)
    market.ask(ORDER, PROVIDER, arrived).unwrap()
    market.work()


def decided(market: Market, amount_minor: int) -> None:
    """Have a dispute heard and decided, and the decision become final."""
    market.ask(ORDER, BUYER, c.OpenDispute(claims=(CLAIM,))).unwrap()
    for party in (SUPPLIER, BUYER):
        market.ask(ORDER, party, c.Escalate()).unwrap()
    market.ask(ORDER, OPERATOR, c.NameMediator(mediator_id="per_mediator")).unwrap()
    market.pass_time(days=6)
    outcome = Outcome.FULL_REFUND if amount_minor == PRICE else Outcome.PARTIAL_REFUND
    ruled = c.Decide(outcome=outcome, amount_minor=amount_minor, reason_hash="e" * 64)
    market.ask(ORDER, MEDIATOR, ruled).unwrap()
    market.pass_time(days=12)


class TestR7R22R23:
    def test_r22_under_the_guarantee_the_payment_leaves_for_the_designated_account_at_once(
        self, make_market: MakeMarket
    ) -> None:
        market = make_market(edition="guarantee-2017").enrolled()
        market.paid(ORDER, TERMS)
        paid_at = market.clock()
        market.work()
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        (sent,) = market.null_money.transfers
        assert (sent.payee, sent.amount_minor) == (Payee.SUPPLIER, PRICE)
        assert sent.account_hash == known.account_hash
        assert market.clock() == paid_at

    def test_r22_under_the_escrow_nothing_leaves_before_the_buyer_confirms(
        self, make_market: MakeMarket
    ) -> None:
        market = make_market().enrolled()
        market.paid(ORDER, TERMS)
        there(market)
        assert market.null_money.transfers == ()
        market.ask(ORDER, BUYER, c.ConfirmReceipt()).unwrap()
        market.work()
        assert left(market, Payee.SUPPLIER) == [PRICE]

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r23_the_supplier_is_paid_what_the_buyer_paid_and_the_platform_keeps_nothing(
        self, make_market: MakeMarket, edition: str
    ) -> None:
        market = make_market(edition=edition).enrolled()
        market.paid(ORDER, TERMS)
        there(market)
        market.ask(ORDER, BUYER, c.ConfirmReceipt()).unwrap()
        market.work()
        assert left(market, Payee.SUPPLIER) == [PRICE]
        assert left(market, Payee.BUYER) == []
        for account in ("bank", "held", "guarantee_fund", "platform_cost", "processor_fee"):
            assert market.balance(account) == 0, account
        market.assert_sound()

    def test_r23_the_fee_of_the_way_to_pay_is_its_processors_and_not_the_platforms(
        self, make_market: MakeMarket
    ) -> None:
        market = make_market().enrolled()
        market.agreed(ORDER, TERMS)
        by_card = c.RecordPayment(
            payment_id="p1", rail="card", amount_minor=PRICE + FEE_BY_CARD, currency="USD"
        )
        market.ask(ORDER, PROVIDER, by_card).unwrap()
        market.received(ORDER)
        market.work()
        assert left(market, Payee.SUPPLIER) == [PRICE]
        assert market.balance("processor_fee") == -FEE_BY_CARD


class TestR26:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("taken_minor", [400_000, PRICE])
    def test_r26_what_the_bank_took_is_not_refunded_as_well(
        self, make_market: MakeMarket, edition: str, taken_minor: int
    ) -> None:
        market = make_market(edition=edition).enrolled()
        market.agreed(ORDER, TERMS)
        by_card = c.RecordPayment(
            payment_id="p1", rail="card", amount_minor=PRICE + FEE_BY_CARD, currency="USD"
        )
        market.ask(ORDER, PROVIDER, by_card).unwrap()
        there(market)
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=taken_minor)
        market.ask(ORDER, PROVIDER, opened).unwrap()
        decided(market, PRICE)
        assert left(market, Payee.BUYER) == []
        lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False)
        market.ask(ORDER, PROVIDER, lost).unwrap()
        market.pass_time(days=10)
        assert sum(left(market, Payee.BUYER)) == PRICE - taken_minor
        market.assert_sound()


class TestR42:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r42_both_sides_are_told_of_every_end_by_name(
        self, make_market: MakeMarket, edition: str
    ) -> None:
        market = make_market(edition=edition).enrolled()
        market.paid(ORDER, TERMS)
        there(market)
        market.ask(ORDER, BUYER, c.OpenDispute(claims=(CLAIM,))).unwrap()
        terms = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=1_000)
        market.ask(ORDER, SUPPLIER, c.MakeOffer(offer=terms)).unwrap()
        market.work()
        assert told(market, "offer_made") == [{"buyer"}]
        market.ask(ORDER, BUYER, c.AcceptOffer(offer_id="o1")).unwrap()
        market.work()
        assert told(market, "offer_accepted") == [{"buyer", "supplier"}]

    def test_r42_a_withdrawal_and_a_decision_are_told_to_both(self, market: Market) -> None:
        market.paid(ORDER, TERMS)
        there(market)
        market.ask(ORDER, BUYER, c.OpenDispute(claims=(CLAIM,))).unwrap()
        given_up = c.WithdrawClaim(claims=(CLAIM,), statement_hash="5" * 64)
        market.ask(ORDER, BUYER, given_up).unwrap()
        market.work()
        assert told(market, "claim_withdrawn") == [{"buyer", "supplier"}]


class TestR43:
    def test_r43_what_the_platform_misses_is_told_to_both_sides(self, market: Market) -> None:
        market.paid(ORDER, TERMS)
        there(market)
        market.ask(ORDER, BUYER, c.OpenDispute(claims=(CLAIM,))).unwrap()
        for party in (SUPPLIER, BUYER):
            market.ask(ORDER, party, c.Escalate()).unwrap()
        market.pass_time(days=5)
        (missed,) = told(market, "platform_breached")
        assert missed >= {"buyer", "supplier"}


class TestR45:
    def test_r45_a_demand_for_more_money_warns_the_buyer(self, market: Market) -> None:
        market.paid(ORDER, TERMS)
        demand = c.RecordPriceDemand(message_hash="d" * 64, amount_minor=50_000)
        market.ask(ORDER, SUPPLIER, demand).unwrap()
        market.work()
        (warned,) = told(market, "price_demand_warning")
        assert "buyer" in warned

    def test_r45_the_buyer_is_warned_in_time_before_its_protection_ends(
        self, market: Market
    ) -> None:
        market.paid(ORDER, TERMS)
        there(market)
        market.pass_time(days=31)
        warned = [
            (each.facts["days"], set(each.recipients))
            for each in market.messenger.told
            if each.kind == "claim_window_warning"
        ]
        assert warned == [(7, {"buyer"}), (3, {"buyer"}), (1, {"buyer"})]
