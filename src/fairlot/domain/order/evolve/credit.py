"""What the events of letters of credit did. Total, never refuses."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    CreditAdvised,
    CreditEvent,
    CreditHonoured,
    CreditLapsed,
    DiscrepanciesWaived,
    DocumentsPresented,
    DocumentsRefused,
)
from fairlot.domain.order.state import Credit, CreditStatus, Order


def evolve_credit(order: Order, event: CreditEvent) -> Order:
    """Return the order after an event of its letter of credit."""
    match event:
        case CreditAdvised():
            return _advised(order, event)
        case DocumentsPresented():
            return _presented(order, event)
        case DocumentsRefused():
            return _with_credit(
                order,
                status=CreditStatus.DISCREPANT,
                discrepancies=event.discrepancies,
                waive_until=event.waive_until,
            )
        case DiscrepanciesWaived():
            return _with_credit(
                order, status=CreditStatus.WAIVED, examine_until=event.examine_until
            )
        case CreditHonoured():
            return _honoured(order, event)
        case CreditLapsed():
            lapsed = _with_credit(order, status=CreditStatus.LAPSED)
            return replace(lapsed, balance_until=event.balance_until, resumed_at=event.at)


def _with_credit(order: Order, **changes: Any) -> Order:
    assert order.credit is not None
    return replace(order, credit=replace(order.credit, **changes))


def _advised(order: Order, event: CreditAdvised) -> Order:
    credit = Credit(
        id=event.credit_id,
        status=CreditStatus.NOT_MATCHING if event.mismatches else CreditStatus.ADVISED,
        advised_at=event.at,
        amount_minor=event.amount_minor,
        latest_shipment_date=event.latest_shipment_date,
        expiry_date=event.expiry_date,
        presentation_days=event.presentation_days,
        documents=event.documents,
    )
    return replace(order, credit=credit)


def _presented(order: Order, event: DocumentsPresented) -> Order:
    """While documents are looked at, nothing is due by another way to pay."""
    assert order.credit is not None
    presented = _with_credit(
        order,
        status=CreditStatus.DISCREPANT if event.discrepancies else CreditStatus.PRESENTED,
        presentations=order.credit.presentations + 1,
        discrepancies=event.discrepancies,
        examine_until=event.examine_until,
        waive_until=event.waive_until,
    )
    return replace(presented, balance_until=None)


def _honoured(order: Order, event: CreditHonoured) -> Order:
    """The supplier has the money: nothing is held, and refunds are the supplier's and the fund's."""
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor + event.amount_minor,
        released_minor=order.funds.released_minor + event.amount_minor,
    )
    honoured = _with_credit(order, status=CreditStatus.HONOURED)
    return replace(honoured, funds=funds, balance_until=event.balance_until, resumed_at=event.at)
