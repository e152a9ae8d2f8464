"""What the events of the agreement did; total, never refuses."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.events import (
    AgreementEvent,
    ChangeAgreed,
    MandateGranted,
    MandateRevoked,
    OrderAgreed,
    OrderDrafted,
    ProposalExpired,
    SampleApproved,
    SampleRejected,
    SampleRequested,
    SampleSent,
    VersionDeclined,
    VersionProposed,
    VersionWithdrawn,
)
from fairlot.domain.order.state import Mandate, Order, Proposal, Sample, Status


def evolve_agreement(order: Order, event: AgreementEvent) -> Order:  # noqa: C901  (one straight dispatch)
    """Return the order after an event of its agreement."""
    match event:
        case OrderDrafted():
            return Order(
                policy_id=event.policy_id,
                custody=event.custody,
                buyer_id=event.buyer_id,
                supplier_id=event.supplier_id,
                drafted_by=event.by,
            )
        case MandateGranted():
            others = tuple(m for m in order.mandates if m.agent_id != event.agent_id)
            granted = Mandate(agent_id=event.agent_id, rights=event.rights)
            return replace(order, mandates=(*others, granted))
        case MandateRevoked():
            left = tuple(m for m in order.mandates if m.agent_id != event.agent_id)
            return replace(order, mandates=left)
        case SampleRequested():
            return replace(order, samples=(*order.samples, Sample(id=event.sample_id)))
        case SampleSent():
            return _with_sample(order, event.sample_id, sent=True, seal_hash=event.seal_hash)
        case SampleApproved():
            return _with_sample(order, event.sample_id, approved=True)
        case SampleRejected():
            left_samples = tuple(s for s in order.samples if s.id != event.sample_id)
            return replace(order, samples=left_samples)
        case VersionProposed():
            proposal = Proposal(terms=event.terms, by=event.by, expires_at=event.expires_at)
            proposed = Status.PROPOSED if order.status is Status.DRAFT else order.status
            return replace(order, proposal=proposal, status=proposed)
        case VersionWithdrawn() | VersionDeclined():
            drafted = Status.DRAFT if order.status is Status.PROPOSED else order.status
            return replace(order, proposal=None, status=drafted)
        case ProposalExpired():
            expired = Status.EXPIRED if order.status is Status.PROPOSED else order.status
            return replace(order, proposal=None, status=expired)
        case OrderAgreed():
            return _agreed(order, event)
        case ChangeAgreed():
            return _changed(order, event)


def _with_sample(order: Order, sample_id: str, **changes: bool | str) -> Order:
    samples = tuple(replace(s, **changes) if s.id == sample_id else s for s in order.samples)
    return replace(order, samples=samples)


def _agreed(order: Order, event: OrderAgreed) -> Order:
    assert order.proposal is not None
    return replace(
        order,
        status=Status.AGREED,
        terms=order.proposal.terms,
        proposal=None,
        agreed_at=event.at,
        enrolled=event.enrolled,
        cover_minor=event.cover_minor,
        payment_until=event.payment_until,
        shipment_date=event.shipment_date,
        shipment_until=event.shipment_until,
    )


def _changed(order: Order, event: ChangeAgreed) -> Order:
    assert order.proposal is not None
    moved = event.shipment_until != order.shipment_until
    return replace(
        order,
        terms=order.proposal.terms,
        proposal=None,
        cover_minor=event.cover_minor,
        shipment_date=event.shipment_date,
        shipment_until=event.shipment_until,
        shipment_lapsed=order.shipment_lapsed and not moved,
        shipment_reminded_days=0 if moved else order.shipment_reminded_days,
    )
