"""Goods that go back: sent, arrived, judged by two reports and never by the supplier's word alone (R44; A69 to A71)."""

from __future__ import annotations

import msgspec
import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, InspectionStage, OfferKind, Status
from fairlot.domain.order.terms import Mode, Party
from fairlot.domain.party import Actor
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    INSPECTOR,
    MEDIATOR,
    PRICE,
    SECOND_MEDIATOR,
    SUPERVISOR,
    SUPPLIER,
    Given,
    booking,
    days,
    given,
    report,
    seconds,
)

SENT = c.RecordReturnSent(mode=Mode.AIR, proof_hash="p" * 64)
SENT_BY_THEIRS = c.RecordReturnSent(
    mode=Mode.AIR, proof_hash="p" * 64, carrier_chosen_by=Party.SUPPLIER
)
ARRIVED = c.RecordReturnArrived(proof_hash="p" * 64)
AS_DELIVERED = c.RecordCondition(before=True, same=True, report_hash="r" * 64)
WORN = c.RecordCondition(before=True, same=False, report_hash="r" * 64)
ARRIVED_THE_SAME = c.RecordCondition(before=False, same=True, report_hash="r" * 64)
ARRIVED_BROKEN = c.RecordCondition(before=False, same=False, report_hash="r" * 64)
KEPT = 180_000


def returning(edition: str = ESCROW) -> Given:
    """Return an order whose goods go back for the whole price, or are kept for 1,800.00."""
    here = given(edition).disputed().by(BUYER, booking("d1", InspectionStage.DISPUTE))
    here = here.by(INSPECTOR, report("d1", mandatory_failed=("T2",)))
    return here.decided(PRICE, condition=Condition.RETURN, otherwise_minor=KEPT).final()


class TestSending:
    def test_r44_it_begins_with_the_final_decision(self) -> None:
        here = returning()
        assert here.last(e.ReturnOpened).refund_minor == PRICE
        final = here.last(e.DecisionFinal).at
        assert here.due_at(ClockKind.RETURN_SENT) == final + days(15)
        here.stands(held_minor=PRICE, returned_minor=0)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_not_sent_the_goods_are_kept_and_the_reduction_applies(self, edition: str) -> None:
        here = returning(edition)
        due = here.due_at(ClockKind.RETURN_SENT)
        ended = here.when_nobody_acts(due + seconds(1)).happened(e.ReturnLapsed, e.RefundDecided)
        ended.stands(status=Status.SETTLED, returned_minor=KEPT, fees_returned_minor=FEE)

    def test_sent_in_time_to_the_second(self) -> None:
        here = returning()
        due = here.due_at(ClockKind.RETURN_SENT)
        here.when(BUYER, SENT, at=due).then(e.ReturnSent)
        here.when(BUYER, SENT, at=due + seconds(1)).refused(Code.WRONG_STATUS)

    def test_goods_are_sent_once_and_arrive_after_that(self) -> None:
        here = returning()
        here.when(BANK, ARRIVED).refused(Code.RETURN_NOT_SENT)
        here.when(SUPPLIER, c.JudgeReturn()).refused(Code.RETURN_NOT_ARRIVED)
        sent = here.by(BUYER, SENT)
        sent.when(BUYER, SENT).refused(Code.RETURN_ALREADY_SENT)
        sent.by(BANK, ARRIVED).when(BANK, ARRIVED).refused(Code.ALREADY_ARRIVED)

    def test_without_a_return_there_is_nothing_to_send(self) -> None:
        here = given().disputed()
        for actor, command in (
            (BUYER, SENT),
            (BANK, ARRIVED),
            (SUPPLIER, c.JudgeReturn()),
            (INSPECTOR, AS_DELIVERED),
        ):
            here.when(actor, command).refused(Code.NO_RETURN)


class TestArrival:
    def test_r44_the_buyer_does_not_tell_of_the_arrival_itself(self) -> None:
        returning().by(BUYER, SENT).when(BUYER, ARRIVED).refused(Code.NOT_PERMITTED)

    def test_a71_the_carriers_days_apply_to_the_way_back(self) -> None:
        here = returning().by(BUYER, SENT)
        due = here.due_at(ClockKind.RETURN_ARRIVAL)
        assert due == here.now + days(15)
        counted = here.when_nobody_acts(due + seconds(1)).happened(e.ReturnArrived)
        assert counted.last(e.ReturnArrived).counted
        assert counted.due_at(ClockKind.RETURN_JUDGED) == due + days(5)

    def test_a71_a_return_that_never_arrives_is_refunded(self) -> None:
        here = returning().by(INSPECTOR, AS_DELIVERED).by(BUYER, SENT)
        here.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)


class TestJudgement:
    """A69: the second report judges; damage on the way counts against who chose the carrier."""

    def judged(self, *reports: c.RecordCondition, sent: c.RecordReturnSent = SENT) -> Given:
        here = returning()
        for made in reports:
            if made.before:
                here = here.by(INSPECTOR, made)
        here = here.by(BUYER, sent).after(days(10)).by(BANK, ARRIVED)
        for made in reports:
            if not made.before:
                here = here.by(INSPECTOR, made)
        return here.quiet()

    @pytest.mark.parametrize(
        ("reports", "sent", "refund"),
        [
            ((AS_DELIVERED, ARRIVED_THE_SAME), SENT, PRICE),
            ((AS_DELIVERED,), SENT, PRICE),
            ((), SENT, PRICE),
            ((ARRIVED_BROKEN,), SENT, PRICE),
            ((WORN, ARRIVED_BROKEN), SENT, KEPT),
            ((AS_DELIVERED, ARRIVED_BROKEN), SENT, KEPT),
            ((AS_DELIVERED, ARRIVED_BROKEN), SENT_BY_THEIRS, PRICE),
        ],
        ids=[
            "both the same",
            "no second report",
            "no report at all",
            "no first report",
            "left worn",
            "broken on the way by the buyer's carrier",
            "broken on the way by the supplier's carrier",
        ],
    )
    def test_r44_two_reports_judge(
        self, reports: tuple[c.RecordCondition, ...], sent: c.RecordReturnSent, refund: int
    ) -> None:
        ended = self.judged(*reports, sent=sent)
        rest = max(0, PRICE - refund - FEE)
        ended.stands(returned_minor=refund, released_minor=rest, fees_returned_minor=FEE)

    def test_r45_the_suppliers_word_alone_refuses_nothing(self) -> None:
        """R44, R45: it can say that the return is in order; that it is not, only a report can."""
        here = returning().by(BUYER, SENT).by(BANK, ARRIVED)
        here.when(SUPPLIER, c.JudgeReturn()).happened(e.ReturnJudged, e.RefundDecided).stands(
            status=Status.REFUNDED
        )

    def test_a69_judged_within_five_days_of_arrival(self) -> None:
        here = returning().by(BUYER, SENT).by(BANK, ARRIVED)
        assert here.due_at(ClockKind.RETURN_JUDGED) == here.now + days(5)
        judged = here.when_nobody_acts(here.now + days(5) + seconds(1)).happened(e.ReturnJudged)
        assert judged.last(e.ReturnJudged).by_lapse

    def test_reports_have_their_time(self) -> None:
        here = returning()
        here.when(INSPECTOR, ARRIVED_THE_SAME).refused(Code.RETURN_NOT_ARRIVED)
        here.by(BUYER, SENT).when(INSPECTOR, AS_DELIVERED).refused(Code.RETURN_ALREADY_SENT)

    def test_under_the_guarantee_the_fund_pays_the_return(self) -> None:
        here = returning(GUARANTEE).by(BUYER, SENT).by(BANK, ARRIVED).quiet()
        here.stands(fund_paid_minor=PRICE + FEE, cover_used_minor=PRICE)

    def test_a38_a_running_return_stops_the_ordinary_clocks(self) -> None:
        here = returning()
        assert here.clock(ClockKind.CLAIM_WINDOW) is None


class TestCosts:
    """A69: the supplier bears freight and reports of a return that was rightly asked for, up to the policy's most."""

    def test_a69_freight_and_report_come_with_the_refund_on_top_of_the_cover(self) -> None:
        here = returning(GUARANTEE)
        first = msgspec.structs.replace(AS_DELIVERED, fee_minor=8_000)
        freight = msgspec.structs.replace(SENT, freight_minor=60_000)
        here = here.when(INSPECTOR, first).then(e.ConditionReported, e.ReturnCostStated)
        sent = here.when(BUYER, freight).then(e.ReturnSent, e.ReturnCostStated)
        ended = sent.by(BANK, ARRIVED).quiet()
        costs = FEE + 8_000 + 60_000
        ended.stands(fees_returned_minor=costs, fund_paid_minor=PRICE + costs)
        ended.stands(cover_used_minor=PRICE, receivable_minor=PRICE + costs)

    def test_a69_freight_is_capped_by_the_policy(self) -> None:
        most = returning().policy.money.return_freight_minor_max["USD"]
        sent = returning().by(BUYER, msgspec.structs.replace(SENT, freight_minor=most + 1))
        assert sent.last(e.ReturnCostStated).returnable_minor == most
        sent.by(BANK, ARRIVED).quiet().stands(fees_returned_minor=FEE + most)

    def test_a69_a_return_that_earns_nothing_returns_no_freight(self) -> None:
        here = returning().by(INSPECTOR, WORN)
        sent = here.by(BUYER, msgspec.structs.replace(SENT, freight_minor=60_000))
        sent.by(BANK, ARRIVED).quiet().stands(returned_minor=KEPT, fees_returned_minor=FEE)

    def test_a69_a_settlement_upholds_no_claim(self) -> None:
        terms = c.OfferTerms(
            id="o1", kind=OfferKind.RETURN_AND_REFUND, amount_minor=500_000, kept_amount_minor=0
        )
        here = given().disputed().by(SUPPLIER, c.MakeOffer(offer=terms))
        here = here.by(BUYER, c.AcceptOffer(offer_id="o1"))
        sent = here.by(BUYER, msgspec.structs.replace(SENT, freight_minor=60_000))
        assert sent.last(e.ReturnCostStated).returnable_minor == 0
        sent.by(BANK, ARRIVED).quiet().stands(returned_minor=500_000, fees_returned_minor=0)

    def test_a_freight_beyond_all_amounts_is_refused(self) -> None:
        absurd = msgspec.structs.replace(SENT, freight_minor=-1)
        returning().when(BUYER, absurd).refused(Code.AMOUNT_TOO_LARGE)


CONTEST = c.ContestReturn(reason_hash="w" * 64)


class TestContest:
    """A69: within the five days the parties may contest the second report; then a mediator decides."""

    def reported(self) -> Given:
        here = returning().by(INSPECTOR, AS_DELIVERED).by(BUYER, SENT).by(BANK, ARRIVED)
        return here.by(INSPECTOR, ARRIVED_BROKEN)

    @pytest.mark.parametrize("party", [BUYER, SUPPLIER])
    @pytest.mark.parametrize(("refunds", "refund"), [(True, PRICE), (False, KEPT)])
    def test_a69_the_mediator_of_the_case_decides(
        self, party: Actor, refunds: bool, refund: int
    ) -> None:
        here = self.reported().when(party, CONTEST).then(e.ReturnContested)
        ruled = c.DecideReturn(refunds=refunds, reason_hash="w" * 64)
        here.when(SECOND_MEDIATOR, ruled).refused(Code.NOT_THE_MEDIATOR)
        decided = here.when(MEDIATOR, ruled).happened(e.ReturnDecided, e.ReturnJudged)
        decided.stands(returned_minor=refund)

    def test_a69_contested_in_time_to_the_second(self) -> None:
        here = self.reported()
        due = here.due_at(ClockKind.RETURN_JUDGED)
        here.when(BUYER, CONTEST, at=due).then(e.ReturnContested)
        here.when(BUYER, CONTEST, at=due + seconds(1)).refused(Code.WRONG_STATUS)

    def test_an_undecided_contest_leaves_it_to_the_reports_and_is_published(self) -> None:
        here = self.reported().by(BUYER, CONTEST)
        assert here.clock(ClockKind.RETURN_JUDGED) is None
        due = here.due_at(ClockKind.RETURN_DECIDED)
        here.when(BUYER, CONTEST).refused(Code.NOTHING_TO_CONTEST)
        lapsed = here.when_nobody_acts(due + seconds(1))
        lapsed.happened(e.PlatformBreached, e.ReturnJudged).stands(returned_minor=KEPT, breaches=1)

    def test_only_a_report_can_be_contested(self) -> None:
        here = returning().by(BUYER, SENT)
        here.when(BUYER, CONTEST).refused(Code.RETURN_NOT_ARRIVED)
        arrived = here.by(BANK, ARRIVED)
        arrived.when(BUYER, CONTEST).refused(Code.NOTHING_TO_CONTEST)
        ruled = c.DecideReturn(refunds=True, reason_hash="w" * 64)
        arrived.when(SUPERVISOR, ruled).refused(Code.NOTHING_TO_CONTEST)
        empty = c.ContestReturn(reason_hash="")
        self.reported().when(BUYER, empty).refused(Code.REASON_MISSING)
