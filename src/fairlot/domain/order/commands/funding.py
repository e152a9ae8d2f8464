"""Commands of money: what banks and processors report, and what the buyer says of it."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.commands.shape import Command


class RecordPayment(Command, frozen=True, kw_only=True):
    """Book money that arrived for the order, as the bank or processor reports it."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    booked_at: dt.datetime | None = None
    booked_date: dt.date | None = None
    for_all_instalments: bool = False


class RecordPaymentReversed(Command, frozen=True, kw_only=True):
    """Book that a payment bounced."""

    payment_id: str
    code: str


class ConsentToFee(Command, frozen=True, kw_only=True):
    """Agree to what a way to pay costs now, though it cost less when the order was agreed."""

    rail: str


class KeepExcess(Command, frozen=True, kw_only=True):
    """Leave an overpayment for the next instalment instead of having it back."""

    payment_id: str


class CancelByPlatform(Command, frozen=True, kw_only=True):
    """Give up an order because of the platform's own fault; the written reason is bound by its hash."""

    reason_hash: str


class RecordRefundConfirmed(Command, frozen=True, kw_only=True):
    """Book that a refund left, as the provider confirms."""

    refund_id: str
    amount_minor: int
    rail: str = "wire"


class RecordSetOff(Command, frozen=True, kw_only=True):
    """Book what the supplier's other payables gave towards a refund."""

    refund_id: str
    taken_minor: int


class RecordSupplierRepaid(Command, frozen=True, kw_only=True):
    """Book what the supplier paid into the programme towards a refund."""

    refund_id: str
    amount_minor: int


class RecordRecovery(Command, frozen=True, kw_only=True):
    """Book what was recovered from the supplier for this order."""

    recovery_id: str
    amount_minor: int


class RecordDebtPaid(Command, frozen=True, kw_only=True):
    """Book what the buyer paid of money that it had got twice (ruling A76)."""

    amount_minor: int
    rail: str = "wire"


class WriteOffDebt(Command, frozen=True, kw_only=True):
    """Give up what the buyer still owes of money that it got twice; the written reason is bound by its hash."""

    reason_hash: str


class RecordCardBlock(Command, frozen=True, kw_only=True):
    """Note since when the buyer's card is blocked for a debt on any of its orders, or that it is no longer (A76)."""

    since: dt.datetime | None


class RecordInspectorPaid(Command, frozen=True, kw_only=True):
    """Book that the inspection company got its fee."""

    inspection_id: str


class RecordChargebackOpened(Command, frozen=True, kw_only=True):
    """Book that the buyer's bank disputes a card payment."""

    chargeback_id: str
    amount_minor: int


class RecordChargebackMessage(Command, frozen=True, kw_only=True):
    """Book that the bank's case is still going on, as a message about it says."""

    chargeback_id: str


class RecordChargebackEnded(Command, frozen=True, kw_only=True):
    """Book how the bank's case ended."""

    chargeback_id: str
    won: bool
    network_fee_minor: int = 0
