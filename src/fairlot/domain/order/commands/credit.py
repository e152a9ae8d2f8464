"""Commands of letters of credit: what banks report, what the supplier presents, what the buyer waives (ruling A17)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.commands.shape import Command
from fairlot.domain.order.state import CreditDocument, Discrepancy


class RecordCreditAdvised(Command, frozen=True, kw_only=True):
    """Record a credit that a bank advised, or an amendment of it; no days of its own: the policy's."""

    credit_id: str
    issuing_bank_bic: str
    amount_minor: int
    currency: str
    latest_shipment_date: dt.date
    expiry_date: dt.date
    documents: tuple[CreditDocument, ...]
    presentation_days: int | None = None


class PresentDocuments(Command, frozen=True, kw_only=True):
    """Present documents under the credit and draw an amount."""

    amount_minor: int
    documents: tuple[CreditDocument, ...]
    document_hash: str


class RecordDocumentsRefused(Command, frozen=True, kw_only=True):
    """Record that the bank found discrepancies in the documents."""

    discrepancies: tuple[Discrepancy, ...]


class WaiveDiscrepancies(Command, frozen=True, kw_only=True):
    """Accept the documents as they are, by a signed act."""

    signature_hash: str


class RecordCreditHonoured(Command, frozen=True, kw_only=True):
    """Record that the bank paid the supplier under the credit."""

    payment_id: str
    amount_minor: int
