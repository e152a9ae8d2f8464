"""Events of a supplier's account; each carries the amounts that its postings need."""

from __future__ import annotations

import datetime as dt

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something that happened; `at` is the instant it counts from, in whole seconds UTC."""

    at: dt.datetime


class AccountOpened(Event, frozen=True, kw_only=True):
    """A supplier has an account in a currency."""

    company_id: str
    currency: str


class AccountChanged(Event, frozen=True, kw_only=True):
    """Another receiving account was named; nothing goes there before it is verified and `usable_at` has come."""

    account_hash: str
    usable_at: dt.datetime | None = None


class AccountVerified(Event, frozen=True, kw_only=True):
    """The receiving account is the supplier's own, as was checked (R7)."""

    account_hash: str


class AccountRevoked(Event, frozen=True, kw_only=True):
    """The receiving account turned out not to be usable; nothing goes there until another verification."""

    account_hash: str


class PayableCredited(Event, frozen=True, kw_only=True):
    """Money released by an order is the supplier's; its payout's business days are counted in the contract's zone."""

    order_id: str
    source_seq: int
    amount_minor: int
    currency: str
    zone: str = ""


class SupplierPaidIn(Event, frozen=True, kw_only=True):
    """The supplier paid money in; what it owes is taken from it, the rest goes back."""

    paid_in_id: str
    rail: str
    amount_minor: int
    currency: str


class SetOffTaken(Event, frozen=True, kw_only=True):
    """A refund took what it could get of the credits not instructed yet, perhaps nothing (ruling A21)."""

    order_id: str
    refund_id: str
    asked_minor: int
    amount_minor: int
    currency: str


class SetOffReturned(Event, frozen=True, kw_only=True):
    """The refund had been funded before the set-off was known: what it took is the supplier's again."""

    order_id: str
    refund_id: str
    amount_minor: int
    currency: str


class ReceivableRaised(Event, frozen=True, kw_only=True):
    """The supplier owes what the fund advanced for an order and what the buyer is still short of (ruling A27).

    Or what a chargeback that it caused cost the platform (ruling A72).
    """

    order_id: str
    refund_id: str
    fund_minor: int
    uncovered_minor: int
    currency: str
    reminder_days: int
    remind_at: dt.datetime
    write_off_at: dt.datetime
    cost_minor: int = 0


class RecoveryTaken(Event, frozen=True, kw_only=True):
    """Part of what the supplier owes for an order was taken from what it is owed."""

    recovery_id: str
    order_id: str
    amount_minor: int
    currency: str


class ReceivableReminded(Event, frozen=True, kw_only=True):
    """The supplier was reminded of what it owes."""

    order_id: str
    owed_minor: int
    currency: str
    remind_at: dt.datetime


class ReceivableWrittenOff(Event, frozen=True, kw_only=True):
    """What the supplier never paid is the guarantee fund's loss; the supplier is suspended."""

    order_id: str
    owed_minor: int
    currency: str


class WriteOffBooked(Event, frozen=True, kw_only=True):
    """What the order's books still said the fund would get back is gone from them, by part of the account."""

    order_id: str
    source_seq: int
    amounts_minor: dict[str, int]
    currency: str


class PayoutInstructed(Event, frozen=True, kw_only=True):
    """All that is owed and free goes to the receiving account, as one payout under an id of its own."""

    payout_id: str
    amount_minor: int
    currency: str
    account_hash: str
    order_ids: tuple[str, ...]
    due_at: dt.datetime


class PayoutSent(Event, frozen=True, kw_only=True):
    """The payout went to the bank or processor, in a batch if that is how it takes them."""

    payout_id: str
    batch_id: str


class PayoutConfirmed(Event, frozen=True, kw_only=True):
    """The bank or processor confirmed that the money left."""

    payout_id: str
    amount_minor: int
    currency: str
    rail: str


class PayoutFailed(Event, frozen=True, kw_only=True):
    """The money never left, or left and came back; it is owed to the supplier again. What it cost is ours."""

    payout_id: str
    amount_minor: int
    currency: str
    rail: str
    reason_code: str
    was_confirmed: bool
    charges_minor: int


class PayoutAwaited(Event, frozen=True, kw_only=True):
    """After a failed payout money waits for a verification or an operator; the platform has until then."""

    until: dt.datetime


class PlatformBreached(Event, frozen=True, kw_only=True):
    """The platform missed its own deadline; the breach is public (R43, ruling A19)."""

    clock: str
    due_at: dt.datetime
    payout_id: str = ""


PayoutEvent = (
    AccountOpened
    | AccountChanged
    | AccountVerified
    | AccountRevoked
    | PayableCredited
    | SupplierPaidIn
    | SetOffTaken
    | SetOffReturned
    | ReceivableRaised
    | RecoveryTaken
    | ReceivableReminded
    | ReceivableWrittenOff
    | WriteOffBooked
    | PayoutInstructed
    | PayoutSent
    | PayoutConfirmed
    | PayoutFailed
    | PayoutAwaited
    | PlatformBreached
)
