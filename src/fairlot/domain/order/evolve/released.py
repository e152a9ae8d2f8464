"""What leaving money did to shipments: which of them are released, and how much of one whose rest a claim keeps."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.events import FundsReleased, PaymentFeeTaken
from fairlot.domain.order.state import Order, Shipment

# Why money is released that no open claim names (ruling A60).
UNDISPUTED = "undisputed"


def released_shipments(
    order: Order, event: FundsReleased | PaymentFeeTaken
) -> tuple[Shipment, ...]:
    """Return the order's shipments after money of one of them left, to the supplier or for its fees."""
    if not event.shipment_id:
        return order.shipments
    return tuple(_released(s, event) if s.id == event.shipment_id else s for s in order.shipments)


def _released(shipment: Shipment, event: FundsReleased | PaymentFeeTaken) -> Shipment:
    """What no claim names is only a part of a shipment's price."""
    if event.cause == UNDISPUTED:
        return replace(shipment, released_minor=shipment.released_minor + event.amount_minor)
    return replace(shipment, is_released=True)
