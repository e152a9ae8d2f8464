"""What was given as evidence in a dispute, and what of it is contested; it stays given (R38, R43)."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.events import DisputeOpened, EvidenceContested, EvidenceSubmitted
from fairlot.domain.order.state import EvidenceItem, Order
from fairlot.domain.order.terms import Party


def evidence_at_opening(event: DisputeOpened) -> tuple[EvidenceItem, ...]:
    """Return what the claimant laid down with its claims, each item once."""
    return tuple(
        EvidenceItem(item_hash=item_hash, by=Party.BUYER)
        for item_hash in dict.fromkeys(event.evidence_hashes)
    )


def evidence_given(order: Order, event: EvidenceSubmitted) -> tuple[EvidenceItem, ...]:
    """Return the dispute's evidence with one item more."""
    assert order.dispute is not None
    item = EvidenceItem(item_hash=event.item_hash, by=event.by, term_id=event.term_id)
    return (*order.dispute.evidence, item)


def evidence_contested(order: Order, event: EvidenceContested) -> tuple[EvidenceItem, ...]:
    """Return the dispute's evidence, the other side's item of that hash contested for whatever term it was given."""
    assert order.dispute is not None
    return tuple(
        replace(item, contested=True)
        if item.item_hash == event.item_hash and item.by is event.by.other
        else item
        for item in order.dispute.evidence
    )
