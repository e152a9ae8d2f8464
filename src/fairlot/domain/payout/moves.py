"""How money moves by itself on a supplier's account: what it owes is taken first, then all that is free is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from fairlot.domain.calendar import BusinessCalendar, after_business_days
from fairlot.domain.payout.events import PayoutAwaited, PayoutEvent, PayoutInstructed, RecoveryTaken
from fairlot.domain.payout.evolve import evolve
from fairlot.domain.payout.state import Payable, PayoutAccount, is_usable, payout_id_for

# Money that was paid in and goes back is no contract's.
ZONE_OF_NONE = "UTC"


class PayoutRules(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's own duty towards suppliers: within how many business days a payout leaves (ruling A19)."""

    payout_sent_business_days: int
    calendar: BusinessCalendar
    # The zone in which the policy counts business days; none means the contract's own (ruling A02).
    business_zone: str = ""

    def sent_until(self, at: dt.datetime, payables: Iterable[Payable]) -> dt.datetime:
        """Return by when money must have left: in time by the contract's zone of each order that it came from."""
        contracts = {payable.zone for payable in payables if payable.zone} or {ZONE_OF_NONE}
        zones = {self.business_zone} if self.business_zone else contracts
        days = self.payout_sent_business_days
        return min(
            after_business_days(at, days, calendar=self.calendar, zone=zone) for zone in zones
        )


class Moves:
    """An account and the events decided for it so far, each evolved at once so that what follows sees it."""

    __slots__ = ("account", "events")

    def __init__(self, account: PayoutAccount) -> None:
        self.account = account
        self.events: list[PayoutEvent] = []

    def add(self, event: PayoutEvent) -> None:
        """Let the event happen."""
        self.account = evolve(self.account, event)
        self.events.append(event)

    def made(self) -> tuple[PayoutEvent, ...]:
        """Return the events in the order in which they happened."""
        return tuple(self.events)


def add_recoveries(moves: Moves, *, at: dt.datetime) -> None:
    """Take what the supplier owes from what it is owed, the oldest debt first."""
    for receivable in moves.account.receivables:
        amount_minor = min(receivable.owed_minor, moves.account.available_minor)
        if amount_minor > 0:
            moves.add(
                RecoveryTaken(
                    at=at,
                    recovery_id=f"c{moves.account.recovery_count + 1}",
                    order_id=receivable.order_id,
                    amount_minor=amount_minor,
                    currency=moves.account.currency,
                )
            )


def add_payout(moves: Moves, *, at: dt.datetime, rules: PayoutRules) -> None:
    """Send all that is free; nothing free, or an account that takes nothing now, adds nothing."""
    account = moves.account
    if account.available_minor == 0 or not is_usable(account, at):
        return
    assert account.receiving is not None
    moves.add(
        PayoutInstructed(
            at=at,
            payout_id=payout_id_for(account.payout_count + 1),
            amount_minor=account.available_minor,
            currency=account.currency,
            account_hash=account.receiving.account_hash,
            order_ids=tuple(dict.fromkeys(p.order_id for p in account.payables if p.order_id)),
            due_at=rules.sent_until(at, account.payables),
        )
    )


def move_on(moves: Moves, *, at: dt.datetime, rules: PayoutRules) -> None:
    """Do what follows by itself from new credit; after a failed payout the money waits, and that has a deadline too."""
    add_recoveries(moves, at=at)
    account = moves.account
    if not account.held_back:
        add_payout(moves, at=at, rules=rules)
    elif account.payables and account.again_until is None:
        moves.add(PayoutAwaited(at=at, until=rules.sent_until(at, account.payables)))
