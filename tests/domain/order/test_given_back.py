"""What was given back for goods that had not left counts when they are cancelled: no line pays back more than its price."""

from __future__ import annotations

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.evolve.given_back import with_given_back
from fairlot.domain.order.state import Claim, Condition, Status, Wish
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import ReasonCode
from tests.support.given import (
    BANK,
    BUYER,
    DAILY,
    EDITIONS,
    MEDIATOR,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    claim_on,
    days,
    decision,
    delivery,
    given,
    refund_offer,
    seconds,
    shipment,
)

FIRST, SECOND = 600_000, 400_000


def second_line_late(edition: str = EDITIONS[0]) -> Given:
    """Return an order whose first line is there and whose second has not left by the date; lateness is claimed."""
    here = given(edition, lines=TWO_LINES, late_remedy=DAILY).paid()
    there = here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())
    assert there.order.shipment_until is not None
    return there.at(there.order.shipment_until + days(4)).by(BUYER, claim(Ground.LATE, 2))


def settled_for(case: Given, amount_minor: int) -> Given:
    """Return the case after its supplier's offer of money was accepted."""
    offered = case.by(SUPPLIER, refund_offer(amount_minor))
    return offered.by(BUYER, c.AcceptOffer(offer_id="o1"))


def test_the_record_keeps_no_order_of_lines() -> None:
    """Stored, the lines are sorted; before that they stand as they were spread (script 2209 of the soak showed it)."""
    order = given(lines=TWO_LINES).paid().order
    spread, stored = ({2: 5, 1: 7}, {1: 7, 2: 5})
    assert with_given_back(order, spread, UNSET) == with_given_back(order, stored, UNSET)


class TestLateGoodsThatNeverLeave:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a45_what_was_settled_for_a_line_counts_when_it_is_cancelled(
        self, edition: str
    ) -> None:
        agreed = settled_for(second_line_late(edition), 150_000)
        agreed.stands(status=Status.IN_PRODUCTION, returned_minor=150_000)
        never = agreed.quiet().stands(returned_minor=SECOND, cancelled_quantities={2: 400})
        assert never.last(e.MissingCancelled).amount_minor == SECOND - 150_000

    def test_r22_the_supplier_gets_what_arrived(self) -> None:
        ended = settled_for(second_line_late(), 150_000).quiet()
        ended.stands(status=Status.CLOSED, released_minor=FIRST, held_minor=0)

    def test_a39_so_does_a_daily_remedy_that_was_decided(self) -> None:
        case = second_line_late().heard().after(days(5) + seconds(1))
        advised = recommendation_for(case.order, now=case.now, policy=case.policy).amount_minor
        assert advised > 0
        final = case.by(MEDIATOR, decision(advised)).final().stands(returned_minor=advised)
        final.quiet().stands(returned_minor=SECOND, released_minor=FIRST)

    def test_a_reduction_for_goods_that_are_there_does_not_count(self) -> None:
        here = given(lines=TWO_LINES).paid()
        there = here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())
        agreed = settled_for(there.by(BUYER, claim(Ground.QUALITY, 1)), 150_000)
        agreed.quiet().stands(returned_minor=150_000 + SECOND)

    def test_a_departing_decision_is_spread_over_the_claimed_lines_by_their_price(self) -> None:
        here = given(lines=TWO_LINES).paid()
        there = here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())
        case = there.by(BUYER, claim(Ground.PRICE_RAISED, 2))
        both = case.by(BUYER, c.AddClaim(claim=claim_on(Ground.QUALITY, 1)))
        both.decided(100_000).final().quiet().stands(returned_minor=100_000 + SECOND - 40_000)

    def test_a_line_paid_back_whole_is_not_paid_back_again(self) -> None:
        ended = settled_for(second_line_late(), SECOND).quiet()
        ended.stands(returned_minor=SECOND, released_minor=FIRST)

    def test_what_is_settled_beyond_the_claimed_line_counts_for_the_others(self) -> None:
        here = given(lines=TWO_LINES).paid()
        assert here.order.shipment_until is not None
        gone = here.at(here.order.shipment_until).by(SUPPLIER, shipment(quantities={1: 300}))
        case = gone.after(days(2)).by(BUYER, claim(Ground.NEVER_SHIPPED, 2))
        settled_for(case, SECOND + 100_000).quiet().stands(
            returned_minor=FIRST - 300_000 + SECOND + 100_000 - 50_000
        )

    def test_pieces_that_leave_after_all_take_their_part_along(self) -> None:
        agreed = settled_for(second_line_late(), 100_000)
        half = agreed.by(SUPPLIER, shipment("s2", quantities={2: 200}))
        half.quiet().stands(returned_minor=100_000 + 200_000 - 50_000)

    def test_what_all_left_after_all_is_not_cancelled(self) -> None:
        agreed = settled_for(second_line_late(), 100_000).by(SUPPLIER, shipment("s2"))
        agreed.quiet().stands(returned_minor=100_000, cancelled_quantities={})


class TestLaterCases:
    def test_r40_the_rules_give_no_more_than_is_left_of_the_price(self) -> None:
        agreed = settled_for(second_line_late(), 150_000)
        assert agreed.order.shipment_until is not None
        later = agreed.at(agreed.order.shipment_until + days(29))
        again = later.by(BUYER, claim(Ground.NEVER_SHIPPED, 2)).heard().after(days(5) + seconds(1))
        advice = recommendation_for(again.order, now=again.now, policy=again.policy)
        assert advice.amount_minor == SECOND - 150_000
        assert ReasonCode.ALREADY_GIVEN_BACK in [reason.code for reason in advice.reasons]
        final = again.by(MEDIATOR, decision(advice.amount_minor)).final()
        final.stands(returned_minor=SECOND, cancelled_quantities={2: 400})
        final.quiet().stands(returned_minor=SECOND, released_minor=FIRST)

    def test_a61_goods_ordered_to_be_made_and_not_made_count_it_too(self) -> None:
        asked = second_line_late().by(BUYER, c.StateWish(wish=Wish.PERFORMANCE))
        until = asked.now + days(60)
        made = asked.decided(
            0, condition=Condition.PERFORM, until=until, otherwise_minor=150_000
        ).final()
        lapsed = made.at(until + seconds(1)).settled().stands(returned_minor=SECOND)
        paid = [event.price_minor for event in lapsed.events if isinstance(event, e.RefundDecided)]
        assert paid == [150_000, SECOND - 150_000]
        lapsed.quiet().stands(returned_minor=SECOND, released_minor=FIRST)

    def test_r20_the_page_promises_what_is_left(self) -> None:
        agreed = settled_for(second_line_late(), 150_000)
        late = Claim(ground=Ground.NEVER_SHIPPED, lines=(2,))
        answer = explain_cover(agreed.order, late, now=agreed.now, policy=agreed.policy)
        assert answer.amount_minor == SECOND - 150_000

    def test_orders_of_before_it_was_recorded_still_fold(self) -> None:
        agreed = settled_for(second_line_late(), 150_000)
        bare = replace(agreed.order, given_back=())
        replace(agreed, order=bare).quiet().stands(returned_minor=SECOND + 150_000)
