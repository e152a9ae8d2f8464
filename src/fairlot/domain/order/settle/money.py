"""What the clocks of the agreement and of money do."""

from __future__ import annotations

from fairlot.domain.order._chargeback import chargeback_ended
from fairlot.domain.order._ids import refund_id_for
from fairlot.domain.order._settlement import add_refund, add_suspense_returns, funded
from fairlot.domain.order.asked import Story, in_business_days
from fairlot.domain.order.clocks.clock import Clock
from fairlot.domain.order.events import (
    OrderCancelled,
    PlatformBreached,
    ProposalExpired,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.refunds import UNPAID
from fairlot.domain.order.standing import net_paid_minor
from fairlot.domain.policy.model import Policy


def proposal_effect(story: Story, clock: Clock, _: Policy) -> None:
    assert story.order.proposal is not None
    story.add(
        ProposalExpired(at=clock.due_at, version_hash=story.order.proposal.terms.version_hash)
    )


def first_payment_effect(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(OrderCancelled(at=clock.due_at, reason=UNPAID))
    paid_minor = net_paid_minor(story.order)
    add_refund(story, cause=UNPAID, price_minor=paid_minor, at=clock.due_at, policy=policy)
    add_suspense_returns(story, at=clock.due_at, policy=policy)


def refund_sent_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(
        PlatformBreached(
            at=clock.due_at, clock=clock.kind, due_at=clock.due_at, refund_id=clock.subject
        )
    )


def seeking_effect(story: Story, clock: Clock, _: Policy) -> None:
    seeking = next(s for s in story.order.seeking if s.refund_id == clock.subject)
    story.add(funded(story.order, seeking, taken_minor=0, at=clock.due_at))


def chargeback_effect(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    chargeback_ended(
        story, outcome="unanswered", network_fee_minor=0, at=clock.due_at, policy=policy
    )


def suspense_effect(story: Story, clock: Clock, policy: Policy) -> None:
    item = next(i for i in story.order.suspense if i.payment_id == clock.subject)
    order = story.order
    days = policy.clocks.refund_sent_business_days
    story.add(
        SuspenseReturned(
            at=clock.due_at,
            payment_id=item.payment_id,
            rail=item.rail,
            amount_minor=item.amount_minor,
            currency=item.currency,
            refund_id=refund_id_for(order),
            due_at=in_business_days(order, clock.due_at, days, policy),
        )
    )
