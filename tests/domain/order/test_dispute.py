"""Disputes between the parties: answers, offers, settlement, withdrawal (R37, R39, R42; A48 to A51, A58 to A60, A70, A78)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, DisputeStatus, OfferKind, Status
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    MEDIATOR,
    OPERATOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    claim_on,
    days,
    delivery,
    given,
    hours,
    local,
    payment,
    refund_offer,
    seconds,
    shipment,
)

NEITHER = c.AnswerDispute(decline=False, reason_hash="")
PLAIN_DECLINE = c.AnswerDispute(decline=True, reason_hash="r" * 64)
WITHDRAWAL = c.WithdrawClaim(claims=(claim_on(Ground.QUALITY, 1),), statement_hash="s" * 64)
ACCEPT = c.AcceptOffer(offer_id="o1")


def offer(kind: OfferKind, offer_id: str = "o1", **more: object) -> c.MakeOffer:
    return c.MakeOffer(offer=c.OfferTerms(id=offer_id, kind=kind, **more))  # type: ignore[arg-type]


class TestThreeAndSevenDays:
    """R39: three days to respond, then the buyer may escalate; after seven it escalates by itself."""

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r39_without_an_answer_the_buyer_escalates_after_three_days(self, edition: str) -> None:
        here = given(edition).disputed()
        until = here.now + hours(72)
        assert here.due_at(ClockKind.ANSWER) == until
        here.when(BUYER, c.Escalate(), at=until).refused(
            Code.ESCALATION_TOO_EARLY, opens_at=until.isoformat()
        )
        here.when(BUYER, c.Escalate(), at=until + seconds(1)).then(e.DisputeEscalated)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r39_after_seven_days_it_escalates_by_itself(self, edition: str) -> None:
        here = given(edition).disputed()
        after = here.when_nobody_acts(here.now + days(7) + seconds(1)).happened(
            e.AnswerLapsed, e.DisputeEscalated
        )
        escalated = after.last(e.DisputeEscalated)
        assert (escalated.at, escalated.by_itself) == (here.now + days(7), True)

    def test_a50_whatever_was_said_in_between(self) -> None:
        here = given().disputed()
        talked = here.by(SUPPLIER, NEITHER).by(SUPPLIER, refund_offer(10_000))
        talked = talked.after(days(6)).by(BUYER, refund_offer(900_000, "o2"))
        assert talked.due_at(ClockKind.NEGOTIATION) == here.now + days(7)

    def test_a48_only_the_disputes_own_answer_counts(self) -> None:
        """A48: an answer, a counter-offer or a decline keeps the buyer from escalating alone; nothing else does."""
        here = given().disputed()
        for answer in (NEITHER, refund_offer(10_000)):
            answered = here.by(SUPPLIER, answer)
            assert answered.clock(ClockKind.ANSWER) is None
            opens = (here.now + days(7)).isoformat()
            answered.when(BUYER, c.Escalate(), after=days(4)).refused(
                Code.ESCALATION_TOO_EARLY, opens_at=opens
            )
        asked = here.by(SUPPLIER, c.SubmitEvidence(item_hash="x"))
        asked.when(BUYER, c.Escalate(), after=days(4)).then(e.DisputeEscalated)

    def test_a49_a_late_answer_is_taken_and_the_buyers_right_stays(self) -> None:
        here = given().disputed().after(days(4))
        late = here.when(SUPPLIER, NEITHER).then(e.DisputeAnswered)
        late.when(BUYER, c.Escalate()).then(e.DisputeEscalated)

    def test_a51_after_a_plain_decline_the_buyer_escalates_at_once(self) -> None:
        here = given().disputed().by(SUPPLIER, PLAIN_DECLINE)
        here.when(BUYER, c.Escalate()).then(e.DisputeEscalated)
        declined = given().disputed().by(BUYER, refund_offer(900_000))
        declined = declined.by(SUPPLIER, c.DeclineOffer(offer_id="o1"))
        declined.when(BUYER, c.Escalate()).then(e.DisputeEscalated)

    def test_a51_the_supplier_never_alone_both_at_any_time(self) -> None:
        here = given().disputed()
        asked = here.when(SUPPLIER, c.Escalate()).then(e.EscalationAsked)
        asked.when(SUPPLIER, c.Escalate()).refused(Code.ESCALATION_TOO_EARLY)
        asked.when(BUYER, c.Escalate()).then(e.DisputeEscalated, by_itself=False)

    def test_a_decline_gives_its_reason(self) -> None:
        bare = c.AnswerDispute(decline=True, reason_hash="")
        given().disputed().when(SUPPLIER, bare).refused(Code.REASON_MISSING)

    def test_both_may_agree_once_to_add_seven_days(self) -> None:
        here = given().disputed()
        more = c.ExtendNegotiation()
        asked = here.when(BUYER, more).then(e.ExtensionAsked)
        asked.when(BUYER, more).refused(Code.ALREADY_ASKED)
        longer = asked.when(SUPPLIER, more).then(e.NegotiationExtended)
        assert longer.due_at(ClockKind.NEGOTIATION) == here.now + days(14)
        longer.when(BUYER, more).refused(Code.ALREADY_EXTENDED)

    def test_an_answer_belongs_to_the_negotiation(self) -> None:
        given().disputed().escalated().when(SUPPLIER, NEITHER).refused(Code.WRONG_STAGE)
        given().disputed().escalated().when(BUYER, c.ExtendNegotiation()).refused(Code.WRONG_STAGE)


class TestOffers:
    """R37, A59: an offer stands until withdrawn, countered, declined, or the decision."""

    def test_r37_an_accepted_offer_is_executed_at_once(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(150_000))
        settled = here.when(BUYER, ACCEPT).happened(
            e.OfferAccepted, e.DisputeExecuted, e.RefundDecided, e.FundsReleased, e.OrderSettled
        )
        settled.stands(status=Status.SETTLED, returned_minor=150_000, released_minor=850_000)

    def test_a59_a_counter_offer_ends_the_one_before(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(50_000))
        countered = here.by(BUYER, refund_offer(400_000, "o2"))
        countered.when(BUYER, ACCEPT).refused(Code.OFFER_NOT_STANDING, offer="o1")
        countered.when(SUPPLIER, c.AcceptOffer(offer_id="o2")).granted().stands(
            returned_minor=400_000
        )

    def test_a59_a_new_offer_replaces_ones_own(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(50_000), refund_offer(60_000, "o2"))
        here.when(BUYER, ACCEPT).refused(Code.OFFER_NOT_STANDING)
        here.when(BUYER, c.AcceptOffer(offer_id="o2")).granted().stands(returned_minor=60_000)

    def test_a59_withdrawn_or_declined_it_stands_no_more(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(50_000))
        gone = here.when(SUPPLIER, c.WithdrawOffer(offer_id="o1")).then(e.OfferWithdrawn)
        gone.when(BUYER, ACCEPT).refused(Code.OFFER_NOT_STANDING)
        declined = here.when(BUYER, c.DeclineOffer(offer_id="o1")).then(e.OfferDeclined)
        declined.when(BUYER, ACCEPT).refused(Code.OFFER_NOT_STANDING)
        here.when(BUYER, c.WithdrawOffer(offer_id="o1")).refused(Code.NOT_YOUR_OFFER)
        here.when(SUPPLIER, c.DeclineOffer(offer_id="o1")).refused(Code.OWN_OFFER)
        here.when(SUPPLIER, ACCEPT).refused(Code.OWN_OFFER)

    def test_a59_settlement_stays_possible_until_the_decision_is_final(self) -> None:
        here = given().disputed()
        for stage in (here.heard(), here.decided(100_000)):
            offered = stage.by(SUPPLIER, refund_offer(300_000))
            offered.when(BUYER, ACCEPT).granted().stands(returned_minor=300_000)
        here.decided(100_000).final().when(SUPPLIER, refund_offer(1)).refused(Code.WRONG_STATUS)

    def test_a59_the_decision_ends_what_stood(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(300_000))
        here.decided(100_000).when(BUYER, ACCEPT).refused(Code.OFFER_NOT_STANDING)

    def test_a59_before_shipment_a_settlement_lets_the_order_go_on(self) -> None:
        here = given().paid().at(local("2026-07-05")).by(BUYER, claim(Ground.LATE))
        settled = here.by(SUPPLIER, refund_offer(50_000)).by(BUYER, ACCEPT)
        settled.stands(status=Status.IN_PRODUCTION, held_minor=950_000, returned_minor=50_000)

    def test_a78_under_the_guarantee_the_supplier_pays_first(self) -> None:
        """A78: seven business days to pay it back into the programme, then the fund up to the cover."""
        here = given(GUARANTEE).disputed().by(SUPPLIER, refund_offer(150_000))
        settled = here.by(BUYER, ACCEPT)
        assert settled.due_at(ClockKind.SEEKING) == local("2017-08-04 23:59:59")
        repaid = settled.by(BANK, c.RecordSupplierRepaid(refund_id="r1", amount_minor=150_000))
        repaid.stands(fund_paid_minor=0, seeking=())
        assert repaid.balance_minor(Account.DUE_BUYER) == -150_000
        part = settled.by(BANK, c.RecordSupplierRepaid(refund_id="r1", amount_minor=50_000))
        part.quiet().stands(fund_paid_minor=100_000, receivable_minor=100_000)

    def test_a78_the_programmes_own_days_begin_after_the_suppliers(self) -> None:
        """A78: what the fund pays is due seven business days after the supplier's own; nothing is late before."""
        offered = given(GUARANTEE).disputed().by(SUPPLIER, refund_offer(150_000))
        settled = offered.by(BUYER, ACCEPT)
        assert settled.clock(ClockKind.REFUND_SENT) is None
        over = settled.due_at(ClockKind.SEEKING)
        sought = settled.when_nobody_acts(over + seconds(1)).then(e.SetOffSought)
        assert sought.due_at(ClockKind.REFUND_SENT) == local("2017-08-15 23:59:59")
        funded = sought.when_nobody_acts(over + days(1) + seconds(1))
        paid = funded.then(e.SetOffUnanswered, e.RefundFunded)
        assert paid.due_at(ClockKind.REFUND_SENT) == local("2017-08-15 23:59:59")

    def test_a78_what_is_held_of_a_settlement_does_not_wait_for_the_supplier(self) -> None:
        """A78: held money has its seven business days from the settlement, and only the rest is the supplier's to pay."""
        usual = given(lines=TWO_LINES)
        money = replace(usual.policy.money, release_per_shipment=True)
        here = replace(usual, policy=replace(usual.policy, money=money)).paid()
        here = here.at(local("2026-06-20 09:00")).by(SUPPLIER, shipment("s1", quantities={1: 600}))
        here = here.by(SUPPLIER, shipment("s2", quantities={2: 400}))
        here = here.at(local("2026-06-25 09:00")).by(BANK, delivery("s1"))
        here = here.at(local("2026-08-03 09:00")).by(BANK, delivery("s2"))
        here = here.stands(held_minor=400_000)
        here = here.by(BUYER, claim(Ground.COUNTERFEIT)).by(SUPPLIER, refund_offer(450_000))
        settled = here.by(BUYER, ACCEPT)
        assert [refund.amount_minor for refund in settled.order.refunds] == [400_000, 0]
        assert settled.due_at(ClockKind.REFUND_SENT) == local("2026-08-12 23:59:59")
        sent = settled.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=400_000))
        rest = sent.when_nobody_acts(local("2026-08-14 00:00:00")).happened(e.RefundFunded)
        assert rest.due_at(ClockKind.REFUND_SENT) == local("2026-08-21 23:59:59")

    def test_a78_the_suppliers_other_payables_come_before_the_fund(self) -> None:
        """A21, A78: what it did not pay in its seven business days is set off first; the fund pays the rest."""
        offered = given(GUARANTEE).disputed().by(SUPPLIER, refund_offer(150_000))
        settled = offered.by(BUYER, ACCEPT)
        part = settled.by(BANK, c.RecordSupplierRepaid(refund_id="r1", amount_minor=50_000))
        due = part.due_at(ClockKind.SEEKING)
        sought = part.when_nobody_acts(due + seconds(1)).happened(e.SetOffSought)
        assert sought.last(e.SetOffSought).amount_minor == 100_000
        assert sought.last(e.SetOffSought).seek_until == due + days(1)
        sought.stands(fund_paid_minor=0)
        set_off = sought.by(BANK, c.RecordSetOff(refund_id="r1", taken_minor=70_000))
        set_off.stands(fund_paid_minor=30_000, receivable_minor=30_000, seeking=())
        unanswered = sought.when_nobody_acts(due + days(1) + seconds(1))
        paid = unanswered.then(e.SetOffUnanswered, e.RefundFunded).last(e.RefundFunded)
        assert (paid.from_payables_minor, paid.from_fund_minor) == (0, 100_000)

    @pytest.mark.parametrize(
        ("made", "code"),
        [
            (offer(OfferKind.REFUND), Code.AMOUNT_NOT_POSITIVE),
            (offer(OfferKind.REFUND, amount_minor=PRICE + 1), Code.AMOUNT_ABOVE_CLAIM),
            (
                offer(OfferKind.RETURN_AND_REFUND, amount_minor=1, kept_amount_minor=-1),
                Code.AMOUNT_NOT_POSITIVE,
            ),
            (offer(OfferKind.REWORK), Code.OFFER_INCOMPLETE),
            (
                offer(OfferKind.REPLACEMENT, until=local("2026-12-01")),
                Code.OFFER_INCOMPLETE,
            ),
            (
                offer(OfferKind.EXTENSION, until=local("2026-01-01")),
                Code.OFFER_INCOMPLETE,
            ),
        ],
        ids=["nothing", "too much", "less than nothing", "no date", "no quantity", "past"],
    )
    def test_an_offer_without_sense_is_refused(self, made: c.MakeOffer, code: Code) -> None:
        given().disputed().when(SUPPLIER, made).refused(code)

    def test_an_offers_id_is_used_once(self) -> None:
        here = given().disputed().by(SUPPLIER, refund_offer(5))
        here.when(SUPPLIER, refund_offer(6)).refused(Code.REFERENCE_REUSED)


class TestSettledOnCondition:
    def replaced(self) -> Given:
        until = given().disputed().now + days(20)
        made = offer(OfferKind.REPLACEMENT, quantity=50, until=until)
        return given().disputed().by(SUPPLIER, made).by(BUYER, ACCEPT)

    def test_a_replacement_agreed_waits_for_its_date(self) -> None:
        here = self.replaced()
        assert here.order.dispute is not None
        assert here.order.dispute.status is DisputeStatus.SETTLED_ON_CONDITION
        here.stands(held_minor=PRICE)

    def test_a_replacement_not_delivered_revives_the_case(self) -> None:
        here = self.replaced()
        due = here.due_at(ClockKind.CONDITION)
        lapsed = here.when_nobody_acts(due + seconds(1)).then(e.SettlementLapsed)
        assert lapsed.due_at(ClockKind.MEDIATOR) > due
        lapsed.stands(held_minor=PRICE)

    def test_a_replacement_confirmed_ends_the_case(self) -> None:
        here = self.replaced().when(BUYER, c.ConfirmFulfilled()).then(e.SettlementFulfilled)
        here.quiet().stands(status=Status.CLOSED, released_minor=PRICE)
        given().disputed().when(BUYER, c.ConfirmFulfilled()).refused(Code.NOTHING_ORDERED)

    def test_an_extension_agreed_is_kept_by_shipping(self) -> None:
        here = given().paid().at(local("2026-07-05 09:00")).by(BUYER, claim(Ground.LATE))
        later = local("2026-07-20 09:00")
        settled = here.by(SUPPLIER, offer(OfferKind.EXTENSION, until=later)).by(BUYER, ACCEPT)
        missed = settled.when_nobody_acts(later + seconds(1)).then(e.SettlementLapsed)
        missed.stands(held_minor=PRICE)
        kept = settled.by(SUPPLIER, shipment())
        kept.when_nobody_acts(later + seconds(1)).then(e.SettlementFulfilled)

    def test_a70_a_return_agreed_carries_what_applies_if_nothing_is_sent(self) -> None:
        made = offer(OfferKind.RETURN_AND_REFUND, amount_minor=PRICE, kept_amount_minor=20_000)
        here = given().disputed().by(SUPPLIER, made).by(BUYER, ACCEPT)
        ended = here.when_nobody_acts(here.now + days(15) + seconds(1)).happened(e.ReturnLapsed)
        ended.stands(status=Status.SETTLED, returned_minor=20_000, released_minor=980_000)

    def test_a70_without_a_word_nothing_applies(self) -> None:
        made = offer(OfferKind.RETURN_AND_REFUND, amount_minor=PRICE)
        here = given().disputed().by(SUPPLIER, made).by(BUYER, ACCEPT)
        here.quiet().stands(returned_minor=0, released_minor=PRICE)


class TestNothingEndsByImplication:
    """R42: a dispute ends by settlement, withdrawal or decision, each an explicit act of the one entitled to it."""

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r42_answering_and_confirming_settle_nothing(self, edition: str) -> None:
        here = given(edition).disputed()
        acts = (
            (SUPPLIER, NEITHER),
            (SUPPLIER, refund_offer(1_000)),
            (BUYER, c.DeclineOffer(offer_id="o1")),
            (BUYER, c.SubmitEvidence(item_hash="thank you")),
            (BUYER, c.ConfirmReceipt()),
        )
        for actor, command in acts:
            here = here.by(actor, command)
            assert here.order.dispute is not None
            assert here.order.dispute.is_open

    def test_r42_only_the_claimant_withdraws_and_restates_what_is_given_up(self) -> None:
        here = given().disputed()
        for actor in (SUPPLIER, MEDIATOR, OPERATOR):
            here.when(actor, WITHDRAWAL).refused(Code.NOT_PERMITTED)
        here.when(BUYER, c.WithdrawClaim(claims=(), statement_hash="s")).refused(
            Code.RESTATEMENT_MISSING
        )
        silent = c.WithdrawClaim(claims=WITHDRAWAL.claims, statement_hash="")
        here.when(BUYER, silent).refused(Code.RESTATEMENT_MISSING)
        other = c.WithdrawClaim(claims=(claim_on(Ground.LATE),), statement_hash="s")
        here.when(BUYER, other).refused(Code.RESTATEMENT_MISSING)
        here.when(BUYER, WITHDRAWAL).then(e.ClaimWithdrawn)

    def test_a58_the_restated_claim_is_gone_for_good_and_no_other(self) -> None:
        gone = given().disputed().by(BUYER, WITHDRAWAL)
        gone.when(BUYER, claim(Ground.QUALITY)).refused(Code.CLAIM_GIVEN_UP)
        gone.when(BUYER, claim(Ground.SHORT_QUANTITY)).then(e.DisputeOpened)

    def test_a58_a_part_given_up_leaves_the_rest_of_the_case(self) -> None:
        here = given().disputed().by(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY)))
        left = here.when(BUYER, WITHDRAWAL).then(e.ClaimWithdrawn)
        assert left.order.dispute is not None
        assert left.order.dispute.is_open
        assert [one.ground for one in left.order.dispute.claims] == [Ground.SHORT_QUANTITY]

    def test_a58_after_the_window_a_withdrawal_releases_at_once(self) -> None:
        here = given().delivered().after(days(29)).by(BUYER, claim(Ground.QUALITY)).after(days(5))
        gone = here.by(BUYER, WITHDRAWAL)
        released = gone.after(seconds(1)).settled()
        assert released.last(e.FundsReleased).at == gone.now

    def test_a58_within_the_window_the_money_waits_for_its_end(self) -> None:
        here = given().delivered()
        gone = here.after(days(1)).by(BUYER, claim(Ground.QUALITY)).by(BUYER, WITHDRAWAL)
        assert gone.due_at(ClockKind.CLAIM_WINDOW) == here.now + days(30)

    def test_r42_a_final_decision_is_not_withdrawn(self) -> None:
        decided = given().disputed().decided(100_000, condition=Condition.RETURN)
        final = decided.final()
        final.when(BUYER, WITHDRAWAL).refused(Code.NO_DISPUTE)
        given().delivered().when(BUYER, WITHDRAWAL).refused(Code.NO_DISPUTE)


def test_r41_evidence_of_the_case_is_not_lost_when_money_moves() -> None:
    """R43: what was given stays given, whatever else happens to the order."""
    here = given(ESCROW).disputed().by(BUYER, c.SubmitEvidence(item_hash="x"))
    here = here.by(BANK, payment(5, "p9"))
    assert here.order.dispute is not None
    assert [item.item_hash for item in here.order.dispute.evidence] == ["x"]
