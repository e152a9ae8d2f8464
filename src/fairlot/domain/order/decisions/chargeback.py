"""Decisions about chargebacks: everything waits, and the same money never goes out twice (R26; rulings A72 to A76)."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET

from fairlot.domain.order.asked import Asked, Story, in_days, in_hours
from fairlot.domain.order.commands import (
    RecordChargebackEnded,
    RecordChargebackMessage,
    RecordChargebackOpened,
)
from fairlot.domain.order.decisions.returned import add_decided
from fairlot.domain.order.events import (
    ChargebackContinued,
    ChargebackEnded,
    ChargebackOpened,
    OrderEvent,
)
from fairlot.domain.order.evolve.refunds import excess_cause
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.settlement import add_chargeback_cost, add_ending, add_execution
from fairlot.domain.order.rules.waterfall import SET_OFF_ANSWER_HOURS_MAX
from fairlot.domain.order.standing import (
    is_ended,
    net_paid_minor,
    standing_payments_minor,
    terms_of,
)
from fairlot.domain.order.state import (
    Chargeback,
    DisputeStatus,
    Order,
    PaymentStatus,
    is_charged_back,
    open_dispute,
)
from fairlot.domain.policy.model import Policy

CARD = "card"


def open_chargeback(
    order: Order, command: RecordChargebackOpened, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Freeze the order; of the amount the price paid by card comes first, then what was paid too much, then fees."""
    refuse_if(is_charged_back(order), Code.CHARGEBACK_ALREADY_OPEN)
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    paid_minor = standing_payments_minor(order, CARD)
    taken_minor = order.funds.taken_minor
    refuse_if(
        command.amount_minor > paid_minor - taken_minor,
        Code.CHARGEBACK_ABOVE_PAYMENT,
        paid_minor=paid_minor - taken_minor,
    )
    by_card = [p for p in order.payments if p.rail == CARD and p.status is PaymentStatus.RECEIVED]
    taken_minor = order.funds.goods_taken_minor
    goods_minor = sum(p.price_minor for p in by_card)
    price_minor = min(command.amount_minor, max(0, goods_minor - taken_minor))
    all_minor = goods_minor + sum(p.excess_minor for p in by_card)
    excess_minor = min(command.amount_minor, max(0, all_minor - taken_minor)) - price_minor
    return (
        ChargebackOpened(
            at=asked.now,
            chargeback_id=command.chargeback_id,
            amount_minor=command.amount_minor,
            price_minor=price_minor,
            fee_minor=command.amount_minor - price_minor - excess_minor,
            excess_minor=excess_minor or UNSET,
            currency=terms_of(order).currency,
            ends_at=in_days(asked.now, asked.policy.clocks.chargeback_days),
        ),
    )


def continue_chargeback(
    order: Order, command: RecordChargebackMessage, asked: Asked
) -> tuple[OrderEvent, ...]:
    """A bank that is still at work has its days anew; they count from its last message (ruling A73)."""
    chargeback = _open_chargeback(order, command.chargeback_id)
    ends_at = in_days(asked.now, asked.policy.clocks.chargeback_days)
    return (ChargebackContinued(at=asked.now, chargeback_id=chargeback.id, ends_at=ends_at),)


def _open_chargeback(order: Order, chargeback_id: str) -> Chargeback:
    chargeback = order.chargeback
    if chargeback is None or chargeback.id != chargeback_id or not chargeback.open:
        raise Refused(Code.NO_CHARGEBACK, chargeback_id=chargeback_id)
    return chargeback


def end_chargeback(
    order: Order, command: RecordChargebackEnded, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Book the bank's outcome and then do what waited for it."""
    _open_chargeback(order, command.chargeback_id)
    refuse_if(command.network_fee_minor < 0, Code.AMOUNT_NOT_POSITIVE)
    story = Story(order)
    outcome = "won" if command.won else "lost"
    chargeback_ended(
        story,
        outcome=outcome,
        network_fee_minor=command.network_fee_minor,
        at=asked.now,
        policy=asked.policy,
    )
    return story.told()


def chargeback_ended(
    story: Story, *, outcome: str, network_fee_minor: int, at: dt.datetime, policy: Policy
) -> None:
    """End the chargeback, then execute a decision, also one on a return, that waited for it (ruling A74)."""
    assert story.order.chargeback is not None
    story.add(
        _ended(
            story.order,
            story.order.chargeback,
            outcome=outcome,
            network_fee_minor=network_fee_minor,
            at=at,
        )
    )
    add_chargeback_cost(story, at=at)
    dispute = story.order.dispute
    if (
        dispute is not None
        and dispute.status is DisputeStatus.FINAL
        and not dispute.condition_until
    ):
        add_execution(story, at=at, policy=policy)
    elif story.order.goods_return is not None and story.order.goods_return.decided is not None:
        add_decided(story, at=at, policy=policy)
    elif outcome == "lost" and net_paid_minor(story.order) == 0 and _stands_alone(story.order):
        add_ending(story, at=at, policy=policy)


def _stands_alone(order: Order) -> bool:
    """Say whether nothing else will end the order: no dispute, no return, and not ended before."""
    return open_dispute(order) is None and order.goods_return is None and not is_ended(order)


def _ended(
    order: Order,
    chargeback: Chargeback,
    *,
    outcome: str,
    network_fee_minor: int,
    at: dt.datetime,
) -> ChargebackEnded:
    """A lost chargeback takes from what is held, then seeks the rest; what went back before, the buyer owes (A76)."""
    currency = terms_of(order).currency
    lost = outcome == "lost"
    price_minor = min(chargeback.price_minor, net_paid_minor(order)) if lost else 0
    excess_minor = chargeback.excess_minor if lost else 0
    unsent = _unsent_excess(order, excess_minor)
    twice_minor = chargeback.price_minor - price_minor if lost else 0
    twice_minor += excess_minor - sum(unsent.values())
    from_held_minor = min(price_minor, order.funds.held_minor)
    sought_minor = price_minor - from_held_minor
    return ChargebackEnded(
        at=at,
        chargeback_id=chargeback.id,
        outcome=outcome,
        currency=currency,
        amount_minor=chargeback.amount_minor if lost else 0,
        price_minor=price_minor,
        fee_minor=(chargeback.fee_minor if lost else 0) + network_fee_minor,
        from_held_minor=from_held_minor,
        sought_minor=sought_minor,
        buyer_owes_minor=twice_minor,
        seek_until=in_hours(at, SET_OFF_ANSWER_HOURS_MAX) if sought_minor > 0 else None,
        excess_minor=excess_minor or UNSET,
        from_excess_minor=unsent or UNSET,
    )


def _unsent_excess(order: Order, most_minor: int) -> dict[str, int]:
    """Return per refund what was paid too much by card and has not gone back yet, up to an amount."""
    causes = {excess_cause(payment.id) for payment in order.payments if payment.rail == CARD}
    found: dict[str, int] = {}
    for refund in order.refunds:
        if refund.cause in causes:
            left_minor = refund.amount_minor - refund.confirmed_minor
            found[refund.id] = min(left_minor, most_minor - sum(found.values()))
    return {refund_id: minor for refund_id, minor in found.items() if minor > 0}
