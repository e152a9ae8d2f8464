"""What each order says of its supplier, kept up to a number of events: a projection that can be thrown away and made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import psycopg

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.supplier.order_entry import OrderEntry

# Suppliers looked at per round.
BATCH = 200


def orders_behind(connection: psycopg.Connection, company_id: str) -> Sequence[tuple[str, int]]:
    """Return a supplier's orders whose entry is missing or older than their events, with the number of events."""
    return connection.execute(
        """
        SELECT head.order_id, head.head_seq FROM order_head AS head
        LEFT JOIN supplier_order AS kept
          ON kept.company_id = head.supplier_company_id AND kept.order_id = head.order_id
        WHERE head.supplier_company_id = %s AND head.head_seq > coalesce(kept.seq, 0)
        ORDER BY head.order_id
        """,
        [company_id],
    ).fetchall()


def companies_behind(connection: psycopg.Connection, *, limit: int = BATCH) -> Sequence[str]:
    """Return suppliers with an order, or a limit, that has moved on since they were last looked at."""
    rows = connection.execute(
        """
        SELECT head.supplier_company_id FROM order_head AS head
        LEFT JOIN supplier_order AS kept
          ON kept.company_id = head.supplier_company_id AND kept.order_id = head.order_id
        WHERE head.head_seq > coalesce(kept.seq, 0) AND head.supplier_company_id <> ''
        UNION
        SELECT head.company_id FROM limit_head AS head
        JOIN supplier_profile AS profile USING (company_id) WHERE head.head_seq > profile.limit_seq
        LIMIT %s
        """,
        [limit],
    )
    return [company_id for (company_id,) in rows]


def save_entry(
    connection: psycopg.Connection,
    company_id: str,
    order_id: str,
    *,
    seq: int,
    entry: OrderEntry | None,
) -> None:
    """Keep an order's entry as of so many events, never an older one over a newer."""
    connection.execute(
        """
        INSERT INTO supplier_order (company_id, order_id, seq, entry) VALUES (%s, %s, %s, %s)
        ON CONFLICT (company_id, order_id) DO UPDATE SET seq = excluded.seq, entry = excluded.entry
        WHERE supplier_order.seq < excluded.seq
        """,
        [company_id, order_id, seq, None if entry is None else canonical_bytes(entry)],
    )


def entries_of(connection: psycopg.Connection, company_id: str) -> Mapping[str, OrderEntry]:
    """Return the entries of a supplier's agreed orders by order."""
    rows = connection.execute(
        "SELECT order_id, entry FROM supplier_order WHERE company_id = %s AND entry IS NOT NULL"
        " ORDER BY order_id",
        [company_id],
    )
    return {
        order_id: msgspec.json.decode(bytes(entry), type=OrderEntry) for order_id, entry in rows
    }


def forget_entries(connection: psycopg.Connection, company_id: str) -> None:
    """Mark a supplier's entries as older than any event, so that all are made again."""
    connection.execute(
        "UPDATE supplier_order SET seq = 1, entry = NULL WHERE company_id = %s", [company_id]
    )
