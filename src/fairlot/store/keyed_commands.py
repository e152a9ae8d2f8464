"""Commands found by the id that a caller of the API chose, without knowing the order: one index, of such ids alone."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import psycopg

KEYED_PREFIX = "key:"


class KeyedCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded command: refused with a code and facts or not, and its events as a JSON list of canonical bytes."""

    order_id: str
    command_id: str
    refusal_code: str | None
    facts: bytes | None
    events: bytes


def find_keyed(
    connection: psycopg.Connection, command_ids: Sequence[str]
) -> Sequence[KeyedCommand]:
    """Return the recorded commands of those ids, in the order of their orders' ids."""
    rows = connection.execute(
        """
        SELECT order_id, command_id, refusal_code, facts, ARRAY(
          SELECT event.payload::bytea FROM order_event AS event
          WHERE event.order_id = command.order_id
            AND event.seq BETWEEN command.first_seq AND command.last_seq ORDER BY event.seq)
        FROM order_command AS command
        WHERE command_id = ANY (%s) AND command_id LIKE 'key:%%' ORDER BY order_id
        """,
        [list(command_ids)],
    )
    return [
        KeyedCommand(
            order_id=order_id,
            command_id=command_id,
            refusal_code=refusal_code,
            facts=None if facts is None else bytes(facts),
            events=b"[%b]" % b",".join(bytes(payload) for payload in payloads),
        )
        for order_id, command_id, refusal_code, facts, payloads in rows
    ]


def head_seq(connection: psycopg.Connection, order_id: str) -> int:
    """Return the number of an order's latest event."""
    row = connection.execute(
        "SELECT head_seq FROM order_head WHERE order_id = %s", [order_id]
    ).fetchone()
    assert row is not None, "an order that was asked has a head"
    return int(row[0])
