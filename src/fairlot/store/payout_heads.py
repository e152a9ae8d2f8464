"""Suppliers' accounts as lists show them: where each stands and when it last moved; a company reads its own alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.store.structs import rows_as


class PayoutHead(msgspec.Struct, frozen=True, kw_only=True):
    """One supplier's account in one currency, as its latest commit left it."""

    account_id: str
    company_id: str
    currency: str
    status: str
    recorded_at: dt.datetime


def payout_heads(
    connection: psycopg.Connection,
    *,
    company_id: str,
    status: str,
    before: tuple[dt.datetime, str] | None,
    limit: int,
) -> Sequence[PayoutHead]:
    """Return a page of accounts, the latest moved first; an empty company or status stands for every one."""
    at, account_id = before or (None, None)
    return rows_as(
        connection,
        PayoutHead,
        "SELECT payout_id AS account_id, company_id, currency, status, recorded_at FROM payout_head"
        " WHERE (%(company)s = '' OR company_id = %(company)s)"
        " AND (%(status)s = '' OR status = %(status)s)"
        " AND (%(at)s::timestamptz IS NULL OR (recorded_at, payout_id) < (%(at)s, %(id)s))"
        " ORDER BY recorded_at DESC, payout_id DESC LIMIT %(limit)s",
        {"company": company_id, "status": status, "at": at, "id": account_id, "limit": limit},
    )
