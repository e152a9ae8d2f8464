"""The job queue: runs effects, tries again what failed, and takes up again what a dead worker left behind."""

from __future__ import annotations

from collections.abc import Callable

import procrastinate
from procrastinate.jobs import DeleteJobCondition

from fairlot.interfaces.worker.outbox import QUEUE, TASK
from fairlot.store.outbox import Place

CONCURRENCY = 4
# One for each job under way, and for the queue's own upkeep.
CONNECTIONS_MAX = CONCURRENCY + 2
# With doubling waits, the last try is about two weeks after the first; then an operator has to look.
ATTEMPTS_MAX = 20
# A worker that has been silent for so long is dead, and its jobs are anyone's.
STALLED_AFTER_SECONDS = 120


def make_app(
    dsn: str,
    perform: Callable[[Place], object],
    *,
    stalled_after_seconds: float = STALLED_AFTER_SECONDS,
) -> procrastinate.App:
    """Return the queue's application, whose one kind of job performs the message at a place."""
    # One connection until more are asked for: a sweep often finds nothing to do.
    connector = procrastinate.PsycopgConnector(conninfo=dsn, min_size=1, max_size=CONNECTIONS_MAX)
    app = procrastinate.App(connector=connector)

    @app.task(
        name=TASK,
        queue=QUEUE,
        retry=procrastinate.RetryStrategy(max_attempts=ATTEMPTS_MAX, exponential_wait=2),
    )
    def perform_effect(family: str, aggregate_id: str, seq: int, message_no: int) -> None:
        perform(Place(family, aggregate_id, seq, message_no))

    # A queueing lock, so that sweeps do not pile up; never a lock, or the sweeper would wait for what it should free.
    @app.periodic(cron="* * * * *", periodic_id="take_up_stalled")
    @app.task(name="take_up_stalled", queue=QUEUE, queueing_lock="take_up_stalled")
    async def take_up_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001  (the queue hands it over)
        await take_up_stalled(app, stalled_after_seconds)

    return app


async def take_up_stalled(app: procrastinate.App, stalled_after_seconds: float) -> int:
    """Queue the jobs of dead workers again; return how many."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_seconds)
    count = 0
    for job in stalled:
        await app.job_manager.retry_job(job)
        count += 1
    return count


async def run_what_waits(app: procrastinate.App) -> None:
    """Run jobs until none is ready.

    A pass of the queue ends when every job that is left waits for one under way with the same lock, so there are passes
    until one changes nothing: what is left then is for later, or somebody else's turn.
    """
    async with app.open_async():
        await take_up_stalled(app, STALLED_AFTER_SECONDS)
        before, left = None, await _run_pass(app)
        while left and left != before:
            before, left = left, await _run_pass(app)


async def _run_pass(app: procrastinate.App) -> set[tuple[int | None, int]]:
    """Run the queue until it finds nothing more to begin with; return which jobs are left, and how often each was tried."""
    await app.run_worker_async(
        wait=False,
        concurrency=CONCURRENCY,
        install_signal_handlers=False,
        listen_notify=False,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
    )
    jobs = await app.job_manager.list_jobs_async(queue=QUEUE, status="todo")
    return {(job.id, job.attempts) for job in jobs}


async def run_until_stopped(app: procrastinate.App) -> None:
    """Run jobs until SIGTERM or SIGINT; those under way are finished first."""
    async with app.open_async():
        await app.run_worker_async(
            wait=True, concurrency=CONCURRENCY, delete_jobs=DeleteJobCondition.SUCCESSFUL
        )
