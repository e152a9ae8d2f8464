"""Reading one aggregate's story without a lock, for those who then ask a command of another one; nothing decides by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
import psycopg

from fairlot.store.writing.family import Family


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """One aggregate's events as a JSON list of canonical bytes, with the id of the command that left each."""

    events: bytes
    command_ids: tuple[str, ...]


class StoredCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command: refused with a code or not, and the types of the events it left."""

    refusal_code: str | None
    event_types: tuple[str, ...]


def read_stream(connection: psycopg.Connection, family: Family, aggregate_id: str) -> Stream:
    """Return all events of an aggregate in order; none for one that does not exist."""
    rows = connection.execute(
        f"SELECT payload, command_id FROM {family.name}_event"
        f" WHERE {family.id_column} = %s ORDER BY seq",
        [aggregate_id],
    ).fetchall()
    return Stream(
        events=b"[%b]" % b",".join(bytes(payload) for payload, _ in rows),
        command_ids=tuple(command_id for _, command_id in rows),
    )


def find_command(
    connection: psycopg.Connection, family: Family, aggregate_id: str, command_id: str
) -> StoredCommand | None:
    """Return what became of a command that was recorded."""
    row = connection.execute(
        f"""
        SELECT refusal_code, ARRAY(
          SELECT event.type FROM {family.name}_event AS event
          WHERE event.{family.id_column} = command.{family.id_column}
            AND event.seq BETWEEN command.first_seq AND command.last_seq ORDER BY event.seq)
        FROM {family.name}_command AS command
        WHERE command.{family.id_column} = %s AND command.command_id = %s
        """,
        [aggregate_id, command_id],
    ).fetchone()
    return None if row is None else StoredCommand(refusal_code=row[0], event_types=tuple(row[1]))


def posted_by_part(
    connection: psycopg.Connection, family: Family, aggregate_id: str, account: str
) -> dict[str, int]:
    """Return the balance of one account of one aggregate by its parts; parts that come to nothing are left out."""
    rows = connection.execute(
        f"SELECT part, sum(amount_minor)::bigint FROM {family.name}_posting"
        f" WHERE {family.id_column} = %s AND account = %s GROUP BY part",
        [aggregate_id, account],
    )
    return {part: amount_minor for part, amount_minor in rows if amount_minor}


def ids_with_status(
    connection: psycopg.Connection, family: Family, *, status: str, currency: str
) -> Sequence[str]:
    """Return the aggregates that show a status in a currency, in the order of their ids."""
    rows = connection.execute(
        f"SELECT {family.id_column} FROM {family.name}_head WHERE status = %s AND currency = %s"
        f" ORDER BY {family.id_column}",
        [status, currency],
    )
    return [aggregate_id for (aggregate_id,) in rows]


def ids_of_company(
    connection: psycopg.Connection, family: Family, company_id: str
) -> Sequence[str]:
    """Return the accounts or limits of a company, in the order of their ids."""
    rows = connection.execute(
        f"SELECT {family.id_column} FROM {family.name}_head WHERE company_id = %s"
        f" ORDER BY {family.id_column}",
        [company_id],
    )
    return [aggregate_id for (aggregate_id,) in rows]


def order_ids_of_buyer(
    connection: psycopg.Connection, company_id: str, *, statuses: Collection[str]
) -> Sequence[str]:
    """Return the orders in which a company buys and that show one of the statuses, in the order of their ids."""
    rows = connection.execute(
        "SELECT order_id FROM order_head WHERE buyer_company_id = %s AND status = ANY (%s)"
        " ORDER BY order_id",
        [company_id, sorted(statuses)],
    )
    return [order_id for (order_id,) in rows]


def order_ids_in_currencies(
    connection: psycopg.Connection, *, statuses: Collection[str], currencies: Collection[str]
) -> Sequence[str]:
    """Return the orders that show one of the statuses in one of the currencies, in the order of their ids."""
    rows = connection.execute(
        "SELECT order_id FROM order_head WHERE status = ANY (%s) AND currency = ANY (%s)"
        " ORDER BY order_id",
        [sorted(statuses), sorted(currencies)],
    )
    return [order_id for (order_id,) in rows]


def order_ids_with_postings(
    connection: psycopg.Connection, company_id: str, *, account: str
) -> Sequence[str]:
    """Return the orders in which a company buys and that ever posted to an account, in the order of their ids."""
    rows = connection.execute(
        "SELECT head.order_id FROM order_head AS head WHERE head.buyer_company_id = %s AND EXISTS ("
        " SELECT FROM order_posting AS posting"
        " WHERE posting.order_id = head.order_id AND posting.account = %s) ORDER BY head.order_id",
        [company_id, account],
    )
    return [order_id for (order_id,) in rows]
