"""What the events of inspections did, and of what the buyer chose after one that failed. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    Event,
    FindingsWaived,
    InspectionBooked,
    InspectionFeeAgreed,
    InspectionLapsed,
    InspectionReported,
    InspectorPaid,
    LotRejected,
    ReworkRequested,
)
from fairlot.domain.order.standing import latest_before_shipment, missing_minor
from fairlot.domain.order.state import (
    Inspection,
    InspectionStage,
    LotChoice,
    Order,
    Refund,
    Verdict,
)
from fairlot.domain.order.terms import Party


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
    booked = replace(
        order,
        inspections=(*order.inspections, inspection),
        inspection_fee_agreed_by=_agreed_with(order, event.advanced_by),
        funds=funds,
        dispute=dispute,
    )
    if booked.balance_until is not None and dispute is None and missing_minor(booked) == 0:
        # What waits for the later of readiness and a passed inspection waits for this one now (ruling A65).
        return replace(booked, balance_until=None)
    return booked


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
    if before_shipment and order.balance_until is not None and missing_minor(order) == 0:
        # What a pass made due is not asked for any more once a later report did not pass (ruling A65).
        order = replace(order, balance_until=None)
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
    to_buyer = event.fee_minor > 0 and event.advanced_by is not Party.SUPPLIER
    refunds = (*order.refunds, refund) if to_buyer else order.refunds
    funds = replace(
        order.funds, fees_advanced_minor=order.funds.fees_advanced_minor - event.fee_minor
    )
    return replace(order, refunds=refunds, funds=funds, refund_count=order.refund_count + 1)


def _lot_rejected(order: Order, _: LotRejected) -> Order:
    return replace(order, lot_choice=LotChoice.REJECTED, choice_until=None)


def _rework_requested(order: Order, _: ReworkRequested) -> Order:
    return replace(order, lot_choice=LotChoice.REWORK, choice_until=None)


def _waived(order: Order, event: FindingsWaived) -> Order:
    """The latest report before shipment is what was signed for; a waiver that names no term names all of them."""
    found = latest_before_shipment(order)
    assert found is not None, "what is waived was reported"
    named = (*found.waived_terms, *event.term_ids)
    every = not event.term_ids or (found.waived and not found.waived_terms)
    order = _with_inspection(order, found.id, waived=True, waived_terms=() if every else named)
    return replace(order, lot_choice=LotChoice.WAIVED, choice_until=None)


INSPECTIONS: dict[type[Event], Callable[[Order, Any], Order]] = {
    InspectionFeeAgreed: _fee_agreed,
    InspectionBooked: _booked,
    InspectionReported: _reported,
    InspectionLapsed: _lapsed,
    InspectorPaid: _inspector_paid,
    LotRejected: _lot_rejected,
    ReworkRequested: _rework_requested,
    FindingsWaived: _waived,
}
