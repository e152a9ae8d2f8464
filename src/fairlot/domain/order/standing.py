"""How an order stands: what is missing, late, collectable; small pure readings shared by all decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from fairlot.domain.calendar import date_in_zone, end_of_date
from fairlot.domain.order import quantities
from fairlot.domain.order.state import (
    ENDED_STATUSES,
    ON_THE_WAY,
    STANDING_CREDITS,
    DisputeCause,
    DisputeStatus,
    Inspection,
    InspectionStage,
    Order,
    Outcome,
    PaymentStatus,
    Shipment,
    Status,
    Verdict,
)
from fairlot.domain.order.terms import (
    ARRIVAL_TERMS,
    Incoterm,
    Instalment,
    InstalmentDue,
    Party,
    Terms,
)

_DECIDED_FOR_GOOD = frozenset({DisputeStatus.FINAL, DisputeStatus.EXECUTED})
_BUYER_COLLECTS = frozenset({Incoterm.FCA, Incoterm.FAS, Incoterm.FOB})


def terms_of(order: Order) -> Terms:
    """Return the agreed terms; only called once there are some."""
    assert order.terms is not None, "the order is agreed"
    return order.terms


def latest_before_shipment(order: Order, *, line: int | None = None) -> Inspection | None:
    """Return the latest inspection before shipment that was reported, of any lot or of those that hold a line."""
    for inspection in reversed(order.inspections):
        report = inspection.report
        if report is None or inspection.stage is not InspectionStage.PRE_SHIPMENT:
            continue
        if line is None or report.line in {None, line}:
            return inspection
    return None


def passed_inspection(order: Order) -> bool:
    """Say whether the latest report before shipment passed."""
    latest = latest_before_shipment(order)
    return latest is not None and _verdict(latest) is Verdict.PASSED


def has_leave(order: Order, lines: Iterable[int]) -> bool:
    """Say whether goods may leave: the latest report of each lot did not fail, or the buyer signed for it (A63)."""
    latest = (latest_before_shipment(order, line=line) for line in lines)
    return not any(i for i in latest if i and _verdict(i) is Verdict.FAILED and not i.waived)


def _verdict(inspection: Inspection) -> Verdict | None:
    return None if inspection.report is None else inspection.report.verdict


def failed_inspections(order: Order, *, line: int | None = None) -> int:
    """Count failed reports before shipment, of any lot or of those that hold a line."""
    return sum(
        1
        for i in order.inspections
        if i.report is not None
        and i.stage is InspectionStage.PRE_SHIPMENT
        and i.report.verdict is Verdict.FAILED
        and (line is None or i.report.line in {None, line})
    )


def is_triggered(order: Order, instalment: Instalment) -> bool:
    """Say whether an instalment has fallen due for payment (ruling A65: what the schedule names, else the later).

    Every part of a price falls due before shipment (R19): once all goods have left, none of it waits any more.
    """
    return _TRIGGERS[instalment.due](order) or quantities.all_dispatched(order)


def _is_inspected_or_ready(order: Order) -> bool:
    """Of both the later counts (ruling A65); an inspection that lapsed unreported is not waited for."""
    arranged = any(not i.lapsed for i in order.inspections)
    return order.ready_at is not None and (not arranged or passed_inspection(order))


# Asked of every instalment several times per command.
_TRIGGERS: dict[InstalmentDue, Callable[[Order], bool]] = {
    InstalmentDue.AGREEMENT: lambda _: True,
    InstalmentDue.PASSED_INSPECTION: passed_inspection,
    InstalmentDue.GOODS_READY: lambda order: order.ready_at is not None,
    InstalmentDue.INSPECTION_OR_READY: _is_inspected_or_ready,
}
assert set(_TRIGGERS) == set(InstalmentDue), "every instalment falls due by something"


def asked_minor(order: Order) -> int:
    """Return the part of the price asked for so far; a credit pays at the end, so never for what was cancelled."""
    # Written out: asked several times per command.
    asked = 0
    for instalment in terms_of(order).instalments:
        if is_triggered(order, instalment):
            asked += instalment.amount_minor
    if order.credit is not None:
        return asked - quantities.price_of(order, order.cancelled_quantities)
    return asked - order.not_asked_minor


def secured_minor(order: Order) -> int:
    """Return what a bank has promised under a letter of credit that still stands (ruling A17)."""
    credit = order.credit
    return credit.amount_minor if credit is not None and credit.status in STANDING_CREDITS else 0


def missing_minor(order: Order) -> int:
    """Return how much of what is asked for is neither paid nor secured by a letter of credit.

    The first payment stands alone: what falls due before it is there is asked for after it.
    """
    asked = first_asked_minor(order) if order.status is Status.AGREED else asked_minor(order)
    return max(0, asked - order.funds.paid_minor - secured_minor(order))


def fallen_due_minor(order: Order) -> int:
    """Return how much a payment may bring now: all that fell due, a balance also before the first payment."""
    return max(0, asked_minor(order) - order.funds.paid_minor - secured_minor(order))


def unpaid_minor(order: Order) -> int:
    """Return what of the price is not paid yet, due or not; goods that were cancelled unpaid cost nothing."""
    return max(0, terms_of(order).total_minor - order.not_asked_minor - order.funds.paid_minor)


def owes_balance(order: Order) -> bool:
    """Say whether the buyer of goods on their way owes a part of the price that has fallen due."""
    fell_due = order.balance_until is not None or has_bounced(order)
    return order.status in ON_THE_WAY and fell_due and missing_minor(order) > 0


def first_asked_minor(order: Order) -> int:
    """Return the part of the price that is due from the agreement on."""
    instalments = terms_of(order).instalments
    return sum(i.amount_minor for i in instalments if i.due is InstalmentDue.AGREEMENT)


def awaits_price(order: Order) -> bool:
    """Say whether a price that somebody promised is still to come, so that nothing is released and nothing ends.

    A letter of credit promises it (ruling A17), the schedule a balance (R19); a payment that bounced did, and freezes
    what is held (ruling A18).
    """
    if order.credit is not None:
        return secured_minor(order) > 0 or missing_minor(order) > 0
    return owes_balance(order)


def has_bounced(order: Order) -> bool:
    """Say whether a payment that counted was taken back."""
    return any(payment.status is PaymentStatus.REVERSED for payment in order.payments)


def is_booked_in_time(
    order: Order, *, booked_at: dt.datetime, booked_date: dt.date | None, due_at: dt.datetime
) -> bool:
    """Say whether a booking is in time: by its instant, or by its date where the bank gave no more (ruling A08)."""
    if booked_date is not None:
        return booked_date <= date_in_zone(due_at, terms_of(order).zone)
    return booked_at <= due_at


def net_paid_minor(order: Order) -> int:
    """Return the price paid that has not gone back to the buyer.

    Never less than nothing: what went back of a payment that bounced after a chargeback is the buyer's debt.
    """
    return max(0, order.funds.paid_minor - order.funds.returned_minor)


def cover_left_minor(order: Order) -> int:
    """Return what the fund may still give for this order."""
    return max(0, order.cover_minor - order.funds.cover_used_minor)


def buyer_collects(terms: Terms) -> bool:
    """Say whether the goods wait for the buyer to have them fetched (ruling A36)."""
    if terms.incoterm is Incoterm.EXW or terms.own_forwarder:
        return True
    return terms.incoterm in _BUYER_COLLECTS and terms.carrier_chosen_by is Party.BUYER


def buyers_carrier(terms: Terms) -> bool:
    """Say whether the buyer chose who carries the goods: then what happens on the way is its own risk (ruling A32)."""
    own = terms.own_forwarder or terms.incoterm is Incoterm.EXW
    return own or terms.carrier_chosen_by is Party.BUYER


def ready_in_time(order: Order) -> bool:
    """Say whether a notice by the date stopped lateness because the buyer is to collect (ruling A36)."""
    if order.ready_at is None or order.shipment_until is None:
        return False
    return buyer_collects(terms_of(order)) and order.ready_at <= order.shipment_until


def timely_date(order: Order, shipment: Shipment) -> dt.date | None:
    """Return the date that is compared with the agreed one: dispatch, or arrival for D-terms (ruling A35)."""
    terms = terms_of(order)
    if terms.incoterm not in ARRIVAL_TERMS:
        return shipment.dispatched_date
    arrived_at = arrival_of(shipment)
    return None if arrived_at is None else date_in_zone(arrived_at, terms.zone)


def arrival_of(shipment: Shipment) -> dt.datetime | None:
    """Return when goods arrived, as proven, else as confirmed (A42); what only counts as arrived shows nothing (A54)."""
    return shipment.delivered_at or shipment.confirmed_at


def agreed_arrival_until(order: Order) -> dt.datetime | None:
    """Return until when goods were agreed to arrive; the date of D-terms is one of arrival (rulings A33, A35)."""
    terms = terms_of(order)
    if terms.arrival_date is not None:
        return end_of_date(terms.arrival_date, terms.zone)
    return order.shipment_until if terms.incoterm in ARRIVAL_TERMS else None


def arrival_due_at(order: Order, shipment: Shipment) -> dt.datetime | None:
    """Return when goods that left should have arrived: as agreed, else when it was first to be asked (ruling A33)."""
    return agreed_arrival_until(order) or shipment.arrival_first_asked_at


def days_late(order: Order, shipment: Shipment) -> int:
    """Return whole days between the agreed date and the shipment's, in the contract's zone (ruling A39)."""
    date = timely_date(order, shipment)
    if date is None or order.shipment_date is None:
        return 0
    return max(0, (date - order.shipment_date).days)


def is_late(order: Order, line: int, now: dt.datetime) -> bool:
    """Say whether a line's goods are late at `now`: left late, or not left and the date is over."""
    if order.shipment_until is None or ready_in_time(order):
        return False
    if any(days_late(order, s) > 0 for s in order.shipments if line in s.quantities):
        return True
    arrival = terms_of(order).incoterm in ARRIVAL_TERMS
    outstanding = line in quantities.missing(order) or (
        arrival
        and any(
            line in s.quantities and s.dispatched_at is not None and arrival_of(s) is None
            for s in order.shipments
        )
    )
    return outstanding and now > order.shipment_until


def shipments_of(order: Order, lines: tuple[int, ...]) -> tuple[Shipment, ...]:
    """Return the proven shipments that carry any of the lines."""
    return tuple(
        s
        for s in order.shipments
        if s.dispatched_at is not None and any(line in s.quantities for line in lines)
    )


def standing_payments_minor(order: Order, rail: str) -> int:
    """Return what was paid by one way to pay and has not bounced."""
    return sum(
        p.amount_minor
        for p in order.payments
        if p.rail == rail and p.status is PaymentStatus.RECEIVED
    )


def is_ended(order: Order) -> bool:
    """Say whether the order has ended for good."""
    return order.status in ENDED_STATUSES


def is_upheld(order: Order) -> bool:
    """Say whether a final decision found something due on a claim of the buyer; a settlement finds nothing."""
    latest = () if order.dispute is None else (order.dispute,)
    return any(
        dispute.cause is DisputeCause.CLAIM
        and dispute.status in _DECIDED_FOR_GOOD
        and dispute.settled_offer is None
        and dispute.decision is not None
        and dispute.decision.outcome is not Outcome.FOR_SUPPLIER
        for dispute in (*order.past_disputes, *latest)
    )
