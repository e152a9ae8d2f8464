"""postings_for(): what an event of a supplier's account means in money; from the event alone, always balanced.

What leaves an order through `PAYOUT_CLEARING` arrives here through it, and what goes back leaves the same way, so over
orders and accounts together clearing comes to nothing. The debt itself stands in the order's postings; here it only
ends, when it is written off.
"""

from __future__ import annotations

from fairlot.domain.ledger.accounts import Account, Entry, entry
from fairlot.domain.payout import events as e

RULES_VERSION = 1
RETURN_CHARGES = "payout"


def postings_for(event: e.PayoutEvent) -> tuple[Entry, ...]:
    """Return the entries of an event; events without money have none."""
    made = _entry(event)
    return (made,) if made is not None and made.postings else ()


def _entry(event: e.PayoutEvent) -> Entry | None:
    match event:
        case e.PayableCredited():
            return entry(
                "payable_credited",
                event.currency,
                (Account.PAYOUT_CLEARING, event.amount_minor),
                (Account.SUPPLIER_PAYABLE, -event.amount_minor),
            )
        case e.SupplierPaidIn():
            return entry(
                "supplier_paid_in",
                event.currency,
                (Account.BANK, event.amount_minor, event.rail),
                (Account.SUPPLIER_PAYABLE, -event.amount_minor),
            )
        case e.SetOffTaken():
            return _to_clearing("set_off_taken", event.amount_minor, event.currency)
        case e.SetOffReturned():
            return _to_clearing("set_off_returned", -event.amount_minor, event.currency)
        case e.RecoveryTaken():
            return _to_clearing("recovery_taken", event.amount_minor, event.currency)
        case e.WriteOffBooked():
            return _written_off(event)
        case e.PayoutConfirmed():
            return entry(
                "payout_confirmed",
                event.currency,
                (Account.SUPPLIER_PAYABLE, event.amount_minor),
                (Account.BANK, -event.amount_minor, event.rail),
            )
        case e.PayoutFailed():
            return _payout_failed(event)
        case (
            e.AccountOpened()
            | e.AccountChanged()
            | e.AccountVerified()
            | e.AccountRevoked()
            | e.ReceivableRaised()
            | e.ReceivableReminded()
            | e.ReceivableWrittenOff()
            | e.PayoutInstructed()
            | e.PayoutSent()
            | e.PayoutAwaited()
            | e.PlatformBreached()
        ):
            return None


def _to_clearing(template: str, amount_minor: int, currency: str) -> Entry:
    return entry(
        template,
        currency,
        (Account.SUPPLIER_PAYABLE, amount_minor),
        (Account.PAYOUT_CLEARING, -amount_minor),
    )


def _written_off(event: e.WriteOffBooked) -> Entry:
    """The fund bore the loss when it paid; now the supplier's debt and the hope of it leave the books together."""
    lines = [
        line
        for part, amount_minor in sorted(event.amounts_minor.items())
        for line in (
            (Account.SUPPLIER_RECEIVABLE, -amount_minor, part),
            (Account.FUND_RECOVERABLE, amount_minor, part),
        )
    ]
    return entry("receivable_written_off", event.currency, *lines)


def _payout_failed(event: e.PayoutFailed) -> Entry:
    """Money that had left is back and owed again; what the banks kept is the platform's cost, whenever it is told."""
    back_minor = event.amount_minor if event.was_confirmed else 0
    return entry(
        "payout_failed",
        event.currency,
        (Account.BANK, back_minor - event.charges_minor, event.rail),
        (Account.PLATFORM_COST, event.charges_minor, RETURN_CHARGES),
        (Account.SUPPLIER_PAYABLE, -back_minor),
    )
