"""Rulings that meet: what happens to one promise while another one runs on the same order."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, DisputeStatus, OfferKind, Status, Wish
from fairlot.domain.order.terms import Incoterm, Instalment, Line, Mode, Proof
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    DAILY,
    EDITIONS,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    PRICE,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    days,
    delivery,
    given,
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
