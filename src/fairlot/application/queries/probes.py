"""One plausible form of every command, made from the order itself, so that deciding can be asked: would this be granted?

A probe fills in what a person would: an id that exists, a reason, the proof that the contract wants. It is never sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.state import (
    Claim,
    CreditDocument,
    Discrepancy,
    InspectionStage,
    Offer,
    OfferKind,
    Order,
    Outcome,
    PaymentStatus,
    Wish,
    open_dispute,
)
from fairlot.domain.order.terms import (
    Incoterm,
    Instalment,
    InstalmentDue,
    Line,
    Mode,
    Proof,
    Terms,
    required_proof,
)
from fairlot.domain.policy.model import Ground

ID = "probe"
HASH = "0" * 64
FINDING = c.Finding(found=0)

Probe = Callable[[Order, Asked], Iterator[c.OrderCommand]]


def probes_of(
    order: Order, command_type: type[c.Command], asked: Asked
) -> Iterator[c.OrderCommand]:
    """Yield forms of a command that could be meant now; none when the order has nothing that it could be about."""
    return PROBES[command_type](order, asked)


def _always(command: c.OrderCommand) -> Probe:
    def probe(_order: Order, _asked: Asked) -> Iterator[c.OrderCommand]:
        yield command

    return probe


def _propose(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    terms = order.terms or (order.proposal.terms if order.proposal is not None else None)
    yield c.ProposeVersion(terms=terms or _first_terms(asked))


def _first_terms(asked: Asked) -> Terms:
    """Return the smallest contract that there could be: one piece, paid at agreement."""
    return Terms(
        version_hash=HASH,
        currency="USD",
        total_minor=1,
        covered_minor=0,
        cover_kind=asked.policy.cover_kinds[0],
        lines=(Line(number=1, quantity=1, unit_price_minor=1),),
        instalments=(Instalment(name="1", amount_minor=1, due=InstalmentDue.AGREEMENT),),
        zone="UTC",
        incoterm=Incoterm.FOB,
        mode=Mode.SEA,
        lead_time_days=1,
    )


def _answer_to_version(make: Callable[[str], c.OrderCommand]) -> Probe:
    def probe(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
        if order.proposal is not None:
            yield make(order.proposal.terms.version_hash)

    return probe


def _accept_version(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    """Whether enrolment, account and limit allow it is asked when the version is really accepted."""
    if order.proposal is not None:
        terms = order.proposal.terms
        grant = c.Grant(enrolled=True, account_verified=True, cover_minor=terms.covered_minor)
        yield c.AcceptVersion(version_hash=terms.version_hash, grant=grant)


def _draft(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if not order.policy_id:
        yield c.OpenDraft(policy_id=ID, buyer_id="com_buyer", supplier_id="com_supplier")


def _revoke(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for mandate in order.mandates:
        yield c.RevokeMandate(agent_id=mandate.agent_id)


def _of_samples(make: Callable[[str], c.OrderCommand]) -> Probe:
    def probe(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
        for sample in order.samples:
            if not sample.approved:
                yield make(sample.id)

    return probe


def _payment(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.terms is not None:
        yield c.RecordPayment(
            payment_id=ID, rail="wire", amount_minor=1, currency=order.terms.currency
        )


def _of_payments(make: Callable[[str], c.OrderCommand]) -> Probe:
    def probe(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
        for payment in order.payments:
            if payment.status is PaymentStatus.RECEIVED:
                yield make(payment.id)

    return probe


def _fee(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    """Ask of ways to pay whose fee has changed at some time; no other can have risen."""
    if order.terms is not None:
        entries = Counter(way.name for way in asked.policy.ways_to_pay if way.offered)
        for rail, count in entries.items():
            if count > 1:
                yield c.ConsentToFee(rail=rail)


def _credit(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    terms = order.terms
    if terms is not None:
        date = order.shipment_date or asked.now.date()
        yield c.RecordCreditAdvised(
            credit_id=ID,
            issuing_bank_bic="XXXXXXXX",
            amount_minor=terms.total_minor,
            currency=terms.currency,
            latest_shipment_date=date,
            expiry_date=date,
            documents=(CreditDocument.TRANSPORT_DOCUMENT,),
        )


def _of_credit(command: c.OrderCommand) -> Probe:
    def probe(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
        if order.credit is not None:
            yield command

    return probe


def _refund_confirmed(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for refund in order.refunds:
        yield c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=1)


def _set_off(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for seeking in order.seeking:
        yield c.RecordSetOff(refund_id=seeking.refund_id, taken_minor=0)


def _repaid(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for seeking in order.seeking:
        yield c.RecordSupplierRepaid(refund_id=seeking.refund_id, amount_minor=1)


def _recovery(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    funds = order.funds
    costs_minor = funds.cost_receivable_minor + funds.fee_receivable_minor
    if funds.receivable_minor or funds.uncovered_minor or costs_minor:
        yield c.RecordRecovery(recovery_id=ID, amount_minor=1)


def _inspector_paid(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for inspection in order.inspections:
        yield c.RecordInspectorPaid(inspection_id=inspection.id)


def _chargeback_opened(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if any(payment.rail == "card" for payment in order.payments):
        yield c.RecordChargebackOpened(chargeback_id=ID, amount_minor=1)


def _chargeback_message(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.chargeback is not None:
        yield c.RecordChargebackMessage(chargeback_id=order.chargeback.id)


def _chargeback_ended(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.chargeback is not None:
        yield c.RecordChargebackEnded(chargeback_id=order.chargeback.id, won=True)


def _debt_paid(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.paid_twice_at is not None:
        yield c.RecordDebtPaid(amount_minor=1)


def _debt_written_off(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.paid_twice_at is not None:
        yield c.WriteOffDebt(reason_hash=HASH)


def _card_block(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.card_blocked_at is not None:
        yield c.RecordCardBlock(since=None)


def _booking(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    disputed = open_dispute(order) is not None
    stage = InspectionStage.DISPUTE if disputed else InspectionStage.PRE_SHIPMENT
    for company in asked.policy.inspection.companies:
        yield c.BookInspection(inspection_id=ID, company=company, stage=stage, fee_minor=1)


def _report(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for inspection in order.inspections:
        yield c.RecordInspectionReport(
            inspection_id=inspection.id, lot=100, critical=FINDING, major=FINDING, minor=FINDING
        )


def _shipment(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    if order.terms is not None:
        proof = required_proof(order.terms)
        left_by = Proof.CARRIER_RECEIPT if proof is Proof.ARRIVAL else proof
        yield c.RecordShipment(shipment_id=ID, proof=left_by, document_hash=HASH)


def _movement(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for shipment in order.shipments:
        yield c.RecordMovement(shipment_id=shipment.id, moved_at=shipment.recorded_at)


def _extend_arrival(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for shipment in order.shipments:
        yield c.ExtendArrival(shipment_id=shipment.id)


def _delivery(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for shipment in order.shipments:
        yield c.RecordDelivery(
            shipment_id=shipment.id, document_hash=HASH, delivered_at=shipment.recorded_at
        )


def _claims(order: Order) -> Iterator[Claim]:
    """Yield one claim for each ground, on the terms that it can stand on."""
    terms = order.terms.terms if order.terms is not None else ()
    measurable = tuple(term.id for term in terms if term.claimable)
    for ground in Ground:
        stands_on = measurable if ground is Ground.QUALITY else ()
        yield Claim(ground=ground, lines=(), term_ids=stands_on)


def _dispute(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for claim in _claims(order):
        yield c.OpenDispute(claims=(claim,))


def _further_claim(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for claim in _claims(order):
        yield c.AddClaim(claim=claim)


def _refusal_appeal(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for refused in order.refused_claims:
        yield c.AppealRefusal(refusal_id=refused.id, reason_hash=HASH)


def _refusal_decision(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    for refused in order.refused_claims:
        yield c.DecideRefusal(refusal_id=refused.id, admit=False, reason_hash=HASH)


def _offers(order: Order, *, of_own: bool, asked: Asked) -> Iterator[Offer]:
    dispute = open_dispute(order)
    for offer in dispute.offers if dispute is not None else ():
        if (offer.by is asked.party) is of_own:
            yield offer


def _withdraw_offer(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    for offer in _offers(order, of_own=True, asked=asked):
        yield c.WithdrawOffer(offer_id=offer.id)


def _decline_offer(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    for offer in _offers(order, of_own=False, asked=asked):
        yield c.DeclineOffer(offer_id=offer.id)


def _accept_offer(order: Order, asked: Asked) -> Iterator[c.OrderCommand]:
    for offer in _offers(order, of_own=False, asked=asked):
        yield c.AcceptOffer(offer_id=offer.id)


def _withdraw_claim(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    dispute = open_dispute(order)
    claims = dispute.claims if dispute is not None else (Claim(ground=Ground.QUALITY, lines=()),)
    yield c.WithdrawClaim(claims=claims, statement_hash=HASH)


def _condition(order: Order, _: Asked) -> Iterator[c.OrderCommand]:
    before = order.goods_return is not None and order.goods_return.sent_at is None
    yield c.RecordCondition(before=before, same=True, report_hash=HASH)


PROBES: dict[type[c.Command], Probe] = {
    c.OpenDraft: _draft,
    c.GrantMandate: _always(c.GrantMandate(agent_id=ID, rights=())),
    c.RevokeMandate: _revoke,
    c.RequestSample: _always(c.RequestSample(sample_id=ID)),
    c.RecordSampleSent: _of_samples(lambda key: c.RecordSampleSent(sample_id=key, seal_hash=HASH)),
    c.ApproveSample: _of_samples(lambda key: c.ApproveSample(sample_id=key)),
    c.RejectSample: _of_samples(lambda key: c.RejectSample(sample_id=key)),
    c.ProposeVersion: _propose,
    c.WithdrawVersion: _answer_to_version(lambda key: c.WithdrawVersion(version_hash=key)),
    c.DeclineVersion: _answer_to_version(lambda key: c.DeclineVersion(version_hash=key)),
    c.AcceptVersion: _accept_version,
    c.RecordPayment: _payment,
    c.RecordPaymentReversed: _of_payments(
        lambda key: c.RecordPaymentReversed(payment_id=key, code=ID)
    ),
    c.ConsentToFee: _fee,
    c.KeepExcess: _of_payments(lambda key: c.KeepExcess(payment_id=key)),
    c.CancelByPlatform: _always(c.CancelByPlatform(reason_hash=HASH)),
    c.RecordCreditAdvised: _credit,
    c.PresentDocuments: _of_credit(
        c.PresentDocuments(amount_minor=1, documents=(), document_hash=HASH)
    ),
    c.RecordDocumentsRefused: _of_credit(
        c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,))
    ),
    c.WaiveDiscrepancies: _of_credit(c.WaiveDiscrepancies(signature_hash=HASH)),
    c.RecordCreditHonoured: _of_credit(c.RecordCreditHonoured(payment_id=ID, amount_minor=1)),
    c.RecordRefundConfirmed: _refund_confirmed,
    c.RecordSetOff: _set_off,
    c.RecordSupplierRepaid: _repaid,
    c.RecordRecovery: _recovery,
    c.RecordInspectorPaid: _inspector_paid,
    c.RecordChargebackOpened: _chargeback_opened,
    c.RecordChargebackMessage: _chargeback_message,
    c.RecordChargebackEnded: _chargeback_ended,
    c.RecordDebtPaid: _debt_paid,
    c.WriteOffDebt: _debt_written_off,
    c.RecordCardBlock: _card_block,
    c.RequestProductionUpdate: _always(c.RequestProductionUpdate()),
    c.PostProductionUpdate: _always(c.PostProductionUpdate(note_hash=HASH, percent=0)),
    c.AgreeInspectionFee: _always(c.AgreeInspectionFee()),
    c.BookInspection: _booking,
    c.RecordInspectionReport: _report,
    c.RejectLot: _always(c.RejectLot()),
    c.RequestRework: _always(c.RequestRework()),
    c.WaiveFindings: _always(c.WaiveFindings(term_ids=(), signature_hash=HASH)),
    c.NotifyGoodsReady: _always(c.NotifyGoodsReady()),
    c.RecordShipment: _shipment,
    c.RecordMovement: _movement,
    c.ExtendArrival: _extend_arrival,
    c.RecordDelivery: _delivery,
    c.ConfirmReceipt: _always(c.ConfirmReceipt()),
    c.RecordSeizure: _always(c.RecordSeizure(wrong_goods=False, notice_hash=HASH)),
    c.RecordPriceDemand: _always(c.RecordPriceDemand(message_hash=HASH)),
    c.OpenDispute: _dispute,
    c.AddClaim: _further_claim,
    c.AppealRefusal: _refusal_appeal,
    c.DecideRefusal: _refusal_decision,
    c.AnswerDispute: _always(c.AnswerDispute(decline=False, reason_hash="")),
    c.MakeOffer: _always(
        c.MakeOffer(offer=c.OfferTerms(id=ID, kind=OfferKind.REFUND, amount_minor=1))
    ),
    c.WithdrawOffer: _withdraw_offer,
    c.DeclineOffer: _decline_offer,
    c.AcceptOffer: _accept_offer,
    c.ConfirmFulfilled: _always(c.ConfirmFulfilled()),
    c.ExtendNegotiation: _always(c.ExtendNegotiation()),
    c.Escalate: _always(c.Escalate()),
    c.NameMediator: _always(c.NameMediator(mediator_id=ID)),
    c.SubmitEvidence: _always(c.SubmitEvidence(item_hash=HASH)),
    c.ContestEvidence: _always(c.ContestEvidence(item_hash=HASH)),
    c.StateWish: _always(c.StateWish(wish=Wish.PERFORMANCE)),
    c.AskInspection: _always(c.AskInspection()),
    c.Decide: _always(c.Decide(outcome=Outcome.FOR_SUPPLIER, amount_minor=0, reason_hash=HASH)),
    c.Appeal: _always(c.Appeal(ground="new_evidence", reason_hash=HASH)),
    c.WithdrawClaim: _withdraw_claim,
    c.RecordCondition: _condition,
    c.RecordReturnSent: _always(c.RecordReturnSent(mode=Mode.SEA, proof_hash=HASH)),
    c.RecordReturnArrived: _always(c.RecordReturnArrived(proof_hash=HASH)),
    c.ContestReturn: _always(c.ContestReturn(reason_hash=HASH)),
    c.DecideReturn: _always(c.DecideReturn(refunds=True, reason_hash=HASH)),
    c.JudgeReturn: _always(c.JudgeReturn()),
    c.SettleDue: _always(c.SettleDue()),
}
