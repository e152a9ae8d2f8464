"""What one durable command costs, against pgbench on the same server in the same minute: execute and execute_many.

`python -m benchmarks.write_path [--json]`. Real orders of 20 events, real commands that move money, fsync on. Short
rounds of all measurements follow each other, each between two of pgbench, so that a slow minute of the machine is
everybody's; medians, and ratios per round.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator
from multiprocessing.pool import Pool

import msgspec

from benchmarks import _orders
from benchmarks._server import Database, Pgbench, bench_server
from benchmarks._table import Figure, show
from fairlot.application.execute import WritePath, execute
from fairlot.application.execute_many import execute_many
from fairlot.application.turn import Submission

ROUNDS = 9
SECONDS = 1
PROCESSES = 4
# Each order is asked four things, in turn with its neighbors; a measurement ends early if it runs out of orders.
STEPS = 4
NEIGHBORS = 50
ORDERS_ALONE = 800
ORDERS_PER_PROCESS = 400
BATCH = 1_000
ORDERS_PER_ROUND = ORDERS_ALONE + PROCESSES * ORDERS_PER_PROCESS + BATCH


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How many commands were done in how many seconds, and in how many of the application's own processor."""

    commands: int
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Return commands per second."""
        return self.commands / self.seconds


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One round of all measurements."""

    pgbench: float
    alone: Measured
    pgbench_together: float
    together: float
    many: Measured


def submissions(numbers: range) -> Iterator[Submission]:
    """Yield all that is asked of these orders, order by order within a neighborhood, step by step."""
    for start in range(numbers.start, numbers.stop, NEIGHBORS):
        neighbors = range(start, min(start + NEIGHBORS, numbers.stop))
        for step in range(STEPS):
            for number in neighbors:
                yield submission(number, step)


def submission(number: int, step: int) -> Submission:
    """Return one of the things that are asked of an order."""
    actor, command = _orders.next_commands(number)[step]
    return Submission(
        aggregate_id=_orders.order_id(number),
        command_id=f"next_{step:027d}",
        actor=actor,
        command=command,
    )


@contextlib.contextmanager
def write_path(database: Database) -> Iterator[WritePath]:
    """Open a write path of one's own."""
    path = WritePath(database.connect, clock=_orders.clock_from(_orders.MAKING_UNTIL))
    try:
        yield path
    finally:
        path.close()


def one_by_one(path: WritePath, numbers: range) -> Measured:
    """Execute commands for a while, one after the other."""
    orders = _orders.aggregate()
    asked = list(submissions(numbers))
    done = 0
    cpu_began, began = time.process_time(), time.perf_counter()
    for one in asked:
        outcome = execute(
            one.command,
            aggregate=orders,
            aggregate_id=one.aggregate_id,
            command_id=one.command_id,
            actor=one.actor,
            using=path,
        )
        assert outcome.code is None, outcome
        assert 1 <= len(outcome.events) <= 2
        done += 1
        if time.perf_counter() - began >= SECONDS:
            break
    seconds = time.perf_counter() - began
    return Measured(commands=done, seconds=seconds, cpu_seconds=time.process_time() - cpu_began)


def in_batches(path: WritePath, numbers: range) -> Measured:
    """Execute batches, each of one command per order."""
    orders = _orders.aggregate()
    batches = [[submission(number, step) for number in numbers] for step in range(STEPS)]
    cpu_began, began = time.process_time(), time.perf_counter()
    for batch in batches:
        outcomes = execute_many(batch, aggregate=orders, using=path)
        assert all(one.code is None for one in outcomes)
    seconds = time.perf_counter() - began
    cpu_seconds = time.process_time() - cpu_began
    return Measured(commands=STEPS * len(numbers), seconds=seconds, cpu_seconds=cpu_seconds)


_path: WritePath | None = None
_barrier: object = None


def _start_process(database: Database, barrier: object) -> None:
    global _path, _barrier  # noqa: PLW0603  (what a process of a pool keeps between its tasks)
    _path = WritePath(database.connect, clock=_orders.clock_from(_orders.MAKING_UNTIL))
    _barrier = barrier


def _rate_beside_others(numbers: range) -> float:
    assert _path is not None
    # Connected and warm before the race starts.
    warm_up(_path, range(numbers.start, numbers.start + 1))
    _barrier.wait()  # type: ignore[attr-defined]
    return one_by_one(_path, range(numbers.start + 1, numbers.stop)).rate


def warm_up(path: WritePath, numbers: range) -> None:
    """Prepare the statements."""
    one_by_one(path, numbers)


def together(pool: Pool, numbers: range) -> float:
    """Return the commands per second of all processes, each with orders of its own."""
    shares = [
        range(start, start + ORDERS_PER_PROCESS)
        for start in range(numbers.start, numbers.stop, ORDERS_PER_PROCESS)
    ]
    assert len(shares) == PROCESSES
    return sum(pool.map(_rate_beside_others, shares, chunksize=1))


def measure(database: Database, pgbench: Pgbench) -> Iterator[Round]:
    """Yield round after round."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(PROCESSES)
    with (
        spawn.Pool(PROCESSES, _start_process, (database, barrier)) as pool,
        write_path(database) as path,
    ):
        warm_up(path, range(ROUNDS * ORDERS_PER_ROUND, ROUNDS * ORDERS_PER_ROUND + 1))
        before = pgbench.tps(clients=1, seconds=SECONDS)
        for start in range(0, ROUNDS * ORDERS_PER_ROUND, ORDERS_PER_ROUND):
            alone_until = start + ORDERS_ALONE
            together_until = alone_until + PROCESSES * ORDERS_PER_PROCESS
            alone = one_by_one(path, range(start, alone_until))
            many = in_batches(path, range(together_until, together_until + BATCH))
            after = pgbench.tps(clients=1, seconds=SECONDS)
            many_before = pgbench.tps(clients=PROCESSES, seconds=SECONDS)
            beside = together(pool, range(alone_until, together_until))
            many_after = pgbench.tps(clients=PROCESSES, seconds=SECONDS)
            yield Round(
                pgbench=(before + after) / 2,
                alone=alone,
                many=many,
                pgbench_together=(many_before + many_after) / 2,
                together=beside,
            )
            before = pgbench.tps(clients=1, seconds=SECONDS)


def figures(rounds: list[Round]) -> list[Figure]:
    """Return medians over the rounds; every ratio is one of a single round."""
    median = statistics.median
    return [
        Figure(
            name="execute, 1 client, × pgbench 1 client",
            value=median(one.alone.rate / one.pgbench for one in rounds),
            floor=0.8,
            target=1.0,
        ),
        Figure(
            name=f"execute, {PROCESSES} processes, × pgbench {PROCESSES} clients",
            value=median(one.together / one.pgbench_together for one in rounds),
            floor=0.4,
            target=0.6,
        ),
        Figure(
            name=f"execute_many, {BATCH:,} orders at a time, × pgbench 1 client",
            value=median(one.many.rate / one.pgbench for one in rounds),
            floor=5,
            target=8,
        ),
        Figure(
            name="execute_many, per second of application CPU",
            value=median(one.many.commands / one.many.cpu_seconds for one in rounds),
            unit="commands/s",
            floor=6_000,
            target=10_000,
        ),
        Figure(
            name="execute, 1 client", value=median(r.alone.rate for r in rounds), unit="commands/s"
        ),
        Figure(
            name="execute, 1 client, application CPU per command",
            value=median(r.alone.cpu_seconds / r.alone.commands for r in rounds) * 1e6,
            unit="µs",
            is_cost=True,
        ),
        Figure(
            name=f"execute, {PROCESSES} processes",
            value=median(r.together for r in rounds),
            unit="commands/s",
        ),
        Figure(name="execute_many", value=median(r.many.rate for r in rounds), unit="commands/s"),
        Figure(name="pgbench, 1 client", value=median(r.pgbench for r in rounds), unit="tps"),
        Figure(
            name=f"pgbench, {PROCESSES} clients",
            value=median(r.pgbench_together for r in rounds),
            unit="tps",
        ),
    ]


def main() -> int:
    """Load, measure, print."""
    with (
        bench_server() as server,
        server.database("bench_pgbench", migrated=False) as other,
        server.database("bench_orders") as database,
    ):
        pgbench = Pgbench(other)
        _orders.load(database, range(ROUNDS * ORDERS_PER_ROUND + 1), steps="making")
        rounds = list(measure(database, pgbench))
    notes: dict[str, object] = {
        "rounds": ROUNDS,
        "seconds per measurement": SECONDS,
        "orders": f"{ROUNDS * ORDERS_PER_ROUND:,} of {_orders.EVENTS_PER_ORDER} events",
        "ratios to pgbench, 1 client, per round": ", ".join(
            f"{one.alone.rate / one.pgbench:.2f}" for one in rounds
        ),
    }
    show("The write path", figures(rounds), notes=notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
