"""The letter of credit that an order is paid by: what its bank promised, what was presented, how it stands (ruling A17)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class CreditDocument(StrEnum):
    """A document that a credit asks for."""

    COMMERCIAL_INVOICE = "commercial_invoice"
    TRANSPORT_DOCUMENT = "transport_document"
    PACKING_LIST = "packing_list"
    CERTIFICATE_OF_ORIGIN = "certificate_of_origin"
    INSPECTION_CERTIFICATE = "inspection_certificate"
    INSURANCE_DOCUMENT = "insurance_document"


class CreditMismatch(StrEnum):
    """Why an advised credit does not secure its order."""

    OTHER_CURRENCY = "other_currency"
    AMOUNT_TOO_SMALL = "amount_too_small"
    SHIPMENT_TOO_EARLY = "shipment_too_early"
    EXPIRES_TOO_EARLY = "expires_too_early"


class Discrepancy(StrEnum):
    """Why documents do not comply with their credit."""

    LATE_SHIPMENT = "late_shipment"
    LATE_PRESENTATION = "late_presentation"
    CREDIT_EXPIRED = "credit_expired"
    DOCUMENT_MISSING = "document_missing"
    GOODS_MISSING = "goods_missing"
    AMOUNT_ABOVE_CREDIT = "amount_above_credit"
    FOUND_BY_BANK = "found_by_bank"


class CreditStatus(StrEnum):
    """Where a letter of credit stands."""

    NOT_MATCHING = "not_matching"
    ADVISED = "advised"
    PRESENTED = "presented"
    DISCREPANT = "discrepant"
    WAIVED = "waived"
    HONOURED = "honoured"
    LAPSED = "lapsed"


# The bank's promise stands for the price as long as the credit is in one of these.
STANDING_CREDITS = frozenset(
    {
        CreditStatus.ADVISED,
        CreditStatus.PRESENTED,
        CreditStatus.DISCREPANT,
        CreditStatus.WAIVED,
    }
)


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of credit as its bank advised it; dates are days in the contract's zone (rulings A01, A04)."""

    id: str
    status: CreditStatus
    advised_at: dt.datetime
    amount_minor: int
    latest_shipment_date: dt.date
    expiry_date: dt.date
    presentation_days: int
    documents: tuple[CreditDocument, ...]
    presentations: int = 0
    discrepancies: tuple[Discrepancy, ...] = ()
    examine_until: dt.datetime | None = None
    waive_until: dt.datetime | None = None
