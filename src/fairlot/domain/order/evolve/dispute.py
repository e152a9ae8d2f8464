"""What the events of claims and disputes did. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from fairlot.domain.order.events import (
    AnswerLapsed,
    ClaimAdded,
    ClaimWithdrawn,
    DecisionAppealed,
    DecisionClockMoved,
    DecisionFinal,
    DecisionMade,
    DisputeAnswered,
    DisputeEscalated,
    DisputeEvent,
    DisputeExecuted,
    DisputeInspectionAsked,
    DisputeInspectionLapsed,
    DisputeMoot,
    DisputeOpened,
    EscalationAsked,
    Event,
    EvidenceContested,
    EvidenceRoundClosed,
    EvidenceSubmitted,
    ExtensionAsked,
    MediatorNamed,
    NegotiationExtended,
    PerformanceOrdered,
    SettlementFulfilled,
    SettlementLapsed,
    WishStated,
)
from fairlot.domain.order.evolve.disputed import with_dispute
from fairlot.domain.order.evolve.evidence import (
    evidence_at_opening,
    evidence_contested,
    evidence_given,
)
from fairlot.domain.order.evolve.goods import with_cancelled
from fairlot.domain.order.state import (
    Condition,
    Dispute,
    DisputeStatus,
    Order,
    Wish,
)


def _dispute_answered(order: Order, event: DisputeAnswered) -> Order:
    """Who declined once can not take the buyer's right to escalate back by another answer (rulings A49, A51)."""
    assert order.dispute is not None
    declined = order.dispute.declined or event.declined
    return with_dispute(order, answered=True, declined=declined)


def _answer_lapsed(order: Order, _: AnswerLapsed) -> Order:
    return with_dispute(order, answer_lapsed=True)


def _settlement_fulfilled(order: Order, event: SettlementFulfilled) -> Order:
    return _ended(order, DisputeStatus.SETTLED, event)


def _settlement_lapsed(order: Order, event: SettlementLapsed) -> Order:
    """The case goes on where it stood: one that was appealed is in its second instance (ruling A56)."""
    assert order.dispute is not None
    appealed = bool(order.dispute.appealed_by)
    return with_dispute(
        order,
        status=DisputeStatus.APPEALED if appealed else DisputeStatus.MEDIATION,
        settled_offer=None,
        condition_until=None,
        mediator_until=event.mediator_until,
    )


def _extension_asked(order: Order, event: ExtensionAsked) -> Order:
    return with_dispute(order, extension_asked_by=event.by)


def _negotiation_extended(order: Order, event: NegotiationExtended) -> Order:
    return with_dispute(order, extended=True, negotiation_until=event.negotiation_until)


def _escalation_asked(order: Order, event: EscalationAsked) -> Order:
    return with_dispute(order, escalation_asked_by=event.by)


def _dispute_escalated(order: Order, event: DisputeEscalated) -> Order:
    return with_dispute(order, status=DisputeStatus.MEDIATION, mediator_until=event.mediator_until)


def _evidence_submitted(order: Order, event: EvidenceSubmitted) -> Order:
    return with_dispute(order, evidence=evidence_given(order, event))


def _evidence_contested(order: Order, event: EvidenceContested) -> Order:
    return with_dispute(order, evidence=evidence_contested(order, event))


def _evidence_round_closed(order: Order, event: EvidenceRoundClosed) -> Order:
    return with_dispute(
        order,
        evidence_closed=True,
        decision_until=event.decision_until,
        rule_at=event.rule_at,
    )


def _dispute_inspection_lapsed(order: Order, _: DisputeInspectionLapsed) -> Order:
    return with_dispute(order, inspection_until=None, inspection_lapsed=True)


def _decision_clock_moved(order: Order, event: DecisionClockMoved) -> Order:
    return with_dispute(order, decision_until=event.decision_until, rule_at=event.rule_at)


def _decision_made(order: Order, event: DecisionMade) -> Order:
    return with_dispute(
        order,
        status=DisputeStatus.DECIDED,
        decision=event.decision,
        appeal_until=event.appeal_until,
        offers=(),
        inspection_until=None,
    )


def _decision_final(order: Order, event: DecisionFinal) -> Order:
    return with_dispute(order, status=DisputeStatus.FINAL, decision=event.decision)


def _dispute_executed(order: Order, event: DisputeExecuted) -> Order:
    status = DisputeStatus.SETTLED if event.settled else DisputeStatus.EXECUTED
    order = _ended(order, status, event)
    assert order.dispute is not None
    decision = order.dispute.decision
    if event.settled or decision is None or decision.condition is not Condition.NONE:
        return order
    return order if decision.cancelled is UNSET else with_cancelled(order, decision.cancelled)


def _performance_ordered(order: Order, event: PerformanceOrdered) -> Order:
    return with_dispute(order, condition_until=event.until)


def _dispute_moot(order: Order, event: DisputeMoot) -> Order:
    return _ended(order, DisputeStatus.MOOT, event)


def _ended(order: Order, status: DisputeStatus, event: DisputeEvent) -> Order:
    order = with_dispute(order, status=status)
    return replace(order, resumed_at=event.at)


def _opened(order: Order, event: DisputeOpened) -> Order:
    past = order.past_disputes
    if order.dispute is not None:
        past = (*past, order.dispute)
    mediated = event.mediator_until is not None
    dispute = Dispute(
        id=event.dispute_id,
        status=DisputeStatus.MEDIATION if mediated else DisputeStatus.NEGOTIATION,
        cause=event.cause,
        claims=event.claims,
        opened_at=event.at,
        answer_until=event.answer_until,
        negotiation_until=event.negotiation_until,
        mediator_until=event.mediator_until,
        evidence=evidence_at_opening(event),
        wish=event.wish,
    )
    return replace(order, dispute=dispute, past_disputes=past)


def _claim_added(order: Order, event: ClaimAdded) -> Order:
    assert order.dispute is not None
    wish = order.dispute.wish if event.wish is Wish.NONE else event.wish
    return with_dispute(order, claims=(*order.dispute.claims, event.claim), wish=wish)


def _wish_stated(order: Order, event: WishStated) -> Order:
    return with_dispute(order, wish=event.wish)


def _inspection_asked(order: Order, event: DisputeInspectionAsked) -> Order:
    assert order.dispute is not None
    return with_dispute(
        order,
        inspections_asked=order.dispute.inspections_asked + 1,
        inspection_lapsed=False,
        inspection_until=event.book_until,
    )


def _named(order: Order, event: MediatorNamed) -> Order:
    assert order.dispute is not None
    appealed = order.dispute.status is DisputeStatus.APPEALED
    first = order.dispute.first_mediator_id if appealed else event.mediator_id
    return with_dispute(
        order,
        mediator_id=event.mediator_id,
        first_mediator_id=first,
        mediator_until=None,
        evidence_until=event.evidence_until,
        evidence_closed=False,
        decision_breached=False,
    )


def _appealed(order: Order, event: DecisionAppealed) -> Order:
    assert order.dispute is not None
    dispute = order.dispute
    if dispute.status is DisputeStatus.APPEALED:
        return with_dispute(order, appealed_by=(*dispute.appealed_by, event.by))
    return with_dispute(
        order,
        status=DisputeStatus.APPEALED,
        appealed_by=(*dispute.appealed_by, event.by),
        first_mediator_id=dispute.mediator_id,
        mediator_id="",
        mediator_until=event.mediator_until,
        evidence_until=None,
        evidence_closed=False,
        decision_until=None,
        rule_at=None,
        decision_breached=False,
    )


def _withdrawn(order: Order, event: ClaimWithdrawn) -> Order:
    assert order.dispute is not None
    left = tuple(claim for claim in order.dispute.claims if claim not in event.claims)
    order = replace(order, withdrawn_claims=(*order.withdrawn_claims, *event.claims))
    if left:
        return with_dispute(order, claims=left, narrowed_at=event.at)
    return _ended(order, DisputeStatus.WITHDRAWN, event)


DISPUTE: dict[type[Event], Callable[[Order, Any], Order]] = {
    DisputeOpened: _opened,
    ClaimAdded: _claim_added,
    DisputeAnswered: _dispute_answered,
    AnswerLapsed: _answer_lapsed,
    SettlementFulfilled: _settlement_fulfilled,
    SettlementLapsed: _settlement_lapsed,
    ExtensionAsked: _extension_asked,
    NegotiationExtended: _negotiation_extended,
    EscalationAsked: _escalation_asked,
    DisputeEscalated: _dispute_escalated,
    MediatorNamed: _named,
    EvidenceSubmitted: _evidence_submitted,
    EvidenceContested: _evidence_contested,
    WishStated: _wish_stated,
    EvidenceRoundClosed: _evidence_round_closed,
    DisputeInspectionAsked: _inspection_asked,
    DisputeInspectionLapsed: _dispute_inspection_lapsed,
    DecisionClockMoved: _decision_clock_moved,
    DecisionMade: _decision_made,
    DecisionAppealed: _appealed,
    DecisionFinal: _decision_final,
    DisputeExecuted: _dispute_executed,
    PerformanceOrdered: _performance_ordered,
    ClaimWithdrawn: _withdrawn,
    DisputeMoot: _dispute_moot,
}
