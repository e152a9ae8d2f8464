"""Decisions about returned goods: sent, arrived, judged by two condition reports (R44; rulings A69 to A71)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order._settlement import add_ending, add_refund
from fairlot.domain.order.asked import Asked, Story, in_days
from fairlot.domain.order.commands import (
    JudgeReturn,
    RecordCondition,
    RecordReturnArrived,
    RecordReturnSent,
)
from fairlot.domain.order.events import (
    ConditionReported,
    OrderEvent,
    ReturnArrived,
    ReturnJudged,
    ReturnSent,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.state import GoodsReturn, Order
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import Policy


def _running(order: Order) -> GoodsReturn:
    if order.goods_return is None:
        raise Refused(Code.NO_RETURN)
    return order.goods_return


def record_condition(
    order: Order, command: RecordCondition, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The condition is inspected before the goods leave and after they arrive."""
    goods_return = _running(order)
    if command.before:
        refuse_if(goods_return.sent_at is not None, Code.RETURN_ALREADY_SENT)
    else:
        refuse_if(goods_return.arrived_at is None, Code.RETURN_NOT_ARRIVED)
    return (
        ConditionReported(
            at=asked.now,
            before=command.before,
            same=command.same,
            report_hash=command.report_hash,
        ),
    )


def record_return_sent(
    order: Order, command: RecordReturnSent, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The carrier's proof of posting suffices; the way's own days apply to the way back (ruling A71)."""
    goods_return = _running(order)
    refuse_if(goods_return.sent_at is not None, Code.RETURN_ALREADY_SENT)
    days = asked.policy.clocks.arrival_asked_days[command.mode.value]
    return (
        ReturnSent(
            at=asked.now,
            mode=command.mode,
            carrier_chosen_by=command.carrier_chosen_by,
            proof_hash=command.proof_hash,
            arrival_asked_at=in_days(asked.now, days),
        ),
    )


def record_return_arrived(
    order: Order, command: RecordReturnArrived, asked: Asked
) -> tuple[OrderEvent, ...]:
    """From arrival the goods are judged within the policy's days."""
    del command  # Its proof is kept with the command.
    goods_return = _running(order)
    refuse_if(goods_return.sent_at is None, Code.RETURN_NOT_SENT)
    refuse_if(goods_return.arrived_at is not None, Code.ALREADY_ARRIVED)
    until = in_days(asked.now, asked.policy.clocks.return_judged_days)
    return (ReturnArrived(at=asked.now, counted=False, judge_until=until),)


def judge_return(order: Order, command: JudgeReturn, asked: Asked) -> tuple[OrderEvent, ...]:
    """The supplier says the return is in order: the refund need not wait for the clock."""
    del command
    goods_return = _running(order)
    refuse_if(goods_return.arrived_at is None, Code.RETURN_NOT_ARRIVED)
    story = Story(order)
    story.add(ReturnJudged(at=asked.now, refunds=True, by_lapse=False))
    _pay(story, goods_return, earned=True, at=asked.now, policy=asked.policy)
    return story.told()


def refunds(goods_return: GoodsReturn) -> bool:
    """Say whether the return earns its refund: both reports decide, silence and missing reports do not harm the buyer.

    Goods that left in another condition than delivered do not; damage on the way back counts against who chose the
    carrier (ruling A69).
    """
    if goods_return.before_same is False:
        return False
    damaged_on_the_way = goods_return.before_same is True and goods_return.after_same is False
    return not (damaged_on_the_way and goods_return.carrier_chosen_by is Party.BUYER)


def add_judgement(story: Story, *, at: dt.datetime, policy: Policy, by_lapse: bool) -> None:
    """Judge the return by its reports and pay what follows."""
    goods_return = _running(story.order)
    earned = refunds(goods_return)
    story.add(ReturnJudged(at=at, refunds=earned, by_lapse=by_lapse))
    _pay(story, goods_return, earned=earned, at=at, policy=policy)


def _pay(
    story: Story, goods_return: GoodsReturn, *, earned: bool, at: dt.datetime, policy: Policy
) -> None:
    amount = goods_return.refund_minor if earned else goods_return.otherwise_minor
    ids = goods_return.inspection_ids if earned else goods_return.otherwise_inspection_ids
    add_return_refund(
        story, cause="return", amount_minor=amount, inspection_ids=ids, at=at, policy=policy
    )


def add_return_refund(
    story: Story,
    *,
    cause: str,
    amount_minor: int,
    inspection_ids: tuple[str, ...],
    at: dt.datetime,
    policy: Policy,
) -> None:
    """Pay what the end of a return gives beyond what a chargeback took, and end the order."""
    due = max(0, amount_minor - story.order.funds.charged_back_minor)
    add_refund(
        story, cause=cause, price_minor=due, at=at, policy=policy, inspection_ids=inspection_ids
    )
    add_ending(story, at=at, policy=policy)
