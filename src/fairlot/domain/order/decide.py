"""decide(): the events that a command brings about, or a refusal; pure, and always in the same order of checks.

First who may ask, then whether the status allows it, then what the command itself demands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fairlot.domain.calendar import whole_second
from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.decisions import (
    agreement,
    bounced,
    buyer_debt,
    cancelling,
    chargeback,
    claims,
    credit,
    delivery,
    dispute,
    fee_consent,
    funding,
    hearing,
    mediation,
    outcome,
    production,
    refunds,
    returned,
    shipment,
)
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.order.transitions import RULES, forbidden
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy

Handler = Callable[[Order, Any, Asked], tuple[OrderEvent, ...]]

HANDLERS: dict[type[c.Command], Handler] = {
    c.OpenDraft: agreement.open_draft,
    c.GrantMandate: agreement.grant_mandate,
    c.RevokeMandate: agreement.revoke_mandate,
    c.RequestSample: agreement.request_sample,
    c.RecordSampleSent: agreement.send_sample,
    c.ApproveSample: agreement.approve_sample,
    c.RejectSample: agreement.reject_sample,
    c.ProposeVersion: agreement.propose_version,
    c.WithdrawVersion: agreement.withdraw_version,
    c.DeclineVersion: agreement.decline_version,
    c.AcceptVersion: agreement.accept_version,
    c.RecordPayment: funding.record_payment,
    c.RecordPaymentReversed: bounced.reverse_payment,
    c.ConsentToFee: fee_consent.consent_to_fee,
    c.KeepExcess: funding.keep_excess,
    c.CancelByPlatform: cancelling.cancel_by_platform,
    c.RecordCreditAdvised: credit.record_advised,
    c.PresentDocuments: credit.present_documents,
    c.RecordDocumentsRefused: credit.refuse_documents,
    c.WaiveDiscrepancies: credit.waive_discrepancies,
    c.RecordCreditHonoured: credit.honour_credit,
    c.RecordRefundConfirmed: refunds.confirm_refund,
    c.RecordSetOff: refunds.record_set_off,
    c.RecordSupplierRepaid: refunds.record_supplier_repaid,
    c.RecordRecovery: refunds.record_recovery,
    c.RecordInspectorPaid: refunds.record_inspector_paid,
    c.RecordChargebackOpened: chargeback.open_chargeback,
    c.RecordChargebackMessage: chargeback.continue_chargeback,
    c.RecordChargebackEnded: chargeback.end_chargeback,
    c.RecordDebtPaid: buyer_debt.record_debt_paid,
    c.WriteOffDebt: buyer_debt.write_off_debt,
    c.RecordCardBlock: buyer_debt.record_card_block,
    c.RequestProductionUpdate: production.request_update,
    c.PostProductionUpdate: production.post_update,
    c.AgreeInspectionFee: production.agree_fee,
    c.BookInspection: production.book_inspection,
    c.RecordInspectionReport: production.report_inspection,
    c.RejectLot: production.reject_lot,
    c.RequestRework: production.request_rework,
    c.WaiveFindings: production.waive_findings,
    c.NotifyGoodsReady: production.notify_ready,
    c.RecordShipment: shipment.record_shipment,
    c.RecordMovement: shipment.record_movement,
    c.ExtendArrival: shipment.extend_arrival,
    c.RecordDelivery: delivery.record_delivery,
    c.ConfirmReceipt: delivery.confirm_receipt,
    c.RecordSeizure: delivery.record_seizure,
    c.RecordPriceDemand: delivery.record_price_demand,
    c.OpenDispute: claims.open_claim,
    c.AddClaim: claims.add_claim,
    c.AppealRefusal: claims.appeal_refusal,
    c.DecideRefusal: claims.decide_refusal,
    c.AnswerDispute: dispute.answer_dispute,
    c.MakeOffer: dispute.make_offer,
    c.WithdrawOffer: dispute.withdraw_offer,
    c.DeclineOffer: dispute.decline_offer,
    c.AcceptOffer: dispute.accept_offer,
    c.ConfirmFulfilled: dispute.confirm_fulfilled,
    c.ExtendNegotiation: mediation.extend_negotiation,
    c.Escalate: mediation.escalate,
    c.NameMediator: mediation.name_mediator,
    c.SubmitEvidence: hearing.submit_evidence,
    c.ContestEvidence: hearing.contest_evidence,
    c.StateWish: hearing.state_wish,
    c.AskInspection: hearing.ask_inspection,
    c.Decide: outcome.decide_case,
    c.Appeal: outcome.appeal,
    c.WithdrawClaim: dispute.withdraw_claim,
    c.RecordCondition: returned.record_condition,
    c.RecordReturnSent: returned.record_return_sent,
    c.RecordReturnArrived: returned.record_return_arrived,
    c.ContestReturn: returned.contest_return,
    c.DecideReturn: returned.decide_return,
    c.JudgeReturn: returned.judge_return,
}


def decide(
    order: Order,
    command: c.OrderCommand,
    *,
    actor: Actor,
    now: dt.datetime,
    policy: Policy,
) -> tuple[OrderEvent, ...]:
    """Return what the command brings about at `now`; raises Refused. What is due by `now` must be settled before."""
    now = whole_second(now)
    if isinstance(command, c.SettleDue):
        return settle_due(order, now=now, policy=policy)
    command_type = type(command)
    code = forbidden(actor, command_type, order)
    if code is not None:
        raise Refused(code, role=actor.role)
    if order.status not in RULES[command_type].statuses:
        raise Refused(Code.WRONG_STATUS, status=order.status)
    return HANDLERS[command_type](order, command, Asked(actor, now, policy))
