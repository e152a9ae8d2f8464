"""Refusals: named codes with facts; checks run in a fixed order, so the same bad command always earns the same code."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Why something asked for was not granted. Order: who, when, what, then the particular."""

    # Who and where: checked first.
    NOT_PERMITTED = "not_permitted"
    NOT_MANDATED = "not_mandated"
    WRONG_STATUS = "wrong_status"
    TOO_MANY_EVENTS = "too_many_events"
    ALREADY_EXISTS = "already_exists"
    COMMAND_ID_REUSED = "command_id_reused"
    UNKNOWN_ORDER = "unknown_order"
    # What was asked: malformed against the order.
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    AMOUNT_TOO_LARGE = "amount_too_large"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_TERM = "unknown_term"
    UNKNOWN_REFERENCE = "unknown_reference"
    REFERENCE_REUSED = "reference_reused"
    FILE_NOT_KEPT = "file_not_kept"
    INSTANT_IN_THE_FUTURE = "instant_in_the_future"
    DATE_TOO_FAR = "date_too_far"
    # Agreement.
    SAME_COMPANY = "same_company"
    LINES_MISSING = "lines_missing"
    TOTAL_NOT_SUM_OF_LINES = "total_not_sum_of_lines"
    INSTALMENTS_NOT_WHOLE = "instalments_not_whole"
    COVER_ABOVE_TOTAL = "cover_above_total"
    COVER_KIND_NOT_OFFERED = "cover_kind_not_offered"
    SPLIT_NOT_ALLOWED = "split_not_allowed"
    FEE_BORNE_BY_SUPPLIER = "fee_borne_by_supplier"
    SHIPMENT_DATE_MISSING = "shipment_date_missing"
    SHIPMENT_DATE_PAST = "shipment_date_past"
    SAMPLE_NOT_APPROVED = "sample_not_approved"
    NO_PROPOSAL = "no_proposal"
    OWN_PROPOSAL = "own_proposal"
    NOT_PROPOSER = "not_proposer"
    VERSION_SUPERSEDED = "version_superseded"
    COVER_CHANGED = "cover_changed"
    ACCOUNT_NOT_VERIFIED = "account_not_verified"
    CURRENCY_FIXED = "currency_fixed"
    BELOW_SHIPPED = "below_shipped"
    # Money.
    WAY_TO_PAY_NOT_OFFERED = "way_to_pay_not_offered"
    CARD_BLOCKED = "card_blocked"
    CARD_BLOCK_STANDS = "card_block_stands"
    FEE_NOT_RISEN = "fee_not_risen"
    NOTHING_TO_KEEP = "nothing_to_keep"
    MORE_THAN_DUE = "more_than_due"
    ALREADY_REVERSED = "already_reversed"
    CREDIT_INCOMPLETE = "credit_incomplete"
    CREDIT_MISMATCHED = "credit_mismatched"
    CREDIT_BESIDE_PAYMENT = "credit_beside_payment"
    NO_CREDIT = "no_credit"
    CREDIT_ELSEWHERE = "credit_elsewhere"
    # Production, shipment, delivery.
    QUANTITY_EXCEEDED = "quantity_exceeded"
    NOTHING_SHIPPED = "nothing_shipped"
    ALREADY_SHIPPED = "already_shipped"
    ALREADY_CONFIRMED = "already_confirmed"
    ALREADY_EXTENDED = "already_extended"
    ALREADY_ARRIVED = "already_arrived"
    WRONG_PROOF = "wrong_proof"
    NOT_AT_DESTINATION = "not_at_destination"
    COMPANY_NOT_DESIGNATED = "company_not_designated"
    ALREADY_REPORTED = "already_reported"
    REPORT_TOO_LATE = "report_too_late"
    PLAN_NOT_MET = "plan_not_met"
    NO_FAILED_INSPECTION = "no_failed_inspection"
    CHOICE_LAPSED = "choice_lapsed"
    NOT_SIGNED = "not_signed"
    # Cover: why a claim is not admitted.
    NOT_PAID = "not_paid"
    SUPPLIER_NOT_ENROLLED = "supplier_not_enrolled"
    GROUND_EXCLUDED = "ground_excluded"
    TERM_NOT_MEASURABLE = "term_not_measurable"
    NO_TERM_NAMED = "no_term_named"
    CLAIM_TOO_EARLY = "claim_too_early"
    CLAIM_TOO_LATE = "claim_too_late"
    SHIPPED_IN_TIME = "shipped_in_time"
    ALL_SHIPPED = "all_shipped"
    BUYER_IN_ARREARS = "buyer_in_arrears"
    GOODS_WERE_READY = "goods_were_ready"
    BUYERS_OWN_CARRIER = "buyers_own_carrier"
    DELIVERY_PROVEN = "delivery_proven"
    NOTHING_SEIZED = "nothing_seized"
    CLAIM_GIVEN_UP = "claim_given_up"
    CLAIM_DECIDED = "claim_decided"
    # Disputes.
    DISPUTE_ALREADY_OPEN = "dispute_already_open"
    NO_DISPUTE = "no_dispute"
    WRONG_STAGE = "wrong_stage"
    ONLY_CLAIMANT_WITHDRAWS = "only_claimant_withdraws"
    RESTATEMENT_MISSING = "restatement_missing"
    OFFER_NOT_STANDING = "offer_not_standing"
    OWN_OFFER = "own_offer"
    NOT_YOUR_OFFER = "not_your_offer"
    OFFER_INCOMPLETE = "offer_incomplete"
    ESCALATION_TOO_EARLY = "escalation_too_early"
    ALREADY_ASKED = "already_asked"
    MEDIATOR_ALREADY_NAMED = "mediator_already_named"
    MEDIATOR_IS_PARTY = "mediator_is_party"
    SAME_MEDIATOR = "same_mediator"
    NOT_THE_MEDIATOR = "not_the_mediator"
    EVIDENCE_ROUND_CLOSED = "evidence_round_closed"
    DECISION_TOO_EARLY = "decision_too_early"
    REASON_MISSING = "reason_missing"
    AMOUNT_ABOVE_CLAIM = "amount_above_claim"
    OUTCOME_NOT_WHOLE = "outcome_not_whole"
    PERFORMANCE_NOT_ASKED = "performance_not_asked"
    APPEAL_TOO_LATE = "appeal_too_late"
    APPEAL_GROUND_MISSING = "appeal_ground_missing"
    ALREADY_APPEALED = "already_appealed"
    NOTHING_ORDERED = "nothing_ordered"
    # Returns and chargebacks.
    NO_RETURN = "no_return"
    RETURN_NOT_SENT = "return_not_sent"
    RETURN_ALREADY_SENT = "return_already_sent"
    RETURN_NOT_ARRIVED = "return_not_arrived"
    NOTHING_TO_CONTEST = "nothing_to_contest"
    NO_CHARGEBACK = "no_chargeback"
    CHARGEBACK_ALREADY_OPEN = "chargeback_already_open"
    CHARGEBACK_ABOVE_PAYMENT = "chargeback_above_payment"
    # Suppliers beside their orders.
    CONDITIONS_NOT_ACCEPTED = "conditions_not_accepted"
    DOCUMENTS_MISSING = "documents_missing"
    PROFILE_MISSING = "profile_missing"
    REPORT_JUDGED = "report_judged"
    COMPANY_LISTED = "company_listed"


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """What was asked is not granted: a code, its facts, and events that must be kept all the same.

    Facts are strings and integers; `record` holds events such as a claim refused at the door.
    """

    def __init__(self, code: Code, *, record: Sequence[Any] = (), **facts: str | int) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts
        self.record = tuple(record)


def refuse_if(condition: bool, code: Code, **facts: str | int) -> None:  # noqa: FBT001  (reads as a sentence)
    """Raise the refusal when the condition holds."""
    if condition:
        raise Refused(code, record=(), **facts)
