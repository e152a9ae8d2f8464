"""A clock: what it is called, when it runs out, whom it waits for."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class ClockKind(StrEnum):
    """Every clock by name, in the order in which those due at the same instant act (ruling A06)."""

    PAYMENT_CONFIRMED = "payment_confirmed"
    SHIPMENT_REMINDER = "shipment_reminder"
    CLAIM_WARNING = "claim_warning"
    SHIPMENT_DUE = "shipment_due"
    CREDIT_PRESENTATION = "credit_presentation"
    CREDIT_EXAMINATION = "credit_examination"
    CREDIT_WAIVER = "credit_waiver"
    ANSWER = "supplier_answer"
    BALANCE = "balance_due"
    UNCOLLECTED = "uncollected"
    NEGOTIATION = "negotiation"
    MEDIATOR = "mediator_named"
    EVIDENCE = "evidence_round"
    INSPECTION_BOOKING = "inspection_booking"
    INSPECTION_REPORT = "inspection_report"
    LOT_CHOICE = "lot_choice"
    MOVEMENT = "movement"
    REFUSAL_APPEAL = "refusal_appeal"
    REFUSAL_DECISION = "refusal_decision"
    DECISION = "decision"
    DECISION_BY_RULE = "decision_by_rule"
    APPEAL = "appeal"
    CONDITION = "condition"
    PROPOSAL = "proposal_open"
    FIRST_PAYMENT = "first_payment_due"
    NEVER_SHIPPED = "never_shipped"
    ARRIVAL = "arrival_asked"
    RETURN_SENT = "return_sent"
    RETURN_ARRIVAL = "return_arrival"
    RETURN_JUDGED = "return_judged"
    RETURN_DECIDED = "return_decided"
    CHARGEBACK = "chargeback"
    SUSPENSE = "suspense"
    SEEKING = "set_off"
    REFUND_SENT = "refund_sent"
    UNDISPUTED = "undisputed_part"
    CLAIM_WINDOW = "claim_window"
    CLOSING = "closing"


RANK = {kind: number for number, kind in enumerate(ClockKind)}


class Waits(StrEnum):
    """Who is expected to act before a clock runs out."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"
    PLATFORM = "platform"
    INSPECTOR = "inspector"
    NOBODY = "nobody"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One running clock; `subject` names the shipment, refund or claim it is about."""

    kind: ClockKind
    due_at: dt.datetime
    waits_for: Waits
    subject: str = ""
