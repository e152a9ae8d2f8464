"""Real orders behind a real write path, planted and asked by tests."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any

import psycopg

from fairlot.application.execute import WritePath, execute
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.domain.order.commands import OrderCommand
from fairlot.domain.party import Actor
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.store.wire import Tracer
from tests.support.books import MovedClock
from tests.support.planting import plant
from tests.support.scripts import Step
from tests.support.trades import BEGINNING


@functools.cache
def orders() -> OrderAggregate:
    """Return orders under the shipped editions."""
    return OrderAggregate({policy_id(policy): policy for policy in shipped_policies().values()})


class OrderBooks:
    """Orders in one database, with a clock that tests move."""

    def __init__(self, app_dsn: str, *, tracer: Tracer | None = None) -> None:
        self.app_dsn = app_dsn
        self.clock = MovedClock(BEGINNING)
        self.path = WritePath(
            lambda: psycopg.connect(app_dsn, autocommit=True), clock=self.clock, tracer=tracer
        )

    def plant(self, *stories: tuple[str, Sequence[Step]]) -> None:
        """Write whole stories, each under its id."""
        self.path.run(lambda writer: plant(writer, orders(), stories))

    def ask(
        self,
        order_id: str,
        command: OrderCommand,
        *,
        command_id: str,
        actor: Actor,
        at: dt.datetime | None = None,
    ) -> Outcome:
        """Ask one command, at an instant if one is given."""
        if at is not None:
            self.clock.now = at
        return execute(
            command,
            aggregate=orders(),
            aggregate_id=order_id,
            command_id=command_id,
            actor=actor,
            using=self.path,
        )


def everything_of(connection: psycopg.Connection, order_id: str) -> dict[str, list[Any]]:
    """Return all rows of one order but for its id and what the chain makes of it."""
    tables = {
        "head": "head_seq, created_at, recorded_at, next_deadline_at, status, currency, total_minor",
        "event": "seq, type, recorded_at, effective_at, actor_role, actor_person_id, command_id, payload",
        "posting": "seq, entry_no, line_no, template, account, part, currency, amount_minor",
        "command": "command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq",
        "outbox": "seq, message_no, topic, payload, created_at",
    }
    return {
        table: connection.execute(
            f"SELECT {columns} FROM order_{table} WHERE order_id = %s ORDER BY 1, 2, 3", [order_id]
        ).fetchall()
        for table, columns in tables.items()
    }
