"""Which aggregates have something due: read without a lock, for whoever then locks each; an index, never the truth."""

from __future__ import annotations

import datetime as dt

import msgspec
import psycopg

from fairlot.store.writing.family import Family

_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Due(msgspec.Struct, frozen=True):
    """An aggregate whose earliest deadline has passed."""

    deadline_at: dt.datetime = _BEGINNING
    aggregate_id: str = ""


def due(
    connection: psycopg.Connection,
    family: Family,
    *,
    now: dt.datetime,
    limit: int,
    after: Due = Due(),  # noqa: B008  (frozen)
) -> list[Due]:
    """Return aggregates with something due, the longest overdue first, from the one after `after`."""
    key = family.id_column
    rows = connection.execute(
        f"SELECT next_deadline_at, {key} FROM {family.name}_head"
        f" WHERE next_deadline_at < %s AND (next_deadline_at, {key}) > (%s, %s)"
        f" ORDER BY next_deadline_at, {key} LIMIT %s",
        [now, after.deadline_at, after.aggregate_id, limit],
    )
    return [Due(deadline_at, aggregate_id) for deadline_at, aggregate_id in rows]
