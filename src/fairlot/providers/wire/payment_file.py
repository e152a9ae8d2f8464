"""What a payment file orders, as values: who pays whom how much from which account, in batches of one scheme each."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec


class Scheme(StrEnum):
    """How the money travels: euro inside SEPA, or any currency through correspondent banks."""

    SEPA = "sepa"
    CROSS_BORDER = "cross_border"


class ChargeBearer(StrEnum):
    """Who bears the banks' charges of a cross-border payment; with `DEBTOR` the creditor receives the amount whole."""

    DEBTOR = "DEBT"
    SHARED = "SHAR"
    CREDITOR = "CRED"


class PostalAddress(msgspec.Struct, frozen=True, kw_only=True):
    """An address in parts; banks ask for town and country at least, and take no free lines alone any more."""

    town: str
    country: str
    street: str | None = None
    building_number: str | None = None
    post_code: str | None = None


class PaymentParty(msgspec.Struct, frozen=True, kw_only=True):
    """A party under the Latin name that its bank knows it by; people enter it, nothing transliterates."""

    name: str
    address: PostalAddress | None = None


class PaymentAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account by IBAN, or by the bank's own number where there is none."""

    iban: str | None = None
    number: str | None = None


class PaymentBank(msgspec.Struct, frozen=True, kw_only=True):
    """A bank by BIC, or by its number in a national clearing (`USABA`, `CNAPS`) with its name."""

    bic: str | None = None
    clearing_system: str | None = None
    clearing_number: str | None = None
    name: str | None = None


class CreditTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """One payout to one creditor; `payout_id` becomes the EndToEndId that comes back in the statement."""

    payout_id: str
    amount_minor: int
    currency: str
    creditor: PaymentParty
    creditor_account: PaymentAccount
    creditor_bank: PaymentBank | None = None
    intermediary_bank: PaymentBank | None = None
    remittance_text: str | None = None
    creditor_reference: str | None = None
    purpose_code: str | None = None
    uetr: str | None = None


class CreditTransferBatch(msgspec.Struct, frozen=True, kw_only=True):
    """Transfers from one account on one day by one scheme; `charge_bearer` is for cross-border batches, which need it."""

    batch_id: str
    scheme: Scheme
    execution_date: date
    debtor: PaymentParty
    debtor_account: PaymentAccount
    debtor_bank: PaymentBank | None
    transfers: tuple[CreditTransfer, ...]
    charge_bearer: ChargeBearer | None = None
    is_urgent: bool = False
    is_booked_as_one: bool = False


class PaymentFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the bank; everything in it is given, so that the same file is written to the byte again."""

    message_id: str
    created_at: datetime
    initiator_name: str
    batches: tuple[CreditTransferBatch, ...]
