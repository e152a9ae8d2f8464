"""Money offered beside rework, a replacement or a later date: it moves once that has been done, and never twice."""

from __future__ import annotations

from typing import Any

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import DisputeStatus, OfferKind, Status
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    GUARANTEE,
    PRICE,
    SUPPLIER,
    Given,
    claim,
    days,
    given,
    seconds,
    shipment,
)

AMOUNT = 120_000


def agreed(here: Given, kind: OfferKind, **more: Any) -> Given:
    """Return the case settled on something to be done within ten days and an amount beside it."""
    terms = c.OfferTerms(id="o1", kind=kind, amount_minor=AMOUNT, until=here.now + days(10), **more)
    return here.by(SUPPLIER, c.MakeOffer(offer=terms)).by(BUYER, c.AcceptOffer(offer_id="o1"))


@pytest.mark.parametrize(
    ("kind", "more"), [(OfferKind.REWORK, {}), (OfferKind.REPLACEMENT, {"quantity": 10})]
)
def test_r37_it_moves_once_the_buyer_says_that_all_is_done(
    kind: OfferKind, more: dict[str, int]
) -> None:
    settled = agreed(given().disputed(), kind, **more).stands(returned_minor=0)
    done = settled.by(BUYER, c.ConfirmFulfilled()).stands(returned_minor=AMOUNT)
    assert done.last(e.RefundDecided).cause == "settlement"
    done.quiet().stands(returned_minor=AMOUNT, released_minor=PRICE - AMOUNT)


def test_a78_in_the_guarantee_edition_its_supplier_may_pay_it_back_first() -> None:
    done = agreed(given(GUARANTEE).disputed(), OfferKind.REWORK).by(BUYER, c.ConfirmFulfilled())
    [seeking] = done.order.seeking
    assert (seeking.price_minor, seeking.set_off_asked) == (AMOUNT, False)


def test_what_was_not_done_moves_nothing_and_is_heard_again() -> None:
    settled = agreed(given().disputed(), OfferKind.REWORK)
    lapsed = settled.after(days(10) + seconds(1)).settled().stands(returned_minor=0)
    assert lapsed.order.dispute is not None
    assert lapsed.order.dispute.status is DisputeStatus.MEDIATION


def late() -> Given:
    here = given().paid()
    assert here.order.shipment_until is not None
    return here.at(here.order.shipment_until + days(2)).by(BUYER, claim(Ground.LATE))


def test_a_later_date_that_was_kept_pays_what_was_offered_for_it() -> None:
    gone = agreed(late(), OfferKind.EXTENSION).after(days(9)).by(SUPPLIER, shipment())
    over = gone.after(days(1) + seconds(1)).settled()
    over.stands(returned_minor=AMOUNT, status=Status.SHIPPED)


def test_a74_it_waits_for_an_open_chargeback() -> None:
    card = (
        given().delivered(amount_minor=PRICE + 28_000, rail="card").by(BUYER, claim(Ground.QUALITY))
    )
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=PRICE)
    settled = agreed(card, OfferKind.REWORK).by(BANK, opened)
    settled.when(BUYER, c.ConfirmFulfilled()).refused(Code.CHARGEBACK_ALREADY_OPEN)
    won = settled.by(BANK, c.RecordChargebackEnded(chargeback_id="cb1", won=True))
    won.by(BUYER, c.ConfirmFulfilled()).stands(returned_minor=AMOUNT)


def test_an_amount_for_goods_kept_belongs_to_a_return() -> None:
    here = given().disputed()
    terms = c.OfferTerms(
        id="o1", kind=OfferKind.REWORK, until=here.now + days(9), kept_amount_minor=1
    )
    here.when(SUPPLIER, c.MakeOffer(offer=terms)).refused(Code.AMOUNT_ABOVE_CLAIM, most_minor=0)
