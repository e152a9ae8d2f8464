"""What the clocks of the agreement and of money do."""

from __future__ import annotations

from fairlot.domain.order.asked import Asked, Story, in_business_days, in_hours
from fairlot.domain.order.clocks.clock import Clock
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.order.decisions.chargeback import chargeback_ended
from fairlot.domain.order.decisions.fee_consent import way_of
from fairlot.domain.order.decisions.funding import add_payment
from fairlot.domain.order.events import (
    OrderCancelled,
    PlatformBreached,
    ProposalExpired,
    SetOffSought,
    SetOffUnanswered,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.refunds import UNPAID
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.rules.settlement import add_suspense_returns
from fairlot.domain.order.rules.supplier_fees import add_charged_fees
from fairlot.domain.order.rules.waterfall import SET_OFF_ANSWER_HOURS_MAX, add_refund, funded
from fairlot.domain.order.standing import net_paid_minor, terms_of
from fairlot.domain.party import CLOCK
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
    add_charged_fees(story, at=clock.due_at)
    add_suspense_returns(story, at=clock.due_at, policy=policy)


def refund_sent_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(
        PlatformBreached(
            at=clock.due_at, clock=clock.kind, due_at=clock.due_at, refund_id=clock.subject
        )
    )


def seeking_effect(story: Story, clock: Clock, _: Policy) -> None:
    """What a settlement's supplier did not pay is sought of its other payables first; else the fund pays (A21, A78)."""
    seeking = next(s for s in story.order.seeking if s.refund_id == clock.subject)
    if not seeking.set_off_asked:
        story.add(
            SetOffSought(
                at=clock.due_at,
                refund_id=seeking.refund_id,
                amount_minor=seeking.price_minor + seeking.fee_minor - seeking.from_supplier_minor,
                currency=terms_of(story.order).currency,
                seek_until=in_hours(clock.due_at, SET_OFF_ANSWER_HOURS_MAX),
            )
        )
        return
    story.add(SetOffUnanswered(at=clock.due_at, refund_id=seeking.refund_id))
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


def payment_confirmed_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """A payment that was not returned in time counts from now, as booked when it was (rulings A08, A18)."""
    payment = next(p for p in story.order.awaited if p.id == clock.subject)
    command = RecordPayment(
        payment_id=payment.id,
        rail=payment.rail,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        booked_at=None if payment.booked_date is not None else payment.booked_at,
        booked_date=payment.booked_date,
        for_all_instalments=payment.for_all_instalments,
    )
    asked = Asked(CLOCK, clock.due_at, policy)
    way = way_of(story.order, payment.rail, payment.booked_at, asked)
    add_payment(story, command, way=way, booked_at=payment.booked_at, asked=asked)
