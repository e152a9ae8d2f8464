"""Who holds what of an order now, line by line to its entries, and what happens to it next; summed from the postings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.application.queries.recorded import Recorded
from fairlot.domain.ledger.accounts import CHART, Account, Posting, Side
from fairlot.domain.ledger.journal import postings_for
from fairlot.domain.order.foresight import Step

# The entry by which a fee that the supplier bears comes off what is released.
FEE_TAKEN = "payment_fee_taken"


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """One posting with the entry and the event that made it; positive is debit, as in the ledger."""

    seq: int
    at: dt.datetime
    template: str
    account: Account
    part: str
    currency: str
    amount_minor: int


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on one account of the order, on the account's own side: positive is as the chart expects it.

    `next_at` and `next_step` tell what will move it by itself, by the name of the event's entry, and `next_minor` how much of
    it: a claim may keep the rest (ruling A60).
    """

    account: Account
    part: str
    currency: str
    amount_minor: int
    next_at: dt.datetime | None = None
    next_step: str = ""
    next_minor: int = 0


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The order's money in one line per currency: in, out and what is still with the platform, in minor units."""

    currency: str
    received_minor: int
    held_minor: int
    released_minor: int
    refunded_minor: int
    refund_due_minor: int
    fees_minor: int
    fund_minor: int


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds what now, what happens next to it, and every booking that led there."""

    holdings: tuple[Holding, ...]
    totals: tuple[Totals, ...]
    bookings: tuple[Booking, ...]


def statement_of(story: Sequence[Recorded], foreseen: Sequence[Step]) -> Statement:
    """Return the statement for an order's story; money without a next step stays until somebody acts."""
    bookings = tuple(booking for recorded in story for booking in bookings_of(recorded))
    return Statement(
        holdings=_holdings(bookings, foreseen),
        totals=tuple(
            _totals(bookings, currency) for currency in sorted({b.currency for b in bookings})
        ),
        bookings=bookings,
    )


def bookings_of(recorded: Recorded) -> tuple[Booking, ...]:
    """Return the postings of one event."""
    return tuple(
        Booking(
            seq=recorded.seq,
            at=recorded.event.at,
            template=entry.template,
            account=posting.account,
            part=posting.part,
            currency=posting.currency,
            amount_minor=posting.amount_minor,
        )
        for entry in postings_for(recorded.event)
        for posting in entry.postings
    )


def balance_of(bookings: Sequence[Booking], account: Account, currency: str) -> int:
    """Return an account's balance over all its parts, on its own side."""
    total = sum(b.amount_minor for b in bookings if b.account is account and b.currency == currency)
    return total if CHART[account].side is Side.DEBIT else -total


def _holdings(bookings: Sequence[Booking], foreseen: Sequence[Step]) -> tuple[Holding, ...]:
    balances: dict[tuple[Account, str, str], int] = {}
    for booking in bookings:
        key = (booking.account, booking.part, booking.currency)
        balances[key] = balances.get(key, 0) + booking.amount_minor
    holdings = []
    for account in Account:
        for (of_account, part, currency), amount_minor in balances.items():
            if of_account is not account or amount_minor == 0:
                continue
            next_at, next_step, next_minor = _next_move(account, part, currency, foreseen)
            sign = 1 if CHART[account].side is Side.DEBIT else -1
            holdings.append(
                Holding(
                    account=account,
                    part=part,
                    currency=currency,
                    amount_minor=sign * amount_minor,
                    next_at=next_at,
                    next_step=next_step,
                    next_minor=next_minor,
                )
            )
    return tuple(holdings)


def _next_move(
    account: Account, part: str, currency: str, foreseen: Sequence[Step]
) -> tuple[dt.datetime | None, str, int]:
    for step in foreseen:
        fees_minor = 0
        for event in step.events:
            for entry in postings_for(event):
                moved = [
                    p.amount_minor for p in entry.postings if _is_on(p, account, part, currency)
                ]
                if moved and account is Account.HELD and entry.template == FEE_TAKEN:
                    # It leaves with the release that follows in the same instant.
                    fees_minor += sum(moved)
                elif moved:
                    return step.at, entry.template, abs(fees_minor + sum(moved))
        if fees_minor:
            return step.at, FEE_TAKEN, fees_minor
    return None, "", 0


def _is_on(posting: Posting, account: Account, part: str, currency: str) -> bool:
    return (posting.account, posting.part, posting.currency) == (account, part, currency)


def _totals(bookings: Sequence[Booking], currency: str) -> Totals:
    def balance(account: Account) -> int:
        return balance_of(bookings, account, currency)

    def moved(template: str, account: Account) -> int:
        return sum(
            b.amount_minor
            for b in bookings
            if b.template == template and b.account is account and b.currency == currency
        )

    return Totals(
        currency=currency,
        received_minor=moved("payment_received", Account.BANK)
        + moved("payment_suspended", Account.BANK)
        + moved("payment_reversed", Account.BANK)
        + moved("credit_honoured", Account.CREDIT_PAID),
        held_minor=balance(Account.HELD),
        released_minor=moved("credit_honoured", Account.CREDIT_PAID)
        - moved("funds_released", Account.PAYOUT_CLEARING),
        refunded_minor=moved("refund_confirmed", Account.DUE_BUYER),
        refund_due_minor=balance(Account.DUE_BUYER),
        fees_minor=balance(Account.PROCESSOR_FEE),
        fund_minor=-balance(Account.GUARANTEE_FUND),
    )
