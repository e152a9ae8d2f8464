"""What was given back of the price of goods stays with them: with pieces that have not left, then with their shipment."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from fairlot.domain.money import fraction_of
from fairlot.domain.order.quantities import missing
from fairlot.domain.order.state import GivenBack, Order, Shipment


def with_given_back(
    order: Order,
    unshipped_minor: Mapping[int, int] | UnsetType,
    shipped_minor: Mapping[str, Mapping[int, int]] | UnsetType,
) -> Order:
    """Return the order after so much was given back, per line of pieces that have not left, per shipment of those that did."""
    if unshipped_minor is not UNSET:
        pieces = missing(order)
        given_back = tuple(
            GivenBack(line=line, amount_minor=amount_minor, quantity=pieces[line])
            for line, amount_minor in sorted(unshipped_minor.items())
            if line in pieces
        )
        order = replace(order, given_back=(*order.given_back, *given_back))
    if shipped_minor is not UNSET:
        shipments = tuple(_with(s, shipped_minor.get(s.id, {})) for s in order.shipments)
        order = replace(order, shipments=shipments)
    return order


def _with(shipment: Shipment, amounts_minor: Mapping[int, int]) -> Shipment:
    if not amounts_minor:
        return shipment
    lines = {*shipment.given_back, *amounts_minor}
    given_back = {
        line: shipment.given_back.get(line, 0) + amounts_minor.get(line, 0)
        for line in sorted(lines)
    }
    return replace(shipment, given_back=given_back)


def taken_along(before: Order, after: Order, shipment_id: str) -> Order:
    """Return the order after a shipment left: its pieces take along what was given back of their price."""
    if not before.given_back:
        return after
    had, have = missing(before), missing(after)
    gone_minor: dict[int, int] = {}
    left: list[GivenBack] = []
    for item in before.given_back:
        was = min(had.get(item.line, 0), item.quantity)
        stays = min(have.get(item.line, 0), item.quantity)
        part_minor = fraction_of(item.amount_minor, was, item.quantity)
        part_minor -= fraction_of(item.amount_minor, stays, item.quantity)
        gone_minor[item.line] = gone_minor.get(item.line, 0) + part_minor
        if item.quantity > was - stays:
            left.append(
                replace(
                    item,
                    amount_minor=item.amount_minor - part_minor,
                    quantity=item.quantity - (was - stays),
                )
            )
    taken_minor = {line: minor for line, minor in gone_minor.items() if minor > 0}
    shipments = tuple(_with(s, taken_minor) if s.id == shipment_id else s for s in after.shipments)
    return replace(after, given_back=tuple(left), shipments=shipments)


def without_counted(
    before: Order,
    after: Order,
    unshipped_minor: Mapping[int, int] | UnsetType,
    shipped_minor: Mapping[str, Mapping[int, int]] | UnsetType,
) -> Order:
    """Return the order after a change took goods out of the price, and with them what was given back of them."""
    if shipped_minor is not UNSET:
        less = {
            shipment_id: {line: -minor for line, minor in lines.items()}
            for shipment_id, lines in shipped_minor.items()
        }
        shipments = tuple(_with(s, less.get(s.id, {})) for s in after.shipments)
        after = replace(after, shipments=shipments)
    if unshipped_minor is UNSET:
        return after
    had, have = missing(before), missing(after)
    to_take = dict(unshipped_minor)
    left: list[GivenBack] = []
    for item in after.given_back:
        gone = min(had.get(item.line, 0), item.quantity) - min(
            have.get(item.line, 0), item.quantity
        )
        # The last of a line's pieces take all of it; a lower price takes more than their part.
        taken_minor = min(item.amount_minor, to_take.get(item.line, 0))
        to_take[item.line] = to_take.get(item.line, 0) - taken_minor
        if item.line not in unshipped_minor:
            left.append(item)
        elif item.quantity > gone:
            left.append(
                replace(
                    item,
                    amount_minor=item.amount_minor - taken_minor,
                    quantity=item.quantity - max(0, gone),
                )
            )
    return replace(after, given_back=tuple(left))
