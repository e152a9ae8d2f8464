"""Orders taken to where something can be asked: one situation for every command of an order, in which it is granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import next_deadline
from fairlot.domain.order.decide import decide
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.state import (
    Claim,
    Condition,
    CreditDocument,
    Discrepancy,
    InspectionStage,
    OfferKind,
    Outcome,
    Right,
    Wish,
)
from fairlot.domain.order.terms import Mode, Proof
from fairlot.domain.party import PROVIDER, Actor
from fairlot.domain.policy.loading import policy_id
from fairlot.domain.policy.model import Ground
from tests.support.scripts import HASH, SUPERVISOR, Played, Step, refuse_claim
from tests.support.trades import (
    BEGINNING,
    BUYER,
    INSPECTOR,
    MEDIATOR,
    NONE_FOUND,
    OPERATOR,
    SUPPLIER,
    TERMS,
    Trade,
    with_terms,
)

QUALITY = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
DEPOSIT_MINOR, BALANCE_MINOR = (one.amount_minor for one in TERMS.instalments)
EXCESS_MINOR = 50_000
CARD_FEE_BASIS_POINTS = 280
CARD_DEPOSIT_MINOR = DEPOSIT_MINOR + DEPOSIT_MINOR * CARD_FEE_BASIS_POINTS // 10_000
OFFERED_MINOR = 300_000
PAID_BACK_MINOR = 10_000
SECOND = dt.timedelta(seconds=1)
CREDIT = c.RecordCreditAdvised(
    credit_id="lc1",
    issuing_bank_bic="DEUTDEFF",
    amount_minor=TERMS.total_minor,
    currency=TERMS.currency,
    latest_shipment_date=dt.date(2027, 3, 15),
    expiry_date=dt.date(2027, 4, 15),
    documents=(CreditDocument.TRANSPORT_DOCUMENT,),
)
PRESENTED = c.PresentDocuments(
    amount_minor=TERMS.total_minor, documents=CREDIT.documents, document_hash=HASH
)


class Play(Played):
    """A trade that keeps what was asked, and goes on to where money, goods and claims are at stake."""

    def card_deposit(self, *, excess_minor: int = 0) -> Play:
        """Go on until the deposit is paid by card, with too much if asked."""
        self.agreed()
        self.ask(PROVIDER, payment("p1", CARD_DEPOSIT_MINOR + excess_minor, rail="card"))
        return self

    def offered(self, **terms: object) -> Play:
        """Go on until the supplier offers something in a dispute, a refund unless other terms are given."""
        terms = {"kind": OfferKind.REFUND, "amount_minor": OFFERED_MINOR} | terms
        self.disputed()
        self.ask(SUPPLIER, c.MakeOffer(offer=c.OfferTerms(id="o1", **terms)))  # type: ignore[arg-type]
        return self

    def escalated(self) -> Play:
        """Go on until the case is before a mediator who is not named yet."""
        self.disputed()
        self.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash=HASH))
        self.ask(BUYER, c.Escalate())
        return self

    def heard(self) -> Play:
        """Go on until the mediator is named."""
        self.escalated().ask(OPERATOR, c.NameMediator(mediator_id=MEDIATOR.person_id))
        return self

    def to_be_decided(self) -> Play:
        """Go on until both sides have been heard."""
        self.heard().pass_round()
        return self

    def decided(self) -> Play:
        """Go on until the mediator decides for part of the price."""
        self.to_be_decided().ask(MEDIATOR, DECIDE)
        return self

    def returning(self) -> Play:
        """Go on until goods have to go back by an accepted offer."""
        self.offered(kind=OfferKind.RETURN_AND_REFUND, amount_minor=OFFERED_MINOR)
        self.ask(BUYER, c.AcceptOffer(offer_id="o1"))
        return self

    def returned(self) -> Play:
        """Go on until the goods are back."""
        self.returning().wait(days=1)
        self.ask(BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH))
        self.wait(days=20)
        self.ask(SUPPLIER, c.RecordReturnArrived(proof_hash=HASH))
        return self

    def seeking(self) -> Play:
        """Go on until a refund is decided after the money was released, and has to be found elsewhere."""
        self.delivered().ask(BUYER, c.ConfirmReceipt())
        self.wait(days=1)
        self.ask(BUYER, c.OpenDispute(claims=(QUALITY,)))
        self.ask(SUPPLIER, MAKE_OFFER)
        self.ask(BUYER, c.AcceptOffer(offer_id="o1"))
        return self

    def number_only(self) -> Play:
        """Go on until goods have left by a carrier's number that shows no movement yet."""
        self.inspected().pay("p2", BALANCE_MINOR)
        proof = Proof.CARRIER_NUMBER
        self.ask(SUPPLIER, c.RecordShipment(shipment_id="s1", proof=proof, document_hash=HASH))
        return self

    def refused_claim(self, *, appealed: bool = False) -> Play:
        """Go on until a claim was refused at the door by a rule."""
        self.delivered().wait(days=1)
        refuse_claim(self)
        if appealed:
            self.ask(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash=HASH))
        return self


def payment(payment_id: str, amount_minor: int, *, rail: str = "wire") -> c.RecordPayment:
    """Return a payment in the order's currency."""
    return c.RecordPayment(
        payment_id=payment_id, rail=rail, amount_minor=amount_minor, currency=TERMS.currency
    )


MAKE_OFFER = c.MakeOffer(
    offer=c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=OFFERED_MINOR)
)
DECIDE = c.Decide(
    outcome=Outcome.PARTIAL_REFUND,
    amount_minor=OFFERED_MINOR,
    condition=Condition.NONE,
    reason_hash=HASH,
)
GRANT = c.Grant(enrolled=True, account_verified=True, cover_minor=TERMS.covered_minor)
BOOKING = c.BookInspection(
    inspection_id="i1", company="SGS", stage=InspectionStage.PRE_SHIPMENT, fee_minor=25_000
)
REPORT = c.RecordInspectionReport(
    inspection_id="i1",
    lot=3_000,
    line=1,
    critical=NONE_FOUND,
    major=c.Finding(found=40),
    minor=NONE_FOUND,
)
OPENING = c.OpenDraft(
    policy_id=policy_id(Play().policy), buyer_id="com_buyer", supplier_id="com_supplier"
)


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that lead somewhere, and the command that is granted there at an instant."""

    steps: tuple[Step, ...]
    asked: Step


def _at(play: Trade, actor: Actor, command: c.OrderCommand) -> Situation:
    assert isinstance(play, Play)
    return Situation(steps=tuple(play.steps), asked=Step(at=play.now, actor=actor, command=command))


def _sampled(*, sent: bool = False) -> Play:
    play = Play()
    play.drafted().ask(BUYER, c.RequestSample(sample_id="a1"))
    if sent:
        play.ask(SUPPLIER, c.RecordSampleSent(sample_id="a1", seal_hash=HASH))
    return play


def _mandated() -> Play:
    play = Play()
    play.drafted().ask(BUYER, MANDATE)
    return play


def _booked() -> Play:
    play = Play()
    play.in_production().ask(BUYER, BOOKING)
    return play


def _charged_back() -> Play:
    play = Play().card_deposit()
    play.ask(PROVIDER, CHARGEBACK)
    return play


def _paid_twice() -> Play:
    """The buyer has its deposit back twice: from the platform that gave the order up, and from its bank."""
    play = Play().card_deposit()
    play.ask(OPERATOR, c.CancelByPlatform(reason_hash=HASH))
    play.ask(PROVIDER, CHARGEBACK)
    play.ask(PROVIDER, c.RecordChargebackEnded(chargeback_id="cb1", won=False))
    return play


def _funded() -> Play:
    play = Play().seeking()
    play.ask(PROVIDER, c.RecordSetOff(refund_id="r1", taken_minor=0))
    return play


def _conditional() -> Play:
    play = Play().offered(kind=OfferKind.REWORK, until=Play().now + dt.timedelta(days=300))
    play.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    return play


def _with_evidence() -> Play:
    play = Play()
    play.disputed().ask(SUPPLIER, c.SubmitEvidence(item_hash=HASH))
    return play


def _past_the_window() -> Play:
    play = Play()
    play.delivered().wait(days=31)
    return play


def _moved() -> Situation:
    play = Play().number_only()
    handed_over_at = play.now
    play.wait(hours=5)
    return _at(play, PROVIDER, c.RecordMovement(shipment_id="s1", moved_at=handed_over_at))


MANDATE = c.GrantMandate(agent_id="com_agent", rights=(Right.DRAFT, Right.PAY))
CHARGEBACK = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=CARD_DEPOSIT_MINOR)
FIRST = TERMS.version_hash
CHANGED = with_terms(version_hash="e" * 64)
LEAVE = c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash=HASH)
COUNTERFEIT = Claim(ground=Ground.COUNTERFEIT, lines=(1,))

_MAKERS: dict[type[c.Command], Callable[[], Situation]] = {
    c.OpenDraft: lambda: _at(Play(), BUYER, OPENING),
    c.GrantMandate: lambda: _at(Play().drafted(), BUYER, MANDATE),
    c.RevokeMandate: lambda: _at(_mandated(), BUYER, c.RevokeMandate(agent_id="com_agent")),
    c.RequestSample: lambda: _at(Play().drafted(), BUYER, c.RequestSample(sample_id="a1")),
    c.RecordSampleSent: lambda: _at(
        _sampled(), SUPPLIER, c.RecordSampleSent(sample_id="a1", seal_hash=HASH)
    ),
    c.ApproveSample: lambda: _at(_sampled(sent=True), BUYER, c.ApproveSample(sample_id="a1")),
    c.RejectSample: lambda: _at(_sampled(sent=True), BUYER, c.RejectSample(sample_id="a1")),
    c.ProposeVersion: lambda: _at(Play().agreed(), SUPPLIER, c.ProposeVersion(terms=CHANGED)),
    c.WithdrawVersion: lambda: _at(Play().proposed(), BUYER, c.WithdrawVersion(version_hash=FIRST)),
    c.DeclineVersion: lambda: _at(
        Play().proposed(), SUPPLIER, c.DeclineVersion(version_hash=FIRST)
    ),
    c.AcceptVersion: lambda: _at(
        Play().proposed(), SUPPLIER, c.AcceptVersion(version_hash=FIRST, grant=GRANT)
    ),
    c.RecordPayment: lambda: _at(
        Play().agreed(), PROVIDER, payment("p1", DEPOSIT_MINOR + EXCESS_MINOR)
    ),
    c.RecordPaymentReversed: lambda: _at(
        Play().in_production(), PROVIDER, c.RecordPaymentReversed(payment_id="p1", code="R01")
    ),
    c.ConsentToFee: lambda: _at(Play().agreed(), BUYER, c.ConsentToFee(rail="card")),
    c.KeepExcess: lambda: _at(
        Play().card_deposit(excess_minor=EXCESS_MINOR), BUYER, c.KeepExcess(payment_id="p1")
    ),
    c.RecordCreditAdvised: lambda: _at(Play().agreed(), PROVIDER, CREDIT),
    c.PresentDocuments: lambda: _at(_by_credit(), SUPPLIER, PRESENTED),
    c.RecordDocumentsRefused: lambda: _at(
        _by_credit(PRESENTED),
        PROVIDER,
        c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,)),
    ),
    c.WaiveDiscrepancies: lambda: _at(
        _by_credit(msgspec.structs.replace(PRESENTED, documents=())),
        BUYER,
        c.WaiveDiscrepancies(signature_hash=HASH),
    ),
    c.RecordCreditHonoured: lambda: _at(
        _by_credit(PRESENTED),
        PROVIDER,
        c.RecordCreditHonoured(payment_id="c1", amount_minor=TERMS.total_minor),
    ),
    c.RecordRefundConfirmed: lambda: _at(
        Play().card_deposit(excess_minor=EXCESS_MINOR),
        PROVIDER,
        c.RecordRefundConfirmed(refund_id="r1", amount_minor=EXCESS_MINOR),
    ),
    c.RecordSetOff: lambda: _at(
        Play().seeking(), PROVIDER, c.RecordSetOff(refund_id="r1", taken_minor=100_000)
    ),
    c.RecordSupplierRepaid: lambda: _at(
        Play().seeking(),
        PROVIDER,
        c.RecordSupplierRepaid(refund_id="r1", amount_minor=OFFERED_MINOR),
    ),
    c.RecordRecovery: lambda: _at(
        _funded(), PROVIDER, c.RecordRecovery(recovery_id="v1", amount_minor=70_000)
    ),
    c.RecordInspectorPaid: lambda: _at(
        Play().inspected(), PROVIDER, c.RecordInspectorPaid(inspection_id="i1")
    ),
    c.RecordChargebackOpened: lambda: _at(Play().card_deposit(), PROVIDER, CHARGEBACK),
    c.RecordChargebackMessage: lambda: _at(
        _charged_back(), PROVIDER, c.RecordChargebackMessage(chargeback_id="cb1")
    ),
    c.RecordChargebackEnded: lambda: _at(
        _charged_back(), PROVIDER, c.RecordChargebackEnded(chargeback_id="cb1", won=False)
    ),
    c.RecordDebtPaid: lambda: _at(
        _paid_twice(), PROVIDER, c.RecordDebtPaid(amount_minor=PAID_BACK_MINOR)
    ),
    c.WriteOffDebt: lambda: _at(_paid_twice(), OPERATOR, c.WriteOffDebt(reason_hash=HASH)),
    c.RecordCardBlock: lambda: _at(Play().agreed(), PROVIDER, c.RecordCardBlock(since=BEGINNING)),
    c.RequestProductionUpdate: lambda: _at(
        Play().in_production(), BUYER, c.RequestProductionUpdate()
    ),
    c.PostProductionUpdate: lambda: _at(
        Play().in_production(), SUPPLIER, c.PostProductionUpdate(note_hash=HASH, percent=40)
    ),
    c.AgreeInspectionFee: lambda: _at(Play().in_production(), SUPPLIER, c.AgreeInspectionFee()),
    c.BookInspection: lambda: _at(Play().in_production(), BUYER, BOOKING),
    c.RecordInspectionReport: lambda: _at(_booked(), INSPECTOR, REPORT),
    c.RejectLot: lambda: _at(Play().inspected(major_found=40), BUYER, c.RejectLot()),
    c.RequestRework: lambda: _at(Play().inspected(major_found=40), BUYER, c.RequestRework()),
    c.WaiveFindings: lambda: _at(
        Play().inspected(major_found=40),
        BUYER,
        c.WaiveFindings(term_ids=("capacity",), signature_hash=HASH),
    ),
    c.NotifyGoodsReady: lambda: _at(Play().in_production(), SUPPLIER, c.NotifyGoodsReady()),
    c.RecordShipment: lambda: _at(_all_paid(), SUPPLIER, LEAVE),
    c.RecordMovement: _moved,
    c.ExtendArrival: lambda: _at(Play().shipped(), BUYER, c.ExtendArrival(shipment_id="s1")),
    c.RecordDelivery: lambda: _at(
        Play().shipped(), PROVIDER, c.RecordDelivery(shipment_id="s1", document_hash=HASH)
    ),
    c.ConfirmReceipt: lambda: _at(Play().delivered(), BUYER, c.ConfirmReceipt()),
    c.RecordSeizure: lambda: _at(
        Play().shipped(), PROVIDER, c.RecordSeizure(wrong_goods=True, notice_hash=HASH)
    ),
    c.CancelByPlatform: lambda: _at(
        Play().in_production(), OPERATOR, c.CancelByPlatform(reason_hash=HASH)
    ),
    c.RecordPriceDemand: lambda: _at(
        Play().in_production(), BUYER, c.RecordPriceDemand(message_hash=HASH, amount_minor=9_000)
    ),
    c.OpenDispute: lambda: _at(Play().delivered(), BUYER, c.OpenDispute(claims=(QUALITY,))),
    c.AddClaim: lambda: _at(Play().disputed(), BUYER, c.AddClaim(claim=COUNTERFEIT)),
    c.AppealRefusal: lambda: _at(
        Play().refused_claim(), BUYER, c.AppealRefusal(refusal_id="q1", reason_hash=HASH)
    ),
    c.DecideRefusal: lambda: _at(
        Play().refused_claim(appealed=True),
        MEDIATOR,
        c.DecideRefusal(refusal_id="q1", admit=True, reason_hash=HASH),
    ),
    c.AnswerDispute: lambda: _at(
        Play().disputed(), SUPPLIER, c.AnswerDispute(decline=True, reason_hash=HASH)
    ),
    c.MakeOffer: lambda: _at(Play().disputed(), SUPPLIER, MAKE_OFFER),
    c.WithdrawOffer: lambda: _at(Play().offered(), SUPPLIER, c.WithdrawOffer(offer_id="o1")),
    c.DeclineOffer: lambda: _at(Play().offered(), BUYER, c.DeclineOffer(offer_id="o1")),
    c.AcceptOffer: lambda: _at(Play().offered(), BUYER, c.AcceptOffer(offer_id="o1")),
    c.ConfirmFulfilled: lambda: _at(_conditional(), BUYER, c.ConfirmFulfilled()),
    c.ExtendNegotiation: lambda: _at(Play().disputed(), SUPPLIER, c.ExtendNegotiation()),
    c.Escalate: lambda: _at(Play().disputed(), SUPPLIER, c.Escalate()),
    c.NameMediator: lambda: _at(
        Play().escalated(), OPERATOR, c.NameMediator(mediator_id=MEDIATOR.person_id)
    ),
    c.SubmitEvidence: lambda: _at(Play().disputed(), BUYER, c.SubmitEvidence(item_hash=HASH)),
    c.ContestEvidence: lambda: _at(_with_evidence(), BUYER, c.ContestEvidence(item_hash=HASH)),
    c.StateWish: lambda: _at(Play().disputed(), BUYER, c.StateWish(wish=Wish.PERFORMANCE)),
    c.AskInspection: lambda: _at(Play().disputed(), BUYER, c.AskInspection()),
    c.Decide: lambda: _at(Play().to_be_decided(), MEDIATOR, DECIDE),
    c.Appeal: lambda: _at(
        Play().decided(), BUYER, c.Appeal(ground="new_evidence", reason_hash=HASH)
    ),
    c.WithdrawClaim: lambda: _at(
        Play().disputed(), BUYER, c.WithdrawClaim(claims=(QUALITY,), statement_hash=HASH)
    ),
    c.RecordCondition: lambda: _at(
        Play().returning(), INSPECTOR, c.RecordCondition(before=True, same=True, report_hash=HASH)
    ),
    c.RecordReturnSent: lambda: _at(
        Play().returning(), BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH)
    ),
    c.RecordReturnArrived: lambda: _at(
        _sent_back(), SUPPLIER, c.RecordReturnArrived(proof_hash=HASH)
    ),
    c.ContestReturn: lambda: _at(_reported_on(), SUPPLIER, c.ContestReturn(reason_hash=HASH)),
    c.DecideReturn: lambda: _at(
        _contested(), SUPERVISOR, c.DecideReturn(refunds=True, reason_hash=HASH)
    ),
    c.JudgeReturn: lambda: _at(Play().returned(), SUPPLIER, c.JudgeReturn()),
    c.SettleDue: lambda: _at(_past_the_window(), BUYER, c.SettleDue()),
}


def _all_paid() -> Play:
    play = Play()
    play.inspected().pay("p2", BALANCE_MINOR)
    return play


def _by_credit(*presented: c.PresentDocuments) -> Play:
    """Return an order under a letter of credit whose goods have left, with what was presented of it."""
    play = Play()
    play.agreed()
    play.ask(PROVIDER, CREDIT)
    bill = c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash=HASH)
    play.ask(SUPPLIER, bill)
    for command in presented:
        play.ask(SUPPLIER, command)
    return play


def _sent_back() -> Play:
    play = Play().returning()
    play.ask(BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH))
    return play


def _reported_on() -> Play:
    play = Play().returned()
    play.ask(INSPECTOR, c.RecordCondition(before=False, same=False, report_hash=HASH))
    return play


def _contested() -> Play:
    play = _reported_on()
    play.ask(BUYER, c.ContestReturn(reason_hash=HASH))
    return play


def situations() -> dict[type[c.Command], Situation]:
    """Return for every command a situation in which it is granted."""
    return {command_type: make() for command_type, make in _MAKERS.items()}


def overdue(situation: Situation) -> Situation | None:
    """Return the same a second after the next deadline, if the command is still granted then: something settles first."""
    play = replayed(situation)
    deadline = next_deadline(play.order, play.policy) if play.order.policy_id else None
    if deadline is None:
        return None
    play.now = max(play.now, whole_second(deadline) + SECOND)
    play.settle()
    asked = msgspec.structs.replace(situation.asked, at=play.now)
    try:
        decide(play.order, asked.command, actor=asked.actor, now=play.now, policy=play.policy)
    except Refused:
        return None
    return msgspec.structs.replace(situation, asked=asked)


def replayed(situation: Situation) -> Play:
    """Return the order as it stands when the situation's command is asked."""
    play = Play()
    for step in situation.steps:
        play.now = step.at
        try:
            play.ask(step.actor, step.command)
        except Refused as refusal:
            play._add(refusal.record)
    play.now = situation.asked.at
    return play
