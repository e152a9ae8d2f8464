"""Settle what is due: the effect of the one earliest clock, dated by its own deadline, whoever looks and whenever.

`execute` calls this in a bounded loop before it decides, so a late or dead worker changes no outcome.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fairlot.domain.calendar import whole_second
from fairlot.domain.order import quantities
from fairlot.domain.order._chargeback import chargeback_ended
from fairlot.domain.order._ids import dispute_id_for, refund_id_for
from fairlot.domain.order._return import add_judgement
from fairlot.domain.order._settlement import (
    add_ending,
    add_execution,
    add_refund,
    add_release,
    add_suspense_returns,
    funded,
)
from fairlot.domain.order._windows import claim_until_for
from fairlot.domain.order.asked import Story, in_business_days, in_days
from fairlot.domain.order.case import decision_by_rule
from fairlot.domain.order.clocks import Clock, ClockKind, clocks
from fairlot.domain.order.events import (
    AnswerLapsed,
    ClaimWindowWarned,
    CountedDelivered,
    DecisionFinal,
    DecisionMade,
    DisputeEscalated,
    DisputeExecuted,
    DisputeInspectionLapsed,
    DisputeOpened,
    EvidenceRoundClosed,
    InspectionLapsed,
    MediatorNamed,
    MissingCancelled,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderEvent,
    PlatformBreached,
    ProposalExpired,
    RefusalDecided,
    RefusalLapsed,
    ReturnArrived,
    ReturnLapsed,
    ReworkRequested,
    SettlementFulfilled,
    SettlementLapsed,
    ShipmentFellDue,
    ShipmentReminded,
    ShipmentUnproven,
    SuspenseReturned,
)
from fairlot.domain.order.standing import net_paid_minor, terms_of
from fairlot.domain.order.state import Decision, DisputeCause, DisputeStatus, OfferKind, Order
from fairlot.domain.policy.model import Policy

# Who hears a case when the platform named nobody in time.
SUPERVISOR_ID = "supervisor"

Effect = Callable[[Story, Clock, Policy], None]


def settle_due(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[OrderEvent, ...]:
    """Return the effect of the earliest clock that has run out by `now`, or nothing."""
    running = clocks(order, policy)
    if not running or whole_second(now) <= running[0].due_at:
        return ()
    clock = running[0]
    story = Story(order)
    EFFECTS[clock.kind](story, clock, policy)
    assert story.events, f"clock {clock.kind} did nothing"
    return story.told()


def _proposal(story: Story, clock: Clock, _: Policy) -> None:
    assert story.order.proposal is not None
    story.add(
        ProposalExpired(at=clock.due_at, version_hash=story.order.proposal.terms.version_hash)
    )


def _first_payment(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(OrderCancelled(at=clock.due_at, reason="unpaid"))
    paid_minor = net_paid_minor(story.order)
    add_refund(story, cause="unpaid", price_minor=paid_minor, at=clock.due_at, policy=policy)
    add_suspense_returns(story, at=clock.due_at, policy=policy)


def _platform_case(cause: DisputeCause) -> Effect:
    """A duty of the buyer that stands still goes to mediation by itself (rulings A36, A65)."""

    def effect(story: Story, clock: Clock, policy: Policy) -> None:
        order = story.order
        days = policy.clocks.mediator_named_business_days
        story.add(
            DisputeOpened(
                at=clock.due_at,
                dispute_id=dispute_id_for(order),
                cause=cause,
                claims=(),
                mediator_until=in_business_days(order, clock.due_at, days, policy),
                by_itself=True,
            )
        )

    return effect


def _shipment_reminder(story: Story, clock: Clock, policy: Policy) -> None:
    assert story.order.shipment_until is not None
    days = (story.order.shipment_until - clock.due_at).days
    assert days in policy.clocks.shipment_reminder_days
    story.add(ShipmentReminded(at=clock.due_at, days=days))


def _shipment_due(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ShipmentFellDue(at=clock.due_at))


def _never_shipped(story: Story, clock: Clock, policy: Policy) -> None:
    """Cancel what never left and give its price back; with nothing shipped the order ends (ruling A45)."""
    at = clock.due_at
    missing = quantities.missing(story.order)
    if quantities.dispatched(story.order):
        amount_minor = quantities.price_of(story.order, missing)
        story.add(MissingCancelled(at=at, quantities=missing, amount_minor=amount_minor))
        add_refund(story, cause="missing", price_minor=amount_minor, at=at, policy=policy)
        return
    story.add(OrderCancelled(at=at, reason="never_shipped"))
    paid_minor = net_paid_minor(story.order)
    add_refund(
        story,
        cause="never_shipped",
        price_minor=paid_minor,
        at=at,
        policy=policy,
        with_fees=True,
    )
    add_suspense_returns(story, at=at, policy=policy)


def _movement(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ShipmentUnproven(at=clock.due_at, shipment_id=clock.subject))


def _arrival(story: Story, clock: Clock, policy: Policy) -> None:
    until = claim_until_for(story.order, start_at=clock.due_at, policy=policy)
    story.add(CountedDelivered(at=clock.due_at, shipment_id=clock.subject, claim_until=until))


def _claim_warning(story: Story, clock: Clock, _: Policy) -> None:
    shipment = next(s for s in story.order.shipments if s.id == clock.subject)
    assert shipment.claim_until is not None
    days = (shipment.claim_until - clock.due_at).days
    story.add(ClaimWindowWarned(at=clock.due_at, shipment_id=clock.subject, days=days))


def _claim_window(story: Story, clock: Clock, _: Policy) -> None:
    add_release(story, cause="claim_window", at=clock.due_at)
    story.add(OrderCompleted(at=clock.due_at))


def _closing(story: Story, clock: Clock, _: Policy) -> None:
    story.add(OrderClosed(at=clock.due_at))


def _answer(story: Story, clock: Clock, _: Policy) -> None:
    story.add(AnswerLapsed(at=clock.due_at))


def _negotiation(story: Story, clock: Clock, policy: Policy) -> None:
    days = policy.clocks.mediator_named_business_days
    until = in_business_days(story.order, clock.due_at, days, policy)
    story.add(DisputeEscalated(at=clock.due_at, mediator_until=until, by_itself=True))


def _mediator(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    story.add(
        MediatorNamed(
            at=clock.due_at,
            mediator_id=SUPERVISOR_ID,
            supervisor=True,
            evidence_until=in_days(clock.due_at, policy.clocks.evidence_round_days),
        )
    )


def _evidence(story: Story, clock: Clock, policy: Policy) -> None:
    lengths = policy.clocks
    order = story.order
    story.add(
        EvidenceRoundClosed(
            at=clock.due_at,
            decision_until=in_business_days(
                order, clock.due_at, lengths.decision_business_days, policy
            ),
            rule_at=in_business_days(
                order, clock.due_at, lengths.decision_by_rule_business_days, policy
            ),
        )
    )


def _inspection_booking(story: Story, clock: Clock, _: Policy) -> None:
    story.add(DisputeInspectionLapsed(at=clock.due_at))


def _inspection_report(story: Story, clock: Clock, policy: Policy) -> None:
    inspection = next(i for i in story.order.inspections if i.id == clock.subject)
    order = story.order
    days = policy.clocks.refund_sent_business_days
    story.add(
        InspectionLapsed(
            at=clock.due_at,
            inspection_id=inspection.id,
            refund_id=refund_id_for(order),
            fee_minor=inspection.fee_minor,
            currency=terms_of(order).currency,
            due_at=in_business_days(order, clock.due_at, days, policy),
        )
    )


def _lot_choice(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ReworkRequested(at=clock.due_at, by_silence=True))


def _decision(story: Story, clock: Clock, _: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))


def _decision_by_rule(story: Story, clock: Clock, policy: Policy) -> None:
    """The rules decide for a silent platform; an appeal not decided in time confirms the decision."""
    dispute = story.order.dispute
    assert dispute is not None
    if dispute.status is DisputeStatus.APPEALED:
        assert dispute.decision is not None
        story.add(PlatformBreached(at=clock.due_at, clock="appeal_decision", due_at=clock.due_at))
        _make_final(story, dispute.decision, clock.due_at, policy, by_lapse=True)
        return
    decision = decision_by_rule(story.order, now=clock.due_at, policy=policy)
    until = in_days(clock.due_at, policy.clocks.appeal_days)
    story.add(DecisionMade(at=clock.due_at, decision=decision, appeal_until=until))


def _appeal(story: Story, clock: Clock, policy: Policy) -> None:
    assert story.order.dispute is not None
    assert story.order.dispute.decision is not None
    _make_final(story, story.order.dispute.decision, clock.due_at, policy, by_lapse=False)


def _make_final(
    story: Story, decision: Decision, at: dt.datetime, policy: Policy, *, by_lapse: bool
) -> None:
    story.add(DecisionFinal(at=at, decision=decision, by_lapse=by_lapse))
    add_execution(story, at=at, policy=policy)


def _condition(story: Story, clock: Clock, policy: Policy) -> None:
    """What was settled or ordered is due: a settlement revives its dispute, a performance order pays out."""
    at = clock.due_at
    dispute = story.order.dispute
    assert dispute is not None
    if dispute.status is DisputeStatus.SETTLED_ON_CONDITION:
        offer = dispute.settled_offer
        assert offer is not None
        if offer.kind is OfferKind.EXTENSION and quantities.all_dispatched(story.order):
            story.add(SettlementFulfilled(at=at))
            return
        days = policy.clocks.mediator_named_business_days
        until = in_business_days(story.order, at, days, policy)
        story.add(SettlementLapsed(at=at, mediator_until=until))
        return
    assert dispute.decision is not None
    story.add(DisputeExecuted(at=at, settled=False))
    if quantities.all_dispatched(story.order):
        return
    due = max(0, dispute.decision.otherwise_minor - story.order.funds.charged_back_minor)
    add_refund(story, cause="decision", price_minor=due, at=at, policy=policy, with_fees=True)
    add_ending(story, at=at, policy=policy)


def _return_sent(story: Story, clock: Clock, policy: Policy) -> None:
    goods_return = story.order.goods_return
    assert goods_return is not None
    at = clock.due_at
    story.add(ReturnLapsed(at=at))
    due = max(0, goods_return.otherwise_minor - story.order.funds.charged_back_minor)
    add_refund(
        story, cause="return_not_sent", price_minor=due, at=at, policy=policy, with_fees=True
    )
    add_ending(story, at=at, policy=policy)


def _return_arrival(story: Story, clock: Clock, policy: Policy) -> None:
    until = in_days(clock.due_at, policy.clocks.return_judged_days)
    story.add(ReturnArrived(at=clock.due_at, counted=True, judge_until=until))


def _return_judged(story: Story, clock: Clock, policy: Policy) -> None:
    add_judgement(story, at=clock.due_at, policy=policy, by_lapse=True)


def _refund_sent(story: Story, clock: Clock, _: Policy) -> None:
    story.add(
        PlatformBreached(
            at=clock.due_at, clock=clock.kind, due_at=clock.due_at, refund_id=clock.subject
        )
    )


def _seeking(story: Story, clock: Clock, _: Policy) -> None:
    seeking = next(s for s in story.order.seeking if s.refund_id == clock.subject)
    story.add(funded(story.order, seeking, taken_minor=0, at=clock.due_at))


def _chargeback(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    chargeback_ended(
        story, outcome="unanswered", network_fee_minor=0, at=clock.due_at, policy=policy
    )


def _suspense(story: Story, clock: Clock, policy: Policy) -> None:
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


def _refusal_appeal(story: Story, clock: Clock, _: Policy) -> None:
    story.add(RefusalLapsed(at=clock.due_at, refusal_id=clock.subject))


def _refusal_decision(story: Story, clock: Clock, _: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    story.add(
        RefusalDecided(at=clock.due_at, refusal_id=clock.subject, admitted=False, by_lapse=True)
    )


EFFECTS: dict[ClockKind, Effect] = {
    ClockKind.PROPOSAL: _proposal,
    ClockKind.FIRST_PAYMENT: _first_payment,
    ClockKind.BALANCE: _platform_case(DisputeCause.UNPAID_BALANCE),
    ClockKind.UNCOLLECTED: _platform_case(DisputeCause.UNCOLLECTED),
    ClockKind.SHIPMENT_REMINDER: _shipment_reminder,
    ClockKind.SHIPMENT_DUE: _shipment_due,
    ClockKind.NEVER_SHIPPED: _never_shipped,
    ClockKind.MOVEMENT: _movement,
    ClockKind.ARRIVAL: _arrival,
    ClockKind.CLAIM_WARNING: _claim_warning,
    ClockKind.CLAIM_WINDOW: _claim_window,
    ClockKind.CLOSING: _closing,
    ClockKind.ANSWER: _answer,
    ClockKind.NEGOTIATION: _negotiation,
    ClockKind.MEDIATOR: _mediator,
    ClockKind.EVIDENCE: _evidence,
    ClockKind.INSPECTION_BOOKING: _inspection_booking,
    ClockKind.INSPECTION_REPORT: _inspection_report,
    ClockKind.LOT_CHOICE: _lot_choice,
    ClockKind.DECISION: _decision,
    ClockKind.DECISION_BY_RULE: _decision_by_rule,
    ClockKind.APPEAL: _appeal,
    ClockKind.CONDITION: _condition,
    ClockKind.RETURN_SENT: _return_sent,
    ClockKind.RETURN_ARRIVAL: _return_arrival,
    ClockKind.RETURN_JUDGED: _return_judged,
    ClockKind.REFUND_SENT: _refund_sent,
    ClockKind.SEEKING: _seeking,
    ClockKind.CHARGEBACK: _chargeback,
    ClockKind.SUSPENSE: _suspense,
    ClockKind.REFUSAL_APPEAL: _refusal_appeal,
    ClockKind.REFUSAL_DECISION: _refusal_decision,
}
