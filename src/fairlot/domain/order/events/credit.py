"""Events of letters of credit: advised, presented, refused, waived, honoured, lapsed (ruling A17)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.events.shape import Event
from fairlot.domain.order.state import CreditDocument, CreditMismatch, Discrepancy


class CreditAdvised(Event, frozen=True, kw_only=True):
    """A bank advised a letter of credit; one without mismatches secures the price."""

    credit_id: str
    issuing_bank_bic: str
    amount_minor: int
    currency: str
    latest_shipment_date: dt.date
    expiry_date: dt.date
    presentation_days: int
    documents: tuple[CreditDocument, ...]
    mismatches: tuple[CreditMismatch, ...] = ()


class DocumentsPresented(Event, frozen=True, kw_only=True):
    """The supplier presented documents; they comply by the record and the bank examines them, or the buyer may waive."""

    amount_minor: int
    currency: str
    documents: tuple[CreditDocument, ...]
    document_hash: str
    discrepancies: tuple[Discrepancy, ...] = ()
    examine_until: dt.datetime | None = None
    waive_until: dt.datetime | None = None


class DocumentsRefused(Event, frozen=True, kw_only=True):
    """The bank found discrepancies: the buyer may waive them in time."""

    discrepancies: tuple[Discrepancy, ...]
    waive_until: dt.datetime


class DiscrepanciesWaived(Event, frozen=True, kw_only=True):
    """The buyer accepted the documents as they are; the bank examines them again."""

    discrepancies: tuple[Discrepancy, ...]
    signature_hash: str
    examine_until: dt.datetime


class CreditHonoured(Event, frozen=True, kw_only=True):
    """The bank paid the supplier under the credit; the money never was with the platform."""

    credit_id: str
    payment_id: str
    amount_minor: int
    currency: str
    balance_until: dt.datetime | None = None


class CreditLapsed(Event, frozen=True, kw_only=True):
    """The credit does not pay: the price is due by another way to pay."""

    credit_id: str
    reason: str
    balance_until: dt.datetime


CreditEvent = (
    CreditAdvised
    | DocumentsPresented
    | DocumentsRefused
    | DiscrepanciesWaived
    | CreditHonoured
    | CreditLapsed
)
