"""How long the deadline worker takes over 10,000 orders that fell due together: `python -m benchmarks.deadlines [--json]`.

Each order's claim window has ended, so settling it releases the money. One worker, and two at once, which must settle each
order once between them.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import statistics
import sys
import time
from typing import Any

from benchmarks import _orders
from benchmarks._server import Database, Server, bench_server
from benchmarks._table import Figure, show
from fairlot.application.execute import WritePath
from fairlot.interfaces.worker.deadlines import settle_what_is_due

DUE = 10_000
ROUNDS = 3
# The window of 30 days has ended.
NOW = _orders.ARRIVED_AT + dt.timedelta(days=32)


def run_worker(database: Database, barrier: Any, seconds: Any) -> None:
    """Settle what is due, and report how many orders that were and how long it took."""
    path = WritePath(database.connect, clock=_orders.clock_from(NOW))
    with database.connect() as connection:
        barrier.wait()
        began = time.perf_counter()
        settled = settle_what_is_due(connection, aggregate=_orders.aggregate(), using=path)
        seconds.put((settled, time.perf_counter() - began))
    path.close()


def settle(server: Server, orders: Database, *, workers: int) -> float:
    """Return the seconds until all are settled, by so many workers at once."""
    spawn = multiprocessing.get_context("spawn")
    with server.database("bench_deadlines", copy_of=orders) as database:
        barrier, seconds = spawn.Barrier(workers), spawn.SimpleQueue()
        running = [
            spawn.Process(target=run_worker, args=(database, barrier, seconds))
            for _ in range(workers)
        ]
        for one in running:
            one.start()
        reports: list[tuple[int, float]] = [seconds.get() for _ in running]
        for one in running:
            one.join()
        assert sum(settled for settled, _ in reports) == DUE, reports
        with database.as_superuser() as connection:
            row = connection.execute(
                "SELECT count(*) FROM order_event WHERE type = 'FundsReleased'"
            ).fetchone()
        assert row == (DUE,), row
    return max(took for _, took in reports)


def main() -> int:
    """Measure and print."""
    with bench_server() as server, server.database("bench_due") as orders:
        _orders.load(orders, range(DUE), steps="arrived")
        alone, together = [], []
        for _ in range(ROUNDS):
            alone.append(settle(server, orders, workers=1))
            together.append(settle(server, orders, workers=2))
    figures = [
        Figure(
            name=f"{DUE:,} due orders, 1 worker",
            value=statistics.median(alone),
            unit="s",
            floor=20,
            target=8,
            is_cost=True,
        ),
        Figure(
            name=f"{DUE:,} due orders, 2 workers",
            value=statistics.median(together),
            unit="s",
            is_cost=True,
        ),
    ]
    show("Deadlines", figures, notes={"rounds": ROUNDS})
    return 0


if __name__ == "__main__":
    sys.exit(main())
