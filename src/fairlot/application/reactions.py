"""What each event sends out: a pure mapping to messages for the worker; whether they still apply, their handlers ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fairlot.application.aggregate import Effect
from fairlot.application.telling.notices import notices_of
from fairlot.application.topics import Topic
from fairlot.domain.cover.grants import events as limit
from fairlot.domain.order import events as order
from fairlot.domain.order.evolve.refunds import SETTLEMENT
from fairlot.domain.order.terms import Party
from fairlot.domain.payout import events as payout
from fairlot.domain.suspense import events as suspense

Effects = tuple[Effect, ...]


def effects_of(event: Any) -> Effects:
    """Return the messages of an event of any aggregate: first what moves money or cover, then who is told."""
    react = REACTIONS.get(type(event))
    effects = () if react is None else react(event)
    if isinstance(event, COVER_MAY_CHANGE):
        effects = (*effects, Effect(topic=Topic.ALIGN_COVER))
    return (*effects, *notices_of(event))


# After these an order may need no cover any more (ruling A23), less of it, or its cover again.
COVER_MAY_CHANGE = (
    order.CancellationUndone,
    order.ChargebackEnded,
    order.ChargebackOpened,
    order.ClaimRefused,
    order.ClaimWithdrawn,
    order.DisputeMoot,
    order.DisputeOpened,
    order.ExcessKept,
    order.GoodsDelivered,
    order.OrderCancelled,
    order.OrderClosed,
    order.OrderCompleted,
    order.OrderRefunded,
    order.OrderSettled,
    order.RefundConfirmed,
    order.RefundFunded,
    order.RefusalDecided,
    order.RefusalLapsed,
    order.ReturnJudged,
    order.ReturnLapsed,
)


def _credit(amount_minor: int, currency: str) -> Effects:
    if amount_minor == 0:
        return ()
    data = {"amount_minor": amount_minor, "currency": currency}
    return (Effect(topic=Topic.CREDIT_PAYABLE, data=data),)


def _inspection_lapsed(event: order.InspectionLapsed) -> Effects:
    """The fee goes back to who advanced it."""
    if event.advanced_by is not Party.SUPPLIER:
        return _refund(event.refund_id, event.fee_minor, event.currency)
    return _credit(event.fee_minor, event.currency)


def _refund(refund_id: str, amount_minor: int, currency: str, *, rail: str = "") -> Effects:
    """Without a rail the money goes back the way that most of it came."""
    if amount_minor == 0:
        return ()
    data = {
        "refund_id": refund_id,
        "amount_minor": amount_minor,
        "currency": currency,
        "rail": rail,
    }
    return (Effect(topic=Topic.SEND_REFUND, data=data),)


def _set_off(refund_id: str, sought_minor: int, currency: str) -> Effects:
    if sought_minor == 0:
        return ()
    data = {"refund_id": refund_id, "amount_minor": sought_minor, "currency": currency}
    return (Effect(topic=Topic.SET_OFF, data=data),)


def _refund_decided(event: order.RefundDecided) -> Effects:
    """What is held goes at once; the rest is sought, after a settlement from the supplier's own hand first (A78)."""
    sought_minor = event.price_minor + event.fee_minor - event.from_held_minor
    there_minor = event.from_held_minor + event.excess_minor
    sent = _refund(event.refund_id, there_minor, event.currency)
    if event.cause == SETTLEMENT:
        return sent
    return (*sent, *_set_off(event.refund_id, sought_minor, event.currency))


def _refund_funded(event: order.RefundFunded) -> Effects:
    """A lost chargeback's buyer has its money already; what the fund gave, the supplier owes either way."""
    effects: Effects = ()
    if not event.chargeback:
        funded_minor = event.from_payables_minor + event.from_fund_minor
        effects = _refund(event.refund_id, funded_minor, event.currency)
    if event.from_fund_minor + event.uncovered_minor == 0:
        return effects
    data = {
        "refund_id": event.refund_id,
        "fund_minor": event.from_fund_minor,
        "uncovered_minor": event.uncovered_minor,
        "currency": event.currency,
    }
    return (*effects, Effect(topic=Topic.RAISE_RECEIVABLE, data=data))


def _cost_charged(event: order.ChargebackCostCharged) -> Effects:
    return _owed(f"cost of {event.chargeback_id}", event.amount_minor, event.currency)


def _fee_charged(event: order.PaymentFeeCharged) -> Effects:
    return _owed(f"fee of {event.payment_id}", event.amount_minor, event.currency)


def _owed(name: str, cost_minor: int, currency: str) -> Effects:
    """What the supplier owes the platform itself, once by that name."""
    data = {
        "refund_id": name,
        "fund_minor": 0,
        "uncovered_minor": 0,
        "cost_minor": cost_minor,
        "currency": currency,
    }
    return (Effect(topic=Topic.RAISE_RECEIVABLE, data=data),)


def _change_agreed(event: order.OrderAgreed | order.ChangeAgreed) -> Effects:
    return (Effect(topic=Topic.CONFIRM_COVER, data={"version_hash": event.version_hash}),)


def _agreed(event: order.OrderAgreed) -> Effects:
    return (*_change_agreed(event), Effect(topic=Topic.ALIGN_CARD))


def _chargeback_ended(event: order.ChargebackEnded) -> Effects:
    """What the buyer got twice blocks its card on every order (ruling A76)."""
    sought = _set_off(event.chargeback_id, event.sought_minor, event.currency)
    return (*sought, Effect(topic=Topic.ALIGN_CARDS)) if event.buyer_owes_minor > 0 else sought


def _reported(event: order.InspectionReported) -> Effects:
    return (Effect(topic=Topic.PAY_INSPECTOR, data={"inspection_id": event.inspection_id}),)


def _instructed(event: payout.PayoutInstructed) -> Effects:
    return (Effect(topic=Topic.SEND_PAYOUT, data={"payout_id": event.payout_id}),)


def _recovered(event: payout.RecoveryTaken) -> Effects:
    data = {
        "recovery_id": event.recovery_id,
        "order_id": event.order_id,
        "amount_minor": event.amount_minor,
    }
    return (Effect(topic=Topic.BOOK_RECOVERY, data=data),)


def _written_off(event: payout.ReceivableWrittenOff) -> Effects:
    return (Effect(topic=Topic.BOOK_WRITE_OFF, data={"order_id": event.order_id}),)


def _lapsed(event: limit.ReservationLapsed) -> Effects:
    data = {"order_id": event.order_id, "acceptance_id": event.acceptance_id}
    return (Effect(topic=Topic.RESOLVE_RESERVATION, data=data),)


def _cover_lapsed(event: limit.CoverLapsed) -> Effects:
    return (Effect(topic=Topic.ALIGN_COVER, data={"order_id": event.order_id}),)


REACTIONS: dict[type[Any], Callable[[Any], Effects]] = {
    order.OrderAgreed: _agreed,
    order.ChangeAgreed: _change_agreed,
    order.FundsReleased: lambda e: _credit(e.amount_minor, e.currency),
    order.RefundDecided: _refund_decided,
    order.PaymentFeeReturned: lambda e: _refund(
        e.refund_id, e.amount_minor, e.currency, rail=e.rail
    ),
    order.RefundFunded: _refund_funded,
    order.SetOffSought: lambda e: _set_off(e.refund_id, e.amount_minor, e.currency),
    order.SetOffCameLate: lambda e: _refund(e.back_id, e.to_buyer_minor, e.currency),
    order.SupplierRepaid: lambda e: _refund(e.refund_id, e.amount_minor, e.currency),
    order.RecoveryBooked: lambda e: _refund(e.refund_id, e.to_buyer_minor, e.currency),
    order.SuspenseReturned: lambda e: _refund(e.refund_id, e.amount_minor, e.currency, rail=e.rail),
    order.InspectionLapsed: _inspection_lapsed,
    order.InspectionReported: _reported,
    order.ChargebackEnded: _chargeback_ended,
    order.BuyerDebtSettled: lambda _: (Effect(topic=Topic.ALIGN_CARDS),),
    order.ChargebackCostCharged: _cost_charged,
    order.PaymentFeeCharged: _fee_charged,
    order.PaymentFeeLifted: lambda e: _credit(e.given_back_minor, e.currency),
    payout.PayoutInstructed: _instructed,
    payout.RecoveryTaken: _recovered,
    payout.ReceivableWrittenOff: _written_off,
    limit.ReservationLapsed: _lapsed,
    limit.CoverLapsed: _cover_lapsed,
    suspense.Assigned: lambda _: (Effect(topic=Topic.BOOK_ASSIGNED),),
    suspense.ReturnDecided: lambda _: (Effect(topic=Topic.SEND_BACK),),
}
