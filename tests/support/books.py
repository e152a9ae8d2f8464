"""A write path over a test's database, with a clock that tests move by hand, and short words for what tests often ask."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from fairlot.application.execute import WritePath, execute
from fairlot.application.outcome import Outcome
from fairlot.application.turn import Submission
from fairlot.domain.party import Actor
from fairlot.store.writing.wire import Tracer
from tests.support.postgres import Database
from tests.support.toy import BOX, BUYER, Fill, OpenBox

BEGINNING = dt.datetime(2026, 3, 2, 9, 0, 0, 250_000, tzinfo=dt.UTC)
OPEN_BOX = OpenBox(buyer_id="com_buyer", supplier_id="com_supplier")


class MovedClock:
    """Tells the time that a test sets."""

    def __init__(self, now: dt.datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **length: float) -> None:
        """Move forward (or backward) by a length in the words of `timedelta`."""
        self.now += dt.timedelta(**length)


class Books:
    """The toy aggregate behind a real write path."""

    def __init__(
        self,
        database: Database,
        *,
        clock: MovedClock | None = None,
        tracer: Tracer | None = None,
        connect: Callable[[], psycopg.Connection] | None = None,
    ) -> None:
        self.database = database
        self.clock = clock or MovedClock()
        self.path = WritePath(
            connect or (lambda: psycopg.connect(database.app_dsn, autocommit=True)),
            clock=self.clock,
            tracer=tracer,
        )
        self._ids = itertools.count(1)

    def ask(
        self,
        command: Any,
        *,
        box: str = "ord_1",
        command_id: str = "",
        actor: Actor = BUYER,
        expected_seq: int | None = None,
    ) -> Outcome:
        """Ask one command, under an id of its own unless one is given."""
        return execute(
            command,
            aggregate=BOX,
            aggregate_id=box,
            command_id=command_id or f"cmd_{next(self._ids)}",
            actor=actor,
            using=self.path,
            expected_seq=expected_seq,
        )

    def asked(
        self, command: Any, *, box: str = "ord_1", command_id: str = "", actor: Actor = BUYER
    ) -> Submission:
        """Return a command as an item of a batch."""
        return Submission(
            aggregate_id=box,
            command_id=command_id or f"cmd_{next(self._ids)}",
            actor=actor,
            command=command,
        )

    def filled(self, *, box: str = "ord_1", amount_minor: int = 1_000) -> str:
        """Open a box, fill it, and return its id."""
        self.ask(OPEN_BOX, box=box).unwrap()
        self.ask(Fill(amount_minor=amount_minor), box=box).unwrap()
        return box

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read as the owner, past row security."""
        with self.database.as_owner() as owner:
            return owner.execute(query, values).fetchall()

    def held_minor(self, box: str = "ord_1") -> int:
        """Return what a box holds by its postings."""
        query = (
            "SELECT coalesce(-sum(amount_minor), 0)::bigint FROM order_posting"
            " WHERE account = 'held' AND order_id = %s"
        )
        held: int = self.rows(query, box)[0][0]
        return held


@pytest.fixture
def books(database: Database) -> Iterator[Books]:
    """The toy aggregate on a database of its own."""
    given = Books(database)
    yield given
    given.path.close()
