"""Booking a bank statement: each credit is matched by reference and booked once, whatever file it comes in again.

The payment's id and its command's id follow from the bank's own identity of the movement, so importing twice, or files
that overlap, changes nothing; and where a movement goes is written once for ever before anything is booked, so two imports
of one instant book it once, whatever each made of it. Money that names no open order, or that its order refuses, waits in suspense for a person,
never guessed. A debit that bears the id of a transfer that we asked for is the bank's confirmation of it; a return of one
says that it failed. What is refused of one movement holds up no other.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.application.money import suspense
from fairlot.application.money.transfers import find_transfer, record_answer, transfer_name
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.standing import is_ended
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
    concerned_orders,
    match,
    match_payout,
    read_bank_file,
    reference_for,
)
from fairlot.providers.wire.statement import Direction
from fairlot.store.bank_movements import (
    IN_PARTS,
    TO_ORDER,
    TO_SUSPENSE,
    Destination,
    claim_movement,
    send_to_suspense,
)
from fairlot.store.streams import StoredCommand, find_command, order_ids_in_currencies

RAIL = "wire"
# It waited before the order that it names did, or that order would not take it.
MATCHED_SINCE = "matched_since"
ORDER_REFUSED = "order_refused"
# Orders that may still receive money by reference.
WAITING_STATUSES = ("agreed", "in_production", "shipped", "delivered", "cancelled")

_SUSPENSE = Destination(goes_to=TO_SUSPENSE)
_PARTS = Destination(goes_to=IN_PARTS)


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


class KnownOtherwise(msgspec.Struct, frozen=True, kw_only=True):
    """A credit of a batch that came before as one sum, and now in parts, or the reverse: it is not booked again."""

    transaction_key: str
    amount_minor: int
    currency: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file's movements."""

    statements: int
    booked: tuple[Booked, ...]
    left_over: tuple[LeftOver, ...]
    confirmed: tuple[Confirmed, ...] = ()
    known_otherwise: tuple[KnownOtherwise, ...] = ()


Taken = Booked | LeftOver | KnownOtherwise


def import_bank_file(data: bytes, *, desk: Desk) -> Imported:
    """Book a statement's movements. Raises BankFileRefused for a file that is not whole, and then nothing is booked."""
    statements = read_bank_file(data)
    taken: list[Taken] = []
    confirmed: list[Confirmed] = []
    for statement in statements:
        incoming = [t for t in statement.transactions if t.direction is Direction.CREDIT]
        waiting = open_orders(incoming, desk=desk)
        for transaction in statement.transactions:
            ours = _confirm(transaction, desk)
            if ours is not None:
                confirmed.append(ours)
            elif transaction.direction is Direction.CREDIT and transaction.amount_minor > 0:
                taken += _take(transaction, waiting, desk)
    return Imported(
        statements=len(statements),
        booked=tuple(one for one in taken if isinstance(one, Booked)),
        left_over=tuple(one for one in taken if isinstance(one, LeftOver)),
        confirmed=tuple(confirmed),
        known_otherwise=tuple(one for one in taken if isinstance(one, KnownOtherwise)),
    )


def _take(
    transaction: BankTransaction, waiting: Sequence[OpenOrder], desk: Desk
) -> Sequence[Taken]:
    """Book money where it goes, or let it wait; what waits or waited is a person's to place, not the next file's.

    What an order has taken is its own for ever, though it closed since and waits for nothing any more.
    """
    found = match(transaction, waiting)
    goes = _destination(transaction, found, desk)
    if goes is None:
        return [
            KnownOtherwise(
                transaction_key=transaction.key,
                amount_minor=transaction.amount_minor,
                currency=transaction.currency,
            )
        ]
    taken: list[Taken] = []
    why = MATCHED_SINCE if isinstance(found, Match) else found.why.value
    if goes.goes_to == TO_ORDER:
        booked = _book(transaction, goes.order_id, found, desk)
        if not booked.refused:
            return [booked]
        why = ORDER_REFUSED
        taken.append(booked)
        with desk.connect() as connection:
            send_to_suspense(connection, transaction.key, booking_id(transaction.key))
    status = suspense.find_suspended(transaction.key, desk)
    if status is SuspenseStatus.UNKNOWN:
        taken_in = suspense.take_in(transaction, why, desk)
        # Another import of the same instant took it in, for another reason or in the bank's other words.
        if taken_in.code is not Code.COMMAND_ID_REUSED:
            taken_in.unwrap()
    if status in {SuspenseStatus.UNKNOWN, SuspenseStatus.WAITING}:
        taken.append(_left_over(transaction, found, why))
    return taken


def _destination(
    transaction: BankTransaction, found: Match | Suggestion | Unmatched, desk: Desk
) -> Destination | None:
    """Return where a movement goes, to what it names unless somebody sent it elsewhere before; None if it was booked otherwise.

    A part of a batch first claims that the whole goes in parts, and so bars the whole, or finds itself barred by it.
    """
    wanted = _SUSPENSE
    if isinstance(found, Match):
        wanted = Destination(goes_to=TO_ORDER, order_id=found.order_id)
    with desk.connect() as connection:
        if transaction.key != transaction.entry_key:
            whole = claim_movement(connection, transaction.entry_key, _PARTS)
            if whole != _PARTS:
                return None
        goes = claim_movement(connection, transaction.key, wanted)
    return None if goes == _PARTS else goes


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


def open_orders(incoming: Sequence[BankTransaction], *, desk: Desk) -> list[OpenOrder]:
    """Return what waits for money and may be meant: every instalment of orders that are not over, or cancelled as unpaid.

    All their ids are looked through, but only the stories of those are read whose references the payers wrote, or nearly.
    """
    with desk.connect() as connection:
        ids = order_ids_in_currencies(
            connection,
            statuses=WAITING_STATUSES,
            currencies={transaction.currency for transaction in incoming},
        )
    return [
        instalment
        for order_id in concerned_orders(incoming, ids)
        for instalment in _instalments(order_id, desk)
    ]


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


def _book(
    transaction: BankTransaction,
    order_id: str,
    found: Match | Suggestion | Unmatched,
    desk: Desk,
) -> Booked:
    recorded = _recorded(transaction, order_id, desk)
    is_new = False
    if recorded is None:
        names_several = isinstance(found, Match) and len(found.instalments) > 1
        command = RecordPayment(
            payment_id=booking_id(transaction.key),
            rail=RAIL,
            amount_minor=transaction.amount_minor,
            currency=transaction.currency,
            booked_at=transaction.booked_at,
            booked_date=None if transaction.booked_at is not None else transaction.booked_date,
            for_all_instalments=names_several,
        )
        outcome = desk.ask_order(order_id, command, command_id=booking_id(transaction.key))
        is_new = outcome.is_recorded and not outcome.is_replay
        # Another import may have come first and told the same movement in other words: what is recorded counts.
        recorded = _recorded(transaction, order_id, desk)
        assert recorded is not None, "what a bank reports leaves a trace, whatever came of it"
    return Booked(
        transaction_key=transaction.key,
        order_id=order_id,
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        refused=recorded.refusal_code or "",
        is_new=is_new,
    )


def _recorded(transaction: BankTransaction, order_id: str, desk: Desk) -> StoredCommand | None:
    with desk.connect() as connection:
        command_id = booking_id(transaction.key)
        return find_command(connection, desk.orders.family, order_id, command_id)


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
