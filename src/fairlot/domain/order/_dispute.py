"""Decisions about claims and the parties' own settlement: admission, answers, offers, withdrawal (R37 to R39, R42)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.cover.explain import CoverAnswer, explain_cover
from fairlot.domain.order._ids import dispute_id_for, refusal_id_for
from fairlot.domain.order._settlement import add_execution
from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days, in_hours
from fairlot.domain.order.commands import (
    AcceptOffer,
    AddClaim,
    AnswerDispute,
    AppealRefusal,
    ConfirmFulfilled,
    DecideRefusal,
    DeclineOffer,
    MakeOffer,
    OpenDispute,
    WithdrawClaim,
    WithdrawOffer,
)
from fairlot.domain.order.events import (
    ClaimAdded,
    ClaimRefused,
    ClaimWithdrawn,
    DisputeAnswered,
    DisputeOpened,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    OrderEvent,
    RefusalAppealed,
    RefusalDecided,
    SettlementFulfilled,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.standing import net_paid_minor
from fairlot.domain.order.state import (
    Claim,
    Dispute,
    DisputeCause,
    DisputeStatus,
    Offer,
    OfferKind,
    Order,
    RefusedClaim,
    open_dispute,
)

CLAIMS_MAX = 20
OFFERS_MAX = 20
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
# Offers whose date binds: something has to be done before the dispute is over.
CONDITIONAL = frozenset({OfferKind.REWORK, OfferKind.REPLACEMENT})
NEGOTIABLE = frozenset(
    {
        DisputeStatus.NEGOTIATION,
        DisputeStatus.MEDIATION,
        DisputeStatus.DECIDED,
        DisputeStatus.APPEALED,
    }
)


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
    return (_opened(order, admitted, asked, command.evidence_hashes),)


def _admit(order: Order, claim: Claim, asked: Asked, known_at: dt.datetime | None) -> Claim:
    """Return the claim narrowed to the lines that can be claimed, or refuse it."""
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
    before_decision = {DisputeStatus.NEGOTIATION, DisputeStatus.MEDIATION}
    refuse_if(dispute.status not in before_decision, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(len(dispute.claims) >= CLAIMS_MAX, Code.TOO_MANY_EVENTS, most=CLAIMS_MAX)
    claim = _admit(order, command.claim, asked, command.known_at)
    return (ClaimAdded(at=asked.now, claim=claim),)


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
    """A mediator confirms the refusal or admits the claim, which then opens its dispute."""
    refused = _refused_claim(order, command.refusal_id)
    refuse_if(not refused.appealed or refused.ended, Code.WRONG_STAGE)
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    blocked = command.admit and open_dispute(order) is not None
    refuse_if(blocked, Code.DISPUTE_ALREADY_OPEN)
    story = Story(order)
    story.add(
        RefusalDecided(at=asked.now, refusal_id=refused.id, admitted=command.admit, by_lapse=False)
    )
    if command.admit:
        story.add(_opened(story.order, (refused.claim,), asked, ()))
    return story.told()


def answer_dispute(order: Order, command: AnswerDispute, asked: Asked) -> tuple[OrderEvent, ...]:
    """Only the dispute's own answer counts; a late one is taken as part of the negotiation (rulings A48, A49)."""
    dispute = running(order)
    refuse_if(dispute.status is not DisputeStatus.NEGOTIATION, Code.WRONG_STAGE)
    refuse_if(command.decline and not command.reason_hash, Code.REASON_MISSING)
    return (
        DisputeAnswered(at=asked.now, declined=command.decline, reason_hash=command.reason_hash),
    )


def make_offer(order: Order, command: MakeOffer, asked: Asked) -> tuple[OrderEvent, ...]:
    """Offer what would end the dispute; an offer against a standing one counters it (ruling A59)."""
    dispute = running(order)
    refuse_if(dispute.status not in NEGOTIABLE, Code.WRONG_STAGE, stage=dispute.status)
    refuse_if(dispute.cause is not DisputeCause.CLAIM, Code.WRONG_STAGE)
    terms = command.offer
    refuse_if(
        any(o.id == terms.id for o in dispute.offers), Code.REFERENCE_REUSED, reference=terms.id
    )
    _check_offer(order, command, asked)
    offer = Offer(
        id=terms.id,
        by=asked.party,
        kind=terms.kind,
        amount_minor=terms.amount_minor,
        quantity=terms.quantity,
        until=terms.until,
        kept_amount_minor=terms.kept_amount_minor,
    )
    counters = any(o.by is not asked.party for o in dispute.offers)
    return (OfferMade(at=asked.now, offer=offer, counters=counters),)


def _check_offer(order: Order, command: MakeOffer, asked: Asked) -> None:
    terms = command.offer
    most = net_paid_minor(order)
    in_money = terms.kind in {OfferKind.REFUND, OfferKind.RETURN_AND_REFUND}
    refuse_if(in_money and terms.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(
        max(terms.amount_minor, terms.kept_amount_minor) > most,
        Code.AMOUNT_ABOVE_CLAIM,
        most_minor=most,
    )
    refuse_if(min(terms.amount_minor, terms.kept_amount_minor) < 0, Code.AMOUNT_NOT_POSITIVE)
    dated = terms.kind in CONDITIONAL or terms.kind is OfferKind.EXTENSION
    missing = dated and (terms.until is None or terms.until <= asked.now)
    refuse_if(missing, Code.OFFER_INCOMPLETE, kind=terms.kind)
    counted = terms.kind is OfferKind.REPLACEMENT and terms.quantity <= 0
    refuse_if(counted, Code.OFFER_INCOMPLETE, kind=terms.kind)


def _standing_offer(order: Order, offer_id: str) -> Offer:
    for offer in running(order).offers:
        if offer.id == offer_id:
            return offer
    raise Refused(Code.OFFER_NOT_STANDING, offer=offer_id)


def withdraw_offer(order: Order, command: WithdrawOffer, asked: Asked) -> tuple[OrderEvent, ...]:
    """Only its maker withdraws an offer."""
    offer = _standing_offer(order, command.offer_id)
    refuse_if(offer.by is not asked.party, Code.NOT_YOUR_OFFER)
    return (OfferWithdrawn(at=asked.now, offer_id=offer.id),)


def decline_offer(order: Order, command: DeclineOffer, asked: Asked) -> tuple[OrderEvent, ...]:
    """The other side declines; after a plain decline by the supplier the buyer may escalate (ruling A51)."""
    offer = _standing_offer(order, command.offer_id)
    refuse_if(offer.by is asked.party, Code.OWN_OFFER)
    return (OfferDeclined(at=asked.now, offer_id=offer.id),)


def accept_offer(order: Order, command: AcceptOffer, asked: Asked) -> tuple[OrderEvent, ...]:
    """Both agree: money moves at once; what has yet to be done gets its date, and revives the case if missed."""
    offer = _standing_offer(order, command.offer_id)
    refuse_if(offer.by is asked.party, Code.OWN_OFFER)
    dispute = running(order)
    refuse_if(dispute.status not in NEGOTIABLE, Code.WRONG_STAGE, stage=dispute.status)
    story = Story(order)
    dated = offer.kind in CONDITIONAL or offer.kind is OfferKind.EXTENSION
    story.add(OfferAccepted(at=asked.now, offer=offer, conditional=dated))
    if not dated:
        add_execution(story, at=asked.now, policy=asked.policy)
    return story.told()


def confirm_fulfilled(
    order: Order, command: ConfirmFulfilled, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The buyer says that what was settled has been done: the dispute is over."""
    del command
    dispute = running(order)
    refuse_if(dispute.status is not DisputeStatus.SETTLED_ON_CONDITION, Code.NOTHING_ORDERED)
    return (SettlementFulfilled(at=asked.now),)


def withdraw_claim(order: Order, command: WithdrawClaim, asked: Asked) -> tuple[OrderEvent, ...]:
    """Only the claimant withdraws, by an act that restates what is given up; nothing else closes a case (R42)."""
    dispute = running(order)
    refuse_if(dispute.cause is not DisputeCause.CLAIM, Code.ONLY_CLAIMANT_WITHDRAWS)
    refuse_if(not command.claims or not command.statement_hash, Code.RESTATEMENT_MISSING)
    before_final = {*NEGOTIABLE, DisputeStatus.SETTLED_ON_CONDITION}
    refuse_if(dispute.status not in before_final, Code.WRONG_STAGE, stage=dispute.status)
    unknown = [claim for claim in command.claims if claim not in dispute.claims]
    refuse_if(bool(unknown), Code.RESTATEMENT_MISSING)
    return (
        ClaimWithdrawn(at=asked.now, claims=command.claims, statement_hash=command.statement_hash),
    )
