"""When each ground can be claimed, for which lines and until when; one small function per rule (rulings A29 to A36)."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.order import quantities
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.rules.claim_windows import window_end
from fairlot.domain.order.standing import (
    arrival_due_at,
    buyers_carrier,
    is_late,
    missing_minor,
    ready_in_time,
    shipments_of,
    terms_of,
)
from fairlot.domain.order.state import Claim, Order, Shipment
from fairlot.domain.policy.model import Ground, Policy


class NotAdmitted(Exception):  # noqa: N818  (carries an answer, not an error)
    """The answer is no; some noes only say: not yet."""

    def __init__(
        self, code: Code, *, opens_at: dt.datetime | None = None, **facts: str | int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.opens_at = opens_at
        self.facts = facts


class ClaimLines(msgspec.Struct, frozen=True):
    """Lines that can be claimed, and until when."""

    lines: tuple[int, ...]
    until: dt.datetime | None


def claim_lines(
    order: Order,
    claim: Claim,
    lines: tuple[int, ...],
    *,
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None,
    as_claim: bool,
) -> ClaimLines:
    """Return the lines of a claim that can be claimed now. Raises NotAdmitted."""
    ground = claim.ground
    named = bool(claim.lines)
    match ground:
        case Ground.QUALITY:
            _check_terms(order, claim, as_claim=as_claim)
            return _goods_window(order, ground, lines, now, policy, named=named)
        case Ground.LATE | Ground.NEVER_SHIPPED:
            return _late_window(order, ground, lines, now, policy, named=named)
        case Ground.NOT_RECEIVED:
            return _not_received(order, lines, now, policy, named=named)
        case Ground.SHORT_QUANTITY:
            return _short_window(order, lines, now, policy, named=named)
        case Ground.PRICE_RAISED:
            return _until_shipped(order, lines)
        case Ground.SEIZED:
            _check_seizure(order)
            return _fraud_window(order, lines, now, policy, known_at)
        case Ground.COUNTERFEIT | Ground.WRONG_GOODS | Ground.FALSE_PROOF:
            return _fraud_window(order, lines, now, policy, known_at)
        case _:
            raise NotAdmitted(Code.GROUND_EXCLUDED, ground=ground)


def _short_window(
    order: Order, lines: tuple[int, ...], now: dt.datetime, policy: Policy, *, named: bool
) -> ClaimLines:
    if not shipments_of(order, lines):
        raise NotAdmitted(Code.NOTHING_SHIPPED)
    return _goods_window(order, Ground.SHORT_QUANTITY, lines, now, policy, named=named)


def _until_shipped(order: Order, lines: tuple[int, ...]) -> ClaimLines:
    """A demand for more money is a ground for as long as goods have not left (R45)."""
    if quantities.all_dispatched(order):
        raise NotAdmitted(Code.ALL_SHIPPED)
    return ClaimLines(lines, None)


def _check_seizure(order: Order) -> None:
    """A seizure counts by the reason of its notice; mere delay is excluded (ruling A68)."""
    if order.seizure_wrong_goods is None:
        raise NotAdmitted(Code.NOTHING_SEIZED)
    if not order.seizure_wrong_goods:
        raise NotAdmitted(Code.GROUND_EXCLUDED, ground=Ground.CUSTOMS_DELAY)


def _check_terms(order: Order, claim: Claim, *, as_claim: bool) -> None:
    """A claim needs a specific and measurable term to stand on (R11)."""
    terms = terms_of(order)
    if as_claim and not claim.term_ids:
        raise NotAdmitted(Code.NO_TERM_NAMED)
    for term_id in claim.term_ids:
        term = terms.term(term_id)
        if term is None:
            raise NotAdmitted(Code.UNKNOWN_TERM, term=term_id)
        if not term.claimable:
            raise NotAdmitted(Code.TERM_NOT_MEASURABLE, term=term_id)
    if not any(term.claimable for term in terms.terms):
        raise NotAdmitted(Code.TERM_NOT_MEASURABLE)


def _goods_window(
    order: Order,
    ground: Ground,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    *,
    named: bool,
) -> ClaimLines:
    """Keep the lines whose window is open; a line named although its window is over refuses the claim."""
    missing = quantities.missing(order)
    open_lines: list[int] = []
    untils: list[dt.datetime | None] = []
    closed: dt.datetime | None = None
    for line in lines:
        until = _line_until(order, ground, line, policy, outstanding=line in missing)
        if until is not None and now > until:
            if named:
                raise NotAdmitted(Code.CLAIM_TOO_LATE, until=until.isoformat(), line=line)
            closed = until if closed is None else max(closed, until)
            continue
        open_lines.append(line)
        untils.append(until)
    if not open_lines:
        assert closed is not None
        raise NotAdmitted(Code.CLAIM_TOO_LATE, until=closed.isoformat())
    known = [until for until in untils if until is not None]
    return ClaimLines(tuple(open_lines), max(known) if len(known) == len(untils) else None)


def _line_until(
    order: Order, ground: Ground, line: int, policy: Policy, *, outstanding: bool
) -> dt.datetime | None:
    """Return when a line's window ends, or None while goods are outstanding or their window has not begun."""
    shipments = shipments_of(order, (line,))
    if outstanding or not shipments:
        return None
    ends = [window_end(order, shipment, ground, policy) for shipment in shipments]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _late_window(
    order: Order,
    ground: Ground,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    *,
    named: bool,
) -> ClaimLines:
    """Lateness can be claimed once the date is over, never while the buyer owes or was to collect (A09, A36)."""
    if missing_minor(order) > 0:
        raise NotAdmitted(Code.BUYER_IN_ARREARS, missing_minor=missing_minor(order))
    if ready_in_time(order):
        raise NotAdmitted(Code.GOODS_WERE_READY)
    until = order.shipment_until
    if until is None:
        raise NotAdmitted(Code.CLAIM_TOO_EARLY)
    missing = quantities.missing(order)
    late = tuple(line for line in lines if is_late(order, line, now))
    if ground is Ground.NEVER_SHIPPED:
        late = tuple(line for line in late if line in missing)
    if not late or (named and len(late) < len(lines)):
        if any(line in missing for line in lines) and now <= until:
            raise NotAdmitted(Code.CLAIM_TOO_EARLY, opens_at=until)
        raise NotAdmitted(
            Code.ALL_SHIPPED if ground is Ground.NEVER_SHIPPED else Code.SHIPPED_IN_TIME
        )
    return _goods_window(order, Ground.LATE, late, now, policy, named=named)


def _not_received(
    order: Order,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    *,
    named: bool,
) -> ClaimLines:
    """Not received counts from the agreed arrival, else from the first 'arrival asked' (rulings A32, A33)."""
    shipments = shipments_of(order, lines)
    if not shipments:
        raise NotAdmitted(Code.NOTHING_SHIPPED)
    if buyers_carrier(terms_of(order)):
        raise NotAdmitted(Code.BUYERS_OWN_CARRIER)
    waiting = [s for s in shipments if s.delivered_at is None and s.confirmed_at is None]
    if not waiting:
        raise NotAdmitted(Code.DELIVERY_PROVEN)
    dues = (arrival_due_at(order, shipment) for shipment in waiting)
    opens_at = min(due_at for due_at in dues if due_at is not None)
    if now <= opens_at:
        raise NotAdmitted(Code.CLAIM_TOO_EARLY, opens_at=opens_at)
    return _goods_window(order, Ground.NOT_RECEIVED, lines, now, policy, named=named)


def _fraud_window(
    order: Order,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None,
) -> ClaimLines:
    """Fraud is not bound by the kind of cover: 30 days from knowledge, at most 180 from shipment (ruling A31).

    Who has the goods knows, and learns it at the latest from the notice of why an authority took them; a buyer may
    say that it learned later.
    """
    shipments = shipments_of(order, lines)
    if not shipments:
        raise NotAdmitted(Code.NOTHING_SHIPPED)
    until = fraud_until(order, shipments, policy, known_at=known_at)
    if now > until:
        raise NotAdmitted(Code.CLAIM_TOO_LATE, until=until.isoformat())
    return ClaimLines(lines, until)


def fraud_until(
    order: Order,
    shipments: tuple[Shipment, ...],
    policy: Policy,
    *,
    known_at: dt.datetime | None = None,
) -> dt.datetime:
    """Return until when fraud with some shipments, which have left, can be claimed by what is known of them."""
    lengths = policy.clocks
    starts = [s.dispatched_at for s in shipments if s.dispatched_at is not None]
    last = max(starts) + dt.timedelta(days=lengths.fraud_shipment_days_max)
    noticed_at = order.seized_at if order.seizure_wrong_goods else None
    there = [s.delivered_at or s.confirmed_at for s in shipments]
    told = [noticed_at, None if known_at is None else whole_second(known_at)]
    if all(there) or any(told):
        known = max(instant for instant in (*there, *told) if instant is not None)
    else:
        return last
    return min(last, known + dt.timedelta(days=lengths.fraud_knowledge_days))
