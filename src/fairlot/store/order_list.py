"""Heads of orders page by page, the newest first, each page from where the last one ended, whatever came in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.store.structs import rows_as


class ListPlace(msgspec.Struct, frozen=True):
    """Where a page ended: the last order's creation and id."""

    created_at: dt.datetime
    order_id: str


class ListHead(msgspec.Struct, frozen=True, kw_only=True):
    """One order in a list."""

    order_id: str
    created_at: dt.datetime

    @property
    def place(self) -> ListPlace:
        """Return the place after this order."""
        return ListPlace(self.created_at, self.order_id)


def heads_after(
    connection: psycopg.Connection,
    *,
    after: ListPlace | None,
    statuses: Sequence[str],
    buyer_id: str = "",
    supplier_id: str = "",
    only_waiting: bool = False,
    limit: int,
) -> Sequence[ListHead]:
    """Return orders that the reader may see: of those statuses if any are named, and of that buyer or supplier if one is.

    `only_waiting` leaves out those in which nobody has anything to do: no clock runs, and no draft waits for a contract.
    """
    return rows_as(
        connection,
        ListHead,
        """
        SELECT order_id, created_at FROM order_head
        WHERE (%(created_at)s::timestamptz IS NULL
            OR (created_at, order_id) < (%(created_at)s, %(order_id)s COLLATE "C"))
          AND (%(statuses)s::text[] = '{}' OR status = ANY (%(statuses)s))
          AND (%(buyer_id)s = '' OR buyer_company_id = %(buyer_id)s)
          AND (%(supplier_id)s = '' OR supplier_company_id = %(supplier_id)s)
          AND (NOT %(only_waiting)s OR next_deadline_at IS NOT NULL OR status = 'draft')
        ORDER BY created_at DESC, order_id DESC LIMIT %(limit)s
        """,
        {
            "created_at": None if after is None else after.created_at,
            "order_id": "" if after is None else after.order_id,
            "statuses": list(statuses),
            "buyer_id": buyer_id,
            "supplier_id": supplier_id,
            "only_waiting": only_waiting,
            "limit": limit,
        },
    )
