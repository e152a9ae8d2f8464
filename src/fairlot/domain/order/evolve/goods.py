"""What the events of the goods did; the status follows from the shipments. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    ArrivalExtended,
    ClaimWindowWarned,
    CountedDelivered,
    Event,
    GoodsDelivered,
    GoodsEvent,
    GoodsMoved,
    GoodsReadyNotified,
    GoodsSeized,
    MissingCancelled,
    PriceDemanded,
    ProductionUpdated,
    ProductionUpdateRequested,
    ReceiptConfirmed,
    ShipmentFellDue,
    ShipmentRecorded,
    ShipmentReminded,
    ShipmentUnproven,
)
from fairlot.domain.order.evolve.given_back import taken_along
from fairlot.domain.order.quantities import all_arrived, all_dispatched, missing
from fairlot.domain.order.state import ON_THE_WAY, Order, Shipment, Status


def with_goods_status(order: Order) -> Order:
    """Let the status follow the goods while they are on their way."""
    if order.status not in ON_THE_WAY:
        return order
    status: Status = Status.IN_PRODUCTION
    if all_dispatched(order):
        status = Status.DELIVERED if all_arrived(order) else Status.SHIPPED
    return order if order.status is status else replace(order, status=status)


def _with_shipment(order: Order, shipment_id: str, **changes: Any) -> Order:
    shipments = tuple(replace(s, **changes) if s.id == shipment_id else s for s in order.shipments)
    return replace(order, shipments=shipments)


# A window that begins or moves is warned of anew (`warned_days=0`), here and where goods arrive or count as arrived.
def _confirmed(order: Order, event: ReceiptConfirmed) -> Order:
    for shipment_id, claim_until in event.claim_until.items():
        order = _with_shipment(
            order, shipment_id, confirmed_at=event.at, claim_until=claim_until, warned_days=0
        )
    return with_goods_status(order)


def _arrival_extended(order: Order, event: ArrivalExtended) -> Order:
    shipment = next(s for s in order.shipments if s.id == event.shipment_id)
    return _with_shipment(
        order,
        event.shipment_id,
        extended_by=(*shipment.extended_by, event.by),
        arrival_asked_at=event.arrival_asked_at,
    )


def _delivered(order: Order, event: GoodsDelivered) -> Order:
    order = _with_shipment(
        order,
        event.shipment_id,
        delivered_at=event.delivered_at,
        claim_until=event.claim_until,
        warned_days=0,
    )
    return with_goods_status(order)


def _counted_delivered(order: Order, event: CountedDelivered) -> Order:
    order = _with_shipment(
        order,
        event.shipment_id,
        counted_at=event.at,
        claim_until=event.claim_until,
        warned_days=0,
    )
    return with_goods_status(order)


def _window_warned(order: Order, event: ClaimWindowWarned) -> Order:
    return _with_shipment(order, event.shipment_id, warned_days=event.days)


def _missing_cancelled(order: Order, event: MissingCancelled) -> Order:
    # Documents under a credit can be presented from now on, for what did leave.
    resumed_at = order.resumed_at if order.credit is None else event.at
    not_asked_minor = order.not_asked_minor + (event.not_asked_minor or 0)
    order = replace(order, resumed_at=resumed_at, not_asked_minor=not_asked_minor)
    return with_cancelled(order, event.quantities)


def with_cancelled(order: Order, quantities: dict[int, int]) -> Order:
    """Return the order without pieces that are not waited for any more: none that left before it came to that."""
    gone, still = dict(order.cancelled_quantities), missing(order)
    for number, quantity in quantities.items():
        gone[number] = gone.get(number, 0) + min(quantity, still.get(number, 0))
    given_back = tuple(item for item in order.given_back if item.line not in quantities)
    return with_goods_status(replace(order, cancelled_quantities=gone, given_back=given_back))


def _ready(order: Order, event: GoodsReadyNotified) -> Order:
    balance_until = event.balance_until or order.balance_until
    return replace(order, ready_at=event.at, balance_until=balance_until)


def _reminded(order: Order, event: ShipmentReminded) -> Order:
    return replace(order, shipment_reminded_days=event.days)


def _fell_due(order: Order, _: ShipmentFellDue) -> Order:
    return replace(order, shipment_lapsed=True)


def _shipped(order: Order, event: ShipmentRecorded) -> Order:
    shipment = Shipment(
        id=event.shipment_id,
        quantities=event.quantities,
        mode=event.mode,
        proof=event.proof,
        recorded_at=event.at,
        claimed_at=event.claimed_at,
        movement_until=event.movement_until,
        dispatched_at=event.dispatched_at,
        dispatched_date=event.dispatched_date,
        known_at=None if event.dispatched_at is None else event.at,
        arrival_asked_at=event.arrival_asked_at,
        arrival_first_asked_at=event.arrival_asked_at,
    )
    shipped = replace(
        order,
        shipments=(*order.shipments, shipment),
        first_dispatched_at=order.first_dispatched_at or event.dispatched_at,
    )
    return with_goods_status(taken_along(order, shipped, event.shipment_id))


def _unproven(order: Order, event: ShipmentUnproven) -> Order:
    gone = next(s for s in order.shipments if s.id == event.shipment_id)
    left = tuple(s for s in order.shipments if s.id != event.shipment_id)
    return replace(
        order, shipments=left, unproven=(*order.unproven, replace(gone, movement_until=None))
    )


def _moved(order: Order, event: GoodsMoved) -> Order:
    revived = tuple(s for s in order.unproven if s.id == event.shipment_id)
    moved = replace(
        order,
        shipments=(*order.shipments, *revived),
        unproven=tuple(s for s in order.unproven if s.id != event.shipment_id),
        first_dispatched_at=order.first_dispatched_at or event.dispatched_at,
    )
    moved = _with_shipment(
        moved,
        event.shipment_id,
        movement_until=None,
        dispatched_at=event.dispatched_at,
        dispatched_date=event.dispatched_date,
        known_at=event.at,
        arrival_asked_at=event.arrival_asked_at,
        arrival_first_asked_at=event.arrival_asked_at,
    )
    return with_goods_status(taken_along(order, moved, event.shipment_id))


def _seized(order: Order, event: GoodsSeized) -> Order:
    return replace(order, seizure_wrong_goods=event.wrong_goods, seized_at=event.at)


def _price_demanded(order: Order, _: PriceDemanded) -> Order:
    return replace(order, price_demanded=True)


def _unchanged(order: Order, _: GoodsEvent) -> Order:
    return order


GOODS: dict[type[Event], Callable[[Order, Any], Order]] = {
    ProductionUpdateRequested: _unchanged,
    ProductionUpdated: _unchanged,
    GoodsReadyNotified: _ready,
    ShipmentReminded: _reminded,
    ShipmentFellDue: _fell_due,
    ShipmentRecorded: _shipped,
    GoodsMoved: _moved,
    ShipmentUnproven: _unproven,
    ArrivalExtended: _arrival_extended,
    GoodsDelivered: _delivered,
    ReceiptConfirmed: _confirmed,
    CountedDelivered: _counted_delivered,
    ClaimWindowWarned: _window_warned,
    MissingCancelled: _missing_cancelled,
    GoodsSeized: _seized,
    PriceDemanded: _price_demanded,
}
