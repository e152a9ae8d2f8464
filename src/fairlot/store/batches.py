"""Payment files as they were put together: kept before anything is marked as sent, so that the same file can be written again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg


class BatchItem(msgspec.Struct, frozen=True, kw_only=True):
    """One payout in a file: the name the bank knows it by, the account's id, and the payout's id there."""

    name: str
    account_id: str
    payout_id: str


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A file's header as canonical bytes, when it was put together, and what it was to hold."""

    header: bytes
    created_at: dt.datetime
    items: tuple[BatchItem, ...]


def find_batch(connection: psycopg.Connection, batch_id: str) -> Batch | None:
    """Return a file as it was put together."""
    row = connection.execute(
        "SELECT header, created_at FROM transfer_batch WHERE batch_id = %s", [batch_id]
    ).fetchone()
    if row is None:
        return None
    items = connection.execute(
        "SELECT name, account_id, payout_id FROM transfer_batch_item WHERE batch_id = %s ORDER BY name",
        [batch_id],
    )
    return Batch(
        header=bytes(row[0]),
        created_at=row[1],
        items=tuple(
            BatchItem(name=name, account_id=account_id, payout_id=payout_id)
            for name, account_id, payout_id in items
        ),
    )


def keep_batch(
    connection: psycopg.Connection,
    batch_id: str,
    header: bytes,
    items: Sequence[BatchItem],
    *,
    at: dt.datetime,
) -> Batch:
    """Keep a file's contents whole unless somebody came first, and return what is kept."""
    with connection.transaction():
        kept = connection.execute(
            "INSERT INTO transfer_batch (batch_id, header, created_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (batch_id) DO NOTHING RETURNING 1",
            [batch_id, header, at],
        ).fetchone()
        if kept is not None:
            connection.execute(
                "INSERT INTO transfer_batch_item (batch_id, name, account_id, payout_id)"
                " SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::text[])",
                [
                    batch_id,
                    [item.name for item in items],
                    [item.account_id for item in items],
                    [item.payout_id for item in items],
                ],
            )
    batch = find_batch(connection, batch_id)
    assert batch is not None, "what was inserted is there"
    return batch
