"""Decisions about money leaving an order: what is carried out, what is released, and how the order ends."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Story, in_business_days, in_days
from fairlot.domain.order.events import (
    ChargebackCostCharged,
    DisputeExecuted,
    FundsReleased,
    OrderCancelled,
    OrderCompleted,
    OrderRefunded,
    OrderSettled,
    PerformanceOrdered,
    ReturnOpened,
    SettlementFulfilled,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.refunds import SETTLEMENT
from fairlot.domain.order.evolve.released import UNDISPUTED
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.charged_back import price_still_due_minor
from fairlot.domain.order.rules.frozen import undisputed_minor, undisputed_of_shipment_minor
from fairlot.domain.order.rules.given_back import (
    NO_SHARES,
    kept_for_others_minor,
    shares_of_amount,
    shares_of_decision,
    still_of_shipment_minor,
)
from fairlot.domain.order.rules.supplier_fees import add_charged_fees, add_taken_fees
from fairlot.domain.order.rules.waterfall import add_counted, add_found_due, add_refund
from fairlot.domain.order.standing import is_upheld, net_paid_minor, owes_balance, terms_of
from fairlot.domain.order.state import (
    Condition,
    Decision,
    Dispute,
    DisputeCause,
    OfferKind,
    is_charged_back,
)
from fairlot.domain.policy.model import Policy


def add_release(story: Story, *, cause: str, at: dt.datetime) -> None:
    """Release what is held to the supplier; nothing held adds nothing."""
    _add_released(story, story.order.funds.held_minor, cause=cause, at=at)


def _add_released(
    story: Story, amount_minor: int, *, cause: str, shipment_id: str = "", at: dt.datetime
) -> None:
    """Release so much less the fees that the supplier bears; of a shipment also if nothing is left, for it is released."""
    amount_minor = add_taken_fees(story, amount_minor, cause=cause, shipment_id=shipment_id, at=at)
    if amount_minor > 0 or shipment_id:
        story.add(
            FundsReleased(
                at=at,
                amount_minor=amount_minor,
                currency=terms_of(story.order).currency,
                cause=cause,
                shipment_id=shipment_id,
            )
        )


def add_completed(story: Story, *, cause: str, at: dt.datetime) -> None:
    """Complete the order: the supplier has what is held, and owes what of its fees that did not cover."""
    add_release(story, cause=cause, at=at)
    add_charged_fees(story, at=at)
    story.add(OrderCompleted(at=at))


def add_part_release(story: Story, shipment_id: str, *, at: dt.datetime) -> None:
    """Release what one shipment's goods still cost, as far as it is held and not for other goods (ruling A45)."""
    order = story.order
    shipment = next(s for s in order.shipments if s.id == shipment_id)
    free_minor = max(0, order.funds.held_minor - kept_for_others_minor(order, shipment))
    amount_minor = min(still_of_shipment_minor(order, shipment), free_minor)
    _add_released(story, amount_minor, cause="claim_window", shipment_id=shipment_id, at=at)


def add_undisputed_release(
    story: Story, *, shipment_id: str = "", at: dt.datetime, policy: Policy
) -> None:
    """Release what no open case keeps, of the order or of one shipment (ruling A60); nothing adds nothing."""
    order = story.order
    amount_minor = undisputed_minor(order, policy)
    if shipment_id:
        shipment = next(s for s in order.shipments if s.id == shipment_id)
        amount_minor = undisputed_of_shipment_minor(order, shipment, policy)
    if amount_minor > 0:
        _add_released(story, amount_minor, cause=UNDISPUTED, shipment_id=shipment_id, at=at)


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
    add_charged_fees(story, at=at)
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
    order = story.order
    assert order.dispute is not None, "a decision has its case"
    add_found_due(
        story,
        cause="decision",
        amount_minor=amount_minor,
        at=at,
        policy=policy,
        inspection_ids=decision.inspection_ids,
        shares=shares_of_decision(order, order.dispute, decision, amount_minor),
    )
    end_if_over(story, at=at, policy=policy)


def end_if_over(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """End the order after money went back, unless goods are still to leave or to arrive: their price stays held (A45).

    Nothing is to come of an order that was paid back whole, nor of one whose buyer did not pay or collect. A balance that
    has fallen due is to come still, whatever was found due of the goods.
    """
    order = story.order
    gave_up = order.dispute is not None and order.dispute.cause is not DisputeCause.CLAIM
    add_balance(story, at=at, policy=policy)
    is_over = quantities.all_there(order) and not owes_balance(story.order)
    if gave_up or net_paid_minor(order) == 0 or is_over:
        add_ending(story, at=at, policy=policy)


def add_chargeback_cost(story: Story, *, at: dt.datetime) -> None:
    """Charge the supplier, once its buyer's claim is upheld, with what lost chargebacks cost beyond the goods (A72)."""
    order = story.order
    cost_minor = order.funds.chargeback_cost_minor
    if cost_minor == 0 or not is_upheld(order):
        return
    assert order.chargeback is not None, "a cost has its chargeback"
    story.add(
        ChargebackCostCharged(
            at=at,
            chargeback_id=order.chargeback.id,
            amount_minor=cost_minor,
            currency=terms_of(order).currency,
        )
    )


def add_execution(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Execute a final decision or settlement, unless a chargeback has to end first (ruling A74)."""
    order = story.order
    dispute = order.dispute
    assert dispute is not None
    if is_charged_back(order):
        return
    add_chargeback_cost(story, at=at)
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
    if decision.amount_minor > 0:
        add_division(story, decision, amount_minor=decision.amount_minor, at=at, policy=policy)
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
    whole = price_still_due_minor(story.order, offer.amount_minor) >= net_paid_minor(story.order)
    _add_settled_money(story, dispute, offer.amount_minor, at=at, policy=policy)
    add_balance(story, at=at, policy=policy)
    is_over = quantities.all_dispatched(story.order) and not owes_balance(story.order)
    if whole or is_over:
        add_ending(story, at=at, policy=policy)


def add_fulfilled(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """What was settled has been done: the money that was offered beside it moves, and the order goes on."""
    dispute = story.order.dispute
    assert dispute is not None
    assert dispute.settled_offer is not None, "something was settled"
    story.add(SettlementFulfilled(at=at))
    amount_minor = dispute.settled_offer.amount_minor
    if amount_minor == 0:
        return
    _add_settled_money(story, dispute, amount_minor, at=at, policy=policy)
    if net_paid_minor(story.order) == 0:
        add_ending(story, at=at, policy=policy)


def _add_settled_money(
    story: Story, dispute: Dispute, amount_minor: int, *, at: dt.datetime, policy: Policy
) -> None:
    """What is held is sent at once; what the supplier has got already, it may pay back first (ruling A78)."""
    due = price_still_due_minor(story.order, amount_minor)
    held = min(due, story.order.funds.held_minor)
    shares = shares_of_amount(story.order, dispute, amount_minor)
    for part in (held, due - held):
        if part > 0:
            add_refund(
                story,
                cause=SETTLEMENT,
                price_minor=part,
                at=at,
                policy=policy,
                shares=shares,
            )
            shares = NO_SHARES
    add_counted(
        story,
        cause=SETTLEMENT,
        amount_minor=amount_minor - due,
        at=at,
        refunded=due > 0,
        shares=shares,
    )


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
