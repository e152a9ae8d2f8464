"""A buyer that got money twice can not pay by card on any of its orders until the debt is gone (R26, ruling A76)."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from fairlot.application import cards
from fairlot.domain.order import commands as c
from fairlot.domain.order.events import PaymentReceived
from fairlot.domain.order.paying import ways_to_pay
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.loading import policy_id
from tests.support.market import SUPPLIER_ID, Market, whole_terms
from tests.support.trades import BUYER, OPERATOR

PRICE = 1_000_000
BY_CARD = 1_028_000
TERMS = whole_terms(PRICE, 600_000)
REASON = "a" * 64


def by_card(payment_id: str = "p1") -> c.RecordPayment:
    return c.RecordPayment(payment_id=payment_id, rail="card", amount_minor=BY_CARD, currency="USD")


def took_twice(market: Market, order_id: str) -> None:
    """Pay by card, get it back from the platform, and then from the bank as well."""
    market.agreed(order_id, TERMS)
    market.ask(order_id, PROVIDER, by_card()).unwrap()
    market.ask(order_id, OPERATOR, c.CancelByPlatform(reason_hash=REASON)).unwrap()
    market.work()
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=BY_CARD)
    market.ask(order_id, PROVIDER, opened).unwrap()
    market.clock.move(days=20)
    lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False)
    market.ask(order_id, PROVIDER, lost).unwrap()
    market.work()


def offers_card(market: Market, order_id: str) -> bool:
    order = market.order(order_id)
    found = ways_to_pay(order, now=market.clock(), policy=market.policy)
    return next(way.offered for way in found if way.name == "card")


def others_buyer(market: Market, order_id: str) -> None:
    """Agree on an order of another company with the same supplier."""
    other = replace(BUYER, company_id="com_other")
    draft = c.OpenDraft(
        policy_id=policy_id(market.policy), buyer_id="com_other", supplier_id=SUPPLIER_ID
    )
    market.ask(order_id, other, draft).unwrap()
    market.ask(order_id, other, c.ProposeVersion(terms=TERMS)).unwrap()
    market.accept(order_id).unwrap()


@pytest.fixture
def owing(market: Market) -> Market:
    """A buyer with an order that it got back twice, one agreed before that, and one agreed after; and another buyer."""
    market.agreed("ord_before", TERMS)
    others_buyer(market, "ord_others")
    took_twice(market, "ord_twice")
    market.clock.move(hours=1)
    market.agreed("ord_after", TERMS)
    market.work()
    return market


def test_r26_a76_no_card_of_that_buyer_is_taken_on_any_order_until_it_has_paid(
    owing: Market,
) -> None:
    assert owing.order("ord_twice").funds.paid_twice_minor == PRICE
    blocked_at = owing.order("ord_twice").paid_twice_at
    for order_id in ("ord_before", "ord_after"):
        assert owing.order(order_id).card_blocked_at == blocked_at
        assert not offers_card(owing, order_id)
    assert owing.order("ord_others").card_blocked_at is None
    assert offers_card(owing, "ord_others")

    consent = owing.ask("ord_before", BUYER, c.ConsentToFee(rail="card"))
    assert consent.code is Code.CARD_BLOCKED
    assert blocked_at is not None
    assert consent.facts == {"since": blocked_at.isoformat()}

    # What a processor took all the same is booked, and sent back.
    owing.ask("ord_after", PROVIDER, by_card()).unwrap()
    owing.work()
    after = owing.order("ord_after")
    assert (after.status, after.funds.paid_minor, after.refunds) == (Status.AGREED, 0, ())
    booked = [
        event
        for event in owing.desk.read_order("ord_after").events
        if isinstance(event, PaymentReceived)
    ]
    assert [event.excess_minor for event in booked] == [BY_CARD]
    owing.ask(
        "ord_before",
        PROVIDER,
        c.RecordPayment(payment_id="p9", rail="wire", amount_minor=PRICE, currency="USD"),
    ).unwrap()
    assert owing.order("ord_before").status is Status.IN_PRODUCTION

    owing.ask("ord_twice", PROVIDER, c.RecordDebtPaid(amount_minor=PRICE - 1)).unwrap()
    owing.work()
    assert not offers_card(owing, "ord_after"), "a part of a debt is not the debt"
    owing.ask("ord_twice", PROVIDER, c.RecordDebtPaid(amount_minor=1)).unwrap()
    owing.work()
    assert offers_card(owing, "ord_after")
    owing.ask("ord_after", PROVIDER, by_card("p2")).unwrap()
    assert owing.order("ord_after").status is Status.IN_PRODUCTION
    owing.assert_sound()


def test_a76_a_debt_that_is_given_up_blocks_no_longer(owing: Market) -> None:
    owing.ask("ord_twice", OPERATOR, c.WriteOffDebt(reason_hash=REASON)).unwrap()
    owing.work()
    assert offers_card(owing, "ord_after")
    assert owing.balance("buyer_receivable") == 0
    owing.assert_sound()


def test_a76_of_two_debts_the_older_one_counts_until_both_are_gone(owing: Market) -> None:
    first_at = owing.order("ord_twice").paid_twice_at
    owing.clock.move(days=1)
    owing.ask("ord_after", OPERATOR, c.CancelByPlatform(reason_hash=REASON)).unwrap()
    in_flight = replace(by_card("p7"), booked_at=first_at)
    owing.ask("ord_before", PROVIDER, in_flight).unwrap()
    owing.ask("ord_before", OPERATOR, c.CancelByPlatform(reason_hash=REASON)).unwrap()
    owing.work()
    opened = c.RecordChargebackOpened(chargeback_id="cb2", amount_minor=BY_CARD)
    owing.ask("ord_before", PROVIDER, opened).unwrap()
    lost = c.RecordChargebackEnded(chargeback_id="cb2", won=False)
    owing.ask("ord_before", PROVIDER, lost).unwrap()
    owing.agreed("ord_third", TERMS)
    owing.work()
    assert owing.order("ord_third").card_blocked_at == first_at
    owing.ask("ord_twice", PROVIDER, c.RecordDebtPaid(amount_minor=PRICE)).unwrap()
    owing.work()
    assert owing.order("ord_third").card_blocked_at == owing.order("ord_before").paid_twice_at
    owing.ask("ord_before", PROVIDER, c.RecordDebtPaid(amount_minor=PRICE)).unwrap()
    owing.work()
    assert owing.order("ord_third").card_blocked_at is None
    owing.assert_sound()


def test_a76_an_order_agreed_while_the_debt_is_being_paid_is_not_blocked_for_ever(
    owing: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its message looks at the debts, the debt is paid and passed on, and only then does it note the block."""
    owing.agreed("ord_late", TERMS)
    look = cards.blocked_since
    looks: list[dt.datetime | None] = []

    def looking(buyer_id: str, *, desk: object) -> dt.datetime | None:
        looks.append(look(buyer_id, desk=owing.desk))
        if len(looks) == 1:
            debt = c.RecordDebtPaid(amount_minor=PRICE)
            owing.ask("ord_twice", PROVIDER, debt).unwrap()
            cards.align_cards("ord_twice", desk=owing.desk)
        return looks[0] if len(looks) == 1 else look(buyer_id, desk=owing.desk)

    monkeypatch.setattr(cards, "blocked_since", looking)
    cards.align_card("ord_late", desk=owing.desk)
    assert owing.order("ord_late").card_blocked_at is None


def test_a_debt_that_other_orders_never_hear_of_is_caught(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the message about the debt does nothing, and the orders' own look comes to nothing."""
    monkeypatch.setattr(cards, "blocked_since", lambda *_args, **_named: None)
    market.agreed("ord_before", TERMS)
    took_twice(market, "ord_twice")
    with pytest.raises(AssertionError):
        assert not offers_card(market, "ord_before")
