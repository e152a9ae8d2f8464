"""What the buyer asks for in a dispute: stated until the decision, and finishing the order is ordered only then (R40)."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, Wish
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BUYER,
    EDITIONS,
    MEDIATOR,
    PRICE,
    SUPPLIER,
    Given,
    claim,
    days,
    decision,
    given,
    local,
    seconds,
)

UNTIL = local("2026-08-30 09:00")
PERFORM = decision(0, condition=Condition.PERFORM, until=UNTIL, otherwise_minor=PRICE)
WISHED = c.StateWish(wish=Wish.PERFORMANCE)


def late(edition: str = "escrow-2026") -> Given:
    """Return a dispute about a missed date, before it is known that nothing will come at all."""
    return given(edition).paid().at(local("2026-07-05 09:00")).by(BUYER, claim(Ground.LATE))


def heard(here: Given) -> Given:
    """Return the case after its evidence round."""
    return closed(here.heard())


def closed(here: Given) -> Given:
    """Return a case that is heard after its evidence round."""
    return here.after(days(5) + seconds(1)).settled()


class TestFinishingTheOrder:
    def test_r40_is_not_ordered_unless_the_buyer_asks_for_it(self) -> None:
        heard(late()).when(MEDIATOR, PERFORM).refused(Code.PERFORMANCE_NOT_ASKED)

    @pytest.mark.parametrize("when", ["negotiated", "heard"])
    def test_r40_may_be_asked_for_until_the_decision(self, when: str) -> None:
        here = late()
        negotiated = when == "negotiated"
        told = (
            heard(here.by(BUYER, WISHED)) if negotiated else closed(here.heard().by(BUYER, WISHED))
        )
        told.when(MEDIATOR, PERFORM).then(e.DecisionMade)

    def test_r40_what_was_asked_for_can_be_taken_back(self) -> None:
        wished = late().when(BUYER, WISHED).then(e.WishStated)
        wished.when(BUYER, WISHED).refused(Code.ALREADY_ASKED)
        back = wished.when(BUYER, c.StateWish(wish=Wish.NONE)).then(e.WishStated)
        heard(back).when(MEDIATOR, PERFORM).refused(Code.PERFORMANCE_NOT_ASKED)

    def test_a68_is_ordered_unasked_where_the_rules_call_for_it(self) -> None:
        here = given().paid().at(local("2026-05-20 09:00")).by(BUYER, claim(Ground.PRICE_RAISED))
        heard(here).when(MEDIATOR, PERFORM).then(e.DecisionMade)


class TestSayingIt:
    def test_only_in_a_dispute_and_before_its_decision(self) -> None:
        given().paid().when(BUYER, WISHED).refused(Code.NO_DISPUTE)
        late().decided(0).when(BUYER, WISHED).refused(Code.WRONG_STAGE)

    def test_only_the_claimant(self) -> None:
        late().when(SUPPLIER, WISHED).refused(Code.NOT_PERMITTED)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_what_is_kept_is_reduced_in_price_instead(self, edition: str) -> None:
        here = given(edition).disputed()
        kept = here.when(BUYER, c.StateWish(wish=Wish.KEEP)).then(e.WishStated)
        assert kept.order.dispute is not None
        assert kept.order.dispute.wish is Wish.KEEP
