"""Claims and disputes: offers, decisions, refusals at the door."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import Ground


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: its ground, the lines it names and the terms it stands on."""

    ground: Ground
    lines: tuple[int, ...]
    term_ids: tuple[str, ...] = ()


class Wish(StrEnum):
    """What the buyer asks for where the rules leave it the choice: the goods after all, or to keep bad ones (R40)."""

    NONE = "none"
    PERFORMANCE = "performance"
    KEEP = "keep"


class EvidenceItem(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence by its hash: who gave it, for which term (empty: for all), and whether the other contests it."""

    item_hash: str
    by: Party
    term_id: str = ""
    contested: bool = False


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    DECIDED = "decided"
    APPEALED = "appealed"
    FINAL = "final"
    SETTLED_ON_CONDITION = "settled_on_condition"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    EXECUTED = "executed"
    MOOT = "moot"


ENDED_DISPUTES = frozenset(
    {
        DisputeStatus.SETTLED,
        DisputeStatus.WITHDRAWN,
        DisputeStatus.EXECUTED,
        DisputeStatus.MOOT,
    }
)


class DisputeCause(StrEnum):
    """Why the case came to be: a claim, or a duty of the buyer that stands still (rulings A36, A65)."""

    CLAIM = "claim"
    UNPAID_BALANCE = "unpaid_balance"
    UNCOLLECTED = "uncollected"


class OfferKind(StrEnum):
    """What a party offers to end a dispute."""

    REFUND = "refund"
    REWORK = "rework"
    REPLACEMENT = "replacement"
    RETURN_AND_REFUND = "return_and_refund"
    EXTENSION = "extension"


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that stands until withdrawn, countered, declined or decided (ruling A59)."""

    id: str
    by: Party
    kind: OfferKind
    amount_minor: int = 0
    quantity: int = 0
    until: dt.datetime | None = None
    # What applies when goods to be returned are not sent (ruling A70).
    kept_amount_minor: int = 0


class Outcome(StrEnum):
    """What a decision comes to in money (ruling A61)."""

    FULL_REFUND = "full_refund"
    PARTIAL_REFUND = "partial_refund"
    FOR_SUPPLIER = "for_supplier"


class Condition(StrEnum):
    """What must happen for a decision's money to move as it says."""

    NONE = "none"
    RETURN = "return"
    PERFORM = "perform"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision: its outcome in money, its condition with a date, and what applies if the condition fails.

    On top of either amount come the fees of the inspections on whose verdict it rests (ruling A22).
    """

    outcome: Outcome
    amount_minor: int
    inspection_fee_minor: int = 0
    inspection_ids: tuple[str, ...] = ()
    condition: Condition = Condition.NONE
    until: dt.datetime | None = None
    otherwise_minor: int = 0
    otherwise_fee_minor: int = 0
    otherwise_inspection_ids: tuple[str, ...] = ()
    departs: bool = False
    by_rule: bool = False
    recommended_minor: int = 0
    reason_hash: str = ""
    # The grounds found true, some of them without money; decisions of before this was recorded do not say.
    upheld: tuple[Ground, ...] | msgspec.UnsetType = msgspec.UNSET
    # Pieces per line that never left and whose price the amount gives back: they are not waited for any more.
    cancelled: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    # What of the amount the rules give per line for pieces that have yet to leave; a departing decision does not say.
    unshipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    # The same for goods that have left, and what the amount that applies if the condition fails gives for them.
    shipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    otherwise_shipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """One dispute and every clock that binds its parties and the platform."""

    id: str
    status: DisputeStatus
    cause: DisputeCause
    claims: tuple[Claim, ...]
    opened_at: dt.datetime
    # When claims were last given up while others stayed.
    narrowed_at: dt.datetime | None = None
    answer_until: dt.datetime | None = None
    answer_lapsed: bool = False
    answered: bool = False
    declined: bool = False
    negotiation_until: dt.datetime | None = None
    extension_asked_by: Party | None = None
    extended: bool = False
    escalation_asked_by: Party | None = None
    offers: tuple[Offer, ...] = ()
    mediator_until: dt.datetime | None = None
    mediator_id: str = ""
    first_mediator_id: str = ""
    evidence_until: dt.datetime | None = None
    evidence_closed: bool = False
    evidence: tuple[EvidenceItem, ...] = ()
    wish: Wish = Wish.NONE
    inspections_asked: int = 0
    inspection_lapsed: bool = False
    inspection_until: dt.datetime | None = None
    decision_until: dt.datetime | None = None
    decision_breached: bool = False
    rule_at: dt.datetime | None = None
    decision: Decision | None = None
    appeal_until: dt.datetime | None = None
    appealed_by: tuple[Party, ...] = ()
    settled_offer: Offer | None = None
    condition_until: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether the dispute still stops the money."""
        return self.status not in ENDED_DISPUTES


class RefusedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim refused at the door, which may be appealed (ruling A57)."""

    id: str
    claim: Claim
    code: str
    appeal_until: dt.datetime
    freezes: bool
    appealed: bool = False
    decision_until: dt.datetime | None = None
    ended: bool = False
