"""Money that leaves: sent under a name that never changes, and booked when the provider says how far it is.

What a provider answers at once and what it reports later come the same way, so a report that overtakes its answer, or
repeats it, changes nothing.
"""

from __future__ import annotations

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.domain.audit.canonical import canonical_bytes, content_hash
from fairlot.domain.order import commands as order
from fairlot.domain.payout import commands as payout
from fairlot.domain.payout.state import Payout, PayoutAccount
from fairlot.domain.suspense import commands as suspense
from fairlot.providers.outward import Answer, Payee, Progress, Transfer
from fairlot.providers.wire import bank_id_for
from fairlot.providers.wire.references import compact
from fairlot.store.suspense import find_sent, keep_sent

# Payouts leave our bank account by transfer; so does money that came in by no single way.
TRANSFER_RAIL = "wire"
# Banks carry 35 signs; these are enough that no two payouts ever share a name.
PAYOUT_NAME_HASH_SIGNS = 26


def send(desk: Desk, transfer: Transfer) -> None:
    """Ask the provider to move the money, once for its key, and book what it answers."""
    remember(desk, transfer)
    record_answer(desk, transfer, desk.money.send(transfer))


def remember(desk: Desk, transfer: Transfer) -> None:
    """Keep under which id a bank is asked for a transfer, before it is asked."""
    with desk.connect() as connection:
        keep_sent(
            connection,
            bank_name(transfer),
            canonical_bytes(transfer),
            at=desk.path.clock(),
        )


def bank_name(transfer: Transfer) -> str:
    """Return the id by which banks know a transfer, in the letters and digits alone that all of them leave as they are."""
    return compact(bank_id_for(transfer_name(transfer)))


def transfer_name(transfer: Transfer) -> str:
    """Return the name that goes to the bank with a transfer: a payout's own, any other's by what it pays."""
    if transfer.payee is Payee.SUPPLIER:
        return transfer.key
    named = content_hash(transfer.key.encode()).hex()
    return f"{transfer.payee.value[:3]}_{named[:PAYOUT_NAME_HASH_SIGNS]}"


def find_transfer(desk: Desk, end_to_end_id: str) -> Transfer | None:
    """Return the transfer that a bank's entry names by the id we gave it, or None."""
    with desk.connect() as connection:
        found = find_sent(connection, compact(end_to_end_id))
    return None if found is None else msgspec.json.decode(found, type=Transfer)


def record_answer(desk: Desk, transfer: Transfer, answer: Answer) -> None:
    """Book how far a transfer is, now or later. Raises Refused, for a refund that is not due any more."""
    match transfer.payee:
        case Payee.SUPPLIER:
            _record_payout(desk, transfer, answer)
        case Payee.BUYER if answer.progress is Progress.CONFIRMED:
            refunded = order.RecordRefundConfirmed(
                refund_id=transfer.reference, amount_minor=transfer.amount_minor, rail=answer.rail
            )
            _ask_order(desk, transfer, refunded)
        case Payee.INSPECTOR if answer.progress is Progress.CONFIRMED:
            _ask_order(desk, transfer, order.RecordInspectorPaid(inspection_id=transfer.reference))
        case Payee.SENDER if answer.progress is Progress.CONFIRMED:
            sent_back = suspense.RecordSentBack(rail=answer.rail)
            command_id = confirmation_id(transfer.key)
            desk.ask_suspense(transfer.aggregate_id, sent_back, command_id=command_id).unwrap()
        case Payee.BUYER | Payee.INSPECTOR | Payee.SENDER:
            # What has not left is still due, and its clock runs.
            return


def confirmation_id(key: str) -> str:
    """Return the id under which an order, or money that names none, is told that a transfer left."""
    return derived_id(key, Progress.CONFIRMED.value)


def payout_transfer(account_id: str, account: PayoutAccount, sent: Payout) -> Transfer:
    """Return what a provider is asked for a payout, the same however often it is asked."""
    return Transfer(
        key=payout_name(account_id, sent.id),
        payee=Payee.SUPPLIER,
        aggregate_id=account_id,
        reference=sent.id,
        amount_minor=sent.amount_minor,
        currency=account.currency,
        rail=TRANSFER_RAIL,
        account_hash=sent.account_hash,
    )


def payout_name(account_id: str, payout_id: str) -> str:
    """Return the name by which banks and processors know a payout; it comes back in their statements."""
    named = content_hash(account_id.encode(), payout_id.encode()).hex()
    return f"pay_{named[:PAYOUT_NAME_HASH_SIGNS]}"


def _ask_order(desk: Desk, transfer: Transfer, command: order.OrderCommand) -> None:
    command_id = confirmation_id(transfer.key)
    desk.ask_order(transfer.aggregate_id, command, command_id=command_id).unwrap()


def _record_payout(desk: Desk, transfer: Transfer, answer: Answer) -> None:
    command: payout.PayoutCommand
    match answer.progress:
        case Progress.WAITING:
            return
        case Progress.SENT:
            command = payout.RecordPayoutSent(payout_id=transfer.reference)
        case Progress.CONFIRMED:
            command = payout.RecordPayoutConfirmed(payout_id=transfer.reference, rail=answer.rail)
        case Progress.FAILED:
            command = payout.RecordPayoutFailed(
                payout_id=transfer.reference,
                rail=answer.rail,
                reason_code=answer.reason_code,
                charges_minor=answer.charges_minor,
            )
    command_id = derived_id(
        transfer.key, answer.progress.value, content_hash(canonical_bytes(command)).hex()
    )
    desk.ask_account(transfer.aggregate_id, command, command_id=command_id).unwrap()
