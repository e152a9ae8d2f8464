"""A price paid in parts: when the balance falls due, in which turn it is paid, and what goods that left make of it (R19)."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.standing import missing_minor
from fairlot.domain.order.state import DisputeCause, Status
from fairlot.domain.order.terms import Instalment, InstalmentDue, Mode, Proof
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import ReasonCode
from tests.support.given import (
    BANK,
    BUYER,
    HALVES,
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
    payment,
    refund_offer,
    report,
    seconds,
    shipment,
)

HALF = PRICE // 2
READY = (HALVES[0], Instalment(name="balance", amount_minor=HALF, due=InstalmentDue.GOODS_READY))


def left_without_notice(**changes: Any) -> Given:
    """Return an order whose deposit is paid and whose goods left by air with no notice and no inspection."""
    changes.setdefault("instalments", HALVES)
    here = given(mode=Mode.AIR, **changes).paid()
    return here.after(days(10)).by(SUPPLIER, shipment())


class TestGoodsThatLeft:
    def test_r19_make_the_balance_due(self) -> None:
        gone = left_without_notice()
        gone.stands(balance_until=gone.now + days(30))
        assert missing_minor(gone.order) == HALF

    def test_the_order_does_not_complete_on_its_deposit(self) -> None:
        there = left_without_notice().after(days(3)).by(BANK, delivery())
        confirmed = there.by(BUYER, c.ConfirmReceipt())
        confirmed.stands(status=Status.DELIVERED, released_minor=0, held_minor=HALF)
        paid = confirmed.by(BANK, payment(HALF, "p2"))
        paid.quiet().stands(status=Status.CLOSED, released_minor=PRICE)

    def test_a65_unpaid_it_goes_to_mediation_and_the_deposit_stays_for_goods_that_left(
        self,
    ) -> None:
        gone = left_without_notice()
        due = gone.at(gone.due_at(ClockKind.BALANCE) + seconds(1)).settled()
        assert due.order.dispute is not None
        assert due.order.dispute.cause is DisputeCause.UNPAID_BALANCE
        advice = recommendation_for(due.order, now=due.now, policy=due.policy)
        assert advice.reasons[0].code is ReasonCode.DEFAULT_GOODS_GONE
        due.quiet().stands(status=Status.SETTLED, released_minor=HALF, returned_minor=0)

    def test_a34_a_number_that_moved_makes_it_due_too(self) -> None:
        here = given(instalments=HALVES).paid().after(days(10))
        told = here.by(SUPPLIER, shipment(proof=Proof.CARRIER_NUMBER))
        told.stands(balance_until=None)
        moved = told.by(BANK, c.RecordMovement(shipment_id="s1", moved_at=told.now))
        moved.stands(balance_until=moved.now + days(30))

    def test_a45_goods_that_never_left_are_not_asked_for(self) -> None:
        here = given(mode=Mode.AIR, instalments=HALVES, lines=TWO_LINES).paid()
        part = here.after(days(10)).by(SUPPLIER, shipment(quantities={1: 600}))
        part.stands(balance_until=None)
        assert part.order.shipment_until is not None
        late = part.at(part.order.shipment_until + days(30) + seconds(1)).settled()
        late.stands(returned_minor=0, held_minor=HALF, cancelled_quantities={2: 400})
        assert missing_minor(late.order) == 100_000
        paid = late.by(BANK, payment(200_000, "p2"))
        assert paid.last(e.PaymentReceived).excess_minor == 100_000
        paid.quiet().stands(status=Status.CLOSED, released_minor=600_000, paid_minor=600_000)

    def test_what_was_paid_beyond_the_goods_that_left_goes_back(self) -> None:
        here = given(mode=Mode.AIR, instalments=HALVES, lines=TWO_LINES).paid()
        part = here.after(days(10)).by(SUPPLIER, shipment(quantities={2: 400}))
        part.quiet().stands(returned_minor=100_000, released_minor=400_000)

    def test_a_case_about_the_goods_leaves_the_balance_due(self) -> None:
        there = left_without_notice().after(days(3)).by(BANK, delivery())
        case = there.by(BUYER, claim(Ground.QUALITY)).by(SUPPLIER, refund_offer(100_000))
        agreed = case.by(BUYER, c.AcceptOffer(offer_id="o1"))
        agreed.stands(status=Status.DELIVERED, returned_minor=100_000, held_minor=400_000)
        paid = agreed.by(BANK, payment(HALF, "p2"))
        paid.quiet().stands(released_minor=900_000, returned_minor=100_000)

    def test_so_does_a_decision(self) -> None:
        there = left_without_notice().after(days(3)).by(BANK, delivery())
        final = there.by(BUYER, claim(Ground.QUALITY)).decided(100_000).final()
        final.stands(status=Status.DELIVERED, returned_minor=100_000, held_minor=400_000)
        final.quiet().stands(released_minor=400_000, returned_minor=100_000)


class TestTheLaterOfBoth:
    """A65: of a schedule that names no trigger, the later of readiness and a passed inspection counts."""

    def ready(self) -> Given:
        later = replace(HALVES[1], due=InstalmentDue.INSPECTION_OR_READY)
        here = given(instalments=(HALVES[0], later)).paid().after(days(5))
        return here.by(SUPPLIER, c.NotifyGoodsReady())

    def test_a65_readiness_alone_asks_for_the_balance(self) -> None:
        ready = self.ready()
        ready.stands(balance_until=ready.now + days(30))

    def test_a65_an_inspection_booked_after_it_is_waited_for(self) -> None:
        booked = self.ready().after(days(2)).by(BUYER, booking())
        booked.stands(balance_until=None)
        passed = booked.after(days(5)).by(INSPECTOR, report())
        passed.stands(balance_until=passed.now + days(30))

    def test_a65_one_that_is_never_reported_is_not(self) -> None:
        booked = self.ready().after(days(2)).by(BUYER, booking())
        lapses_at = booked.due_at(ClockKind.INSPECTION_REPORT)
        lapsed = booked.at(lapses_at + seconds(1)).settled()
        lapsed.stands(balance_until=lapses_at + days(30))

    def test_a65_a_trigger_that_the_schedule_names_stays(self) -> None:
        ready = given(instalments=READY).paid().by(SUPPLIER, c.NotifyGoodsReady())
        booked = ready.after(days(2)).by(BUYER, booking())
        booked.stands(balance_until=ready.now + days(30))


class TestBeforeTheFirstPayment:
    def ready_at_once(self) -> Given:
        return given(instalments=READY).agreed().by(SUPPLIER, c.NotifyGoodsReady())

    def test_r19_a_notice_asks_for_the_deposit_alone(self) -> None:
        ready = self.ready_at_once().stands(balance_until=None)
        assert missing_minor(ready.order) == HALF

    def test_the_deposit_begins_the_order_and_the_balance_has_its_days_from_then(self) -> None:
        paid = self.ready_at_once().after(days(40)).by(BANK, payment(HALF))
        paid.stands(status=Status.IN_PRODUCTION, balance_until=paid.now + days(30))
        assert missing_minor(paid.order) == HALF
        whole = paid.by(BANK, payment(HALF, "p2"))
        whole.stands(balance_until=None, paid_minor=PRICE)

    def test_a13_what_brings_both_pays_both(self) -> None:
        paid = self.ready_at_once().by(BANK, payment(PRICE))
        paid.stands(status=Status.IN_PRODUCTION, paid_minor=PRICE, balance_until=None, refunds=())

    def test_so_it_is_after_a_passed_inspection(self) -> None:
        here = given(instalments=HALVES).agreed().by(BUYER, booking())
        passed = here.after(days(2)).by(INSPECTOR, report()).stands(balance_until=None)
        paid = passed.by(BANK, payment(HALF))
        paid.stands(status=Status.IN_PRODUCTION, balance_until=paid.now + days(30))

    def test_unpaid_it_is_cancelled_as_any_other(self) -> None:
        ended = self.ready_at_once().quiet()
        ended.stands(status=Status.CANCELLED, returned_minor=0)

    def test_orders_whose_notice_set_a_date_before_the_deposit_go_on(self) -> None:
        ready = self.ready_at_once()
        old = replace(ready, order=replace(ready.order, balance_until=ready.now + days(30)))
        paid = old.after(days(40)).by(BANK, payment(HALF))
        paid.stands(status=Status.IN_PRODUCTION, balance_until=paid.now + days(30))
