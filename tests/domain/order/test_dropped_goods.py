"""A change that drops goods, or makes them cheaper, counts what was given back of their price before (R26, ruling A11)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.state import Status
from fairlot.domain.order.terms import Instalment, InstalmentDue, Line
from fairlot.domain.policy.model import Ground
from fairlot.domain.words.events import event_sentence
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    days,
    delivery,
    given,
    payment,
    refund_offer,
    shipment,
)

FIRST, SECOND = 600_000, 400_000
SETTLED = 150_000
NO_MORE = c.Grant(enrolled=True, account_verified=True, cover_minor=0)


def there(edition: str = ESCROW) -> Given:
    """The first line is there, the second is made still."""
    here = given(edition, lines=TWO_LINES).paid()
    return here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())


def late(edition: str = ESCROW) -> Given:
    """The first line is there, the second has not left four days after its date."""
    here = there(edition)
    assert here.order.shipment_until is not None
    return here.at(here.order.shipment_until + days(4))


def settled_for(here: Given, amount_minor: int, ground: Ground, line: int) -> Given:
    case = here.by(BUYER, claim(ground, line)).by(SUPPLIER, refund_offer(amount_minor))
    return case.by(BUYER, c.AcceptOffer(offer_id="o1"))


def agreed_on(here: Given, *lines: Line, version: str = "3", **changes: Any) -> Given:
    """The supplier proposes other lines, and the buyer takes them."""
    assert here.order.terms is not None
    total = sum(line.price_minor for line in lines)
    terms = msgspec.structs.replace(
        here.order.terms,
        version_hash=version * 64,
        lines=lines,
        total_minor=total,
        covered_minor=total,
        **{"instalments": (Instalment(name="full", amount_minor=total),), **changes},
    )
    proposed = here.by(SUPPLIER, c.ProposeVersion(terms=terms))
    return proposed.by(BUYER, c.AcceptVersion(version_hash=version * 64, grant=NO_MORE))


def line(number: int, quantity: int, unit_price_minor: int = 1_000) -> Line:
    return Line(number=number, quantity=quantity, unit_price_minor=unit_price_minor)


class TestDroppedPieces:
    def test_a11_a_line_that_is_dropped_gives_back_what_is_left_of_its_price(self) -> None:
        """Given 150 of line 2's 400 settled, when both drop the line, then 250 go back, and 600 stay held for line 1."""
        after = agreed_on(settled_for(late(), SETTLED, Ground.LATE, 2), TWO_LINES[0])
        assert after.last(e.RefundDecided).price_minor == SECOND - SETTLED
        assert after.last(e.ChangeAgreed).counted_minor == SETTLED
        after.stands(held_minor=FIRST, paid_minor=FIRST, returned_minor=0, given_back=())
        assert after.balance_minor(Account.DUE_BUYER) == -SECOND
        assert after.balance_minor(Account.HELD) == -FIRST
        ended = after.quiet().stands(released_minor=FIRST, held_minor=0, status=Status.CLOSED)
        assert ended.balance_minor(Account.PAYOUT_CLEARING) == -FIRST

    def test_a_change_after_a_change_counts_nothing_twice(self) -> None:
        once = agreed_on(settled_for(late(), SETTLED, Ground.LATE, 2), TWO_LINES[0])
        again = agreed_on(once, line(1, 600, 900), version="4")
        assert again.last(e.RefundDecided).price_minor == 60_000
        again.stands(held_minor=FIRST - 60_000, paid_minor=FIRST - 60_000)

    def test_pieces_that_stay_keep_their_part(self) -> None:
        """Given 150 of 400 pieces settled, when 200 are dropped, then 125 go back, and 125 more if the rest never leaves."""
        half = agreed_on(settled_for(late(), SETTLED, Ground.LATE, 2), TWO_LINES[0], line(2, 200))
        assert half.last(e.RefundDecided).price_minor == 125_000
        ended = half.quiet()
        assert ended.last(e.MissingCancelled).amount_minor == 125_000
        assert ended.balance_minor(Account.DUE_BUYER) == -SECOND
        ended.stands(released_minor=FIRST)

    def test_pieces_that_come_back_into_the_contract_had_nothing_given_back(self) -> None:
        dropped = agreed_on(settled_for(late(), SETTLED, Ground.LATE, 2), TWO_LINES[0], line(2, 1))
        back = agreed_on(dropped, *TWO_LINES, version="4").by(BANK, payment(399_000, "p2"))
        ended = back.quiet()
        assert ended.last(e.MissingCancelled).amount_minor == SECOND - 375

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a11_a_decision_counts_like_a_settlement(self, edition: str) -> None:
        case = late(edition).by(BUYER, claim(Ground.LATE, 2)).decided(SETTLED).final()
        after = agreed_on(case, TWO_LINES[0])
        assert after.last(e.RefundDecided).price_minor == SECOND - SETTLED
        after.after(days(3)).settled().stands(paid_minor=FIRST, returned_minor=0)

    def test_a11_of_a_deposit_nothing_counts_for_other_goods(self) -> None:
        """Given a deposit of which 100 went back for line 2, when that is dropped, then line 1 still costs its price."""
        halves = (
            Instalment(name="deposit", amount_minor=500_000),
            Instalment(name="balance", amount_minor=500_000, due=InstalmentDue.GOODS_READY),
        )
        here = given(lines=TWO_LINES, instalments=halves).agreed().by(BANK, payment(500_000))
        assert here.order.shipment_until is not None
        here = here.at(here.order.shipment_until + days(4))
        settled = settled_for(here, 100_000, Ground.LATE, 2).stands(held_minor=400_000)
        halves = (
            Instalment(name="deposit", amount_minor=300_000),
            Instalment(name="balance", amount_minor=300_000, due=InstalmentDue.GOODS_READY),
        )
        after = agreed_on(settled, TWO_LINES[0], instalments=halves)
        after.stands(paid_minor=400_000, returned_minor=0, held_minor=400_000)
        left = after.by(SUPPLIER, shipment(quantities={1: 600}))
        assert left.order.balance_until is not None
        left.by(BANK, payment(200_000, "p2")).stands(paid_minor=FIRST, held_minor=FIRST)

    def test_a_line_of_which_nothing_was_given_back_comes_back_whole(self) -> None:
        after = agreed_on(late(), TWO_LINES[0])
        assert after.last(e.RefundDecided).price_minor == SECOND
        assert after.last(e.ChangeAgreed).counted_minor is msgspec.UNSET


class TestCheaperGoods:
    def test_a11_a_price_below_what_was_given_back_counts_for_goods_that_left(self) -> None:
        """Given 400 of line 1's 600 settled, when its price falls to 300, then 200 go back, for 600 in all."""
        settled = settled_for(there(), 400_000, Ground.QUALITY, 1)
        after = agreed_on(settled, line(1, 600, 500), TWO_LINES[1])
        assert after.last(e.RefundDecided).price_minor == FIRST - 400_000
        after.stands(held_minor=SECOND)
        assert after.order.shipments[0].given_back == {1: 300_000}

    def test_a11_a_price_above_it_goes_back_whole(self) -> None:
        settled = settled_for(there(), 100_000, Ground.QUALITY, 1)
        after = agreed_on(settled, line(1, 600, 500), TWO_LINES[1])
        assert after.last(e.RefundDecided).price_minor == 300_000
        assert after.last(e.ChangeAgreed).counted_minor is msgspec.UNSET

    def test_a11_goods_that_wait_count_as_well(self) -> None:
        settled = settled_for(late(), 300_000, Ground.LATE, 2)
        after = agreed_on(settled, TWO_LINES[0], line(2, 400, 500))
        assert after.last(e.RefundDecided).price_minor == 100_000
        after.quiet().stands(released_minor=FIRST)

    def test_a11_cancelled_goods_are_paid_back_already(self) -> None:
        """Given 400 cancelled and paid back, when their price falls by half, then nothing of it goes back again."""
        here = given(lines=TWO_LINES).paid()
        assert here.order.shipment_until is not None
        here = here.at(here.order.shipment_until).by(SUPPLIER, shipment(quantities={1: 600}))
        gone = here.after(days(31)).settled()
        gone.stands(cancelled_quantities={2: 400}, returned_minor=SECOND)
        after = agreed_on(gone, TWO_LINES[0], line(2, 400, 500)).stands(held_minor=FIRST)
        assert after.balance_minor(Account.DUE_BUYER) == -SECOND
        again = agreed_on(after, line(1, 600, 900), line(2, 400, 500), version="4")
        again.stands(held_minor=FIRST - 60_000)


def test_r39_the_story_says_what_counted() -> None:
    after = agreed_on(settled_for(late(), SETTLED, Ground.LATE, 2), TWO_LINES[0])
    said = event_sentence(after.last(e.ChangeAgreed), "en", currency="USD")
    assert "1,500.00" in said
    plain = event_sentence(agreed_on(late(), TWO_LINES[0]).last(e.ChangeAgreed), "en")
    assert plain == "Both parties agreed to a change of the contract."
