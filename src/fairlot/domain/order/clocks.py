"""Every clock of an order: who must act, by when; one list that pages show, workers scan and settling obeys.

A clock acts once the whole second of `now` is later than its instant; suspended clocks act when the suspension ends
(rulings A03, A38). The list is computed from the state, so no worker needs to have run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from fairlot.domain.order.standing import (
    buyer_collects,
    last_window_end,
    missing_minor,
    ready_in_time,
    terms_of,
)
from fairlot.domain.order.state import (
    Dispute,
    DisputeStatus,
    LotChoice,
    Order,
    Shipment,
    Status,
    is_suspended,
    open_dispute,
)
from fairlot.domain.policy.model import Policy


class ClockKind(StrEnum):
    """Every clock by name, in the order in which those due at the same instant act (ruling A06)."""

    SHIPMENT_REMINDER = "shipment_reminder"
    CLAIM_WARNING = "claim_warning"
    SHIPMENT_DUE = "shipment_due"
    ANSWER = "supplier_answer"
    BALANCE = "balance_due"
    UNCOLLECTED = "uncollected"
    NEGOTIATION = "negotiation"
    MEDIATOR = "mediator_named"
    EVIDENCE = "evidence_round"
    INSPECTION_BOOKING = "inspection_booking"
    INSPECTION_REPORT = "inspection_report"
    LOT_CHOICE = "lot_choice"
    MOVEMENT = "movement"
    REFUSAL_APPEAL = "refusal_appeal"
    REFUSAL_DECISION = "refusal_decision"
    DECISION = "decision"
    DECISION_BY_RULE = "decision_by_rule"
    APPEAL = "appeal"
    CONDITION = "condition"
    PROPOSAL = "proposal_open"
    FIRST_PAYMENT = "first_payment_due"
    NEVER_SHIPPED = "never_shipped"
    ARRIVAL = "arrival_asked"
    RETURN_SENT = "return_sent"
    RETURN_ARRIVAL = "return_arrival"
    RETURN_JUDGED = "return_judged"
    CHARGEBACK = "chargeback"
    SUSPENSE = "suspense"
    SEEKING = "set_off"
    REFUND_SENT = "refund_sent"
    CLAIM_WINDOW = "claim_window"
    CLOSING = "closing"


RANK = {kind: number for number, kind in enumerate(ClockKind)}


class Waits(StrEnum):
    """Who is expected to act before a clock runs out."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"
    PLATFORM = "platform"
    INSPECTOR = "inspector"
    NOBODY = "nobody"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One running clock; `subject` names the shipment, refund or claim it is about."""

    kind: ClockKind
    due_at: dt.datetime
    waits_for: Waits
    subject: str = ""


def clocks(order: Order, policy: Policy) -> list[Clock]:
    """Return all running clocks, the earliest first; at equal instants in the order in which they act."""
    running = list(_all_clocks(order, policy))
    running.sort(key=lambda clock: (clock.due_at, RANK[clock.kind]))
    return running


def next_deadline(order: Order, policy: Policy) -> dt.datetime | None:
    """Return the earliest instant after which something happens by itself, or None."""
    return min((clock.due_at for clock in _all_clocks(order, policy)), default=None)


def _all_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    proposal = order.proposal
    if proposal is not None:
        yield Clock(
            kind=ClockKind.PROPOSAL,
            due_at=proposal.expires_at,
            waits_for=Waits(proposal.by.other.value),
        )
    if order.terms is None:
        return
    yield from _money_clocks(order)
    yield from _goods_clocks(order, policy)
    dispute = open_dispute(order)
    if dispute is not None:
        yield from _dispute_clocks(dispute)
    yield from _aftermath_clocks(order)


def _resumed(order: Order, due_at: dt.datetime) -> dt.datetime:
    """Return when an ordinary clock acts that was overdue while the order was suspended (ruling A38)."""
    if order.resumed_at is None:
        return due_at
    return max(due_at, order.resumed_at)


def _money_clocks(order: Order) -> Iterator[Clock]:
    for refund in order.refunds:
        if not refund.breached and refund.amount_minor > refund.confirmed_minor:
            yield Clock(
                kind=ClockKind.REFUND_SENT,
                due_at=refund.due_at,
                waits_for=Waits.PLATFORM,
                subject=refund.id,
            )
    for item in order.suspense:
        yield Clock(
            kind=ClockKind.SUSPENSE,
            due_at=item.return_at,
            waits_for=Waits.PLATFORM,
            subject=item.payment_id,
        )
    for seeking in order.seeking:
        yield Clock(
            kind=ClockKind.SEEKING,
            due_at=seeking.until,
            waits_for=Waits.SUPPLIER,
            subject=seeking.refund_id,
        )
    if is_suspended(order):
        return
    if order.status is Status.AGREED:
        assert order.payment_until is not None
        yield Clock(
            kind=ClockKind.FIRST_PAYMENT,
            due_at=_resumed(order, order.payment_until),
            waits_for=Waits.BUYER,
        )
    elif order.balance_until is not None and order.status is Status.IN_PRODUCTION:
        yield Clock(
            kind=ClockKind.BALANCE,
            due_at=_resumed(order, order.balance_until),
            waits_for=Waits.BUYER,
        )


def _goods_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    for inspection in order.inspections:
        if inspection.report is None and not inspection.lapsed:
            yield Clock(
                kind=ClockKind.INSPECTION_REPORT,
                due_at=inspection.report_due_at,
                waits_for=Waits.INSPECTOR,
                subject=inspection.id,
            )
    if order.choice_until is not None and order.lot_choice is LotChoice.NONE:
        yield Clock(kind=ClockKind.LOT_CHOICE, due_at=order.choice_until, waits_for=Waits.BUYER)
    for shipment in order.shipments:
        yield from _shipment_clocks(order, shipment, policy)
    if order.status is Status.IN_PRODUCTION:
        yield from _production_clocks(order, policy)
    if not is_suspended(order):
        yield from _ending_clocks(order, policy)


def _shipment_clocks(order: Order, shipment: Shipment, policy: Policy) -> Iterator[Clock]:
    if shipment.movement_until is not None:
        yield Clock(
            kind=ClockKind.MOVEMENT,
            due_at=shipment.movement_until,
            waits_for=Waits.SUPPLIER,
            subject=shipment.id,
        )
        return
    if shipment.claim_until is None:
        assert shipment.arrival_asked_at is not None
        yield Clock(
            kind=ClockKind.ARRIVAL,
            due_at=shipment.arrival_asked_at,
            waits_for=Waits.BUYER,
            subject=shipment.id,
        )
        return
    if order.status in {Status.SHIPPED, Status.DELIVERED, Status.COMPLETED}:
        start_at = shipment.delivered_at or shipment.confirmed_at or shipment.counted_at
        warning = _next_notice(
            policy.clocks.claim_warning_days,
            given=shipment.warned_days,
            until=shipment.claim_until,
            since=start_at,
        )
        if warning is not None:
            yield Clock(
                kind=ClockKind.CLAIM_WARNING,
                due_at=warning,
                waits_for=Waits.BUYER,
                subject=shipment.id,
            )


def _next_notice(
    days_before: tuple[int, ...], *, given: int, until: dt.datetime, since: dt.datetime | None
) -> dt.datetime | None:
    """Return the next reminder's instant: the largest number of days not yet given and not already past."""
    for days in days_before:
        due_at = until - dt.timedelta(days=days)
        if (given == 0 or days < given) and (since is None or due_at >= since):
            return due_at
    return None


def _production_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    if missing_minor(order) > 0 or order.shipment_until is None:
        return
    until = order.shipment_until
    if ready_in_time(order):
        yield from _collection_clock(order, policy)
        return
    reminder = _next_notice(
        policy.clocks.shipment_reminder_days,
        given=order.shipment_reminded_days,
        until=until,
        since=order.payment_completed_at,
    )
    if reminder is not None:
        yield Clock(kind=ClockKind.SHIPMENT_REMINDER, due_at=reminder, waits_for=Waits.SUPPLIER)
    if not order.shipment_lapsed:
        yield Clock(kind=ClockKind.SHIPMENT_DUE, due_at=until, waits_for=Waits.SUPPLIER)
    if not is_suspended(order):
        pending = [s.movement_until for s in order.shipments if s.movement_until is not None]
        due_at = until + dt.timedelta(days=policy.clocks.never_shipped_days)
        yield Clock(
            kind=ClockKind.NEVER_SHIPPED,
            due_at=_resumed(order, max([due_at, *pending])),
            waits_for=Waits.SUPPLIER,
        )


def _collection_clock(order: Order, policy: Policy) -> Iterator[Clock]:
    assert order.ready_at is not None
    if buyer_collects(terms_of(order)) and not is_suspended(order):
        due_at = order.ready_at + dt.timedelta(days=policy.clocks.uncollected_days)
        yield Clock(
            kind=ClockKind.UNCOLLECTED,
            due_at=_resumed(order, due_at),
            waits_for=Waits.BUYER,
        )


def _ending_clocks(order: Order, policy: Policy) -> Iterator[Clock]:
    if order.status not in {Status.SHIPPED, Status.DELIVERED, Status.COMPLETED}:
        return
    last = last_window_end(order, policy)
    if last is None:
        return
    if order.status is not Status.COMPLETED:
        yield Clock(
            kind=ClockKind.CLAIM_WINDOW, due_at=_resumed(order, last), waits_for=Waits.BUYER
        )
    elif not order.refunds and not order.seeking:
        yield Clock(
            kind=ClockKind.CLOSING,
            due_at=_resumed(order, max(last, fraud_until(order, policy))),
            waits_for=Waits.NOBODY,
        )


def fraud_until(order: Order, policy: Policy) -> dt.datetime:
    """Return the last instant at which fraud can be claimed whatever was known when."""
    starts = [s.dispatched_at for s in order.shipments if s.dispatched_at is not None]
    return max(starts) + dt.timedelta(days=policy.clocks.fraud_shipment_days_max)


def _dispute_clocks(dispute: Dispute) -> Iterator[Clock]:
    match dispute.status:
        case DisputeStatus.NEGOTIATION:
            if not dispute.answered and not dispute.answer_lapsed and dispute.answer_until:
                yield Clock(
                    kind=ClockKind.ANSWER,
                    due_at=dispute.answer_until,
                    waits_for=Waits.SUPPLIER,
                )
            if dispute.negotiation_until is not None:
                yield Clock(
                    kind=ClockKind.NEGOTIATION,
                    due_at=dispute.negotiation_until,
                    waits_for=Waits.BOTH,
                )
        case DisputeStatus.MEDIATION | DisputeStatus.APPEALED:
            yield from _mediation_clocks(dispute)
        case DisputeStatus.DECIDED:
            assert dispute.appeal_until is not None
            yield Clock(kind=ClockKind.APPEAL, due_at=dispute.appeal_until, waits_for=Waits.BOTH)
        case _:
            pass
    if dispute.condition_until is not None:
        yield Clock(
            kind=ClockKind.CONDITION,
            due_at=dispute.condition_until,
            waits_for=Waits.SUPPLIER,
        )
    if dispute.inspection_until is not None:
        yield Clock(
            kind=ClockKind.INSPECTION_BOOKING,
            due_at=dispute.inspection_until,
            waits_for=Waits.BUYER,
        )


def _mediation_clocks(dispute: Dispute) -> Iterator[Clock]:
    if dispute.mediator_until is not None:
        yield Clock(
            kind=ClockKind.MEDIATOR, due_at=dispute.mediator_until, waits_for=Waits.PLATFORM
        )
    elif not dispute.evidence_closed:
        assert dispute.evidence_until is not None
        yield Clock(kind=ClockKind.EVIDENCE, due_at=dispute.evidence_until, waits_for=Waits.BOTH)
    else:
        assert dispute.decision_until is not None
        assert dispute.rule_at is not None
        if not dispute.decision_breached:
            yield Clock(
                kind=ClockKind.DECISION,
                due_at=dispute.decision_until,
                waits_for=Waits.PLATFORM,
            )
        yield Clock(
            kind=ClockKind.DECISION_BY_RULE, due_at=dispute.rule_at, waits_for=Waits.PLATFORM
        )


def _aftermath_clocks(order: Order) -> Iterator[Clock]:
    for refused in order.refused_claims:
        if refused.ended:
            continue
        if refused.appealed:
            assert refused.decision_until is not None
            yield Clock(
                kind=ClockKind.REFUSAL_DECISION,
                due_at=refused.decision_until,
                waits_for=Waits.PLATFORM,
                subject=refused.id,
            )
        else:
            yield Clock(
                kind=ClockKind.REFUSAL_APPEAL,
                due_at=refused.appeal_until,
                waits_for=Waits.BUYER,
                subject=refused.id,
            )
    if order.chargeback is not None and order.chargeback.open:
        yield Clock(
            kind=ClockKind.CHARGEBACK,
            due_at=order.chargeback.ends_at,
            waits_for=Waits.PLATFORM,
            subject=order.chargeback.id,
        )
    returned = order.goods_return
    if returned is None:
        return
    if returned.judge_until is not None:
        yield Clock(
            kind=ClockKind.RETURN_JUDGED,
            due_at=returned.judge_until,
            waits_for=Waits.SUPPLIER,
        )
    elif returned.arrival_asked_at is not None:
        yield Clock(
            kind=ClockKind.RETURN_ARRIVAL,
            due_at=returned.arrival_asked_at,
            waits_for=Waits.SUPPLIER,
        )
    else:
        yield Clock(kind=ClockKind.RETURN_SENT, due_at=returned.send_until, waits_for=Waits.BUYER)
