"""Whole stories of orders, command by command: between them every command is granted at least once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import next_deadline
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.state import (
    Claim,
    Condition,
    InspectionStage,
    OfferKind,
    Outcome,
    Right,
    Wish,
    open_dispute,
)
from fairlot.domain.order.terms import Mode, Proof
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from tests.support.trades import (
    BUYER,
    INSPECTOR,
    MEDIATOR,
    NONE_FOUND,
    OPERATOR,
    SUPPLIER,
    Trade,
    with_terms,
)

HASH = "d" * 64
SUPERVISOR = Actor(role=Role.SUPERVISOR, company_id="com_platform", person_id="per_supervisor")
CAPACITY = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
WHOLE_PRICE_MINOR = 1_980_000


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One command of a script, and when it is asked."""

    at: dt.datetime
    actor: Actor
    command: c.OrderCommand


class Played(Trade):
    """A trade that keeps what was asked."""

    def __init__(self, *, whole: bool = False) -> None:
        instalments = with_terms().instalments
        terms = with_terms(
            instalments=(msgspec.structs.replace(instalments[0], amount_minor=WHOLE_PRICE_MINOR),)
            if whole
            else instalments
        )
        super().__init__(terms=terms)
        self.steps: list[Step] = []

    def ask(self, actor: Actor, command: c.OrderCommand) -> tuple[OrderEvent, ...]:
        """Ask a command and keep it. Raises Refused."""
        events = super().ask(actor, command)
        self.steps.append(Step(at=self.now, actor=actor, command=command))
        return events

    def pass_deadline(self) -> None:
        """Wait until just after the earliest clock has run out."""
        deadline = next_deadline(self.order, self.policy)
        assert deadline is not None
        self.wait_until(max(self.now, deadline + dt.timedelta(seconds=1)))
        self.settle()

    def confirm_refunds(self) -> None:
        """Have every refund confirmed as sent."""
        for refund in self.order.refunds:
            left = refund.amount_minor - refund.confirmed_minor
            if left > 0:
                self.ask(PROVIDER, c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=left))


def smooth() -> Played:
    """Samples, a version withdrawn and one declined, updates, inspection, shipment, receipt."""
    trade = Played()
    trade.drafted()
    trade.ask(BUYER, c.GrantMandate(agent_id="com_agent", rights=(Right.DRAFT,)))
    trade.ask(BUYER, c.RevokeMandate(agent_id="com_agent"))
    trade.ask(BUYER, c.RequestSample(sample_id="a1"))
    trade.ask(SUPPLIER, c.RecordSampleSent(sample_id="a1", seal_hash=HASH))
    trade.ask(BUYER, c.RejectSample(sample_id="a1"))
    trade.ask(BUYER, c.RequestSample(sample_id="a2"))
    trade.ask(SUPPLIER, c.RecordSampleSent(sample_id="a2", seal_hash=HASH))
    trade.ask(BUYER, c.ApproveSample(sample_id="a2"))
    first, second = "1" * 64, "2" * 64
    for version_hash in (first, second):
        terms = msgspec.structs.replace(trade.terms, version_hash=version_hash)
        trade.ask(BUYER, c.ProposeVersion(terms=terms))
        if version_hash == first:
            trade.ask(BUYER, c.WithdrawVersion(version_hash=first))
        else:
            trade.ask(SUPPLIER, c.DeclineVersion(version_hash=second))
    trade.ask(BUYER, c.ProposeVersion(terms=trade.terms))
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=trade.terms.covered_minor)
    accept = c.AcceptVersion(version_hash=trade.terms.version_hash, grant=grant)
    trade.ask(SUPPLIER, accept)
    trade.pay("p1", 600_000)
    trade.ask(BUYER, c.KeepExcess(payment_id="p1"))
    trade.wait(days=3)
    trade.ask(BUYER, c.RequestProductionUpdate())
    trade.ask(SUPPLIER, c.PostProductionUpdate(note_hash=HASH, percent=40))
    _inspect(trade, "i1")
    trade.ask(OPERATOR, c.RecordInspectorPaid(inspection_id="i1"))
    trade.ask(SUPPLIER, c.NotifyGoodsReady())
    trade.pay("p2", 1_380_000)
    _ship(trade, proof=Proof.CARRIER_NUMBER)
    trade.wait(days=1)
    trade.ask(PROVIDER, c.RecordMovement(shipment_id="s1", moved_at=trade.now))
    trade.ask(BUYER, c.ExtendArrival(shipment_id="s1"))
    trade.wait(days=20)
    _deliver(trade)
    trade.ask(BUYER, c.ConfirmReceipt())
    return trade


def failed_inspection() -> Played:
    """A lot that fails: reworked, failing again, waived; and the fee that the supplier bears."""
    trade = Played()
    trade.in_production()
    trade.ask(SUPPLIER, c.AgreeInspectionFee())
    _inspect(trade, "i1", major_found=50)
    trade.ask(BUYER, c.RequestRework())
    _inspect(trade, "i2", major_found=50)
    trade.ask(BUYER, c.WaiveFindings(term_ids=("capacity",), signature_hash=HASH))
    return trade


def rejected_lot() -> Played:
    """A lot that fails and is rejected."""
    trade = Played()
    trade.in_production()
    _inspect(trade, "i1", major_found=50)
    trade.ask(BUYER, c.RejectLot())
    return trade


def settled_by_offer() -> Played:
    """A dispute: answered, offers withdrawn, declined and accepted, money sent back."""
    trade = _disputed()
    trade.ask(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""))
    trade.ask(BUYER, c.SubmitEvidence(item_hash=HASH))
    trade.ask(SUPPLIER, c.ContestEvidence(item_hash=HASH))
    trade.ask(BUYER, c.StateWish(wish=Wish.KEEP))
    trade.ask(BUYER, c.AskInspection())
    _offer(trade, "o1", 1_000)
    trade.ask(SUPPLIER, c.WithdrawOffer(offer_id="o1"))
    _offer(trade, "o2", 2_000)
    trade.ask(BUYER, c.DeclineOffer(offer_id="o2"))
    trade.ask(BUYER, c.ExtendNegotiation())
    _offer(trade, "o3", 300_000)
    trade.ask(BUYER, c.AcceptOffer(offer_id="o3"))
    trade.confirm_refunds()
    return trade


def replaced() -> Played:
    """A dispute settled by replacement goods, confirmed as received."""
    trade = _disputed()
    offer = c.OfferTerms(
        id="o1", kind=OfferKind.REPLACEMENT, quantity=100, until=trade.now + dt.timedelta(days=40)
    )
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
    trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    trade.ask(BUYER, c.ConfirmFulfilled())
    return trade


def given_up() -> Played:
    """A dispute with a further claim, given up."""
    trade = _disputed()
    trade.ask(BUYER, c.AddClaim(claim=Claim(ground=Ground.SHORT_QUANTITY, lines=(1,), term_ids=())))
    dispute = open_dispute(trade.order)
    assert dispute is not None
    trade.ask(BUYER, c.WithdrawClaim(claims=dispute.claims, statement_hash=HASH))
    return trade


def decided_and_appealed() -> Played:
    """Mediation, a decision for part of the price, an appeal that changes nothing, money after the release."""
    trade = _in_mediation()
    decision = c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=500_000, reason_hash=HASH)
    trade.pass_round()
    trade.ask(MEDIATOR, decision)
    trade.ask(SUPPLIER, c.Appeal(ground="new_evidence", reason_hash=HASH))
    trade.ask(SUPERVISOR, c.NameMediator(mediator_id="per_second"))
    second = Actor(role=Role.MEDIATOR, company_id="com_platform", person_id="per_second")
    trade.pass_round()
    trade.ask(second, decision)
    trade.pass_deadline()
    trade.confirm_refunds()
    return trade


def returned() -> Played:
    """A decision that the goods go back: their condition before and after, their way, the judgement."""
    trade = _in_mediation()
    decision = c.Decide(
        outcome=Outcome.FULL_REFUND,
        amount_minor=at_stake_minor(trade.order),
        condition=Condition.RETURN,
        otherwise_minor=500_000,
        reason_hash=HASH,
    )
    trade.pass_round()
    trade.ask(MEDIATOR, decision)
    trade.pass_deadline()
    trade.ask(INSPECTOR, c.RecordCondition(before=True, same=True, report_hash=HASH))
    trade.ask(BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH))
    trade.wait(days=20)
    trade.ask(PROVIDER, c.RecordReturnArrived(proof_hash=HASH))
    trade.ask(INSPECTOR, c.RecordCondition(before=False, same=True, report_hash=HASH))
    trade.ask(SUPPLIER, c.JudgeReturn())
    trade.confirm_refunds()
    return trade


def claimed_after_release() -> Played:
    """A claim after the money went to the supplier: sought from it, advanced by the fund, recovered."""
    trade = Played()
    trade.delivered()
    trade.ask(BUYER, c.ConfirmReceipt())
    trade.wait(days=1)
    trade.ask(BUYER, c.OpenDispute(claims=(CAPACITY,)))
    _offer(trade, "o1", 400_000)
    trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    refund_id = trade.order.seeking[0].refund_id
    trade.ask(PROVIDER, c.RecordSupplierRepaid(refund_id=refund_id, amount_minor=10_000))
    trade.ask(PROVIDER, c.RecordSetOff(refund_id=refund_id, taken_minor=5_000))
    trade.ask(PROVIDER, c.RecordRecovery(recovery_id="r1", amount_minor=1_000))
    trade.confirm_refunds()
    return trade


def refused_claim() -> Played:
    """Claims refused at the door, appealed and decided; goods seized; a price demand."""
    trade = Played()
    trade.shipped()
    trade.ask(BUYER, c.RecordPriceDemand(message_hash=HASH))
    trade.ask(PROVIDER, c.RecordSeizure(wrong_goods=False, notice_hash=HASH))
    trade.wait(days=30)
    _deliver(trade)
    return trade


def refused_at_the_door() -> Played:
    """A claim on a ground that is never the supplier's doing; the buyer appeals and loses."""
    trade = Played()
    trade.delivered()
    trade.wait(days=1)
    refuse_claim(trade)
    trade.ask(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash=HASH))
    trade.ask(MEDIATOR, c.DecideRefusal(refusal_id="q1", admit=False, reason_hash=HASH))
    return trade


def charged_back() -> Played:
    """A card payment charged back, and won; another that bounces."""
    trade = Played()
    trade.agreed()
    trade.pay("p1", 594_000)
    _pay_by_card(trade, "p2", 594_000)
    trade.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id="b1", amount_minor=100_000))
    trade.ask(PROVIDER, c.RecordChargebackEnded(chargeback_id="b1", won=True))
    trade.ask(PROVIDER, c.RecordPaymentReversed(payment_id="p1", code="R01"))
    return trade


SCRIPTS: dict[str, Callable[[], Played]] = {
    script.__name__: script
    for script in (
        smooth,
        failed_inspection,
        rejected_lot,
        settled_by_offer,
        replaced,
        given_up,
        decided_and_appealed,
        returned,
        claimed_after_release,
        refused_claim,
        refused_at_the_door,
        charged_back,
    )
}


@functools.cache
def steps_of(name: str) -> tuple[Step, ...]:
    """Return the steps of a script."""
    return tuple(SCRIPTS[name]().steps)


@functools.cache
def prefix_of_every_command() -> dict[str, tuple[tuple[Step, ...], Step]]:
    """Return for every command, by name, the steps before the first time it is granted, and that step."""
    found: dict[str, tuple[tuple[Step, ...], Step]] = {}
    for name in SCRIPTS:
        steps = steps_of(name)
        for number, step in enumerate(steps):
            found.setdefault(type(step.command).__name__, (steps[:number], step))
    return found


def refuse_claim(trade: Trade) -> None:
    """Have a claim refused at the door; its trace is kept, as it is on the write path."""
    command = c.OpenDispute(claims=(Claim(ground=Ground.CUSTOMS_DELAY, lines=(), term_ids=()),))
    try:
        trade.ask(BUYER, command)
    except Refused as refusal:
        trade._add(refusal.record)
        if isinstance(trade, Played):
            trade.steps.append(Step(at=trade.now, actor=BUYER, command=command))
    else:
        raise AssertionError("the claim was admitted")


def _inspect(trade: Trade, inspection_id: str, *, major_found: int = 0) -> None:
    booking = c.BookInspection(
        inspection_id=inspection_id,
        company="SGS",
        stage=InspectionStage.PRE_SHIPMENT,
        fee_minor=25_000,
    )
    trade.ask(BUYER, booking)
    report = c.RecordInspectionReport(
        inspection_id=inspection_id,
        lot=3_000,
        line=1,
        critical=NONE_FOUND,
        major=c.Finding(found=major_found),
        minor=NONE_FOUND,
    )
    trade.ask(INSPECTOR, report)


def _ship(trade: Trade, *, proof: Proof) -> None:
    trade.ask(SUPPLIER, c.RecordShipment(shipment_id="s1", proof=proof, document_hash=HASH))


def _deliver(trade: Trade) -> None:
    delivery = c.RecordDelivery(shipment_id="s1", document_hash=HASH, delivered_at=trade.now)
    trade.ask(SUPPLIER, delivery)


def _disputed() -> Played:
    trade = Played()
    trade.disputed()
    return trade


def _in_mediation() -> Played:
    trade = _disputed()
    trade.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash=HASH))
    trade.ask(BUYER, c.Escalate())
    trade.ask(OPERATOR, c.NameMediator(mediator_id="per_mediator"))
    return trade


def _offer(trade: Trade, offer_id: str, amount_minor: int) -> None:
    offer = c.OfferTerms(id=offer_id, kind=OfferKind.REFUND, amount_minor=amount_minor)
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))


def _pay_by_card(trade: Trade, payment_id: str, amount_minor: int) -> None:
    trade.ask(
        PROVIDER,
        c.RecordPayment(
            payment_id=payment_id, rail="card", amount_minor=amount_minor, currency="USD"
        ),
    )
