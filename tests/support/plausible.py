"""One plausible form of every command, made from the order as it stands: what somebody would ask now, right or wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import get_args

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.standing import missing_minor, net_paid_minor
from fairlot.domain.order.state import (
    Claim,
    CreditDocument,
    Discrepancy,
    InspectionStage,
    OfferKind,
    Order,
    Outcome,
    Right,
    Status,
    Wish,
    open_dispute,
)
from fairlot.domain.order.terms import Mode, Proof, Terms, required_proof
from fairlot.domain.policy.model import Ground

HASH = "f" * 64
NEW = "new"
BLOCKED_AT = dt.datetime(2017, 1, 1, tzinfo=dt.UTC)
NONE_FOUND = c.Finding(found=0)
ALL_COMMANDS: tuple[type[c.Command], ...] = get_args(c.OrderCommand)


class Seen(msgspec.Struct, frozen=True):
    """What is looked at: the order, the present instant, the terms of its first version."""

    order: Order
    now: dt.datetime
    terms: Terms


CREDIT_DOCUMENTS = (CreditDocument.COMMERCIAL_INVOICE, CreditDocument.TRANSPORT_DOCUMENT)
Builder = Callable[[Seen], c.OrderCommand]


def plausible(
    order: Order, command_type: type[c.Command], *, now: dt.datetime, terms: Terms
) -> c.OrderCommand:
    """Return the command as somebody would ask it of this order now; `terms` are those of its first version."""
    return BUILDERS[command_type](Seen(order, now, terms))


def always(command: c.OrderCommand) -> Builder:
    def build(_: Seen) -> c.OrderCommand:
        return command

    return build


def _sample(order: Order) -> str:
    return order.samples[0].id if order.samples else "a"


def _unsent(order: Order) -> str:
    return next((sample.id for sample in order.samples if not sample.sent), _sample(order))


def _propose(seen: Seen) -> c.OrderCommand:
    return c.ProposeVersion(
        terms=msgspec.structs.replace(seen.order.terms or seen.terms, version_hash="3" * 64)
    )


def _version(order: Order) -> str:
    return order.proposal.terms.version_hash if order.proposal is not None else HASH


def _accept(seen: Seen) -> c.OrderCommand:
    cover = seen.terms.covered_minor if seen.order.status is Status.PROPOSED else 0
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=cover)
    return c.AcceptVersion(version_hash=_version(seen.order), grant=grant)


def _pay(seen: Seen) -> c.OrderCommand:
    amount = missing_minor(seen.order) if seen.order.terms is not None else seen.terms.total_minor
    return c.RecordPayment(
        payment_id=f"p{len(seen.order.payments) + len(seen.order.suspense) + 1}",
        rail="wire",
        amount_minor=amount or 1_000,
        currency=seen.terms.currency,
    )


def _credit(seen: Seen) -> c.OrderCommand:
    date = seen.order.shipment_date or seen.terms.shipment_date or seen.now.date()
    return c.RecordCreditAdvised(
        credit_id="lc1",
        issuing_bank_bic="DEUTDEFF",
        amount_minor=seen.terms.total_minor,
        currency=seen.terms.currency,
        latest_shipment_date=date,
        expiry_date=date + dt.timedelta(days=30),
        documents=CREDIT_DOCUMENTS,
    )


def _payment(order: Order) -> str:
    return order.payments[-1].id if order.payments else "p1"


def _confirm_refund(seen: Seen) -> c.OrderCommand:
    for refund in seen.order.refunds:
        if refund.amount_minor > refund.confirmed_minor:
            due = refund.amount_minor - refund.confirmed_minor
            return c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=due)
    return c.RecordRefundConfirmed(refund_id="r1", amount_minor=1)


def _sought(order: Order) -> str:
    return order.seeking[0].refund_id if order.seeking else "r1"


def _recover(seen: Seen) -> c.OrderCommand:
    owed = seen.order.funds.receivable_minor + seen.order.funds.uncovered_minor
    return c.RecordRecovery(recovery_id="v1", amount_minor=owed or 1)


def _inspection(order: Order, *, reported: bool) -> str:
    for inspection in order.inspections:
        if (inspection.report is not None) == reported and not inspection.lapsed:
            return inspection.id
    return "i1"


def _book(seen: Seen) -> c.OrderCommand:
    stage = InspectionStage.PRE_SHIPMENT
    if open_dispute(seen.order) is not None:
        stage = InspectionStage.DISPUTE
    return c.BookInspection(
        inspection_id=f"i{len(seen.order.inspections) + 1}",
        company="SGS",
        stage=stage,
        fee_minor=25_000,
    )


def _report(seen: Seen) -> c.OrderCommand:
    lot = sum(line.quantity for line in seen.terms.lines)
    return c.RecordInspectionReport(
        inspection_id=_inspection(seen.order, reported=False),
        lot=max(2, lot),
        critical=NONE_FOUND,
        major=NONE_FOUND,
        minor=NONE_FOUND,
    )


def _waive(seen: Seen) -> c.OrderCommand:
    return c.WaiveFindings(term_ids=(seen.terms.terms[0].id,), signature_hash=HASH)


def _ship(seen: Seen) -> c.OrderCommand:
    proof = required_proof(seen.order.terms or seen.terms)
    if proof is Proof.ARRIVAL:
        proof = Proof.CARRIER_RECEIPT
    return c.RecordShipment(
        shipment_id=f"s{len(seen.order.shipments) + 1}", proof=proof, document_hash=HASH
    )


def _shipment(order: Order) -> str:
    return order.shipments[-1].id if order.shipments else "s1"


def _claim(ground: Ground, terms: Terms) -> Claim:
    named = tuple(term.id for term in terms.terms if term.claimable)[:1]
    return Claim(ground=ground, lines=(), term_ids=named if ground is Ground.QUALITY else ())


def _ground(order: Order, now: dt.datetime) -> Ground:
    if order.shipments:
        return Ground.QUALITY
    late = order.shipment_until is not None and now > order.shipment_until
    return Ground.LATE if late else Ground.PRICE_RAISED


def _open(seen: Seen) -> c.OrderCommand:
    return c.OpenDispute(claims=(_claim(_ground(seen.order, seen.now), seen.terms),))


def _refused(order: Order) -> str:
    return order.refused_claims[-1].id if order.refused_claims else "q1"


def _offer(seen: Seen) -> c.OrderCommand:
    amount = max(1, min(1_000, net_paid_minor(seen.order)))
    offers = len(seen.order.dispute.offers) if seen.order.dispute is not None else 0
    terms = c.OfferTerms(id=f"{NEW}{offers}", kind=OfferKind.REFUND, amount_minor=amount)
    return c.MakeOffer(offer=terms)


def _offered(order: Order) -> str:
    dispute = order.dispute
    return dispute.offers[-1].id if dispute is not None and dispute.offers else "o1"


def _name(seen: Seen) -> c.OrderCommand:
    dispute = seen.order.dispute
    again = dispute is not None and dispute.first_mediator_id == "per_mediator"
    return c.NameMediator(mediator_id="per_second" if again else "per_mediator")


def _evidence(seen: Seen) -> c.OrderCommand:
    count = len(seen.order.dispute.evidence) if seen.order.dispute is not None else 0
    return c.SubmitEvidence(item_hash=f"item{count}")


def _contest(seen: Seen) -> c.OrderCommand:
    given = seen.order.dispute.evidence if seen.order.dispute is not None else ()
    return c.ContestEvidence(item_hash=given[-1].item_hash if given else "item")


def _decide(seen: Seen) -> c.OrderCommand:
    whole = net_paid_minor(seen.order)
    outcome = Outcome.FULL_REFUND if whole > 0 else Outcome.FOR_SUPPLIER
    return c.Decide(outcome=outcome, amount_minor=whole, reason_hash=HASH)


def _withdraw(seen: Seen) -> c.OrderCommand:
    claims = seen.order.dispute.claims if seen.order.dispute is not None else ()
    return c.WithdrawClaim(
        claims=claims or (_claim(_ground(seen.order, seen.now), seen.terms),), statement_hash=HASH
    )


def _condition(seen: Seen) -> c.OrderCommand:
    arrived = seen.order.goods_return is not None and seen.order.goods_return.arrived_at is not None
    return c.RecordCondition(before=not arrived, same=True, report_hash=HASH)


def _chargeback(order: Order) -> str:
    return order.chargeback.id if order.chargeback is not None else "cb1"


BUILDERS: dict[type[c.Command], Builder] = {
    c.OpenDraft: always(
        c.OpenDraft(policy_id="any", buyer_id="com_buyer", supplier_id="com_supplier")
    ),
    c.GrantMandate: always(c.GrantMandate(agent_id="com_agent", rights=tuple(Right))),
    c.RevokeMandate: always(c.RevokeMandate(agent_id="com_agent")),
    c.RequestSample: lambda seen: c.RequestSample(sample_id=f"a{len(seen.order.samples)}"),
    c.RecordSampleSent: lambda seen: c.RecordSampleSent(
        sample_id=_unsent(seen.order), seal_hash=HASH
    ),
    c.ApproveSample: lambda seen: c.ApproveSample(sample_id=_sample(seen.order)),
    c.RejectSample: lambda seen: c.RejectSample(sample_id=_sample(seen.order)),
    c.ProposeVersion: _propose,
    c.WithdrawVersion: lambda seen: c.WithdrawVersion(version_hash=_version(seen.order)),
    c.DeclineVersion: lambda seen: c.DeclineVersion(version_hash=_version(seen.order)),
    c.AcceptVersion: _accept,
    c.RecordPayment: _pay,
    c.RecordPaymentReversed: lambda seen: c.RecordPaymentReversed(
        payment_id=_payment(seen.order), code="R01"
    ),
    c.ConsentToFee: always(c.ConsentToFee(rail="card")),
    c.KeepExcess: lambda seen: c.KeepExcess(payment_id=_payment(seen.order)),
    c.CancelByPlatform: always(c.CancelByPlatform(reason_hash=HASH)),
    c.RecordCreditAdvised: _credit,
    c.PresentDocuments: lambda seen: c.PresentDocuments(
        amount_minor=seen.terms.total_minor, documents=CREDIT_DOCUMENTS, document_hash=HASH
    ),
    c.RecordDocumentsRefused: always(
        c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,))
    ),
    c.WaiveDiscrepancies: always(c.WaiveDiscrepancies(signature_hash=HASH)),
    c.RecordCreditHonoured: lambda seen: c.RecordCreditHonoured(
        payment_id="c1", amount_minor=seen.terms.total_minor
    ),
    c.RecordRefundConfirmed: _confirm_refund,
    c.RecordSetOff: lambda seen: c.RecordSetOff(refund_id=_sought(seen.order), taken_minor=0),
    c.RecordSupplierRepaid: lambda seen: c.RecordSupplierRepaid(
        refund_id=_sought(seen.order), amount_minor=1
    ),
    c.RecordRecovery: _recover,
    c.RecordInspectorPaid: lambda seen: c.RecordInspectorPaid(
        inspection_id=_inspection(seen.order, reported=True)
    ),
    c.RecordChargebackOpened: always(
        c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_000)
    ),
    c.RecordChargebackMessage: lambda seen: c.RecordChargebackMessage(
        chargeback_id=_chargeback(seen.order)
    ),
    c.RecordChargebackEnded: lambda seen: c.RecordChargebackEnded(
        chargeback_id=_chargeback(seen.order), won=True
    ),
    c.RecordDebtPaid: always(c.RecordDebtPaid(amount_minor=1)),
    c.WriteOffDebt: always(c.WriteOffDebt(reason_hash=HASH)),
    c.RecordCardBlock: lambda seen: c.RecordCardBlock(
        since=None if seen.order.card_blocked_at is not None else BLOCKED_AT
    ),
    c.RequestProductionUpdate: always(c.RequestProductionUpdate()),
    c.PostProductionUpdate: always(c.PostProductionUpdate(note_hash=HASH, percent=50)),
    c.AgreeInspectionFee: always(c.AgreeInspectionFee()),
    c.BookInspection: _book,
    c.RecordInspectionReport: _report,
    c.RejectLot: always(c.RejectLot()),
    c.RequestRework: always(c.RequestRework()),
    c.WaiveFindings: _waive,
    c.NotifyGoodsReady: always(c.NotifyGoodsReady()),
    c.RecordShipment: _ship,
    c.RecordMovement: lambda seen: c.RecordMovement(
        shipment_id=_shipment(seen.order), moved_at=seen.now
    ),
    c.ExtendArrival: lambda seen: c.ExtendArrival(shipment_id=_shipment(seen.order)),
    c.RecordDelivery: lambda seen: c.RecordDelivery(
        shipment_id=_shipment(seen.order), document_hash=HASH
    ),
    c.ConfirmReceipt: always(c.ConfirmReceipt()),
    c.RecordSeizure: always(c.RecordSeizure(wrong_goods=True, notice_hash=HASH)),
    c.RecordPriceDemand: always(c.RecordPriceDemand(message_hash=HASH)),
    c.OpenDispute: _open,
    c.AddClaim: lambda seen: c.AddClaim(
        claim=_claim(
            Ground.SHORT_QUANTITY if seen.order.shipments else Ground.PRICE_RAISED, seen.terms
        )
    ),
    c.AppealRefusal: lambda seen: c.AppealRefusal(
        refusal_id=_refused(seen.order), reason_hash=HASH
    ),
    c.DecideRefusal: lambda seen: c.DecideRefusal(
        refusal_id=_refused(seen.order), admit=True, reason_hash=HASH
    ),
    c.AnswerDispute: always(c.AnswerDispute(decline=True, reason_hash=HASH)),
    c.MakeOffer: _offer,
    c.WithdrawOffer: lambda seen: c.WithdrawOffer(offer_id=_offered(seen.order)),
    c.DeclineOffer: lambda seen: c.DeclineOffer(offer_id=_offered(seen.order)),
    c.AcceptOffer: lambda seen: c.AcceptOffer(offer_id=_offered(seen.order)),
    c.ConfirmFulfilled: always(c.ConfirmFulfilled()),
    c.ExtendNegotiation: always(c.ExtendNegotiation()),
    c.Escalate: always(c.Escalate()),
    c.NameMediator: _name,
    c.SubmitEvidence: _evidence,
    c.ContestEvidence: _contest,
    c.StateWish: always(c.StateWish(wish=Wish.PERFORMANCE)),
    c.AskInspection: always(c.AskInspection()),
    c.Decide: _decide,
    c.Appeal: always(c.Appeal(ground="new_evidence", reason_hash=HASH)),
    c.WithdrawClaim: _withdraw,
    c.RecordCondition: _condition,
    c.RecordReturnSent: always(c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH)),
    c.RecordReturnArrived: always(c.RecordReturnArrived(proof_hash=HASH)),
    c.ContestReturn: always(c.ContestReturn(reason_hash=HASH)),
    c.DecideReturn: always(c.DecideReturn(refunds=True, reason_hash=HASH)),
    c.JudgeReturn: always(c.JudgeReturn()),
    c.SettleDue: always(c.SettleDue()),
}
