"""The state of one order, folded from its events; one status field, a few optional parts, nothing decided here."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.order.terms import Mode, Party, Proof, Terms
from fairlot.domain.policy.model import Custody, Ground


class Status(StrEnum):
    """Where an order stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PRODUCTION = "in_production"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CLOSED = "closed"
    REFUNDED = "refunded"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_STATUSES = frozenset(
    {Status.AGREED, Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED, Status.COMPLETED}
)
ENDED_STATUSES = frozenset(
    {Status.CLOSED, Status.REFUNDED, Status.SETTLED, Status.CANCELLED, Status.EXPIRED}
)


class Right(StrEnum):
    """What a buyer can let an agent do."""

    DRAFT = "draft"
    AGREE = "agree"
    PAY = "pay"
    FOLLOW = "follow"
    CONFIRM = "confirm"
    CLAIM = "claim"
    SETTLE = "settle"


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's leave to act for the buyer."""

    agent_id: str
    rights: tuple[Right, ...]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A version that waits for the other side."""

    terms: Terms
    by: Party
    expires_at: dt.datetime


class PaymentStatus(StrEnum):
    """What became of a payment."""

    RECEIVED = "received"
    REVERSED = "reversed"


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came in for the order, split into price, fee and what was too much."""

    id: str
    rail: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    excess_minor: int
    booked_at: dt.datetime
    status: PaymentStatus = PaymentStatus.RECEIVED


class SuspenseItem(msgspec.Struct, frozen=True, kw_only=True):
    """Money that the order could not take; it goes back to its sender at `return_at`."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    return_at: dt.datetime


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Money on its way to the buyer: decided, then confirmed."""

    id: str
    amount_minor: int
    currency: str
    cause: str
    due_at: dt.datetime
    confirmed_minor: int = 0
    breached: bool = False


class Seeking(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that waits for the supplier's other payables, or its own repayment, before the fund pays."""

    refund_id: str
    cause: str
    price_minor: int
    fee_minor: int
    until: dt.datetime
    chargeback: bool = False
    from_supplier_minor: int = 0


class Shipment(msgspec.Struct, frozen=True, kw_only=True):
    """Goods that left: which quantities, when, by what proof, and when they arrived."""

    id: str
    quantities: dict[int, int]
    mode: Mode
    proof: Proof
    recorded_at: dt.datetime
    # Handed over as claimed; believed at once for a document, by movement for a carrier's number (ruling A34).
    claimed_at: dt.datetime
    movement_until: dt.datetime | None = None
    dispatched_at: dt.datetime | None = None
    dispatched_date: dt.date | None = None
    arrival_asked_at: dt.datetime | None = None
    arrival_first_asked_at: dt.datetime | None = None
    extended_by: tuple[Party, ...] = ()
    delivered_at: dt.datetime | None = None
    confirmed_at: dt.datetime | None = None
    counted_at: dt.datetime | None = None
    claim_until: dt.datetime | None = None
    warned_days: int = 0

    @property
    def is_dispatched(self) -> bool:
        """Say whether the goods have left as far as the record shows."""
        return self.dispatched_at is not None

    @property
    def has_arrived(self) -> bool:
        """Say whether the goods arrived, were confirmed, or count as arrived."""
        return self.claim_until is not None


class Verdict(StrEnum):
    """What an inspection came to."""

    PASSED = "passed"
    FAILED = "failed"
    PENDING = "pending"


class InspectionStage(StrEnum):
    """What an inspection is for."""

    PRE_SHIPMENT = "pre_shipment"
    DISPUTE = "dispute"


class ClassCount(msgspec.Struct, frozen=True, kw_only=True):
    """Defective units of one class found in its sample, and the most that pass."""

    found: int
    sample_size: int
    acceptance_number: int


class MeasuredFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A measurable term that all goods fail: what was agreed and what is, in the same scaled unit."""

    term_id: str
    agreed: int
    measured: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspector found, with the verdict the plan gives."""

    line: int | None
    lot: int
    critical: ClassCount
    major: ClassCount
    minor: ClassCount
    mandatory_failed: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    measured_failures: tuple[MeasuredFailure, ...] = ()
    verdict: Verdict


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """A booked inspection: who advanced its fee, by when its report is due, and the report."""

    id: str
    company: str
    stage: InspectionStage
    fee_minor: int
    advanced_by: Party
    report_due_at: dt.datetime
    report: Report | None = None
    reported_at: dt.datetime | None = None
    lapsed: bool = False
    paid: bool = False
    fee_returned: bool = False


class LotChoice(StrEnum):
    """What the buyer chose after a failed inspection before shipment."""

    NONE = "none"
    REWORK = "rework"
    REJECTED = "rejected"
    WAIVED = "waived"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: its ground, the lines it names and the terms it stands on."""

    ground: Ground
    lines: tuple[int, ...]
    term_ids: tuple[str, ...] = ()


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
    """A decision: its outcome in money, its condition with a date, and what applies if the condition fails."""

    outcome: Outcome
    amount_minor: int
    inspection_fee_minor: int = 0
    condition: Condition = Condition.NONE
    until: dt.datetime | None = None
    otherwise_minor: int = 0
    departs: bool = False
    by_rule: bool = False
    recommended_minor: int = 0
    reason_hash: str = ""


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """One dispute and every clock that binds its parties and the platform."""

    id: str
    status: DisputeStatus
    cause: DisputeCause
    claims: tuple[Claim, ...]
    opened_at: dt.datetime
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
    evidence_given: bool = False
    evidence_contested: bool = False
    inspection_asked: bool = False
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


class GoodsReturn(msgspec.Struct, frozen=True, kw_only=True):
    """Goods on the way back: sent, arrived, judged (R44)."""

    refund_minor: int
    fee_minor: int
    otherwise_minor: int
    send_until: dt.datetime
    before_same: bool | None = None
    after_same: bool | None = None
    sent_at: dt.datetime | None = None
    mode: Mode | None = None
    carrier_chosen_by: Party = Party.BUYER
    arrival_asked_at: dt.datetime | None = None
    arrived_at: dt.datetime | None = None
    judge_until: dt.datetime | None = None


class Chargeback(msgspec.Struct, frozen=True, kw_only=True):
    """The buyer's bank takes a card payment back; everything else waits (R26)."""

    id: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    ends_at: dt.datetime
    open: bool = True


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A sample made before the production order; the approved one is what the contract points to (R15)."""

    id: str
    sent: bool = False
    approved: bool = False
    seal_hash: str = ""


class Funds(msgspec.Struct, frozen=True, kw_only=True):
    """The order's money in minor units of its currency; the ledger says the same from the postings."""

    paid_minor: int = 0
    held_minor: int = 0
    released_minor: int = 0
    # Price given back or taken back, whoever paid for it.
    returned_minor: int = 0
    fund_paid_minor: int = 0
    # The part of it that counts against the cover; inspection fees come on top (ruling A22).
    cover_used_minor: int = 0
    receivable_minor: int = 0
    uncovered_minor: int = 0
    charged_back_minor: int = 0
    buyer_owes_minor: int = 0
    fees_advanced_minor: int = 0
    fees_returned_minor: int = 0


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One order. Everything optional is absent until its event; `status` is the only place that says where it stands."""

    status: Status = Status.DRAFT
    policy_id: str = ""
    custody: Custody = Custody.HELD
    buyer_id: str = ""
    supplier_id: str = ""
    drafted_by: Party = Party.BUYER
    mandates: tuple[Mandate, ...] = ()
    samples: tuple[Sample, ...] = ()
    proposal: Proposal | None = None
    terms: Terms | None = None
    agreed_at: dt.datetime | None = None
    enrolled: bool = False
    cover_minor: int = 0
    payment_until: dt.datetime | None = None
    payment_completed_at: dt.datetime | None = None
    cancelled_by_clock: bool = False
    balance_until: dt.datetime | None = None
    shipment_date: dt.date | None = None
    shipment_until: dt.datetime | None = None
    shipment_reminded_days: int = 0
    shipment_lapsed: bool = False
    ready_at: dt.datetime | None = None
    payments: tuple[Payment, ...] = ()
    funds: Funds = Funds()
    suspense: tuple[SuspenseItem, ...] = ()
    refunds: tuple[Refund, ...] = ()
    refund_count: int = 0
    seeking: tuple[Seeking, ...] = ()
    kept_excess: bool = False
    inspections: tuple[Inspection, ...] = ()
    lot_choice: LotChoice = LotChoice.NONE
    choice_until: dt.datetime | None = None
    waived_terms: tuple[str, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    cancelled_quantities: dict[int, int] = {}
    first_dispatched_at: dt.datetime | None = None
    seizure_wrong_goods: bool | None = None
    price_demanded: bool = False
    dispute: Dispute | None = None
    past_disputes: tuple[Dispute, ...] = ()
    withdrawn_claims: tuple[Claim, ...] = ()
    refused_claims: tuple[RefusedClaim, ...] = ()
    goods_return: GoodsReturn | None = None
    chargeback: Chargeback | None = None
    # When the latest dispute, chargeback or return ended: clocks overdue by then act at that instant (ruling A38).
    resumed_at: dt.datetime | None = None
    breaches: int = 0


EMPTY = Order()


def open_dispute(order: Order) -> Dispute | None:
    """Return the dispute that is open now, or None."""
    return order.dispute if order.dispute is not None and order.dispute.is_open else None


def is_suspended(order: Order) -> bool:
    """Say whether a dispute, chargeback, running return or appealed refusal stops the ordinary clocks (ruling A38)."""
    return (
        open_dispute(order) is not None
        or order.goods_return is not None
        or (order.chargeback is not None and order.chargeback.open)
        or any(refused.freezes and not refused.ended for refused in order.refused_claims)
    )
