"""How many pieces of each line are ordered, gone and there; derived from shipments, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from fairlot.domain.order.state import Order, Shipment


def ordered(order: Order) -> dict[int, int]:
    """Return pieces per line that are still to be delivered or were: the contract's less what was cancelled."""
    assert order.terms is not None
    gone = order.cancelled_quantities
    return {line.number: line.quantity - gone.get(line.number, 0) for line in order.terms.lines}


def summed(shipments: Iterable[Shipment]) -> dict[int, int]:
    """Return pieces per line of some shipments together."""
    total: dict[int, int] = {}
    for shipment in shipments:
        for number, quantity in shipment.quantities.items():
            total[number] = total.get(number, 0) + quantity
    return total


def recorded(order: Order) -> dict[int, int]:
    """Return pieces per line in any recorded shipment, proven or not."""
    return summed(order.shipments)


def dispatched(order: Order) -> dict[int, int]:
    """Return pieces per line that have left as far as the record shows."""
    return summed(s for s in order.shipments if s.dispatched_at is not None)


def delivered(order: Order) -> dict[int, int]:
    """Return pieces per line whose delivery is proven or confirmed."""
    return summed(
        s for s in order.shipments if s.delivered_at is not None or s.confirmed_at is not None
    )


def _not_dispatched(order: Order) -> dict[int, int]:
    left = ordered(order)
    for shipment in order.shipments:
        if shipment.dispatched_at is not None:
            for number, quantity in shipment.quantities.items():
                left[number] -= quantity
    return left


def missing(order: Order) -> dict[int, int]:
    """Return pieces per line that have not left; lines with none missing are left out."""
    return {number: left for number, left in _not_dispatched(order).items() if left > 0}


def all_dispatched(order: Order) -> bool:
    """Say whether everything ordered has left."""
    return bool(order.shipments) and max(_not_dispatched(order).values(), default=0) <= 0


def all_arrived(order: Order) -> bool:
    """Say whether everything that left has arrived or counts as arrived; asked once all has left."""
    return all(s.claim_until is not None for s in order.shipments if s.dispatched_at is not None)


def all_there(order: Order) -> bool:
    """Say whether everything ordered has left and has arrived or counts as arrived."""
    return all_dispatched(order) and all_arrived(order)


def price_of(order: Order, quantities: dict[int, int]) -> int:
    """Return the contract price of quantities per line, in minor units."""
    assert order.terms is not None
    return sum(line.unit_price_minor * quantities.get(line.number, 0) for line in order.terms.lines)


def on_the_way(order: Order) -> dict[int, int]:
    """Return pieces per line that have left and that nobody has seen arrive."""
    there = delivered(order)
    left = {number: gone - there.get(number, 0) for number, gone in dispatched(order).items()}
    return {number: quantity for number, quantity in left.items() if quantity > 0}


def lines_price(order: Order, numbers: Iterable[int]) -> int:
    """Return the price of whole lines, less what was cancelled of them."""
    have = ordered(order)
    return price_of(order, {number: have.get(number, 0) for number in numbers})
