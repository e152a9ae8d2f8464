"""Decisions about claims: admission as explain_cover says, refusals at the door and their appeal (R20, R21; A57)."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.explain import CoverAnswer, explain_cover
from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days, in_hours
from fairlot.domain.order.commands import AddClaim, AppealRefusal, DecideRefusal, OpenDispute
from fairlot.domain.order.events import (
    ClaimAdded,
    ClaimRefused,
    DisputeOpened,
    OrderEvent,
    RefusalAppealed,
    RefusalDecided,
)
from fairlot.domain.order.ids import dispute_id_for, refusal_id_for
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.state import (
    Claim,
    Dispute,
    DisputeCause,
    DisputeStatus,
    Order,
    RefusedClaim,
    Wish,
    open_dispute,
)

CLAIMS_MAX = 20
REFUSED_CLAIMS_MAX = 20
DISPUTES_MAX = 20
# Refusals that say "no by a rule" and can be appealed; "not yet" and malformed claims cannot.
APPEALABLE = frozenset(
    {
        Code.GROUND_EXCLUDED,
        Code.TERM_NOT_MEASURABLE,
        Code.CLAIM_TOO_LATE,
        Code.SHIPPED_IN_TIME,
        Code.ALL_SHIPPED,
        Code.GOODS_WERE_READY,
        Code.BUYERS_OWN_CARRIER,
        Code.DELIVERY_PROVEN,
    }
)


BEFORE_DECISION = frozenset({DisputeStatus.NEGOTIATION, DisputeStatus.MEDIATION})


def running(order: Order) -> Dispute:
    """Return the open dispute, or refuse."""
    dispute = open_dispute(order)
    if dispute is None:
        raise Refused(Code.NO_DISPUTE)
    return dispute


def open_claim(order: Order, command: OpenDispute, asked: Asked) -> tuple[OrderEvent, ...]:
    """Admit what explain_cover admits; a claim refused by a rule is recorded, so that it can be appealed."""
    refuse_if(open_dispute(order) is not None, Code.DISPUTE_ALREADY_OPEN)
    refuse_if(not command.claims, Code.NO_TERM_NAMED)
    refuse_if(len(command.claims) > CLAIMS_MAX, Code.TOO_MANY_EVENTS, most=CLAIMS_MAX)
    refuse_if(len(order.past_disputes) >= DISPUTES_MAX, Code.TOO_MANY_EVENTS, most=DISPUTES_MAX)
    admitted = tuple(_admit(order, claim, asked, command.known_at) for claim in command.claims)
    opened = _opened(order, admitted, asked, command.evidence_hashes)
    return (msgspec.structs.replace(opened, wish=command.wish),)


def _admit(order: Order, claim: Claim, asked: Asked, known_at: dt.datetime | None) -> Claim:
    """Return the claim narrowed to the lines that can be claimed, or refuse it."""
    if known_at is not None:
        ahead = whole_second(known_at) > asked.now
        refuse_if(ahead, Code.INSTANT_IN_THE_FUTURE, at=whole_second(known_at).isoformat())
    answer = explain_cover(
        order, claim, now=asked.now, policy=asked.policy, known_at=known_at, as_claim=True
    )
    if answer.admitted:
        return Claim(ground=claim.ground, lines=answer.lines, term_ids=claim.term_ids)
    assert answer.code is not None
    facts = dict(answer.facts)
    if answer.opens_at is not None:
        facts["opens_at"] = answer.opens_at.isoformat()
    raise Refused(answer.code, record=_refusal_record(order, claim, answer, asked), **facts)


def _refusal_record(
    order: Order, claim: Claim, answer: CoverAnswer, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Record an appealable refusal once; the first one within a window freezes the money (ruling A57)."""
    if answer.code not in APPEALABLE or len(order.refused_claims) >= REFUSED_CLAIMS_MAX:
        return ()
    if any(refused.claim == claim for refused in order.refused_claims):
        return ()
    first = not any(refused.freezes for refused in order.refused_claims)
    return (
        ClaimRefused(
            at=asked.now,
            refusal_id=refusal_id_for(order),
            claim=claim,
            code=answer.code,
            appeal_until=in_days(asked.now, asked.policy.clocks.refusal_appeal_days),
            freezes=first and answer.code is not Code.CLAIM_TOO_LATE,
        ),
    )


def _opened(
    order: Order, claims: tuple[Claim, ...], asked: Asked, evidence_hashes: tuple[str, ...]
) -> DisputeOpened:
    lengths = asked.policy.clocks
    return DisputeOpened(
        at=asked.now,
        dispute_id=dispute_id_for(order),
        cause=DisputeCause.CLAIM,
        claims=claims,
        answer_until=in_hours(asked.now, lengths.supplier_answer_hours),
        negotiation_until=in_hours(asked.now, lengths.negotiation_hours),
        evidence_hashes=evidence_hashes,
    )


def add_claim(order: Order, command: AddClaim, asked: Asked) -> tuple[OrderEvent, ...]:
    """A further claim is admitted by the same rules; an open dispute does not lengthen its window (ruling A58)."""
    dispute = running(order)
    refuse_if(dispute.cause is not DisputeCause.CLAIM, Code.WRONG_STAGE)
    refuse_if(dispute.status not in BEFORE_DECISION, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(len(dispute.claims) >= CLAIMS_MAX, Code.TOO_MANY_EVENTS, most=CLAIMS_MAX)
    claim = _admit(order, command.claim, asked, command.known_at)
    refuse_if(claim in dispute.claims, Code.ALREADY_ASKED)
    return (ClaimAdded(at=asked.now, claim=claim, wish=command.wish),)


def _refused_claim(order: Order, refusal_id: str) -> RefusedClaim:
    for refused in order.refused_claims:
        if refused.id == refusal_id:
            return refused
    raise Refused(Code.UNKNOWN_REFERENCE, reference=refusal_id)


def appeal_refusal(order: Order, command: AppealRefusal, asked: Asked) -> tuple[OrderEvent, ...]:
    """A refusal at the door can be appealed within its days (ruling A57)."""
    refused = _refused_claim(order, command.refusal_id)
    refuse_if(refused.appealed, Code.ALREADY_APPEALED)
    refuse_if(
        refused.ended or asked.now > refused.appeal_until,
        Code.APPEAL_TOO_LATE,
        until=refused.appeal_until.isoformat(),
    )
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    days = asked.policy.clocks.refusal_decision_business_days
    return (
        RefusalAppealed(
            at=asked.now,
            refusal_id=refused.id,
            reason_hash=command.reason_hash,
            decision_until=in_business_days(order, asked.now, days, asked.policy),
        ),
    )


def decide_refusal(order: Order, command: DecideRefusal, asked: Asked) -> tuple[OrderEvent, ...]:
    """A mediator confirms the refusal or admits the claim, which joins the running dispute or opens one."""
    refused = _refused_claim(order, command.refusal_id)
    refuse_if(not refused.appealed or refused.ended, Code.WRONG_STAGE)
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    dispute = open_dispute(order)
    joins = dispute is not None and _takes_claims(dispute)
    blocked = command.admit and dispute is not None and not joins
    refuse_if(blocked, Code.DISPUTE_ALREADY_OPEN)
    story = Story(order)
    story.add(
        RefusalDecided(at=asked.now, refusal_id=refused.id, admitted=command.admit, by_lapse=False)
    )
    if command.admit and joins:
        story.add(ClaimAdded(at=asked.now, claim=refused.claim, wish=Wish.NONE))
    elif command.admit:
        story.add(_opened(story.order, (refused.claim,), asked, ()))
    return story.told()


def _takes_claims(dispute: Dispute) -> bool:
    """Say whether a further claim can join a dispute: one of claims, not decided yet."""
    of_claims = dispute.cause is DisputeCause.CLAIM and dispute.status in BEFORE_DECISION
    return of_claims and len(dispute.claims) < CLAIMS_MAX
