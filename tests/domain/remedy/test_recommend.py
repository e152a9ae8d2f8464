"""What the rules call for, case by case: the oracle's figures and every line of section 8."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import (
    BuyerDefault,
    CaseFacts,
    DailyRemedy,
    Evidence,
    LateQuantity,
    MeasuredShortfall,
    Seizure,
    Stage,
    Wish,
)
from fairlot.domain.remedy.recommend import recommend
from fairlot.domain.remedy.recommendation import (
    Condition,
    Outcome,
    ReasonCode,
    Recommendation,
    Remedy,
)
from tests.support.remedy_cases import arrived, case, claim, inspection, waiting

QUALITY = claim(Ground.QUALITY)
ORDER_MINOR = 1_000_000


def codes(answer: Recommendation) -> set[ReasonCode]:
    return {reason.code for reason in answer.reasons}


class TestQualityAfterDelivery:
    def test_r28_the_share_defective_comes_back_with_the_inspection_s_fee(self) -> None:
        """Case DP-08: 9 of 80 against at most 5."""
        answer = recommend(case(QUALITY, inspections=(inspection(major=9, fee_minor=28_000),)))
        assert answer.outcome is Outcome.PARTIAL_REFUND
        assert answer.remedy is Remedy.PRICE_REDUCTION
        assert (answer.amount_minor, answer.fee_back_minor) == (112_500, 28_000)
        assert answer.fee_back_ids == ("I1",)
        assert answer.condition is Condition.NONE
        assert answer.otherwise_minor == answer.amount_minor

    def test_yen_are_rounded_to_whole_yen(self) -> None:
        """Case QI-04: 1,233,369 times 11/125 is 108,536.472."""
        answer = recommend(
            case(
                QUALITY,
                lines=(arrived(quantity=3187, unit_price_minor=387),),
                currency="JPY",
                inspections=(
                    inspection(major=11, size=125, allowed=(0, 7, 10), lot=3187, fee_minor=42_000),
                ),
            )
        )
        assert (answer.amount_minor, answer.fee_back_minor) == (108_536, 42_000)
        step = answer.steps[0]
        assert (step.base_minor, step.numerator, step.denominator) == (1_233_369, 11, 125)

    def test_only_classes_that_failed_count(self) -> None:
        """Case QI-14: 7 major against 5, 5 minor against 7: 7/80, not 12/80."""
        answer = recommend(case(QUALITY, inspections=(inspection(major=7, minor=5),)))
        assert answer.amount_minor == 87_500

    def test_r34_both_classes_failed_add_up_over_their_samples(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(major=6, minor=8),)))
        assert answer.amount_minor == 14 * ORDER_MINOR // 80

    def test_r34_no_critical_defect_is_allowed_at_any_lot_size(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(critical=1),)))
        assert answer.outcome is Outcome.FULL_REFUND
        assert answer.condition is Condition.RETURN
        assert answer.otherwise_minor == ORDER_MINOR // 80

    def test_unsafe_goods_are_not_kept_for_a_reduction(self) -> None:
        facts = case(QUALITY, inspections=(inspection(critical=1),), wish=Wish.KEEP)
        assert recommend(facts).condition is Condition.RETURN

    def test_a_lot_that_the_plan_accepts_is_the_supplier_s(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(major=5, minor=7, fee_minor=1),)))
        assert answer.outcome is Outcome.FOR_SUPPLIER
        assert (answer.amount_minor, answer.fee_back_minor, answer.upheld) == (0, 0, ())
        assert codes(answer) == {ReasonCode.ACCEPTED_BY_PLAN}

    def test_what_could_not_be_checked_shows_nothing(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(major=2, not_checked=("T1",)),)))
        assert answer.amount_minor == 0
        assert codes(answer) == {ReasonCode.PENDING_IS_NO_PROOF}

    def test_the_interval_is_shown_and_not_used(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(major=9),)))
        (interval,) = answer.intervals
        assert (interval.found, interval.sample_size, interval.lot) == (9, 80, 1000)
        # Clopper-Pearson for 9 of 80, 95 %: 5.28 % to 20.28 %.
        assert interval.lower_parts_per_million == pytest.approx(52_800, abs=200)
        assert interval.upper_parts_per_million == pytest.approx(202_800, abs=200)

    def test_only_the_claimed_line_is_reduced(self) -> None:
        lines = (arrived(1, 1000, 600), arrived(2, 500, 800))
        answer = recommend(
            case(
                claim(Ground.QUALITY, 2),
                lines=lines,
                inspections=(inspection(major=8, line=2, lot=500),),
            )
        )
        assert answer.amount_minor == 40_000

    def test_one_lot_of_two_lines_is_rounded_once(self) -> None:
        lines = (arrived(1, 1, 5), arrived(2, 1, 5))
        answer = recommend(case(QUALITY, lines=lines, inspections=(inspection(major=8, lot=2),)))
        assert answer.amount_minor == 1  # A tenth of 10; by line it would be 1 each.

    def test_the_latest_inspection_of_the_dispute_decides(self) -> None:
        reports = (inspection(major=9), inspection(id="I2", major=2))
        assert recommend(case(QUALITY, inspections=reports)).amount_minor == 0

    def test_the_burden_is_the_claimant_s_and_silence_decides_nothing(self) -> None:
        facts = case(claim(Ground.QUALITY, evidence=Evidence.UNCONTESTED), supplier_silent=True)
        answer = recommend(facts)
        assert answer.outcome is Outcome.FOR_SUPPLIER
        assert codes(answer) == {ReasonCode.DEFECT_NOT_SHOWN, ReasonCode.SUPPLIER_SILENT}

    def test_contested_evidence_asks_for_an_inspection_until_nobody_advances_its_fee(self) -> None:
        contested = claim(Ground.QUALITY, evidence=Evidence.CONTESTED)
        assert recommend(case(contested)).inspection_first
        assert not recommend(case(contested, inspection_lapsed=True)).inspection_first
        assert not recommend(case(contested, inspections=(inspection(major=9),))).inspection_first


class TestReturns:
    SHORTFALL = MeasuredShortfall(term_id="T3", agreed=3000, measured=2000)

    def test_r44_a_measured_shortfall_goes_back_whole_or_is_kept_for_a_third(self) -> None:
        facts = case(QUALITY, inspections=(inspection(measured=(self.SHORTFALL,), fee_minor=5),))
        answer = recommend(facts)
        assert answer.remedy is Remedy.RETURN_AND_REFUND
        assert answer.condition is Condition.RETURN
        assert (answer.amount_minor, answer.otherwise_minor) == (ORDER_MINOR, 333_333)
        assert (answer.fee_back_minor, answer.otherwise_fee_back_minor) == (5, 5)

    def test_goods_kept_are_reduced_in_proportion(self) -> None:
        answer = recommend(
            case(QUALITY, inspections=(inspection(measured=(self.SHORTFALL,)),), wish=Wish.KEEP)
        )
        assert answer.remedy is Remedy.PRICE_REDUCTION
        assert (answer.amount_minor, answer.condition) == (333_333, Condition.NONE)

    def test_too_much_is_as_bad_as_too_little(self) -> None:
        too_heavy = MeasuredShortfall(term_id="T4", agreed=100, measured=125)
        answer = recommend(
            case(QUALITY, inspections=(inspection(measured=(too_heavy,)),), wish=Wish.KEEP)
        )
        assert answer.amount_minor == 250_000

    def test_a_piece_is_never_paid_for_twice(self) -> None:
        """A tenth defective, the other nine tenths a third short: 1/10 + 9/10 x 1/3."""
        answer = recommend(
            case(
                QUALITY,
                inspections=(inspection(major=8, measured=(self.SHORTFALL,)),),
                wish=Wish.KEEP,
            )
        )
        assert answer.amount_minor == 400_000

    def test_a_mandatory_term_makes_the_goods_unusable(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(mandatory_failed=("T9",)),)))
        assert (answer.amount_minor, answer.otherwise_minor) == (ORDER_MINOR, 0)
        assert answer.condition is Condition.RETURN


class TestLotBeforeShipment:
    REPORT = inspection(major=6, minor=3, stage=Stage.PRE_SHIPMENT, fee_minor=25_000)

    def lot(self, **more: Any) -> CaseFacts:
        more.setdefault("inspections", (self.REPORT,))
        more.setdefault("lines", (waiting(),))
        return case(QUALITY, **more)

    def test_full_refund_or_rework_is_the_buyer_s_choice(self) -> None:
        """Case QI-01: 6 against 5; the fee comes back too."""
        answer = recommend(self.lot())
        assert answer.remedy is Remedy.REFUND_OR_REWORK
        assert (answer.amount_minor, answer.fee_back_minor) == (ORDER_MINOR, 25_000)
        assert ReasonCode.BUYER_CHOOSES in codes(answer)

    def test_rework_is_refunded_if_it_fails_again(self) -> None:
        until = dt.datetime(2026, 6, 30, 15, 59, 59, tzinfo=dt.UTC)
        answer = recommend(self.lot(wish=Wish.REWORK, perform_until=until))
        assert (answer.condition, answer.perform_until) == (Condition.PERFORM, until)
        assert (answer.amount_minor, answer.fee_back_minor) == (0, 0)
        assert (answer.otherwise_minor, answer.otherwise_fee_back_minor) == (ORDER_MINOR, 25_000)

    def test_r45_two_failed_inspections_and_a_missed_date_bring_both_fees_back(self) -> None:
        second = inspection(id="I2", major=7, stage=Stage.PRE_SHIPMENT, fee_minor=26_000)
        answer = recommend(
            self.lot(
                inspections=(self.REPORT, second),
                lines=(waiting(is_due=True),),
                wish=Wish.REWORK,
            )
        )
        assert answer.outcome is Outcome.FULL_REFUND
        assert answer.fee_back_minor == 51_000
        assert ReasonCode.TWO_FAILED_INSPECTIONS in codes(answer)

    def test_after_the_date_only_the_refund_is_left(self) -> None:
        answer = recommend(self.lot(lines=(waiting(is_due=True),), wish=Wish.REWORK))
        assert answer.remedy is Remedy.LOT_REFUND

    def test_rework_that_passed_ends_the_matter(self) -> None:
        second = inspection(id="I2", major=1, stage=Stage.PRE_SHIPMENT)
        assert recommend(self.lot(inspections=(self.REPORT, second))).amount_minor == 0

    def test_what_the_buyer_waived_is_no_ground(self) -> None:
        waived = inspection(major=6, stage=Stage.PRE_SHIPMENT, waived=True)
        assert recommend(self.lot(inspections=(waived,))).amount_minor == 0

    def test_only_what_goes_beyond_the_waiver_counts_later(self) -> None:
        waived = inspection(major=6, stage=Stage.PRE_SHIPMENT, waived=True)
        later = inspection(id="I2", major=10)
        assert recommend(case(QUALITY, inspections=(waived, later))).amount_minor == 50_000
        same = inspection(id="I2", major=6)
        assert recommend(case(QUALITY, inspections=(waived, same))).amount_minor == 0

    def test_goods_shipped_without_leave_are_judged_by_the_inspection_they_failed(self) -> None:
        answer = recommend(case(QUALITY, inspections=(self.REPORT,)))
        assert answer.amount_minor == 75_000
        assert ReasonCode.SHIPPED_WITHOUT_LEAVE in codes(answer)

    def test_only_half_was_paid(self) -> None:
        answer = recommend(self.lot(paid_minor=500_000))
        assert (answer.amount_minor, answer.outcome) == (500_000, Outcome.FULL_REFUND)


class TestLate:
    LINES = (arrived(1, 1000, 600), arrived(2, 500, 800))
    REMEDY = DailyRemedy(per_day_basis_points=50, cap_basis_points=500)

    def late(self, **more: Any) -> Recommendation:
        more.setdefault("late", (LateQuantity(line=2, quantity=500, days_late=10),))
        more.setdefault("daily_remedy", self.REMEDY)
        return recommend(case(claim(Ground.LATE, 2), lines=self.LINES, **more))

    def test_ten_days_of_the_late_line(self) -> None:
        """Case SH-11: 10 x 0.5 % of 4,000.00."""
        answer = self.late()
        assert (answer.remedy, answer.amount_minor) == (Remedy.LATE_REMEDY, 20_000)
        assert answer.reasons[0].facts["days_late"] == 10
        assert ReasonCode.LATE_REMEDY_CAPPED not in codes(answer)

    def test_the_cap_holds(self) -> None:
        answer = self.late(late=(LateQuantity(line=2, quantity=500, days_late=11),))
        assert answer.amount_minor == 20_000
        assert ReasonCode.LATE_REMEDY_CAPPED in codes(answer)

    def test_only_the_late_pieces_count(self) -> None:
        assert self.late(late=(LateQuantity(line=2, quantity=100, days_late=4),)).amount_minor == (
            1_600
        )

    def test_lateness_without_a_remedy_is_a_finding_without_money(self) -> None:
        reports = (inspection(major=9, stage=Stage.PRE_SHIPMENT, fee_minor=25_000),)
        answer = self.late(daily_remedy=None, inspections=reports)
        assert (answer.amount_minor, answer.fee_back_minor) == (0, 0)
        assert answer.upheld == (Ground.LATE,)

    def test_a_line_in_time_is_no_claim(self) -> None:
        answer = self.late(late=())
        assert (answer.upheld, codes(answer)) == ((), {ReasonCode.SHIPPED_IN_TIME})

    def test_late_and_not_shipped_after_the_policy_s_days_is_cancelled(self) -> None:
        """Case SH-10."""
        facts = case(
            claim(Ground.LATE),
            lines=(waiting(is_due=True, is_cancellable=True),),
            late=(LateQuantity(line=1, quantity=1000, days_late=31, shipped=False),),
            daily_remedy=self.REMEDY,
        )
        answer = recommend(facts)
        assert (answer.amount_minor, answer.outcome) == (ORDER_MINOR, Outcome.FULL_REFUND)
        assert answer.condition is Condition.NONE

    def test_r40_performance_is_ordered_instead_if_the_buyer_asks_for_it(self) -> None:
        facts = case(
            claim(Ground.NEVER_SHIPPED),
            lines=(waiting(is_due=True, is_cancellable=True),),
            wish=Wish.PERFORMANCE,
        )
        answer = recommend(facts)
        assert (answer.remedy, answer.condition) == (Remedy.PERFORMANCE, Condition.PERFORM)
        assert (answer.amount_minor, answer.otherwise_minor) == (0, ORDER_MINOR)

    def test_before_those_days_nothing_is_cancelled(self) -> None:
        answer = recommend(case(claim(Ground.NEVER_SHIPPED), lines=(waiting(is_due=True),)))
        assert codes(answer) == {ReasonCode.NOT_CANCELLABLE_YET}
        assert answer.amount_minor == 0

    def test_only_the_missing_pieces_are_cancelled(self) -> None:
        line = waiting(shipped_quantity=600, is_due=True, is_cancellable=True)
        answer = recommend(
            case(
                claim(Ground.LATE),
                lines=(line,),
                late=(
                    LateQuantity(line=1, quantity=600, days_late=2),
                    LateQuantity(line=1, quantity=400, days_late=31, shipped=False),
                ),
                daily_remedy=self.REMEDY,
            )
        )
        assert answer.remedy is Remedy.COMBINED
        assert answer.amount_minor == 400_000 + 6_000

    def test_a_cancellation_after_a_failed_inspection_brings_its_fee_back(self) -> None:
        report = inspection(major=6, stage=Stage.PRE_SHIPMENT, fee_minor=25_000)
        answer = recommend(
            case(
                claim(Ground.NEVER_SHIPPED),
                lines=(waiting(is_due=True, is_cancellable=True),),
                inspections=(report,),
            )
        )
        assert answer.fee_back_ids == ("I1",)


class TestOtherGrounds:
    def test_r45_a_raised_price_does_not_change_the_contract(self) -> None:
        answer = recommend(case(claim(Ground.PRICE_RAISED), lines=(waiting(),)))
        assert (answer.condition, answer.otherwise_minor) == (Condition.PERFORM, ORDER_MINOR)
        assert codes(answer) == {ReasonCode.PRICE_STANDS}

    def test_r45_not_performing_at_the_agreed_price_is_never_shipped(self) -> None:
        line = waiting(is_due=True, is_cancellable=True)
        answer = recommend(case(claim(Ground.PRICE_RAISED), lines=(line,)))
        assert (answer.remedy, answer.amount_minor) == (Remedy.CANCELLATION, ORDER_MINOR)

    def test_r45_counterfeits_seized_by_customs_are_refunded_without_return(self) -> None:
        """Case RD-09."""
        lines = (waiting(quantity=100, unit_price_minor=2000, shipped_quantity=100),)
        answer = recommend(
            case(claim(Ground.COUNTERFEIT), lines=lines, seizure=Seizure.COUNTERFEIT)
        )
        assert answer.remedy is Remedy.REFUND_WITHOUT_RETURN
        assert (answer.amount_minor, answer.condition) == (200_000, Condition.NONE)
        assert answer.outcome is Outcome.FULL_REFUND

    def test_counterfeit_brings_the_fee_of_the_inspection_that_found_it_back(self) -> None:
        report = inspection(not_as_ordered=True, fee_minor=28_000)
        answer = recommend(case(claim(Ground.WRONG_GOODS), inspections=(report,)))
        assert (answer.amount_minor, answer.fee_back_minor) == (ORDER_MINOR, 28_000)

    def test_a_passed_inspection_s_fee_stays_paid(self) -> None:
        passed = inspection(stage=Stage.PRE_SHIPMENT, fee_minor=25_000)
        answer = recommend(
            case(claim(Ground.COUNTERFEIT), inspections=(passed,), seizure=Seizure.COUNTERFEIT)
        )
        assert (answer.amount_minor, answer.fee_back_minor) == (ORDER_MINOR, 0)

    def test_mere_delay_at_customs_is_excluded(self) -> None:
        answer = recommend(case(claim(Ground.SEIZED), seizure=Seizure.DELAY))
        assert codes(answer) == {ReasonCode.SEIZURE_IS_DELAY}
        assert answer.amount_minor == 0

    def test_other_goods_are_shown_by_evidence_that_nobody_contests(self) -> None:
        shown = claim(Ground.WRONG_GOODS, evidence=Evidence.UNCONTESTED)
        assert recommend(case(shown)).amount_minor == ORDER_MINOR
        contested = claim(Ground.WRONG_GOODS, evidence=Evidence.CONTESTED)
        answer = recommend(case(contested))
        assert (answer.amount_minor, answer.inspection_first) == (0, True)

    def test_evidence_for_one_claim_is_none_for_another(self) -> None:
        facts = case(
            claim(Ground.QUALITY, evidence=Evidence.UNCONTESTED), claim(Ground.COUNTERFEIT)
        )
        assert recommend(facts).amount_minor == 0

    def test_wrong_goods_not_shown_are_still_judged_by_the_report(self) -> None:
        answer = recommend(case(claim(Ground.WRONG_GOODS), inspections=(inspection(major=8),)))
        assert answer.amount_minor == 100_000

    def test_not_received_is_refunded_unless_delivery_is_proven(self) -> None:
        lost = waiting(shipped_quantity=1000, is_due=True)
        assert recommend(case(claim(Ground.NOT_RECEIVED), lines=(lost,))).amount_minor == (
            ORDER_MINOR
        )
        assert recommend(case(claim(Ground.NOT_RECEIVED))).amount_minor == 0

    def test_the_buyer_s_own_carrier_is_the_buyer_s_risk(self) -> None:
        lost = waiting(shipped_quantity=1000, is_due=True)
        answer = recommend(
            case(claim(Ground.NOT_RECEIVED), lines=(lost,), carrier_chosen_by_buyer=True)
        )
        assert codes(answer) == {ReasonCode.CARRIER_OF_BUYER}

    def test_short_quantity_is_the_missing_pieces_price(self) -> None:
        short = waiting(shipped_quantity=1000, delivered_quantity=980, is_due=True)
        answer = recommend(case(claim(Ground.SHORT_QUANTITY), lines=(short,)))
        assert (answer.remedy, answer.amount_minor) == (Remedy.MISSING_QUANTITY, 20_000)

    def test_short_and_defective_do_not_pay_for_the_same_pieces(self) -> None:
        short = waiting(shipped_quantity=1000, delivered_quantity=980, is_due=True)
        answer = recommend(
            case(
                claim(Ground.SHORT_QUANTITY),
                QUALITY,
                lines=(short,),
                inspections=(inspection(major=8, lot=980),),
            )
        )
        assert answer.amount_minor == 20_000 + 98_000
        assert answer.remedy is Remedy.COMBINED

    @pytest.mark.parametrize(
        "ground", [Ground.DAMAGED_ON_THE_WAY, Ground.CUSTOMS_DELAY, Ground.CARRIER_FAULT]
    )
    def test_r21_what_is_not_the_supplier_s_fault_gives_nothing(self, ground: Ground) -> None:
        answer = recommend(case(claim(ground)))
        assert (answer.amount_minor, codes(answer)) == (0, {ReasonCode.EXCLUDED})


class TestBuyerInDefault:
    def test_after_a_passed_inspection_the_deposit_stays(self) -> None:
        """Case QI-12."""
        default = BuyerDefault(inspection_passed=True, deposit_minor=500_000, kept_percent=100)
        answer = recommend(case(lines=(waiting(),), paid_minor=500_000, buyer_default=default))
        assert (answer.outcome, answer.amount_minor) == (Outcome.FOR_SUPPLIER, 0)
        assert answer.remedy is Remedy.DEPOSIT_KEPT

    def test_without_one_it_goes_back(self) -> None:
        default = BuyerDefault(inspection_passed=False, deposit_minor=500_000, kept_percent=100)
        answer = recommend(case(lines=(waiting(),), paid_minor=500_000, buyer_default=default))
        assert (answer.outcome, answer.amount_minor) == (Outcome.FULL_REFUND, 500_000)

    def test_the_policy_may_keep_less(self) -> None:
        default = BuyerDefault(inspection_passed=True, deposit_minor=333, kept_percent=50)
        answer = recommend(case(lines=(waiting(),), paid_minor=333, buyer_default=default))
        assert answer.amount_minor == 167  # Half up; the supplier's part is the rest.


class TestMoney:
    def test_r40_there_are_three_outcomes(self) -> None:
        assert {outcome.value for outcome in Outcome} == {
            "full_refund",
            "partial_refund",
            "for_supplier",
        }

    def test_several_claims_never_exceed_the_line(self) -> None:
        facts = case(
            QUALITY,
            claim(Ground.LATE),
            inspections=(inspection(major=80),),
            late=(LateQuantity(line=1, quantity=1000, days_late=10),),
            daily_remedy=DailyRemedy(per_day_basis_points=50, cap_basis_points=500),
        )
        answer = recommend(facts)
        assert answer.amount_minor == ORDER_MINOR
        assert ReasonCode.CAPPED_AT_LINE in codes(answer)

    def test_never_more_than_was_paid(self) -> None:
        answer = recommend(case(QUALITY, inspections=(inspection(major=40),), paid_minor=300_000))
        assert answer.amount_minor == 300_000
        assert ReasonCode.CAPPED_AT_PAID in codes(answer)

    def test_an_order_paid_back_whole_gives_declared_extra_fees_back_too(self) -> None:
        facts = case(
            claim(Ground.COUNTERFEIT), paid_minor=ORDER_MINOR + 5_000, seizure=Seizure.COUNTERFEIT
        )
        assert recommend(facts).amount_minor == ORDER_MINOR + 5_000

    def test_the_fee_s_return_may_have_a_maximum(self) -> None:
        reports = (inspection(major=9, fee_minor=28_000),)
        answer = recommend(case(QUALITY, inspections=reports, fee_returned_minor_max=20_000))
        assert answer.fee_back_minor == 20_000

    def test_a_fee_that_the_supplier_advanced_is_not_the_buyer_s(self) -> None:
        reports = (inspection(major=9, fee_minor=28_000, advanced_by_buyer=False),)
        assert recommend(case(QUALITY, inspections=reports)).fee_back_minor == 0
