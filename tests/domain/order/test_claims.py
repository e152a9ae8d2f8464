"""Claims at the door: what is admitted, what is refused by which rule, and the appeal (R11, R20, R21; A31 to A33, A57)."""

from __future__ import annotations

import pytest

from fairlot.domain.cover.explain import explain_all, explain_cover
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Claim, Status, Wish
from fairlot.domain.order.terms import Incoterm, Party, Proof
from fairlot.domain.policy.model import CoverKind, Ground
from tests.support.given import (
    BANK,
    BUYER,
    DUE,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    MEDIATOR,
    PRE_SHIPMENT,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    claim_on,
    days,
    delivery,
    given,
    local,
    seconds,
    shipment,
)

SEIZED_AS_FAKE = c.RecordSeizure(wrong_goods=True, notice_hash="n" * 64)
SEIZED_FOR_PAPERS = c.RecordSeizure(wrong_goods=False, notice_hash="n" * 64)


class TestCovered:
    """R20: late, wrong or defective, not received, in both editions with post-delivery cover."""

    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize(
        "ground",
        [
            Ground.QUALITY,
            Ground.SHORT_QUANTITY,
            Ground.COUNTERFEIT,
            Ground.WRONG_GOODS,
            Ground.FALSE_PROOF,
        ],
    )
    def test_r20_after_delivery(self, edition: str, ground: Ground) -> None:
        given(edition).delivered().when(BUYER, claim(ground)).then(e.DisputeOpened)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r20_shipment_later_than_agreed(self, edition: str) -> None:
        here = given(edition).paid()
        assert here.order.shipment_until is not None
        late = here.at(here.order.shipment_until + seconds(1))
        late.when(BUYER, claim(Ground.LATE)).then(e.DisputeOpened)
        late.when(BUYER, claim(Ground.NEVER_SHIPPED)).then(e.DisputeOpened)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r20_item_not_received(self, edition: str) -> None:
        here = given(edition).shipped()
        here.when(BUYER, claim(Ground.NOT_RECEIVED), after=days(45) + seconds(1)).then(
            e.DisputeOpened
        )

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r45_a_demand_for_more_money_is_a_ground(self, edition: str) -> None:
        demand = c.RecordPriceDemand(message_hash="m" * 64, amount_minor=150_000)
        here = given(edition).paid().by(BUYER, demand).stands(price_demanded=True)
        here.when(BUYER, claim(Ground.PRICE_RAISED)).then(e.DisputeOpened)
        given(edition).shipped().when(BUYER, claim(Ground.PRICE_RAISED)).refused(Code.ALL_SHIPPED)


class TestNotCovered:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize(
        "ground",
        [
            Ground.CUSTOMS_DELAY,
            Ground.DAMAGED_ON_THE_WAY,
            Ground.CARRIER_FAULT,
            Ground.PAID_OUTSIDE,
        ],
    )
    def test_r21_exclusions_are_refused_by_name(self, edition: str, ground: Ground) -> None:
        given(edition).delivered().when(BUYER, claim(ground)).refused(
            Code.GROUND_EXCLUDED, ground=ground
        )

    def test_r11_a_claim_stands_on_a_measurable_term(self) -> None:
        here = given().delivered()
        here.when(BUYER, claim(Ground.QUALITY, terms=())).refused(Code.NO_TERM_NAMED)
        here.when(BUYER, claim(Ground.QUALITY, terms=("T3",))).refused(
            Code.TERM_NOT_MEASURABLE, term="T3"
        )
        here.when(BUYER, claim(Ground.QUALITY, terms=("T9",))).refused(Code.UNKNOWN_TERM, term="T9")
        vague = given(terms=()).delivered()
        vague.when(BUYER, claim(Ground.QUALITY, terms=())).refused(Code.NO_TERM_NAMED)
        answer = explain_cover(
            vague.order, claim_on(Ground.QUALITY, terms=()), now=vague.now, policy=vague.policy
        )
        assert (answer.covered, answer.code) == (False, Code.TERM_NOT_MEASURABLE)

    def test_r21_a_dispute_after_thirty_days(self) -> None:
        given().delivered().when(BUYER, claim(Ground.QUALITY), after=days(31)).refused(
            Code.CLAIM_TOO_LATE
        )

    def test_nothing_can_be_claimed_that_was_not_paid(self) -> None:
        given().agreed().when(BUYER, claim(Ground.PRICE_RAISED)).refused(Code.NOT_PAID)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (c.OpenDispute(claims=()), Code.NO_TERM_NAMED),
            (
                c.OpenDispute(claims=(claim_on(Ground.LATE),) * 21),
                Code.TOO_MANY_EVENTS,
            ),
            (claim(Ground.QUALITY, 7), Code.UNKNOWN_LINE),
            (claim(Ground.SEIZED), Code.NOTHING_SEIZED),
            (
                claim(Ground.COUNTERFEIT, known_at=local("2030-01-01")),
                Code.INSTANT_IN_THE_FUTURE,
            ),
        ],
        ids=lambda value: value.value if isinstance(value, Code) else "",
    )
    def test_a_claim_without_sense_is_refused(self, command: c.OpenDispute, code: Code) -> None:
        given().delivered().when(BUYER, command).refused(code)

    @pytest.mark.parametrize(
        "ground", [Ground.SHORT_QUANTITY, Ground.COUNTERFEIT, Ground.NOT_RECEIVED]
    )
    def test_what_needs_goods_under_way_waits_for_them(self, ground: Ground) -> None:
        given().paid().when(BUYER, claim(ground)).refused(Code.NOTHING_SHIPPED)


class TestNotReceived:
    def test_a33_not_before_the_goods_were_to_arrive(self) -> None:
        here = given().shipped()
        opens_at = here.now + days(45)
        here.when(BUYER, claim(Ground.NOT_RECEIVED), at=opens_at).refused(
            Code.CLAIM_TOO_EARLY, opens_at=opens_at.isoformat()
        )
        extended = here.by(SUPPLIER, c.ExtendArrival(shipment_id="s1"))
        extended.when(BUYER, claim(Ground.NOT_RECEIVED), at=opens_at + seconds(1)).then(
            e.DisputeOpened
        )

    def test_a33_the_date_of_d_terms_is_the_agreed_arrival(self) -> None:
        here = given(incoterm=Incoterm.DDP).shipped()
        assert here.due_at(ClockKind.ARRIVAL) > DUE[ESCROW]
        never_came = claim(Ground.NOT_RECEIVED)
        here.when(BUYER, never_came, at=DUE[ESCROW]).refused(
            Code.CLAIM_TOO_EARLY, opens_at=DUE[ESCROW].isoformat()
        )
        here.when(BUYER, never_came, at=DUE[ESCROW] + seconds(1)).then(e.DisputeOpened)

    def test_a33_an_agreed_arrival_date_comes_first(self) -> None:
        here = given(arrival_date=local("2026-07-20").date()).shipped()
        here.when(BUYER, claim(Ground.NOT_RECEIVED), at=local("2026-07-20 12:00")).granted()
        here.when(BUYER, claim(Ground.NOT_RECEIVED), at=local("2026-07-18 12:00")).refused(
            Code.CLAIM_TOO_EARLY
        )

    @pytest.mark.parametrize(
        ("terms", "proof"),
        [
            ({"own_forwarder": True}, Proof.FORWARDER_RECEIPT),
            ({"carrier_chosen_by": Party.BUYER}, Proof.BILL_OF_LADING),
            ({"incoterm": Incoterm.EXW}, Proof.COLLECTION),
        ],
        ids=str,
    )
    def test_a32_the_buyers_own_carrier_is_the_buyers_risk(
        self, terms: dict[str, object], proof: Proof
    ) -> None:
        here = given(**terms).paid().by(SUPPLIER, shipment(proof=proof))  # type: ignore[arg-type]
        here.when(BUYER, claim(Ground.NOT_RECEIVED), after=days(60)).refused(
            Code.BUYERS_OWN_CARRIER
        )

    def test_a45_what_is_protected_of_a_line_is_what_is_missing_of_it(self) -> None:
        part = shipment("s1", quantities={1: 700})
        here = given().paid().at(DUE[ESCROW] - days(5)).by(SUPPLIER, part)

        def amount_minor(at: Given, ground: Ground) -> int:
            told = explain_cover(at.order, claim_on(ground), now=at.now, policy=at.policy)
            return told.amount_minor

        late = here.at(DUE[ESCROW] + days(1)).settled()
        assert amount_minor(late, Ground.NEVER_SHIPPED) == 300_000
        rest = shipment("s2", quantities={1: 300})
        gone = late.by(SUPPLIER, rest).by(BANK, delivery("s1"))
        waited = gone.after(days(46)).settled()
        assert amount_minor(waited, Ground.NOT_RECEIVED) == 300_000
        assert amount_minor(waited, Ground.QUALITY) == PRICE

    def test_a_proven_delivery_was_received(self) -> None:
        given().delivered().when(BUYER, claim(Ground.NOT_RECEIVED), after=days(20)).refused(
            Code.DELIVERY_PROVEN
        )


class TestFraud:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("cover", list(CoverKind))
    def test_a31_fraud_is_not_bound_by_the_kind_of_cover(
        self, edition: str, cover: CoverKind
    ) -> None:
        """A31, R45: 30 days from knowledge, at most 180 from shipment, with either kind of cover."""
        here = given(edition, cover).shipped()
        known = claim(Ground.COUNTERFEIT, known_at=here.now + days(3))
        here.when(BUYER, known, after=days(33)).then(e.DisputeOpened)
        here.when(BUYER, known, after=days(33) + seconds(1)).refused(Code.CLAIM_TOO_LATE)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a31_the_notice_of_a_seizure_is_knowledge(self, edition: str) -> None:
        here = given(edition).shipped().after(days(3)).by(BANK, SEIZED_AS_FAKE)
        seized_at = here.now
        told = explain_cover(
            here.order, claim_on(Ground.COUNTERFEIT), now=here.now, policy=here.policy
        )
        assert told.until == seized_at + days(30)
        fake = claim(Ground.COUNTERFEIT)
        here.when(BUYER, fake, at=seized_at + days(30)).then(e.DisputeOpened)
        here.when(BUYER, fake, at=seized_at + days(30) + seconds(1)).refused(Code.CLAIM_TOO_LATE)

    def test_a31_a_notice_after_the_goods_came_is_knowledge_all_the_same(self) -> None:
        """What only an authority saw is known from its notice, long after the window of other claims."""
        here = given().delivered().after(days(73)).by(BANK, SEIZED_AS_FAKE)
        seized_at = here.now
        fake = claim(Ground.COUNTERFEIT)
        here.when(BUYER, fake, at=seized_at + days(30)).then(e.DisputeOpened)
        here.when(BUYER, fake, at=seized_at + days(30) + seconds(1)).refused(Code.CLAIM_TOO_LATE)

    def test_a31_papers_kept_by_customs_tell_nothing_of_the_goods(self) -> None:
        here = given().shipped()
        last = here.now + days(180)
        kept = here.after(days(3)).by(BANK, SEIZED_FOR_PAPERS)
        told = explain_cover(
            kept.order, claim_on(Ground.COUNTERFEIT), now=kept.now, policy=kept.policy
        )
        assert told.until == last

    def test_a31_at_most_180_days_from_shipment(self) -> None:
        here = given().shipped()
        late = claim(Ground.COUNTERFEIT, known_at=here.now + days(170))
        here.when(BUYER, late, after=days(180)).then(e.DisputeOpened)
        here.when(BUYER, late, after=days(180) + seconds(1)).refused(Code.WRONG_STATUS)

    def test_a31_without_a_date_knowledge_begins_with_delivery(self) -> None:
        here = given().delivered()
        here.when(BUYER, claim(Ground.WRONG_GOODS), after=days(31)).refused(Code.CLAIM_TOO_LATE)

    def test_a68_goods_seized_as_counterfeit_are_no_customs_delay(self) -> None:
        here = given(GUARANTEE, PRE_SHIPMENT).shipped().by(BANK, SEIZED_AS_FAKE)
        here.when(BUYER, claim(Ground.SEIZED)).then(e.DisputeOpened)

    def test_a68_a_notice_of_the_customs_is_nobodys_own_word(self) -> None:
        """A seizure for the goods decides a case by itself, so neither party records it; both can submit the paper."""
        here = given().shipped()
        for party in (BUYER, SUPPLIER):
            here.when(party, SEIZED_AS_FAKE).refused(Code.NOT_PERMITTED)

    def test_a68_a_mere_delay_is_excluded(self) -> None:
        here = given().shipped().by(BANK, SEIZED_FOR_PAPERS)
        here.when(BUYER, claim(Ground.SEIZED)).refused(Code.GROUND_EXCLUDED, ground="customs_delay")


class TestExplained:
    """R21, programme section 5: the page and the claim desk give the same answer, for every trouble at any moment."""

    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("cover", list(CoverKind))
    def test_r21_the_page_never_promises_what_the_desk_refuses(
        self, edition: str, cover: CoverKind
    ) -> None:
        begin = given(edition, cover)
        moments = [
            begin.paid(),
            begin.paid().at(DUE[edition] + days(1)),
            begin.shipped().after(seconds(1)),
            begin.shipped().after(days(46)),
            begin.delivered(),
            begin.delivered().after(days(30)),
            begin.delivered().after(days(31)),
            begin.shipped().by(BANK, SEIZED_AS_FAKE).after(days(2)),
        ]
        for here in (moment.settled() for moment in moments):
            told = explain_all(here.order, now=here.now, policy=here.policy)
            assert [answer.ground for answer in told] == list(Ground)
            for answer in told:
                asked = here.when(BUYER, claim(answer.ground))
                assert (asked.refusal is None) == answer.admitted, (answer, asked.refusal)
                if not answer.admitted:
                    assert asked.refusal.code is answer.code  # type: ignore[union-attr]

    def test_a20_the_limit_caps_the_fund_and_not_what_is_held(self) -> None:
        here = given(covered_minor=600_000).delivered()
        held = explain_cover(here.order, claim_on(Ground.QUALITY), now=here.now, policy=here.policy)
        assert (held.amount_minor, held.held_minor, held.fund_minor) == (PRICE, PRICE, 0)
        released = here.by(BUYER, c.ConfirmReceipt())
        after = explain_cover(
            released.order, claim_on(Ground.QUALITY), now=released.now, policy=released.policy
        )
        assert (after.amount_minor, after.held_minor, after.fund_minor) == (600_000, 0, 600_000)

    def test_not_yet_says_from_when(self) -> None:
        here = given().shipped()
        answer = explain_cover(
            here.order, claim_on(Ground.NOT_RECEIVED), now=here.now, policy=here.policy
        )
        assert (answer.covered, answer.admitted) == (True, False)
        assert answer.opens_at == here.now + days(45)


class TestOneCase:
    def test_r43_one_case_at_a_time_and_further_claims_join_it(self) -> None:
        here = given().disputed()
        here.when(BUYER, claim(Ground.SHORT_QUANTITY)).refused(Code.DISPUTE_ALREADY_OPEN)
        joined = here.when(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY))).then(
            e.ClaimAdded
        )
        assert joined.order.dispute is not None
        assert len(joined.order.dispute.claims) == 2

    def test_a58_an_open_dispute_lengthens_no_window(self) -> None:
        here = given().delivered().after(days(29)).by(BUYER, claim(Ground.QUALITY))
        here.when(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY)), after=days(2)).refused(
            Code.CLAIM_TOO_LATE
        )

    def test_a_claim_joins_only_before_the_decision(self) -> None:
        decided = given().disputed().decided(100_000)
        decided.when(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY))).refused(
            Code.WRONG_STAGE
        )
        given().delivered().when(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY))).refused(
            Code.NO_DISPUTE
        )

    def test_there_is_an_end_to_claims(self) -> None:
        here = given().disputed()
        for number in range(19):
            other = claim_on(Ground.SHORT_QUANTITY, terms=(f"x{number}",))
            here = here.by(BUYER, c.AddClaim(claim=other))
        here.when(BUYER, c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY))).refused(
            Code.TOO_MANY_EVENTS, most=20
        )

    def test_what_was_decided_is_not_claimed_again(self) -> None:
        here = given().delivered().by(BUYER, claim(Ground.QUALITY)).decided(0).final()
        here.when(BUYER, claim(Ground.QUALITY)).refused(Code.CLAIM_DECIDED)
        here.when(BUYER, claim(Ground.SHORT_QUANTITY)).then(e.DisputeOpened)

    def test_a_claim_on_another_line_is_another_claim(self) -> None:
        here = given(lines=TWO_LINES).delivered().by(BUYER, claim(Ground.QUALITY, 1))
        ended = here.decided(0).final()
        ended.when(BUYER, claim(Ground.QUALITY, 1)).refused(Code.CLAIM_DECIDED)
        ended.when(BUYER, claim(Ground.QUALITY, 2)).then(e.DisputeOpened)

    def test_a_later_wish_replaces_the_one_before(self) -> None:
        here = given().delivered().by(BUYER, claim(Ground.QUALITY, wish=Wish.KEEP))
        more = c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY))
        assert here.by(BUYER, more).order.dispute.wish is Wish.KEEP  # type: ignore[union-attr]
        other = c.AddClaim(claim=claim_on(Ground.SHORT_QUANTITY), wish=Wish.PERFORMANCE)
        assert here.by(BUYER, other).order.dispute.wish is Wish.PERFORMANCE  # type: ignore[union-attr]


class TestRefusalAtTheDoor:
    """A57: a refusal by a rule can be appealed for seven days; a mediator decides in five business days."""

    def refused(self, edition: str = ESCROW) -> Given:
        here = given(edition).delivered().after(days(28))
        return here.when(BUYER, claim(Ground.CUSTOMS_DELAY)).refused(Code.GROUND_EXCLUDED)

    def test_a57_it_is_recorded_and_freezes_the_release(self) -> None:
        here = self.refused()
        assert here.last(e.ClaimRefused).appeal_until == here.now + days(7)
        here.after(days(3)).settled().stands(held_minor=PRICE)
        lapsed = here.after(days(7) + seconds(1)).settled()
        assert lapsed.last(e.RefusalLapsed).at == here.now + days(7)
        assert lapsed.last(e.FundsReleased).at == here.now + days(7)

    def test_a57_only_the_first_refusal_freezes(self) -> None:
        here = self.refused()
        again = here.when(BUYER, claim(Ground.CARRIER_FAULT)).refused(Code.GROUND_EXCLUDED)
        assert [r.freezes for r in again.order.refused_claims] == [True, False]
        repeated = again.when(BUYER, claim(Ground.CARRIER_FAULT)).refused(Code.GROUND_EXCLUDED)
        assert len(repeated.order.refused_claims) == 2

    def test_a57_a_claim_after_its_window_freezes_nothing(self) -> None:
        here = given().delivered().after(days(31))
        late = here.when(BUYER, claim(Ground.QUALITY)).refused(Code.CLAIM_TOO_LATE)
        assert [r.freezes for r in late.order.refused_claims] == [False]

    def test_a57_an_admitted_appeal_opens_the_case(self) -> None:
        here = self.refused().by(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r"))
        due = here.due_at(ClockKind.REFUSAL_DECISION)
        assert due == local("2026-08-28 23:59:59"), "five business days after Friday 21 August"
        admitted = c.DecideRefusal(refusal_id="q1", admit=True, reason_hash="r")
        here.when(MEDIATOR, admitted).then(e.RefusalDecided, e.DisputeOpened)
        denied = c.DecideRefusal(refusal_id="q1", admit=False, reason_hash="r")
        here.when(MEDIATOR, denied).then(e.RefusalDecided, admitted=False)

    def test_a57_undecided_in_time_it_stands_and_the_breach_is_published(self) -> None:
        here = self.refused().by(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r"))
        due = here.due_at(ClockKind.REFUSAL_DECISION)
        after = here.when_nobody_acts(due + seconds(1)).happened(
            e.PlatformBreached, e.RefusalDecided
        )
        assert after.last(e.RefusalDecided).by_lapse

    def test_a57_the_appeal_has_its_rules(self) -> None:
        here = self.refused()
        here.when(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="")).refused(
            Code.REASON_MISSING
        )
        here.when(BUYER, c.AppealRefusal(refusal_id="q9", reason_hash="r")).refused(
            Code.UNKNOWN_REFERENCE
        )
        appeal = c.AppealRefusal(refusal_id="q1", reason_hash="r")
        here.by(BUYER, appeal).when(BUYER, appeal).refused(Code.ALREADY_APPEALED)
        here.when(BUYER, appeal, after=days(7)).then(e.RefusalAppealed)
        here.when(BUYER, appeal, after=days(7) + seconds(1)).refused(Code.APPEAL_TOO_LATE)

    def test_a57_only_what_was_appealed_is_decided_and_with_a_reason(self) -> None:
        here = self.refused()
        denied = c.DecideRefusal(refusal_id="q1", admit=False, reason_hash="r")
        here.when(MEDIATOR, denied).refused(Code.WRONG_STAGE)
        appealed = here.by(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r"))
        bare = c.DecideRefusal(refusal_id="q1", admit=False, reason_hash="")
        appealed.when(MEDIATOR, bare).refused(Code.REASON_MISSING)

    def test_a_malformed_claim_or_one_too_early_leaves_no_record(self) -> None:
        early = (
            given().shipped().when(BUYER, claim(Ground.NOT_RECEIVED)).refused(Code.CLAIM_TOO_EARLY)
        )
        assert early.order.refused_claims == ()

    def test_there_is_an_end_to_recorded_refusals(self) -> None:
        here = given().delivered()
        for number in range(21):
            unlike = Claim(ground=Ground.CUSTOMS_DELAY, lines=(), term_ids=(f"x{number}",))
            here = here.when(BUYER, c.OpenDispute(claims=(unlike,))).refused(Code.GROUND_EXCLUDED)
        assert len(here.order.refused_claims) == 20


def test_a_closed_order_takes_no_claim() -> None:
    closed = given().delivered().quiet().stands(status=Status.CLOSED)
    closed.when(BUYER, claim(Ground.COUNTERFEIT)).refused(Code.WRONG_STATUS)


def test_goods_still_to_come_keep_their_lines_claimable() -> None:
    here = given(lines=TWO_LINES).paid().at(local("2026-06-20 09:00"))
    here = here.by(SUPPLIER, shipment("s1", quantities={1: 300})).after(days(20))
    here = here.by(BANK, delivery("s1")).after(days(8))
    here.when(BUYER, claim(Ground.QUALITY, 1)).then(e.DisputeOpened)
