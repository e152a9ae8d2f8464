"""Production and inspection before shipment: verdicts and what follows from them (R29, R30, R34, R36; A62 to A65)."""

from __future__ import annotations

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
    DisputeCause,
    LotChoice,
    MeasuredFailure,
    Outcome,
    Status,
    Verdict,
)
from fairlot.domain.order.terms import InstalmentDue
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    days,
    given,
    local,
    payment,
    report,
    seconds,
    shipment,
)


def inspected(edition: str = ESCROW, **counts: Any) -> Given:
    """Return an order whose lot has been inspected on 10 June."""
    here = given(edition).paid()
    year = here.now.year
    here = here.at(local(f"{year}-06-09 09:00")).by(BUYER, booking())
    return here.at(local(f"{year}-06-10 17:00")).by(INSPECTOR, report(**counts))


def failed(edition: str = ESCROW) -> Given:
    """Return an order whose lot failed: 6 major defects, 5 pass."""
    return inspected(edition, major=6)


class TestUpdates:
    def test_r29_the_buyer_asks_and_the_supplier_tells(self) -> None:
        here = given().paid()
        here.when(BUYER, c.RequestProductionUpdate()).then(e.ProductionUpdateRequested)
        update = c.PostProductionUpdate(note_hash="a" * 64, percent=60)
        here.when(SUPPLIER, update).then(e.ProductionUpdated, percent=60)
        beyond = c.PostProductionUpdate(note_hash="a" * 64, percent=101)
        here.when(SUPPLIER, beyond).refused(Code.AMOUNT_TOO_LARGE)


class TestBooking:
    def test_r36_who_advances_the_fee_is_never_refused_an_inspection(self) -> None:
        for here in (
            given().paid(),
            given().shipped(),
            given().delivered(),
            given().disputed(),
            given().disputed().heard(),
        ):
            here.when(BUYER, booking()).then(e.InspectionBooked)
            here.when(SUPPLIER, booking()).then(e.InspectionBooked)

    def test_r36_agreeing_to_the_fee_is_recorded_once_and_not_asked_again(self) -> None:
        agreed = given().paid().when(BUYER, c.AgreeInspectionFee()).then(e.InspectionFeeAgreed)
        agreed.when(BUYER, c.AgreeInspectionFee()).refused(Code.ALREADY_CONFIRMED)
        agreed.when(SUPPLIER, c.AgreeInspectionFee()).then(e.InspectionFeeAgreed)
        later = agreed.by(SUPPLIER, shipment()).after(days(40)).by(BUYER, claim(Ground.QUALITY))
        later.when(BUYER, c.AgreeInspectionFee()).refused(Code.ALREADY_CONFIRMED)

    def test_r36_who_has_booked_has_agreed(self) -> None:
        booked = given().paid().by(BUYER, booking())
        booked.when(BUYER, c.AgreeInspectionFee()).refused(Code.ALREADY_CONFIRMED)

    def test_r33_only_designated_companies(self) -> None:
        given().paid().when(BUYER, booking(company="Somebody")).refused(
            Code.COMPANY_NOT_DESIGNATED, companies="Bureau Veritas, TÜV Rheinland, SGS"
        )

    def test_the_fee_is_advanced_and_goes_to_the_inspector_once(self) -> None:
        here = inspected()
        assert here.balance_minor(Account.INSPECTION_FEE) == -FEE
        paid = here.when(BANK, c.RecordInspectorPaid(inspection_id="i1")).then(e.InspectorPaid)
        assert paid.balance_minor(Account.INSPECTION_FEE) == 0
        paid.when(BANK, c.RecordInspectorPaid(inspection_id="i1")).refused(Code.MORE_THAN_DUE)
        given().paid().by(BUYER, booking()).when(
            BANK, c.RecordInspectorPaid(inspection_id="i1")
        ).refused(Code.UNKNOWN_REFERENCE)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (booking("i1"), Code.REFERENCE_REUSED),
            (booking("i2", fee_minor=-1), Code.AMOUNT_NOT_POSITIVE),
            (booking("i2", fee_minor=10**15 + 1), Code.AMOUNT_TOO_LARGE),
        ],
        ids=["reused", "negative", "too large"],
    )
    def test_a_booking_without_sense_is_refused(
        self, command: c.BookInspection, code: Code
    ) -> None:
        given().paid().by(BUYER, booking("i1")).when(BUYER, command).refused(code)

    def test_there_is_an_end_to_inspections(self) -> None:
        here = given().paid()
        for number in range(20):
            here = here.by(BUYER, booking(f"i{number}"))
        here.when(BUYER, booking("more")).refused(Code.TOO_MANY_EVENTS, most=20)

    def test_a_company_that_does_not_report_is_paid_nothing(self) -> None:
        here = given().paid().by(BUYER, booking())
        due = here.due_at(ClockKind.INSPECTION_REPORT)
        assert due == local("2026-05-20 23:59:59"), "ten business days after Wednesday 6 May"
        late = here.when_nobody_acts(due + seconds(1)).then(e.InspectionLapsed)
        assert late.balance_minor(Account.INSPECTION_FEE) == 0
        assert late.balance_minor(Account.DUE_BUYER) == -FEE
        late.when(INSPECTOR, report()).refused(Code.REPORT_TOO_LATE)


class TestVerdict:
    @pytest.mark.parametrize(
        ("counts", "verdict"),
        [
            ({}, Verdict.PASSED),
            ({"major": 5, "minor": 7}, Verdict.PASSED),
            ({"major": 6}, Verdict.FAILED),
            ({"minor": 8}, Verdict.FAILED),
            ({"critical": 1}, Verdict.FAILED),
        ],
    )
    def test_r34_none_critical_two_and_a_half_major_four_minor(
        self, counts: dict[str, Any], verdict: Verdict
    ) -> None:
        """R34: 1,000 pieces, General II: 80 in the sample, 5 major and 7 minor pass."""
        made = inspected(**counts).last(e.InspectionReported).report
        assert made.verdict is verdict
        assert (made.major.sample_size, made.major.acceptance_number) == (80, 5)
        assert made.minor.acceptance_number == 7

    def test_a_mandatory_term_that_fails_fails_the_lot(self) -> None:
        here = given().paid().by(BUYER, booking())
        by_term = here.by(INSPECTOR, report(mandatory_failed=("T2",)))
        assert by_term.last(e.InspectionReported).report.verdict is Verdict.FAILED
        short = MeasuredFailure(term_id="T2", agreed=3_000, measured=2_000)
        by_measure = here.by(INSPECTOR, report(measured_failures=(short,)))
        assert by_measure.last(e.InspectionReported).report.verdict is Verdict.FAILED
        other = here.by(INSPECTOR, report(not_as_ordered=True))
        assert other.last(e.InspectionReported).report.verdict is Verdict.FAILED

    def test_what_could_not_be_checked_leaves_it_pending(self) -> None:
        here = given().paid().by(BUYER, booking())
        pending = here.by(INSPECTOR, report(not_checked=("T1",)))
        assert pending.last(e.InspectionReported).report.verdict is Verdict.PENDING
        pending.when(BUYER, c.RejectLot()).refused(Code.NO_FAILED_INSPECTION)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (report(lot=0), Code.PLAN_NOT_MET),
            (report(major=81), Code.PLAN_NOT_MET),
            (report(line=7), Code.UNKNOWN_LINE),
            (report("i9"), Code.UNKNOWN_REFERENCE),
            (
                c.RecordInspectionReport(
                    inspection_id="i1",
                    lot=1_000,
                    critical=c.Finding(found=0, sample_size=79),
                    major=c.Finding(found=0),
                    minor=c.Finding(found=0),
                ),
                Code.PLAN_NOT_MET,
            ),
        ],
        ids=["no lot", "more than looked at", "no such line", "not booked", "too small a sample"],
    )
    def test_a_report_that_does_not_meet_the_plan_is_refused(
        self, command: c.RecordInspectionReport, code: Code
    ) -> None:
        given().paid().by(BUYER, booking()).when(INSPECTOR, command).refused(code)

    def test_an_inspection_is_reported_once(self) -> None:
        inspected().when(INSPECTOR, report()).refused(Code.ALREADY_REPORTED)


class TestFailedLot:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r30_a_failed_lot_is_rejected_before_shipping_cost_arises(self, edition: str) -> None:
        here = failed(edition).when(BUYER, c.RejectLot()).then(e.LotRejected, e.DisputeOpened)
        assert here.last(e.DisputeOpened).claims[0].ground is Ground.QUALITY
        advice = recommendation_for(here.order, now=here.now, policy=here.policy)
        assert (advice.amount_minor, advice.fee_back_minor) == (PRICE, FEE)

    def test_a62_the_buyer_chooses_within_five_business_days(self) -> None:
        here = failed()
        assert here.due_at(ClockKind.LOT_CHOICE) == local("2026-06-17 23:59:59")
        here.when(BUYER, c.RequestRework()).then(e.ReworkRequested, by_silence=False)

    def test_a62_silence_means_rework_until_the_shipment_date(self) -> None:
        silent = failed().when_nobody_acts(local("2026-06-18")).then(e.ReworkRequested)
        silent.stands(lot_choice=LotChoice.REWORK)
        silent.when(BUYER, c.RejectLot()).refused(Code.CHOICE_LAPSED)
        silent.when(BUYER, c.RequestRework()).refused(Code.ALREADY_ASKED)

    def test_a62_after_the_date_only_the_refund_is_left(self) -> None:
        here = failed().at(local("2026-07-01"))
        here.when(BUYER, c.RequestRework()).refused(Code.ALREADY_ASKED)
        late = here.when(BUYER, c.RejectLot()).then(e.LotRejected, e.DisputeOpened)
        advice = recommendation_for(late.order, now=late.now, policy=late.policy)
        assert advice.amount_minor == PRICE

    def test_a62_a_report_after_the_date_leaves_no_rework(self) -> None:
        here = given().paid().at(local("2026-06-30 12:00")).by(BUYER, booking())
        late = here.at(local("2026-07-01 09:00")).by(INSPECTOR, report(major=6))
        late.when(BUYER, c.RequestRework()).refused(Code.CHOICE_LAPSED)

    def reworked_in_dispute(self) -> Given:
        """Return a case in which the rules ordered rework: failed on 12 May, rework chosen, claimed the day after."""
        here = given().paid().by(BUYER, booking()).at(local("2026-05-12 17:00"))
        here = here.by(INSPECTOR, report(major=6)).by(BUYER, c.RequestRework())
        here = here.at(local("2026-05-13 09:00")).by(BUYER, claim(Ground.QUALITY))
        return here.at(local("2026-06-25")).settled()

    def test_a62_the_rules_order_rework_by_the_date_in_force(self) -> None:
        here = self.reworked_in_dispute()
        made = here.last(e.DecisionMade).decision
        assert (made.condition, made.until) == (Condition.PERFORM, local("2026-06-30 23:59:59"))
        assert here.due_at(ClockKind.CONDITION) == local("2026-06-30 23:59:59")
        assert (made.amount_minor, made.otherwise_minor) == (0, PRICE)
        assert (made.inspection_fee_minor, made.otherwise_fee_minor) == (0, FEE)

    def test_a62_rework_missed_brings_everything_back(self) -> None:
        here = (
            self.reworked_in_dispute()
            .when_nobody_acts(local("2026-07-01"))
            .happened(e.DisputeExecuted, e.RefundDecided, e.OrderRefunded)
        )
        assert here.last(e.RefundDecided).at == local("2026-06-30 23:59:59")
        here.stands(returned_minor=PRICE, fees_returned_minor=FEE)

    def test_a62_rework_kept_lets_the_order_go_on(self) -> None:
        here = self.reworked_in_dispute().by(SUPPLIER, shipment())
        after = here.when_nobody_acts(local("2026-07-01")).happened(e.DisputeExecuted)
        after.stands(status=Status.SHIPPED, held_minor=PRICE, returned_minor=0)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a64_a_second_failure_opens_the_refund_path_by_itself(self, edition: str) -> None:
        """A64, R45: a dispute opens for the buyer with both reports; the rules call for the whole price and both fees."""
        here = failed(edition).by(BUYER, c.RequestRework()).after(days(5))
        second = here.by(BUYER, booking("i2")).when(INSPECTOR, report("i2", major=7))
        opened = second.then(e.InspectionReported, e.DisputeOpened)
        assert opened.last(e.DisputeOpened).by_itself
        advice = recommendation_for(opened.order, now=opened.now, policy=opened.policy)
        assert advice.outcome.value == Outcome.FULL_REFUND.value
        assert (advice.amount_minor, advice.fee_back_minor) == (PRICE, 2 * FEE)
        ended = opened.quiet().stands(status=Status.REFUNDED)
        assert ended.last(e.RefundDecided).fee_minor == 2 * FEE

    def test_a64_failures_of_different_lots_are_not_a_second_failure(self) -> None:
        here = given(lines=TWO_LINES).paid().by(BUYER, booking("i1"), booking("i2"), booking("i3"))
        first = here.by(INSPECTOR, report("i1", line=1, lot=600, major=9))
        other = first.when(INSPECTOR, report("i2", line=2, lot=400, major=9)).then(
            e.InspectionReported
        )
        again = other.when(INSPECTOR, report("i3", line=2, lot=400, major=9)).then(
            e.InspectionReported, e.DisputeOpened
        )
        assert again.last(e.DisputeOpened).claims[0].lines == (2,)

    def test_a63_a_waiver_is_signed_and_names_what_it_accepts(self) -> None:
        here = failed()
        here.when(BUYER, c.WaiveFindings(term_ids=("T1",), signature_hash="")).refused(
            Code.NOT_SIGNED
        )
        here.when(BUYER, c.WaiveFindings(term_ids=("T9",), signature_hash="s")).refused(
            Code.UNKNOWN_TERM
        )
        waived = here.when(BUYER, c.WaiveFindings(term_ids=("T1",), signature_hash="s")).then(
            e.FindingsWaived
        )
        waived.when(SUPPLIER, shipment()).then(e.ShipmentRecorded, without_leave=False)

    def test_a63_who_has_accepted_findings_rejects_no_more(self) -> None:
        waived = failed().by(BUYER, c.WaiveFindings(term_ids=("T1",), signature_hash="s"))
        waived.when(BUYER, c.RejectLot()).refused(Code.CLAIM_GIVEN_UP)
        waived.when(BUYER, c.RequestRework()).refused(Code.CLAIM_GIVEN_UP)
        further = c.WaiveFindings(term_ids=("T2",), signature_hash="s")
        waived.when(BUYER, further).then(e.FindingsWaived)

    def test_a63_a_waiver_reaches_no_further_than_its_findings(self) -> None:
        waived = failed().by(BUYER, c.WaiveFindings(term_ids=("T1",), signature_hash="s"))
        worse = waived.by(BUYER, booking("i2")).by(INSPECTOR, report("i2", major=20))
        assert worse.order.lot_choice is LotChoice.NONE
        worse.when(SUPPLIER, shipment()).then(e.ShipmentRecorded, without_leave=True)

    def test_a63_goods_shipped_without_leave_are_recorded_and_marked(self) -> None:
        failed().when(SUPPLIER, shipment()).then(e.ShipmentRecorded, without_leave=True)

    def test_a_passed_second_inspection_gives_leave(self) -> None:
        here = failed().by(BUYER, c.RequestRework(), booking("i2")).by(INSPECTOR, report("i2"))
        here.when(SUPPLIER, shipment()).then(e.ShipmentRecorded, without_leave=False)

    def test_nothing_to_reject_while_nothing_failed(self) -> None:
        inspected().when(BUYER, c.RejectLot()).refused(Code.NO_FAILED_INSPECTION)

    def test_a58_a_given_up_claim_does_not_come_back_as_a_rejection(self) -> None:
        here = failed().by(BUYER, c.RejectLot())
        claims = here.order.dispute.claims if here.order.dispute else ()
        gone = here.by(BUYER, c.WithdrawClaim(claims=claims, statement_hash="s"))
        gone.when(BUYER, c.RejectLot()).refused(Code.CLAIM_GIVEN_UP)

    def test_a_running_case_is_not_opened_twice(self) -> None:
        here = failed().by(BUYER, c.RejectLot())
        here.when(BUYER, c.RejectLot()).refused(Code.DISPUTE_ALREADY_OPEN)
        here.when(BUYER, c.RequestRework()).refused(Code.DISPUTE_ALREADY_OPEN)


class TestUnpaidBalance:
    """A65: a balance that stays away goes to mediation by itself; the deposit stays after a passed inspection."""

    def passed(self, edition: str = ESCROW) -> Given:
        here = given(edition, instalments=HALVES).paid(500_000).by(BUYER, booking())
        return here.by(INSPECTOR, report())

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a65_the_deposit_goes_to_the_supplier(self, edition: str) -> None:
        here = self.passed(edition)
        due = here.due_at(ClockKind.BALANCE)
        opened = here.when_nobody_acts(due + seconds(1)).happened(e.DisputeOpened)
        assert opened.last(e.DisputeOpened).cause is DisputeCause.UNPAID_BALANCE
        ended = opened.quiet().stands(status=Status.SETTLED, released_minor=500_000)
        assert ended.balance_minor(Account.DUE_BUYER) == 0

    def test_a65_without_a_passed_inspection_the_deposit_comes_back(self) -> None:
        schedule = (HALVES[0], msgspec.structs.replace(HALVES[1], due=InstalmentDue.GOODS_READY))
        here = given(instalments=schedule).paid(500_000).by(SUPPLIER, c.NotifyGoodsReady())
        here.quiet().stands(status=Status.REFUNDED, returned_minor=500_000)

    def test_a65_paying_ends_the_platforms_own_case(self) -> None:
        here = self.passed()
        opened = here.when_nobody_acts(here.due_at(ClockKind.BALANCE) + days(1)).granted()
        opened.when(BANK, payment(500_000, "p2")).happened(
            e.PaymentReceived, e.DisputeMoot, e.PaymentCompleted
        ).stands(status=Status.IN_PRODUCTION)

    def test_a48_nobody_withdraws_or_bargains_in_the_platforms_own_case(self) -> None:
        here = self.passed()
        opened = here.when_nobody_acts(here.due_at(ClockKind.BALANCE) + days(1)).granted()
        opened.when(BUYER, c.WithdrawClaim(claims=(), statement_hash="s")).refused(
            Code.ONLY_CLAIMANT_WITHDRAWS
        )


def test_goods_ready_is_told_once() -> None:
    here = given().paid().by(SUPPLIER, c.NotifyGoodsReady())
    here.when(SUPPLIER, c.NotifyGoodsReady()).refused(Code.ALREADY_CONFIRMED)


def test_under_the_guarantee_a_failed_lot_is_paid_by_the_fund_up_to_the_cover() -> None:
    """R45: two failed inspections under the guarantee: the fund pays the price up to the cover and both fees."""
    here = failed(GUARANTEE).by(BUYER, c.RequestRework(), booking("i2"))
    ended = here.by(INSPECTOR, report("i2", major=7)).quiet()
    ended.stands(status=Status.REFUNDED, fund_paid_minor=PRICE + 2 * FEE, cover_used_minor=PRICE)
