"""What one order says of its supplier, folded from the order's events alone; the record is the sum of such entries.

An order counts once it was agreed under the programme and paid: what was only promised, or made elsewhere, never does (R5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from fairlot.domain.order import events as e
from fairlot.domain.order import quantities
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.standing import days_late, ready_in_time, timely_date
from fairlot.domain.order.state import (
    EMPTY,
    Dispute,
    DisputeCause,
    DisputeStatus,
    Order,
    Outcome,
    Status,
)
from fairlot.domain.policy.model import Ground, Offense

NEVER_SHIPPED = "never_shipped"


class DisputeEnd(StrEnum):
    """How a dispute ended, or that it has not."""

    OPEN = "open"
    FULL_REFUND = "full_refund"
    PARTIAL_REFUND = "partial_refund"
    FOR_SUPPLIER = "for_supplier"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    MOOT = "moot"


class Timeliness(StrEnum):
    """Whether the goods left (for D-terms: arrived) by the date in force; unknown until they did or the date was over."""

    ON_TIME = "on_time"
    LATE = "late"
    UNKNOWN = "unknown"


class DisputeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One dispute that the buyer filed: when, on which grounds, and how it ended."""

    opened_at: dt.datetime
    grounds: tuple[Ground, ...]
    end: DisputeEnd


class OffenseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the programme gives points for, as the order's events show it."""

    offense: Offense
    at: dt.datetime


class OrderEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One order in its supplier's record. `made_good`: the fund is owed nothing for it, and no buyer is short of money."""

    supplier_id: str
    currency: str
    total_minor: int
    status: Status
    assured: bool
    agreed_at: dt.datetime
    paid_at: dt.datetime | None
    completed_at: dt.datetime | None
    timeliness: Timeliness
    made_good: bool
    disputes: tuple[DisputeEntry, ...] = ()
    offenses: tuple[OffenseEntry, ...] = ()

    @property
    def counts(self) -> bool:
        """Say whether the order is in the record: made under the programme, and paid."""
        return self.assured and self.paid_at is not None

    @property
    def claim_upheld(self) -> bool:
        """Say whether a decision gave the buyer anything."""
        return any(d.end in UPHELD for d in self.disputes)


UPHELD = frozenset({DisputeEnd.FULL_REFUND, DisputeEnd.PARTIAL_REFUND})

OFFENSE_OF_GROUND: dict[Ground, Offense] = {
    Ground.LATE: Offense.LATE_SHIPMENT,
    Ground.QUALITY: Offense.QUALITY,
    Ground.SHORT_QUANTITY: Offense.QUALITY,
    Ground.WRONG_GOODS: Offense.QUALITY,
    Ground.NEVER_SHIPPED: Offense.NEVER_SHIPPED,
    Ground.FALSE_PROOF: Offense.FALSE_PROOF,
    Ground.COUNTERFEIT: Offense.COUNTERFEIT,
    Ground.SEIZED: Offense.COUNTERFEIT,
}
"""Which offense an upheld claim is (programme, section 5). Wrong and missing goods weigh as quality; goods that were
seized are upheld only where they themselves were the reason (ruling A68). Not received gives no points: the carrier may
have lost the goods; nor does a raised price, which becomes "never shipped" where the supplier does not perform."""

_END_OF_OUTCOME = {
    Outcome.FULL_REFUND: DisputeEnd.FULL_REFUND,
    Outcome.PARTIAL_REFUND: DisputeEnd.PARTIAL_REFUND,
    Outcome.FOR_SUPPLIER: DisputeEnd.FOR_SUPPLIER,
}
_END_OF_STATUS = {
    DisputeStatus.SETTLED: DisputeEnd.SETTLED,
    DisputeStatus.WITHDRAWN: DisputeEnd.WITHDRAWN,
    DisputeStatus.MOOT: DisputeEnd.MOOT,
}


def order_entry(events: Iterable[e.OrderEvent]) -> OrderEntry | None:
    """Return what an order's events say of its supplier, or None before both sides agreed."""
    order = EMPTY
    agreed_at: dt.datetime | None = None
    paid_at: dt.datetime | None = None
    completed_at: dt.datetime | None = None
    offenses: list[OffenseEntry] = []
    for event in events:
        offenses += [OffenseEntry(offense=each, at=event.at) for each in _offenses(order, event)]
        order = evolve(order, event)
        match event:
            case e.OrderAgreed():
                agreed_at = event.at
            case e.PaymentCompleted():
                paid_at = paid_at or event.at
            case e.OrderCompleted() | e.OrderClosed():
                completed_at = completed_at or event.at
            case _:
                pass
    if agreed_at is None:
        return None
    assert order.terms is not None, "an agreed order has terms"
    return OrderEntry(
        supplier_id=order.supplier_id,
        currency=order.terms.currency,
        total_minor=order.terms.total_minor,
        status=order.status,
        assured=order.enrolled,
        agreed_at=agreed_at,
        paid_at=paid_at,
        completed_at=completed_at,
        timeliness=_timeliness(order, offenses),
        made_good=_owed_minor(order) == 0,
        disputes=tuple(_dispute_entry(each) for each in _filed(order)),
        offenses=tuple(offenses),
    )


def _owed_minor(order: Order) -> int:
    """Return what the supplier owes for the order, to whomever."""
    funds = order.funds
    return funds.receivable_minor + funds.uncovered_minor + funds.cost_receivable_minor


def _filed(order: Order) -> list[Dispute]:
    """Return the buyer's disputes; cases about the buyer's own duties say nothing of the supplier."""
    latest = () if order.dispute is None else (order.dispute,)
    return [d for d in (*order.past_disputes, *latest) if d.cause is DisputeCause.CLAIM]


def _dispute_entry(dispute: Dispute) -> DisputeEntry:
    grounds = tuple(sorted({claim.ground for claim in dispute.claims}))
    return DisputeEntry(opened_at=dispute.opened_at, grounds=grounds, end=_end(dispute))


def _end(dispute: Dispute) -> DisputeEnd:
    """A decision counts from the moment it is final, whatever its execution still waits for."""
    if dispute.status in _END_OF_STATUS:
        return _END_OF_STATUS[dispute.status]
    if dispute.status not in {DisputeStatus.FINAL, DisputeStatus.EXECUTED}:
        return DisputeEnd.OPEN
    if dispute.settled_offer is not None or dispute.decision is None:
        return DisputeEnd.SETTLED
    return _END_OF_OUTCOME[dispute.decision.outcome]


def _offenses(before: Order, event: e.OrderEvent) -> tuple[Offense, ...]:
    """Return what an event shows the supplier to have done; `before` is the order as the event found it."""
    match event:
        case e.DecisionFinal() if event.decision.outcome is not Outcome.FOR_SUPPLIER:
            dispute = before.dispute
            assert dispute is not None, "a decision belongs to a dispute"
            if dispute.cause is not DisputeCause.CLAIM:
                return ()
            grounds = event.decision.upheld
            if grounds is msgspec.UNSET:
                grounds = tuple(claim.ground for claim in dispute.claims)
            named = {OFFENSE_OF_GROUND.get(ground) for ground in grounds}
            return tuple(sorted(each for each in named if each is not None))
        case e.OrderCancelled(reason=reason) if reason == NEVER_SHIPPED:
            return (Offense.NEVER_SHIPPED,)
        case e.MissingCancelled():
            return (Offense.NEVER_SHIPPED,)
        case e.ReturnJudged(refunds=True, by_lapse=True):
            return (Offense.NO_ACTION_AFTER_RETURN,)
        case _:
            return ()


def _timeliness(order: Order, offenses: Sequence[OffenseEntry]) -> Timeliness:
    """Compare dates with the date in force (rulings A04, A35, A36); goods that never left are late once it is over."""
    if any(each.offense is Offense.NEVER_SHIPPED for each in offenses):
        return Timeliness.LATE
    if order.shipment_date is None:
        return Timeliness.UNKNOWN
    in_time = ready_in_time(order)
    gone = [shipment for shipment in order.shipments if shipment.is_dispatched]
    if any(days_late(order, shipment) > 0 for shipment in gone) and not in_time:
        return Timeliness.LATE
    if quantities.missing(order):
        return Timeliness.LATE if order.shipment_lapsed and not in_time else Timeliness.UNKNOWN
    if any(timely_date(order, shipment) is None for shipment in gone):
        return Timeliness.UNKNOWN
    return Timeliness.ON_TIME
