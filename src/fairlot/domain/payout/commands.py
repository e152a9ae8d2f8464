"""What may be asked of a supplier's account: imperative, plain data; who asks and when travel beside it."""

from __future__ import annotations

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something asked for."""


class OpenAccount(Command, frozen=True, kw_only=True):
    """Open a supplier's account in a currency; the first thing that can be asked of it."""

    company_id: str
    currency: str


class ChangeAccount(Command, frozen=True, kw_only=True):
    """Name another receiving account, by the hash of its details."""

    account_hash: str


class VerifyAccount(Command, frozen=True, kw_only=True):
    """Say that the receiving account with this hash is the supplier's own; one not named before is named by it."""

    account_hash: str


class RevokeAccount(Command, frozen=True, kw_only=True):
    """Say that the receiving account is not to be paid to any more."""

    account_hash: str


class CreditPayable(Command, frozen=True, kw_only=True):
    """Credit what an order released, once for that order's event."""

    order_id: str
    source_seq: int
    amount_minor: int
    # That of the order's contract, in which the business days of its payout are counted.
    zone: str = ""


class RecordSupplierPaidIn(Command, frozen=True, kw_only=True):
    """Book what the supplier paid in."""

    paid_in_id: str
    rail: str
    amount_minor: int


class TakeSetOff(Command, frozen=True, kw_only=True):
    """Take for an order's refund what is owed and not instructed, at most so much; answered once for the refund."""

    order_id: str
    refund_id: str
    amount_minor_max: int


class ReturnSetOff(Command, frozen=True, kw_only=True):
    """Give back what a refund took and could not use, once."""

    order_id: str
    refund_id: str
    amount_minor: int


class RaiseReceivable(Command, frozen=True, kw_only=True):
    """Hold the supplier to what the fund advanced, what the buyer lacks, what a chargeback cost the platform (A72), or its fees.

    With the clocks of the order's policy.
    """

    order_id: str
    refund_id: str
    fund_minor: int
    uncovered_minor: int
    reminder_days: int
    write_off_days: int
    cost_minor: int = 0


class BookWriteOff(Command, frozen=True, kw_only=True):
    """Take out of the books what was written off: what the order's own postings still show, by part of the account."""

    order_id: str
    source_seq: int
    amounts_minor: dict[str, int]


class InstructPayout(Command, frozen=True, kw_only=True):
    """Send what is owed, also after a payout failed; otherwise it goes by itself."""


class RecordPayoutSent(Command, frozen=True, kw_only=True):
    """Book that a payout went to the bank or processor."""

    payout_id: str
    batch_id: str = ""


class RecordPayoutConfirmed(Command, frozen=True, kw_only=True):
    """Book that a payout left, as the bank or processor confirms."""

    payout_id: str
    rail: str


class RecordPayoutFailed(Command, frozen=True, kw_only=True):
    """Book that a payout did not leave, or came back, and what the banks kept of it."""

    payout_id: str
    rail: str
    reason_code: str
    charges_minor: int = 0


class SettleDue(Command, frozen=True, kw_only=True):
    """Let whatever is due by now happen; the clock's only command."""


PayoutCommand = (
    OpenAccount
    | ChangeAccount
    | VerifyAccount
    | RevokeAccount
    | CreditPayable
    | RecordSupplierPaidIn
    | TakeSetOff
    | ReturnSetOff
    | RaiseReceivable
    | BookWriteOff
    | InstructPayout
    | RecordPayoutSent
    | RecordPayoutConfirmed
    | RecordPayoutFailed
    | SettleDue
)
