"""What was found out for an acceptance of a version, kept by the command's id so that it is found out only once."""

from __future__ import annotations

import datetime as dt

import msgspec
import psycopg


class StoredAcceptance(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked what, and the facts by which it is decided, both as canonical bytes."""

    asked: bytes
    facts: bytes


def find_acceptance(
    connection: psycopg.Connection, order_id: str, command_id: str
) -> StoredAcceptance | None:
    """Return what was found out for a command before."""
    row = connection.execute(
        "SELECT asked, facts FROM order_acceptance WHERE order_id = %s AND command_id = %s",
        [order_id, command_id],
    ).fetchone()
    return None if row is None else StoredAcceptance(asked=bytes(row[0]), facts=bytes(row[1]))


def keep_acceptance(
    connection: psycopg.Connection,
    order_id: str,
    command_id: str,
    found: StoredAcceptance,
    *,
    at: dt.datetime,
) -> StoredAcceptance:
    """Keep what was found out unless somebody came first, and return what is kept."""
    connection.execute(
        "INSERT INTO order_acceptance (order_id, command_id, asked, facts, created_at)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (order_id, command_id) DO NOTHING",
        [order_id, command_id, found.asked, found.facts, at],
    )
    kept = find_acceptance(connection, order_id, command_id)
    assert kept is not None, "what was inserted is there"
    return kept
