"""What the events of returns, chargebacks and breaches did. Total, never refuses."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    AftermathEvent,
    ChargebackEnded,
    ChargebackOpened,
    ConditionReported,
    PlatformBreached,
    ReturnArrived,
    ReturnContested,
    ReturnCostStated,
    ReturnDecided,
    ReturnJudged,
    ReturnLapsed,
    ReturnOpened,
    ReturnSent,
)
from fairlot.domain.order.state import Chargeback, GoodsReturn, Order, Seeking


def evolve_aftermath(order: Order, event: AftermathEvent) -> Order:  # noqa: C901  (one straight dispatch)
    """Return the order after an event of a return, a chargeback or a breach."""
    match event:
        case ReturnOpened():
            goods_return = GoodsReturn(
                refund_minor=event.refund_minor,
                fee_minor=event.fee_minor,
                otherwise_minor=event.otherwise_minor,
                otherwise_fee_minor=event.otherwise_fee_minor,
                send_until=event.send_until,
                inspection_ids=event.inspection_ids,
                otherwise_inspection_ids=event.otherwise_inspection_ids,
            )
            return replace(order, goods_return=goods_return)
        case ConditionReported():
            if event.before:
                return _with_return(order, before_same=event.same)
            return _with_return(order, after_same=event.same)
        case ReturnCostStated():
            assert order.goods_return is not None
            costs_minor = order.goods_return.costs_minor + event.returnable_minor
            return _with_return(order, costs_minor=costs_minor)
        case ReturnContested():
            return _with_return(order, decide_until=event.decide_until)
        case ReturnDecided():
            return order
        case ReturnSent():
            return _with_return(
                order,
                sent_at=event.at,
                mode=event.mode,
                carrier_chosen_by=event.carrier_chosen_by,
                arrival_asked_at=event.arrival_asked_at,
            )
        case ReturnArrived():
            return _with_return(order, arrived_at=event.at, judge_until=event.judge_until)
        case ReturnJudged() | ReturnLapsed():
            return replace(order, goods_return=None, resumed_at=event.at)
        case ChargebackOpened():
            chargeback = Chargeback(
                id=event.chargeback_id,
                amount_minor=event.amount_minor,
                price_minor=event.price_minor,
                fee_minor=event.fee_minor,
                ends_at=event.ends_at,
            )
            return replace(order, chargeback=chargeback)
        case ChargebackEnded():
            return _chargeback_ended(order, event)
        case PlatformBreached():
            return _breached(order, event)


def _with_return(order: Order, **changes: Any) -> Order:
    assert order.goods_return is not None
    return replace(order, goods_return=replace(order.goods_return, **changes))


def _chargeback_ended(order: Order, event: ChargebackEnded) -> Order:
    assert order.chargeback is not None
    taken = event.price_minor
    funds = replace(
        order.funds,
        held_minor=order.funds.held_minor - event.from_held_minor,
        returned_minor=order.funds.returned_minor + taken,
        charged_back_minor=order.funds.charged_back_minor + taken,
        taken_minor=order.funds.taken_minor + event.amount_minor,
        goods_taken_minor=order.funds.goods_taken_minor + taken + event.buyer_owes_minor,
        buyer_owes_minor=order.funds.buyer_owes_minor + event.buyer_owes_minor,
    )
    seeking = order.seeking
    if event.sought_minor > 0:
        assert event.seek_until is not None
        sought = Seeking(
            refund_id=event.chargeback_id,
            cause="chargeback",
            price_minor=event.sought_minor,
            fee_minor=0,
            until=event.seek_until,
            chargeback=True,
        )
        seeking = (*seeking, sought)
    return replace(
        order,
        chargeback=replace(order.chargeback, open=False),
        funds=funds,
        seeking=seeking,
        resumed_at=event.at,
    )


def _breached(order: Order, event: PlatformBreached) -> Order:
    order = replace(order, breaches=order.breaches + 1)
    if event.clock == "decision":
        assert order.dispute is not None
        return replace(order, dispute=replace(order.dispute, decision_breached=True))
    refunds = tuple(
        replace(r, breached=True) if r.id == event.refund_id else r for r in order.refunds
    )
    return replace(order, refunds=refunds)
