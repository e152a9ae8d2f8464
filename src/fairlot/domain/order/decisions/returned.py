"""Decisions about returned goods: sent, arrived, judged by two condition reports (R44; rulings A69 to A71)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days
from fairlot.domain.order.commands import (
    ContestReturn,
    DecideReturn,
    JudgeReturn,
    RecordCondition,
    RecordReturnArrived,
    RecordReturnSent,
)
from fairlot.domain.order.events import (
    ConditionReported,
    OrderEvent,
    ReturnArrived,
    ReturnContested,
    ReturnCostStated,
    ReturnDecided,
    ReturnJudged,
    ReturnSent,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.given_back import Shares, shares_of_amount, shares_of_decision
from fairlot.domain.order.rules.settlement import end_if_over
from fairlot.domain.order.rules.waterfall import add_found_due
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Dispute, GoodsReturn, Order, is_charged_back
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
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
    reported = ConditionReported(
        at=asked.now,
        before=command.before,
        same=command.same,
        report_hash=command.report_hash,
    )
    currency = terms_of(order).currency
    most = asked.policy.inspection.fee_returned_minor_max.get(currency, command.fee_minor)
    return (reported, *_cost(order, "report", command.fee_minor, most=most, at=asked.now))


def _cost(
    order: Order, cost: str, amount_minor: int, *, most: int, at: dt.datetime
) -> tuple[OrderEvent, ...]:
    """Return what the buyer advanced for a return, up to the policy's most; the supplier bears it if upheld (A69).

    A settlement says by its own amount what is given back, and no claim was upheld by it.
    """
    refuse_if(
        not 0 <= amount_minor <= AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE, most=AMOUNT_MINOR_MAX
    )
    if amount_minor == 0:
        return ()
    upheld = order.dispute is not None and order.dispute.settled_offer is None
    return (
        ReturnCostStated(
            at=at,
            cost=cost,
            amount_minor=amount_minor,
            returnable_minor=min(amount_minor, most) if upheld else 0,
            currency=terms_of(order).currency,
        ),
    )


def record_return_sent(
    order: Order, command: RecordReturnSent, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The carrier's proof of posting suffices; the way's own days apply to the way back (ruling A71)."""
    goods_return = _running(order)
    refuse_if(goods_return.sent_at is not None, Code.RETURN_ALREADY_SENT)
    days = asked.policy.clocks.arrival_asked_days[command.mode.value]
    sent = ReturnSent(
        at=asked.now,
        mode=command.mode,
        carrier_chosen_by=command.carrier_chosen_by,
        proof_hash=command.proof_hash,
        arrival_asked_at=in_days(asked.now, days),
    )
    most = asked.policy.money.return_freight_minor_max.get(terms_of(order).currency, 0)
    return (sent, *_cost(order, "freight", command.freight_minor, most=most, at=asked.now))


def record_return_arrived(
    order: Order, command: RecordReturnArrived, asked: Asked
) -> tuple[OrderEvent, ...]:
    """From arrival the goods are judged within the policy's days."""
    del command  # Its proof is kept with the command.
    goods_return = _running(order)
    refuse_if(goods_return.sent_at is None, Code.RETURN_NOT_SENT)
    if goods_return.arrived_at is not None:
        raise Refused(Code.ALREADY_ARRIVED, arrived_at=goods_return.arrived_at.isoformat())
    until = in_days(asked.now, asked.policy.clocks.return_judged_days)
    return (ReturnArrived(at=asked.now, counted=False, judge_until=until),)


def judge_return(order: Order, command: JudgeReturn, asked: Asked) -> tuple[OrderEvent, ...]:
    """The supplier says the return is in order: the refund need not wait for the clock, only for an open chargeback."""
    del command
    goods_return = _running(order)
    refuse_if(goods_return.arrived_at is None, Code.RETURN_NOT_ARRIVED)
    refuse_if(is_charged_back(order), Code.CHARGEBACK_ALREADY_OPEN)
    story = Story(order)
    story.add(ReturnJudged(at=asked.now, refunds=True, by_lapse=False))
    _pay(story, goods_return, earned=True, at=asked.now, policy=asked.policy)
    return story.told()


def contest_return(order: Order, command: ContestReturn, asked: Asked) -> tuple[OrderEvent, ...]:
    """Either side may contest the second report while the return is judged; then a mediator decides (ruling A69)."""
    goods_return = _running(order)
    refuse_if(goods_return.arrived_at is None, Code.RETURN_NOT_ARRIVED)
    open_to_it = goods_return.after_same is not None and goods_return.decide_until is None
    refuse_if(not open_to_it, Code.NOTHING_TO_CONTEST)
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    days = asked.policy.clocks.decision_business_days
    return (
        ReturnContested(
            at=asked.now,
            by=asked.party,
            reason_hash=command.reason_hash,
            decide_until=in_business_days(order, asked.now, days, asked.policy),
        ),
    )


def decide_return(order: Order, command: DecideReturn, asked: Asked) -> tuple[OrderEvent, ...]:
    """The mediator of the case, or a supervisor, decides a contested return; an open chargeback ends before it is paid."""
    goods_return = _running(order)
    waits = goods_return.decide_until is not None and goods_return.decided is None
    refuse_if(not waits, Code.NOTHING_TO_CONTEST)
    heard_it = order.dispute is not None and asked.actor.person_id == order.dispute.mediator_id
    refuse_if(asked.actor.role is not Role.SUPERVISOR and not heard_it, Code.NOT_THE_MEDIATOR)
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    story = Story(order)
    story.add(ReturnDecided(at=asked.now, refunds=command.refunds, reason_hash=command.reason_hash))
    if not is_charged_back(order):
        add_decided(story, at=asked.now, policy=asked.policy)
    return story.told()


def add_decided(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Pay what a mediator decided on a return."""
    goods_return = _running(story.order)
    assert goods_return.decided is not None, "a mediator decided"
    story.add(ReturnJudged(at=at, refunds=goods_return.decided, by_lapse=False))
    _pay(story, goods_return, earned=goods_return.decided, at=at, policy=policy)


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
        story,
        cause="return",
        amount_minor=amount,
        inspection_ids=ids,
        costs_minor=goods_return.costs_minor if earned else 0,
        at=at,
        policy=policy,
    )


def add_return_refund(
    story: Story,
    *,
    cause: str,
    amount_minor: int,
    inspection_ids: tuple[str, ...],
    at: dt.datetime,
    policy: Policy,
    costs_minor: int = 0,
) -> None:
    """Pay what the end of a return gives beyond what a chargeback took; the order ends if no goods are to come."""
    dispute = story.order.dispute
    assert dispute is not None, "a case leads to a return"
    add_found_due(
        story,
        cause=cause,
        amount_minor=amount_minor,
        at=at,
        policy=policy,
        inspection_ids=inspection_ids,
        costs_minor=costs_minor,
        shares=_shares(story.order, dispute, amount_minor),
    )
    end_if_over(story, at=at, policy=policy)


def _shares(order: Order, dispute: Dispute, amount_minor: int) -> Shares:
    """Return what the end of a return gives back of which goods; a settlement has no decision."""
    if dispute.decision is None or dispute.settled_offer is not None:
        return shares_of_amount(order, dispute, amount_minor)
    return shares_of_decision(order, dispute, dispute.decision, amount_minor)
