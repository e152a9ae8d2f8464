"""How the work stands: what is overdue, what waits, which jobs failed, when a worker was last heard of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import psycopg

from fairlot.store.writing.family import FAMILIES

_OVERDUE = " UNION ALL ".join(
    f"SELECT min(next_deadline_at) AS at FROM {name}_head WHERE next_deadline_at < %(now)s"
    for name in FAMILIES
)
_WAITING = " UNION ALL ".join(
    f"SELECT count(*) AS number, min(created_at) AS at FROM {name}_outbox WHERE handed_over_at IS NULL"
    for name in FAMILIES
)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one moment; times are ages in seconds, 0 where there is nothing, None where there never was any."""

    deadline_lag_seconds: float
    outbox_waiting: int
    outbox_oldest_seconds: float
    jobs_waiting: int
    jobs_failed: int
    worker_silent_seconds: float | None
    checkpoint_age_seconds: float | None


def standing(connection: psycopg.Connection, *, now: dt.datetime) -> Standing:
    """Read how the work stands; cheap, for every figure has an index or a small table."""
    overdue_at = _one(connection, f"SELECT min(at) FROM ({_OVERDUE}) AS overdue", now)[0]
    waiting, oldest_at = _one(
        connection, f"SELECT sum(number)::bigint, min(at) FROM ({_WAITING}) AS waiting", now
    )
    jobs_waiting, jobs_failed = _one(
        connection,
        "SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')), count(*) FILTER (WHERE status = 'failed')"
        " FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')",
        now,
    )
    heard_at = _one(connection, "SELECT max(last_heartbeat) FROM procrastinate_workers", now)[0]
    taken_at = _one(connection, "SELECT max(taken_at) FROM checkpoint", now)[0]
    return Standing(
        deadline_lag_seconds=_age(overdue_at, now) or 0.0,
        outbox_waiting=waiting,
        outbox_oldest_seconds=_age(oldest_at, now) or 0.0,
        jobs_waiting=jobs_waiting,
        jobs_failed=jobs_failed,
        worker_silent_seconds=_age(heard_at, now),
        checkpoint_age_seconds=_age(taken_at, now),
    )


def _one(connection: psycopg.Connection, query: str, now: dt.datetime) -> tuple[Any, ...]:
    row = connection.execute(query, {"now": now}).fetchone()
    assert row is not None
    return row


def _age(at: dt.datetime | None, now: dt.datetime) -> float | None:
    return None if at is None else max(0.0, (now - at).total_seconds())
