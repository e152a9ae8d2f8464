"""Bank money that names no order: a queue for a person, who assigns it to an order or sends it back (ruling A14).

The movement's id follows from the bank's own identity of it, and so do the ids of everything that is asked of it, so
importing twice, assigning twice or returning twice changes nothing.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.application.money.transfers import TRANSFER_RAIL, send
from fairlot.application.outcome import Outcome
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.party import Actor
from fairlot.domain.suspense import commands as c
from fairlot.domain.suspense.events import Assigned, AssignmentUndone
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.providers.outward import Payee, Transfer
from fairlot.providers.wire import BankTransaction
from fairlot.store import suspense as entries
from fairlot.store.outbox import OutboxMessage

RAIL = "wire"
ID_HASH_SIGNS = 40


class Unmatched(msgspec.Struct, frozen=True, kw_only=True):
    """One movement that waits: what the bank said of it (nothing once erased), why it named no order, until when."""

    suspense_id: str
    amount_minor: int
    currency: str
    booked_date: dt.date | None
    why: str
    return_at: dt.datetime | None
    sender: str = ""
    remittance: str = ""
    references: tuple[str, ...] = ()


def suspense_id_for(transaction_key: str) -> str:
    """Return the id of the movement that a bank's entry is."""
    return "sus_" + content_hash(transaction_key.encode()).hex()[:ID_HASH_SIGNS]


def take_in(transaction: BankTransaction, why: str, desk: Desk) -> Outcome:
    """Take unmatched money into the platform's suspense with what the bank said of it, once for ever.

    Who comes second with another reason, or in the bank's other words, finds it taken in (`command_id_reused`).
    """
    suspense_id = suspense_id_for(transaction.key)
    entry = msgspec.json.encode(transaction, order="sorted")
    with desk.connect() as connection:
        # What is told of it again, and otherwise, is not what the record's hash is of.
        entry = entries.keep_entry(connection, suspense_id, entry) or entry
    command = c.TakeIn(
        amount_minor=transaction.amount_minor,
        currency=transaction.currency,
        rail=RAIL,
        booked_date=transaction.booked_date,
        booked_at=transaction.booked_at,
        why=why,
        entry_hash=content_hash(entry).hex(),
    )
    return desk.ask_suspense(suspense_id, command, command_id=derived_id("bank", transaction.key))


def find_suspended(transaction_key: str, desk: Desk) -> SuspenseStatus:
    """Return where a bank's entry stands in suspense; unknown for one that never was there."""
    return desk.read_suspense(suspense_id_for(transaction_key))[0].status


def unmatched(
    desk: Desk, *, after: str = "", limit: int = entries.QUEUE_MAX
) -> tuple[Unmatched, ...]:
    """Return the queue: what waits for a person, the oldest first, after one of them."""
    with desk.connect() as connection:
        ids = entries.waiting_ids(connection, after=after, limit=limit)
        kept = {one: entries.find_entry(connection, one) for one in ids}
    return tuple(_shown(one, kept[one], desk) for one in ids)


def _shown(suspense_id: str, entry: bytes | None, desk: Desk) -> Unmatched:
    state, _ = desk.read_suspense(suspense_id)
    shown = Unmatched(
        suspense_id=suspense_id,
        amount_minor=state.amount_minor,
        currency=state.currency,
        booked_date=state.booked_date,
        why=state.why,
        return_at=state.return_at,
    )
    if entry is None:
        return shown
    said = msgspec.json.decode(entry, type=BankTransaction)
    return msgspec.structs.replace(
        shown,
        sender=said.debtor.name or "",
        remittance=" ".join(said.remittance_lines),
        references=said.creditor_references,
    )


def assign(
    suspense_id: str, order_id: str, *, actor: Actor, command_id: str, desk: Desk
) -> Outcome:
    """Give unmatched money to an order. The answer is the order's: a refusal leaves the money in the queue."""
    asked = desk.ask_suspense(
        suspense_id, c.Assign(order_id=order_id), command_id=command_id, actor=actor
    )
    if not asked.is_done:
        return asked
    return _book(suspense_id, desk)


def assignment_id(suspense_id: str, order_id: str, desk: Desk) -> str:
    """Return the id under which an assignment is asked: the same until the order refused it, then another."""
    _, events = desk.read_suspense(suspense_id)
    tries = sum(isinstance(event, AssignmentUndone) for event in events)
    return derived_id("assign", suspense_id, order_id, str(tries))


def return_id(suspense_id: str, desk: Desk) -> str:
    """Return the id under which a return is asked: another one once an order refused the money meanwhile."""
    _, events = desk.read_suspense(suspense_id)
    tries = sum(isinstance(event, AssignmentUndone) for event in events)
    return derived_id("return", suspense_id, str(tries))


def send_back(suspense_id: str, *, actor: Actor, command_id: str, desk: Desk) -> Outcome:
    """Have unmatched money go back to who sent it; the worker sends it."""
    return desk.ask_suspense(suspense_id, c.SendBack(), command_id=command_id, actor=actor)


def book_assigned(desk: Desk, message: OutboxMessage) -> None:
    """Book what was assigned to its order, whether or not whoever assigned it already did."""
    _book(message.place.aggregate_id, desk)


def _book(suspense_id: str, desk: Desk) -> Outcome:
    """Ask the order to take the latest assignment as a payment; what it refuses waits in the queue again."""
    state, events = desk.read_suspense(suspense_id)
    number = sum(isinstance(event, Assigned) for event in events)
    order_id = next(event.order_id for event in reversed(events) if isinstance(event, Assigned))
    payment = RecordPayment(
        payment_id=derived_id("suspense", suspense_id),
        rail=state.rail,
        amount_minor=state.amount_minor,
        currency=state.currency,
        booked_at=state.booked_at,
        booked_date=None if state.booked_at is not None else state.booked_date,
    )
    step = derived_id("assigned", suspense_id, str(number))
    outcome = desk.ask_order(order_id, payment, command_id=step)
    if outcome.code is not None and state.status is SuspenseStatus.ASSIGNED:
        undo = c.UndoAssignment(order_id=order_id, code=outcome.code.value)
        desk.ask_suspense(suspense_id, undo, command_id=derived_id("undo", step))
    return outcome


def return_transfer(suspense_id: str, *, amount_minor: int, currency: str) -> Transfer:
    """Return what a provider is asked for money that goes back, the same however often it is asked."""
    return Transfer(
        key=f"back_{suspense_id}",
        payee=Payee.SENDER,
        aggregate_id=suspense_id,
        reference=suspense_id,
        amount_minor=amount_minor,
        currency=currency,
        rail=TRANSFER_RAIL,
    )


def send_money_back(desk: Desk, message: OutboxMessage) -> None:
    """Send money back that is still to go."""
    suspense_id = message.place.aggregate_id
    state, _ = desk.read_suspense(suspense_id)
    if state.status is SuspenseStatus.GOING_BACK:
        amount_minor, currency = state.amount_minor, state.currency
        send(desk, return_transfer(suspense_id, amount_minor=amount_minor, currency=currency))
