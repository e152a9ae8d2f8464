"""The order aggregate behind a real write path, with a clock moved by hand, for one order or for hundreds in step."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from fairlot.application.aggregate import Effect
from fairlot.application.execute import WritePath, execute
from fairlot.application.execute_many import BATCH_MAX, execute_many, settle_many
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.application.turn import Submission
from fairlot.application.verification.faults import Fault
from fairlot.application.verification.verify import verify
from fairlot.clock import Clock
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.state import EMPTY, Order
from fairlot.domain.party import Actor
from fairlot.domain.policy.loading import policy_id, shipped_policies
from tests.support.books import MovedClock
from tests.support.planting import plant
from tests.support.postgres import Database
from tests.support.scripts import Step
from tests.support.trades import BEGINNING

POLICIES = {policy_id(policy): policy for policy in shipped_policies().values()}
PathMaker = Callable[..., WritePath]
PLANTED_AT_ONCE = 250


def effects_of(event: OrderEvent) -> Sequence[Effect]:
    """Return messages for events of money and of disputes, one or two each, so that the outbox has its part in a commit."""
    match event:
        case e.RefundDecided():
            amount_minor = event.price_minor + event.fee_minor + event.excess_minor
            return (Effect(topic="refund", data={"id": event.refund_id, "minor": amount_minor}),)
        case e.FundsReleased():
            return (Effect(topic="payout", data={"minor": event.amount_minor}),)
        case e.DisputeOpened():
            told = {"dispute": event.dispute_id}
            return (Effect(topic="tell.buyer", data=told), Effect(topic="tell.supplier", data=told))
        case _:
            return ()


ORDERS = OrderAggregate(POLICIES, effects=effects_of)


class OrderBooks:
    """Orders in one database. The clock is the test's; whoever shares it sees the same instant."""

    def __init__(
        self,
        database: Database,
        *,
        aggregate: OrderAggregate = ORDERS,
        clock: MovedClock | None = None,
        make_path: PathMaker = WritePath,
    ) -> None:
        self.database = database
        self.aggregate = aggregate
        self.clock = clock or MovedClock(BEGINNING)
        self.path = path_to(database.app_dsn, self.clock, make_path=make_path)

    def ask_one(self, asked: Submission) -> Outcome:
        """Ask one command of one order, at the clock's instant."""
        return ask_by(self.path, asked, self.aggregate)

    def ask_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Ask commands of any number of orders in as few transactions as may be, at the clock's instant."""
        return [
            outcome
            for start in range(0, len(submissions), BATCH_MAX)
            for outcome in execute_many(
                submissions[start : start + BATCH_MAX], aggregate=self.aggregate, using=self.path
            )
        ]

    def plant(self, order_ids: Sequence[str], steps: Sequence[Step]) -> None:
        """Let orders come to be as if they had been taken through the steps, each at its instant."""
        for start in range(0, len(order_ids), PLANTED_AT_ONCE):
            stories = [(one, steps) for one in order_ids[start : start + PLANTED_AT_ONCE]]
            self.path.run(functools.partial(_plant, aggregate=self.aggregate, stories=stories))

    def settle(self, order_ids: Sequence[str]) -> int:
        """Let happen what is due at the clock's instant; return how many orders changed."""
        return sum(
            settle_many(
                order_ids[start : start + BATCH_MAX], aggregate=self.aggregate, using=self.path
            )
            for start in range(0, len(order_ids), BATCH_MAX)
        )

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read as the owner, past row security."""
        with self.database.as_owner() as owner:
            return owner.execute(query, values).fetchall()

    def order(self, order_id: str) -> Order:
        """Fold one order from its stored events."""
        query = "SELECT payload FROM order_event WHERE order_id = %s ORDER BY seq"
        payloads = [bytes(payload) for (payload,) in self.rows(query, order_id)]
        order: Order = EMPTY
        for event in self.aggregate.decode(b"[%b]" % b",".join(payloads)):
            order = self.aggregate.evolve(order, event)
        return order

    def faults(self) -> Sequence[Fault]:
        """Return what verification finds."""
        return verify(self.database.app_dsn, [self.aggregate]).faults


def _plant(
    writer: Any, *, aggregate: OrderAggregate, stories: Sequence[tuple[str, Sequence[Step]]]
) -> None:
    plant(writer, aggregate, stories)


@contextmanager
def order_books(
    database: Database, *, aggregate: OrderAggregate = ORDERS, make_path: PathMaker = WritePath
) -> Iterator[OrderBooks]:
    """Yield books on a database and let go of their connections at the end."""
    books = OrderBooks(database, aggregate=aggregate, make_path=make_path)
    try:
        yield books
    finally:
        books.path.close()


def path_to(dsn: str, clock: Clock, *, make_path: PathMaker = WritePath) -> WritePath:
    """Return a write path of one's own."""
    return make_path(lambda: psycopg.connect(dsn, autocommit=True), clock=clock)


def ask_by(path: WritePath, asked: Submission, aggregate: OrderAggregate = ORDERS) -> Outcome:
    """Ask one command by a write path of one's own."""
    return execute(
        asked.command,
        aggregate=aggregate,
        aggregate_id=asked.aggregate_id,
        command_id=asked.command_id,
        actor=asked.actor,
        using=path,
    )


def submission(order_id: str, command_id: str, actor: Actor, command: c.OrderCommand) -> Submission:
    """Return a command as an item of a batch."""
    return Submission(aggregate_id=order_id, command_id=command_id, actor=actor, command=command)


# What is recorded of an order, table by table, without its id and the hashes that contain it.
RECORDED = {
    "event": (
        "seq, type, version, recorded_at, effective_at, actor_role, actor_company_id, actor_person_id, command_id, payload",
        "seq",
    ),
    "posting": (
        "seq, entry_no, line_no, template, account, part, currency, amount_minor, rules_version",
        "seq, entry_no, line_no",
    ),
    "command": (
        "command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq",
        "command_id",
    ),
    "outbox": ("seq, message_no, topic, payload, created_at", "seq, message_no"),
    "head": (
        (
            "head_seq, recorded_at, next_deadline_at, status, created_at, policy_id, buyer_company_id,"
            " supplier_company_id, participant_company_ids, currency, total_minor"
        ),
        "head_seq",
    ),
}
# When a worker happened to come by; nothing else may depend on it.
WHEN_WRITTEN = frozenset({"recorded_at", "created_at"})

Recorded = Mapping[str, list[tuple[Any, ...]]]


def recorded(
    owner: psycopg.Connection, order_ids: Sequence[str], *, when_written: bool = True
) -> dict[str, Recorded]:
    """Return everything that is recorded of orders, so that two can be compared; without `when_written`, not by whom when."""
    found: dict[str, dict[str, list[tuple[Any, ...]]]] = {
        one: {table: [] for table in RECORDED} for one in order_ids
    }
    for table, (columns, order) in RECORDED.items():
        wanted = [name for name in columns.split(", ") if when_written or name not in WHEN_WRITTEN]
        query = (
            f"SELECT order_id, {', '.join(wanted)} FROM order_{table}"
            f" WHERE order_id = ANY(%s) ORDER BY order_id, {order}"
        )
        for order_id, *row in owner.execute(query, [list(order_ids)]):
            found[order_id][table].append(tuple(row))
    return dict(found)
