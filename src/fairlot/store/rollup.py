"""Balances of shared accounts, summed up behind the orders' backs: no order ever waits for another one's money.

Each aggregate has a mark up to which its postings are counted; a posting is counted in the transaction that moves the
mark past it, so exactly once, after any pause and whoever counts.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import psycopg

from fairlot.store.writing.family import FAMILIES, Family

# Aggregates per transaction: enough to be quick, few enough to be done soon.
BATCH = 1_000
# One counter per family at a time; others leave it to it.
LOCK = 7_265_003


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """An account's balance over all aggregates of a family; positive is debit."""

    family: str
    account: str
    part: str
    currency: str
    balance_minor: int
    postings: int


def roll_up(connection: psycopg.Connection) -> int:
    """Count every posting that is not counted yet, and return of how many aggregates."""
    return sum(_roll_up_family(connection, family) for family in FAMILIES.values())


def balances(connection: psycopg.Connection) -> list[Balance]:
    """Return all balances as of this moment: what is counted, and the postings since."""
    return [
        balance
        for family in FAMILIES.values()
        for balance in _balances(
            connection,
            family,
            f"""
            SELECT account, part, currency, balance_minor, postings FROM account_balance
              WHERE family = '{family.name}'
            UNION ALL
            SELECT account, part, currency, amount_minor, 1 FROM {_behind(family)} AS behind
              JOIN {family.name}_posting AS posting ON posting.{family.id_column} = behind.id
                AND posting.seq > behind.counted AND posting.seq <= behind.head_seq
            """,
        )
    ]


def summed(connection: psycopg.Connection) -> list[Balance]:
    """Return all balances from the postings alone: slow, and what the others must agree with."""
    return [
        balance
        for family in FAMILIES.values()
        for balance in _balances(
            connection,
            family,
            "SELECT account, part, currency, amount_minor AS balance_minor, 1 AS postings"
            f" FROM {family.name}_posting",
        )
    ]


def _balances(connection: psycopg.Connection, family: Family, parts: str) -> Iterator[Balance]:
    rows = connection.execute(
        "SELECT account, part, currency, sum(balance_minor)::numeric, sum(postings)::bigint"
        f" FROM ({parts}) AS parts GROUP BY account, part, currency ORDER BY account, part, currency"
    )
    for account, part, currency, balance, postings in rows:
        yield Balance(
            family=family.name,
            account=account,
            part=part,
            currency=currency,
            balance_minor=int(balance),
            postings=int(postings),
        )


def _roll_up_family(connection: psycopg.Connection, family: Family) -> int:
    total = 0
    while True:
        with connection.transaction():
            if not _is_ours_alone(connection, family):
                return total
            counted = _count_batch(connection, family)
        total += counted
        if counted < BATCH:
            return total


def _is_ours_alone(connection: psycopg.Connection, family: Family) -> bool:
    number = list(FAMILIES).index(family.name)
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, number]).fetchone()
    assert row is not None
    return bool(row[0])


def _count_batch(connection: psycopg.Connection, family: Family) -> int:
    key = family.id_column
    row = connection.execute(
        f"""
        WITH behind AS MATERIALIZED (SELECT * FROM {_behind(family)} AS all_behind LIMIT %(batch)s),
        marked AS (
          INSERT INTO {family.name}_rollup ({key}, seq) SELECT id, head_seq FROM behind
          ON CONFLICT ({key}) DO UPDATE SET seq = excluded.seq
        ),
        added AS (
          INSERT INTO account_balance (family, account, part, currency, balance_minor, postings)
          SELECT %(family)s, account, part, currency, sum(amount_minor), count(*)
          FROM behind JOIN {family.name}_posting AS posting ON posting.{key} = behind.id
            AND posting.seq > behind.counted AND posting.seq <= behind.head_seq
          GROUP BY account, part, currency ORDER BY account, part, currency
          ON CONFLICT (family, account, part, currency) DO UPDATE SET
            balance_minor = account_balance.balance_minor + excluded.balance_minor,
            postings = account_balance.postings + excluded.postings
        )
        SELECT count(*) FROM behind
        """,
        {"family": family.name, "batch": BATCH},
    ).fetchone()
    assert row is not None
    counted: int = row[0]
    return counted


def _behind(family: Family) -> str:
    key = family.id_column
    return (
        f"(SELECT head.{key} AS id, head.head_seq, coalesce(mark.seq, 0) AS counted"
        f" FROM {family.name}_head AS head LEFT JOIN {family.name}_rollup AS mark"
        f" ON mark.{key} = head.{key} WHERE head.head_seq > coalesce(mark.seq, 0))"
    )
