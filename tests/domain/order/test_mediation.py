"""Mediation: who hears, what is heard, who decides when, the appeal (R36, R38, R40, R43; A22, A52 to A56, A61)."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import case_facts, recommendation_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import (
    Condition,
    DisputeStatus,
    InspectionStage,
    Outcome,
    Status,
    Wish,
)
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import CaseFacts, Evidence
from tests.support.given import (
    BUYER,
    EDITIONS,
    ESCROW,
    FEE,
    GUARANTEE,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    PRICE,
    SECOND_MEDIATOR,
    SUPERVISOR,
    SUPPLIER,
    Given,
    booking,
    claim,
    claim_on,
    days,
    decision,
    given,
    local,
    report,
    seconds,
    shipment,
)

FIRST = c.NameMediator(mediator_id="per_mediator")
OTHER = c.NameMediator(mediator_id="per_second")
NEW_EVIDENCE = c.Appeal(ground="new_evidence", reason_hash="r" * 64)
MISAPPLIED = c.Appeal(ground="rule_misapplied", reason_hash="r" * 64)
AT_ORIGIN = booking("d1", InspectionStage.DISPUTE)


def in_round(edition: str = ESCROW) -> Given:
    """Return a case whose evidence round has just begun."""
    return given(edition).disputed().heard()


def after_round(edition: str = ESCROW) -> Given:
    """Return a case whose evidence round is over."""
    return in_round(edition).after(days(5) + seconds(1)).settled()


class TestPlatformsClocks:
    """R43: the platform's own deadlines are public and enforced against itself."""

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r43_a_silent_platform_is_replaced_step_by_step(self, edition: str) -> None:
        here = given(edition).disputed().escalated()
        mediator = here.due_at(ClockKind.MEDIATOR)
        named = here.when_nobody_acts(mediator + seconds(1)).then(
            e.PlatformBreached, e.MediatorNamed
        )
        assert named.last(e.MediatorNamed).supervisor
        closed = named.when_nobody_acts(mediator + days(5) + seconds(1)).then(e.EvidenceRoundClosed)
        late = closed.when_nobody_acts(closed.due_at(ClockKind.DECISION) + seconds(1)).then(
            e.PlatformBreached, clock="decision"
        )
        made = late.when_nobody_acts(late.due_at(ClockKind.DECISION_BY_RULE) + seconds(1)).then(
            e.DecisionMade
        )
        assert made.last(e.DecisionMade).decision.by_rule
        made.stands(breaches=2)

    def test_a02_two_business_days_to_name_and_five_to_decide(self) -> None:
        here = given().disputed().escalated()
        assert here.now == local("2026-07-26 23:59:59"), "a Sunday"
        assert here.due_at(ClockKind.MEDIATOR) == local("2026-07-28 23:59:59")
        closed = here.by(OPERATOR, FIRST).after(days(5) + seconds(1)).settled()
        assert closed.last(e.EvidenceRoundClosed).at == local("2026-07-31 23:59:59")
        assert closed.due_at(ClockKind.DECISION) == local("2026-08-07 23:59:59")
        assert closed.due_at(ClockKind.DECISION_BY_RULE) == local("2026-08-14 23:59:59")

    def test_r43_the_same_mediator_keeps_the_case(self) -> None:
        in_round().when(OPERATOR, OTHER).refused(Code.MEDIATOR_ALREADY_NAMED)

    def test_r43_nobody_hears_a_case_of_its_own(self) -> None:
        partial = c.NameMediator(mediator_id="per_x", conflicts=("same company",))
        given().disputed().escalated().when(OPERATOR, partial).refused(Code.MEDIATOR_IS_PARTY)

    def test_a_mediator_is_named_for_a_case_that_is_heard(self) -> None:
        given().disputed().when(OPERATOR, FIRST).refused(Code.WRONG_STAGE)
        given().delivered().when(OPERATOR, FIRST).refused(Code.NO_DISPUTE)


class TestEvidence:
    def test_a52_both_sides_have_the_same_five_days(self) -> None:
        here = in_round()
        assert here.due_at(ClockKind.EVIDENCE) == here.now + days(5)
        for party in (BUYER, SUPPLIER):
            item = c.SubmitEvidence(item_hash="x", origin="mail")
            here.when(party, item, after=days(5)).then(e.EvidenceSubmitted, by=party.role.value)
            here.when(party, item, after=days(5) + seconds(1)).refused(Code.EVIDENCE_ROUND_CLOSED)

    def test_r43_evidence_given_stays_given_and_is_not_asked_again(self) -> None:
        here = given().disputed().by(BUYER, c.SubmitEvidence(item_hash="x", term_id="T1"))
        here.when(BUYER, c.SubmitEvidence(item_hash="x", term_id="T1")).refused(
            Code.REFERENCE_REUSED
        )
        here.when(BUYER, c.SubmitEvidence(item_hash="x", term_id="T2")).then(e.EvidenceSubmitted)
        decided = here.decided(100_000)
        assert decided.order.dispute is not None
        assert len(decided.order.dispute.evidence) == 1
        appealed = decided.by(BUYER, NEW_EVIDENCE)
        assert appealed.order.dispute is not None
        assert len(appealed.order.dispute.evidence) == 1

    def test_evidence_may_be_contested_by_the_other_side_alone(self) -> None:
        here = given().disputed().by(BUYER, c.SubmitEvidence(item_hash="x"))
        here.when(BUYER, c.ContestEvidence(item_hash="x")).refused(Code.UNKNOWN_REFERENCE)
        here.when(SUPPLIER, c.ContestEvidence(item_hash="y")).refused(Code.UNKNOWN_REFERENCE)
        here.when(SUPPLIER, c.ContestEvidence(item_hash="x")).then(e.EvidenceContested)

    def test_evidence_has_its_time_and_its_end(self) -> None:
        given().disputed().decided(0).when(BUYER, c.SubmitEvidence(item_hash="x")).refused(
            Code.WRONG_STAGE
        )
        given().disputed().decided(0).when(SUPPLIER, c.ContestEvidence(item_hash="x")).refused(
            Code.WRONG_STAGE
        )
        here = given().disputed()
        for number in range(200):
            here = here.by(BUYER, c.SubmitEvidence(item_hash=str(number)))
        here.when(BUYER, c.SubmitEvidence(item_hash="more")).refused(Code.TOO_MANY_EVENTS)

    def test_r38_evidence_counts_for_the_claim_whose_term_it_names(self) -> None:
        here = (
            given()
            .delivered()
            .by(
                BUYER,
                c.OpenDispute(
                    claims=(
                        claim_on(Ground.QUALITY, terms=("T1",)),
                        claim_on(Ground.QUALITY, terms=("T2",)),
                    )
                ),
            )
        )
        here = here.by(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
        given_one = here.by(BUYER, c.SubmitEvidence(item_hash="x", term_id="T1"))
        assert [found.evidence for found in facts(given_one).claims] == [
            Evidence.UNCONTESTED,
            Evidence.NONE,
        ]
        given_all = given_one.by(BUYER, c.SubmitEvidence(item_hash="y"))
        contested = given_all.by(SUPPLIER, c.ContestEvidence(item_hash="y"))
        assert [found.evidence for found in facts(contested).claims] == [
            Evidence.UNCONTESTED,
            Evidence.CONTESTED,
        ]

    def test_r38_evidence_laid_down_with_the_claim_counts(self) -> None:
        here = given().delivered().by(BUYER, claim(Ground.QUALITY, evidence_hashes=("x", "x")))
        assert here.order.dispute is not None
        assert len(here.order.dispute.evidence) == 1
        assert facts(here).claims[0].evidence is Evidence.UNCONTESTED

    def test_a54_silence_is_no_agreement(self) -> None:
        """A54: no default judgement: a silent supplier's case is decided on what is shown, and the silence is stated."""
        shown = claim(Ground.COUNTERFEIT, evidence_hashes=("x",))
        here = given().delivered().by(BUYER, shown)
        silent = here.after(days(8)).settled()
        advice = recommendation_for(silent.order, now=silent.now, policy=silent.policy)
        assert advice.amount_minor == 0
        assert "supplier_silent" in {found.code.value for found in advice.reasons}
        answered = here.by(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
        conceded = recommendation_for(answered.order, now=answered.now, policy=answered.policy)
        assert conceded.amount_minor == PRICE


def facts(here: Given) -> CaseFacts:
    return case_facts(here.order, now=here.now, policy=here.policy)


class TestOrderedInspection:
    """A52, A53, A55: a decision waits for the report it ordered, in bounded time; two days are left to answer it."""

    def test_r36_an_inspection_in_a_case_is_booked_within_three_days_of_asking(self) -> None:
        here = in_round().when(BUYER, c.AskInspection()).then(e.DisputeInspectionAsked)
        assert here.due_at(ClockKind.INSPECTION_BOOKING) == here.now + days(3)
        here.when(SUPPLIER, c.AskInspection()).refused(Code.ALREADY_ASKED)
        by_mediator = in_round().by(MEDIATOR, c.AskInspection())
        assert by_mediator.due_at(ClockKind.INSPECTION_BOOKING) == by_mediator.now + days(3)

    def test_a55_not_booked_the_case_goes_on_without(self) -> None:
        """A55: within three days of asking, whoever asked; the programme's five for an order gave way to it."""
        here = in_round().by(MEDIATOR, c.AskInspection())
        lapse = here.now + days(3)
        assert here.due_at(ClockKind.INSPECTION_BOOKING) == lapse
        after = here.when_nobody_acts(lapse + seconds(1)).happened(e.DisputeInspectionLapsed)
        assert facts(after).inspection_lapsed
        closed = after.after(days(2)).settled()
        assert closed.due_at(ClockKind.DECISION) == local("2026-08-07 23:59:59")

    def test_a53_the_decision_is_counted_from_the_ordered_report(self) -> None:
        here = in_round().by(MEDIATOR, c.AskInspection()).after(days(2)).by(BUYER, AT_ORIGIN)
        waiting = here.after(days(4)).settled()
        due = here.due_at(ClockKind.INSPECTION_REPORT)
        assert waiting.due_at(ClockKind.DECISION) == max(due, local("2026-08-07 23:59:59"))
        told = (
            waiting.at(local("2026-08-11 10:00"))
            .when(INSPECTOR, report("d1", major=9))
            .then(e.InspectionReported, e.DecisionClockMoved)
        )
        assert told.due_at(ClockKind.DECISION) == local("2026-08-18 23:59:59")
        assert told.due_at(ClockKind.DECISION_BY_RULE) == local("2026-08-25 23:59:59")

    def test_a53_the_rules_never_decide_before_the_report_that_is_waited_for(self) -> None:
        late = after_round().by(MEDIATOR, c.AskInspection()).after(days(2)).by(BUYER, AT_ORIGIN)
        due = late.due_at(ClockKind.INSPECTION_REPORT)
        assert late.due_at(ClockKind.DECISION_BY_RULE) >= due
        assert late.due_at(ClockKind.DECISION) >= due

    def test_a53_a_report_nobody_ordered_moves_nothing(self) -> None:
        here = after_round().by(BUYER, AT_ORIGIN)
        before = here.due_at(ClockKind.DECISION)
        here.when(INSPECTOR, report("d1", major=9)).then(e.InspectionReported)
        assert here.due_at(ClockKind.DECISION) == before

    def test_a52_answers_to_an_ordered_report_are_taken_two_days(self) -> None:
        here = in_round().by(BUYER, AT_ORIGIN).after(days(5) + seconds(1))
        told = here.by(INSPECTOR, report("d1", major=9))
        answer = c.SubmitEvidence(item_hash="x")
        told.when(SUPPLIER, answer, after=days(2)).then(e.EvidenceSubmitted)
        told.when(SUPPLIER, answer, after=days(2) + seconds(1)).refused(Code.EVIDENCE_ROUND_CLOSED)

    def test_a55_another_company_is_tried_and_at_most_three(self) -> None:
        here = in_round().by(MEDIATOR, c.AskInspection())
        for number in (1, 2, 3):
            here = here.by(BUYER, booking(f"d{number}", InspectionStage.DISPUTE))
            due = here.due_at(ClockKind.INSPECTION_REPORT)
            here = here.at(due + seconds(1)).settled()
            assert here.last(e.InspectionLapsed).inspection_id == f"d{number}"
        assert here.clock(ClockKind.INSPECTION_BOOKING) is None
        assert here.last(e.DecisionClockMoved).at == due, "on with what is there"
        here.when(BUYER, c.AskInspection()).refused(Code.TOO_MANY_EVENTS, most=3)

    def test_a55_a_case_that_was_due_meanwhile_goes_on_from_the_lapse(self) -> None:
        asked = after_round().at(local("2026-08-07 09:00")).by(BUYER, c.AskInspection())
        lapse = asked.now + days(3)
        after = asked.when_nobody_acts(lapse + seconds(1)).then(
            e.DisputeInspectionLapsed, e.DecisionClockMoved
        )
        assert after.last(e.DecisionClockMoved).at == lapse

    def test_an_inspection_is_asked_for_while_the_case_is_heard(self) -> None:
        given().disputed().decided(0).when(BUYER, c.AskInspection()).refused(Code.WRONG_STAGE)

    def test_a_second_lapse_outside_a_case_asks_nobody(self) -> None:
        here = given().disputed().by(BUYER, AT_ORIGIN)
        withdrawn = here.by(
            BUYER, c.WithdrawClaim(claims=(claim_on(Ground.QUALITY, 1),), statement_hash="s")
        )
        withdrawn.when_nobody_acts(here.due_at(ClockKind.INSPECTION_REPORT) + seconds(1)).then(
            e.InspectionLapsed
        )


class TestDecision:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize(
        ("amount", "outcome", "status"),
        [
            (PRICE, Outcome.FULL_REFUND, Status.REFUNDED),
            (300_000, Outcome.PARTIAL_REFUND, Status.SETTLED),
            (0, Outcome.FOR_SUPPLIER, Status.CLOSED),
        ],
    )
    def test_r40_full_refund_partial_refund_or_for_the_supplier(
        self, edition: str, amount: int, outcome: Outcome, status: Status
    ) -> None:
        here = given(edition).disputed().decided(amount)
        assert here.last(e.DecisionMade).decision.outcome is outcome
        here.stands(returned_minor=0)
        ended = here.quiet().stands(status=status, returned_minor=amount, held_minor=0)
        fund = amount if edition == GUARANTEE else 0
        ended.stands(fund_paid_minor=fund)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r40_both_sides_have_their_round_before_a_decision(self, edition: str) -> None:
        """R40, A52, A53: neither mediator nor supervisor decides while a side may still hand something in."""
        here = in_round(edition)
        opens_at = (here.now + days(5)).isoformat()
        for mediator in (MEDIATOR, SUPERVISOR):
            last = here.when(mediator, decision(120_000), after=days(5))
            last.refused(Code.DECISION_TOO_EARLY, opens_at=opens_at)
            heard = here.when(mediator, decision(120_000), after=days(5) + seconds(1))
            heard.then(e.DecisionMade)

    def test_r40_an_appeal_has_a_round_of_its_own(self) -> None:
        """A56: the second instance hears both sides as the first did."""
        here = given().disputed().decided(100_000).by(BUYER, NEW_EVIDENCE).by(OPERATOR, OTHER)
        here.when(SECOND_MEDIATOR, decision(0), after=days(5)).refused(Code.DECISION_TOO_EARLY)
        later = here.when(SECOND_MEDIATOR, decision(0), after=days(5) + seconds(1)).granted()
        assert later.last(e.DecisionFinal).decision.outcome is Outcome.FOR_SUPPLIER

    def test_r40_a_report_that_was_asked_for_is_waited_for_and_answered(self) -> None:
        """A52, A53: the decision comes after the ordered report and the two days in which it is answered."""
        asked = after_round().by(MEDIATOR, c.AskInspection())
        booked_by = asked.due_at(ClockKind.INSPECTION_BOOKING)
        asked.when(MEDIATOR, decision(0)).refused(
            Code.DECISION_TOO_EARLY, opens_at=booked_by.isoformat()
        )
        asked.when(MEDIATOR, decision(0), at=booked_by + seconds(1)).then(e.DecisionMade)
        booked = asked.by(BUYER, AT_ORIGIN)
        due = booked.due_at(ClockKind.INSPECTION_REPORT).isoformat()
        booked.when(MEDIATOR, decision(0)).refused(Code.DECISION_TOO_EARLY, opens_at=due)
        told = booked.by(INSPECTOR, report("d1", major=9))
        told.when(MEDIATOR, decision(0), after=days(2)).refused(Code.DECISION_TOO_EARLY)
        told.when(MEDIATOR, decision(0), after=days(2) + seconds(1)).then(e.DecisionMade)

    def test_r40_finishing_the_order_can_be_ordered_instead(self) -> None:
        """R40: if the buyer asks for it; kept, the order goes on; missed, the money comes back."""
        here = given().paid().at(local("2026-07-05 09:00"))
        here = here.by(BUYER, claim(Ground.LATE, wish=Wish.PERFORMANCE))
        until = local("2026-08-15 09:00")
        ordered = here.decided(0, condition=Condition.PERFORM, until=until, otherwise_minor=PRICE)
        final = ordered.final()
        assert final.last(e.PerformanceOrdered).until == until
        missed = final.when_nobody_acts(until + seconds(1)).granted()
        missed.stands(status=Status.REFUNDED, returned_minor=PRICE)
        kept = final.by(SUPPLIER, shipment()).when_nobody_acts(until + seconds(1)).granted()
        kept.stands(status=Status.SHIPPED, held_minor=PRICE)

    def test_r40_the_rules_order_it_too_where_the_buyer_asks(self) -> None:
        here = given().paid().at(local("2026-07-25 09:00"))
        wished = here.by(BUYER, claim(Ground.LATE, wish=Wish.PERFORMANCE)).after(days(7))
        advice = recommendation_for(wished.order, now=wished.now, policy=wished.policy)
        assert advice.condition.value == Condition.PERFORM.value
        assert advice.perform_until == wished.now + days(30)
        assert advice.otherwise_minor == PRICE

    def test_a68_a_raised_price_is_performed_as_agreed_or_cancelled(self) -> None:
        here = given().paid().at(local("2026-05-20 09:00")).by(BUYER, claim(Ground.PRICE_RAISED))
        advice = recommendation_for(here.order, now=here.now, policy=here.policy)
        assert (advice.amount_minor, advice.otherwise_minor) == (0, PRICE)
        assert advice.perform_until == local("2026-07-30 23:59:59")
        ended = here.quiet().stands(status=Status.REFUNDED, returned_minor=PRICE)
        assert ended.last(e.RefundDecided).at == local("2026-07-30 23:59:59")

    def test_r40_a_departure_is_reasoned(self) -> None:
        here = after_round()
        bare = decision(120_000, reason_hash="")
        here.when(MEDIATOR, bare).refused(Code.REASON_MISSING)
        here.when(MEDIATOR, decision(120_000)).then(e.DecisionMade)
        adopted = here.when(MEDIATOR, decision(0, reason_hash="")).then(e.DecisionMade)
        assert not adopted.last(e.DecisionMade).decision.departs

    @pytest.mark.parametrize(
        ("made", "code"),
        [
            (decision(-1), Code.AMOUNT_NOT_POSITIVE),
            (decision(PRICE + 1), Code.AMOUNT_ABOVE_CLAIM),
            (
                c.Decide(outcome=Outcome.FULL_REFUND, amount_minor=5, reason_hash="r"),
                Code.OUTCOME_NOT_WHOLE,
            ),
            (
                c.Decide(outcome=Outcome.FOR_SUPPLIER, amount_minor=5, reason_hash="r"),
                Code.OUTCOME_NOT_WHOLE,
            ),
            (decision(0, condition=Condition.PERFORM), Code.OUTCOME_NOT_WHOLE),
            (
                decision(0, condition=Condition.PERFORM, until=local("2026-01-01")),
                Code.OUTCOME_NOT_WHOLE,
            ),
        ],
        ids=["negative", "above", "not full", "not nothing", "undated", "past"],
    )
    def test_a61_outcome_and_amount_say_the_same(self, made: c.Decide, code: Code) -> None:
        after_round().when(MEDIATOR, made).refused(code)

    def test_the_mediator_named_decides_or_a_supervisor(self) -> None:
        here = after_round()
        here.when(SECOND_MEDIATOR, decision(0)).refused(Code.NOT_THE_MEDIATOR)
        here.when(SUPERVISOR, decision(0)).then(e.DecisionMade)
        given().disputed().escalated().when(SUPERVISOR, decision(0)).refused(Code.NOT_THE_MEDIATOR)
        given().disputed().when(MEDIATOR, decision(0)).refused(Code.WRONG_STAGE)

    def test_a22_the_fee_comes_back_with_any_amount_found_due(self) -> None:
        """R28, A22: the refund and the fee of the inspection whose failed verdict the outcome rests on."""
        here = given().disputed().by(BUYER, AT_ORIGIN).by(INSPECTOR, report("d1", major=9))
        by_rule = here.quiet()
        made = by_rule.last(e.DecisionMade).decision
        assert (made.amount_minor, made.inspection_fee_minor) == (112_500, FEE)
        by_rule.stands(returned_minor=112_500, fees_returned_minor=FEE)
        departed = here.decided(1).final()
        departed.stands(returned_minor=1, fees_returned_minor=FEE)

    def test_a22_a_passed_inspection_is_not_given_back(self) -> None:
        here = given().disputed().by(BUYER, AT_ORIGIN).by(INSPECTOR, report("d1"))
        here.decided(100_000).final().stands(fees_returned_minor=0)

    def test_a22_a_lot_that_the_outcome_does_not_rest_on_keeps_its_fee(self) -> None:
        """A22: late goods cost the daily remedy; a failed lot that was reworked and passed has nothing to do with it."""
        here = given().paid().by(BUYER, booking("i1"), booking("i2"))
        here = here.by(INSPECTOR, report("i1", major=9)).by(BUYER, c.RequestRework())
        here = here.by(INSPECTOR, report("i2")).at(local("2026-07-10")).by(SUPPLIER, shipment())
        late = here.by(BUYER, claim(Ground.LATE))
        advice = recommendation_for(late.order, now=late.now, policy=late.policy)
        assert advice.fee_back_ids == ()

    def test_a60_the_whole_order_is_frozen(self) -> None:
        given().disputed().after(days(30)).settled().stands(released_minor=0, held_minor=PRICE)


class TestAppeal:
    """A56: seven days, once for each side, for new evidence or a rule misapplied; another mediator; then final."""

    def test_a56_within_seven_days_to_the_second(self) -> None:
        here = given().disputed().decided(100_000)
        assert here.due_at(ClockKind.APPEAL) == here.now + days(7)
        here.when(BUYER, NEW_EVIDENCE, after=days(7)).then(e.DecisionAppealed)
        here.when(BUYER, NEW_EVIDENCE, after=days(7) + seconds(1)).refused(Code.WRONG_STATUS)

    def test_a56_for_a_reason_that_is_one(self) -> None:
        here = given().disputed().decided(100_000)
        unhappy = c.Appeal(ground="we do not agree", reason_hash="r")
        here.when(SUPPLIER, unhappy).refused(Code.APPEAL_GROUND_MISSING)
        here.when(SUPPLIER, c.Appeal(ground="new_evidence", reason_hash="")).refused(
            Code.APPEAL_GROUND_MISSING
        )

    def test_a56_another_mediator_hears_it(self) -> None:
        here = given().disputed().decided(100_000).by(BUYER, MISAPPLIED)
        here.when(OPERATOR, FIRST).refused(Code.SAME_MEDIATOR)
        here.when(OPERATOR, OTHER).then(e.MediatorNamed)

    def test_a56_both_sides_may_and_each_once(self) -> None:
        here = given().disputed().decided(100_000).by(BUYER, MISAPPLIED)
        here.when(BUYER, NEW_EVIDENCE).refused(Code.ALREADY_APPEALED)
        both = here.when(SUPPLIER, NEW_EVIDENCE).then(e.DecisionAppealed)
        assert both.order.dispute is not None
        assert len(both.order.dispute.appealed_by) == 2
        here.when(SUPPLIER, NEW_EVIDENCE, after=days(7) + seconds(1)).refused(Code.APPEAL_TOO_LATE)

    def test_a56_the_second_decision_is_final_and_executed(self) -> None:
        here = given().disputed().decided(100_000).by(BUYER, NEW_EVIDENCE).by(OPERATOR, OTHER)
        heard = here.after(days(5) + seconds(1))
        final = heard.when(SECOND_MEDIATOR, decision(400_000)).happened(
            e.DecisionFinal, e.DisputeExecuted, e.RefundDecided
        )
        final.stands(returned_minor=400_000, status=Status.SETTLED)

    def test_a56_an_appeal_not_decided_in_time_confirms_the_decision(self) -> None:
        here = given().disputed().decided(100_000).by(BUYER, NEW_EVIDENCE)
        ended = here.quiet().stands(returned_minor=100_000, status=Status.SETTLED)
        assert ended.last(e.DecisionFinal).by_lapse

    def test_a56_the_money_stays_meanwhile(self) -> None:
        here = given().disputed().decided(100_000).by(BUYER, NEW_EVIDENCE)
        here.after(days(9)).settled().stands(held_minor=PRICE, returned_minor=0)

    def test_there_is_no_appeal_before_a_decision_nor_after_the_last(self) -> None:
        in_round().when(BUYER, NEW_EVIDENCE).refused(Code.WRONG_STAGE)
        here = given().paid().at(local("2026-07-05"))
        here = here.by(BUYER, claim(Ground.LATE, wish=Wish.PERFORMANCE))
        until = local("2026-12-01")
        performing = here.decided(0, condition=Condition.PERFORM, until=until).final()
        assert performing.order.dispute is not None
        assert performing.order.dispute.status is DisputeStatus.FINAL
        performing.when(BUYER, NEW_EVIDENCE).refused(Code.APPEAL_TOO_LATE)
