"""The worker: time that passes and messages that wait; any number may run, stop and be killed at any moment."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from fairlot.application.aggregate import Aggregate
from fairlot.application.effects import Handler, perform
from fairlot.application.execute import WritePath
from fairlot.application.outcome import Unavailable
from fairlot.interfaces.worker import outbox
from fairlot.interfaces.worker.deadlines import settle_what_is_due
from fairlot.interfaces.worker.jobs import CONCURRENCY, make_app, run_until_stopped, run_what_waits
from fairlot.store import checkpoints
from fairlot.store.outbox import Place
from fairlot.store.rollup import roll_up
from fairlot.struct_types import prepare_struct_types

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0
# Balances and lost jobs are looked at every so many ticks; nobody waits for them.
TICKS_BETWEEN_UPKEEP = 60
# Effects lead to commands, and these to effects; more rounds than this are a circle.
ROUNDS_MAX = 1_000


class Worker:
    """Everything a worker does, as steps that can be taken one by one."""

    def __init__(
        self,
        dsn: str,
        *,
        aggregates: Sequence[Aggregate[Any, Any, Any]],
        handlers: Mapping[str, Handler],
        using: WritePath,
        errands: Sequence[Callable[[], object]] = (),
    ) -> None:
        self._aggregates = aggregates
        self._handlers = handlers
        self._using = using
        self._errands = errands
        self._pool = ConnectionPool(
            dsn, min_size=0, max_size=CONCURRENCY + 2, kwargs={"autocommit": True}, open=True
        )
        self._jobs = make_app(dsn, self.perform)
        self._stopping = threading.Event()
        self._has_performed = False

    def perform(self, place: Place) -> bool:
        """Perform one message of the outbox."""
        with self._pool.connection() as connection:
            performed = perform(
                place,
                connection=connection,
                handlers=self._handlers,
                clock=self._using.clock,
            )
        self._has_performed = True
        return performed

    def tick(self) -> int:
        """Settle what is due and hand over what waits; return how much there was."""
        with self._pool.connection() as connection:
            settled = sum(
                settle_what_is_due(connection, aggregate=aggregate, using=self._using)
                for aggregate in self._aggregates
            )
            return settled + outbox.hand_over(connection, at=self._using.clock())

    def upkeep(self) -> None:
        """Sum up balances, let messages wait again whose jobs are gone, and take a checkpoint of all heads."""
        with self._pool.connection() as connection:
            roll_up(connection)
            outbox.put_back_lost(connection, at=self._using.clock())
            checkpoints.take_if_old(connection, at=self._using.clock())

    def run_once(self) -> None:
        """Do all that there is to do by now, and what follows from it, then return."""
        for _ in range(ROUNDS_MAX):
            done = self.tick()
            self._has_performed = False
            if done or self._is_work_queued():
                asyncio.run(run_what_waits(self._jobs))
            # What was performed may have left messages of its own, though nothing was due and nothing waited before.
            if not done and not self._has_performed:
                for errand in self._errands:
                    self._take_step(errand)
                self.upkeep()
                return
        raise AssertionError("effects and commands bring each other about without end")

    def _is_work_queued(self) -> bool:
        """Say whether a job is ready, or a worker that died may have left one; most sweeps find neither."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))"
            ).fetchone()
        return bool(row and row[0])

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is under way is finished first."""
        prepare_struct_types()
        threads = [threading.Thread(target=self._tick_until_stopped, name="fairlot-ticks")]
        # Each errand waits for others outside, so each has a thread of its own.
        threads += [
            threading.Thread(target=self._run_until_stopped, args=(errand,), name="fairlot-errand")
            for errand in self._errands
        ]
        for thread in threads:
            thread.start()
        try:
            asyncio.run(run_until_stopped(self._jobs))
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join()

    def close(self) -> None:
        """Let go of the worker's connections."""
        self._pool.close()

    def _tick_until_stopped(self) -> None:
        ticks = 0
        while True:
            self._take_step(self.tick)
            if ticks % TICKS_BETWEEN_UPKEEP == 0:
                self._take_step(self.upkeep)
            ticks += 1
            if self._stopping.wait(TICK_SECONDS):
                return

    def _run_until_stopped(self, errand: Callable[[], object]) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            self._take_step(errand)

    def _take_step(self, step: Callable[[], object]) -> None:
        try:
            step()
        except (Unavailable, psycopg.OperationalError) as error:
            logger.warning("The database cannot be asked now: %s", error)
        except Exception:
            # The loop outlives a mistake; it is logged as one each time.
            logger.exception("A step of the worker failed")


@contextmanager
def worker(
    dsn: str,
    *,
    aggregates: Sequence[Aggregate[Any, Any, Any]],
    handlers: Mapping[str, Handler],
    using: WritePath,
    errands: Sequence[Callable[[], object]] = (),
) -> Iterator[Worker]:
    """Yield a worker and let go of its connections at the end."""
    made = Worker(dsn, aggregates=aggregates, handlers=handlers, using=using, errands=errands)
    try:
        yield made
    finally:
        made.close()
