"""Decisions about mediation: escalation, naming, evidence, decision, appeal; the platform's own clocks bind it (R40, R43)."""

from __future__ import annotations

from fairlot.domain.order._claims import running
from fairlot.domain.order._fees import fees_minor, fees_of_failed, fees_of_failed_on
from fairlot.domain.order._settlement import add_execution
from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.commands import (
    Appeal,
    AskInspection,
    ContestEvidence,
    Decide,
    Escalate,
    ExtendNegotiation,
    NameMediator,
    SubmitEvidence,
)
from fairlot.domain.order.events import (
    DecisionAppealed,
    DecisionFinal,
    DecisionMade,
    DisputeEscalated,
    DisputeInspectionAsked,
    EscalationAsked,
    EvidenceContested,
    EvidenceSubmitted,
    ExtensionAsked,
    MediatorNamed,
    NegotiationExtended,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.standing import net_paid_minor
from fairlot.domain.order.state import (
    Condition,
    Decision,
    Dispute,
    DisputeStatus,
    Order,
    Outcome,
)
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.domain.remedy.recommendation import Recommendation

APPEAL_GROUNDS = frozenset({"new_evidence", "rule_misapplied"})
EVIDENCE_MAX = 200
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
    if not other_asked and not _may_alone(dispute, asked):
        refuse_if(
            dispute.escalation_asked_by is asked.party,
            Code.ESCALATION_TOO_EARLY,
            opens_at=_opens_at(dispute, asked),
        )
        if asked.party is Party.BUYER:
            refuse_if(True, Code.ESCALATION_TOO_EARLY, opens_at=_opens_at(dispute, asked))
        return (EscalationAsked(at=asked.now, by=asked.party),)
    return (_escalated(order, asked),)


def _may_alone(dispute: Dispute, asked: Asked) -> bool:
    """The buyer may once the supplier's hours are over without an answer, or after it declined; the supplier never."""
    if asked.party is not Party.BUYER:
        return False
    assert dispute.answer_until is not None
    lapsed = asked.now > dispute.answer_until and (not dispute.answered or dispute.answer_lapsed)
    return lapsed or dispute.declined


def _opens_at(dispute: Dispute, asked: Asked) -> str:
    opens = dispute.answer_until if asked.party is Party.BUYER else dispute.negotiation_until
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


def decide_case(order: Order, command: Decide, asked: Asked) -> tuple[OrderEvent, ...]:
    """Decide: adopt the recommendation or depart from it with a written reason; an appeal's decision is final."""
    dispute = running(order)
    refuse_if(dispute.status not in HEARD, Code.WRONG_STAGE, stage=dispute.status)
    by_supervisor = asked.actor.role is Role.SUPERVISOR
    named = dispute.mediator_id and (by_supervisor or asked.actor.person_id == dispute.mediator_id)
    refuse_if(not named, Code.NOT_THE_MEDIATOR)
    decision = _decision(order, command, asked)
    story = Story(order)
    if dispute.status is DisputeStatus.APPEALED:
        story.add(DecisionFinal(at=asked.now, decision=decision, by_lapse=False))
        add_execution(story, at=asked.now, policy=asked.policy)
        return story.told()
    until = in_days(asked.now, asked.policy.clocks.appeal_days)
    story.add(DecisionMade(at=asked.now, decision=decision, appeal_until=until))
    return story.told()


def _decision(order: Order, command: Decide, asked: Asked) -> Decision:
    most = net_paid_minor(order)
    refuse_if(command.amount_minor < 0, Code.AMOUNT_NOT_POSITIVE)
    over = max(command.amount_minor, command.otherwise_minor) > most
    refuse_if(over, Code.AMOUNT_ABOVE_CLAIM, most_minor=most)
    _check_whole(command, asked, most)
    advice = recommendation_for(order, now=asked.now, policy=asked.policy)
    departs = _departs(command, advice)
    refuse_if(departs and not command.reason_hash, Code.REASON_MISSING)
    ids, otherwise_ids = advice.fee_back_ids, advice.otherwise_fee_back_ids
    if departs:
        ids, otherwise_ids = _fee_ids(order, command)
    return Decision(
        outcome=command.outcome,
        amount_minor=command.amount_minor,
        inspection_fee_minor=fees_minor(order, ids, asked.policy),
        inspection_ids=ids,
        condition=command.condition,
        until=command.until,
        otherwise_minor=command.otherwise_minor,
        otherwise_fee_minor=fees_minor(order, otherwise_ids, asked.policy),
        otherwise_inspection_ids=otherwise_ids,
        departs=departs,
        recommended_minor=advice.amount_minor,
        reason_hash=command.reason_hash,
    )


def _departs(command: Decide, advice: Recommendation) -> bool:
    """Say whether a decision differs from the recommendation in its amounts or its condition."""
    if (command.amount_minor, command.condition.value) != (
        advice.amount_minor,
        advice.condition.value,
    ):
        return True
    conditional = command.condition is not Condition.NONE
    return conditional and command.otherwise_minor != advice.otherwise_minor


def _fee_ids(order: Order, command: Decide) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the inspections whose fee comes back with either amount of a decision that departs (ruling A22).

    If any amount is found due, every failed inspection of what was claimed; goods kept do not undo an upheld claim.
    """
    claims = running(order).claims
    everything = not claims or any(not claim.lines for claim in claims)
    lines = {line for claim in claims for line in claim.lines}
    failed = fees_of_failed(order) if everything else fees_of_failed_on(order, lines)
    upheld = command.amount_minor > 0
    otherwise = command.otherwise_minor > 0 or (upheld and command.condition is Condition.RETURN)
    return failed if upheld else (), failed if otherwise else ()


def _check_whole(command: Decide, asked: Asked, paid_minor: int) -> None:
    """The outcome's word and its amount must say the same (ruling A61)."""
    amount = command.amount_minor
    fits = {
        Outcome.FULL_REFUND: amount == paid_minor,
        Outcome.PARTIAL_REFUND: 0 < amount < paid_minor,
        Outcome.FOR_SUPPLIER: amount == 0,
    }[command.outcome]
    performed = command.condition is Condition.PERFORM
    refuse_if(
        not fits and not performed,
        Code.OUTCOME_NOT_WHOLE,
        amount_minor=amount,
        paid_minor=paid_minor,
    )
    undated = command.until is None or command.until <= asked.now
    refuse_if(performed and undated, Code.OUTCOME_NOT_WHOLE)


def appeal(order: Order, command: Appeal, asked: Asked) -> tuple[OrderEvent, ...]:
    """One appeal round per case, for new evidence or a rule misapplied, within its days (ruling A56)."""
    dispute = running(order)
    refuse_if(asked.party in dispute.appealed_by, Code.ALREADY_APPEALED)
    refuse_if(dispute.status is DisputeStatus.FINAL, Code.APPEAL_TOO_LATE)
    stages = {DisputeStatus.DECIDED, DisputeStatus.APPEALED}
    refuse_if(dispute.status not in stages, Code.WRONG_STAGE, stage=dispute.status)
    assert dispute.appeal_until is not None
    refuse_if(asked.now > dispute.appeal_until, Code.APPEAL_TOO_LATE)
    unnamed = command.ground not in APPEAL_GROUNDS or not command.reason_hash
    refuse_if(unnamed, Code.APPEAL_GROUND_MISSING)
    return (
        DecisionAppealed(
            at=asked.now,
            by=asked.party,
            ground=command.ground,
            reason_hash=command.reason_hash,
            mediator_until=in_business_days(
                order,
                asked.now,
                asked.policy.clocks.mediator_named_business_days,
                asked.policy,
            ),
        ),
    )
