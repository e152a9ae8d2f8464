"""Goods that go back: sent, arrived, judged by two reports and never by the supplier's word alone (R44; A69 to A71)."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, InspectionStage, Status
from fairlot.domain.order.terms import Mode, Party
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    INSPECTOR,
    PRICE,
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
