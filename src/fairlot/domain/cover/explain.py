"""explain_cover(): what an order is protected against now; the same answer decides whether a claim is admitted.

So a page can never promise what the claim desk refuses (programme, section 5). Checks run in a fixed order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.domain.calendar import end_of_date, whole_second
from fairlot.domain.order import quantities
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.standing import (
    cover_left_minor,
    is_late,
    missing_minor,
    net_paid_minor,
    ready_in_time,
    shipments_of,
    terms_of,
    window_end,
)
from fairlot.domain.order.state import Claim, DisputeStatus, Order, Status
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import EXCLUDED_GROUNDS, FRAUD_GROUNDS, Ground, Policy

CLAIMABLE_STATUSES = frozenset(
    {Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED, Status.COMPLETED, Status.AGREED}
)
# Grounds that stand on the contract's measurable terms.
TERM_GROUNDS = frozenset({Ground.QUALITY})


class CoverAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for one trouble. `covered` is protection, `admitted` whether a claim would be taken this second.

    `opens_at`: the claim is admitted after that instant. `until`: the last instant, or None while it is not known.
    `lines` are those whose claim would be taken. Amounts are in minor units of the order's currency.
    """

    ground: Ground
    covered: bool
    admitted: bool
    code: Code | None = None
    facts: dict[str, str | int] = {}
    amount_minor: int = 0
    held_minor: int = 0
    fund_minor: int = 0
    opens_at: dt.datetime | None = None
    until: dt.datetime | None = None
    lines: tuple[int, ...] = ()


class _No(Exception):  # noqa: N818  (carries an answer, not an error)
    """The answer is no; some noes only say: not yet."""

    def __init__(
        self, code: Code, *, opens_at: dt.datetime | None = None, **facts: str | int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.opens_at = opens_at
        self.facts = facts


class _Window(msgspec.Struct, frozen=True):
    """Lines that can be claimed, and until when."""

    lines: tuple[int, ...]
    until: dt.datetime | None


def explain_cover(
    order: Order,
    claim: Claim,
    *,
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None = None,
    as_claim: bool = False,
) -> CoverAnswer:
    """Answer for one claim: covered or not, by which rule, for how much, from when and until when.

    A claim without lines means every line. `as_claim` also demands the terms a real claim must name; `known_at` is when
    the buyer learned of a fraud.
    """
    now = whole_second(now)
    lines = claim.lines or _all_lines(order)
    try:
        _check_order(order, claim)
        window = _window(
            order, claim, lines, now=now, policy=policy, known_at=known_at, as_claim=as_claim
        )
    except _No as no:
        covered = no.opens_at is not None or no.code is Code.CLAIM_TOO_EARLY
        answer = _amounts(order, claim.ground, lines, covered=covered)
        return msgspec.structs.replace(
            answer, code=no.code, facts=no.facts, opens_at=no.opens_at, lines=()
        )
    answer = _amounts(order, claim.ground, window.lines, covered=True)
    return msgspec.structs.replace(answer, admitted=True, until=window.until, lines=window.lines)


def explain_all(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[CoverAnswer, ...]:
    """Answer for every trouble there is, in the order of the grounds."""
    return tuple(
        explain_cover(order, Claim(ground=ground, lines=()), now=now, policy=policy)
        for ground in Ground
    )


def _all_lines(order: Order) -> tuple[int, ...]:
    return tuple(line.number for line in order.terms.lines) if order.terms else ()


def _amounts(order: Order, ground: Ground, lines: Sequence[int], *, covered: bool) -> CoverAnswer:
    """Return the amount protected: the lines' price as paid, from what is held and then the fund."""
    if not covered or order.terms is None:
        return CoverAnswer(ground=ground, covered=False, admitted=False)
    price = min(quantities.lines_price(order, lines), net_paid_minor(order))
    held = min(price, order.funds.held_minor)
    fund = min(price - held, cover_left_minor(order))
    return CoverAnswer(
        ground=ground,
        covered=True,
        admitted=False,
        amount_minor=held + fund,
        held_minor=held,
        fund_minor=fund,
    )


def _check_order(order: Order, claim: Claim) -> None:
    if order.status not in CLAIMABLE_STATUSES:
        raise _No(Code.WRONG_STATUS, status=order.status)
    if net_paid_minor(order) <= 0:
        raise _No(Code.NOT_PAID)
    if not order.enrolled:
        raise _No(Code.SUPPLIER_NOT_ENROLLED)
    if claim.ground in EXCLUDED_GROUNDS:
        raise _No(Code.GROUND_EXCLUDED, ground=claim.ground)
    for number in claim.lines:
        if terms_of(order).line(number) is None:
            raise _No(Code.UNKNOWN_LINE, line=number)
    if any(_same_claim(claim, given_up) for given_up in order.withdrawn_claims):
        raise _No(Code.CLAIM_GIVEN_UP, ground=claim.ground)
    decided = [*order.past_disputes, *([order.dispute] if order.dispute else [])]
    for dispute in decided:
        ended = dispute.status is DisputeStatus.EXECUTED
        if ended and any(_same_claim(claim, done) for done in dispute.claims):
            raise _No(Code.CLAIM_DECIDED, ground=claim.ground)


def _same_claim(claim: Claim, earlier: Claim) -> bool:
    """Say whether a claim repeats an earlier one: same ground, common lines, and common terms where it names any."""
    if claim.ground is not earlier.ground:
        return False
    lines = not claim.lines or not earlier.lines or set(claim.lines) & set(earlier.lines)
    terms = (
        not claim.term_ids or not earlier.term_ids or set(claim.term_ids) & set(earlier.term_ids)
    )
    return bool(lines) and bool(terms)


def _window(
    order: Order,
    claim: Claim,
    lines: tuple[int, ...],
    *,
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None,
    as_claim: bool,
) -> _Window:
    ground = claim.ground
    if ground in TERM_GROUNDS:
        _check_terms(order, claim, as_claim=as_claim)
        return _goods_window(order, ground, lines, now, policy, named=bool(claim.lines))
    if ground in {Ground.LATE, Ground.NEVER_SHIPPED}:
        return _late_window(order, ground, lines, now, policy, named=bool(claim.lines))
    if ground is Ground.NOT_RECEIVED:
        return _not_received(order, lines, now, policy, named=bool(claim.lines))
    if ground is Ground.SHORT_QUANTITY:
        if not shipments_of(order, lines):
            raise _No(Code.NOTHING_SHIPPED)
        return _goods_window(order, ground, lines, now, policy, named=bool(claim.lines))
    if ground is Ground.PRICE_RAISED:
        if quantities.all_dispatched(order):
            raise _No(Code.ALL_SHIPPED)
        return _Window(lines, None)
    if ground is Ground.SEIZED:
        if order.seizure_wrong_goods is None:
            raise _No(Code.NOTHING_SEIZED)
        if not order.seizure_wrong_goods:
            raise _No(Code.GROUND_EXCLUDED, ground=Ground.CUSTOMS_DELAY)
    assert ground in FRAUD_GROUNDS or ground is Ground.SEIZED
    return _fraud_window(order, lines, now, policy, known_at)


def _check_terms(order: Order, claim: Claim, *, as_claim: bool) -> None:
    """A claim needs a specific and measurable term to stand on (R11)."""
    terms = terms_of(order)
    if as_claim and not claim.term_ids:
        raise _No(Code.NO_TERM_NAMED)
    for term_id in claim.term_ids:
        term = terms.term(term_id)
        if term is None:
            raise _No(Code.UNKNOWN_TERM, term=term_id)
        if not term.claimable:
            raise _No(Code.TERM_NOT_MEASURABLE, term=term_id)
    if not any(term.claimable for term in terms.terms):
        raise _No(Code.TERM_NOT_MEASURABLE)


def _goods_window(
    order: Order,
    ground: Ground,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    *,
    named: bool,
) -> _Window:
    """Keep the lines whose window is open; a line named although its window is over refuses the claim."""
    missing = quantities.missing(order)
    open_lines: list[int] = []
    untils: list[dt.datetime | None] = []
    closed: dt.datetime | None = None
    for line in lines:
        until = _line_until(order, ground, line, policy, outstanding=line in missing)
        if until is not None and now > until:
            if named:
                raise _No(Code.CLAIM_TOO_LATE, until=until.isoformat(), line=line)
            closed = until if closed is None else max(closed, until)
            continue
        open_lines.append(line)
        untils.append(until)
    if not open_lines:
        assert closed is not None
        raise _No(Code.CLAIM_TOO_LATE, until=closed.isoformat())
    known = [until for until in untils if until is not None]
    return _Window(tuple(open_lines), max(known) if len(known) == len(untils) else None)


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
) -> _Window:
    """Lateness can be claimed once the date is over, never while the buyer owes or was to collect (A09, A36)."""
    if missing_minor(order) > 0:
        raise _No(Code.BUYER_IN_ARREARS, missing_minor=missing_minor(order))
    if ready_in_time(order):
        raise _No(Code.GOODS_WERE_READY)
    until = order.shipment_until
    if until is None:
        raise _No(Code.CLAIM_TOO_EARLY)
    missing = quantities.missing(order)
    late = tuple(line for line in lines if is_late(order, line, now))
    if ground is Ground.NEVER_SHIPPED:
        late = tuple(line for line in late if line in missing)
    if not late or (named and len(late) < len(lines)):
        if any(line in missing for line in lines) and now <= until:
            raise _No(Code.CLAIM_TOO_EARLY, opens_at=until)
        raise _No(Code.ALL_SHIPPED if ground is Ground.NEVER_SHIPPED else Code.SHIPPED_IN_TIME)
    return _goods_window(order, Ground.LATE, late, now, policy, named=named)


def _not_received(
    order: Order,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    *,
    named: bool,
) -> _Window:
    """Not received counts from the agreed arrival, else from the first 'arrival asked' (rulings A32, A33)."""
    terms = terms_of(order)
    shipments = shipments_of(order, lines)
    if not shipments:
        raise _No(Code.NOTHING_SHIPPED)
    if terms.own_forwarder or terms.carrier_chosen_by is Party.BUYER:
        raise _No(Code.BUYERS_OWN_CARRIER)
    waiting = [s for s in shipments if s.delivered_at is None and s.confirmed_at is None]
    if not waiting:
        raise _No(Code.DELIVERY_PROVEN)
    if terms.arrival_date is not None:
        opens_at = end_of_date(terms.arrival_date, terms.zone)
    else:
        asked = [s.arrival_first_asked_at for s in waiting if s.arrival_first_asked_at]
        opens_at = min(asked)
    if now <= opens_at:
        raise _No(Code.CLAIM_TOO_EARLY, opens_at=opens_at)
    return _goods_window(order, Ground.NOT_RECEIVED, lines, now, policy, named=named)


def _fraud_window(
    order: Order,
    lines: tuple[int, ...],
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None,
) -> _Window:
    """Fraud is not bound by the kind of cover: 30 days from knowledge, at most 180 from shipment (ruling A31)."""
    shipments = shipments_of(order, lines)
    if not shipments:
        raise _No(Code.NOTHING_SHIPPED)
    lengths = policy.clocks
    starts = [s.dispatched_at for s in shipments if s.dispatched_at is not None]
    last = max(starts) + dt.timedelta(days=lengths.fraud_shipment_days_max)
    there = [s.delivered_at or s.confirmed_at for s in shipments]
    seen = [instant for instant in there if instant is not None]
    known = max(seen) if len(seen) == len(there) else None
    if known_at is not None:
        known = whole_second(known_at) if known is None else max(known, whole_second(known_at))
    until = last
    if known is not None:
        until = min(last, known + dt.timedelta(days=lengths.fraud_knowledge_days))
    if now > until:
        raise _No(Code.CLAIM_TOO_LATE, until=until.isoformat())
    return _Window(lines, until)
