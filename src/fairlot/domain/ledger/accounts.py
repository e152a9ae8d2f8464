"""The chart of accounts: every account, its normal side and what it means; positive amounts are debits everywhere."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Side(StrEnum):
    """The side on which an account normally stands."""

    DEBIT = "debit"
    CREDIT = "credit"


class Account(StrEnum):
    """What can be posted to. Accounts of a way to pay or a purpose carry it in the posting's `part`."""

    BANK = "bank"
    HELD = "held"
    DUE_BUYER = "due_buyer"
    SUSPENSE = "suspense"
    INSPECTION_FEE = "inspection_fee"
    PROCESSOR_FEE = "processor_fee"
    PAYOUT_CLEARING = "payout_clearing"
    SUPPLIER_PAYABLE = "supplier_payable"
    SUPPLIER_RECEIVABLE = "supplier_receivable"
    FUND_RECOVERABLE = "fund_recoverable"
    GUARANTEE_FUND = "guarantee_fund"
    BUYER_RECEIVABLE = "buyer_receivable"
    PLATFORM_COST = "platform_cost"
    DUE_SENDER = "due_sender"
    CREDIT_PAID = "credit_paid"
    CREDIT_DRAWN = "credit_drawn"


class AccountNote(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the chart: the account's normal side and its meaning in one sentence."""

    side: Side
    meaning: str


CHART: dict[Account, AccountNote] = {
    Account.BANK: AccountNote(
        side=Side.DEBIT,
        meaning="Money at our bank or processor, by way to pay, as confirmed to us.",
    ),
    Account.HELD: AccountNote(
        side=Side.CREDIT,
        meaning="The price of an order that waits until it is released or refunded.",
    ),
    Account.DUE_BUYER: AccountNote(
        side=Side.CREDIT, meaning="Decided for the buyer and not yet confirmed as sent."
    ),
    Account.SUSPENSE: AccountNote(
        side=Side.CREDIT,
        meaning="Received, but in the wrong currency or without an order to take it.",
    ),
    Account.INSPECTION_FEE: AccountNote(
        side=Side.CREDIT,
        meaning="An inspection's fee that a party advanced and the inspector has not yet got.",
    ),
    Account.PROCESSOR_FEE: AccountNote(
        side=Side.CREDIT, meaning="The fee of the way to pay, kept by its processor."
    ),
    Account.PAYOUT_CLEARING: AccountNote(
        side=Side.CREDIT,
        meaning="Money that has left an order for the supplier's account or comes back from it.",
    ),
    Account.SUPPLIER_PAYABLE: AccountNote(
        side=Side.CREDIT, meaning="Released to a supplier and not yet confirmed as paid out."
    ),
    Account.SUPPLIER_RECEIVABLE: AccountNote(
        side=Side.DEBIT,
        meaning="What a supplier owes the programme: refunds that the fund advanced, costs of chargebacks it caused, fees it bears.",
    ),
    Account.FUND_RECOVERABLE: AccountNote(
        side=Side.CREDIT,
        meaning="The other side of a supplier's debt: what the fund or the platform may still get back.",
    ),
    Account.GUARANTEE_FUND: AccountNote(
        side=Side.CREDIT, meaning="The programme's own money that stands behind the cover."
    ),
    Account.BUYER_RECEIVABLE: AccountNote(
        side=Side.DEBIT,
        meaning="What a buyer owes the programme after taking the same money twice.",
    ),
    Account.PLATFORM_COST: AccountNote(
        side=Side.DEBIT,
        meaning="Losses that nobody else has paid: a chargeback's fee part, fees of payments whose order the platform cancelled, fees that the supplier bears until it has given them.",
    ),
    Account.DUE_SENDER: AccountNote(
        side=Side.CREDIT,
        meaning="Money that named no order, on its way back to who sent it.",
    ),
    Account.CREDIT_PAID: AccountNote(
        side=Side.DEBIT,
        meaning="What a bank paid to the supplier under a letter of credit; it never was with us.",
    ),
    Account.CREDIT_DRAWN: AccountNote(
        side=Side.CREDIT,
        meaning="The other side of it: what the buyer owes its bank for the credit, and paid by it.",
    ),
}


class Posting(msgspec.Struct, frozen=True):
    """One line of an entry: account, amount (positive is debit), currency and the account's part."""

    account: Account
    amount_minor: int
    currency: str
    part: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A balanced set of postings with the name of its template, such as `payment_received`."""

    template: str
    postings: tuple[Posting, ...]


def entry(
    template: str, currency: str, *lines: tuple[Account, int] | tuple[Account, int, str]
) -> Entry:
    """Build an entry from signed lines, leaving out zeros; asserts that it balances."""
    assert sum([line[1] for line in lines]) == 0, f"{template} does not balance"
    postings = [
        Posting(line[0], line[1], currency, line[2] if len(line) > 2 else "")
        for line in lines
        if line[1] != 0
    ]
    return Entry(template, tuple(postings))
