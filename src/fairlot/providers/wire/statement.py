"""What a bank file says, as values: only booked entries are transactions; everything else is kept apart and moves no money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

# How bank transaction codes end for a return or a recall: ISO 20022 sub-families, and SWIFT's returned item.
_RETURN_CODES = ("/RRTN", "/RPCR", "RTI")


class Direction(StrEnum):
    """Which way the money went, seen from our account."""

    CREDIT = "credit"
    DEBIT = "debit"


class BankParty(msgspec.Struct, frozen=True, kw_only=True):
    """The other side as the bank names it: name, account (IBAN or the bank's own number), bank (BIC or name)."""

    name: str | None = None
    account: str | None = None
    bank: str | None = None


class InstructedAmount(msgspec.Struct, frozen=True, kw_only=True):
    """What the payer ordered, before exchange and charges; the rate is the bank's own text, a decimal number."""

    amount_minor: int
    currency: str
    exchange_rate: str | None = None


class BankCharge(msgspec.Struct, frozen=True, kw_only=True):
    """A charge the bank states; `is_included` says whether the stated amount already contains it, where known."""

    amount_minor: int
    currency: str
    direction: Direction
    bearer: str | None = None
    is_included: bool | None = None


class ReturnReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why money came back: the external code (AC04, account closed) and the bank's words."""

    code: str | None = None
    text: str | None = None


class BankTransaction(msgspec.Struct, frozen=True, kw_only=True):
    """One booked movement on our account, or one part of a batch entry.

    `amount_minor` is never negative; `direction` gives the sign. `currency` is the one the account was booked in.
    `booked_date` is the bank's day as written; `booked_at` is the instant only where the bank gave one.
    `key` names this movement for ever, in whatever file it comes again; `entry_key` names the entry it is part of.
    """

    key: str
    entry_key: str
    account: str
    direction: Direction
    amount_minor: int
    currency: str
    booked_date: date
    booked_at: datetime | None = None
    value_date: date | None = None
    bank_reference: str | None = None
    entry_reference: str | None = None
    end_to_end_id: str | None = None
    instruction_id: str | None = None
    transaction_id: str | None = None
    uetr: str | None = None
    instructed: InstructedAmount | None = None
    debtor: BankParty = BankParty()
    creditor: BankParty = BankParty()
    remittance_lines: tuple[str, ...] = ()
    creditor_references: tuple[str, ...] = ()
    additional_text: str | None = None
    bank_transaction_code: str | None = None
    is_reversal: bool = False
    return_reason: ReturnReason | None = None
    charges: tuple[BankCharge, ...] = ()

    @property
    def signed_minor(self) -> int:
        """The amount with its sign: what the account's balance changed by."""
        return self.amount_minor if self.direction is Direction.CREDIT else -self.amount_minor

    @property
    def is_return(self) -> bool:
        """Whether the bank says that earlier money comes back; the payer cannot say so."""
        code = self.bank_transaction_code or ""
        return self.is_reversal or self.return_reason is not None or code.endswith(_RETURN_CODES)


class UnbookedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is not money yet (`PDNG`, `INFO`, `FUTR` or the bank's own word); a type of its own so that none is booked."""

    status: str
    direction: Direction
    amount_minor: int
    currency: str
    booked_date: date | None = None
    value_date: date | None = None
    bank_reference: str | None = None
    end_to_end_id: str | None = None
    debtor_name: str | None = None
    text: str | None = None


class BalancePair(msgspec.Struct, frozen=True, kw_only=True):
    """Where a statement begins and ends in one currency, signed, checked against the entries between."""

    currency: str
    opening_minor: int
    opening_date: date
    closing_minor: int
    closing_date: date


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of one account, whole: opening balance plus transactions is closing balance, per currency."""

    identity_key: str
    format: str
    account: str
    bank: str | None
    message_id: str
    statement_id: str
    sequence_number: int | None
    page_number: int | None
    created_at: datetime | None
    balances: tuple[BalancePair, ...]
    transactions: tuple[BankTransaction, ...]
    unbooked: tuple[UnbookedEntry, ...]
