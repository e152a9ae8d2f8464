"""What orders know of a company and a person: which are open, and which events a person caused; read, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from django.db import connection

from fairlot.domain.order.state import ENDED_STATUSES

ACTS_MAX = 100_000


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One event that a person caused."""

    order_id: str
    seq: int
    type: str
    recorded_at: dt.datetime


def has_open_orders(company_id: str) -> bool:
    """Say whether a company takes part in an order that has not ended; a draft counts too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM order_head WHERE status <> ALL (%(ended)s)"
            " AND (buyer_company_id = %(company)s OR supplier_company_id = %(company)s"
            " OR participant_company_ids @> ARRAY[%(company)s]::text[]))",
            {"company": company_id, "ended": [status.value for status in ENDED_STATUSES]},
        )
        row = cursor.fetchone()
    assert row is not None
    return bool(row[0])


def is_party(company_id: str) -> bool:
    """Say whether any order has a company as its buyer or supplier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM order_head"
            " WHERE buyer_company_id = %(company)s OR supplier_company_id = %(company)s)",
            {"company": company_id},
        )
        row = cursor.fetchone()
    assert row is not None
    return bool(row[0])


def acts_of(person_id: str, company_ids: Sequence[str]) -> list[Act]:
    """Return what a person did on the orders of companies, the oldest first, up to a limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.order_id, e.seq, e.type, e.recorded_at FROM order_head h"
            " JOIN order_event e ON e.order_id = h.order_id"
            " WHERE e.actor_person_id = %(person)s AND (h.buyer_company_id = ANY (%(companies)s)"
            " OR h.supplier_company_id = ANY (%(companies)s)"
            " OR h.participant_company_ids && %(companies)s::text[])"
            " ORDER BY e.recorded_at, e.order_id, e.seq LIMIT %(most)s",
            {"person": person_id, "companies": list(company_ids), "most": ACTS_MAX},
        )
        rows = cursor.fetchall()
    return [
        Act(order_id=order_id, seq=seq, type=type_, recorded_at=recorded_at)
        for order_id, seq, type_, recorded_at in rows
    ]
