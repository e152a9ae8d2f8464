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
    FindingsWaived,
    GoodsDelivered,
    GoodsEvent,
    GoodsMoved,
    GoodsReadyNotified,
    GoodsSeized,
    InspectionBooked,
    InspectionFeeAgreed,
    InspectionLapsed,
    InspectionReported,
    InspectorPaid,
    LotRejected,
    MissingCancelled,
    PriceDemanded,
    ProductionUpdated,
    ProductionUpdateRequested,
    ReceiptConfirmed,
    ReworkRequested,
    ShipmentFellDue,
    ShipmentRecorded,
    ShipmentReminded,
    ShipmentUnproven,
)
from fairlot.domain.order.quantities import all_arrived, all_dispatched
from fairlot.domain.order.state import (
    ON_THE_WAY,
    Inspection,
    InspectionStage,
    LotChoice,
    Order,
    Refund,
    Shipment,
    Status,
    Verdict,
)
from fairlot.domain.order.terms import Party


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
    gone = dict(order.cancelled_quantities)
    for number, quantity in event.quantities.items():
        gone[number] = gone.get(number, 0) + quantity
    # Documents under a credit can be presented from now on, for what did leave.
    resumed_at = order.resumed_at if order.credit is None else event.at
    return with_goods_status(replace(order, cancelled_quantities=gone, resumed_at=resumed_at))


def _with_inspection(order: Order, inspection_id: str, **changes: Any) -> Order:
    inspections = tuple(
        replace(i, **changes) if i.id == inspection_id else i for i in order.inspections
    )
    return replace(order, inspections=inspections)


def _inspector_paid(order: Order, event: InspectorPaid) -> Order:
    return _with_inspection(order, event.inspection_id, paid=True)


def _booked(order: Order, event: InspectionBooked) -> Order:
    inspection = Inspection(
        id=event.inspection_id,
        company=event.company,
        stage=event.stage,
        fee_minor=event.fee_minor,
        advanced_by=event.advanced_by,
        report_due_at=event.report_due_at,
        ordered=event.ordered,
    )
    funds = replace(
        order.funds, fees_advanced_minor=order.funds.fees_advanced_minor + event.fee_minor
    )
    dispute = order.dispute
    if dispute is not None and dispute.inspection_until is not None:
        dispute = replace(dispute, inspection_until=None)
    return replace(
        order,
        inspections=(*order.inspections, inspection),
        inspection_fee_agreed_by=_agreed_with(order, event.advanced_by),
        funds=funds,
        dispute=dispute,
    )


def _fee_agreed(order: Order, event: InspectionFeeAgreed) -> Order:
    return replace(order, inspection_fee_agreed_by=_agreed_with(order, event.by))


def _agreed_with(order: Order, by: Party) -> tuple[Party, ...]:
    agreed = order.inspection_fee_agreed_by
    return agreed if by in agreed else (*agreed, by)


def _reported(order: Order, event: InspectionReported) -> Order:
    order = _with_inspection(order, event.inspection_id, report=event.report, reported_at=event.at)
    if event.balance_until is not None:
        order = replace(order, balance_until=event.balance_until)
    if event.choice_until is not None:
        order = replace(order, choice_until=event.choice_until, lot_choice=LotChoice.NONE)
    before_shipment = any(
        i.id == event.inspection_id and i.stage is InspectionStage.PRE_SHIPMENT
        for i in order.inspections
    )
    failed = before_shipment and event.report.verdict is Verdict.FAILED
    if failed and order.lot_choice is LotChoice.WAIVED:
        # A waiver reaches no further than the findings it was given for (ruling A63).
        order = replace(order, lot_choice=LotChoice.NONE)
    return order


def _lapsed(order: Order, event: InspectionLapsed) -> Order:
    order = _with_inspection(order, event.inspection_id, lapsed=True, fee_returned=True)
    refund = Refund(
        id=event.refund_id,
        amount_minor=event.fee_minor,
        currency=event.currency,
        cause="inspection_lapsed",
        due_at=event.due_at,
    )
    refunds = (*order.refunds, refund) if event.fee_minor > 0 else order.refunds
    funds = replace(
        order.funds, fees_advanced_minor=order.funds.fees_advanced_minor - event.fee_minor
    )
    return replace(order, refunds=refunds, funds=funds, refund_count=order.refund_count + 1)


def _lot_rejected(order: Order, _: LotRejected) -> Order:
    return replace(order, lot_choice=LotChoice.REJECTED, choice_until=None)


def _rework_requested(order: Order, _: ReworkRequested) -> Order:
    return replace(order, lot_choice=LotChoice.REWORK, choice_until=None)


def _waived(order: Order, event: FindingsWaived) -> Order:
    waived_terms = (*order.waived_terms, *event.term_ids)
    return replace(order, lot_choice=LotChoice.WAIVED, choice_until=None, waived_terms=waived_terms)


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
        arrival_asked_at=event.arrival_asked_at,
        arrival_first_asked_at=event.arrival_asked_at,
    )
    order = replace(
        order,
        shipments=(*order.shipments, shipment),
        first_dispatched_at=order.first_dispatched_at or event.dispatched_at,
    )
    return with_goods_status(order)


def _unproven(order: Order, event: ShipmentUnproven) -> Order:
    gone = next(s for s in order.shipments if s.id == event.shipment_id)
    left = tuple(s for s in order.shipments if s.id != event.shipment_id)
    return replace(
        order, shipments=left, unproven=(*order.unproven, replace(gone, movement_until=None))
    )


def _moved(order: Order, event: GoodsMoved) -> Order:
    revived = tuple(s for s in order.unproven if s.id == event.shipment_id)
    order = replace(
        order,
        shipments=(*order.shipments, *revived),
        unproven=tuple(s for s in order.unproven if s.id != event.shipment_id),
        first_dispatched_at=order.first_dispatched_at or event.dispatched_at,
    )
    order = _with_shipment(
        order,
        event.shipment_id,
        movement_until=None,
        dispatched_at=event.dispatched_at,
        dispatched_date=event.dispatched_date,
        arrival_asked_at=event.arrival_asked_at,
        arrival_first_asked_at=event.arrival_asked_at,
    )
    return with_goods_status(order)


def _seized(order: Order, event: GoodsSeized) -> Order:
    return replace(order, seizure_wrong_goods=event.wrong_goods, seized_at=event.at)


def _price_demanded(order: Order, _: PriceDemanded) -> Order:
    return replace(order, price_demanded=True)


def _unchanged(order: Order, _: GoodsEvent) -> Order:
    return order


GOODS: dict[type[Event], Callable[[Order, Any], Order]] = {
    ProductionUpdateRequested: _unchanged,
    ProductionUpdated: _unchanged,
    InspectionFeeAgreed: _fee_agreed,
    InspectionBooked: _booked,
    InspectionReported: _reported,
    InspectionLapsed: _lapsed,
    InspectorPaid: _inspector_paid,
    LotRejected: _lot_rejected,
    ReworkRequested: _rework_requested,
    FindingsWaived: _waived,
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
