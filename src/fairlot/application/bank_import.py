"""Booking a bank statement: each credit is matched by reference and booked once, whatever file it comes in again.

The payment's id and its command's id follow from the bank's own identity of the movement, so importing twice, or files
that overlap, changes nothing. Money that names no open order is handed back to the caller, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.order.standing import is_ended
from fairlot.domain.party import PROVIDER
from fairlot.providers.wire import (
    BankTransaction,
    Match,
    OpenOrder,
    Suggestion,
    Unmatched,
    match,
    read_bank_file,
    reference_for,
)
from fairlot.providers.wire.statement import Direction
from fairlot.store.streams import ids_with_status

RAIL = "wire"
# Orders that may still receive money by reference.
WAITING_STATUSES = ("agreed", "in_production", "shipped", "delivered", "cancelled")


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that went to its order, or would not go: `refused` is the code then."""

    transaction_key: str
    order_id: str
    amount_minor: int
    currency: str
    refused: str = ""
    is_new: bool = True


class LeftOver(msgspec.Struct, frozen=True, kw_only=True):
    """A credit that names no open order, why, and whom a person might ask about it."""

    transaction_key: str
    amount_minor: int
    currency: str
    why: str
    candidates: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file's movements."""

    statements: int
    booked: tuple[Booked, ...]
    left_over: tuple[LeftOver, ...]


def import_bank_file(data: bytes, *, desk: Desk) -> Imported:
    """Book a statement's credits. Raises BankFileRefused for a file that is not whole, and then nothing is booked."""
    statements = read_bank_file(data)
    booked: list[Booked] = []
    left_over: list[LeftOver] = []
    for statement in statements:
        incoming = [t for t in statement.transactions if t.direction is Direction.CREDIT]
        waiting = list(open_orders({t.currency for t in incoming}, desk=desk))
        for transaction in incoming:
            found = match(transaction, waiting)
            if isinstance(found, Match):
                booked.append(_book(transaction, found, desk))
            else:
                left_over.append(_left_over(transaction, found))
    return Imported(statements=len(statements), booked=tuple(booked), left_over=tuple(left_over))


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
        payment_id=derived_id("bank", transaction.key),
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
        command_id=derived_id("bank", transaction.key),
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


def _left_over(transaction: BankTransaction, found: Suggestion | Unmatched) -> LeftOver:
    candidates: tuple[str, ...] = ()
    if isinstance(found, Suggestion):
        candidates = tuple(candidate.order_id for candidate in found.candidates)
    return LeftOver(
        transaction_key=transaction.key,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        why=found.why.value,
        candidates=candidates,
    )
