"""What the events of returns, chargebacks and breaches did. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from fairlot.domain.order.events import (
    BuyerDebtSettled,
    CardBlocked,
    CardUnblocked,
    ChargebackContinued,
    ChargebackCostCharged,
    ChargebackCostRecovered,
    ChargebackCounted,
    ChargebackEnded,
    ChargebackOpened,
    ConditionReported,
    Event,
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
from fairlot.domain.order.evolve.given_back import with_given_back
from fairlot.domain.order.evolve.refunds import PRICE_CHANGE, with_more, without_empty
from fairlot.domain.order.state import Chargeback, GoodsReturn, Order, Seeking


def _return_opened(order: Order, event: ReturnOpened) -> Order:
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


def _condition_reported(order: Order, event: ConditionReported) -> Order:
    if event.before:
        return _with_return(order, before_same=event.same)
    return _with_return(order, after_same=event.same)


def _return_cost_stated(order: Order, event: ReturnCostStated) -> Order:
    assert order.goods_return is not None
    costs_minor = order.goods_return.costs_minor + event.returnable_minor
    return _with_return(order, costs_minor=costs_minor)


def _return_contested(order: Order, event: ReturnContested) -> Order:
    return _with_return(order, decide_until=event.decide_until)


def _return_decided(order: Order, event: ReturnDecided) -> Order:
    return _with_return(order, decided=event.refunds)


def _return_sent(order: Order, event: ReturnSent) -> Order:
    return _with_return(
        order,
        sent_at=event.at,
        mode=event.mode,
        carrier_chosen_by=event.carrier_chosen_by,
        arrival_asked_at=event.arrival_asked_at,
    )


def _return_arrived(order: Order, event: ReturnArrived) -> Order:
    return _with_return(order, arrived_at=event.at, judge_until=event.judge_until)


def _return_judged(order: Order, event: ReturnJudged | ReturnLapsed) -> Order:
    return replace(order, goods_return=None, resumed_at=event.at)


def _chargeback_opened(order: Order, event: ChargebackOpened) -> Order:
    chargeback = Chargeback(
        id=event.chargeback_id,
        amount_minor=event.amount_minor,
        price_minor=event.price_minor,
        fee_minor=event.fee_minor,
        ends_at=event.ends_at,
        excess_minor=0 if event.excess_minor is UNSET else event.excess_minor,
    )
    return replace(order, chargeback=chargeback)


def _chargeback_continued(order: Order, event: ChargebackContinued) -> Order:
    assert order.chargeback is not None
    return replace(order, chargeback=replace(order.chargeback, ends_at=event.ends_at))


def _with_return(order: Order, **changes: Any) -> Order:
    assert order.goods_return is not None
    return replace(order, goods_return=replace(order.goods_return, **changes))


def _chargeback_ended(order: Order, event: ChargebackEnded) -> Order:
    assert order.chargeback is not None
    taken = event.price_minor
    unsent = {} if event.from_excess_minor is UNSET else event.from_excess_minor
    funds = replace(
        order.funds,
        held_minor=order.funds.held_minor - event.from_held_minor,
        returned_minor=order.funds.returned_minor + taken,
        charged_back_minor=order.funds.charged_back_minor + taken,
        taken_minor=order.funds.taken_minor + event.amount_minor,
        goods_taken_minor=order.funds.goods_taken_minor
        + taken
        + event.buyer_owes_minor
        + sum(unsent.values()),
        buyer_owes_minor=order.funds.buyer_owes_minor + event.buyer_owes_minor,
        paid_twice_minor=order.funds.paid_twice_minor + event.buyer_owes_minor,
        chargeback_cost_minor=order.funds.chargeback_cost_minor + _cost_minor(event),
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
    refunds = order.refunds
    for refund_id, amount_minor in unsent.items():
        refunds = with_more(refunds, refund_id, -amount_minor)
    ended = replace(
        order,
        chargeback=replace(order.chargeback, open=False),
        funds=funds,
        refunds=refunds,
        seeking=seeking,
        resumed_at=event.at,
        paid_twice_at=order.paid_twice_at or (event.at if event.buyer_owes_minor > 0 else None),
    )
    return without_empty(ended) if unsent else ended


def _cost_minor(event: ChargebackEnded) -> int:
    """Return the platform's cost of a lost chargeback; of one that took goods twice the buyer is the cause (A72, A76)."""
    return event.fee_minor if event.outcome == "lost" and event.price_minor > 0 else 0


def _chargeback_counted(order: Order, event: ChargebackCounted) -> Order:
    """A price that both lowered is paid no more, so what was taken of it was never paid; else it is used up."""
    funds = order.funds
    if event.cause == PRICE_CHANGE:
        funds = replace(
            funds,
            paid_minor=funds.paid_minor - event.amount_minor,
            returned_minor=funds.returned_minor - event.amount_minor,
            charged_back_minor=funds.charged_back_minor - event.amount_minor,
        )
    else:
        counted_minor = funds.charged_back_counted_minor + event.amount_minor
        funds = replace(funds, charged_back_counted_minor=counted_minor)
    inspections = tuple(
        replace(i, fee_returned=True) if i.id in event.inspection_ids else i
        for i in order.inspections
    )
    counted = replace(order, funds=funds, inspections=inspections)
    return with_given_back(counted, event.unshipped_minor, event.shipped_minor)


def _cost_charged(order: Order, event: ChargebackCostCharged) -> Order:
    funds = replace(
        order.funds,
        chargeback_cost_minor=order.funds.chargeback_cost_minor - event.amount_minor,
        cost_receivable_minor=order.funds.cost_receivable_minor + event.amount_minor,
    )
    return replace(order, funds=funds)


def _cost_recovered(order: Order, event: ChargebackCostRecovered) -> Order:
    left_minor = order.funds.cost_receivable_minor - event.amount_minor
    return replace(order, funds=replace(order.funds, cost_receivable_minor=left_minor))


def _debt_settled(order: Order, event: BuyerDebtSettled) -> Order:
    funds = replace(
        order.funds,
        buyer_owes_minor=order.funds.buyer_owes_minor - event.amount_minor,
        paid_twice_minor=order.funds.paid_twice_minor - event.amount_minor,
    )
    paid_twice_at = order.paid_twice_at if funds.paid_twice_minor > 0 else None
    return replace(order, funds=funds, paid_twice_at=paid_twice_at)


def _card_blocked(order: Order, event: CardBlocked) -> Order:
    return replace(order, card_blocked_at=event.since)


def _card_unblocked(order: Order, _: CardUnblocked) -> Order:
    return replace(order, card_blocked_at=None)


def _breached(order: Order, event: PlatformBreached) -> Order:
    order = replace(order, breaches=order.breaches + 1)
    if event.clock == "decision":
        assert order.dispute is not None
        return replace(order, dispute=replace(order.dispute, decision_breached=True))
    refunds = tuple(
        replace(r, breached=True) if r.id == event.refund_id else r for r in order.refunds
    )
    return replace(order, refunds=refunds)


AFTERMATH: dict[type[Event], Callable[[Order, Any], Order]] = {
    ReturnOpened: _return_opened,
    ConditionReported: _condition_reported,
    ReturnCostStated: _return_cost_stated,
    ReturnContested: _return_contested,
    ReturnDecided: _return_decided,
    ReturnSent: _return_sent,
    ReturnArrived: _return_arrived,
    ReturnJudged: _return_judged,
    ReturnLapsed: _return_judged,
    ChargebackOpened: _chargeback_opened,
    ChargebackContinued: _chargeback_continued,
    ChargebackEnded: _chargeback_ended,
    ChargebackCounted: _chargeback_counted,
    ChargebackCostCharged: _cost_charged,
    ChargebackCostRecovered: _cost_recovered,
    BuyerDebtSettled: _debt_settled,
    CardBlocked: _card_blocked,
    CardUnblocked: _card_unblocked,
    PlatformBreached: _breached,
}
