"""Decisions about cancellations that the platform itself causes: whole, and with the fees its policy gives back (A15)."""

from __future__ import annotations

from collections.abc import Iterator

from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Asked, Story, in_business_days
from fairlot.domain.order.commands import CancelByPlatform
from fairlot.domain.order.decisions.chargeback import CARD
from fairlot.domain.order.events import OrderCancelled, OrderEvent, PaymentFeeReturned
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.rules.inspection_fees import fees_of_failed
from fairlot.domain.order.rules.settlement import add_suspense_returns
from fairlot.domain.order.rules.supplier_fees import add_charged_fees, add_lifted_fees
from fairlot.domain.order.rules.waterfall import add_refund
from fairlot.domain.order.standing import net_paid_minor, terms_of
from fairlot.domain.order.state import Order, Payment, PaymentStatus, is_charged_back, open_dispute
from fairlot.domain.policy.fees import way_in_force
from fairlot.domain.policy.model import Policy

# The reason of the cancellation, and the cause of its refund.
PLATFORM = "platform"


def cancel_by_platform(
    order: Order, command: CancelByPlatform, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The platform gives up an order before goods have left; it ends no dispute and no chargeback by that (R42)."""
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    refuse_if(any(quantities.dispatched(order).values()), Code.ALREADY_SHIPPED)
    refuse_if(open_dispute(order) is not None, Code.DISPUTE_ALREADY_OPEN)
    refuse_if(is_charged_back(order), Code.CHARGEBACK_ALREADY_OPEN)
    story = Story(order)
    story.add(OrderCancelled(at=asked.now, reason=PLATFORM))
    add_refund(
        story,
        cause=PLATFORM,
        price_minor=net_paid_minor(order),
        at=asked.now,
        policy=asked.policy,
        inspection_ids=fees_of_failed(order),
    )
    _add_fees(story, asked)
    add_lifted_fees(story, at=asked.now, policy=asked.policy)
    add_charged_fees(story, at=asked.now)
    add_suspense_returns(story, at=asked.now, policy=asked.policy)
    return story.told()


def _add_fees(story: Story, asked: Asked) -> None:
    """Give back what the ways to pay cost the buyer; the processors keep theirs, so the platform bears it."""
    for payment, fee_minor in returnable_fees(story.order, asked.policy):
        order = story.order
        days = asked.policy.clocks.refund_sent_business_days
        story.add(
            PaymentFeeReturned(
                at=asked.now,
                payment_id=payment.id,
                rail=payment.rail,
                refund_id=refund_id_for(order),
                amount_minor=fee_minor,
                currency=terms_of(order).currency,
                due_at=in_business_days(order, asked.now, days, asked.policy),
            )
        )


def returnable_fees(order: Order, policy: Policy) -> Iterator[tuple[Payment, int]]:
    """Return each payment's fee that comes back by its way to pay; a chargeback may have taken some of it before."""
    charged_back_minor = order.funds.taken_minor - order.funds.goods_taken_minor
    for payment in order.payments:
        if payment.status is not PaymentStatus.RECEIVED:
            continue
        fee_minor = payment.fee_minor
        if payment.rail == CARD:
            gone_minor = min(charged_back_minor, fee_minor)
            charged_back_minor -= gone_minor
            fee_minor -= gone_minor
        way = way_in_force(policy, payment.rail, payment.booked_at)
        if fee_minor > 0 and way is not None and way.fee_returned_when_platform_cancels:
            yield payment, fee_minor
