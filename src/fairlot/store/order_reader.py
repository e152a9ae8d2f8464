"""Orders read for people, without a lock: heads for lists, stories for pages; whose they may be, `reach` says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.domain.party import Actor, Role
from fairlot.store.structs import rows_as


class OrderHead(msgspec.Struct, frozen=True, kw_only=True):
    """One order in a list, as its latest commit left it."""

    order_id: str
    status: str
    policy_id: str
    buyer_id: str
    supplier_id: str
    created_at: dt.datetime
    recorded_at: dt.datetime
    next_deadline_at: dt.datetime | None


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it stands in the table."""

    order_id: str
    seq: int
    recorded_at: dt.datetime
    actor: Actor
    command_id: str
    payload: bytes
    hash: str


def heads(
    connection: psycopg.Connection, *, limit: int, offset: int = 0, order_id_like: str = ""
) -> Sequence[OrderHead]:
    """Return orders, the newest first; `order_id_like` is a part of the id."""
    return rows_as(
        connection,
        OrderHead,
        """
        SELECT order_id, status, policy_id, buyer_company_id AS buyer_id, supplier_company_id AS supplier_id,
          created_at, recorded_at, next_deadline_at
        FROM order_head
        WHERE %(part)s = '' OR position(%(part)s in order_id) > 0
        ORDER BY created_at DESC, order_id LIMIT %(limit)s OFFSET %(offset)s
        """,
        {"part": order_id_like, "limit": limit, "offset": offset},
    )


def stories(
    connection: psycopg.Connection, order_ids: Sequence[str]
) -> dict[str, list[StoredEvent]]:
    """Return all events of each order in their order; an order that is not there, or not to be seen, is left out."""
    found: dict[str, list[StoredEvent]] = {}
    rows = connection.execute(
        """
        SELECT order_id, seq, recorded_at, actor_role, actor_company_id, actor_person_id, command_id, payload, hash
        FROM order_event WHERE order_id = ANY (%s) ORDER BY order_id, seq
        """,
        [list(order_ids)],
    )
    for order_id, seq, recorded_at, role, company, person, command_id, payload, digest in rows:
        found.setdefault(order_id, []).append(
            StoredEvent(
                order_id=order_id,
                seq=seq,
                recorded_at=recorded_at.astimezone(dt.UTC),
                actor=Actor(role=Role(role), company_id=company, person_id=person),
                command_id=command_id,
                payload=bytes(payload),
                hash=bytes(digest).hex(),
            )
        )
    return found


def due_heads(
    connection: psycopg.Connection, *, until: dt.datetime, limit: int
) -> Sequence[tuple[str, dt.datetime]]:
    """Return the orders whose next deadline comes not later than an instant, the earliest first."""
    rows = connection.execute(
        """
        SELECT order_id, next_deadline_at FROM order_head
        WHERE next_deadline_at IS NOT NULL AND next_deadline_at <= %s
        ORDER BY next_deadline_at, order_id LIMIT %s
        """,
        [until, limit],
    )
    return [(order_id, due_at.astimezone(dt.UTC)) for order_id, due_at in rows]
