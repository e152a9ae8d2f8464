"""Suppliers as the platform knows them: enrolment, tier, receiving account; plain rows that people keep up to date."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

import msgspec
import psycopg

SALT_BYTES = 16


class Supplier(msgspec.Struct, frozen=True, kw_only=True):
    """One supplier. Without a row a company is not enrolled and has no account."""

    company_id: str
    enrolled: bool = False
    tier: str = ""
    account_hash: str = ""
    account_verified: bool = False


def find_supplier(connection: psycopg.Connection, company_id: str) -> Supplier | None:
    """Return what is known of a company as a supplier."""
    row = connection.execute(
        "SELECT enrolled, tier, account_hash, account_verified FROM supplier WHERE company_id = %s",
        [company_id],
    ).fetchone()
    if row is None:
        return None
    enrolled, tier, account_hash, account_verified = row
    return Supplier(
        company_id=company_id,
        enrolled=enrolled,
        tier=tier,
        account_hash=account_hash,
        account_verified=account_verified,
    )


def save_supplier(connection: psycopg.Connection, supplier: Supplier) -> None:
    """Write down what is known of a supplier now."""
    connection.execute(
        """
        INSERT INTO supplier (company_id, enrolled, tier, account_hash, account_verified)
        VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (company_id) DO UPDATE SET enrolled = excluded.enrolled, tier = excluded.tier,
          account_hash = excluded.account_hash, account_verified = excluded.account_verified
        """,
        [
            supplier.company_id,
            supplier.enrolled,
            supplier.tier,
            supplier.account_hash,
            supplier.account_verified,
        ],
    )


def suspend_supplier(connection: psycopg.Connection, company_id: str) -> None:
    """End a supplier's enrolment; its open orders keep what they were promised (ruling A26)."""
    connection.execute("UPDATE supplier SET enrolled = false WHERE company_id = %s", [company_id])


def save_receiving_account(
    connection: psycopg.Connection,
    *,
    company_id: str,
    details: bytes,
    salt: bytes,
    named_by: str,
) -> tuple[str, bool]:
    """Keep an account's details; return the salted hash by which events know it, and whether this command named it now.

    The same command of the company's again is the account that it named, whatever salt is brought.
    """
    assert len(salt) == SALT_BYTES, f"a salt has {SALT_BYTES} bytes"
    account_hash = hashlib.sha256(salt + details).hexdigest()
    done = connection.execute(
        "INSERT INTO receiving_account (account_hash, company_id, details, salt, named_by)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [account_hash, company_id, details, salt, named_by],
    )
    if done.rowcount == 1:
        return account_hash, True
    row = connection.execute(
        "SELECT account_hash FROM receiving_account WHERE company_id = %s AND named_by = %s",
        [company_id, named_by],
    ).fetchone()
    return (account_hash, True) if row is None else (str(row[0]), False)


def find_receiving_account(connection: psycopg.Connection, account_hash: str) -> bytes | None:
    """Return an account's details, or None for one that was never kept or was erased."""
    row = connection.execute(
        "SELECT details FROM receiving_account WHERE account_hash = %s", [account_hash]
    ).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def receiving_accounts_of(connection: psycopg.Connection, company_id: str) -> Sequence[str]:
    """Return the hashes of the accounts whose details are kept of a company, in their order."""
    rows = connection.execute(
        "SELECT account_hash FROM receiving_account WHERE company_id = %s AND erased_at IS NULL"
        " ORDER BY account_hash",
        [company_id],
    )
    return [account_hash for (account_hash,) in rows]


def erase_receiving_account(
    connection: psycopg.Connection, account_hash: str, *, at: dt.datetime
) -> None:
    """Erase an account's details; its hash stays in the record and says nothing any more."""
    connection.execute(
        "UPDATE receiving_account SET details = NULL, salt = NULL, erased_at = %s"
        " WHERE account_hash = %s AND erased_at IS NULL",
        [at, account_hash],
    )
