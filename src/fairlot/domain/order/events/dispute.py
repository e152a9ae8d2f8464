"""Events of claims and disputes, from the door to the decision."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.events.shape import Event
from fairlot.domain.order.state import Claim, Decision, DisputeCause, Offer, Wish
from fairlot.domain.order.terms import Party


class ClaimRefused(Event, frozen=True, kw_only=True):
    """A claim was refused at the door by a rule; the refusal can be appealed (ruling A57)."""

    refusal_id: str
    claim: Claim
    code: str
    appeal_until: dt.datetime
    freezes: bool


class RefusalAppealed(Event, frozen=True, kw_only=True):
    """The buyer appealed a refusal at the door."""

    refusal_id: str
    reason_hash: str
    decision_until: dt.datetime


class RefusalDecided(Event, frozen=True, kw_only=True):
    """A refusal was confirmed, or its claim admitted after all; undecided in time it is confirmed and published."""

    refusal_id: str
    admitted: bool
    by_lapse: bool


class RefusalLapsed(Event, frozen=True, kw_only=True):
    """Nobody appealed the refusal in time."""

    refusal_id: str


class DisputeOpened(Event, frozen=True, kw_only=True):
    """A dispute began; the money waits until it ends."""

    dispute_id: str
    cause: DisputeCause
    claims: tuple[Claim, ...]
    answer_until: dt.datetime | None = None
    negotiation_until: dt.datetime | None = None
    mediator_until: dt.datetime | None = None
    by_itself: bool = False
    evidence_hashes: tuple[str, ...] = ()
    wish: Wish = Wish.NONE


class ClaimAdded(Event, frozen=True, kw_only=True):
    """The claimant added a claim to the open dispute."""

    claim: Claim
    wish: Wish = Wish.NONE


class DisputeAnswered(Event, frozen=True, kw_only=True):
    """The supplier answered the dispute itself; a message is no answer (ruling A48)."""

    declined: bool
    reason_hash: str


class AnswerLapsed(Event, frozen=True, kw_only=True):
    """The supplier did not answer in time: the buyer may escalate at once."""


class OfferMade(Event, frozen=True, kw_only=True):
    """A side made an offer; one that counters ends the offers before it."""

    offer: Offer
    counters: bool


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    """The offer's maker took it back."""

    offer_id: str


class OfferDeclined(Event, frozen=True, kw_only=True):
    """The other side declined the offer."""

    offer_id: str


class OfferAccepted(Event, frozen=True, kw_only=True):
    """Both sides settled; with a condition the dispute revives if it is not met."""

    offer: Offer
    conditional: bool


class SettlementFulfilled(Event, frozen=True, kw_only=True):
    """What was settled has been done."""


class SettlementLapsed(Event, frozen=True, kw_only=True):
    """What was settled was not done in time: the dispute stands where it stood, escalated."""

    mediator_until: dt.datetime


class ExtensionAsked(Event, frozen=True, kw_only=True):
    """A side asked for more time to negotiate."""

    by: Party


class NegotiationExtended(Event, frozen=True, kw_only=True):
    """Both sides agreed, once, to negotiate longer."""

    negotiation_until: dt.datetime


class EscalationAsked(Event, frozen=True, kw_only=True):
    """A side proposed to escalate together."""

    by: Party


class DisputeEscalated(Event, frozen=True, kw_only=True):
    """The case went to mediation, by a side or by itself."""

    mediator_until: dt.datetime
    by_itself: bool


class MediatorNamed(Event, frozen=True, kw_only=True):
    """The case has its mediator; late naming brings a supervisor and is published."""

    mediator_id: str
    supervisor: bool
    evidence_until: dt.datetime


class EvidenceSubmitted(Event, frozen=True, kw_only=True):
    """A side submitted evidence, bound by its hash."""

    item_hash: str
    by: Party
    term_id: str
    origin: str


class EvidenceContested(Event, frozen=True, kw_only=True):
    """A side contested a piece of evidence."""

    item_hash: str
    by: Party


class WishStated(Event, frozen=True, kw_only=True):
    """The buyer said what it asks for, in place of what it asked before."""

    wish: Wish


class EvidenceRoundClosed(Event, frozen=True, kw_only=True):
    """The round closed; the case goes on with what is there."""

    decision_until: dt.datetime
    rule_at: dt.datetime


class DisputeInspectionAsked(Event, frozen=True, kw_only=True):
    """An inspection was ordered or asked for in the dispute; it must be booked in time."""

    by_mediator: bool
    book_until: dt.datetime


class DisputeInspectionLapsed(Event, frozen=True, kw_only=True):
    """Nobody booked the inspection: the case goes on without it."""


class DecisionClockMoved(Event, frozen=True, kw_only=True):
    """An ordered report came after the round: the decision's clocks run from it (ruling A53)."""

    decision_until: dt.datetime
    rule_at: dt.datetime


class DecisionMade(Event, frozen=True, kw_only=True):
    """The case was decided; it becomes final unless appealed in time."""

    decision: Decision
    appeal_until: dt.datetime


class DecisionAppealed(Event, frozen=True, kw_only=True):
    """A side appealed, naming new evidence or the rule misapplied."""

    by: Party
    ground: str
    reason_hash: str
    mediator_until: dt.datetime


class DecisionFinal(Event, frozen=True, kw_only=True):
    """The decision binds; undecided appeals confirm it."""

    decision: Decision
    by_lapse: bool


class DisputeExecuted(Event, frozen=True, kw_only=True):
    """What the decision or settlement says has been booked."""

    settled: bool


class PerformanceOrdered(Event, frozen=True, kw_only=True):
    """The order is to be finished by a new date instead of refunded (R40)."""

    until: dt.datetime


class ClaimWithdrawn(Event, frozen=True, kw_only=True):
    """The claimant gave up what the act restates, for good (ruling A58)."""

    claims: tuple[Claim, ...]
    statement_hash: str


class DisputeMoot(Event, frozen=True, kw_only=True):
    """What the platform's own case was about has been done: paid, or collected."""

    reason: str


DisputeEvent = (
    ClaimRefused
    | RefusalAppealed
    | RefusalDecided
    | RefusalLapsed
    | DisputeOpened
    | ClaimAdded
    | DisputeAnswered
    | AnswerLapsed
    | OfferMade
    | OfferWithdrawn
    | OfferDeclined
    | OfferAccepted
    | SettlementFulfilled
    | SettlementLapsed
    | ExtensionAsked
    | NegotiationExtended
    | EscalationAsked
    | DisputeEscalated
    | MediatorNamed
    | EvidenceSubmitted
    | EvidenceContested
    | WishStated
    | EvidenceRoundClosed
    | DisputeInspectionAsked
    | DisputeInspectionLapsed
    | DecisionClockMoved
    | DecisionMade
    | DecisionAppealed
    | DecisionFinal
    | DisputeExecuted
    | PerformanceOrdered
    | ClaimWithdrawn
    | DisputeMoot
)
