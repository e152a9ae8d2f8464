"""Delivery, confirmation and the claim window (R18, R32, R45; A42 to A45, A60, A77 to A79)."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    PRE_SHIPMENT,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    claim,
    days,
    delivery,
    given,
    local,
    seconds,
    shipment,
)


class TestConfirmation:
    def test_r32_confirming_releases_the_money_and_completes_the_order(self) -> None:
        given().delivered().when(BUYER, c.ConfirmReceipt()).then(
            e.ReceiptConfirmed, e.FundsReleased, e.OrderCompleted
        ).stands(status=Status.COMPLETED, held_minor=0, released_minor=PRICE)

    def test_r32_only_the_buyer_confirms(self) -> None:
        given().delivered().when(SUPPLIER, c.ConfirmReceipt()).refused(Code.NOT_PERMITTED)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a79_a_completed_order_still_takes_claims_until_its_window_ends(
        self, edition: str
    ) -> None:
        here = given(edition).delivered()
        confirmed = here.after(days(2)).by(BUYER, c.ConfirmReceipt())
        disputed = confirmed.when(BUYER, claim(Ground.QUALITY), at=here.now + days(30)).then(
            e.DisputeOpened
        )
        disputed.stands(status=Status.COMPLETED)
        confirmed.when(BUYER, claim(Ground.QUALITY), at=here.now + days(30) + seconds(1)).refused(
            Code.CLAIM_TOO_LATE
        )

    def test_a42_confirming_early_never_shortens_the_window(self) -> None:
        here = given().shipped()
        confirmed = here.after(days(5)).by(BUYER, c.ConfirmReceipt())
        assert confirmed.order.shipments[0].claim_until == confirmed.now + days(30)
        proven = confirmed.after(days(15)).by(BANK, delivery())
        assert proven.order.shipments[0].claim_until == proven.now + days(30)

    def test_a42_a_proven_delivery_is_not_moved_by_a_confirmation(self) -> None:
        here = given().delivered()
        confirmed = here.after(days(10)).by(BUYER, c.ConfirmReceipt())
        assert confirmed.order.shipments[0].claim_until == here.now + days(30)

    def test_a60_in_a_dispute_confirming_is_recorded_and_releases_nothing(self) -> None:
        here = given().disputed()
        here.when(BUYER, c.ConfirmReceipt()).then(e.ReceiptConfirmed).stands(held_minor=PRICE)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (c.ConfirmReceipt(shipment_ids=("s9",)), Code.UNKNOWN_REFERENCE),
            (c.ConfirmReceipt(), Code.NOTHING_SHIPPED),
        ],
        ids=["unknown", "nothing there"],
    )
    def test_there_must_be_something_to_confirm(
        self, command: c.ConfirmReceipt, code: Code
    ) -> None:
        given().paid().when(BUYER, command).refused(code)

    def test_a_receipt_is_confirmed_once(self) -> None:
        here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment("s1", quantities={1: 600}))
        confirmed = here.by(BUYER, c.ConfirmReceipt())
        confirmed.when(BUYER, c.ConfirmReceipt()).refused(Code.ALREADY_CONFIRMED)


class TestWindow:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r32_the_window_is_thirty_days_from_delivery_to_the_second(self, edition: str) -> None:
        here = given(edition).delivered()
        until = here.now + days(30)
        here.when(BUYER, claim(Ground.QUALITY), at=until).then(e.DisputeOpened)
        here.when(BUYER, claim(Ground.QUALITY), at=until + seconds(0.999)).then(e.DisputeOpened)
        here.when(BUYER, claim(Ground.QUALITY), at=until + seconds(1)).refused(
            Code.CLAIM_TOO_LATE, until=until.isoformat()
        )

    def test_r45_the_buyer_is_warned_seven_three_and_one_day_before(self) -> None:
        here = given().delivered()
        until = here.now + days(30)
        after = here.when_nobody_acts(until).then(*[e.ClaimWindowWarned] * 3)
        warned = [event.at for event in after.events if isinstance(event, e.ClaimWindowWarned)]
        assert warned == [until - days(n) for n in (7, 3, 1)]

    def test_a77_silence_to_the_end_releases(self) -> None:
        here = given().delivered()
        until = here.now + days(30)
        after = here.when_nobody_acts(until + seconds(1)).happened(
            e.FundsReleased, e.OrderCompleted
        )
        assert after.last(e.FundsReleased).at == until
        after.stands(status=Status.COMPLETED, released_minor=PRICE)

    def test_r22_nothing_is_released_while_a_dispute_is_open(self) -> None:
        """R45: opening the dispute stops the release, and nothing the supplier says moves the deadline."""
        here = given().delivered().after(days(29)).by(BUYER, claim(Ground.QUALITY))
        told = here.by(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
        told.after(days(6)).settled().stands(held_minor=PRICE, released_minor=0)
        assert told.due_at(ClockKind.NEGOTIATION) == here.now + days(7)

    def test_a78_under_the_guarantee_the_order_completes_after_the_last_window(self) -> None:
        here = given(GUARANTEE, PRE_SHIPMENT).shipped()
        assert here.due_at(ClockKind.CLAIM_WINDOW) == here.now + days(30), (
            "late: 30 d from shipment"
        )
        done = here.quiet()
        assert done.last(e.OrderCompleted).at == here.now + days(30)
        assert done.last(e.OrderClosed).at == here.now + days(180), "fraud: at most 180 d"

    def test_a31_the_order_closes_when_no_claim_can_arise(self) -> None:
        done = given().delivered().quiet().stands(status=Status.CLOSED)
        assert done.last(e.OrderClosed).at == given().shipped().now + days(180)


class TestProofOfDelivery:
    def test_a43_delivery_proven_long_afterwards_leaves_seven_days(self) -> None:
        here = given().shipped()
        there = here.now + days(20)
        told = here.now + days(44)
        proven = here.at(told).by(BANK, delivery(delivered_at=there))
        assert proven.order.shipments[0].claim_until == max(there + days(30), told + days(7))

    def test_a43_the_window_never_ends_before_an_end_already_shown(self) -> None:
        here = given().shipped()
        counted = here.after(days(46)).settled()
        shown = counted.order.shipments[0].claim_until
        assert shown == here.now + days(75)
        proven = counted.by(BANK, delivery(delivered_at=here.now + days(10)))
        assert proven.order.shipments[0].claim_until == shown

    def test_a44_a_later_arrival_moves_the_window_forward_while_the_order_is_open(self) -> None:
        here = given().shipped()
        arrived = here.now + days(60)
        late = here.at(arrived).by(BANK, delivery())
        assert late.order.shipments[0].claim_until == arrived + days(30)

    def test_a44_after_the_release_the_fund_stands_behind_the_claim(self) -> None:
        here = given().shipped()
        released = here.after(days(76)).settled().stands(status=Status.COMPLETED, held_minor=0)
        arrived = released.after(days(4)).by(BANK, delivery())
        case = arrived.after(days(29)).by(BUYER, claim(Ground.QUALITY)).decided(300_000).final()
        case.quiet().stands(fund_paid_minor=300_000, returned_minor=300_000)

    def test_a04_a_delivery_with_a_date_alone_counts_as_its_end(self) -> None:
        here = given().shipped().after(days(30))
        date = dt.date(2026, 7, 20)
        told = here.by(BANK, delivery(delivered_date=date))
        assert told.last(e.GoodsDelivered).delivered_at == local("2026-07-20 23:59:59")
        ahead = delivery(delivered_at=here.now + seconds(1))
        here.when(BANK, ahead).refused(Code.INSTANT_IN_THE_FUTURE)

    def test_a_delivery_is_proven_once(self) -> None:
        given().delivered().when(BANK, delivery()).refused(Code.ALREADY_ARRIVED)
        given().shipped().when(BANK, delivery("s9")).refused(Code.UNKNOWN_REFERENCE)


class TestSeveralDeliveries:
    def test_a45_each_delivery_has_its_window_and_one_release_comes_last(self) -> None:
        here = given(lines=TWO_LINES).paid().at(local("2026-06-20 09:00"))
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 600}))
        here = here.by(SUPPLIER, shipment("s2", quantities={2: 400}))
        first = here.at(local("2026-07-20 09:00")).by(BANK, delivery("s1"))
        second = first.at(local("2026-08-01 09:00")).by(BANK, delivery("s2"))
        over = second.at(local("2026-08-20 09:00"))
        over.when(BUYER, claim(Ground.QUALITY, 1)).refused(Code.CLAIM_TOO_LATE, line=1)
        over.when(BUYER, claim(Ground.QUALITY, 2)).then(e.DisputeOpened)
        open_lines = over.when(BUYER, claim(Ground.QUALITY)).then(e.DisputeOpened)
        assert open_lines.last(e.DisputeOpened).claims[0].lines == (2,)
        over.stands(held_minor=PRICE)
        released = second.at(local("2026-08-31 09:00:01")).settled()
        assert released.last(e.FundsReleased).at == local("2026-08-31 09:00")
        released.stands(released_minor=PRICE)

    def test_a45_confirming_one_delivery_releases_nothing_yet(self) -> None:
        here = given(lines=TWO_LINES).paid().at(local("2026-06-20 09:00"))
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 600}))
        here = here.by(SUPPLIER, shipment("s2", quantities={2: 400}))
        one = here.by(BUYER, c.ConfirmReceipt(shipment_ids=("s1",))).stands(held_minor=PRICE)
        one.by(BUYER, c.ConfirmReceipt(shipment_ids=("s2",))).stands(released_minor=PRICE)


class TestKindsOfCover:
    """R18: pre-shipment cover ends with the shipment under the guarantee, with the 30 days under the escrow (A28)."""

    def test_r18_a28_under_the_escrow_both_kinds_have_thirty_days_from_delivery(self) -> None:
        here = given(ESCROW, PRE_SHIPMENT).delivered()
        here.when(BUYER, claim(Ground.QUALITY), after=days(30)).then(e.DisputeOpened)

    def test_r18_under_the_guarantee_pre_shipment_cover_ends_with_shipment(self) -> None:
        given(GUARANTEE, PRE_SHIPMENT).paid().when(BUYER, claim(Ground.QUALITY)).then(
            e.DisputeOpened
        )
        given(GUARANTEE, PRE_SHIPMENT).shipped().when(
            BUYER, claim(Ground.QUALITY), after=seconds(1)
        ).refused(Code.CLAIM_TOO_LATE)

    def test_a30_late_stays_claimable_thirty_days_after_shipment(self) -> None:
        here = given(GUARANTEE, PRE_SHIPMENT).paid().at(local("2017-07-05 09:00"))
        late = here.by(SUPPLIER, shipment())
        late.when(BUYER, claim(Ground.LATE), after=days(30)).then(e.DisputeOpened)
        late.when(BUYER, claim(Ground.LATE), after=days(30) + seconds(1)).refused(
            Code.CLAIM_TOO_LATE
        )


class TestDestination:
    """A47: delivery is handing over at the contract's destination: the place, not the port, unless the port is it."""

    def test_a47_arrival_at_the_port_delivers_nothing(self) -> None:
        here = given().shipped().after(days(30))
        here.when(BANK, delivery(at_port=True)).refused(Code.NOT_AT_DESTINATION)
        here.when(BANK, delivery()).then(e.GoodsDelivered)

    def test_a47_it_does_where_the_contract_names_the_port(self) -> None:
        here = given(destination_is_port=True).shipped().after(days(30))
        here.when(BANK, delivery(at_port=True)).then(e.GoodsDelivered)
