"""What a payment's fee means in money that comes back to the buyer or is laid on the supplier; always balanced.

The processor has it from the payment on. Where the contract lays it on the supplier it is the platform's advance until the
supplier has given it; what the platform gives back to a buyer is its own cost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fairlot.domain.ledger.accounts import Account, Entry, entry
from fairlot.domain.order import events as e

# The part of accounts on which such fees stand.
PAYMENT_FEE = "payment_fee"


def _returned(event: e.PaymentFeeReturned) -> Entry:
    """The processor keeps its fee, so what comes back is the platform's cost."""
    return entry(
        "payment_fee_returned",
        event.currency,
        (Account.PLATFORM_COST, event.amount_minor, event.rail),
        (Account.DUE_BUYER, -event.amount_minor),
    )


def _laid(event: e.PaymentFeeLaid) -> Entry:
    return entry(
        "payment_fee_laid",
        event.currency,
        (Account.PLATFORM_COST, event.amount_minor, PAYMENT_FEE),
        (Account.PROCESSOR_FEE, -event.amount_minor, event.rail),
    )


def _taken(event: e.PaymentFeeTaken) -> Entry:
    return entry(
        "payment_fee_taken",
        event.currency,
        (Account.HELD, event.amount_minor),
        (Account.PLATFORM_COST, -event.amount_minor, PAYMENT_FEE),
    )


def _charged(event: e.PaymentFeeCharged) -> Entry:
    """It stays the platform's cost until it is paid; who owes it is said beside it."""
    return entry(
        "payment_fee_charged",
        event.currency,
        (Account.SUPPLIER_RECEIVABLE, event.amount_minor, PAYMENT_FEE),
        (Account.FUND_RECOVERABLE, -event.amount_minor, PAYMENT_FEE),
    )


def _recovered(event: e.PaymentFeeRecovered) -> Entry:
    return entry(
        "payment_fee_recovered",
        event.currency,
        (Account.PAYOUT_CLEARING, event.amount_minor),
        (Account.PLATFORM_COST, -event.amount_minor, PAYMENT_FEE),
        (Account.SUPPLIER_RECEIVABLE, -event.amount_minor, PAYMENT_FEE),
        (Account.FUND_RECOVERABLE, event.amount_minor, PAYMENT_FEE),
    )


def _lifted(event: e.PaymentFeeLifted) -> Entry:
    """A processor keeps nothing of a payment that bounced; where the platform cancels, its advance becomes its loss."""
    all_minor = event.advanced_minor + event.given_back_minor + event.lost_minor
    back = (Account.PROCESSOR_FEE, all_minor, event.rail)
    if event.by_platform:
        back = (Account.PLATFORM_COST, all_minor, event.rail)
    return entry(
        "payment_fee_lifted",
        event.currency,
        back,
        (Account.PLATFORM_COST, -event.advanced_minor, PAYMENT_FEE),
        (Account.PLATFORM_COST, -event.lost_minor, event.rail),
        (Account.PAYOUT_CLEARING, -event.given_back_minor),
    )


PAYMENT_FEES: dict[type[e.Event], Callable[[Any], Entry]] = {
    e.PaymentFeeReturned: _returned,
    e.PaymentFeeLaid: _laid,
    e.PaymentFeeTaken: _taken,
    e.PaymentFeeCharged: _charged,
    e.PaymentFeeRecovered: _recovered,
    e.PaymentFeeLifted: _lifted,
}
