"""What every decision is given beside the order and the command: who asks, when, and under which policy.

`Story` collects the events of one decision, each evolved at once so that what follows sees it.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import after_business_days, after_days, end_of_date, whole_second
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.state import Order
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Policy

# No date that is agreed, offered or ordered lies further ahead: whatever is waited for, the order ends in a lifetime.
DAYS_AHEAD_MAX = 3_650
# A zone for business days while nothing is agreed yet.
ZONE_BEFORE_AGREEMENT = "UTC"


class Asked(msgspec.Struct, frozen=True):
    """Who asks, at which whole second, under which edition."""

    actor: Actor
    now: dt.datetime
    policy: Policy

    @property
    def party(self) -> Party:
        """Return the side that the actor acts for; agents act for the buyer."""
        return Party.SUPPLIER if self.actor.role is Role.SUPPLIER else Party.BUYER


class Story:
    """An order and the events decided for it so far; an event is evolved once somebody asks for the order."""

    __slots__ = ("_evolved", "_order", "events")

    def __init__(self, order: Order) -> None:
        self._order = order
        self._evolved = 0
        self.events: list[OrderEvent] = []

    @property
    def order(self) -> Order:
        """Return the order after all the events of this story."""
        while self._evolved < len(self.events):
            self._order = evolve(self._order, self.events[self._evolved])
            self._evolved += 1
        return self._order

    def add(self, event: OrderEvent) -> None:
        """Let the event happen to the order of this story."""
        self.events.append(event)

    def told(self) -> tuple[OrderEvent, ...]:
        """Return the events in the order in which they happened."""
        return tuple(self.events)


def check_ahead(now: dt.datetime, *dates: dt.date | None) -> None:
    """Refuse dates, or instants, that lie further ahead than anything may."""
    last = now.date() + dt.timedelta(days=DAYS_AHEAD_MAX)
    days = [date.date() if isinstance(date, dt.datetime) else date for date in dates]
    far = any(day is not None and day > last for day in days)
    refuse_if(far, Code.DATE_TOO_FAR, days=DAYS_AHEAD_MAX)


def zone_of(order: Order) -> str:
    """Return the contract's zone."""
    return order.terms.zone if order.terms is not None else ZONE_BEFORE_AGREEMENT


def happened_at(
    order: Order, at: dt.datetime | None, date: dt.date | None, asked: Asked
) -> dt.datetime:
    """Return when a fact told now happened: its instant, else the end of its date, never later than now (A04, A08)."""
    told_at = asked.now
    if at is not None:
        told_at = whole_second(at)
    elif date is not None:
        told_at = min(end_of_date(date, zone_of(order)), asked.now)
    refuse_if(told_at > asked.now, Code.INSTANT_IN_THE_FUTURE, at=told_at.isoformat())
    return told_at


def in_days(start: dt.datetime, days: int) -> dt.datetime:
    """Return the instant so many times 24 hours later."""
    return after_days(start, days)


def in_hours(start: dt.datetime, hours: int) -> dt.datetime:
    """Return the instant so many hours later."""
    return start + dt.timedelta(hours=hours)


def in_business_days(order: Order, start: dt.datetime, days: int, policy: Policy) -> dt.datetime:
    """Return the end of the Nth business day after `start`, by the policy's calendar and zone (ruling A02)."""
    zone = policy.zone_of_business(zone_of(order))
    return after_business_days(start, days, calendar=policy.calendar, zone=zone)
