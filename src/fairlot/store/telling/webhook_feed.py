"""Which endpoints ask for every event of an order, and which orders have events that none of them was offered yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.store.structs import rows_as


class EventTaker(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that asks for events of orders by their own names, those recorded since it first did."""

    endpoint_id: str
    company_id: str
    event_types: tuple[str, ...]
    events_since: dt.datetime


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """An order with events after the one up to which it was looked at."""

    order_id: str
    told_seq: int


def event_takers(connection: psycopg.Connection) -> list[EventTaker]:
    """Return the endpoints that ask for events of orders; disabled ones too, for which they are held."""
    return rows_as(
        connection,
        EventTaker,
        "SELECT endpoint_id, company_id, event_types, events_since FROM webhook_endpoint"
        " WHERE events_since IS NOT NULL AND removed_at IS NULL ORDER BY endpoint_id",
        [],
    )


def orders_behind(
    connection: psycopg.Connection, takers: Sequence[EventTaker], *, limit: int
) -> list[Behind]:
    """Return orders of the takers' companies, or any for the platform, whose latest events none was offered yet."""
    companies = sorted({taker.company_id for taker in takers})
    return rows_as(
        connection,
        Behind,
        """
        SELECT head.order_id, coalesce(told.seq, 0) AS told_seq
        FROM order_head AS head LEFT JOIN order_told AS told ON told.order_id = head.order_id
        WHERE head.head_seq > coalesce(told.seq, 0) AND head.recorded_at >= %(since)s
          AND (%(all)s OR head.buyer_company_id = ANY (%(companies)s)
            OR head.supplier_company_id = ANY (%(companies)s)
            OR head.participant_company_ids && %(companies)s)
        ORDER BY head.recorded_at, head.order_id LIMIT %(limit)s
        """,
        {
            "since": min(taker.events_since for taker in takers),
            "all": "" in companies,
            "companies": companies,
            "limit": limit,
        },
    )


def mark_told(connection: psycopg.Connection, order_id: str, seq: int) -> None:
    """Note up to where an order was looked at; it never moves back."""
    connection.execute(
        "INSERT INTO order_told (order_id, seq) VALUES (%s, %s)"
        " ON CONFLICT (order_id) DO UPDATE SET seq = greatest(order_told.seq, EXCLUDED.seq)",
        [order_id, seq],
    )
