"""The clocks of disputes, refusals, chargebacks and returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fairlot.domain.order.clocks.clock import Clock, ClockKind, Waits
from fairlot.domain.order.clocks.goods import resumed
from fairlot.domain.order.state import (
    Dispute,
    DisputeStatus,
    GoodsReturn,
    Order,
    is_charged_back,
)


def dispute_clocks(order: Order, dispute: Dispute) -> Iterator[Clock]:
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
            yield from _mediation_clocks(order, dispute)
        case DisputeStatus.DECIDED:
            assert dispute.appeal_until is not None
            yield Clock(kind=ClockKind.APPEAL, due_at=dispute.appeal_until, waits_for=Waits.BOTH)
        case _:
            pass
    # What was ordered and not done is paid for, and so is what was settled beside something to be done: it waits for an
    # open chargeback (ruling A74).
    settled = dispute.settled_offer
    pays = dispute.status is DisputeStatus.FINAL or (
        settled is not None and settled.amount_minor > 0
    )
    if dispute.condition_until is not None and not (pays and is_charged_back(order)):
        until = dispute.condition_until
        yield Clock(
            kind=ClockKind.CONDITION,
            due_at=resumed(order, until) if pays else until,
            waits_for=Waits.SUPPLIER,
        )
    if dispute.inspection_until is not None:
        yield Clock(
            kind=ClockKind.INSPECTION_BOOKING,
            due_at=dispute.inspection_until,
            waits_for=Waits.BUYER,
        )


def waited_for(order: Order, dispute: Dispute) -> dt.datetime | None:
    """Return until when an ordered inspection is waited for, or None; no decision is due before (ruling A53)."""
    ends = [
        inspection.report_due_at
        for inspection in order.inspections
        if inspection.ordered and inspection.report is None and not inspection.lapsed
    ]
    if dispute.inspection_until is not None:
        ends.append(dispute.inspection_until)
    return max(ends, default=None)


def _mediation_clocks(order: Order, dispute: Dispute) -> Iterator[Clock]:
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
        waited = waited_for(order, dispute) or dispute.decision_until
        if not dispute.decision_breached:
            yield Clock(
                kind=ClockKind.DECISION,
                due_at=max(dispute.decision_until, waited),
                waits_for=Waits.PLATFORM,
            )
        yield Clock(
            kind=ClockKind.DECISION_BY_RULE,
            due_at=max(dispute.rule_at, waited),
            waits_for=Waits.PLATFORM,
        )


def aftermath_clocks(order: Order) -> Iterator[Clock]:
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
    if order.goods_return is not None:
        yield from _return_clocks(order, order.goods_return)


def _return_clocks(order: Order, returned: GoodsReturn) -> Iterator[Clock]:
    """All but the way back end in a payment, which waits for an open chargeback (ruling A74)."""
    if returned.judge_until is None and returned.arrival_asked_at is not None:
        yield Clock(
            kind=ClockKind.RETURN_ARRIVAL,
            due_at=returned.arrival_asked_at,
            waits_for=Waits.SUPPLIER,
        )
        return
    if is_charged_back(order):
        return
    kind, until, waits_for = ClockKind.RETURN_SENT, returned.send_until, Waits.BUYER
    if returned.decide_until is not None:
        kind, until, waits_for = (
            ClockKind.RETURN_DECIDED,
            returned.decide_until,
            Waits.PLATFORM,
        )
    elif returned.judge_until is not None:
        kind, until, waits_for = ClockKind.RETURN_JUDGED, returned.judge_until, Waits.SUPPLIER
    yield Clock(kind=kind, due_at=resumed(order, until), waits_for=waits_for)
