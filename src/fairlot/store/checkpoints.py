"""Checkpoints: one root over the heads of all streams and strands at a moment; whoever holds it can tell if history was rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import psycopg

from fairlot.domain.audit.merkle import Head, TreeHash, head_bytes
from fairlot.store.records import FETCH_ROWS
from fairlot.store.strands import strand_heads
from fairlot.store.writing.family import FAMILIES

INTERVAL = dt.timedelta(hours=1)


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A root as it was taken. Leaves are the heads in the order of families, then of ids; strands come last."""

    taken_at: dt.datetime
    streams: int
    root: bytes


def take(connection: psycopg.Connection, *, at: dt.datetime) -> Checkpoint:
    """Take a checkpoint of this moment and keep it, unless it says nothing new; return the latest."""
    try:
        return _take(connection, at=at)
    except psycopg.errors.SerializationFailure:
        # Another worker kept one of the very same instant meanwhile, which is as good as ours.
        latest = find_latest(connection)
        assert latest is not None, "it was kept, or it would not have been in the way"
        return latest


def _take(connection: psycopg.Connection, *, at: dt.datetime) -> Checkpoint:
    with connection.transaction():
        # One snapshot for all families.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        tree = TreeHash()
        for head in heads(connection):
            tree.add(head_bytes(head))
        taken = Checkpoint(taken_at=at, streams=tree.size, root=tree.root())
        latest = find_latest(connection)
        if latest is not None and (latest.root == taken.root or latest.taken_at >= at):
            return latest
        connection.execute(
            "INSERT INTO checkpoint (taken_at, streams, root) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [taken.taken_at, taken.streams, taken.root],
        )
        return taken


def take_if_old(connection: psycopg.Connection, *, at: dt.datetime) -> Checkpoint:
    """Return the latest checkpoint, taken now if there is none or it is older than an hour."""
    latest = find_latest(connection)
    if latest is not None and at - latest.taken_at < INTERVAL:
        return latest
    return take(connection, at=at)


def find_latest(connection: psycopg.Connection) -> Checkpoint | None:
    """Return the latest checkpoint."""
    row = connection.execute(
        "SELECT taken_at, streams, root FROM checkpoint ORDER BY taken_at DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    taken_at, streams, root = row
    return Checkpoint(taken_at=taken_at, streams=streams, root=bytes(root))


def heads(connection: psycopg.Connection) -> Iterator[Head]:
    """Yield the heads of all streams and strands in the order of the tree; inside a transaction."""
    for family in FAMILIES.values():
        key = family.id_column
        with connection.cursor(name=f"{family.name}_heads") as cursor:
            cursor.itersize = FETCH_ROWS
            cursor.execute(
                f"SELECT {key}, head_seq, head_hash FROM {family.name}_head ORDER BY {key}"
            )
            for stream_id, seq, hashed in cursor:
                yield Head(family=family.name, stream_id=stream_id, seq=seq, hash=bytes(hashed))
    yield from strand_heads(connection)
