"""Decisions about money that a buyer got twice: its debt, and the block of its card until the debt is gone (ruling A76)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import Asked
from fairlot.domain.order.commands import RecordCardBlock, RecordDebtPaid, WriteOffDebt
from fairlot.domain.order.events import BuyerDebtSettled, CardBlocked, CardUnblocked, OrderEvent
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Order
from fairlot.domain.policy.model import Rail


def record_debt_paid(order: Order, command: RecordDebtPaid, asked: Asked) -> tuple[OrderEvent, ...]:
    """Book what the buyer paid of it; more than is owed is no payment of this debt."""
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    owed_minor = order.funds.paid_twice_minor
    refuse_if(command.amount_minor > owed_minor, Code.MORE_THAN_DUE, due_minor=owed_minor)
    return (
        BuyerDebtSettled(
            at=asked.now,
            amount_minor=command.amount_minor,
            currency=terms_of(order).currency,
            rail=command.rail,
            written_off=False,
        ),
    )


def write_off_debt(order: Order, command: WriteOffDebt, asked: Asked) -> tuple[OrderEvent, ...]:
    """Give up all that is still owed of it, with a written reason: it becomes the platform's cost."""
    refuse_if(not command.reason_hash, Code.REASON_MISSING)
    owed_minor = order.funds.paid_twice_minor
    refuse_if(owed_minor == 0, Code.MORE_THAN_DUE, due_minor=0)
    return (
        BuyerDebtSettled(
            at=asked.now,
            amount_minor=owed_minor,
            currency=terms_of(order).currency,
            rail="",
            written_off=True,
        ),
    )


def record_card_block(
    order: Order, command: RecordCardBlock, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Note the block or its end, once; what the debt is and on which order stays on that order."""
    refuse_if(command.since == order.card_blocked_at, Code.CARD_BLOCK_STANDS)
    if command.since is None:
        return (CardUnblocked(at=asked.now),)
    return (CardBlocked(at=asked.now, since=command.since),)


def blocked_ways(order: Order) -> tuple[Rail, ...]:
    """Return the ways by which the buyer may not pay now."""
    return () if order.card_blocked_at is None else (Rail.CARD,)


def is_card_blocked(order: Order, rail: str, booked_at: dt.datetime) -> bool:
    """Say whether a payment is one by card that was booked after the buyer's debt arose; one in flight then counts."""
    since = order.card_blocked_at
    return rail in blocked_ways(order) and since is not None and booked_at > since


def refuse_blocked(order: Order, rail: str) -> None:
    """Refuse what would have the buyer pay by a way that is blocked."""
    if order.card_blocked_at is not None and rail in blocked_ways(order):
        raise Refused(Code.CARD_BLOCKED, since=order.card_blocked_at.isoformat())
