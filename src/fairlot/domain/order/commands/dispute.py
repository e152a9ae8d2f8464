"""Commands of claims, disputes, returns: everything that the parties, the mediator and the platform do in a case."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.commands.shape import Command
from fairlot.domain.order.state import Claim, Condition, OfferKind, Outcome, Wish
from fairlot.domain.order.terms import Mode, Party


class OfferTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered: its kind, amount, quantity and date."""

    id: str
    kind: OfferKind
    amount_minor: int = 0
    quantity: int = 0
    until: dt.datetime | None = None
    kept_amount_minor: int = 0


class OpenDispute(Command, frozen=True, kw_only=True):
    """Claim: name grounds, lines and terms. Admission is what `explain_cover` says."""

    claims: tuple[Claim, ...]
    known_at: dt.datetime | None = None
    evidence_hashes: tuple[str, ...] = ()
    wish: Wish = Wish.NONE


class AddClaim(Command, frozen=True, kw_only=True):
    """Add a claim to the open dispute; a wish named replaces the one before it."""

    claim: Claim
    known_at: dt.datetime | None = None
    wish: Wish = Wish.NONE


class StateWish(Command, frozen=True, kw_only=True):
    """Say what the claimant asks for: the goods after all, to keep what came, or no longer either."""

    wish: Wish


class AppealRefusal(Command, frozen=True, kw_only=True):
    """Appeal a claim's refusal at the door."""

    refusal_id: str
    reason_hash: str


class DecideRefusal(Command, frozen=True, kw_only=True):
    """Confirm the refusal, or admit the claim."""

    refusal_id: str
    admit: bool
    reason_hash: str


class AnswerDispute(Command, frozen=True, kw_only=True):
    """Answer the dispute itself; offers are made with `MakeOffer`."""

    decline: bool
    reason_hash: str


class MakeOffer(Command, frozen=True, kw_only=True):
    """Offer something that would end the dispute; it counters what stands."""

    offer: OfferTerms


class WithdrawOffer(Command, frozen=True, kw_only=True):
    """Take one's own offer back."""

    offer_id: str


class DeclineOffer(Command, frozen=True, kw_only=True):
    """Decline the other side's offer."""

    offer_id: str


class AcceptOffer(Command, frozen=True, kw_only=True):
    """Accept the other side's offer: the dispute is settled."""

    offer_id: str


class ConfirmFulfilled(Command, frozen=True, kw_only=True):
    """Confirm that what was settled has been done."""


class ExtendNegotiation(Command, frozen=True, kw_only=True):
    """Ask for, or agree to, more time to negotiate; once."""


class Escalate(Command, frozen=True, kw_only=True):
    """Take the case to mediation, alone where that is a right, else together."""


class NameMediator(Command, frozen=True, kw_only=True):
    """Name who hears the case."""

    mediator_id: str
    conflicts: tuple[str, ...] = ()


class SubmitEvidence(Command, frozen=True, kw_only=True):
    """Submit evidence by hash, for a term, with its origin."""

    item_hash: str
    term_id: str = ""
    origin: str = "upload"


class ContestEvidence(Command, frozen=True, kw_only=True):
    """Contest a piece of evidence."""

    item_hash: str


class AskInspection(Command, frozen=True, kw_only=True):
    """Ask for an inspection in the dispute, or as mediator order one."""


class Decide(Command, frozen=True, kw_only=True):
    """Decide the case; departing from the rules needs a written reason."""

    outcome: Outcome
    amount_minor: int
    condition: Condition = Condition.NONE
    until: dt.datetime | None = None
    otherwise_minor: int = 0
    reason_hash: str = ""


class Appeal(Command, frozen=True, kw_only=True):
    """Appeal the decision, naming new evidence or the rule misapplied."""

    ground: str
    reason_hash: str


class WithdrawClaim(Command, frozen=True, kw_only=True):
    """Give up claims for good; the act restates what is given up."""

    claims: tuple[Claim, ...]
    statement_hash: str


class RecordCondition(Command, frozen=True, kw_only=True):
    """Report the condition of returned goods."""

    before: bool
    same: bool
    report_hash: str
    # What the buyer advanced for the report; none if the supplier had it made.
    fee_minor: int = 0


class RecordReturnSent(Command, frozen=True, kw_only=True):
    """Record that the goods went back, and what the buyer paid for the way (ruling A69)."""

    mode: Mode
    proof_hash: str
    carrier_chosen_by: Party = Party.BUYER
    freight_minor: int = 0


class RecordReturnArrived(Command, frozen=True, kw_only=True):
    """Record that the goods are back."""

    proof_hash: str


class ContestReturn(Command, frozen=True, kw_only=True):
    """Contest what the second report says of the returned goods, with a reason (ruling A69)."""

    reason_hash: str


class DecideReturn(Command, frozen=True, kw_only=True):
    """Decide, as a mediator, whether a contested return earns its refund."""

    refunds: bool
    reason_hash: str


class JudgeReturn(Command, frozen=True, kw_only=True):
    """Say, as the supplier, that the return is in order."""
