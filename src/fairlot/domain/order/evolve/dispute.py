"""What the events of claims and disputes did. Total, never refuses."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    AnswerLapsed,
    ClaimAdded,
    ClaimRefused,
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
    EvidenceContested,
    EvidenceRoundClosed,
    EvidenceSubmitted,
    ExtensionAsked,
    MediatorNamed,
    NegotiationExtended,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    PerformanceOrdered,
    RefusalAppealed,
    RefusalDecided,
    RefusalLapsed,
    SettlementFulfilled,
    SettlementLapsed,
)
from fairlot.domain.order.evolve.evidence import (
    evidence_at_opening,
    evidence_contested,
    evidence_given,
)
from fairlot.domain.order.state import (
    Dispute,
    DisputeStatus,
    Order,
    RefusedClaim,
    Wish,
)
from fairlot.domain.order.terms import Party


def evolve_dispute(order: Order, event: DisputeEvent) -> Order:  # noqa: C901, PLR0912  (one straight dispatch)
    """Return the order after an event of a claim or dispute."""
    match event:
        case ClaimRefused():
            return _claim_refused(order, event)
        case RefusalAppealed():
            return _with_refused(
                order, event.refusal_id, appealed=True, decision_until=event.decision_until
            )
        case RefusalDecided() | RefusalLapsed():
            order = _with_refused(order, event.refusal_id, ended=True)
            return replace(order, resumed_at=event.at)
        case DisputeOpened():
            return _opened(order, event)
        case ClaimAdded():
            return _claim_added(order, event)
        case DisputeAnswered():
            return _with_dispute(order, answered=True, declined=event.declined)
        case AnswerLapsed():
            return _with_dispute(order, answer_lapsed=True)
        case OfferMade():
            return _offered(order, event)
        case OfferWithdrawn() | OfferDeclined():
            assert order.dispute is not None
            left = tuple(o for o in order.dispute.offers if o.id != event.offer_id)
            declines = isinstance(event, OfferDeclined) and _was_buyers(order, event.offer_id)
            return _with_dispute(
                order,
                offers=left,
                declined=order.dispute.declined or declines,
                answered=order.dispute.answered or declines,
            )
        case OfferAccepted():
            return _accepted(order, event)
        case SettlementFulfilled():
            return _ended(order, DisputeStatus.SETTLED, event)
        case SettlementLapsed():
            return _with_dispute(
                order,
                status=DisputeStatus.MEDIATION,
                settled_offer=None,
                condition_until=None,
                mediator_until=event.mediator_until,
            )
        case ExtensionAsked():
            return _with_dispute(order, extension_asked_by=event.by)
        case NegotiationExtended():
            return _with_dispute(order, extended=True, negotiation_until=event.negotiation_until)
        case EscalationAsked():
            return _with_dispute(order, escalation_asked_by=event.by)
        case DisputeEscalated():
            return _with_dispute(
                order, status=DisputeStatus.MEDIATION, mediator_until=event.mediator_until
            )
        case MediatorNamed():
            return _named(order, event)
        case EvidenceSubmitted():
            return _with_dispute(order, evidence=evidence_given(order, event))
        case EvidenceContested():
            return _with_dispute(order, evidence=evidence_contested(order, event))
        case EvidenceRoundClosed():
            return _with_dispute(
                order,
                evidence_closed=True,
                decision_until=event.decision_until,
                rule_at=event.rule_at,
            )
        case DisputeInspectionAsked():
            return _inspection_asked(order, event)
        case DisputeInspectionLapsed():
            return _with_dispute(order, inspection_until=None, inspection_lapsed=True)
        case DecisionClockMoved():
            return _with_dispute(order, decision_until=event.decision_until, rule_at=event.rule_at)
        case DecisionMade():
            return _with_dispute(
                order,
                status=DisputeStatus.DECIDED,
                decision=event.decision,
                appeal_until=event.appeal_until,
                offers=(),
                inspection_until=None,
            )
        case DecisionAppealed():
            return _appealed(order, event)
        case DecisionFinal():
            return _with_dispute(order, status=DisputeStatus.FINAL, decision=event.decision)
        case DisputeExecuted():
            status = DisputeStatus.SETTLED if event.settled else DisputeStatus.EXECUTED
            return _ended(order, status, event)
        case PerformanceOrdered():
            return _with_dispute(order, condition_until=event.until)
        case ClaimWithdrawn():
            return _withdrawn(order, event)
        case DisputeMoot():
            return _ended(order, DisputeStatus.MOOT, event)


def _with_dispute(order: Order, **changes: Any) -> Order:
    assert order.dispute is not None
    return replace(order, dispute=replace(order.dispute, **changes))


def _ended(order: Order, status: DisputeStatus, event: DisputeEvent) -> Order:
    order = _with_dispute(order, status=status)
    return replace(order, resumed_at=event.at)


def _with_refused(order: Order, refusal_id: str, **changes: Any) -> Order:
    refused = tuple(
        replace(r, **changes) if r.id == refusal_id else r for r in order.refused_claims
    )
    return replace(order, refused_claims=refused)


def _claim_refused(order: Order, event: ClaimRefused) -> Order:
    refused = RefusedClaim(
        id=event.refusal_id,
        claim=event.claim,
        code=event.code,
        appeal_until=event.appeal_until,
        freezes=event.freezes,
    )
    return replace(order, refused_claims=(*order.refused_claims, refused))


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
    return _with_dispute(order, claims=(*order.dispute.claims, event.claim), wish=wish)


def _inspection_asked(order: Order, event: DisputeInspectionAsked) -> Order:
    assert order.dispute is not None
    return _with_dispute(
        order,
        inspections_asked=order.dispute.inspections_asked + 1,
        inspection_lapsed=False,
        inspection_until=event.book_until,
    )


def _offered(order: Order, event: OfferMade) -> Order:
    """A counter-offer ends the other side's offers; a new one ends the maker's own. A supplier's is an answer (A48)."""
    assert order.dispute is not None
    dispute = order.dispute
    kept = () if event.counters else tuple(o for o in dispute.offers if o.by is not event.offer.by)
    answered = dispute.answered or event.offer.by is Party.SUPPLIER
    return _with_dispute(order, offers=(*kept, event.offer), answered=answered)


def _was_buyers(order: Order, offer_id: str) -> bool:
    assert order.dispute is not None
    return any(o.id == offer_id and o.by is Party.BUYER for o in order.dispute.offers)


def _accepted(order: Order, event: OfferAccepted) -> Order:
    if event.conditional:
        return _with_dispute(
            order,
            status=DisputeStatus.SETTLED_ON_CONDITION,
            settled_offer=event.offer,
            condition_until=event.offer.until,
            offers=(),
        )
    return _with_dispute(order, status=DisputeStatus.FINAL, settled_offer=event.offer, offers=())


def _named(order: Order, event: MediatorNamed) -> Order:
    assert order.dispute is not None
    appealed = order.dispute.status is DisputeStatus.APPEALED
    first = order.dispute.first_mediator_id if appealed else event.mediator_id
    return _with_dispute(
        order,
        mediator_id=event.mediator_id,
        first_mediator_id=first,
        mediator_until=None,
        evidence_until=event.evidence_until,
        evidence_closed=False,
    )


def _appealed(order: Order, event: DecisionAppealed) -> Order:
    assert order.dispute is not None
    dispute = order.dispute
    if dispute.status is DisputeStatus.APPEALED:
        return _with_dispute(order, appealed_by=(*dispute.appealed_by, event.by))
    return _with_dispute(
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
        return _with_dispute(order, claims=left)
    return _ended(order, DisputeStatus.WITHDRAWN, event)
