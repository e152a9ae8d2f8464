"""Decisions about what a case is heard on: evidence, what is contested of it, inspections ordered (R38, R43; A52, A55)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days
from fairlot.domain.order.clocks.case import waited_for
from fairlot.domain.order.commands import (
    AskInspection,
    ContestEvidence,
    StateWish,
    SubmitEvidence,
)
from fairlot.domain.order.decisions.claims import running
from fairlot.domain.order.decisions.mediation import HEARD
from fairlot.domain.order.events import (
    DecisionClockMoved,
    DisputeInspectionAsked,
    EvidenceContested,
    EvidenceSubmitted,
    OrderEvent,
    WishStated,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.state import Dispute, DisputeStatus, Order, open_dispute
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Policy

EVIDENCE_MAX = 200


def submit_evidence(order: Order, command: SubmitEvidence, asked: Asked) -> tuple[OrderEvent, ...]:
    """Evidence is taken until the round closes; evidence once given stays given (R38, R43)."""
    dispute = running(order)
    if dispute.status in HEARD:
        over = dispute.evidence_closed and not _answers_a_report(order, asked)
        refuse_if(over, Code.EVIDENCE_ROUND_CLOSED)
    else:
        refuse_if(
            dispute.status is not DisputeStatus.NEGOTIATION,
            Code.WRONG_STAGE,
            stage=dispute.status,
        )
    refuse_if(len(dispute.evidence) >= EVIDENCE_MAX, Code.TOO_MANY_EVENTS, most=EVIDENCE_MAX)
    refuse_if(
        any(
            (item.item_hash, item.by, item.term_id)
            == (command.item_hash, asked.party, command.term_id)
            for item in dispute.evidence
        ),
        Code.REFERENCE_REUSED,
        reference=command.item_hash,
    )
    return (
        EvidenceSubmitted(
            at=asked.now,
            item_hash=command.item_hash,
            by=asked.party,
            term_id=command.term_id,
            origin=command.origin,
        ),
    )


def _answers_a_report(order: Order, asked: Asked) -> bool:
    """Say whether an ordered report is still open to answers."""
    return any(asked.now <= until for until in _answered_until(order, asked.policy))


def _answered_until(order: Order, policy: Policy) -> list[dt.datetime]:
    """Return until when each ordered report that came may be answered (ruling A52)."""
    days = policy.clocks.inspection_answer_days
    return [
        in_days(inspection.reported_at, days)
        for inspection in order.inspections
        if inspection.ordered and inspection.reported_at is not None
    ]


def heard_until(order: Order, dispute: Dispute, policy: Policy) -> dt.datetime:
    """Return the last instant at which a side may still hand something in, as far as it is known now (R40).

    Each side has its days of the round, an inspection that was asked for its time, its report is answered (A52, A53).
    """
    assert dispute.evidence_until is not None, "who hears a case has opened its round"
    awaited = waited_for(order, dispute) or dispute.evidence_until
    return max(dispute.evidence_until, awaited, *_answered_until(order, policy))


def contest_evidence(
    order: Order, command: ContestEvidence, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The other side's evidence may be contested, never ignored."""
    dispute = running(order)
    allowed = {DisputeStatus.NEGOTIATION, *HEARD}
    refuse_if(dispute.status not in allowed, Code.WRONG_STAGE, stage=dispute.status)
    theirs = any(
        item.item_hash == command.item_hash and item.by is asked.party.other
        for item in dispute.evidence
    )
    refuse_if(not theirs, Code.UNKNOWN_REFERENCE, reference=command.item_hash)
    return (EvidenceContested(at=asked.now, item_hash=command.item_hash, by=asked.party),)


def state_wish(order: Order, command: StateWish, asked: Asked) -> tuple[OrderEvent, ...]:
    """Until the decision the buyer may say what it asks for; finishing the order is ordered only then (R40)."""
    dispute = running(order)
    allowed = {DisputeStatus.NEGOTIATION, *HEARD}
    refuse_if(dispute.status not in allowed, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(dispute.wish is command.wish, Code.ALREADY_ASKED)
    return (WishStated(at=asked.now, wish=command.wish),)


def ask_inspection(order: Order, command: AskInspection, asked: Asked) -> tuple[OrderEvent, ...]:
    """A mediator orders an inspection, or a party asks for one; it must be booked in time, and not for ever (A55)."""
    del command
    dispute = running(order)
    allowed = {DisputeStatus.NEGOTIATION, *HEARD}
    refuse_if(dispute.status not in allowed, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(dispute.inspection_until is not None, Code.ALREADY_ASKED)
    lengths = asked.policy.clocks
    most = lengths.inspection_companies_max
    refuse_if(dispute.inspections_asked >= most, Code.TOO_MANY_EVENTS, most=most)
    return (
        DisputeInspectionAsked(
            at=asked.now,
            by_mediator=asked.actor.role in {Role.MEDIATOR, Role.SUPERVISOR},
            book_until=in_days(asked.now, lengths.inspection_booking_days),
        ),
    )


def is_being_decided(order: Order) -> bool:
    """Say whether the evidence round of the open dispute is over and its decision is waited for."""
    dispute = open_dispute(order)
    return dispute is not None and dispute.status in HEARD and dispute.evidence_closed


def decision_clock_moved(order: Order, *, at: dt.datetime, policy: Policy) -> DecisionClockMoved:
    """Return the event by which the decision's clocks run from an instant after the round (ruling A53)."""
    lengths = policy.clocks
    return DecisionClockMoved(
        at=at,
        decision_until=in_business_days(order, at, lengths.decision_business_days, policy),
        rule_at=in_business_days(order, at, lengths.decision_by_rule_business_days, policy),
    )


def add_overdue_clock(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Move a decision that was due while an inspection was waited for in vain: the case goes on from here."""
    dispute = open_dispute(story.order)
    if dispute is None or not is_being_decided(story.order):
        return
    assert dispute.decision_until is not None
    if dispute.decision_until < at:
        story.add(decision_clock_moved(story.order, at=at, policy=policy))
