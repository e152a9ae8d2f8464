"""Decisions about claims and the parties' own settlement: admission, answers, offers, withdrawal (R37 to R39, R42)."""

from __future__ import annotations

from fairlot.domain.order.asked import Asked, Story, check_ahead
from fairlot.domain.order.commands import (
    AcceptOffer,
    AnswerDispute,
    ConfirmFulfilled,
    DeclineOffer,
    MakeOffer,
    WithdrawClaim,
    WithdrawOffer,
)
from fairlot.domain.order.decisions.claims import running
from fairlot.domain.order.events import (
    ClaimWithdrawn,
    DisputeAnswered,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.rules.settlement import add_execution, add_fulfilled
from fairlot.domain.order.state import (
    DisputeCause,
    DisputeStatus,
    Offer,
    OfferKind,
    Order,
    is_charged_back,
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
    most = at_stake_minor(order)
    # What applies when goods are kept is said of goods that are to go back, and of nothing else.
    is_return = terms.kind is OfferKind.RETURN_AND_REFUND
    refuse_if(not is_return and terms.kept_amount_minor > 0, Code.AMOUNT_ABOVE_CLAIM, most_minor=0)
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
    check_ahead(asked.now, terms.until)
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
    """The buyer says that what was settled has been done: money offered beside it moves, once no chargeback is open."""
    del command
    dispute = running(order)
    refuse_if(dispute.status is not DisputeStatus.SETTLED_ON_CONDITION, Code.NOTHING_ORDERED)
    assert dispute.settled_offer is not None
    pays = dispute.settled_offer.amount_minor > 0
    refuse_if(pays and is_charged_back(order), Code.CHARGEBACK_ALREADY_OPEN)
    story = Story(order)
    add_fulfilled(story, at=asked.now, policy=asked.policy)
    return story.told()


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
