"""Where the goods of a case are: found, still to be waited for, late on their way."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order import quantities
from fairlot.domain.order.standing import arrival_due_at, arrival_of, terms_of, timely_date
from fairlot.domain.order.state import InspectionStage, Order


def awaited(order: Order, now: dt.datetime) -> dict[int, int]:
    """Return the pieces per line that nobody has seen arrive and that need not have arrived yet (ruling A33)."""
    return quantities.summed(
        shipment
        for shipment in order.shipments
        if arrival_of(shipment) is None
        and (due_at := arrival_due_at(order, shipment)) is not None
        and now <= due_at
    )


def found(order: Order) -> dict[int, int]:
    """Return the pieces there per line: those delivered, or fewer where an inspection of the dispute counted fewer.

    A carrier proves cartons; what was in them is counted (programme, section 7). A report on all lines together counts
    a single one's pieces only.
    """
    there = quantities.delivered(order)
    lines = terms_of(order).lines
    for inspection in order.inspections:
        report = inspection.report
        if report is None or inspection.stage is not InspectionStage.DISPUTE:
            continue
        line = lines[0].number if len(lines) == 1 else report.line
        if line is not None:
            there[line] = min(there.get(line, 0), report.lot)
    return there


def not_there(order: Order) -> dict[int, int]:
    """Return the pieces that left and are late all the same, for their date is one of arrival (ruling A35)."""
    return quantities.summed(
        shipment
        for shipment in order.shipments
        if shipment.is_dispatched and timely_date(order, shipment) is None
    )
