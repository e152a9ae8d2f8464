"""Cases about a part of an order: what is decided there leaves the other goods, and their price, where they are (A45)."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.state import Condition, OfferKind, Status, Wish
from fairlot.domain.order.terms import Mode, Proof
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    MEDIATOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    days,
    decision,
    delivery,
    given,
    seconds,
    shipment,
)

FIRST, SECOND = 600_000, 400_000
BACK = c.RecordReturnSent(mode=Mode.AIR, proof_hash="p" * 64)
ARRIVED = c.RecordReturnArrived(proof_hash="p" * 64)


def first_line_claimed(edition: str = EDITIONS[0]) -> Given:
    """Return an order of two lines whose first is there and claimed, the second being made still."""
    here = given(edition, lines=TWO_LINES).paid()
    there = here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())
    return there.by(BUYER, claim(Ground.QUALITY, 1))


def second_line_late() -> Given:
    """Return an order whose first line left 28 days after the date and whose second never did; lateness is claimed."""
    here = given(lines=TWO_LINES).paid()
    until = here.order.shipment_until
    assert until is not None
    gone = here.at(until + days(28)).by(SUPPLIER, shipment(quantities={1: 600}))
    return gone.after(days(1)).by(BUYER, claim(Ground.LATE, 2))


class TestGoodsStillToLeave:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a45_a_decision_about_one_line_ends_nothing_for_the_other(self, edition: str) -> None:
        decided = first_line_claimed(edition).decided(60_000).final()
        decided.stands(status=Status.IN_PRODUCTION, returned_minor=60_000)
        never = decided.quiet().stands(returned_minor=60_000 + SECOND)
        assert never.last(e.MissingCancelled).quantities == {2: 400}

    def test_r22_the_price_of_goods_that_have_not_left_stays_held(self) -> None:
        decided = first_line_claimed().decided(60_000).final()
        decided.stands(held_minor=PRICE - 60_000, released_minor=0)
        later = decided.by(SUPPLIER, shipment("s2")).after(days(20)).by(BANK, delivery("s2"))
        later.quiet().stands(status=Status.CLOSED, released_minor=PRICE - 60_000)

    def test_a69_a_return_of_one_line_leaves_the_other_to_be_made(self) -> None:
        final = first_line_claimed().decided(FIRST, condition=Condition.RETURN).final()
        judged = final.by(BUYER, BACK).by(BANK, ARRIVED).by(SUPPLIER, c.JudgeReturn())
        judged.stands(status=Status.IN_PRODUCTION, returned_minor=FIRST, held_minor=SECOND)

    def test_a70_so_does_a_return_that_was_settled(self) -> None:
        case = first_line_claimed()
        offer = c.OfferTerms(id="o1", kind=OfferKind.RETURN_AND_REFUND, amount_minor=FIRST)
        agreed = case.by(SUPPLIER, c.MakeOffer(offer=offer)).by(BUYER, c.AcceptOffer(offer_id="o1"))
        judged = agreed.by(BUYER, BACK).by(BANK, ARRIVED).by(SUPPLIER, c.JudgeReturn())
        judged.stands(status=Status.IN_PRODUCTION, returned_minor=FIRST, held_minor=SECOND)

    def test_an_order_paid_back_whole_is_over_whatever_has_not_left(self) -> None:
        first_line_claimed().decided(PRICE).final().stands(status=Status.REFUNDED, held_minor=0)


class TestGoodsThatNeverLeft:
    def test_a40_pieces_cancelled_by_a_decision_are_paid_back_once(self) -> None:
        case = second_line_late().heard().after(days(5) + seconds(1))
        final = case.by(MEDIATOR, decision(SECOND)).final()
        final.stands(status=Status.SHIPPED, returned_minor=SECOND, cancelled_quantities={2: 400})
        ended = final.quiet().stands(status=Status.CLOSED, returned_minor=SECOND)
        ended.stands(released_minor=FIRST)

    def test_a40_so_are_those_cancelled_by_the_rules(self) -> None:
        ended = second_line_late().quiet()
        ended.stands(returned_minor=SECOND, released_minor=FIRST, cancelled_quantities={2: 400})

    def test_a40_pieces_that_left_before_a_decision_was_final_are_not_cancelled_by_it(self) -> None:
        case = second_line_late().heard().after(days(5) + seconds(1))
        gone = case.by(MEDIATOR, decision(SECOND)).by(SUPPLIER, shipment("s2", quantities={2: 400}))
        final = gone.final().stands(returned_minor=SECOND, cancelled_quantities={2: 0})
        ended = final.by(BUYER, claim(Ground.QUALITY, 1)).quiet()
        ended.stands(returned_minor=SECOND, released_minor=FIRST)

    def test_a29_a_case_goes_on_though_cancelled_pieces_turn_out_to_have_left(self) -> None:
        case = second_line_late().heard().after(days(5) + seconds(1))
        decided = case.by(MEDIATOR, decision(SECOND))
        until = decided.now + days(7)
        number = shipment("s2", quantities={2: 400}, proof=Proof.CARRIER_NUMBER)
        told = decided.at(until - seconds(60)).by(SUPPLIER, number)
        moved = told.at(until + seconds(60)).by(
            PROVIDER, c.RecordMovement(shipment_id="s2", moved_at=until)
        )
        moved.stands(cancelled_quantities={2: 400})
        moved.by(BUYER, claim(Ground.SHORT_QUANTITY, 2)).quiet().stands(returned_minor=SECOND)

    def test_a61_what_was_to_be_made_and_was_not_leaves_goods_at_sea_protected(self) -> None:
        here = given(lines=TWO_LINES).paid()
        assert here.order.shipment_until is not None
        late = here.at(here.order.shipment_until + days(2)).by(BUYER, claim(Ground.LATE, 2))
        asked = late.by(BUYER, c.StateWish(wish=Wish.PERFORMANCE))
        until = asked.now + days(60)
        made = asked.decided(
            0, condition=Condition.PERFORM, until=until, otherwise_minor=SECOND
        ).final()
        gone = made.at(until - days(1)).by(SUPPLIER, shipment(quantities={1: 600}))
        lapsed = gone.at(until + seconds(1)).settled()
        lapsed.stands(status=Status.SHIPPED, returned_minor=SECOND, held_minor=FIRST)
        lapsed.quiet().stands(status=Status.CLOSED, returned_minor=SECOND, released_minor=FIRST)
