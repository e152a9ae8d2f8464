"""What an edition of the programme states: every figure of the rules as data, frozen; no figure lives in code.

Lengths are in the unit that ends the name: `_hours` and `_days` of 24 hours, `_business_days` by the calendar.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.calendar import BusinessCalendar
from fairlot.domain.party import Role


class Custody(StrEnum):
    """Who holds the buyer's money until the order is fulfilled."""

    HELD = "held"
    DIRECT = "direct"


class CoverKind(StrEnum):
    """Up to when the programme answers for the goods."""

    PRE_SHIPMENT = "pre-shipment"
    POST_DELIVERY = "post-delivery"


class Ground(StrEnum):
    """Why a buyer claims; the last four are never the supplier's fault and never covered."""

    QUALITY = "quality"
    LATE = "late"
    NEVER_SHIPPED = "never_shipped"
    NOT_RECEIVED = "not_received"
    SHORT_QUANTITY = "short_quantity"
    WRONG_GOODS = "wrong_goods"
    COUNTERFEIT = "counterfeit"
    FALSE_PROOF = "false_proof"
    SEIZED = "seized"
    PRICE_RAISED = "price_raised"
    DAMAGED_ON_THE_WAY = "damaged_on_the_way"
    CUSTOMS_DELAY = "customs_delay"
    CARRIER_FAULT = "carrier_fault"
    PAID_OUTSIDE = "paid_outside"


FRAUD_GROUNDS = frozenset({Ground.COUNTERFEIT, Ground.WRONG_GOODS, Ground.FALSE_PROOF})
EXCLUDED_GROUNDS = frozenset(
    {Ground.DAMAGED_ON_THE_WAY, Ground.CUSTOMS_DELAY, Ground.CARRIER_FAULT, Ground.PAID_OUTSIDE}
)


class Rail(StrEnum):
    """The ways to pay for which the programme has a client; an edition may offer no other."""

    CARD = "card"
    E_CHECKING = "e-checking"
    WIRE = "wire"
    PAYPAL = "paypal"
    LETTER_OF_CREDIT = "letter of credit"


class WindowStart(StrEnum):
    """The fact from which a claim window is counted, or at which it closes."""

    SHIPMENT = "shipment"
    DELIVERY = "delivery"


class ClaimWindow(msgspec.Struct, frozen=True, kw_only=True):
    """How long a ground may be claimed: `days` after `start`; 0 days means until that fact itself."""

    start: WindowStart
    days: int


class CoverRules(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of cover: whether payment may be split with it, and its claim window per ground."""

    split_payment: bool
    quality: ClaimWindow
    late: ClaimWindow
    # A dispute inspection at the destination costs so much of one at origin, in percent (400 = four times).
    inspection_cost_percent: int


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """The lengths of section 3 of the programme."""

    proposal_open_days: int
    first_payment_due_days: int
    balance_due_days: int
    uncollected_days: int
    shipment_reminder_days: tuple[int, ...]
    never_shipped_days: int
    late_cancellation_days: int
    arrival_asked_days: dict[str, int]
    arrival_extension_days: int
    claim_warning_days: tuple[int, ...]
    told_of_delivery_days_min: int
    fraud_knowledge_days: int
    fraud_shipment_days_max: int
    movement_hours: int
    supplier_answer_hours: int
    negotiation_hours: int
    negotiation_extension_days: int
    mediator_named_business_days: int
    evidence_round_days: int
    inspection_answer_days: int
    inspection_booking_days: int
    inspection_report_business_days: int
    # The programme's days for the fee of an ordered inspection. Nothing counts them any more, for by ruling A55 the days
    # of booking hold for whoever asks; but orders pin an edition by the hash of all its figures.
    ordered_inspection_fee_days: int
    inspection_companies_max: int
    decision_business_days: int
    decision_by_rule_business_days: int
    appeal_days: int
    appeal_decision_business_days: int
    refusal_appeal_days: int
    refusal_decision_business_days: int
    rework_choice_business_days: int
    return_sent_days: int
    return_judged_days: int
    refund_sent_business_days: int
    payout_sent_business_days: int
    supplier_repays_business_days: int
    chargeback_days: int
    suspense_business_days: int
    receivable_write_off_days: int
    receivable_reminder_days: int
    credit_presentation_days: int
    credit_examination_business_days: int
    credit_waiver_business_days: int


class PaymentWay(msgspec.Struct, frozen=True, kw_only=True):
    """One way to pay in force for a time: its fee, who may use it, and whether it protects.

    `name` is a `Rail`. No country or currency named means every one.
    """

    name: str
    # False: the edition names the way only to say, in `remark`, why it is not offered.
    offered: bool = True
    fee_basis_points: int = 0
    # Fixed part by currency; a way with `currencies` serves only those.
    fee_fixed_minor: dict[str, int] = {}
    currencies: tuple[str, ...] = ()
    buyer_countries: tuple[str, ...] = ()
    # The order's amount from which the way is usual, by currency; below it the remark is shown (ruling A16).
    usual_from_minor: dict[str, int] = {}
    remark: str = ""
    remark_zh: str = ""
    protected: bool = True
    # First and last day in force, whole days in UTC; none means always.
    from_date: dt.date | None = None
    until_date: dt.date | None = None
    # Whether the processor's fee comes back when the platform itself caused the cancellation (ruling A15).
    fee_returned_when_platform_cancels: bool = True
    confirm_after_banking_days: int = 0


class InspectionRules(msgspec.Struct, frozen=True, kw_only=True):
    """The programme's inspection: companies, sampling level, acceptance limits, usual fee."""

    companies: tuple[str, ...]
    level: str
    # Acceptance quality limits as decimal strings; "0" means none allowed.
    aql_critical: str
    aql_major: str
    aql_minor: str
    usual_fee_low_minor: int
    usual_fee_high_minor: int
    usual_fee_currency: str
    fee_advanced_by: Role
    fee_borne_by_when_upheld: Role
    # The most of one inspection's fee that comes back, by currency; none means the whole (ruling A22).
    fee_returned_minor_max: dict[str, int] = {}


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """A qualification and the limit it gives by itself."""

    name: str
    base_minor: int


class PenaltyBand(msgspec.Struct, frozen=True, kw_only=True):
    """From so many points the limit is multiplied by so many percent; 0 percent ends the enrolment."""

    points: int
    percent: int


class Offense(StrEnum):
    """What a supplier gets penalty points for; the serious ones weigh by whether they were made good."""

    LATE_SHIPMENT = "late_shipment"
    QUALITY = "quality"
    NEVER_SHIPPED = "never_shipped"
    FALSE_PROOF = "false_proof"
    NO_ACTION_AFTER_RETURN = "no_action_after_return"
    PAYMENT_OUTSIDE = "payment_outside"
    COUNTERFEIT = "counterfeit"


class OffensePoints(msgspec.Struct, frozen=True, kw_only=True):
    """The points of one offense when the supplier made it good, and when it did not."""

    made_good: int
    not_made_good: int


class DatedRate(msgspec.Struct, frozen=True, kw_only=True):
    """From a day on, `amount_minor` of a currency counts as `worth_minor` of the currency of limits."""

    currency: str
    from_date: dt.date
    amount_minor: int
    worth_minor: int


class LimitRules(msgspec.Struct, frozen=True, kw_only=True):
    """How a supplier's assurance limit is computed (programme, section 5)."""

    currency: str
    tiers: tuple[Tier, ...]
    sales_percent: int
    sales_days: int
    points_days: int
    penalties: tuple[PenaltyBand, ...]
    points: dict[Offense, OffensePoints]
    growth_percent_max: int
    growth_minor_min: int
    limit_minor_max: int
    rounded_to_minor: int
    recomputed_on_day: int
    # For cover in another currency than the limit's (ruling A25).
    rates: tuple[DatedRate, ...] = ()


class MoneyRules(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds and who bears: custody, release, freeze, defaults between the parties."""

    custody: Custody
    # What stays with the supplier of a deposit when the buyer never pays the balance after a passed inspection.
    deposit_kept_percent: int
    # Recoveries serve the buyer's uncovered part and the fund pro rata when true (ruling A27).
    recover_pro_rata: bool
    release_per_shipment: bool
    freeze_whole_order: bool
    return_freight_minor_max: dict[str, int] = {}


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of the programme, whole. An order keeps for life the edition under which it was agreed."""

    edition: str
    title: str
    source: str
    effective_from: dt.date
    effective_until: dt.date | None = None
    money: MoneyRules
    cover_kinds: tuple[CoverKind, ...]
    pre_shipment: CoverRules
    post_delivery: CoverRules
    clocks: Clocks
    ways_to_pay: tuple[PaymentWay, ...]
    inspection: InspectionRules
    limits: LimitRules
    calendar: BusinessCalendar
    # Never the supplier's doing, refused at the door (R21).
    exclusions: tuple[Ground, ...]
    # The zone of business days; empty means the contract's (ruling A02).
    business_zone: str = ""

    def cover_rules(self, kind: CoverKind) -> CoverRules:
        """Return the rules of one kind of cover."""
        return self.pre_shipment if kind is CoverKind.PRE_SHIPMENT else self.post_delivery

    def zone_of_business(self, contract_zone: str) -> str:
        """Return the zone in which business days are counted."""
        return self.business_zone or contract_zone
