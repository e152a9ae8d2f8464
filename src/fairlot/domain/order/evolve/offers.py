"""What the events of offers did. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fairlot.domain.order.events import (
    Event,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
)
from fairlot.domain.order.evolve.disputed import with_dispute
from fairlot.domain.order.state import DisputeStatus, Order
from fairlot.domain.order.terms import Party


def _offered(order: Order, event: OfferMade) -> Order:
    """A counter-offer ends the other side's offers; a new one ends the maker's own. A supplier's is an answer (A48)."""
    assert order.dispute is not None
    dispute = order.dispute
    kept = () if event.counters else tuple(o for o in dispute.offers if o.by is not event.offer.by)
    answered = dispute.answered or event.offer.by is Party.SUPPLIER
    return with_dispute(order, offers=(*kept, event.offer), answered=answered)


def _offer_withdrawn(order: Order, event: OfferWithdrawn | OfferDeclined) -> Order:
    assert order.dispute is not None
    left = tuple(o for o in order.dispute.offers if o.id != event.offer_id)
    declines = isinstance(event, OfferDeclined) and _was_buyers(order, event.offer_id)
    return with_dispute(
        order,
        offers=left,
        declined=order.dispute.declined or declines,
        answered=order.dispute.answered or declines,
    )


def _was_buyers(order: Order, offer_id: str) -> bool:
    assert order.dispute is not None
    return any(o.id == offer_id and o.by is Party.BUYER for o in order.dispute.offers)


def _accepted(order: Order, event: OfferAccepted) -> Order:
    if event.conditional:
        return with_dispute(
            order,
            status=DisputeStatus.SETTLED_ON_CONDITION,
            settled_offer=event.offer,
            condition_until=event.offer.until,
            offers=(),
        )
    return with_dispute(order, status=DisputeStatus.FINAL, settled_offer=event.offer, offers=())


OFFERS: dict[type[Event], Callable[[Order, Any], Order]] = {
    OfferMade: _offered,
    OfferWithdrawn: _offer_withdrawn,
    OfferDeclined: _offer_withdrawn,
    OfferAccepted: _accepted,
}
