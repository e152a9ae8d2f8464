"""Release per shipment: a shipment's price leaves alone, never money that is held for other goods (ruling A45)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.state import InspectionStage, Status
from fairlot.domain.order.terms import Instalment, InstalmentDue, Line
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    FEE,
    INSPECTOR,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    payment,
    refund_offer,
    report,
    seconds,
    shipment,
)

FIRST, SECOND = 600_000, 400_000
PRICE = FIRST + SECOND
REDUCTION = 100_000
THREE_LINES = (
    TWO_LINES[0],
    Line(number=2, quantity=250, unit_price_minor=1_000),
    Line(number=3, quantity=150, unit_price_minor=1_000),
)


def in_parts(*, of_lines: bool = False, **terms: object) -> Given:
    """Begin two lines under an edition that releases each shipment by itself."""
    here = given(**{"lines": TWO_LINES, **terms})  # type: ignore[arg-type]
    money = replace(here.policy.money, release_per_shipment=True, freeze_whole_order=not of_lines)
    return replace(here, policy=replace(here.policy, money=money))


def first_there(**more: object) -> Given:
    """The first line is there, the second is made still."""
    here = in_parts(**more).paid().by(SUPPLIER, shipment("s1", quantities={1: 600}))  # type: ignore[arg-type]
    return here.after(days(1)).by(BANK, delivery("s1"))


def settled_for(here: Given, amount_minor: int, *lines: int) -> Given:
    """The buyer claims lines and accepts its supplier's offer of money."""
    case = here.by(BUYER, claim(Ground.QUALITY, *lines)).by(SUPPLIER, refund_offer(amount_minor))
    return case.by(BUYER, c.AcceptOffer(offer_id="o1"))


def window_over(here: Given, number: int = 0) -> Given:
    """Go on until just after the end of a shipment's window."""
    until = here.order.shipments[number].claim_until
    assert until is not None
    return here.at(max(here.now, until + seconds(1))).settled()


def releases(here: Given) -> list[tuple[str, int]]:
    return [
        (event.shipment_id, event.amount_minor)
        for event in here.events
        if isinstance(event, e.FundsReleased)
    ]


class TestReducedGoods:
    def test_a45_a_reduction_comes_off_the_shipment_that_it_was_given_for(self) -> None:
        """Given 100 of line 1's 600 back, when its window ends, then 500 leave and the 400 of line 2 stay held."""
        over = window_over(settled_for(first_there(), REDUCTION, 1))
        assert releases(over) == [("s1", FIRST - REDUCTION)]
        over.stands(held_minor=SECOND, returned_minor=REDUCTION)
        assert over.balance_minor(Account.HELD) == -SECOND
        assert over.balance_minor(Account.PAYOUT_CLEARING) == -(FIRST - REDUCTION)
        assert over.balance_minor(Account.DUE_BUYER) == -REDUCTION

    def test_r22_goods_that_never_leave_are_paid_back_from_what_was_held_for_them(self) -> None:
        ended = settled_for(first_there(), REDUCTION, 1).quiet()
        ended.stands(
            returned_minor=REDUCTION + SECOND,
            released_minor=FIRST - REDUCTION,
            fund_paid_minor=0,
            status=Status.CLOSED,
        )

    def test_a45_whichever_window_ends_first(self) -> None:
        """Given the reduction for goods whose window ends last, then the other shipment's price leaves whole."""
        here = in_parts(lines=THREE_LINES).paid().by(SUPPLIER, shipment("s2", quantities={2: 250}))
        here = here.after(days(1)).by(BANK, delivery("s2")).after(days(3))
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 600})).by(BANK, delivery("s1"))
        over = window_over(settled_for(here, REDUCTION, 1))
        assert releases(over) == [("s2", 250_000)]
        over.stands(held_minor=FIRST - REDUCTION + 150_000)

    def test_one_line_in_two_shipments_bears_it_by_its_pieces(self) -> None:
        here = in_parts().paid().by(SUPPLIER, shipment("s1", quantities={1: 400}))
        here = here.by(BANK, delivery("s1")).after(days(2))
        here = here.by(SUPPLIER, shipment("s2", quantities={1: 200})).by(BANK, delivery("s2"))
        over = window_over(settled_for(here, 90_000, 1))
        assert releases(over) == [("s1", 400_000 - 60_000)]
        over = window_over(over, 1)
        assert releases(over)[1:] == [("s2", 200_000 - 30_000)]
        over.stands(held_minor=SECOND)

    def test_a_shipment_that_is_released_bears_nothing_any_more(self) -> None:
        here = window_over(first_there()).by(SUPPLIER, shipment("s2", quantities={2: 400}))
        here = settled_for(here.by(BANK, delivery("s2")), REDUCTION, 2)
        over = window_over(here, 1)
        over.stands(released_minor=PRICE - REDUCTION, held_minor=0)

    def test_goods_that_leave_take_along_what_was_given_back_for_them(self) -> None:
        """Given 100 settled for 400 late pieces, when 200 of them leave, then 50 go along with these."""
        here = first_there()
        assert here.order.shipment_until is not None
        late = window_over(here).at(here.order.shipment_until + days(2))
        case = late.by(BUYER, claim(Ground.LATE, 2)).by(SUPPLIER, refund_offer(REDUCTION))
        agreed = case.by(BUYER, c.AcceptOffer(offer_id="o1"))
        half = agreed.by(SUPPLIER, shipment("s2", quantities={2: 200})).by(BANK, delivery("s2"))
        half.stands(
            given_back=(replace(agreed.order.given_back[0], amount_minor=50_000, quantity=200),)
        )
        over = window_over(half, 1).stands(returned_minor=REDUCTION + 150_000)
        assert releases(over) == [("s1", FIRST), ("s2", 150_000)]


class TestKeptForOthers:
    def test_a22_an_inspections_fee_does_not_come_out_of_what_is_held_for_others(self) -> None:
        case = first_there().by(BUYER, claim(Ground.QUALITY, 1))
        case = case.by(BUYER, booking(stage=InspectionStage.DISPUTE))
        case = case.by(INSPECTOR, report(major=40, lot=600, line=1))
        final = case.decided(REDUCTION).final().stands(held_minor=PRICE - REDUCTION - FEE)
        over = window_over(final)
        assert releases(over) == [("s1", FIRST - REDUCTION - FEE)]
        over.stands(held_minor=SECOND)

    def test_a21_a_refund_for_released_goods_leaves_the_later_shipments_their_money(self) -> None:
        """Given 300 back for goods whose price is gone, then the next shipment bears it and the last is held whole."""
        here = window_over(first_there(lines=THREE_LINES))
        fraud = claim(Ground.COUNTERFEIT, 1, terms=(), known_at=here.now)
        case = here.by(BUYER, fraud).by(SUPPLIER, refund_offer(200_000))
        agreed = case.by(BUYER, c.AcceptOffer(offer_id="o1")).stands(held_minor=200_000)
        there = agreed.by(SUPPLIER, shipment("s2", quantities={2: 250})).by(BANK, delivery("s2"))
        over = window_over(there, 1)
        assert releases(over) == [("s1", FIRST), ("s2", 50_000)]
        over.stands(held_minor=150_000)

    def test_a45_what_was_not_paid_yet_is_kept_for_nobody(self) -> None:
        """Given a deposit alone, then it stands behind what left first, as when the rest is cancelled (A45)."""
        halves = (
            Instalment(name="deposit", amount_minor=500_000),
            Instalment(name="balance", amount_minor=500_000, due=InstalmentDue.PASSED_INSPECTION),
        )
        here = in_parts(instalments=halves).agreed().by(BANK, payment(500_000))
        there = here.by(SUPPLIER, shipment("s1", quantities={1: 600})).by(BANK, delivery("s1"))
        over = window_over(there)
        assert releases(over) == [("s1", 500_000)]

    @pytest.mark.parametrize("reduction", [0, REDUCTION])
    def test_a60_beside_a_claim_the_rest_of_the_goods_stays_protected(self, reduction: int) -> None:
        """Given line 1 there, line 2 claimed and line 3 being made, then what leaves is line 1's alone."""
        here = in_parts(of_lines=True, lines=THREE_LINES).paid()
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 600, 2: 250})).by(
            BANK, delivery("s1")
        )
        if reduction:
            here = settled_for(here, reduction, 1)
        over = window_over(here.after(days(25)).by(BUYER, claim(Ground.QUALITY, 2)))
        assert releases(over) == [("s1", FIRST - reduction)]
        over.stands(held_minor=400_000)
