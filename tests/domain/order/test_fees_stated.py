"""Every fee is stated before payment, and is what the payment then costs and its record itemizes: no more, no less (R25)."""

from __future__ import annotations

import msgspec
import pytest

from fairlot.domain.order import events as e
from fairlot.domain.policy.fees import Offer, offered_ways
from fairlot.domain.policy.model import Policy
from tests.support.given import BANK, EDITIONS, ESCROW, PRICE, Given, given, payment

# A bank's promise and no payment of the buyer's.
BY_PROMISE = "letter of credit"


def stated(here: Given, policy: Policy | None = None) -> list[Offer]:
    """Return what the buyer is told before it pays, way by way."""
    found = offered_ways(
        policy or here.policy,
        amount_minor=PRICE,
        currency="USD",
        buyer_country="US",
        at=here.now,
    )
    return [offer for offer in found if offer.offered and offer.name != BY_PROMISE]


def pays_as_stated(here: Given, offer: Offer) -> bool:
    """Say whether the total that was stated pays the price to the cent and is itemized as it was stated."""
    answer = here.when(BANK, payment(offer.total_minor, rail=offer.name))
    received = answer.granted().last(e.PaymentReceived)
    itemized = (received.price_minor, received.fee_minor, received.excess_minor)
    return itemized == (PRICE, offer.fee_minor, 0) and received.rail == offer.name


@pytest.mark.parametrize("edition", EDITIONS)
def test_r25_the_total_that_was_stated_is_the_total_that_is_taken(edition: str) -> None:
    here = given(edition, buyer_country="US").agreed()
    offers = stated(here)
    assert len(offers) >= 3
    for offer in offers:
        assert offer.total_minor == PRICE + offer.fee_minor
        assert pays_as_stated(here, offer), offer.name


@pytest.mark.parametrize("edition", EDITIONS)
def test_r25_a_cent_less_than_stated_leaves_a_cent_missing_and_never_a_hidden_fee(
    edition: str,
) -> None:
    here = given(edition, buyer_country="US").agreed()
    for offer in stated(here):
        short = here.by(BANK, payment(offer.total_minor - 1, rail=offer.name))
        received = short.last(e.PaymentReceived)
        assert received.price_minor + received.fee_minor == offer.total_minor - 1
        assert short.order.funds.paid_minor < PRICE


def test_r25_the_rate_stands_in_the_record_of_the_payment() -> None:
    here = given(ESCROW, buyer_country="US").agreed()
    rates = {
        offer.name: here.by(BANK, payment(offer.total_minor, rail=offer.name)).last(
            e.PaymentReceived
        )
        for offer in stated(here)
    }
    told = {
        name: (one.fee_basis_points, one.fee_fixed_minor, one.fee_minor)
        for name, one in rates.items()
    }
    assert told == {
        "card": (280, 0, 28_000),
        "e-checking": (0, 1_500, 1_500),
        "wire": (0, 0, 0),
        "paypal": (349, 0, 34_900),
    }


def test_r25_a_fee_stated_otherwise_than_taken_would_be_seen() -> None:
    here = given(ESCROW, buyer_country="US").agreed()
    cheaper = msgspec.structs.replace(
        here.policy,
        ways_to_pay=tuple(
            msgspec.structs.replace(way, fee_basis_points=max(0, way.fee_basis_points - 10))
            for way in here.policy.ways_to_pay
        ),
    )
    told = {offer.name: offer for offer in stated(here, cheaper)}
    assert not pays_as_stated(here, told["card"])
