"""What the rules call for in a case: one outcome, one amount, its condition, its reasons and its arithmetic."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.policy.model import Ground


class Outcome(StrEnum):
    """What it comes to in money if its condition is met (ruling A61)."""

    FULL_REFUND = "full_refund"
    PARTIAL_REFUND = "partial_refund"
    FOR_SUPPLIER = "for_supplier"


class Remedy(StrEnum):
    """Which rule of section 8 gave it; several at once are `combined`."""

    NOTHING_DUE = "nothing_due"
    PRICE_REDUCTION = "price_reduction"
    RETURN_AND_REFUND = "return_and_refund"
    REFUND_WITHOUT_RETURN = "refund_without_return"
    REFUND_OR_REWORK = "refund_or_rework"
    LOT_REFUND = "lot_refund"
    REWORK = "rework"
    LATE_REMEDY = "late_remedy"
    CANCELLATION = "cancellation"
    PERFORMANCE = "performance"
    MISSING_QUANTITY = "missing_quantity"
    NOT_RECEIVED = "not_received"
    DEPOSIT_KEPT = "deposit_kept"
    DEPOSIT_BACK = "deposit_back"
    COMBINED = "combined"


class Condition(StrEnum):
    """What must happen for the amount to stand; otherwise `otherwise_minor` applies."""

    NONE = "none"
    RETURN = "return"
    PERFORM = "perform"


class ReasonCode(StrEnum):
    """Why: one rule that was applied; `sentences` says each in both languages."""

    ACCEPTED_BY_PLAN = "accepted_by_plan"
    REJECTED_BY_PLAN = "rejected_by_plan"
    CRITICAL_DEFECT = "critical_defect"
    MANDATORY_TERM_FAILED = "mandatory_term_failed"
    MEASURED_SHORTFALL = "measured_shortfall"
    GOODS_KEPT = "goods_kept"
    PENDING_IS_NO_PROOF = "pending_is_no_proof"
    WAIVED = "waived"
    SHIPPED_WITHOUT_LEAVE = "shipped_without_leave"
    DEFECT_NOT_SHOWN = "defect_not_shown"
    BUYER_CHOOSES = "buyer_chooses"
    LOT_REJECTED = "lot_rejected"
    TWO_FAILED_INSPECTIONS = "two_failed_inspections"
    TOO_LATE_FOR_REWORK = "too_late_for_rework"
    REWORK_ACCEPTED = "rework_accepted"
    LATE = "late"
    LATE_REMEDY_CAPPED = "late_remedy_capped"
    LATE_WITHOUT_REMEDY = "late_without_remedy"
    SHIPPED_IN_TIME = "shipped_in_time"
    NOT_SHIPPED = "not_shipped"
    NOT_CANCELLABLE_YET = "not_cancellable_yet"
    PERFORMANCE_WISHED = "performance_wished"
    SHIPPED_AS_PROVEN = "shipped_as_proven"
    PRICE_STANDS = "price_stands"
    DELIVERY_NOT_PROVEN = "delivery_not_proven"
    DELIVERY_PROVEN = "delivery_proven"
    CARRIER_OF_BUYER = "carrier_of_buyer"
    QUANTITY_MISSING = "quantity_missing"
    QUANTITY_COMPLETE = "quantity_complete"
    NOT_AS_ORDERED = "not_as_ordered"
    SEIZED = "seized"
    SEIZURE_IS_DELAY = "seizure_is_delay"
    NOT_AS_ORDERED_NOT_SHOWN = "not_as_ordered_not_shown"
    EXCLUDED = "excluded"
    INSPECTION_FIRST = "inspection_first"
    SUPPLIER_SILENT = "supplier_silent"
    DEFAULT_AFTER_PASSED = "default_after_passed"
    DEFAULT_WITHOUT_PASSED = "default_without_passed"
    DEFAULT_GOODS_GONE = "default_goods_gone"
    FEE_BACK = "fee_back"
    ALREADY_GIVEN_BACK = "already_given_back"
    REDUCED_BEFORE = "reduced_before"
    CAPPED_AT_LINE = "capped_at_line"
    CAPPED_AT_PAID = "capped_at_paid"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A rule applied and the facts it was applied to; facts in `_minor` are amounts of the order's currency."""

    code: ReasonCode
    facts: dict[str, int | str] = {}


class StepName(StrEnum):
    """What a line of the arithmetic computes."""

    SHARE_DEFECTIVE = "share_defective"
    SHORTFALL = "shortfall"
    DEFECTIVE_AND_SHORTFALL = "defective_and_shortfall"
    WHOLE_PRICE = "whole_price"
    DAILY_REMEDY = "daily_remedy"
    DEPOSIT_BACK = "deposit_back"
    INSPECTION_FEE = "inspection_fee"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the arithmetic: `base_minor` times `numerator` over `denominator` is `result_minor`, half up.

    `line` is the order's line, or the first of a lot that was judged together; 0 stands for none.
    """

    name: StepName
    line: int = 0
    base_minor: int
    numerator: int = 1
    denominator: int = 1
    result_minor: int


class ShownInterval(msgspec.Struct, frozen=True, kw_only=True):
    """The interval of a share defective, shown beside the amount and never used for it (ruling A67).

    Its limits rest on floating point: they are for pages, not for the hashed record.
    """

    inspection_id: str
    found: int
    sample_size: int
    lot: int
    method: str
    lower_parts_per_million: int
    upper_parts_per_million: int


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome and one amount. With a condition, `otherwise_minor` is the amount that applies if it fails.

    The inspection's fee is on top of the amounts: `fee_back_minor` with the amount, `otherwise_fee_back_minor` with the
    other one. `inspection_first`: an inspection would settle what is contested; the amount is what the documents alone
    give, should nobody advance its fee. `upheld` are the grounds found true, some of them without money.
    """

    outcome: Outcome
    remedy: Remedy
    amount_minor: int
    condition: Condition = Condition.NONE
    perform_until: dt.datetime | None = None
    otherwise_minor: int = 0
    fee_back_minor: int = 0
    otherwise_fee_back_minor: int = 0
    fee_back_ids: tuple[str, ...] = ()
    otherwise_fee_back_ids: tuple[str, ...] = ()
    inspection_first: bool = False
    # Pieces per line that never left and are paid back whole.
    cancelled: dict[int, int] = {}
    # What of the amount is given per line for pieces that have yet to leave.
    unshipped_minor: dict[int, int] = {}
    # What of it, and of the other amount, is given per line for pieces that have left.
    shipped_minor: dict[int, int] = {}
    otherwise_shipped_minor: dict[int, int] = {}
    upheld: tuple[Ground, ...] = ()
    reasons: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()
    otherwise_steps: tuple[Step, ...] = ()
    intervals: tuple[ShownInterval, ...] = ()
