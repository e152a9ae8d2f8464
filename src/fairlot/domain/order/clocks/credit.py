"""The clocks of a letter of credit: presented, examined, waived in time, else the price is due another way (ruling A17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fairlot.domain.calendar import after_days, end_of_date
from fairlot.domain.order import quantities
from fairlot.domain.order.clocks.clock import Clock, ClockKind, Waits
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import ON_THE_WAY, Credit, CreditStatus, Order


def credit_clocks(order: Order, credit: Credit) -> Iterator[Clock]:
    if order.status not in ON_THE_WAY:
        return
    match credit.status:
        case CreditStatus.ADVISED if quantities.all_dispatched(order):
            yield Clock(
                kind=ClockKind.CREDIT_PRESENTATION,
                due_at=_presentation_lapses_at(order, credit),
                waits_for=Waits.SUPPLIER,
            )
        case CreditStatus.PRESENTED | CreditStatus.WAIVED:
            assert credit.examine_until is not None
            yield Clock(
                kind=ClockKind.CREDIT_EXAMINATION,
                due_at=credit.examine_until,
                waits_for=Waits.PLATFORM,
            )
        case CreditStatus.DISCREPANT:
            assert credit.waive_until is not None
            yield Clock(
                kind=ClockKind.CREDIT_WAIVER, due_at=credit.waive_until, waits_for=Waits.BUYER
            )
        case _:
            return


def presentation_until(order: Order, credit: Credit) -> dt.datetime:
    """Return until when documents are presented in time: the credit's days after shipment, and before it expires."""
    shipped = [s.dispatched_at for s in order.shipments if s.dispatched_at is not None]
    expires_at = end_of_date(credit.expiry_date, terms_of(order).zone)
    return min(expires_at, after_days(max(shipped), credit.presentation_days))


def _presentation_lapses_at(order: Order, credit: Credit) -> dt.datetime:
    """What was on record only later, or resumed later, lapses from then."""
    recorded = max(s.recorded_at for s in order.shipments if s.dispatched_at is not None)
    known = [recorded] if order.resumed_at is None else [recorded, order.resumed_at]
    return max(presentation_until(order, credit), *known)
