"""Booking a bank statement: each credit is matched by reference and booked once, whatever file it comes in again.

The payment's id and its command's id follow from the bank's own identity of the movement, so importing twice, or files
that overlap, changes nothing. Money that names no open order, or that its order refuses, waits in suspense for a person,
never guessed. A debit that bears the id of a transfer that we asked for is the bank's confirmation of it; a return of one
says that it failed. What is refused of one movement holds up no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.application.money import suspense
from fairlot.application.money.transfers import find_transfer, record_answer, transfer_name
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.standing import is_ended
from fairlot.domain.party import PROVIDER
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.providers.outward import Answer, Payee, Progress
from fairlot.providers.wire import (
    BankTransaction,
    Match,
    OpenOrder,
    PayoutConfirmed,
    PayoutReturned,
    SentPayout,
    Suggestion,
    Unmatched,
    match,
    match_payout,
    read_bank_file,
    reference_for,
)
from fairlot.providers.wire.statement import Direction
from fairlot.store.bank_bookings import find_booking
from fairlot.store.streams import ids_with_status

RAIL = "wire"
# It waited before the order that it names did, or that order would not take it.
MATCHED_SINCE = "matched_since"
ORDER_REFUSED = "order_refused"
# Orders that may still receive money by reference.
WAITING_STATUSES = ("agreed", "in_production", "shipped", "delivered", "cancelled")


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that went to its order, or would not go: `refused` is the code then, and it waits in suspense."""

    transaction_key: str
    order_id: str
    amount_minor: int
    currency: str
    refused: str = ""
    is_new: bool = True


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer of ours that the bank confirms, or brings back: to whom it went and for what.

    `refused` is the code where that was not due any more: money left that nobody was owed, and a person has to look.
    """

    transaction_key: str
    payee: str
    aggregate_id: str
    reference: str
    amount_minor: int
    currency: str
    came_back: bool = False
    refused: str = ""


class LeftOver(msgspec.Struct, frozen=True, kw_only=True):
    """A credit that names no open order, why, and whom a person might ask about it; it waits under `suspense_id`."""

    transaction_key: str
    suspense_id: str
    amount_minor: int
    currency: str
    why: str
    candidates: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file's movements."""

    statements: int
    booked: tuple[Booked, ...]
    left_over: tuple[LeftOver, ...]
    confirmed: tuple[Confirmed, ...] = ()


def import_bank_file(data: bytes, *, desk: Desk) -> Imported:
    """Book a statement's movements. Raises BankFileRefused for a file that is not whole, and then nothing is booked."""
    statements = read_bank_file(data)
    booked: list[Booked] = []
    left_over: list[LeftOver] = []
    confirmed: list[Confirmed] = []
    for statement in statements:
        incoming = [t for t in statement.transactions if t.direction is Direction.CREDIT]
        waiting = list(open_orders({t.currency for t in incoming}, desk=desk))
        for transaction in statement.transactions:
            ours = _confirm(transaction, desk)
            if ours is not None:
                confirmed.append(ours)
            elif transaction.direction is Direction.CREDIT and transaction.amount_minor > 0:
                _take(transaction, waiting, booked, left_over, desk)
    return Imported(
        statements=len(statements),
        booked=tuple(booked),
        left_over=tuple(left_over),
        confirmed=tuple(confirmed),
    )


def _take(
    transaction: BankTransaction,
    waiting: Sequence[OpenOrder],
    booked: list[Booked],
    left_over: list[LeftOver],
    desk: Desk,
) -> None:
    """Book money to the order it names, or let it wait; what waits or waited is a person's to place, not the next file's.

    What an order has taken is its own for ever, though it closed since and waits for nothing any more.
    """
    taken = _booked_before(transaction, desk)
    if taken is not None:
        booked.append(taken)
        return
    status = suspense.find_suspended(transaction.key, desk)
    if status not in {SuspenseStatus.UNKNOWN, SuspenseStatus.WAITING}:
        return
    found = match(transaction, waiting)
    why = found.why.value if not isinstance(found, Match) else MATCHED_SINCE
    if isinstance(found, Match) and status is SuspenseStatus.UNKNOWN:
        booked.append(_book(transaction, found, desk))
        if not booked[-1].refused:
            return
        why = ORDER_REFUSED
    if status is SuspenseStatus.UNKNOWN:
        suspense.take_in(transaction, why, desk).unwrap()
    left_over.append(_left_over(transaction, found, why))


def _booked_before(transaction: BankTransaction, desk: Desk) -> Booked | None:
    with desk.connect() as connection:
        order_id = find_booking(connection, booking_id(transaction.key))
    if order_id is None:
        return None
    return Booked(
        transaction_key=transaction.key,
        order_id=order_id,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        is_new=False,
    )


def booking_id(transaction_key: str) -> str:
    """Return the id of the command, and of the payment, by which a movement is booked."""
    return derived_id("bank", transaction_key)


def _confirm(transaction: BankTransaction, desk: Desk) -> Confirmed | None:
    """Book what the bank says of a transfer that it names by our id, or None if it names none of ours (R23)."""
    transfer = find_transfer(desk, transaction.end_to_end_id or "")
    if transfer is None:
        return None
    asked = SentPayout(
        payout_id=transfer_name(transfer),
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
    )
    found = match_payout(transaction, [asked])
    came_back = isinstance(found, PayoutReturned) and transfer.payee is Payee.SUPPLIER
    if came_back:
        reason = transaction.return_reason
        answer = Answer(
            progress=Progress.FAILED,
            rail=RAIL,
            reason_code=(reason.code if reason is not None else None) or "returned",
            charges_minor=max(0, transfer.amount_minor - transaction.amount_minor),
        )
    elif isinstance(found, PayoutConfirmed):
        answer = Answer(progress=Progress.CONFIRMED, rail=RAIL)
    else:
        return None
    try:
        record_answer(desk, transfer, answer)
        refused = ""
    except Refused as refusal:
        refused = refusal.code.value
    return Confirmed(
        transaction_key=transaction.key,
        payee=transfer.payee.value,
        aggregate_id=transfer.aggregate_id,
        reference=transfer.reference,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        came_back=came_back,
        refused=refused,
    )


def open_orders(currencies: set[str], *, desk: Desk) -> Iterator[OpenOrder]:
    """Yield what waits for money: every instalment of every order that is not over, and those cancelled as unpaid."""
    for currency in sorted(currencies):
        with desk.connect() as connection:
            ids = [
                order_id
                for status in WAITING_STATUSES
                for order_id in ids_with_status(
                    connection, desk.orders.family, status=status, currency=currency
                )
            ]
        for order_id in ids:
            yield from _instalments(order_id, desk)


def _instalments(order_id: str, desk: Desk) -> Sequence[OpenOrder]:
    order = desk.read_order(order_id).order
    if order.terms is None or (is_ended(order) and not order.cancelled_by_clock):
        return ()
    return [
        OpenOrder(
            order_id=order_id,
            instalment=number,
            reference=reference_for(order_id, number),
            due_minor=instalment.amount_minor,
            currency=order.terms.currency,
        )
        for number, instalment in enumerate(order.terms.instalments, start=1)
    ]


def _book(transaction: BankTransaction, found: Match, desk: Desk) -> Booked:
    command = RecordPayment(
        payment_id=booking_id(transaction.key),
        rail=RAIL,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        booked_at=transaction.booked_at,
        booked_date=None if transaction.booked_at is not None else transaction.booked_date,
        for_all_instalments=len(found.instalments) > 1,
    )
    outcome = desk.ask_order(
        found.order_id,
        command,
        command_id=booking_id(transaction.key),
        actor=PROVIDER,
    )
    return Booked(
        transaction_key=transaction.key,
        order_id=found.order_id,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        refused="" if outcome.code is None else outcome.code.value,
        is_new=not outcome.is_replay,
    )


def _left_over(
    transaction: BankTransaction, found: Match | Suggestion | Unmatched, why: str
) -> LeftOver:
    candidates: tuple[str, ...] = ()
    match found:
        case Suggestion():
            candidates = tuple(candidate.order_id for candidate in found.candidates)
        case Match():
            candidates = (found.order_id,)
        case Unmatched():
            pass
    return LeftOver(
        transaction_key=transaction.key,
        suspense_id=suspense.suspense_id_for(transaction.key),
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        why=why,
        candidates=candidates,
    )
