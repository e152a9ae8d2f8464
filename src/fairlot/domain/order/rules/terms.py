"""What terms must be before they can be agreed, and when their shipment falls due."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import date_in_zone, end_of_date
from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order import quantities
from fairlot.domain.order.asked import DAYS_AHEAD_MAX, Asked, check_ahead
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.state import Order
from fairlot.domain.order.terms import Terms
from fairlot.domain.policy.model import Policy


def check_terms(order: Order, terms: Terms, asked: Asked) -> None:
    """Refuse terms that cannot be an agreement, in a fixed order of checks."""
    refuse_if(not terms.lines, Code.LINES_MISSING)
    refuse_if(
        any(line.quantity <= 0 or line.unit_price_minor <= 0 for line in terms.lines),
        Code.AMOUNT_NOT_POSITIVE,
    )
    refuse_if(len({line.number for line in terms.lines}) != len(terms.lines), Code.REFERENCE_REUSED)
    sum_of_lines = sum(line.price_minor for line in terms.lines)
    refuse_if(
        sum_of_lines != terms.total_minor,
        Code.TOTAL_NOT_SUM_OF_LINES,
        total_minor=terms.total_minor,
        sum_minor=sum_of_lines,
    )
    refuse_if(terms.total_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE, most=AMOUNT_MINOR_MAX)
    _check_instalments(terms, asked.policy)
    refuse_if(
        not 0 <= terms.covered_minor <= terms.total_minor,
        Code.COVER_ABOVE_TOTAL,
        covered_minor=terms.covered_minor,
    )
    refuse_if(
        terms.cover_kind not in asked.policy.cover_kinds,
        Code.COVER_KIND_NOT_OFFERED,
        kind=terms.cover_kind,
    )
    _check_dates(order, terms, asked.now)
    check_sample(order, terms)
    if order.terms is not None:
        _check_change(order, order.terms, terms)


def check_sample(order: Order, terms: Terms) -> None:
    """Refuse terms that point to a sample which is not approved, or no longer (R15)."""
    approved = {sample.seal_hash for sample in order.samples if sample.approved}
    unknown = terms.approved_sample_hash != "" and terms.approved_sample_hash not in approved
    refuse_if(unknown, Code.SAMPLE_NOT_APPROVED)


def _check_instalments(terms: Terms, policy: Policy) -> None:
    amounts = [i.amount_minor for i in terms.instalments]
    whole = bool(amounts) and sum(amounts) == terms.total_minor and min(amounts) > 0
    refuse_if(not whole, Code.INSTALMENTS_NOT_WHOLE, total_minor=terms.total_minor)
    first_at_agreement = terms.instalments[0].due.value == "agreement"
    refuse_if(not first_at_agreement, Code.INSTALMENTS_NOT_WHOLE)
    splits = len(terms.instalments) > 1
    allowed = policy.cover_rules(terms.cover_kind).split_payment
    refuse_if(splits and not allowed, Code.SPLIT_NOT_ALLOWED, kind=terms.cover_kind)


def _check_dates(order: Order, terms: Terms, now: dt.datetime) -> None:
    """Agreement without a shipment date or lead time is refused (A10); a date agreed before stays what it is."""
    check_ahead(now, terms.shipment_date, terms.arrival_date)
    if terms.lead_time_days is not None:
        refuse_if(terms.lead_time_days <= 0, Code.SHIPMENT_DATE_MISSING)
        too_far = terms.lead_time_days > DAYS_AHEAD_MAX
        refuse_if(too_far, Code.DATE_TOO_FAR, days=DAYS_AHEAD_MAX)
        return
    if terms.shipment_date is None:
        raise Refused(Code.SHIPMENT_DATE_MISSING)
    if order.terms is not None and terms.shipment_date == order.terms.shipment_date:
        return
    refuse_if(
        end_of_date(terms.shipment_date, terms.zone) < now,
        Code.SHIPMENT_DATE_PAST,
        date=terms.shipment_date.isoformat(),
    )


def _check_change(order: Order, agreed: Terms, changed: Terms) -> None:
    refuse_if(changed.currency != agreed.currency, Code.CURRENCY_FIXED, currency=agreed.currency)
    refuse_if(changed.cover_kind is not agreed.cover_kind, Code.COVER_KIND_NOT_OFFERED)
    _check_quantities(order, changed)


def _check_quantities(order: Order, changed: Terms) -> None:
    """What left and what was cancelled and paid back stays in the contract: neither is undone nor paid back again."""
    gone, cancelled = quantities.recorded(order), order.cancelled_quantities
    for number in sorted({*gone, *cancelled}):
        line = changed.line(number)
        shipped, paid_back = gone.get(number, 0), cancelled.get(number, 0)
        if line is not None and line.quantity >= shipped + paid_back:
            continue
        refuse_if(paid_back == 0, Code.BELOW_SHIPPED, line=number, shipped=shipped)
        raise Refused(Code.BELOW_SHIPPED, line=number, shipped=shipped, cancelled=paid_back)


def demanded_minor(agreed: Terms, changed: Terms) -> int:
    """Return by how much a changed version makes dearer what was agreed; further goods at their price are none of it."""
    dearer = 0
    for line in changed.lines:
        before = agreed.line(line.number)
        if before is not None:
            quantity = min(before.quantity, line.quantity)
            dearer += quantity * (line.unit_price_minor - before.unit_price_minor)
    return max(0, dearer)


def shipment_due(
    terms: Terms, *, start_at: dt.datetime | None
) -> tuple[dt.date | None, dt.datetime | None]:
    """Return the shipment date and the instant it ends, or nothing while a lead time waits for the first payment."""
    date = terms.shipment_date
    if date is None:
        if start_at is None or terms.lead_time_days is None:
            return None, None
        date = date_in_zone(start_at, terms.zone) + dt.timedelta(days=terms.lead_time_days)
    return date, end_of_date(date, terms.zone)
