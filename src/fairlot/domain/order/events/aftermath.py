"""Events of returns, chargebacks and the platform's own breaches."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.events.shape import Event
from fairlot.domain.order.terms import Mode, Party


class ReturnOpened(Event, frozen=True, kw_only=True):
    """The goods go back before the money does (R44); either amount comes with its inspections' fees."""

    refund_minor: int
    fee_minor: int
    otherwise_minor: int
    otherwise_fee_minor: int
    send_until: dt.datetime
    inspection_ids: tuple[str, ...] = ()
    otherwise_inspection_ids: tuple[str, ...] = ()


class ConditionReported(Event, frozen=True, kw_only=True):
    """The condition of returned goods was inspected, before they left or after they arrived."""

    before: bool
    same: bool
    report_hash: str


class ReturnCostStated(Event, frozen=True, kw_only=True):
    """The buyer paid for the way back or for a report of the condition; so much of it comes with the refund (A69)."""

    cost: str
    amount_minor: int
    returnable_minor: int
    currency: str


class ReturnContested(Event, frozen=True, kw_only=True):
    """A side contested the report on the arrived goods: a mediator decides the return (ruling A69)."""

    by: Party
    reason_hash: str
    decide_until: dt.datetime


class ReturnDecided(Event, frozen=True, kw_only=True):
    """A mediator decided whether a contested return earns its refund."""

    refunds: bool
    reason_hash: str


class ReturnSent(Event, frozen=True, kw_only=True):
    """The buyer sent the goods back."""

    mode: Mode
    carrier_chosen_by: Party
    proof_hash: str
    arrival_asked_at: dt.datetime


class ReturnArrived(Event, frozen=True, kw_only=True):
    """The goods are back, by proof or by the clock."""

    counted: bool
    judge_until: dt.datetime


class ReturnJudged(Event, frozen=True, kw_only=True):
    """The return was judged by the two condition reports, never by the supplier's word alone."""

    refunds: bool
    by_lapse: bool


class ReturnLapsed(Event, frozen=True, kw_only=True):
    """The goods were not sent back: they are kept and the reduction applies."""


class ChargebackOpened(Event, frozen=True, kw_only=True):
    """The buyer's bank disputes a card payment; everything else waits.

    Of the amount `price_minor` is price, `excess_minor` what was paid too much, `fee_minor` the payment's fee.
    """

    chargeback_id: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    currency: str
    ends_at: dt.datetime
    excess_minor: int | msgspec.UnsetType = msgspec.UNSET


class ChargebackContinued(Event, frozen=True, kw_only=True):
    """The bank's case goes on: its days count from its last message (ruling A73)."""

    chargeback_id: str
    ends_at: dt.datetime


class ChargebackEnded(Event, frozen=True, kw_only=True):
    """The bank's case ended: won, lost, or unanswered for the policy's days.

    `excess_minor` was paid too much: per refund `from_excess_minor` had not gone back yet and does not any more; the rest
    had, and is among what the buyer owes.
    """

    chargeback_id: str
    outcome: str
    currency: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    from_held_minor: int
    sought_minor: int
    buyer_owes_minor: int
    seek_until: dt.datetime | None = None
    excess_minor: int | msgspec.UnsetType = msgspec.UNSET
    from_excess_minor: dict[str, int] | msgspec.UnsetType = msgspec.UNSET


class ChargebackCounted(Event, frozen=True, kw_only=True):
    """What lost chargebacks took counts towards what was found due: the buyer has so much of it already (ruling A74).

    Once counted it counts for nothing else. Where nothing of the amount is left to refund, it says of which goods it was,
    and which inspections' fees were in it, as a refund does.
    """

    cause: str
    amount_minor: int
    currency: str
    inspection_ids: tuple[str, ...] = ()
    unshipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    shipped_minor: dict[str, dict[int, int]] | msgspec.UnsetType = msgspec.UNSET


class ChargebackCostCharged(Event, frozen=True, kw_only=True):
    """The claim was upheld: the supplier owes what a lost chargeback cost the platform beyond the goods (ruling A72)."""

    chargeback_id: str
    amount_minor: int
    currency: str


class ChargebackCostRecovered(Event, frozen=True, kw_only=True):
    """The supplier paid back what a chargeback cost the platform, after what the fund and the buyer were owed."""

    recovery_id: str
    amount_minor: int
    currency: str


class BuyerDebtSettled(Event, frozen=True, kw_only=True):
    """The buyer paid what it had got twice, or the platform gave it up (ruling A76)."""

    amount_minor: int
    currency: str
    rail: str
    written_off: bool


class CardBlocked(Event, frozen=True, kw_only=True):
    """The buyer owes money that a lost chargeback gave it twice: its card pays for no order (ruling A76).

    `since` is when the oldest such debt arose; a card payment booked later goes back.
    """

    since: dt.datetime


class CardUnblocked(Event, frozen=True, kw_only=True):
    """The buyer owes nothing of that kind any more: its card may pay again (ruling A76)."""


class PlatformBreached(Event, frozen=True, kw_only=True):
    """The platform missed its own deadline; the breach is public (R43)."""

    clock: str
    due_at: dt.datetime
    refund_id: str = ""


AftermathEvent = (
    ReturnOpened
    | ConditionReported
    | ReturnCostStated
    | ReturnContested
    | ReturnDecided
    | ReturnSent
    | ReturnArrived
    | ReturnJudged
    | ReturnLapsed
    | ChargebackOpened
    | ChargebackContinued
    | ChargebackEnded
    | ChargebackCounted
    | ChargebackCostCharged
    | ChargebackCostRecovered
    | BuyerDebtSettled
    | CardBlocked
    | CardUnblocked
    | PlatformBreached
)
