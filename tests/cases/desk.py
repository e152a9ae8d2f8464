"""The desk: orders on a real store, asked through `execute` with a clock that is moved by hand, and read as they stand.

Each question plays its story anew under an order id of its own, so that trying something changes nothing else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
from collections.abc import Iterator
from typing import NamedTuple

import psycopg

from fairlot.application.execute import WritePath, execute
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.domain.order.clocks import Clock, clocks
from fairlot.domain.order.commands import OrderCommand, SettleDue
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.party import CLOCK, Actor
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.domain.policy.model import Policy

# What a story begins with until its first act moves the clock.
BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Posting(NamedTuple):
    """One stored line of the ledger."""

    seq: int
    template: str
    account: str
    part: str
    currency: str
    amount_minor: int


class Office:
    """One database with its write path and the clock by which everything on it happens."""

    def __init__(self, *, app_dsn: str, owner_dsn: str) -> None:
        self.policies = shipped_policies()
        self.aggregate = OrderAggregate(
            {policy_id(policy): policy for policy in self.policies.values()}
        )
        self.now = BEGINNING
        self.path = WritePath(
            lambda: psycopg.connect(app_dsn, autocommit=True), clock=lambda: self.now
        )
        # Reads past the rows that a single company would see.
        self.reader = psycopg.connect(owner_dsn, autocommit=True)
        self._numbers = itertools.count(1)

    def desk(self, edition: str) -> Desk:
        """Return a desk with an order that does not exist yet."""
        return Desk(
            self, policy=self.policies[edition], number=f"{os.getpid()}_{next(self._numbers)}"
        )

    def close(self) -> None:
        """Let the connections go."""
        self.path.close()
        self.reader.close()


@contextlib.contextmanager
def office(*, app_dsn: str, owner_dsn: str) -> Iterator[Office]:
    """Keep an office open for the length of a block."""
    opened = Office(app_dsn=app_dsn, owner_dsn=owner_dsn)
    try:
        yield opened
    finally:
        opened.close()


class Desk:
    """One order, played command by command."""

    def __init__(self, office: Office, *, policy: Policy, number: str) -> None:
        self.policy = policy
        self.order_id = f"ord_case_{number}"
        self._office = office
        self._command_numbers = itertools.count(1)
        self._known: tuple[OrderEvent, ...] | None = None

    @property
    def now(self) -> dt.datetime:
        """Return the present instant."""
        return self._office.now

    def move_to(self, instant: dt.datetime) -> None:
        """Move the clock; nothing happens by that alone."""
        self._office.now = instant

    def ask(self, actor: Actor, command: OrderCommand, *, command_id: str = "") -> Outcome:
        """Ask one command at the present instant, under an id of its own unless one is given."""
        self._known = None
        return execute(
            command,
            aggregate=self._office.aggregate,
            aggregate_id=self.order_id,
            command_id=command_id or f"cmd_{next(self._command_numbers)}",
            actor=actor,
            using=self._office.path,
        )

    def run_worker(self) -> None:
        """Let the worker do what is due by now."""
        if self.events():
            self.ask(CLOCK, SettleDue())

    def events(self) -> tuple[OrderEvent, ...]:
        """Return what is recorded, oldest first."""
        if self._known is None:
            rows = self._office.reader.execute(
                "SELECT payload FROM order_event WHERE order_id = %s ORDER BY seq", [self.order_id]
            ).fetchall()
            stored = b"[" + b",".join(bytes(payload) for (payload,) in rows) + b"]"
            self._known = tuple(self._office.aggregate.decode(stored))
        return self._known

    def postings(self) -> list[Posting]:
        """Return the order's lines of the ledger, oldest first."""
        rows = self._office.reader.execute(
            "SELECT seq, template, account, part, currency, amount_minor FROM order_posting"
            " WHERE order_id = %s ORDER BY seq, entry_no, line_no",
            [self.order_id],
        ).fetchall()
        return [Posting(*row) for row in rows]

    def seen(self) -> tuple[Order, tuple[OrderEvent, ...]]:
        """Return the order as anybody sees it now, and its events: what is due counts, whether or not a worker ran."""
        events = list(self.events())
        order = fold(events)
        while due := settle_due(order, now=self.now, policy=self.policy):
            for event in due:
                order = evolve(order, event)
            events += due
        return order, tuple(events)

    @property
    def order(self) -> Order:
        """Return the order as anybody sees it now."""
        return self.seen()[0]

    def clocks(self) -> list[Clock]:
        """Return the running clocks, the earliest first."""
        return clocks(self.order, self.policy)
