"""Decisions about what a supplier is owed and owes: credits, set-offs, recoveries; each source counts once for ever."""

from __future__ import annotations

from fairlot.domain.calendar import after_days
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.asked import Asked, check_amount, check_new
from fairlot.domain.payout.events import (
    PayableCredited,
    PayoutEvent,
    ReceivableRaised,
    SetOffReturned,
    SetOffTaken,
    SupplierPaidIn,
    WriteOffBooked,
)
from fairlot.domain.payout.evolve import (
    credit_name,
    paid_in_name,
    receivable_name,
    set_off_name,
    write_off_name,
)
from fairlot.domain.payout.moves import Moves, add_recoveries, move_on
from fairlot.domain.payout.state import PayoutAccount


def credit_payable(
    account: PayoutAccount, command: c.CreditPayable, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Credit what an order released; debts come off first, the rest goes out by itself."""
    check_amount(command.amount_minor)
    check_new(account, credit_name(command.order_id, command.source_seq))
    moves = Moves(account)
    moves.add(
        PayableCredited(
            at=asked.now,
            order_id=command.order_id,
            source_seq=command.source_seq,
            amount_minor=command.amount_minor,
            currency=account.currency,
            zone=command.zone,
        )
    )
    move_on(moves, at=asked.now, rules=asked.rules)
    return moves.made()


def record_paid_in(
    account: PayoutAccount, command: c.RecordSupplierPaidIn, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Take what the supplier paid in as its credit: debts come off it, what is over goes back."""
    check_amount(command.amount_minor)
    check_new(account, paid_in_name(command.paid_in_id))
    moves = Moves(account)
    moves.add(
        SupplierPaidIn(
            at=asked.now,
            paid_in_id=command.paid_in_id,
            rail=command.rail,
            amount_minor=command.amount_minor,
            currency=account.currency,
        )
    )
    move_on(moves, at=asked.now, rules=asked.rules)
    return moves.made()


def take_set_off(
    account: PayoutAccount, command: c.TakeSetOff, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Answer at once with what is there, be it nothing: the refund waits for the answer (ruling A21)."""
    check_amount(command.amount_minor_max)
    check_new(account, set_off_name(command.order_id, command.refund_id))
    return (
        SetOffTaken(
            at=asked.now,
            order_id=command.order_id,
            refund_id=command.refund_id,
            asked_minor=command.amount_minor_max,
            amount_minor=min(account.available_minor, command.amount_minor_max),
            currency=account.currency,
        ),
    )


def return_set_off(
    account: PayoutAccount, command: c.ReturnSetOff, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Give a set-off back, or the part of it that the refund did not need any more."""
    key = (command.order_id, command.refund_id)
    taken = next((s for s in account.set_offs if (s.order_id, s.refund_id) == key), None)
    if taken is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=set_off_name(*key))
    check_amount(command.amount_minor)
    due_minor = taken.amount_minor
    refuse_if(command.amount_minor > due_minor, Code.MORE_THAN_DUE, due_minor=due_minor)
    moves = Moves(account)
    moves.add(
        SetOffReturned(
            at=asked.now,
            order_id=taken.order_id,
            refund_id=taken.refund_id,
            amount_minor=command.amount_minor,
            currency=account.currency,
        )
    )
    move_on(moves, at=asked.now, rules=asked.rules)
    return moves.made()


def raise_receivable(
    account: PayoutAccount, command: c.RaiseReceivable, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Hold the supplier to a debt, and take at once what it can pay of it."""
    amounts = (command.fund_minor, command.uncovered_minor, command.cost_minor)
    refuse_if(min(amounts) < 0, Code.AMOUNT_NOT_POSITIVE)
    check_amount(sum(amounts))
    check_new(account, receivable_name(command.order_id, command.refund_id))
    moves = Moves(account)
    moves.add(
        ReceivableRaised(
            at=asked.now,
            order_id=command.order_id,
            refund_id=command.refund_id,
            fund_minor=command.fund_minor,
            uncovered_minor=command.uncovered_minor,
            cost_minor=command.cost_minor,
            currency=account.currency,
            reminder_days=command.reminder_days,
            remind_at=after_days(asked.now, command.reminder_days),
            write_off_at=after_days(asked.now, command.write_off_days),
        )
    )
    add_recoveries(moves, at=asked.now)
    return moves.made()


def book_write_off(
    account: PayoutAccount, command: c.BookWriteOff, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Take what was written off out of the books, once for the event that said so."""
    check_new(account, write_off_name(command.order_id, command.source_seq))
    check_amount(sum(command.amounts_minor.values()))
    return (
        WriteOffBooked(
            at=asked.now,
            order_id=command.order_id,
            source_seq=command.source_seq,
            amounts_minor=command.amounts_minor,
            currency=account.currency,
        ),
    )
