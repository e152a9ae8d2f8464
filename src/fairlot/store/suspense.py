"""What the bank said of unmatched money, kept so that it can be erased; and the ids under which banks moved ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import psycopg

QUEUE_MAX = 1_000


def keep_entry(connection: psycopg.Connection, suspense_id: str, entry: bytes) -> bytes | None:
    """Keep what the bank said of a movement unless it is kept, and return what is; None once that was erased."""
    connection.execute(
        "INSERT INTO suspense_entry (suspense_id, entry) VALUES (%s, %s)"
        " ON CONFLICT (suspense_id) DO NOTHING",
        [suspense_id, entry],
    )
    return find_entry(connection, suspense_id)


def find_entry(connection: psycopg.Connection, suspense_id: str) -> bytes | None:
    """Return what the bank said, or None for what was never kept or was erased."""
    row = connection.execute(
        "SELECT entry FROM suspense_entry WHERE suspense_id = %s", [suspense_id]
    ).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def erase_entry(connection: psycopg.Connection, suspense_id: str, *, at: dt.datetime) -> None:
    """Erase what the bank said; its hash stays in the record and says nothing any more."""
    connection.execute(
        "UPDATE suspense_entry SET entry = NULL, erased_at = %s"
        " WHERE suspense_id = %s AND erased_at IS NULL",
        [at, suspense_id],
    )


def waiting_ids(
    connection: psycopg.Connection, *, after: str = "", limit: int = QUEUE_MAX
) -> Sequence[str]:
    """Return what waits for a person, the oldest first; after one of them, waiting still or not any more."""
    rows = connection.execute(
        "SELECT suspense_id FROM suspense_head WHERE status = 'waiting' AND (%(after)s = ''"
        " OR (created_at, suspense_id) > (SELECT created_at, suspense_id FROM suspense_head"
        "  WHERE suspense_id = %(after)s))"
        " ORDER BY created_at, suspense_id LIMIT %(limit)s",
        {"after": after, "limit": limit},
    )
    return [suspense_id for (suspense_id,) in rows]


def keep_sent(
    connection: psycopg.Connection, bank_id: str, transfer: bytes, *, at: dt.datetime
) -> None:
    """Keep under which id the bank was asked for a transfer; the same again changes nothing."""
    connection.execute(
        "INSERT INTO sent_transfer (bank_id, transfer, sent_at) VALUES (%s, %s, %s)"
        " ON CONFLICT (bank_id) DO NOTHING",
        [bank_id, transfer, at],
    )


def find_sent(connection: psycopg.Connection, bank_id: str) -> bytes | None:
    """Return the transfer that the bank knows by an id."""
    row = connection.execute(
        "SELECT transfer FROM sent_transfer WHERE bank_id = %s", [bank_id]
    ).fetchone()
    return None if row is None else bytes(row[0])
