"""Decisions about money leaving an order: refunds by the waterfall, releases, and how the order ends.

Who pays a refund: what is held, then what the supplier is owed and has not been paid, then the guarantee fund up to
the cover (programme, section 5; rulings A20 to A22, A27). Inspection fees that come back are on top of the cover.
"""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order import quantities
from fairlot.domain.order._fees import failed_and_unreturned, returnable_fee_minor
from fairlot.domain.order._ids import refund_id_for
from fairlot.domain.order.asked import Story, in_business_days, in_days, in_hours
from fairlot.domain.order.events import (
    DisputeExecuted,
    FundsReleased,
    OrderCancelled,
    OrderRefunded,
    OrderSettled,
    PerformanceOrdered,
    RefundDecided,
    RefundFunded,
    ReturnOpened,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.refunds import PRICE_CHANGE, SETTLEMENT
from fairlot.domain.order.standing import cover_left_minor, net_paid_minor, terms_of
from fairlot.domain.order.state import (
    Condition,
    Decision,
    Dispute,
    DisputeCause,
    OfferKind,
    Order,
    Seeking,
)
from fairlot.domain.policy.model import Policy

# How long a refund waits for word of the supplier's other payables before the fund pays; they answer within seconds.
SET_OFF_ANSWER_HOURS_MAX = 24


def add_refund(
    story: Story,
    *,
    cause: str,
    price_minor: int,
    at: dt.datetime,
    policy: Policy,
    inspection_ids: tuple[str, ...] = (),
    costs_minor: int = 0,
) -> None:
    """Decide a refund of part of the price, of named inspections' fees and of a return's costs, each once.

    Nothing due adds nothing.
    """
    order = story.order
    price_minor = min(price_minor, net_paid_minor(order))
    currency = terms_of(order).currency
    inspections = tuple(i for i in failed_and_unreturned(order) if i.id in inspection_ids)
    fee_minor = costs_minor + sum(returnable_fee_minor(i, currency, policy) for i in inspections)
    if price_minor + fee_minor == 0:
        return
    from_held_minor = min(order.funds.held_minor, price_minor + fee_minor)
    seek_until = None
    if from_held_minor < price_minor + fee_minor:
        seek_until = _seek_until(order, cause, at, policy)
    story.add(
        RefundDecided(
            at=at,
            refund_id=refund_id_for(order),
            cause=cause,
            currency=currency,
            price_minor=price_minor,
            fee_minor=fee_minor,
            excess_minor=0,
            from_held_minor=from_held_minor,
            due_at=in_business_days(order, at, policy.clocks.refund_sent_business_days, policy),
            seek_until=seek_until,
            inspection_ids=tuple(i.id for i in inspections),
        )
    )


def _seek_until(order: Order, cause: str, at: dt.datetime, policy: Policy) -> dt.datetime:
    """After a settlement the supplier itself has its days to pay (ruling A78); else only an answer is awaited."""
    if cause == SETTLEMENT:
        days = policy.clocks.supplier_repays_business_days
        return in_business_days(order, at, days, policy)
    return in_hours(at, SET_OFF_ANSWER_HOURS_MAX)


def excess_cause(payment_id: str) -> str:
    """Return the cause of the refund by which a payment's excess goes back."""
    return f"excess:{payment_id}"


def excess_refund(
    order: Order, *, payment_id: str, amount_minor: int, at: dt.datetime, policy: Policy
) -> RefundDecided:
    """Return the event by which an overpayment goes back."""
    return RefundDecided(
        at=at,
        refund_id=refund_id_for(order),
        cause=excess_cause(payment_id),
        currency=terms_of(order).currency,
        price_minor=0,
        fee_minor=0,
        excess_minor=amount_minor,
        from_held_minor=0,
        due_at=in_business_days(order, at, policy.clocks.refund_sent_business_days, policy),
    )


def funded(order: Order, seeking: Seeking, *, taken_minor: int, at: dt.datetime) -> RefundFunded:
    """Return where the sought part of a refund comes from once the supplier's part is known.

    Behind a price that was lowered stands the cover that was lowered with it, then what is left (ruling A11).
    """
    from_payables = taken_minor
    already = from_payables + seeking.from_supplier_minor
    price_left = max(0, seeking.price_minor - already)
    fee_left = max(0, seeking.fee_minor - max(0, already - seeking.price_minor))
    given_up = order.cover_given_up_minor if seeking.cause == PRICE_CHANGE else 0
    given_up_used = min(price_left, given_up)
    cover_used = min(price_left - given_up_used, cover_left_minor(order)) if order.enrolled else 0
    from_fund = given_up_used + cover_used + (fee_left if order.enrolled else 0)
    short = price_left + fee_left - from_fund
    return RefundFunded(
        at=at,
        refund_id=seeking.refund_id,
        currency=terms_of(order).currency,
        from_payables_minor=from_payables,
        from_fund_minor=from_fund,
        cover_used_minor=cover_used,
        uncovered_minor=0 if seeking.chargeback else short,
        platform_minor=short if seeking.chargeback else 0,
        chargeback=seeking.chargeback,
    )


def add_release(story: Story, *, cause: str, at: dt.datetime) -> None:
    """Release what is held to the supplier; nothing held adds nothing."""
    held_minor = story.order.funds.held_minor
    if held_minor > 0:
        story.add(
            FundsReleased(
                at=at,
                amount_minor=held_minor,
                currency=terms_of(story.order).currency,
                cause=cause,
            )
        )


def add_part_release(story: Story, shipment_id: str, *, at: dt.datetime) -> None:
    """Release one shipment's price, as far as it is still held."""
    order = story.order
    shipment = next(s for s in order.shipments if s.id == shipment_id)
    price_minor = quantities.price_of(order, shipment.quantities)
    story.add(
        FundsReleased(
            at=at,
            amount_minor=min(price_minor, order.funds.held_minor),
            currency=terms_of(order).currency,
            cause="claim_window",
            shipment_id=shipment_id,
        )
    )


def add_suspense_returns(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Send suspended money back at once, because the order ends (ruling A14)."""
    for item in story.order.suspense:
        order = story.order
        story.add(
            SuspenseReturned(
                at=at,
                payment_id=item.payment_id,
                rail=item.rail,
                amount_minor=item.amount_minor,
                currency=item.currency,
                refund_id=refund_id_for(order),
                due_at=in_business_days(order, at, policy.clocks.refund_sent_business_days, policy),
            )
        )


def add_ending(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """End the order: refunded if nothing of the price stays, else the rest is released and the order is settled."""
    add_release(story, cause="ending", at=at)
    if story.order.credit is not None and story.order.funds.paid_minor == 0:
        story.add(OrderCancelled(at=at, reason="credit_unpaid"))
    elif net_paid_minor(story.order) == 0:
        story.add(OrderRefunded(at=at))
    else:
        story.add(OrderSettled(at=at))
    add_suspense_returns(story, at=at, policy=policy)


def add_division(
    story: Story, decision: Decision, *, amount_minor: int, at: dt.datetime, policy: Policy
) -> None:
    """Give the buyer its part, and the supplier the rest once all goods are there; else the order goes on."""
    whole = amount_minor >= net_paid_minor(story.order)
    add_refund(
        story,
        cause="decision",
        price_minor=amount_minor,
        at=at,
        policy=policy,
        inspection_ids=decision.inspection_ids,
    )
    if whole or quantities.all_arrived(story.order):
        add_ending(story, at=at, policy=policy)


def add_execution(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Execute a final decision or settlement, unless a chargeback has to end first (ruling A74)."""
    order = story.order
    dispute = order.dispute
    assert dispute is not None
    if order.chargeback is not None and order.chargeback.open:
        return
    if dispute.settled_offer is not None:
        _add_settlement(story, dispute, at=at, policy=policy)
        return
    decision = dispute.decision
    assert decision is not None
    match decision.condition:
        case Condition.PERFORM:
            assert decision.until is not None
            story.add(PerformanceOrdered(at=at, until=decision.until))
        case Condition.RETURN:
            _add_return(story, decision, at=at, policy=policy)
        case Condition.NONE:
            story.add(DisputeExecuted(at=at, settled=False))
            add_money(story, dispute, decision, at=at, policy=policy)


def add_money(
    story: Story, dispute: Dispute, decision: Decision, *, at: dt.datetime, policy: Policy
) -> None:
    """Pay what the decision gives beyond what a chargeback took; nothing due to a claimant lets the order go on."""
    due = max(0, decision.amount_minor - story.order.funds.charged_back_minor)
    if decision.amount_minor > 0:
        add_division(story, decision, amount_minor=due, at=at, policy=policy)
    elif dispute.cause is not DisputeCause.CLAIM:
        add_ending(story, at=at, policy=policy)


def _add_settlement(story: Story, dispute: Dispute, *, at: dt.datetime, policy: Policy) -> None:
    """Pay what was settled and give the supplier the rest (ruling A59); an order with goods still to leave goes on."""
    offer = dispute.settled_offer
    assert offer is not None
    story.add(DisputeExecuted(at=at, settled=True))
    if offer.kind is OfferKind.RETURN_AND_REFUND:
        story.add(
            ReturnOpened(
                at=at,
                refund_minor=offer.amount_minor,
                fee_minor=0,
                otherwise_minor=offer.kept_amount_minor,
                otherwise_fee_minor=0,
                send_until=in_days(at, policy.clocks.return_sent_days),
            )
        )
        return
    due = max(0, offer.amount_minor - story.order.funds.charged_back_minor)
    whole = due >= net_paid_minor(story.order)
    add_refund(story, cause=SETTLEMENT, price_minor=due, at=at, policy=policy)
    if whole or quantities.all_dispatched(story.order):
        add_ending(story, at=at, policy=policy)


def _add_return(story: Story, decision: Decision, *, at: dt.datetime, policy: Policy) -> None:
    story.add(DisputeExecuted(at=at, settled=False))
    story.add(
        ReturnOpened(
            at=at,
            refund_minor=decision.amount_minor,
            fee_minor=decision.inspection_fee_minor,
            inspection_ids=decision.inspection_ids,
            otherwise_minor=decision.otherwise_minor,
            otherwise_fee_minor=decision.otherwise_fee_minor,
            otherwise_inspection_ids=decision.otherwise_inspection_ids,
            send_until=in_days(at, policy.clocks.return_sent_days),
        )
    )
