"""Shipment and arrival: proof, dates, lateness, what never leaves (R17, R31; A04, A29, A34 to A37, A40, A41, A45, A46)."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.order.terms import Incoterm, Mode, Party, Proof
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    DAILY,
    DUE,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    INSPECTOR,
    PRE_SHIPMENT,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    booking,
    claim,
    days,
    delivery,
    given,
    hours,
    local,
    report,
    seconds,
    shipment,
)


class TestProof:
    def test_r31_shipment_is_recorded_and_compared_with_the_agreed_date(self) -> None:
        here = given().paid().at(local("2026-07-03 09:00"))
        late = here.by(SUPPLIER, shipment(handed_over_at=local("2026-07-02 12:00")))
        late.when(BUYER, claim(Ground.LATE)).then(e.DisputeOpened)
        intime = here.by(SUPPLIER, shipment(handed_over_at=local("2026-06-30 23:59:59")))
        intime.when(BUYER, claim(Ground.LATE)).refused(Code.SHIPPED_IN_TIME)

    @pytest.mark.parametrize(
        ("incoterm", "accepted", "refused"),
        [
            (Incoterm.FOB, Proof.BILL_OF_LADING, Proof.CARRIER_RECEIPT),
            (Incoterm.CIF, Proof.BILL_OF_LADING, Proof.FORWARDER_RECEIPT),
            (Incoterm.FCA, Proof.CARRIER_RECEIPT, Proof.COLLECTION),
            (Incoterm.CPT, Proof.CARRIER_RECEIPT, Proof.ALONGSIDE_RECEIPT),
            (Incoterm.EXW, Proof.COLLECTION, Proof.ALONGSIDE_RECEIPT),
            (Incoterm.FAS, Proof.ALONGSIDE_RECEIPT, Proof.COLLECTION),
        ],
    )
    def test_r31_what_proves_shipment_follows_the_incoterm(
        self, incoterm: Incoterm, accepted: Proof, refused: Proof
    ) -> None:
        """R31, A36: as section 2 of the programme lists it; FAS by the receipt alongside the ship."""
        here = given(incoterm=incoterm).paid()
        here.when(SUPPLIER, shipment(proof=accepted)).then(e.ShipmentRecorded)
        here.when(SUPPLIER, shipment(proof=refused)).refused(Code.WRONG_PROOF)

    def test_r17_the_receipt_of_the_buyers_own_forwarder_proves_shipment(self) -> None:
        here = given(own_forwarder=True).paid()
        here.when(SUPPLIER, shipment(proof=Proof.BILL_OF_LADING)).refused(
            Code.WRONG_PROOF, required="forwarder_receipt"
        )
        here.when(SUPPLIER, shipment(proof=Proof.FORWARDER_RECEIPT)).then(e.ShipmentRecorded)

    def test_a04_a_document_with_a_date_alone_counts_as_its_end(self) -> None:
        here = given().paid().at(local("2026-06-29 08:00"))
        dated = here.by(SUPPLIER, shipment(handed_over_date=dt.date(2026, 6, 28)))
        assert dated.due_at(ClockKind.ARRIVAL) == local("2026-06-28 23:59:59") + days(45)
        here.when(SUPPLIER, shipment(handed_over_date=dt.date(2026, 6, 30))).refused(
            Code.INSTANT_IN_THE_FUTURE
        )
        here.when(SUPPLIER, shipment(handed_over_at=here.now + seconds(1))).refused(
            Code.INSTANT_IN_THE_FUTURE
        )

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (shipment("s1"), Code.REFERENCE_REUSED),
            (shipment("s2", quantities={1: 501}), Code.QUANTITY_EXCEEDED),
            (shipment("s2", quantities={1: 0}), Code.AMOUNT_NOT_POSITIVE),
            (shipment("s2", quantities={7: 1}), Code.UNKNOWN_LINE),
        ],
        ids=["reused", "too many", "none", "no such line"],
    )
    def test_a_shipment_carries_what_is_still_open(
        self, command: c.RecordShipment, code: Code
    ) -> None:
        here = given().paid().by(SUPPLIER, shipment("s1", quantities={1: 500}))
        here.when(SUPPLIER, command).refused(code)

    def test_there_is_an_end_to_shipments(self) -> None:
        here = given().paid()
        for number in range(50):
            here = here.by(SUPPLIER, shipment(f"s{number}", quantities={1: 1}))
        here.when(SUPPLIER, shipment("more")).refused(Code.TOO_MANY_EVENTS, most=50)


class TestCarriersNumber:
    """A34: a claimed handover is believed if the number moves within 48 hours of it; else by its first movement."""

    def tracked(self, number: str = "s1") -> c.RecordShipment:
        return shipment(number, proof=Proof.CARRIER_NUMBER, mode=Mode.EXPRESS)

    def test_a34_a_number_alone_ships_nothing(self) -> None:
        here = given().paid().by(SUPPLIER, self.tracked()).stands(status=Status.IN_PRODUCTION)
        after = here.when_nobody_acts(here.now + hours(48) + seconds(1)).then(e.ShipmentUnproven)
        after.stands(shipments=(), status=Status.IN_PRODUCTION)

    def test_a34_a_movement_within_two_days_proves_the_handover(self) -> None:
        here = given().paid().by(SUPPLIER, self.tracked())
        moved = c.RecordMovement(shipment_id="s1", moved_at=here.now + hours(47))
        proven = here.after(hours(47)).when(BANK, moved).then(e.GoodsMoved, dispatched_at=here.now)
        assert proven.due_at(ClockKind.ARRIVAL) == here.now + days(15)

    def test_a34_only_the_carrier_tells_of_a_movement(self) -> None:
        here = given().paid().by(SUPPLIER, self.tracked())
        moved = c.RecordMovement(shipment_id="s1", moved_at=here.now)
        here.when(SUPPLIER, moved).refused(Code.NOT_PERMITTED)

    def test_a34_a_later_movement_dates_the_shipment_itself(self) -> None:
        here = given().paid().at(local("2026-06-30 09:00"))
        claimed = shipment(
            proof=Proof.CARRIER_NUMBER, handed_over_at=local("2026-06-28 09:00"), mode=Mode.AIR
        )
        first = local("2026-07-01 09:00")
        here = here.by(SUPPLIER, claimed).at(first)
        moved = c.RecordMovement(shipment_id="s1", moved_at=first)
        late = here.when(BANK, moved).then(e.GoodsMoved, dispatched_at=first)
        late.when(BUYER, claim(Ground.LATE)).then(e.DisputeOpened)

    def test_a_movement_is_recorded_once_and_not_ahead_of_time(self) -> None:
        here = given().paid().by(SUPPLIER, self.tracked())
        ahead = c.RecordMovement(shipment_id="s1", moved_at=here.now + seconds(1))
        here.when(BANK, ahead).refused(Code.INSTANT_IN_THE_FUTURE)
        moved = c.RecordMovement(shipment_id="s1", moved_at=here.now)
        here.by(BANK, moved).when(BANK, moved).refused(Code.ALREADY_CONFIRMED)
        here.when(BANK, c.RecordMovement(shipment_id="s9", moved_at=here.now)).refused(
            Code.UNKNOWN_REFERENCE
        )

    def test_a_delivery_proves_that_a_number_moved(self) -> None:
        here = given().paid().by(SUPPLIER, self.tracked())
        proven = here.after(hours(24)).when(BANK, delivery()).then(e.GoodsMoved, e.GoodsDelivered)
        proven.stands(status=Status.DELIVERED)


class TestNeverShipped:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a03_lateness_begins_after_the_last_second(self, edition: str) -> None:
        here = given(edition).paid()
        here.when(BUYER, claim(Ground.LATE), at=DUE[edition]).refused(Code.CLAIM_TOO_EARLY)
        here.when(BUYER, claim(Ground.LATE), at=DUE[edition] + seconds(1)).then(e.DisputeOpened)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r31_the_parties_are_reminded_seven_three_and_one_day_before(
        self, edition: str
    ) -> None:
        here = given(edition).paid()
        after = here.when_nobody_acts(DUE[edition] + seconds(1)).then(
            e.ShipmentReminded, e.ShipmentReminded, e.ShipmentReminded, e.ShipmentFellDue
        )
        told = [x.at for x in after.events if isinstance(x, e.ShipmentReminded)]
        assert told == [DUE[edition] - days(n) for n in (7, 3, 1)]

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r45_never_shipped_is_cancelled_and_refunded_thirty_days_later(
        self, edition: str
    ) -> None:
        here = given(edition).paid()
        after = here.when_nobody_acts(DUE[edition] + days(30) + seconds(1)).happened(
            e.OrderCancelled, e.RefundDecided
        )
        after.stands(status=Status.CANCELLED, returned_minor=PRICE)
        assert after.last(e.OrderCancelled).at == DUE[edition] + days(30)
        fund = 0 if edition == ESCROW else PRICE
        after.quiet().stands(fund_paid_minor=fund, held_minor=0)

    def test_a22_a_cancellation_after_a_failed_inspection_brings_its_fee_back(self) -> None:
        here = given().paid().by(BUYER, booking()).by(INSPECTOR, report(major=6))
        here.quiet().stands(status=Status.CANCELLED, fees_returned_minor=FEE)

    def test_a22_a_passed_inspection_stays_paid(self) -> None:
        here = given().paid().by(BUYER, booking()).by(INSPECTOR, report())
        here.quiet().stands(status=Status.CANCELLED, fees_returned_minor=0)

    def test_a45_only_what_is_missing_is_cancelled(self) -> None:
        here = given(lines=TWO_LINES).paid().at(local("2026-06-25 09:00"))
        here = here.by(SUPPLIER, shipment(quantities={1: 600}))
        after = here.when_nobody_acts(DUE[ESCROW] + days(30) + seconds(1)).happened(
            e.MissingCancelled, e.RefundDecided
        )
        after.stands(status=Status.SHIPPED, returned_minor=400_000, held_minor=600_000)
        after.quiet().stands(status=Status.CLOSED, released_minor=600_000)

    def test_a22_the_fee_of_a_lot_that_never_left_comes_back_with_its_price(self) -> None:
        here = given(lines=TWO_LINES).paid().by(BUYER, booking("i1"), booking("i2"))
        here = here.by(INSPECTOR, report("i1", line=1, lot=600, major=9))
        here = here.by(INSPECTOR, report("i2", line=2, lot=400, major=9)).stands(dispute=None)
        shipped = here.at(local("2026-06-25")).by(SUPPLIER, shipment(quantities={1: 600}))
        ended = shipped.at(DUE[ESCROW] + days(30) + seconds(1)).settled()
        assert ended.last(e.RefundDecided).inspection_ids == ("i2",)

    def test_a38_a_case_stops_the_clock_which_acts_when_the_case_ends(self) -> None:
        here = given().paid().at(DUE[ESCROW] + days(1)).by(BUYER, claim(Ground.LATE))
        assert here.clock(ClockKind.NEVER_SHIPPED) is None
        later = here.at(DUE[ESCROW] + days(5))
        claims = here.order.dispute.claims if here.order.dispute else ()
        early = later.by(BUYER, c.WithdrawClaim(claims=claims, statement_hash="s"))
        assert early.due_at(ClockKind.NEVER_SHIPPED) == DUE[ESCROW] + days(30)

    def test_a38_what_was_overdue_meanwhile_acts_at_that_instant(self) -> None:
        here = given().delivered().after(days(29)).by(BUYER, claim(Ground.QUALITY))
        claims = here.order.dispute.claims if here.order.dispute else ()
        ended = here.after(days(3)).by(BUYER, c.WithdrawClaim(claims=claims, statement_hash="s"))
        assert ended.due_at(ClockKind.CLAIM_WINDOW) == ended.now
        assert ended.after(seconds(1)).settled().last(e.OrderCompleted).at == ended.now


class TestLateButShipped:
    def test_a39_the_daily_remedy_counts_dates_and_late_quantities(self) -> None:
        here = given(lines=TWO_LINES, late_remedy=DAILY).paid().at(local("2026-06-28 09:00"))
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 600}))
        late = here.at(local("2026-07-11 09:00"))
        on_board = local("2026-07-10 23:59:59")
        late = late.by(SUPPLIER, shipment("s2", quantities={2: 400}, handed_over_at=on_board))
        disputed = late.by(BUYER, claim(Ground.LATE, 2))
        advice = recommendation_for(disputed.order, now=disputed.now, policy=disputed.policy)
        assert advice.amount_minor == 20_000, "ten days of 0.5 % of 4,000.00"

    def test_a41_lateness_without_a_remedy_costs_nothing(self) -> None:
        here = given().paid().at(local("2026-07-05")).by(SUPPLIER, shipment())
        disputed = here.by(BUYER, claim(Ground.LATE))
        advice = recommendation_for(disputed.order, now=disputed.now, policy=disputed.policy)
        assert advice.amount_minor == 0
        assert advice.upheld == (Ground.LATE,)

    def test_a_decision_about_lateness_leaves_goods_at_sea_protected(self) -> None:
        """A58: other claims are not lost: the remedy is paid, the rest stays held until the goods are there."""
        here = (
            given(late_remedy=DAILY).paid().at(local("2026-07-10 09:00")).by(SUPPLIER, shipment())
        )
        decided = here.by(BUYER, claim(Ground.LATE)).decided(50_000).final()
        decided.stands(status=Status.SHIPPED, held_minor=950_000, returned_minor=50_000)
        there = decided.at(local("2026-08-20")).by(BANK, delivery())
        there.when(BUYER, claim(Ground.QUALITY)).then(e.DisputeOpened)

    def test_a40_late_and_not_shipped_after_thirty_days_is_cancelled_by_the_rules(self) -> None:
        here = given().paid().at(local("2026-07-05 09:00")).by(BUYER, claim(Ground.LATE))
        before = recommendation_for(here.order, now=DUE[ESCROW] + days(30), policy=here.policy)
        after = recommendation_for(
            here.order, now=DUE[ESCROW] + days(30) + seconds(1), policy=here.policy
        )
        assert (before.amount_minor, after.amount_minor) == (0, PRICE)


class TestArrivalTerms:
    """A35: for D-terms dispatch stops the never-shipped clock, arrival proves that it was in time."""

    def test_a35_dispatch_and_timeliness_are_two_facts(self) -> None:
        here = given(incoterm=Incoterm.DAP).paid().at(local("2026-06-25 09:00"))
        under_way = here.by(SUPPLIER, shipment(proof=Proof.CARRIER_RECEIPT))
        assert under_way.clock(ClockKind.NEVER_SHIPPED) is None
        under_way.when(BUYER, claim(Ground.LATE), at=local("2026-07-01")).then(e.DisputeOpened)
        there = under_way.at(local("2026-06-30 20:00")).by(BANK, delivery())
        there.when(BUYER, claim(Ground.LATE), at=local("2026-07-01")).refused(Code.SHIPPED_IN_TIME)


class TestCollection:
    """A36: where the buyer has the goods collected, a notice by the date stops lateness."""

    def test_a36_goods_ready_in_time_are_not_late(self) -> None:
        here = given(incoterm=Incoterm.EXW).paid().at(local("2026-06-29 09:00"))
        here = here.by(SUPPLIER, c.NotifyGoodsReady())
        assert here.clock(ClockKind.NEVER_SHIPPED) is None
        here.when(BUYER, claim(Ground.LATE), at=local("2026-07-15")).refused(Code.GOODS_WERE_READY)

    def test_a36_uncollected_goods_go_to_mediation_after_thirty_days(self) -> None:
        here = given(incoterm=Incoterm.EXW).paid().at(local("2026-06-29 09:00"))
        here = here.by(SUPPLIER, c.NotifyGoodsReady())
        opened = here.when_nobody_acts(here.now + days(30) + seconds(1)).then(e.DisputeOpened)
        opened.when(SUPPLIER, shipment(proof=Proof.COLLECTION)).then(
            e.ShipmentRecorded, e.DisputeMoot
        )
        opened.quiet().stands(status=Status.SETTLED, released_minor=PRICE)

    def test_a36_a_notice_after_the_date_stops_nothing(self) -> None:
        here = given(incoterm=Incoterm.EXW).paid().at(local("2026-07-02 09:00"))
        here.by(SUPPLIER, c.NotifyGoodsReady()).when(BUYER, claim(Ground.LATE)).then(
            e.DisputeOpened
        )

    def test_a36_free_on_board_waits_only_for_the_buyers_own_carrier(self) -> None:
        ours = given(incoterm=Incoterm.FOB).paid().by(SUPPLIER, c.NotifyGoodsReady())
        theirs = given(incoterm=Incoterm.FOB, carrier_chosen_by=Party.BUYER).paid()
        assert ours.clock(ClockKind.UNCOLLECTED) is None
        assert theirs.by(SUPPLIER, c.NotifyGoodsReady()).clock(ClockKind.UNCOLLECTED)


class TestArrivalAsked:
    @pytest.mark.parametrize(
        ("mode", "length"),
        [(Mode.SEA, 45), (Mode.LAND, 30), (Mode.AIR, 15), (Mode.EXPRESS, 15), (Mode.POST, 60)],
    )
    def test_goods_count_as_arrived_by_the_mode(self, mode: Mode, length: int) -> None:
        here = given(mode=mode).shipped()
        assert here.due_at(ClockKind.ARRIVAL) == here.now + days(length)
        counted = here.when_nobody_acts(here.now + days(length) + seconds(1)).then(
            e.CountedDelivered, at=here.now + days(length)
        )
        counted.stands(status=Status.DELIVERED, held_minor=PRICE)

    def test_a46_each_side_extends_once_and_they_add_up(self) -> None:
        here = given().shipped()
        extension = c.ExtendArrival(shipment_id="s1")
        both = here.by(BUYER, extension).by(SUPPLIER, extension)
        assert both.due_at(ClockKind.ARRIVAL) == here.now + days(75)
        both.when(BUYER, extension).refused(Code.ALREADY_EXTENDED)
        both.when(SUPPLIER, extension).refused(Code.ALREADY_EXTENDED)
        both.when(SUPPLIER, c.ExtendArrival(shipment_id="s9")).refused(Code.UNKNOWN_REFERENCE)

    def test_a46_only_before_the_goods_count_as_arrived(self) -> None:
        here = given().shipped()
        extension = c.ExtendArrival(shipment_id="s1")
        here.when(BUYER, extension, after=days(45)).then(e.ArrivalExtended)
        here.when(BUYER, extension, after=days(45) + seconds(1)).refused(Code.ALREADY_ARRIVED)

    def test_goods_that_have_not_left_are_not_awaited(self) -> None:
        here = given().paid().by(SUPPLIER, shipment(proof=Proof.CARRIER_NUMBER))
        here.when(BUYER, c.ExtendArrival(shipment_id="s1")).refused(Code.NOTHING_SHIPPED)


def test_a29_what_was_on_record_at_the_act_counts() -> None:
    """A29: under pre-shipment cover quality closes when the shipment is on record, not when it happened."""
    here = given(GUARANTEE, PRE_SHIPMENT).paid()
    shipped_on = local("2017-06-24 10:00")
    monday, tuesday = local("2017-06-26 10:00"), local("2017-06-27 10:00")
    here.when(BUYER, claim(Ground.QUALITY), at=monday).then(e.DisputeOpened)
    told = here.at(tuesday).by(SUPPLIER, shipment(handed_over_at=shipped_on))
    told.when(BUYER, claim(Ground.QUALITY)).then(e.DisputeOpened)
    told.when(BUYER, claim(Ground.QUALITY), after=seconds(1)).refused(Code.CLAIM_TOO_LATE)
