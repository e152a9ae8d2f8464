"""Several outcomes about goods that left: together they give back no more than the price of their line (R26, R40)."""

from __future__ import annotations

from typing import Any

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.state import Claim, Condition, InspectionStage, Status, Wish
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import ReasonCode, Recommendation
from tests.support.given import (
    BANK,
    BUYER,
    INSPECTOR,
    MEDIATOR,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    claim_on,
    days,
    decision,
    delivery,
    given,
    refund_offer,
    report,
    seconds,
    shipment,
)

FIRST, SECOND = 600_000, 400_000


def first_there() -> Given:
    """The first line is there, the second is made still, so that no outcome about the first ends the order."""
    here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment(quantities={1: 600}))
    return here.after(days(1)).by(BANK, delivery())


def settled_for(
    here: Given, amount_minor: int, *lines: int, terms: tuple[str, ...] = ("T1",)
) -> Given:
    case = here.by(BUYER, claim(Ground.QUALITY, *lines, terms=terms))
    return case.by(SUPPLIER, refund_offer(amount_minor)).by(BUYER, c.AcceptOffer(offer_id="o1"))


def claimed_again(here: Given, **found: Any) -> Given:
    """Another term of the first line is claimed, and an inspection finds every piece of it useless."""
    case = here.by(BUYER, claim(Ground.QUALITY, 1, terms=("T2",)))
    case = case.by(BUYER, booking(stage=InspectionStage.DISPUTE, fee_minor=0))
    case = case.by(INSPECTOR, report(lot=600, line=1, mandatory_failed=("T2",), **found))
    return case.heard().after(days(5) + seconds(1))


def advised(case: Given) -> Recommendation:
    return recommendation_for(case.order, now=case.now, policy=case.policy)


class TestRules:
    def test_r40_a_later_case_gives_what_is_left_of_the_lines_price(self) -> None:
        """Given 400 of line 1's 600 settled, when all of it turns out useless, then 200 more are due, not 600."""
        case = claimed_again(settled_for(first_there(), 400_000, 1))
        advice = advised(case)
        assert (advice.amount_minor, advice.condition) == (FIRST - 400_000, "return")
        assert advice.shipped_minor == {1: FIRST - 400_000}
        assert ReasonCode.CAPPED_AT_LINE in [reason.code for reason in advice.reasons]
        assert {"line": 1, "price_minor": FIRST - 400_000} in [r.facts for r in advice.reasons]

    def test_r26_what_the_rules_give_is_paid_and_the_other_line_keeps_its_money(self) -> None:
        case = claimed_again(settled_for(first_there(), 400_000, 1), major=40)
        case = case.by(BUYER, c.StateWish(wish=Wish.KEEP))
        advice = advised(case)
        assert advice.amount_minor == FIRST - 400_000
        final = case.by(MEDIATOR, decision(advice.amount_minor)).final()
        final.stands(returned_minor=FIRST, held_minor=SECOND, status=Status.IN_PRODUCTION)
        assert final.balance_minor(Account.DUE_BUYER) == -FIRST
        assert final.balance_minor(Account.HELD) == -SECOND
        final.quiet().stands(returned_minor=FIRST + SECOND, released_minor=0)

    def test_r40_an_earlier_reduction_by_the_rules_counts_line_by_line(self) -> None:
        """Given a claim on both lines of which one fails, then the reduction counts for that one alone."""
        here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment(quantities={1: 600, 2: 200}))
        there = here.after(days(1)).by(BANK, delivery())
        case = there.by(BUYER, claim(Ground.QUALITY)).by(
            BUYER, booking(stage=InspectionStage.DISPUTE, fee_minor=0)
        )
        case = case.by(INSPECTOR, report(lot=600, line=1, major=40)).heard()
        case = case.after(days(5) + seconds(1))
        advice = advised(case)
        assert advice.shipped_minor == {1: advice.amount_minor}
        final = case.by(MEDIATOR, decision(advice.amount_minor)).final()
        shares = final.last(e.RefundDecided).shipped_minor
        assert shares == {"s1": {1: advice.amount_minor}}

    def test_a45_pieces_that_left_have_a_price_of_their_own(self) -> None:
        """Given all that left of a line paid back, when the rest never leaves, then its own price comes back, no more."""
        here = given().paid().by(SUPPLIER, shipment(quantities={1: 600})).by(BANK, delivery())
        case = claimed_again(settled_for(here, 450_000, 1))
        assert advised(case).shipped_minor == {1: 150_000}
        kept = case.by(MEDIATOR, decision(150_000)).final().stands(returned_minor=FIRST)
        kept.quiet().stands(returned_minor=FIRST + SECOND, fund_paid_minor=0)

    def test_r20_the_page_promises_what_is_left(self) -> None:
        agreed = settled_for(first_there(), 400_000, 1)
        again = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("T2",))
        answer = explain_cover(agreed.order, again, now=agreed.now, policy=agreed.policy)
        assert answer.amount_minor == FIRST - 400_000
        both = Claim(ground=Ground.COUNTERFEIT, lines=())
        answer = explain_cover(agreed.order, both, now=agreed.now, policy=agreed.policy)
        assert answer.amount_minor == FIRST + SECOND - 400_000

    def test_r20_so_it_does_for_goods_on_their_way(self) -> None:
        here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment(quantities={1: 600}))
        here = here.after(days(1))
        agreed = settled_for(here, 400_000, 1)
        lost = Claim(ground=Ground.NOT_RECEIVED, lines=(1,))
        answer = explain_cover(agreed.order, lost, now=agreed.now, policy=agreed.policy)
        assert answer.amount_minor == FIRST - 400_000


class TestOtherAmounts:
    def test_a59_what_is_settled_beyond_a_lines_price_counts_for_the_others(self) -> None:
        """Given 400 and 300 settled for line 1's 600, then 100 of it is line 2's, and 300 come back when it never leaves."""
        twice = settled_for(first_there(), 400_000, 1)
        case = twice.by(BUYER, claim(Ground.QUALITY, 1, terms=("T2",)))
        agreed = case.by(SUPPLIER, refund_offer(300_000)).by(BUYER, c.AcceptOffer(offer_id="o1"))
        given_back = agreed.last(e.RefundDecided)
        assert given_back.shipped_minor == {"s1": {1: 200_000}}
        assert given_back.unshipped_minor == {2: 100_000}
        agreed.quiet().stands(returned_minor=FIRST + SECOND, fund_paid_minor=0)

    def test_a61_a_return_that_is_not_sent_counts_as_what_was_kept(self) -> None:
        case = claimed_again(first_there(), critical=5)
        advice = advised(case)
        asked = decision(FIRST, condition=Condition.RETURN, otherwise_minor=advice.otherwise_minor)
        final = case.by(MEDIATOR, asked).final()
        unsent = final.after(days(15) + seconds(1)).settled()
        paid = unsent.last(e.RefundDecided)
        assert paid.shipped_minor == {"s1": {1: paid.price_minor}}

    def test_a40_a_departing_decision_that_cancels_counts_for_the_rest_alone(self) -> None:
        here = given(lines=TWO_LINES).paid()
        assert here.order.shipment_until is not None
        gone = here.at(here.order.shipment_until + days(28)).by(
            SUPPLIER, shipment(quantities={1: 600})
        )
        case = gone.after(days(1)).by(BUYER, claim(Ground.LATE, 2))
        both = case.by(BUYER, c.AddClaim(claim=claim_on(Ground.QUALITY, 1)))
        final = both.decided(SECOND + 50_000).final()
        final.stands(cancelled_quantities={2: 400}, returned_minor=SECOND + 50_000)
        assert final.last(e.RefundDecided).shipped_minor == {"s1": {1: 50_000}}
