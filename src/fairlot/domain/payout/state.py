"""One supplier's account in one currency, folded from its events: what it is owed, was sent, and owes; minor units."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from fairlot.domain.payout.seen import Seen

# Finished payouts that are still known one by one, so that a bank may say something again or bring one back.
FINISHED_PAYOUTS_KEPT_MAX = 500


class Payable(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of one credit and has not been instructed, set off or recovered; none of an order: paid in.

    `zone`: that of the order's contract, in which the business days of its payout are counted (ruling A02).
    """

    order_id: str
    amount_minor: int
    zone: str = ""


class PayoutStatus(StrEnum):
    """Where a payout stands; what the outside says of it only ever moves it further down this list."""

    INSTRUCTED = "instructed"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class Payout(msgspec.Struct, frozen=True, kw_only=True):
    """Money on its way to the supplier's receiving account, and the credits it is made of."""

    id: str
    amount_minor: int
    account_hash: str
    status: PayoutStatus
    due_at: dt.datetime
    parts: tuple[Payable, ...]
    batch_id: str = ""
    breached: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether nobody has confirmed yet that it left or failed."""
        return self.status in {PayoutStatus.INSTRUCTED, PayoutStatus.SENT}


class Receivable(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier owes for one order: what the fund advanced, and what the buyer is still short of."""

    order_id: str
    owed_minor: int
    raised_at: dt.datetime
    reminder_days: int
    remind_at: dt.datetime
    write_off_at: dt.datetime


class SetOff(msgspec.Struct, frozen=True, kw_only=True):
    """What an order's refund took of the credits that were not instructed (ruling A21), the oldest first."""

    order_id: str
    refund_id: str
    amount_minor: int
    parts: tuple[Payable, ...] = ()


class ReceivingAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The supplier's bank account, by hash; after a change it takes nothing before `usable_at` (R7)."""

    account_hash: str
    verified: bool
    usable_at: dt.datetime | None = None


class PayoutAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The account whole. `held_back` says that a payout failed: the next one waits for a verification or an operator."""

    company_id: str = ""
    currency: str = ""
    receiving: ReceivingAccount | None = None
    payables: tuple[Payable, ...] = ()
    open_payouts: tuple[Payout, ...] = ()
    finished_payouts: tuple[Payout, ...] = ()
    payout_count: int = 0
    receivables: tuple[Receivable, ...] = ()
    recovery_count: int = 0
    set_offs: tuple[SetOff, ...] = ()
    held_back: bool = False
    # Until when money that a failure holds back should be on its way; none: nothing waits, or the breach was published.
    again_until: dt.datetime | None = None
    credited_minor: int = 0
    paid_minor: int = 0
    breaches: int = 0
    seen: Seen = Seen()

    @property
    def available_minor(self) -> int:
        """Return what is owed to the supplier and not instructed yet."""
        return sum(payable.amount_minor for payable in self.payables)

    @property
    def instructed_minor(self) -> int:
        """Return what is on its way and not confirmed."""
        return sum(payout.amount_minor for payout in self.open_payouts)

    @property
    def owed_minor(self) -> int:
        """Return what the supplier owes the programme and its buyers."""
        return sum(receivable.owed_minor for receivable in self.receivables)


EMPTY = PayoutAccount()


def split_payables(
    payables: tuple[Payable, ...], amount_minor: int
) -> tuple[tuple[Payable, ...], tuple[Payable, ...]]:
    """Return what an amount takes of the credits, from the oldest on, and what is left of them."""
    assert amount_minor <= sum(payable.amount_minor for payable in payables), (
        "no more than is there"
    )
    taken, left = [], []
    for payable in payables:
        part_minor = min(payable.amount_minor, amount_minor)
        amount_minor -= part_minor
        if part_minor > 0:
            taken.append(replace(payable, amount_minor=part_minor))
        if part_minor < payable.amount_minor:
            left.append(replace(payable, amount_minor=payable.amount_minor - part_minor))
    return tuple(taken), tuple(left)


def find_payout(account: PayoutAccount, payout_id: str) -> Payout | None:
    """Return the payout of that id, open or finished, or None."""
    for payouts in (account.open_payouts, reversed(account.finished_payouts)):
        for payout in payouts:
            if payout.id == payout_id:
                return payout
    return None


def is_usable(account: PayoutAccount, at: dt.datetime) -> bool:
    """Say whether the receiving account may be paid to at an instant: verified, and not changed too short ago."""
    receiving = account.receiving
    if receiving is None or not receiving.verified:
        return False
    return receiving.usable_at is None or at >= receiving.usable_at


def payout_id_for(number: int) -> str:
    """Return the id of an account's payout of that number."""
    return f"p{number}"


def was_instructed(account: PayoutAccount, payout_id: str) -> bool:
    """Say whether the id was ever given to a payout of this account."""
    number = payout_id.removeprefix("p")
    return (
        number.isdecimal()
        and payout_id == payout_id_for(int(number))
        and 1 <= int(number) <= account.payout_count
    )
