"""Rulings that meet: what happens to one promise while another one runs on the same order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import (
    Condition,
    DisputeStatus,
    InspectionStage,
    OfferKind,
    Status,
    Wish,
)
from fairlot.domain.order.terms import Incoterm, Instalment, Line, Mode, Proof
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Ground, Offense
from fairlot.domain.supplier.order_entry import order_entry
from tests.support.given import (
    BANK,
    BUYER,
    DAILY,
    EDITIONS,
    FEE,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    PRICE,
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
    payment,
    report,
    seconds,
    shipment,
)

CHARGED_BACK = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=PRICE + 28_000)
LOST = c.RecordChargebackEnded(chargeback_id="cb1", won=False)
WON = c.RecordChargebackEnded(chargeback_id="cb1", won=True)
NO_MORE = c.Grant(enrolled=True, account_verified=True, cover_minor=0)


def changed(here: Given, **changes: Any) -> tuple[c.ProposeVersion, c.AcceptVersion]:
    """Return how the supplier proposes a changed version and the buyer takes it."""
    terms = msgspec.structs.replace(here.terms, version_hash="3" * 64, **changes)
    if "lines" in changes:
        total = sum(line.price_minor for line in terms.lines)
        full = (Instalment(name="full", amount_minor=total),)
        terms = msgspec.structs.replace(
            terms, total_minor=total, covered_minor=total, instalments=full
        )
    return c.ProposeVersion(terms=terms), c.AcceptVersion(version_hash="3" * 64, grant=NO_MORE)


WAIVED_T1 = c.WaiveFindings(term_ids=("T1",), signature_hash="s")
WAIVED_T2 = c.WaiveFindings(term_ids=("T2",), signature_hash="s")


def recommended(here: Given) -> int:
    """Return what the rules call for now."""
    return recommendation_for(here.order, now=here.now, policy=here.policy).amount_minor


class TestShipmentToldLate:
    """A43: what the buyer was told late never takes its days from it."""

    def test_a43_goods_said_to_have_left_long_ago_release_nothing_at_once(self) -> None:
        here = given().paid().after(days(20))
        told = here.by(SUPPLIER, shipment(handed_over_at=here.now - days(90)))
        looked = told.after(seconds(1)).settled().stands(status=Status.DELIVERED, released_minor=0)
        assert looked.order.shipments[0].counted_at == here.now - days(45)
        assert looked.due_at(ClockKind.CLAIM_WINDOW) == here.now + days(7)
        looked.when(BUYER, claim(Ground.QUALITY), at=here.now + days(7)).granted()
        looked.at(here.now + days(7) + seconds(1)).settled().stands(status=Status.COMPLETED)

    def test_a43_the_buyer_is_warned_after_it_was_told_and_not_before(self) -> None:
        here = given().paid().after(days(20))
        told = here.by(SUPPLIER, shipment(handed_over_at=here.now - days(90))).quiet()
        warned = [event for event in told.events if isinstance(event, e.ClaimWindowWarned)]
        assert [event.days for event in warned] == [7, 3, 1]
        assert min(event.at for event in warned) >= here.now

    def test_a43_a_number_that_moves_long_afterwards_leaves_seven_days_too(self) -> None:
        here = given(mode=Mode.AIR).paid()
        number = here.by(SUPPLIER, shipment(proof=Proof.CARRIER_NUMBER))
        later = number.after(days(50)).settled()
        moved = c.RecordMovement(shipment_id="s1", moved_at=here.now + days(1))
        told = later.by(BANK, moved).after(seconds(1)).settled()
        assert told.due_at(ClockKind.CLAIM_WINDOW) == later.now + days(7)


class TestChargebackBesideMoney:
    """A74: while the bank decides, nothing is paid that it may take as well (R26)."""

    def paid_by_card(self) -> Given:
        return given().agreed().after(days(2)).by(BANK, PAID_BY_CARD)

    def returning(self) -> Given:
        assert self.paid_by_card().order.shipment_until is not None
        here = self.paid_by_card().after(days(20)).by(SUPPLIER, shipment()).after(days(20))
        case = here.by(BANK, delivery()).by(BUYER, claim(Ground.QUALITY))
        final = case.decided(PRICE, condition=Condition.RETURN).final()
        sent = final.by(BUYER, c.RecordReturnSent(mode=Mode.AIR, proof_hash="p"))
        arrived = sent.by(BANK, c.RecordReturnArrived(proof_hash="p"))
        broken = c.RecordCondition(before=False, same=False, report_hash="r")
        return arrived.by(INSPECTOR, broken)

    def test_a74_a_return_is_not_paid_while_the_bank_decides(self) -> None:
        back = self.returning().by(BANK, CHARGED_BACK)
        back.when(SUPPLIER, c.JudgeReturn()).refused(Code.CHARGEBACK_ALREADY_OPEN)
        waited = back.after(days(60)).settled().stands(returned_minor=0, held_minor=PRICE)
        assert waited.clock(ClockKind.RETURN_JUDGED) is None
        lost = waited.by(BANK, LOST).quiet()
        lost.stands(status=Status.REFUNDED, returned_minor=PRICE, buyer_owes_minor=0)

    def test_a38_an_overdue_return_is_judged_when_the_chargeback_ends(self) -> None:
        won = self.returning().by(BANK, CHARGED_BACK).after(days(60)).by(BANK, WON)
        assert won.due_at(ClockKind.RETURN_JUDGED) == won.now
        won.after(seconds(1)).settled().stands(status=Status.REFUNDED, returned_minor=PRICE)

    @pytest.mark.parametrize(("ends", "owed"), [(WON, PRICE), (LOST, 0)], ids=["won", "lost"])
    def test_a74_a_contested_return_is_decided_and_its_payment_waits(
        self, ends: c.RecordChargebackEnded, owed: int
    ) -> None:
        contested = self.returning().by(SUPPLIER, c.ContestReturn(reason_hash="r"))
        decides = c.DecideReturn(refunds=True, reason_hash="r")
        case = contested.by(BANK, CHARGED_BACK)
        decided = case.when(MEDIATOR, decides).then(e.ReturnDecided).stands(returned_minor=0)
        decided.when(MEDIATOR, decides).refused(Code.NOTHING_TO_CONTEST)
        ended = decided.after(days(60)).by(BANK, ends)
        ended.stands(status=Status.REFUNDED, returned_minor=PRICE, breaches=0, buyer_owes_minor=0)
        assert sum(refund.amount_minor for refund in ended.order.refunds) == owed

    def test_a74_an_order_to_perform_is_not_paid_for_while_the_bank_decides(self) -> None:
        here = self.paid_by_card()
        assert here.order.shipment_until is not None
        late = here.at(here.order.shipment_until + days(2)).by(BUYER, claim(Ground.LATE))
        asked = late.by(BUYER, c.StateWish(wish=Wish.PERFORMANCE))
        until = asked.now + days(60)
        performing = asked.decided(
            0, condition=Condition.PERFORM, until=until, otherwise_minor=PRICE
        ).final()
        waited = performing.by(BANK, CHARGED_BACK).at(until + days(1)).settled()
        waited.stands(returned_minor=0, held_minor=PRICE)
        waited.by(BANK, LOST).quiet().stands(
            status=Status.REFUNDED, returned_minor=PRICE, buyer_owes_minor=0
        )

    def test_a11_a_lower_price_is_not_paid_back_while_the_bank_decides(self) -> None:
        here = self.paid_by_card().by(BANK, CHARGED_BACK)
        cheaper = Line(number=1, quantity=1_000, unit_price_minor=500)
        proposed, accepted = changed(here, lines=(cheaper,))
        waiting = here.by(SUPPLIER, proposed)
        waiting.when(BUYER, accepted).refused(Code.CHARGEBACK_ALREADY_OPEN)
        waiting.by(BANK, WON).by(BUYER, accepted).stands(paid_minor=500_000)


PAID_BY_CARD = c.RecordPayment(
    payment_id="p1", rail="card", amount_minor=PRICE + 28_000, currency="USD"
)


class TestChangeBesideDispute:
    def test_a11_a_claim_on_a_line_that_a_change_took_out_still_comes_to_an_end(self) -> None:
        here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment(quantities={1: 600}))
        assert here.order.shipment_until is not None
        case = here.at(here.order.shipment_until + days(2)).by(BUYER, claim(Ground.LATE, 2))
        proposed, accepted = changed(here, lines=TWO_LINES[:1])
        agreed = case.by(SUPPLIER, proposed).by(BUYER, accepted)
        agreed.quiet().stands(paid_minor=600_000, held_minor=0, returned_minor=0)

    def test_a45_pieces_paid_back_are_not_taken_out_and_paid_back_again(self) -> None:
        here = given(lines=TWO_LINES).paid()
        until = here.order.shipment_until
        assert until is not None
        gone = here.at(until - days(1)).by(SUPPLIER, shipment(quantities={1: 600, 2: 100}))
        left = gone.at(until + days(30) + seconds(1)).settled().stands(returned_minor=300_000)
        for lines in (
            TWO_LINES[:1],
            (TWO_LINES[0], Line(number=2, quantity=399, unit_price_minor=1)),
        ):
            proposed, _ = changed(left, lines=lines)
            refused = left.when(SUPPLIER, proposed)
            refused.refused(Code.BELOW_SHIPPED, line=2, shipped=100, cancelled=300)
        cheaper = Line(number=1, quantity=600, unit_price_minor=900)
        proposed, accepted = changed(left, lines=(cheaper, TWO_LINES[1]))
        agreed = left.by(SUPPLIER, proposed).by(BUYER, accepted)
        agreed.stands(paid_minor=940_000, returned_minor=300_000, held_minor=640_000)


class TestSettlementThatFails:
    def settled(self, here: Given) -> Given:
        """Have both settle on a replacement that never comes."""
        offer = c.OfferTerms(
            id="o1", kind=OfferKind.REPLACEMENT, quantity=10, until=here.now + days(20)
        )
        agreed = here.by(SUPPLIER, c.MakeOffer(offer=offer)).by(BUYER, c.AcceptOffer(offer_id="o1"))
        return agreed.after(days(20) + seconds(1)).settled()

    def test_r43_the_mediator_who_heard_the_case_keeps_it(self) -> None:
        failed = self.settled(given().disputed().heard())
        dispute = failed.order.dispute
        assert dispute is not None
        assert (dispute.status, dispute.mediator_id) == (DisputeStatus.MEDIATION, "per_mediator")
        assert failed.clock(ClockKind.MEDIATOR) is None
        assert failed.due_at(ClockKind.EVIDENCE) == failed.now - seconds(1) + days(5)
        failed.after(days(5)).settled().stands(breaches=0)

    def test_r43_without_a_mediator_one_is_named(self) -> None:
        failed = self.settled(given().disputed())
        failed.when(OPERATOR, c.NameMediator(mediator_id="per_mediator")).then(e.MediatorNamed)

    def test_a56_a_case_settled_on_appeal_goes_on_in_its_second_instance(self) -> None:
        appeal = c.Appeal(ground="new_evidence", reason_hash="r")
        failed = self.settled(given().disputed().decided(100_000).by(BUYER, appeal))
        named = failed.by(OPERATOR, c.NameMediator(mediator_id="per_second"))
        ended = named.quiet().stands(returned_minor=100_000)
        assert ended.last(e.DecisionFinal).by_lapse


class TestAnswers:
    def test_a51_a_second_answer_does_not_take_the_right_to_escalate_back(self) -> None:
        declined = given().disputed().by(SUPPLIER, c.AnswerDispute(decline=True, reason_hash="r"))
        softened = declined.by(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
        softened.when(BUYER, c.Escalate()).then(e.DisputeEscalated)


class TestArrivalTerms:
    """A35: for D-terms the date is that of arrival."""

    def left(self, edition: str, **changes: Any) -> Given:
        here = given(edition, incoterm=Incoterm.DAP, late_remedy=DAILY, **changes).paid()
        return here.by(SUPPLIER, shipment())

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a35_goods_on_their_way_after_the_date_are_late(self, edition: str) -> None:
        here = self.left(edition)
        assert here.order.shipment_until is not None
        case = here.at(here.order.shipment_until + days(5)).by(BUYER, claim(Ground.LATE))
        advice = recommendation_for(case.order, now=case.now, policy=case.policy)
        assert (advice.upheld, advice.amount_minor) == ((Ground.LATE,), PRICE * 25 // 1_000)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a42_what_the_buyer_confirmed_before_the_date_is_not_late(self, edition: str) -> None:
        here = self.left(edition)
        until = here.order.shipment_until
        assert until is not None
        confirmed = here.at(until - days(5)).by(BUYER, c.ConfirmReceipt())
        confirmed.when(BUYER, claim(Ground.LATE), at=until + days(1)).refused(Code.SHIPPED_IN_TIME)

    def test_a30_a_late_claim_by_d_terms_is_open_from_the_arrival(self) -> None:
        here = self.left(GUARANTEE)
        until = here.order.shipment_until
        assert until is not None
        arrived = here.at(until + days(5)).by(BANK, delivery())
        arrived.when(BUYER, claim(Ground.LATE), after=days(30)).granted()
        arrived.when(BUYER, claim(Ground.LATE), after=days(30) + seconds(1)).refused(
            Code.CLAIM_TOO_LATE
        )


class TestSeveralShipments:
    def test_a33_what_need_not_have_arrived_yet_is_not_paid_back(self) -> None:
        here = given(mode=Mode.AIR).paid().by(SUPPLIER, shipment("s1", quantities={1: 400}))
        second = here.after(days(14)).by(SUPPLIER, shipment("s2", mode=Mode.SEA))
        case = second.after(days(1) + seconds(1)).by(BUYER, claim(Ground.NOT_RECEIVED)).heard()
        assert recommended(case) == 400_000
        assert recommended(case.at(second.now + days(45))) == 400_000
        assert recommended(case.at(second.now + days(45) + seconds(1))) == PRICE

    def test_a68_pieces_on_their_way_are_not_short(self) -> None:
        here = given().shipped().after(days(3)).by(BUYER, claim(Ground.SHORT_QUANTITY))
        assert recommended(here) == 0


class TestSeveralLots:
    """A63: a waiver covers the named findings of its lot up to the reported extent."""

    def test_a63_a_waiver_for_one_lot_outlasts_the_failure_of_another(self) -> None:
        here = given(lines=TWO_LINES).paid().by(BUYER, booking("i1"))
        waived = here.by(INSPECTOR, report("i1", line=1, lot=600, major=50)).by(BUYER, WAIVED_T1)
        failed = waived.by(BUYER, booking("i2"))
        both = failed.by(INSPECTOR, report("i2", line=2, lot=400, major=50))
        first, second = (shipment(f"s{n}", quantities={n: 100}) for n in (1, 2))
        both.when(SUPPLIER, first).then(e.ShipmentRecorded, without_leave=False)
        both.when(SUPPLIER, second).then(e.ShipmentRecorded, without_leave=True)
        there = both.by(SUPPLIER, shipment()).after(days(20)).by(BANK, delivery())
        assert recommended(there.by(BUYER, claim(Ground.QUALITY, 1))) == 0

    def test_a63_a_term_that_the_waiver_does_not_name_can_still_be_claimed(self) -> None:
        here = given().paid().by(BUYER, booking("i1"))
        found = here.by(INSPECTOR, report("i1", mandatory_failed=("T1", "T2")))
        case = self.claimed(found.by(BUYER, WAIVED_T1))
        assert recommended(case) == PRICE
        again = case.heard().by(BUYER, booking("d1", InspectionStage.DISPUTE))
        assert recommended(again.by(INSPECTOR, report("d1", mandatory_failed=("T1",)))) == 0
        assert recommended(again.by(INSPECTOR, report("d1", mandatory_failed=("T2",)))) == PRICE
        whole = self.claimed(found.by(BUYER, WAIVED_T1, WAIVED_T2))
        assert recommended(whole) == 0

    def claimed(self, here: Given) -> Given:
        there = here.by(SUPPLIER, shipment()).after(days(20)).by(BANK, delivery())
        return there.by(BUYER, claim(Ground.QUALITY, terms=("T2",)))

    def test_a65_a_balance_is_not_due_while_the_latest_inspection_failed(self) -> None:
        here = given(lines=TWO_LINES, instalments=HALVES).paid().by(BUYER, booking("i1"))
        passed = here.by(INSPECTOR, report("i1", line=1, lot=600))
        failed = passed.after(days(10)).by(BUYER, booking("i2"))
        failed = failed.by(INSPECTOR, report("i2", line=2, lot=400, major=50))
        assert failed.clock(ClockKind.BALANCE) is None
        mended = failed.after(days(15)).by(BUYER, booking("i3"))
        mended = mended.by(INSPECTOR, report("i3", line=2, lot=400))
        assert mended.due_at(ClockKind.BALANCE) == mended.now + days(30)


class TestRefusalsAtTheDoor:
    """A57: an appeal of a refusal is heard whatever else goes on."""

    def refused(self) -> Given:
        vague = given().delivered().when(BUYER, claim(Ground.QUALITY, terms=("T3",)))
        return vague.after.by(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r"))

    def test_a57_an_admitted_claim_joins_the_running_dispute(self) -> None:
        case = self.refused().by(BUYER, claim(Ground.QUALITY))
        admits = c.DecideRefusal(refusal_id="q1", admit=True, reason_hash="r")
        joined = case.when(MEDIATOR, admits).then(e.RefusalDecided, e.ClaimAdded)
        assert joined.order.dispute is not None
        assert [claimed.term_ids for claimed in joined.order.dispute.claims] == [("T1",), ("T3",)]
        decided = case.decided(100_000)
        decided.when(MEDIATOR, admits).refused(Code.DISPUTE_ALREADY_OPEN)

    def test_a57_no_order_closes_before_a_refusal_could_be_appealed(self) -> None:
        here = given().delivered().by(BUYER, c.ConfirmReceipt())
        closes = here.due_at(ClockKind.CLOSING)
        late = here.at(closes - days(1)).when(BUYER, claim(Ground.QUALITY))
        refused = late.refused(Code.CLAIM_TOO_LATE)
        appeal = c.AppealRefusal(refusal_id="q1", reason_hash="r")
        refused.when(BUYER, appeal, after=days(7)).then(e.RefusalAppealed)
        lapsed = refused.after(days(7) + seconds(2)).settled().stands(status=Status.CLOSED)
        assert lapsed.last(e.OrderClosed).at == late.before.now + days(7)


class TestHandledOnce:
    """R43: what was settled is not claimed again."""

    def settled(self, kind: OfferKind) -> Given:
        here = given(lines=TWO_LINES).paid().by(SUPPLIER, shipment(quantities={1: 600}))
        there = here.after(days(20)).by(BANK, delivery()).by(BUYER, claim(Ground.QUALITY, 1))
        money = 50_000 if kind is OfferKind.REFUND else 0
        offer = c.OfferTerms(
            id="o1", kind=kind, amount_minor=money, quantity=10, until=there.now + days(9)
        )
        agreed = there.by(SUPPLIER, c.MakeOffer(offer=offer))
        agreed = agreed.by(BUYER, c.AcceptOffer(offer_id="o1"))
        return agreed if money else agreed.by(BUYER, c.ConfirmFulfilled())

    def test_r43_a_claim_settled_for_money_is_handled(self) -> None:
        settled = self.settled(OfferKind.REFUND)
        settled.when(BUYER, claim(Ground.QUALITY, 1)).refused(Code.CLAIM_DECIDED)
        settled.when(BUYER, claim(Ground.QUALITY, 1, terms=("T2",))).granted()

    def test_r43_other_goods_may_be_defective_in_their_turn(self) -> None:
        self.settled(OfferKind.REPLACEMENT).when(BUYER, claim(Ground.QUALITY, 1)).granted()


class TestLeadTime:
    """A09: the days count from the first payment, which is there once what is asked for is paid."""

    def changed(self, here: Given) -> Given:
        proposed, accepted = changed(here, lead_time_days=40)
        return here.by(SUPPLIER, proposed).by(BUYER, accepted)

    def test_a09_a_part_payment_starts_no_lead_time(self) -> None:
        here = given(shipment_date=None, lead_time_days=30).agreed().by(BANK, payment(300_000))
        agreed = self.changed(here.after(days(20))).stands(shipment_until=None)
        paid = agreed.after(days(20)).by(BANK, payment(700_000, "p2"))
        assert paid.order.shipment_date == (paid.now + days(40)).date()

    def test_a09_after_the_first_payment_the_new_days_count_from_it(self) -> None:
        paid = given(shipment_date=None, lead_time_days=30).paid()
        assert self.changed(paid.after(days(9))).order.shipment_date == (
            (paid.now + days(40)).date()
        )


class TestWhoGetsItBack:
    def test_a55_a_fee_that_the_supplier_advanced_goes_back_to_the_supplier(self) -> None:
        here = given().disputed().heard().by(SUPPLIER, booking("d1", InspectionStage.DISPUTE))
        due = here.due_at(ClockKind.INSPECTION_REPORT)
        lapsed = here.at(due + seconds(1)).settled()
        assert lapsed.order.refunds == ()
        assert lapsed.balance_minor(Account.DUE_BUYER) == 0
        assert lapsed.balance_minor(Account.PAYOUT_CLEARING) == -FEE
        assert lapsed.balance_minor(Account.INSPECTION_FEE) == 0

    @pytest.mark.parametrize("departs", [False, True], ids=["by the rules", "departing"])
    def test_a22_a_policy_may_leave_the_fee_of_an_inspection_with_the_buyer(
        self, departs: bool
    ) -> None:
        here = given()
        rules = msgspec.structs.replace(here.policy.inspection, fee_borne_by_when_upheld=Role.BUYER)
        policy = msgspec.structs.replace(here.policy, inspection=rules)
        case = msgspec.structs.replace(here, policy=policy).disputed()
        found = case.by(BUYER, booking("d1", InspectionStage.DISPUTE))
        found = found.by(INSPECTOR, report("d1", major=40))
        amount = recommended(found)
        ended = found.decided(amount + departs).final()
        ended.stands(returned_minor=amount + departs, fees_returned_minor=0)


def test_r42_a_claim_is_made_once() -> None:
    again = c.AddClaim(claim=claim_on(Ground.QUALITY, 1))
    given().disputed().when(BUYER, again).refused(Code.ALREADY_ASKED)


class TestPoints:
    @pytest.mark.parametrize("departs", [False, True])
    def test_r3_points_are_given_for_what_was_found_true(self, departs: bool) -> None:
        here = given(late_remedy=DAILY).paid()
        assert here.order.shipment_until is not None
        late = here.at(here.order.shipment_until + days(10)).by(SUPPLIER, shipment())
        both = c.OpenDispute(claims=(claim_on(Ground.LATE), claim_on(Ground.COUNTERFEIT)))
        case = late.after(days(20)).by(BANK, delivery()).by(BUYER, both)
        decided = case.decided(60_000 if departs else 50_000).final()
        entry = order_entry(decided.events)
        assert entry is not None
        assert [each.offense for each in entry.offenses] == [Offense.LATE_SHIPMENT]


class TestFarDates:
    """Every order ends: nothing is agreed, offered or ordered for a day that nobody lives to see."""

    @pytest.mark.parametrize(
        "dates",
        [
            {"shipment_date": dt.date(9999, 12, 31)},
            {"arrival_date": dt.date(9999, 12, 31)},
            {"shipment_date": None, "lead_time_days": 10**9},
        ],
        ids=lambda dates: next(reversed(dates)),
    )
    def test_terms(self, dates: dict[str, Any]) -> None:
        here = given(**dates).drafted()
        here.when(BUYER, c.ProposeVersion(terms=here.terms)).refused(Code.DATE_TOO_FAR, days=3_650)

    def test_the_last_day_is_a_day(self) -> None:
        here = given().drafted()
        last = (here.now + days(3_650)).date()
        for date, answer in ((last, None), (last + days(1), Code.DATE_TOO_FAR)):
            terms = msgspec.structs.replace(here.terms, shipment_date=date)
            asked = here.when(BUYER, c.ProposeVersion(terms=terms))
            if answer is None:
                asked.granted()
            else:
                asked.refused(answer)

    def test_offers_and_orders_to_perform(self) -> None:
        far = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
        case = given().disputed()
        offer = c.OfferTerms(id="o1", kind=OfferKind.REPLACEMENT, quantity=10, until=far)
        case.when(SUPPLIER, c.MakeOffer(offer=offer)).refused(Code.DATE_TOO_FAR)
        heard = case.by(BUYER, c.StateWish(wish=Wish.PERFORMANCE)).heard().after(days(6))
        made = decision(0, condition=Condition.PERFORM, until=far, otherwise_minor=PRICE)
        heard.when(MEDIATOR, made).refused(Code.DATE_TOO_FAR)


def test_no_amount_of_a_decision_is_negative() -> None:
    heard = given().disputed().heard().after(days(6))
    made = decision(PRICE, condition=Condition.RETURN, otherwise_minor=-1)
    heard.when(MEDIATOR, made).refused(Code.AMOUNT_NOT_POSITIVE)


def test_no_bank_pays_us_for_losing_a_chargeback() -> None:
    here = given().agreed().after(days(2)).by(BANK, PAID_BY_CARD, CHARGED_BACK)
    gained = msgspec.structs.replace(LOST, network_fee_minor=-1)
    here.when(BANK, gained).refused(Code.AMOUNT_NOT_POSITIVE)
