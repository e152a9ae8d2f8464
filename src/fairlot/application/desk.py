"""The desk from which one aggregate's events become another's commands: what it can read, ask and hand out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import msgspec
import psycopg

from fairlot.application.aggregate import Aggregate
from fairlot.application.execute import WritePath, execute
from fairlot.application.limit_aggregate import LimitAggregate
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.application.payout_aggregate import PayoutAggregate
from fairlot.application.ports import CompanyChecks, Messenger, MoneyProvider, SupplierFacts
from fairlot.application.suspense_aggregate import SuspenseAggregate
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.cover.grants.state import SupplierLimit
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.state import Order
from fairlot.domain.party import PROVIDER, Actor
from fairlot.domain.payout.events import PayoutEvent
from fairlot.domain.payout.state import PayoutAccount
from fairlot.domain.suspense.events import SuspenseEvent
from fairlot.domain.suspense.state import Suspended
from fairlot.providers.screening import NoList
from fairlot.store.streams import read_stream

# Ids have at most so many characters (`store/sql`); longer ones become a hash.
AGGREGATE_ID_LENGTH_MAX = 64
COMMAND_ID_LENGTH_MAX = 128

Connect = Callable[[], AbstractContextManager[psycopg.Connection]]
"""Lends a connection of the application's role, outside any transaction."""


class OrderStory(msgspec.Struct, frozen=True, kw_only=True):
    """An order as recorded: its state, its events, and the id of the command that left each."""

    order: Order
    events: tuple[OrderEvent, ...]
    command_ids: tuple[str, ...]


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the processes between aggregates need; shared by threads."""

    path: WritePath
    connect: Connect
    orders: OrderAggregate
    payouts: PayoutAggregate
    limits: LimitAggregate
    suspense: SuspenseAggregate
    suppliers: SupplierFacts
    money: MoneyProvider
    messenger: Messenger
    checks: CompanyChecks = NoList()

    def read_order(self, order_id: str) -> OrderStory:
        """Return an order as it is recorded, without what is due and not yet written."""
        with self.connect() as connection:
            stream = read_stream(connection, self.orders.family, order_id)
        events = tuple(self.orders.decode(stream.events))
        return OrderStory(
            order=self.orders.fold(events), events=events, command_ids=stream.command_ids
        )

    def read_account(self, account_id: str) -> tuple[PayoutAccount, tuple[PayoutEvent, ...]]:
        """Return a supplier's account as it is recorded, and its events."""
        with self.connect() as connection:
            stream = read_stream(connection, self.payouts.family, account_id)
        events = tuple(self.payouts.decode(stream.events))
        return self.payouts.fold(events), events

    def read_limit(self, limit_id: str) -> tuple[SupplierLimit, int]:
        """Return a supplier's limit as it is recorded, and the number of its events."""
        with self.connect() as connection:
            stream = read_stream(connection, self.limits.family, limit_id)
        return self.limits.fold(self.limits.decode(stream.events)), len(stream.command_ids)

    def read_suspense(self, suspense_id: str) -> tuple[Suspended, tuple[SuspenseEvent, ...]]:
        """Return a movement that named no order as it is recorded, and its events."""
        with self.connect() as connection:
            stream = read_stream(connection, self.suspense.family, suspense_id)
        events = tuple(self.suspense.decode(stream.events))
        return self.suspense.fold(events), events

    def ask_suspense(
        self, suspense_id: str, command: Any, *, command_id: str, actor: Actor = PROVIDER
    ) -> Outcome:
        """Ask a movement that named no order."""
        return self._ask(self.suspense, suspense_id, command, command_id, actor)

    def ask_order(
        self,
        order_id: str,
        command: Any,
        *,
        command_id: str,
        actor: Actor = PROVIDER,
        expected_seq: int | None = None,
    ) -> Outcome:
        """Ask an order, by default as what the outside reports. Raises Outdated where it is not at `expected_seq`."""
        return self._ask(
            self.orders, order_id, command, command_id, actor, expected_seq=expected_seq
        )

    def ask_account(self, account_id: str, command: Any, *, command_id: str) -> Outcome:
        """Ask a supplier's account."""
        return self._ask(self.payouts, account_id, command, command_id, PROVIDER)

    def ask_limit(self, limit_id: str, command: Any, *, command_id: str) -> Outcome:
        """Ask a supplier's limit."""
        return self._ask(self.limits, limit_id, command, command_id, PROVIDER)

    def _ask(
        self,
        aggregate: Aggregate[Any, Any, Any],
        aggregate_id: str,
        command: Any,
        command_id: str,
        actor: Actor,
        *,
        expected_seq: int | None = None,
    ) -> Outcome:
        return execute(
            command,
            aggregate=aggregate,
            aggregate_id=aggregate_id,
            command_id=command_id,
            actor=actor,
            using=self.path,
            expected_seq=expected_seq,
        )


def account_id_for(company_id: str, currency: str) -> str:
    """Return the id of a supplier's account in a currency."""
    return _short(f"pay_{company_id}_{currency}", prefix="pay_", most=AGGREGATE_ID_LENGTH_MAX)


def limit_id_for(company_id: str) -> str:
    """Return the id of a supplier's limit."""
    return _short(f"lim_{company_id}", prefix="lim_", most=AGGREGATE_ID_LENGTH_MAX)


def derived_id(*parts: str) -> str:
    """Return the id of a command that follows from something with a name of its own; the same parts, the same id."""
    return _short(":".join(parts), prefix="from:", most=COMMAND_ID_LENGTH_MAX)


def _short(text: str, *, prefix: str, most: int) -> str:
    if len(text) <= most:
        return text
    return prefix + content_hash(text.encode()).hex()[: most - len(prefix)]
