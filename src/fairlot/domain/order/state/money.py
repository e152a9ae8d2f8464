"""The order's money: payments, refunds on their way, what is sought, chargebacks; amounts in minor units."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class PaymentStatus(StrEnum):
    """What became of a payment."""

    RECEIVED = "received"
    REVERSED = "reversed"


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came in for the order, split into price, fee and what was too much."""

    id: str
    rail: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    excess_minor: int
    booked_at: dt.datetime
    status: PaymentStatus = PaymentStatus.RECEIVED
    # The fee that the contract lays on the supplier, and the part of it that was neither taken nor charged yet.
    fee_laid_minor: int = 0
    fee_owed_minor: int = 0
    # The platform caused the cancellation, so it bears that fee itself (ruling A15).
    fee_is_platforms: bool = False


class SuspenseItem(msgspec.Struct, frozen=True, kw_only=True):
    """Money that the order could not take; it goes back to its sender at `return_at`."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    return_at: dt.datetime


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Money on its way to the buyer: decided, then confirmed."""

    id: str
    amount_minor: int
    currency: str
    cause: str
    due_at: dt.datetime
    confirmed_minor: int = 0
    breached: bool = False


class AwaitedPayment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that counts from `confirm_at`, unless it is reported as returned before (ruling A18)."""

    id: str
    rail: str
    amount_minor: int
    currency: str
    booked_at: dt.datetime
    booked_date: dt.date | None
    for_all_instalments: bool
    confirm_at: dt.datetime


class Seeking(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that waits for the supplier's other payables, or its own repayment, before the fund pays.

    `set_off_asked`: the other payables have been asked; after a settlement the supplier's own hand comes first (A78).
    """

    refund_id: str
    cause: str
    price_minor: int
    fee_minor: int
    until: dt.datetime
    chargeback: bool = False
    set_off_asked: bool = True
    from_supplier_minor: int = 0
    unanswered: bool = False


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that the fund paid because nobody answered in time, and what it took; the answer may still come."""

    seeking: Seeking
    from_fund_minor: int
    cover_used_minor: int
    given_up_used_minor: int
    uncovered_minor: int
    platform_minor: int


class GivenBack(msgspec.Struct, frozen=True, kw_only=True):
    """What was given back of the price of pieces of a line that had not left, and how many they were."""

    line: int
    amount_minor: int
    quantity: int


class Chargeback(msgspec.Struct, frozen=True, kw_only=True):
    """The buyer's bank takes a card payment back; everything else waits (R26)."""

    id: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    ends_at: dt.datetime
    excess_minor: int = 0
    open: bool = True


class Funds(msgspec.Struct, frozen=True, kw_only=True):
    """The order's money in minor units of its currency; the ledger says the same from the postings."""

    paid_minor: int = 0
    held_minor: int = 0
    released_minor: int = 0
    # Price given back or taken back, whoever paid for it.
    returned_minor: int = 0
    fund_paid_minor: int = 0
    # The part of it that counts against the cover; inspection fees come on top (ruling A22).
    cover_used_minor: int = 0
    receivable_minor: int = 0
    uncovered_minor: int = 0
    # What lost chargebacks gave the buyer of the price it had paid; goods paid back twice and fees are not in it.
    charged_back_minor: int = 0
    # What of all they took has counted towards what was found due; it counts once (ruling A74).
    charged_back_counted_minor: int = 0
    # All that lost chargebacks took, and the part of it that was no fee: price, and what was paid too much.
    taken_minor: int = 0
    goods_taken_minor: int = 0
    buyer_owes_minor: int = 0
    # The part of it that lost chargebacks gave the buyer a second time: it blocks the buyer's card (ruling A76).
    paid_twice_minor: int = 0
    # What lost chargebacks cost the platform beyond the goods: not charged to the supplier, and owed by it (ruling A72).
    chargeback_cost_minor: int = 0
    cost_receivable_minor: int = 0
    # Fees of payments that the contract lays on the supplier, that no release covered, and that it still owes.
    fee_receivable_minor: int = 0
    fees_advanced_minor: int = 0
    fees_returned_minor: int = 0
