"""What the events of the agreement did; total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    ChangeAgreed,
    Event,
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
from fairlot.domain.order.evolve.given_back import without_counted
from fairlot.domain.order.state import Mandate, Order, Proposal, Sample, Status


def _drafted(_: Order, event: OrderDrafted) -> Order:
    return Order(
        policy_id=event.policy_id,
        custody=event.custody,
        buyer_id=event.buyer_id,
        supplier_id=event.supplier_id,
        drafted_by=event.by,
    )


def _mandate_granted(order: Order, event: MandateGranted) -> Order:
    others = tuple(m for m in order.mandates if m.agent_id != event.agent_id)
    granted = Mandate(agent_id=event.agent_id, rights=event.rights)
    return replace(order, mandates=(*others, granted))


def _mandate_revoked(order: Order, event: MandateRevoked) -> Order:
    left = tuple(m for m in order.mandates if m.agent_id != event.agent_id)
    return replace(order, mandates=left)


def _sample_requested(order: Order, event: SampleRequested) -> Order:
    return replace(order, samples=(*order.samples, Sample(id=event.sample_id)))


def _sample_sent(order: Order, event: SampleSent) -> Order:
    return _with_sample(order, event.sample_id, sent=True, seal_hash=event.seal_hash)


def _sample_approved(order: Order, event: SampleApproved) -> Order:
    return _with_sample(order, event.sample_id, approved=True)


def _sample_rejected(order: Order, event: SampleRejected) -> Order:
    left = tuple(s for s in order.samples if s.id != event.sample_id)
    return replace(order, samples=left)


def _proposed(order: Order, event: VersionProposed) -> Order:
    proposal = Proposal(terms=event.terms, by=event.by, expires_at=event.expires_at)
    status = Status.PROPOSED if order.status is Status.DRAFT else order.status
    return replace(order, proposal=proposal, status=status)


def _taken_back(order: Order, _: VersionWithdrawn | VersionDeclined) -> Order:
    status = Status.DRAFT if order.status is Status.PROPOSED else order.status
    return replace(order, proposal=None, status=status)


def _proposal_expired(order: Order, _: ProposalExpired) -> Order:
    status = Status.EXPIRED if order.status is Status.PROPOSED else order.status
    return replace(order, proposal=None, status=status)


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
    counted_minor = event.counted_minor or 0
    changed = replace(
        order,
        terms=order.proposal.terms,
        proposal=None,
        funds=replace(
            order.funds,
            paid_minor=order.funds.paid_minor - counted_minor,
            returned_minor=order.funds.returned_minor - counted_minor,
        ),
        cover_minor=event.cover_minor,
        cover_given_up_minor=order.cover_given_up_minor
        + max(0, order.cover_minor - event.cover_minor),
        shipment_date=event.shipment_date,
        shipment_until=event.shipment_until,
        shipment_lapsed=order.shipment_lapsed and not moved,
        shipment_reminded_days=0 if moved else order.shipment_reminded_days,
    )
    return without_counted(order, changed, event.unshipped_minor, event.shipped_minor)


AGREEMENT: dict[type[Event], Callable[[Order, Any], Order]] = {
    OrderDrafted: _drafted,
    MandateGranted: _mandate_granted,
    MandateRevoked: _mandate_revoked,
    SampleRequested: _sample_requested,
    SampleSent: _sample_sent,
    SampleApproved: _sample_approved,
    SampleRejected: _sample_rejected,
    VersionProposed: _proposed,
    VersionWithdrawn: _taken_back,
    VersionDeclined: _taken_back,
    ProposalExpired: _proposal_expired,
    OrderAgreed: _agreed,
    ChangeAgreed: _changed,
}
