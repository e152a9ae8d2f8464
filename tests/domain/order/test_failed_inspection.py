"""After a failed inspection the buyer chooses, once; the second failure is decided as a dispute (rulings A62, A64)."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import ClockKind, clocks
from fairlot.domain.order.state import DisputeStatus, InspectionStage
from tests.support.trades import BUYER, INSPECTOR, NONE_FOUND, Trade

FAILING = 11  # Of 125 pieces; 7 are allowed.


def running(trade: Trade) -> set[ClockKind]:
    return {clock.kind for clock in clocks(trade.order, trade.policy)}


def fail_again(trade: Trade) -> None:
    booking = c.BookInspection(
        inspection_id="i2", company="SGS", stage=InspectionStage.PRE_SHIPMENT, fee_minor=25_000
    )
    trade.ask(BUYER, booking)
    report = c.RecordInspectionReport(
        inspection_id="i2",
        lot=3_000,
        line=1,
        critical=NONE_FOUND,
        major=c.Finding(found=FAILING),
        minor=NONE_FOUND,
    )
    trade.ask(INSPECTOR, report)


def test_r30_the_first_failure_leaves_the_buyer_a_choice() -> None:
    trade = Trade().inspected(major_found=FAILING)
    assert ClockKind.LOT_CHOICE in running(trade)
    assert trade.order.dispute is None


def test_r45_the_second_failure_opens_a_dispute_and_leaves_no_choice() -> None:
    trade = Trade().inspected(major_found=FAILING)
    trade.ask(BUYER, c.RequestRework())
    fail_again(trade)
    assert trade.order.dispute is not None
    assert trade.order.dispute.status is DisputeStatus.NEGOTIATION
    assert ClockKind.LOT_CHOICE not in running(trade)
