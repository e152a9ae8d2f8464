"""decide(): the events that a command brings about, or a refusal; pure, and always in the same order of checks.

First who may ask, then whether the status allows it, then what the command itself demands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fairlot.domain.calendar import whole_second
from fairlot.domain.order import (
    _agreement,
    _bounced,
    _buyer_debt,
    _cancelling,
    _chargeback,
    _claims,
    _credit,
    _deciding,
    _delivery,
    _dispute,
    _fee_consent,
    _funding,
    _hearing,
    _mediation,
    _production,
    _refunds,
    _return,
    _shipment,
)
from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.order.transitions import RULES, forbidden
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy

Handler = Callable[[Order, Any, Asked], tuple[OrderEvent, ...]]

HANDLERS: dict[type[c.Command], Handler] = {
    c.OpenDraft: _agreement.open_draft,
    c.GrantMandate: _agreement.grant_mandate,
    c.RevokeMandate: _agreement.revoke_mandate,
    c.RequestSample: _agreement.request_sample,
    c.RecordSampleSent: _agreement.send_sample,
    c.ApproveSample: _agreement.approve_sample,
    c.RejectSample: _agreement.reject_sample,
    c.ProposeVersion: _agreement.propose_version,
    c.WithdrawVersion: _agreement.withdraw_version,
    c.DeclineVersion: _agreement.decline_version,
    c.AcceptVersion: _agreement.accept_version,
    c.RecordPayment: _funding.record_payment,
    c.RecordPaymentReversed: _bounced.reverse_payment,
    c.ConsentToFee: _fee_consent.consent_to_fee,
    c.KeepExcess: _funding.keep_excess,
    c.CancelByPlatform: _cancelling.cancel_by_platform,
    c.RecordCreditAdvised: _credit.record_advised,
    c.PresentDocuments: _credit.present_documents,
    c.RecordDocumentsRefused: _credit.refuse_documents,
    c.WaiveDiscrepancies: _credit.waive_discrepancies,
    c.RecordCreditHonoured: _credit.honour_credit,
    c.RecordRefundConfirmed: _refunds.confirm_refund,
    c.RecordSetOff: _refunds.record_set_off,
    c.RecordSupplierRepaid: _refunds.record_supplier_repaid,
    c.RecordRecovery: _refunds.record_recovery,
    c.RecordInspectorPaid: _refunds.record_inspector_paid,
    c.RecordChargebackOpened: _chargeback.open_chargeback,
    c.RecordChargebackMessage: _chargeback.continue_chargeback,
    c.RecordChargebackEnded: _chargeback.end_chargeback,
    c.RecordDebtPaid: _buyer_debt.record_debt_paid,
    c.WriteOffDebt: _buyer_debt.write_off_debt,
    c.RecordCardBlock: _buyer_debt.record_card_block,
    c.RequestProductionUpdate: _production.request_update,
    c.PostProductionUpdate: _production.post_update,
    c.AgreeInspectionFee: _production.agree_fee,
    c.BookInspection: _production.book_inspection,
    c.RecordInspectionReport: _production.report_inspection,
    c.RejectLot: _production.reject_lot,
    c.RequestRework: _production.request_rework,
    c.WaiveFindings: _production.waive_findings,
    c.NotifyGoodsReady: _production.notify_ready,
    c.RecordShipment: _shipment.record_shipment,
    c.RecordMovement: _shipment.record_movement,
    c.ExtendArrival: _shipment.extend_arrival,
    c.RecordDelivery: _delivery.record_delivery,
    c.ConfirmReceipt: _delivery.confirm_receipt,
    c.RecordSeizure: _delivery.record_seizure,
    c.RecordPriceDemand: _delivery.record_price_demand,
    c.OpenDispute: _claims.open_claim,
    c.AddClaim: _claims.add_claim,
    c.AppealRefusal: _claims.appeal_refusal,
    c.DecideRefusal: _claims.decide_refusal,
    c.AnswerDispute: _dispute.answer_dispute,
    c.MakeOffer: _dispute.make_offer,
    c.WithdrawOffer: _dispute.withdraw_offer,
    c.DeclineOffer: _dispute.decline_offer,
    c.AcceptOffer: _dispute.accept_offer,
    c.ConfirmFulfilled: _dispute.confirm_fulfilled,
    c.ExtendNegotiation: _mediation.extend_negotiation,
    c.Escalate: _mediation.escalate,
    c.NameMediator: _mediation.name_mediator,
    c.SubmitEvidence: _hearing.submit_evidence,
    c.ContestEvidence: _hearing.contest_evidence,
    c.StateWish: _hearing.state_wish,
    c.AskInspection: _hearing.ask_inspection,
    c.Decide: _deciding.decide_case,
    c.Appeal: _deciding.appeal,
    c.WithdrawClaim: _dispute.withdraw_claim,
    c.RecordCondition: _return.record_condition,
    c.RecordReturnSent: _return.record_return_sent,
    c.RecordReturnArrived: _return.record_return_arrived,
    c.ContestReturn: _return.contest_return,
    c.DecideReturn: _return.decide_return,
    c.JudgeReturn: _return.judge_return,
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
