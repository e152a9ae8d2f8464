"""postings_for(): what an event means in money; from the event alone, always balanced per currency.

The decision and the bank's confirmation are two entries. Stored postings carry `RULES_VERSION`; old ones are recomputed
by the rules that made them, never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from fairlot.domain.ledger.accounts import Account, Entry, entry
from fairlot.domain.ledger.payment_fees import PAYMENT_FEES
from fairlot.domain.order import events as e
from fairlot.domain.order.terms import Party

RULES_VERSION = 1

# The bank account that card, transfer and other payments arrive at is named by the way to pay.
INSPECTION_RAIL = "wire"
CARD_RAIL = "card"
# Parts of accounts: what lost chargebacks moved, and what their fees and charges cost.
CHARGEBACK = "chargeback"
COST = "chargeback_cost"


def postings_for(event: e.OrderEvent) -> tuple[Entry, ...]:
    """Return the entries of an order's event; events without money have none."""
    build = TEMPLATES.get(type(event))
    if build is None:
        return ()
    made = build(event)
    return (made,) if made.postings else ()


def _payment_received(event: e.PaymentReceived) -> Entry:
    return entry(
        "payment_received",
        event.currency,
        (Account.BANK, event.amount_minor, event.rail),
        (Account.HELD, -event.price_minor),
        (Account.PROCESSOR_FEE, -event.fee_minor, event.rail),
        (Account.DUE_BUYER, -event.excess_minor),
    )


def _payment_suspended(event: e.PaymentSuspended) -> Entry:
    return entry(
        "payment_suspended",
        event.currency,
        (Account.BANK, event.amount_minor, event.rail),
        (Account.SUSPENSE, -event.amount_minor),
    )


def _suspense_returned(event: e.SuspenseReturned) -> Entry:
    return entry(
        "suspense_returned",
        event.currency,
        (Account.SUSPENSE, event.amount_minor),
        (Account.DUE_BUYER, -event.amount_minor),
    )


def _payment_reversed(event: e.PaymentReversed) -> Entry:
    return entry(
        "payment_reversed",
        event.currency,
        (Account.BANK, -event.amount_minor, event.rail),
        (Account.HELD, event.from_held_minor),
        (Account.DUE_BUYER, event.from_excess_minor),
        (Account.PROCESSOR_FEE, event.fee_minor, event.rail),
        (Account.BUYER_RECEIVABLE, event.buyer_owes_minor),
    )


def _excess_kept(event: e.ExcessKept) -> Entry:
    return entry(
        "excess_kept",
        event.currency,
        (Account.DUE_BUYER, event.amount_minor),
        (Account.HELD, -event.amount_minor),
    )


def _cancellation_undone(event: e.CancellationUndone) -> Entry:
    return entry(
        "cancellation_undone",
        event.currency,
        (Account.DUE_BUYER, event.taken_back_minor),
        (Account.HELD, -event.taken_back_minor),
    )


def _funds_released(event: e.FundsReleased) -> Entry:
    return entry(
        "funds_released",
        event.currency,
        (Account.HELD, event.amount_minor),
        (Account.PAYOUT_CLEARING, -event.amount_minor),
    )


def _refund_decided(event: e.RefundDecided) -> Entry:
    return entry(
        "refund_decided",
        event.currency,
        (Account.HELD, event.from_held_minor),
        (Account.DUE_BUYER, -event.from_held_minor),
    )


def _refund_funded(event: e.RefundFunded) -> Entry:
    """The fund's part becomes the supplier's debt in the same entry; what a lost chargeback lacks is our cost."""
    to_buyer = event.from_payables_minor + event.from_fund_minor + event.platform_minor
    part = CHARGEBACK if event.chargeback else ""
    return entry(
        "refund_funded",
        event.currency,
        (Account.PAYOUT_CLEARING, event.from_payables_minor),
        (Account.GUARANTEE_FUND, event.from_fund_minor),
        (Account.PLATFORM_COST, event.platform_minor, CHARGEBACK),
        (Account.DUE_BUYER, -to_buyer),
        (Account.SUPPLIER_RECEIVABLE, event.from_fund_minor, part),
        (Account.FUND_RECOVERABLE, -event.from_fund_minor, part),
    )


def _set_off_came_late(event: e.SetOffCameLate) -> Entry:
    """What the payables give goes back to whoever paid in their place, and to the buyer what it lacked."""
    taken_minor = event.to_fund_minor + event.to_buyer_minor + event.to_platform_minor
    part = CHARGEBACK if event.chargeback else ""
    return entry(
        "set_off_came_late",
        event.currency,
        (Account.PAYOUT_CLEARING, taken_minor),
        (Account.GUARANTEE_FUND, -event.to_fund_minor),
        (Account.DUE_BUYER, -event.to_buyer_minor),
        (Account.PLATFORM_COST, -event.to_platform_minor, CHARGEBACK),
        (Account.SUPPLIER_RECEIVABLE, -event.to_fund_minor, part),
        (Account.FUND_RECOVERABLE, event.to_fund_minor, part),
    )


def _supplier_repaid(event: e.SupplierRepaid) -> Entry:
    return entry(
        "supplier_repaid",
        event.currency,
        (Account.BANK, event.amount_minor, "wire"),
        (Account.DUE_BUYER, -event.amount_minor),
    )


def _recovery_booked(event: e.RecoveryBooked) -> Entry:
    """What the supplier's account gave back fills the fund and settles the debt; the buyer's part is due to it."""
    return entry(
        "recovery_booked",
        event.currency,
        (Account.PAYOUT_CLEARING, event.to_fund_minor + event.to_buyer_minor),
        (Account.GUARANTEE_FUND, -event.to_fund_minor),
        (Account.DUE_BUYER, -event.to_buyer_minor),
        (Account.SUPPLIER_RECEIVABLE, -event.to_fund_minor),
        (Account.FUND_RECOVERABLE, event.to_fund_minor),
    )


def _chargeback_cost_charged(event: e.ChargebackCostCharged) -> Entry:
    """The cost stays ours until it is paid back; who owes it is said beside it."""
    return entry(
        "chargeback_cost_charged",
        event.currency,
        (Account.SUPPLIER_RECEIVABLE, event.amount_minor, COST),
        (Account.FUND_RECOVERABLE, -event.amount_minor, COST),
    )


def _chargeback_cost_recovered(event: e.ChargebackCostRecovered) -> Entry:
    return entry(
        "chargeback_cost_recovered",
        event.currency,
        (Account.PAYOUT_CLEARING, event.amount_minor),
        (Account.PLATFORM_COST, -event.amount_minor, CHARGEBACK),
        (Account.SUPPLIER_RECEIVABLE, -event.amount_minor, COST),
        (Account.FUND_RECOVERABLE, event.amount_minor, COST),
    )


def _refund_confirmed(event: e.RefundConfirmed) -> Entry:
    return entry(
        "refund_confirmed",
        event.currency,
        (Account.DUE_BUYER, event.amount_minor),
        (Account.BANK, -event.amount_minor, event.rail),
    )


def _inspection_booked(event: e.InspectionBooked) -> Entry:
    return entry(
        "inspection_fee_advanced",
        event.currency,
        (Account.BANK, event.fee_minor, INSPECTION_RAIL),
        (Account.INSPECTION_FEE, -event.fee_minor),
    )


def _inspector_paid(event: e.InspectorPaid) -> Entry:
    return entry(
        "inspector_paid",
        event.currency,
        (Account.INSPECTION_FEE, event.amount_minor),
        (Account.BANK, -event.amount_minor, INSPECTION_RAIL),
    )


def _inspection_lapsed(event: e.InspectionLapsed) -> Entry:
    to_supplier = event.advanced_by is Party.SUPPLIER
    return entry(
        "inspection_lapsed",
        event.currency,
        (Account.INSPECTION_FEE, event.fee_minor),
        (Account.PAYOUT_CLEARING if to_supplier else Account.DUE_BUYER, -event.fee_minor),
    )


def _chargeback_ended(event: e.ChargebackEnded) -> Entry:
    """A lost chargeback has already gone to the buyer: what was not held is an advance until it is funded."""
    if event.outcome != "lost":
        return entry(
            "chargeback_fee",
            event.currency,
            (Account.PLATFORM_COST, event.fee_minor, CHARGEBACK),
            (Account.BANK, -event.fee_minor, CARD_RAIL),
        )
    unsent_minor = 0 if event.from_excess_minor is UNSET else sum(event.from_excess_minor.values())
    out_minor = event.price_minor + unsent_minor + event.buyer_owes_minor + event.fee_minor
    return entry(
        "chargeback_lost",
        event.currency,
        (Account.HELD, event.from_held_minor),
        (Account.DUE_BUYER, event.sought_minor + unsent_minor),
        (Account.BUYER_RECEIVABLE, event.buyer_owes_minor),
        (Account.PLATFORM_COST, event.fee_minor, CHARGEBACK),
        (Account.BANK, -out_minor, CARD_RAIL),
    )


def _buyer_debt_settled(event: e.BuyerDebtSettled) -> Entry:
    """What the buyer got twice is paid back, or becomes our cost."""
    side = (Account.PLATFORM_COST, event.amount_minor, CHARGEBACK)
    if not event.written_off:
        side = (Account.BANK, event.amount_minor, event.rail)
    name = "buyer_debt_written_off" if event.written_off else "buyer_debt_paid"
    return entry(name, event.currency, side, (Account.BUYER_RECEIVABLE, -event.amount_minor))


def _credit_honoured(event: e.CreditHonoured) -> Entry:
    """The money went from bank to supplier past us: the books only say so."""
    return entry(
        "credit_honoured",
        event.currency,
        (Account.CREDIT_PAID, event.amount_minor),
        (Account.CREDIT_DRAWN, -event.amount_minor),
    )


TEMPLATES: dict[type[e.Event], Callable[[Any], Entry]] = {
    e.PaymentReceived: _payment_received,
    e.PaymentSuspended: _payment_suspended,
    e.SuspenseReturned: _suspense_returned,
    e.PaymentReversed: _payment_reversed,
    e.ExcessKept: _excess_kept,
    e.CancellationUndone: _cancellation_undone,
    e.FundsReleased: _funds_released,
    e.RefundDecided: _refund_decided,
    e.RefundFunded: _refund_funded,
    e.SetOffCameLate: _set_off_came_late,
    e.SupplierRepaid: _supplier_repaid,
    e.RecoveryBooked: _recovery_booked,
    e.RefundConfirmed: _refund_confirmed,
    e.InspectionBooked: _inspection_booked,
    e.InspectorPaid: _inspector_paid,
    e.InspectionLapsed: _inspection_lapsed,
    e.ChargebackEnded: _chargeback_ended,
    e.ChargebackCostCharged: _chargeback_cost_charged,
    e.ChargebackCostRecovered: _chargeback_cost_recovered,
    e.BuyerDebtSettled: _buyer_debt_settled,
    e.CreditHonoured: _credit_honoured,
    **PAYMENT_FEES,
}
