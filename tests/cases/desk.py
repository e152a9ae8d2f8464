"""The desk: orders on a real store, asked through `execute` with a clock that is moved by hand, and read as they stand.

Each question plays its story anew under ids of its own, so that trying something changes nothing else. Between orders,
suppliers' accounts and limits the worker's own handlers run; money that they send leaves when the story says so.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

import psycopg
from msgspec.structs import replace
from psycopg_pool import ConnectionPool

from fairlot.application import agreement
from fairlot.application.desk import Desk as Application
from fairlot.application.effects import perform
from fairlot.application.execute import WritePath
from fairlot.application.handlers import handlers_for
from fairlot.application.limit_aggregate import LimitAggregate
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.application.payout_aggregate import PayoutAggregate, payout_rules
from fairlot.application.reactions import effects_of
from fairlot.application.supplier.suppliers import StoredSuppliers
from fairlot.application.suspense_aggregate import SuspenseAggregate, suspense_rules
from fairlot.application.topics import Topic
from fairlot.domain.order.clocks import Clock, clocks, next_deadline
from fairlot.domain.order.commands import OrderCommand, SettleDue
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.party import CLOCK, Actor
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.domain.policy.model import DatedRate, Policy
from fairlot.providers.null import NullMessenger, NullMoney
from fairlot.store import outbox
from fairlot.store.outbox import Place
from fairlot.store.writing.family import FAMILIES, Family

# What a story begins with until its first act moves the clock.
BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# The edition whose clocks bind what concerns no single order.
PLATFORM_EDITION = "escrow-2026"
# Effects and commands bring each other about; more rounds than this are a circle.
ROUNDS_MAX = 200
CONNECTIONS_MAX = 4


Amendments = tuple[Callable[[Policy], Policy], ...]


class Posting(NamedTuple):
    """One stored line of the ledger."""

    seq: int
    template: str
    account: str
    part: str
    currency: str
    amount_minor: int


class Office:
    """One database with everything that works on it, and the clock by which everything happens."""

    def __init__(self, *, app_dsn: str, owner_dsn: str) -> None:
        self.policies = shipped_policies()
        self.now = BEGINNING
        self._by_id = {policy_id(policy): policy for policy in self.policies.values()}
        self._pool = ConnectionPool(
            app_dsn,
            min_size=0,
            max_size=CONNECTIONS_MAX,
            kwargs={"autocommit": True},
            open=True,
        )
        path = WritePath(lambda: psycopg.connect(app_dsn, autocommit=True), clock=lambda: self.now)
        self.money = NullMoney(on_demand=True)
        self.application = Application(
            path=path,
            connect=self._pool.connection,
            orders=OrderAggregate(self._by_id, effects=effects_of),
            payouts=PayoutAggregate(
                payout_rules(self.policies[PLATFORM_EDITION]), effects=effects_of
            ),
            limits=LimitAggregate(effects=effects_of),
            suspense=SuspenseAggregate(
                suspense_rules(self.policies[PLATFORM_EDITION]), effects=effects_of
            ),
            suppliers=StoredSuppliers(self._pool.connection),
            money=self.money,
            messenger=NullMessenger(),
        )
        self._handlers = handlers_for(self.application)
        # Reads past the rows that a single company would see.
        self.reader = psycopg.connect(owner_dsn, autocommit=True)
        self._numbers = itertools.count(1)

    def desk(self, policy: Policy) -> Desk:
        """Return a desk with an order that does not exist yet."""
        number = f"{os.getpid()}_{next(self._numbers)}"
        return Desk(self, policy=policy, number=number)

    def policy(
        self,
        edition: str,
        currency: str,
        amendments: Amendments = (),
        *,
        limit_currency: str | None = None,
    ) -> Policy:
        """Return an edition; for a currency that it has no rate of, with the rate that an operator would add.

        Where a case states the limit in the order's own currency, any rate gives the same cover, and one to one rounds
        nothing; a rate that the case names itself stays what it is.
        """
        shipped = policy = self.policies[edition]
        for amended in amendments:
            policy = amended(policy)
        self._by_id[policy_id(policy)] = policy
        limits = policy.limits
        known = {rate.currency for rate in limits.rates}
        told = limits.rates != shipped.limits.rates
        if currency == limits.currency or (
            currency in known and (told or limit_currency != currency)
        ):
            return policy
        rate = DatedRate(
            currency=currency, from_date=BEGINNING.date(), amount_minor=1, worth_minor=1
        )
        others = tuple(other for other in limits.rates if other.currency != currency)
        extended = replace(limits, rates=(*others, rate))
        policy = replace(policy, limits=extended)
        self._by_id[policy_id(policy)] = policy
        return policy

    def perform_waiting(self, *aggregate_ids: str) -> int:
        """Perform, as the worker does, the messages that wait of some aggregates; return how many there were."""
        places = [
            place
            for family in FAMILIES.values()
            for place in self._waiting(family, list(aggregate_ids))
        ]
        for place in places:
            with self._pool.connection() as connection:
                outbox.take(connection, FAMILIES[place.family], [place], at=self.now)
                perform(
                    place,
                    connection=connection,
                    handlers=self._handlers,
                    clock=self.application.path.clock,
                )
        return len(places)

    def _waiting(self, family: Family, aggregate_ids: list[str]) -> list[Place]:
        """Return what moves money or cover; nobody reads the notices."""
        rows = self.reader.execute(
            f"SELECT {family.id_column}, seq, message_no FROM {family.name}_outbox"
            f" WHERE {family.id_column} = ANY(%s) AND handed_over_at IS NULL AND topic <> %s"
            " ORDER BY created_at, seq, message_no",
            [aggregate_ids, Topic.NOTIFY.value],
        ).fetchall()
        return [Place(family.name, key, seq, number) for key, seq, number in rows]

    def close(self) -> None:
        """Let the connections go."""
        self.application.path.close()
        self._pool.close()
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
        self.number = number
        self.order_id = f"ord_case_{number}"
        self.office = office
        self._command_numbers = itertools.count(1)
        self._known: tuple[OrderEvent, ...] | None = None

    @property
    def now(self) -> dt.datetime:
        """Return the present instant."""
        return self.office.now

    def move_to(self, instant: dt.datetime) -> None:
        """Move the clock; nothing happens by that alone."""
        self.office.now = instant

    def next_id(self) -> str:
        """Return an id that no command of this desk had before."""
        return f"cmd_{next(self._command_numbers)}"

    def ask(self, actor: Actor, command: OrderCommand, *, command_id: str = "") -> Outcome:
        """Ask one command at the present instant, under an id of its own unless one is given."""
        self._known = None
        return self.office.application.ask_order(
            self.order_id, command, command_id=command_id or self.next_id(), actor=actor
        )

    def accept(self, actor: Actor, version_hash: str) -> Outcome:
        """Accept a version, with what the supplier's limit has free."""
        self._known = None
        return agreement.accept_version(
            self.order_id,
            version_hash,
            actor=actor,
            command_id=self.next_id(),
            desk=self.office.application,
        )

    def run_worker(self, *aggregate_ids: str) -> None:
        """Let the worker do what is due by now and what waits, here and at the aggregates named."""
        for _ in range(ROUNDS_MAX):
            if not self.events():
                return
            if self._is_due():
                self.ask(CLOCK, SettleDue())
            if not self.office.perform_waiting(self.order_id, *aggregate_ids):
                return
            self.forget()
        raise AssertionError("effects and commands bring each other about without end")

    def _is_due(self) -> bool:
        """Say whether a clock has run out that nobody settled yet."""
        next_at = next_deadline(fold(self.events()), self.policy)
        return next_at is not None and self.now > next_at

    def forget(self) -> None:
        """Read the order anew the next time: something else may have asked it."""
        self._known = None

    def events(self) -> tuple[OrderEvent, ...]:
        """Return what is recorded, oldest first."""
        if self._known is None:
            self._known = self.office.application.read_order(self.order_id).events
        return self._known

    def postings(self) -> list[Posting]:
        """Return the order's lines of the ledger, oldest first."""
        rows = self.office.reader.execute(
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
