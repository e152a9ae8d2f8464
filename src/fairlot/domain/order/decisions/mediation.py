"""Decisions on the way to mediation: more time, escalation, who hears the case (R39, R43; rulings A48 to A51, A56)."""

from __future__ import annotations

from fairlot.domain.order.asked import Asked, in_business_days, in_days
from fairlot.domain.order.commands import (
    Escalate,
    ExtendNegotiation,
    NameMediator,
)
from fairlot.domain.order.decisions.claims import running
from fairlot.domain.order.events import (
    DisputeEscalated,
    EscalationAsked,
    ExtensionAsked,
    MediatorNamed,
    NegotiationExtended,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.state import (
    Dispute,
    DisputeStatus,
    Order,
)
from fairlot.domain.order.terms import Party

HEARD = frozenset({DisputeStatus.MEDIATION, DisputeStatus.APPEALED})


def _negotiating(order: Order) -> Dispute:
    dispute = running(order)
    refuse_if(
        dispute.status is not DisputeStatus.NEGOTIATION, Code.WRONG_STAGE, stage=dispute.status
    )
    return dispute


def extend_negotiation(
    order: Order, command: ExtendNegotiation, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Both sides may agree, once, to negotiate longer."""
    del command
    dispute = _negotiating(order)
    refuse_if(dispute.extended, Code.ALREADY_EXTENDED)
    refuse_if(dispute.extension_asked_by is asked.party, Code.ALREADY_ASKED)
    if dispute.extension_asked_by is None:
        return (ExtensionAsked(at=asked.now, by=asked.party),)
    assert dispute.negotiation_until is not None
    days = asked.policy.clocks.negotiation_extension_days
    return (
        NegotiationExtended(
            at=asked.now, negotiation_until=in_days(dispute.negotiation_until, days)
        ),
    )


def escalate(order: Order, command: Escalate, asked: Asked) -> tuple[OrderEvent, ...]:
    """Both together at any time; the buyer alone after the supplier's time or a plain decline (rulings A48 to A51)."""
    del command
    dispute = _negotiating(order)
    other_asked = dispute.escalation_asked_by not in {None, asked.party}
    if other_asked or _may_alone(dispute, asked):
        return (_escalated(order, asked),)
    refuse_if(
        asked.party is Party.BUYER or dispute.escalation_asked_by is asked.party,
        Code.ESCALATION_TOO_EARLY,
        opens_at=_opens_at(dispute, asked),
    )
    return (EscalationAsked(at=asked.now, by=asked.party),)


def _may_alone(dispute: Dispute, asked: Asked) -> bool:
    """The buyer may once the supplier's hours are over without an answer, or after it declined; the supplier never."""
    if asked.party is not Party.BUYER:
        return False
    assert dispute.answer_until is not None
    lapsed = asked.now > dispute.answer_until and (not dispute.answered or dispute.answer_lapsed)
    return lapsed or dispute.declined


def _opens_at(dispute: Dispute, asked: Asked) -> str:
    """The buyer's own right comes with the supplier's silence; after an answer only the clock is left."""
    silent = asked.party is Party.BUYER and not dispute.answered
    opens = dispute.answer_until if silent else dispute.negotiation_until
    assert opens is not None
    return opens.isoformat()


def _escalated(order: Order, asked: Asked) -> DisputeEscalated:
    days = asked.policy.clocks.mediator_named_business_days
    until = in_business_days(order, asked.now, days, asked.policy)
    return DisputeEscalated(at=asked.now, mediator_until=until, by_itself=False)


def name_mediator(order: Order, command: NameMediator, asked: Asked) -> tuple[OrderEvent, ...]:
    """Name who hears the case; the same mediator keeps it, an appeal goes to another (R43; ruling A56)."""
    dispute = running(order)
    refuse_if(dispute.status not in HEARD, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(bool(dispute.mediator_id), Code.MEDIATOR_ALREADY_NAMED)
    refuse_if(bool(command.conflicts), Code.MEDIATOR_IS_PARTY)
    appealed = dispute.status is DisputeStatus.APPEALED
    same = appealed and command.mediator_id == dispute.first_mediator_id
    refuse_if(same, Code.SAME_MEDIATOR)
    days = asked.policy.clocks.evidence_round_days
    return (
        MediatorNamed(
            at=asked.now,
            mediator_id=command.mediator_id,
            supervisor=False,
            evidence_until=in_days(asked.now, days),
        ),
    )
