"""A payment's fee that the contract lays on the supplier, down to what its payouts carry."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Status
from fairlot.domain.order.terms import Party
from fairlot.domain.party import PROVIDER
from tests.application.test_handlers import DAYS_UNTIL_CANCELLED, assert_conserved
from tests.support.market import Market, whole_terms

TERMS = replace(whole_terms(1_000_000, 600_000), fee_borne_by=Party.SUPPLIER)
FEE = 28_000


def by_card(market: Market, order_id: str) -> None:
    market.agreed(order_id, TERMS)
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=1_000_000, currency="USD")
    market.ask(order_id, PROVIDER, card).unwrap()


def test_the_payout_is_the_price_less_the_fee(market: Market) -> None:
    by_card(market, "ord_1")
    market.received("ord_1")
    market.work()
    assert market.account().paid_minor == 1_000_000 - FEE
    assert [t.amount_minor for t in market.null_money.transfers] == [1_000_000 - FEE]
    # The bank keeps what the processor has of it.
    assert market.balance("bank") == -market.balance("processor_fee") == FEE
    assert market.balance("platform_cost") == 0
    assert_conserved(market)


def test_a_fee_without_a_release_comes_off_the_next_payout(market: Market) -> None:
    by_card(market, "ord_1")
    market.work()
    market.pass_time(days=DAYS_UNTIL_CANCELLED)
    assert market.order("ord_1").status is Status.CANCELLED
    assert [t.amount_minor for t in market.null_money.transfers] == [1_000_000]
    assert market.balance("supplier_receivable") == market.balance("platform_cost") == FEE
    later = replace(
        whole_terms(500_000, 300_000, version="b"),
        shipment_date=None,
        lead_time_days=20,
    )
    market.proposed("ord_2", later)
    market.accept("ord_2", version="b").unwrap()
    market.pay("ord_2", 500_000)
    market.received("ord_2")
    market.work()
    assert market.account().paid_minor == 500_000 - FEE
    assert market.order("ord_1").funds.fee_receivable_minor == 0
    assert market.balance("platform_cost") == 0
    assert_conserved(market)


def test_what_is_never_paid_is_written_off(market: Market) -> None:
    by_card(market, "ord_1")
    market.work()
    market.pass_time(days=DAYS_UNTIL_CANCELLED + 370)
    assert market.balance("supplier_receivable") == market.balance("fund_recoverable") == 0
    assert market.balance("platform_cost") == FEE
    assert_conserved(market)
