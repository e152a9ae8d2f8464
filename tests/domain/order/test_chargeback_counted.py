"""What a lost chargeback took counts once, towards whatever is found due first: over several outcomes, and for clocks (A74)."""

from __future__ import annotations

from typing import Any

import msgspec

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.state import Claim, InspectionStage, Status
from fairlot.domain.order.terms import Instalment, Line
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    FEE,
    INSPECTOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    refund_offer,
    report,
    shipment,
)

FIRST, SECOND = 600_000, 400_000
TAKEN = 300_000
BY_CARD = 1_028_000


def taken(here: Given, amount_minor: int = TAKEN, chargeback_id: str = "cb1") -> Given:
    """The buyer's bank takes money back for good."""
    opened = c.RecordChargebackOpened(chargeback_id=chargeback_id, amount_minor=amount_minor)
    return here.by(BANK, opened, c.RecordChargebackEnded(chargeback_id=chargeback_id, won=False))


def first_there() -> Given:
    """Paid by card; the first line is there and the second is made still."""
    here = given(lines=TWO_LINES).paid(BY_CARD, rail="card")
    return here.by(SUPPLIER, shipment(quantities={1: 600})).after(days(1)).by(BANK, delivery())


def settled_for(here: Given, amount_minor: int, term: str = "T1") -> Given:
    case = here.by(BUYER, claim(Ground.QUALITY, 1, terms=(term,)))
    return case.by(SUPPLIER, refund_offer(amount_minor)).by(BUYER, c.AcceptOffer(offer_id="o1"))


def refunds(here: Given) -> list[int]:
    return [x.price_minor for x in here.events if isinstance(x, e.RefundDecided)]


def counted(here: Given) -> list[int]:
    return [x.amount_minor for x in here.events if isinstance(x, e.ChargebackCounted)]


class TestSeveralOutcomes:
    def test_a74_it_is_used_up_by_the_outcomes_one_after_the_other(self) -> None:
        """Given 300 taken, when 200 and then 250 are found due, then 0 and 150 go back: 450 with the buyer in all."""
        once = settled_for(taken(first_there()), 200_000)
        assert (refunds(once), counted(once)) == ([], [200_000])
        twice = settled_for(once, 250_000, "T2")
        assert (refunds(twice), counted(twice)) == ([150_000], [200_000, 100_000])
        twice.stands(returned_minor=450_000, held_minor=PRICE - 450_000)
        assert twice.balance_minor(Account.HELD) == -(PRICE - 450_000)
        assert twice.balance_minor(Account.DUE_BUYER) == -150_000

    def test_a74_decisions_use_it_up_as_well(self) -> None:
        once = taken(first_there()).by(BUYER, claim(Ground.QUALITY, 1, terms=("T1",)))
        once = once.decided(TAKEN).final()
        assert (refunds(once), counted(once)) == ([], [TAKEN])
        twice = once.by(BUYER, claim(Ground.QUALITY, 1, terms=("T2",))).decided(100_000).final()
        assert refunds(twice) == [100_000]
        twice.quiet().stands(returned_minor=400_000 + SECOND, released_minor=FIRST - 400_000)

    def test_r26_goods_that_the_bank_paid_for_are_not_paid_again(self) -> None:
        """Given all of line 1 settled, 300 of it by the bank, then a page promises nothing more for it."""
        whole = settled_for(taken(first_there()), FIRST)
        assert refunds(whole) == [TAKEN]
        again = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("T2",))
        assert (
            explain_cover(whole.order, again, now=whole.now, policy=whole.policy).amount_minor == 0
        )
        covered = settled_for(taken(first_there()), TAKEN)
        answer = explain_cover(covered.order, again, now=covered.now, policy=covered.policy)
        assert answer.amount_minor == FIRST - TAKEN

    def test_a74_another_chargeback_counts_anew(self) -> None:
        used = settled_for(taken(first_there()), TAKEN)
        more = settled_for(taken(used, 50_000, "cb2"), 120_000, "T2")
        assert (refunds(more), counted(more)) == ([70_000], [TAKEN, 50_000])

    def test_a22_a_fee_that_the_bank_paid_comes_back_once(self) -> None:
        """Given more taken than is due for goods and fee together, then the fee counts, and no later case pays it."""
        case = taken(first_there()).by(BUYER, claim(Ground.QUALITY, 1, terms=("T1",)))
        case = case.by(BUYER, booking(stage=InspectionStage.DISPUTE))
        case = case.by(INSPECTOR, report(lot=600, line=1, major=40))
        once = case.decided(100_000).final()
        assert (refunds(once), counted(once)) == ([], [100_000 + FEE])
        assert once.order.inspections[0].fee_returned
        twice = settled_for(once, TAKEN - 100_000, "T2")
        assert refunds(twice) == [FEE]


class TestWhatIsAtStake:
    def test_a74_a_case_may_find_the_whole_price_due(self) -> None:
        """Given 300 of 1,000 taken, when all of it is found due, then 700 go back, not 400."""
        here = given().delivered(amount_minor=BY_CARD, rail="card").after(days(1))
        case = taken(here)
        case = case.by(BUYER, claim(Ground.QUALITY)).by(
            BUYER, booking(stage=InspectionStage.DISPUTE, fee_minor=0)
        )
        case = case.by(INSPECTOR, report(not_as_ordered=True))
        advice = recommendation_for(case.order, now=case.now, policy=case.policy)
        assert advice.amount_minor == PRICE
        final = case.decided(PRICE).final().stands(status=Status.REFUNDED, held_minor=0)
        assert refunds(final) == [PRICE - TAKEN]

    def test_r20_a_page_promises_what_would_be_paid(self) -> None:
        here = taken(first_there())
        every = Claim(ground=Ground.COUNTERFEIT, lines=())
        first = Claim(ground=Ground.COUNTERFEIT, lines=(1,))
        promised = [
            explain_cover(here.order, of, now=here.now, policy=here.policy).amount_minor
            for of in (every, first)
        ]
        assert promised == [PRICE - TAKEN, FIRST - TAKEN]


class TestClocks:
    def test_a45_what_never_left_is_paid_back_less_what_the_bank_took(self) -> None:
        """Given 300 taken, when line 2's 400 never leave, then 100 go back, and line 1's 600 are its supplier's."""
        ended = taken(first_there()).quiet()
        assert (refunds(ended), counted(ended)) == ([SECOND - TAKEN], [TAKEN])
        ended.stands(returned_minor=SECOND, released_minor=FIRST, status=Status.CLOSED)
        assert ended.balance_minor(Account.PAYOUT_CLEARING) == -FIRST
        assert ended.balance_minor(Account.DUE_BUYER) == -(SECOND - TAKEN)

    def test_a45_what_an_outcome_used_up_does_not_count_for_the_clock(self) -> None:
        ended = settled_for(taken(first_there()), 200_000).quiet()
        assert refunds(ended) == [SECOND - 100_000]
        ended.stands(returned_minor=200_000 + SECOND, released_minor=FIRST - 200_000)

    def test_an_order_of_which_nothing_left_goes_back_whole(self) -> None:
        ended = taken(given(lines=TWO_LINES).paid(BY_CARD, rail="card")).quiet()
        ended.stands(returned_minor=PRICE, status=Status.CANCELLED)


class TestLowerPrices:
    def changed(self, here: Given, *lines: Line, version: str = "3") -> Given:
        assert here.order.terms is not None
        total = sum(line.price_minor for line in lines)
        whole: dict[str, Any] = {"total_minor": total, "covered_minor": total, "lines": lines}
        terms = msgspec.structs.replace(
            here.order.terms,
            version_hash=version * 64,
            instalments=(Instalment(name="full", amount_minor=total),),
            **whole,
        )
        grant = c.Grant(enrolled=True, account_verified=True, cover_minor=0)
        accepted = c.AcceptVersion(version_hash=version * 64, grant=grant)
        return here.by(SUPPLIER, c.ProposeVersion(terms=terms)).by(BUYER, accepted)

    def test_a11_it_counts_towards_goods_that_both_drop(self) -> None:
        """Given 300 taken, when line 2's 400 are dropped, then 100 go back, and 600 stay held for line 1."""
        after = self.changed(taken(first_there()), TWO_LINES[0])
        assert (refunds(after), counted(after)) == ([SECOND - TAKEN], [TAKEN])
        after.stands(paid_minor=FIRST, returned_minor=0, held_minor=FIRST, charged_back_minor=0)
        after.quiet().stands(released_minor=FIRST)

    def test_a11_what_is_left_of_it_counts_for_the_next(self) -> None:
        cheaper = (TWO_LINES[0], Line(number=2, quantity=400, unit_price_minor=500))
        once = self.changed(taken(first_there()), *cheaper)
        assert (refunds(once), counted(once)) == ([], [200_000])
        once.stands(paid_minor=800_000, returned_minor=100_000, held_minor=700_000)
        twice = self.changed(once, TWO_LINES[0], version="4")
        assert (refunds(twice), counted(twice)) == ([100_000], [200_000, 100_000])
        twice.stands(held_minor=FIRST)
