"""A fee that has risen since the agreement is the buyer's to pay only with its consent (ruling A80)."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.decisions.fee_consent import fee_known_at
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.policy.fees import offered_ways
from tests.support.fees import with_another_card_fee
from tests.support.given import BANK, BUYER, ESCROW, PRICE, SUPPLIER, Given, given, payment

BEFORE = PRICE + 28_000
RISEN = PRICE + 32_000
FALLEN = PRICE + 25_000


def card_total(here: Given) -> int:
    """Return what paying by card would cost, as it is stated."""
    offers = offered_ways(
        here.policy,
        amount_minor=PRICE,
        currency="USD",
        buyer_country="US",
        at=here.now,
        agreed_at=lambda rail: fee_known_at(here.order, rail, here.now),
    )
    return next(offer.total_minor for offer in offers if offer.name == "card")


@pytest.fixture
def agreed() -> Given:
    return given(ESCROW, buyer_country="US").agreed()


def test_a80_a_rise_is_not_paid_without_consent(agreed: Given) -> None:
    here = with_another_card_fee(agreed, 320)
    assert card_total(here) == BEFORE
    here.when(BANK, payment(BEFORE, rail="card")).granted().stands(status=Status.IN_PRODUCTION)
    over = here.when(BANK, payment(RISEN, rail="card")).granted()
    assert over.last(e.PaymentReceived).excess_minor == RISEN - BEFORE


def test_a80_with_consent_it_is(agreed: Given) -> None:
    here = with_another_card_fee(agreed, 320)
    consented = here.when(BUYER, c.ConsentToFee(rail="card")).then(
        e.FeeConsented, fee_basis_points=320, rail="card"
    )
    assert card_total(consented) == RISEN
    paid = consented.when(BANK, payment(RISEN, rail="card")).granted()
    assert paid.last(e.PaymentReceived).fee_minor == RISEN - PRICE
    paid.stands(status=Status.IN_PRODUCTION)


def test_a80_a_fall_needs_none(agreed: Given) -> None:
    here = with_another_card_fee(agreed, 250)
    assert card_total(here) == FALLEN
    here.when(BUYER, c.ConsentToFee(rail="card")).refused(Code.FEE_NOT_RISEN, way="card")
    here.when(BANK, payment(FALLEN, rail="card")).granted().stands(status=Status.IN_PRODUCTION)


def test_only_the_buyer_consents_and_once(agreed: Given) -> None:
    here = with_another_card_fee(agreed, 320)
    asked = c.ConsentToFee(rail="card")
    here.when(SUPPLIER, asked).refused(Code.NOT_PERMITTED)
    here.by(BUYER, asked).when(BUYER, asked).refused(Code.FEE_NOT_RISEN)
    here.when(BUYER, c.ConsentToFee(rail="barter")).refused(Code.WAY_TO_PAY_NOT_OFFERED)


def test_a_consent_binds_from_its_own_instant(agreed: Given) -> None:
    here = with_another_card_fee(agreed, 320)
    paid_before = payment(BEFORE, rail="card", booked_at=here.now)
    later = here.after(dt.timedelta(hours=1)).by(BUYER, c.ConsentToFee(rail="card"))
    later.when(BANK, paid_before).granted().stands(status=Status.IN_PRODUCTION)
