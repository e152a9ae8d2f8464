"""Who is told of which event, and with which of its facts; words and ways to send them belong to whoever sends."""

from __future__ import annotations

from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.application.topics import Topic
from fairlot.domain.cover.grants import events as limit
from fairlot.domain.order import events as order
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.domain.payout import events as payout
from fairlot.domain.suspense import events as suspense

BUYER, SUPPLIER = (Role.BUYER,), (Role.SUPPLIER,)
PARTIES = (Role.BUYER, Role.SUPPLIER)
OPERATOR = (Role.OPERATOR,)
PLATFORM = (Role.OPERATOR, Role.SUPERVISOR)
EVERYBODY = (*PARTIES, *PLATFORM)
HEARING = (*PARTIES, Role.MEDIATOR)


class Notice(msgspec.Struct, frozen=True):
    """A kind of notice: to whom, and which fields of the event go with it."""

    kind: str
    recipients: tuple[Role, ...]
    facts: tuple[str, ...] = ()


# Calls to act, reminders, warnings, breaches, and money that moved.
NOTICES: dict[type[Any], Notice] = {
    order.SampleRequested: Notice("sample_requested", SUPPLIER, ("sample_id",)),
    order.SampleSent: Notice("sample_sent", BUYER, ("sample_id",)),
    order.ProposalExpired: Notice("proposal_expired", PARTIES),
    order.VersionDeclined: Notice("version_declined", PARTIES, ("version_hash",)),
    order.OrderAgreed: Notice("order_agreed", PARTIES, ("payment_until", "shipment_until")),
    order.ChangeAgreed: Notice("change_agreed", PARTIES, ("version_hash", "shipment_until")),
    order.PaymentCompleted: Notice("payment_completed", PARTIES, ("shipment_until",)),
    order.PaymentSuspended: Notice(
        "payment_suspended", (*BUYER, *PLATFORM), ("amount_minor", "currency", "return_at")
    ),
    order.PaymentReversed: Notice("payment_reversed", EVERYBODY, ("amount_minor", "currency")),
    order.OrderCancelled: Notice("order_cancelled", PARTIES, ("reason",)),
    order.FundsReleased: Notice("funds_released", PARTIES, ("amount_minor", "currency")),
    order.RefundDecided: Notice("refund_decided", PARTIES, ("refund_id", "currency", "due_at")),
    order.RefundConfirmed: Notice("refund_sent", BUYER, ("amount_minor", "currency")),
    order.ProductionUpdateRequested: Notice("update_requested", SUPPLIER),
    order.InspectionBooked: Notice(
        "inspection_booked", (*PARTIES, Role.INSPECTOR), ("inspection_id", "report_due_at")
    ),
    order.InspectionReported: Notice(
        "inspection_reported", HEARING, ("inspection_id", "balance_until", "choice_until")
    ),
    order.GoodsReadyNotified: Notice("goods_ready", BUYER, ("balance_until",)),
    order.ShipmentReminded: Notice("shipment_reminder", SUPPLIER, ("days",)),
    order.ShipmentFellDue: Notice("shipment_late", PARTIES),
    order.ShipmentRecorded: Notice("shipment_recorded", BUYER, ("shipment_id",)),
    order.ShipmentUnproven: Notice("shipment_unproven", PARTIES, ("shipment_id",)),
    order.CountedDelivered: Notice("counted_delivered", PARTIES, ("shipment_id", "claim_until")),
    order.GoodsDelivered: Notice("goods_delivered", PARTIES, ("shipment_id", "claim_until")),
    order.ClaimWindowWarned: Notice("claim_window_warning", BUYER, ("shipment_id", "days")),
    order.MissingCancelled: Notice("missing_cancelled", PARTIES, ("amount_minor",)),
    order.OrderCompleted: Notice("order_completed", PARTIES),
    order.OrderClosed: Notice("order_closed", PARTIES),
    order.OrderRefunded: Notice("order_refunded", PARTIES),
    order.OrderSettled: Notice("order_settled", PARTIES),
    order.PriceDemanded: Notice("price_demand_warning", (*BUYER, *PLATFORM), ("amount_minor",)),
    order.ClaimRefused: Notice("claim_refused", BUYER, ("refusal_id", "code", "appeal_until")),
    order.DisputeOpened: Notice(
        "dispute_opened", PARTIES, ("dispute_id", "answer_until", "negotiation_until")
    ),
    order.DisputeAnswered: Notice("dispute_answered", BUYER, ("declined",)),
    order.ClaimWithdrawn: Notice("claim_withdrawn", PARTIES),
    order.AnswerLapsed: Notice("answer_lapsed", PARTIES),
    order.OfferAccepted: Notice("offer_accepted", PARTIES, ("conditional",)),
    order.SettlementFulfilled: Notice("settlement_fulfilled", PARTIES),
    order.SettlementLapsed: Notice("settlement_lapsed", PARTIES, ("mediator_until",)),
    order.DisputeMoot: Notice("dispute_moot", PARTIES, ("reason",)),
    order.DisputeEscalated: Notice("dispute_escalated", EVERYBODY, ("mediator_until", "by_itself")),
    order.MediatorNamed: Notice("mediator_named", HEARING, ("evidence_until",)),
    order.EvidenceRoundClosed: Notice(
        "evidence_round_closed", (*EVERYBODY, Role.MEDIATOR), ("decision_until",)
    ),
    order.DecisionMade: Notice("decision_made", PARTIES, ("appeal_until",)),
    order.DecisionAppealed: Notice("decision_appealed", (*EVERYBODY, Role.MEDIATOR)),
    order.DecisionFinal: Notice("decision_final", PARTIES, ("by_lapse",)),
    order.ReturnOpened: Notice("return_opened", PARTIES, ("send_until",)),
    order.ReturnSent: Notice("return_sent", SUPPLIER),
    order.ReturnArrived: Notice("return_arrived", PARTIES, ("judge_until",)),
    order.ReturnContested: Notice("return_contested", EVERYBODY, ("decide_until",)),
    order.CreditAdvised: Notice("credit_advised", PARTIES, ("amount_minor", "currency")),
    order.DocumentsPresented: Notice("documents_presented", PARTIES, ("waive_until",)),
    order.DocumentsRefused: Notice("documents_refused", PARTIES, ("waive_until",)),
    order.CreditHonoured: Notice("credit_honoured", PARTIES, ("amount_minor", "currency")),
    order.CreditLapsed: Notice("credit_lapsed", PARTIES, ("balance_until",)),
    order.PaymentAwaited: Notice("payment_awaited", PARTIES, ("amount_minor", "currency")),
    order.AwaitedPaymentBounced: Notice(
        "payment_reversed", EVERYBODY, ("amount_minor", "currency")
    ),
    order.ChargebackOpened: Notice("chargeback_opened", EVERYBODY, ("amount_minor", "ends_at")),
    order.ChargebackEnded: Notice("chargeback_ended", EVERYBODY, ("outcome",)),
    order.PlatformBreached: Notice("platform_breached", EVERYBODY, ("clock", "due_at")),
    payout.AccountChanged: Notice("receiving_account_changed", SUPPLIER, ("usable_at",)),
    payout.PayoutConfirmed: Notice("payout_sent", SUPPLIER, ("amount_minor", "currency")),
    payout.PayoutFailed: Notice(
        "payout_failed", (*SUPPLIER, *PLATFORM), ("amount_minor", "currency", "reason_code")
    ),
    payout.PayoutAwaited: Notice("payout_awaited", PLATFORM, ("until",)),
    payout.ReceivableRaised: Notice(
        "receivable_raised",
        SUPPLIER,
        ("order_id", "fund_minor", "uncovered_minor", "cost_minor", "currency"),
    ),
    payout.ReceivableReminded: Notice(
        "receivable_reminder", SUPPLIER, ("order_id", "owed_minor", "currency")
    ),
    payout.ReceivableWrittenOff: Notice(
        "receivable_written_off", (*SUPPLIER, *PLATFORM), ("order_id", "owed_minor", "currency")
    ),
    payout.PlatformBreached: Notice(
        "platform_breached", (*SUPPLIER, *PLATFORM), ("clock", "due_at", "payout_id")
    ),
    suspense.TakenIn: Notice(
        "suspense_taken_in", OPERATOR, ("amount_minor", "currency", "why", "return_at")
    ),
    suspense.PlatformBreached: Notice("platform_breached", PLATFORM, ("clock", "due_at")),
    limit.LimitSet: Notice("limit_set", SUPPLIER, ("limit_minor", "currency")),
}

# Two kinds go to the other party, whoever acted.
VERSION_PROPOSED, OFFER_MADE = "version_proposed", "offer_made"
KINDS = frozenset({notice.kind for notice in NOTICES.values()} | {VERSION_PROPOSED, OFFER_MADE})
"""Every kind of notice that an event can send out."""


def notices_of(event: Any) -> tuple[Effect, ...]:
    """Return the notice that an event sends out, if somebody has to know."""
    match event:
        case order.VersionProposed():
            to_other = Notice(VERSION_PROPOSED, _other(event.by), ("expires_at",))
            return (_effect(to_other, event),)
        case order.OfferMade():
            return (_effect(Notice(OFFER_MADE, _other(event.offer.by)), event),)
        case _:
            notice = NOTICES.get(type(event))
            return () if notice is None else (_effect(notice, event),)


def _other(by: Party) -> tuple[Role, ...]:
    return SUPPLIER if by is Party.BUYER else BUYER


def _effect(notice: Notice, event: Any) -> Effect:
    facts = {name: getattr(event, name) for name in notice.facts}
    return Effect(
        topic=Topic.NOTIFY,
        data={
            "kind": notice.kind,
            "recipients": [role.value for role in notice.recipients],
            "at": event.at,
            "facts": facts,
        },
    )
