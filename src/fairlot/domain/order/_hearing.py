"""Decisions about what a case is heard on: evidence, what is contested of it, inspections ordered (R38, R43; A52, A55)."""

from __future__ import annotations

from fairlot.domain.order._claims import running
from fairlot.domain.order._mediation import HEARD
from fairlot.domain.order.asked import Asked, in_days
from fairlot.domain.order.commands import (
    AskInspection,
    ContestEvidence,
    SubmitEvidence,
)
from fairlot.domain.order.events import (
    DisputeInspectionAsked,
    EvidenceContested,
    EvidenceSubmitted,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.state import (
    DisputeStatus,
    Order,
)
from fairlot.domain.party import Role

EVIDENCE_MAX = 200


def submit_evidence(order: Order, command: SubmitEvidence, asked: Asked) -> tuple[OrderEvent, ...]:
    """Evidence is taken until the round closes; evidence once given stays given (R38, R43)."""
    dispute = running(order)
    if dispute.status in HEARD:
        over = dispute.evidence_until is not None and asked.now > dispute.evidence_until
        refuse_if(over or dispute.evidence_closed, Code.EVIDENCE_ROUND_CLOSED)
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


def ask_inspection(order: Order, command: AskInspection, asked: Asked) -> tuple[OrderEvent, ...]:
    """A mediator orders an inspection, or a party asks for one; it must be booked in time (ruling A55)."""
    del command
    dispute = running(order)
    allowed = {DisputeStatus.NEGOTIATION, *HEARD}
    refuse_if(dispute.status not in allowed, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(dispute.inspection_until is not None, Code.ALREADY_ASKED)
    lengths = asked.policy.clocks
    by_mediator = asked.actor.role in {Role.MEDIATOR, Role.SUPERVISOR}
    days = lengths.inspection_answer_days if by_mediator else lengths.inspection_booking_days
    return (
        DisputeInspectionAsked(
            at=asked.now, by_mediator=by_mediator, book_until=in_days(asked.now, days)
        ),
    )
