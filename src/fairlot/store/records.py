"""Everything that is recorded, read in order and in bounded memory from one snapshot of the database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import msgspec
import psycopg
from psycopg import IsolationLevel
from psycopg.rows import dict_row

from fairlot.domain.audit.chain import Record
from fairlot.domain.party import Actor, Role
from fairlot.store.connection import refuse_hidden_rows
from fairlot.store.writing.family import HEAD_COLUMNS, Column, Family
from fairlot.store.writing.rows import Row, StoredOutcome
from fairlot.store.writing.statements import OUTBOX_COLUMNS, POSTING_COLUMNS

# Rows fetched at a time per table.
FETCH_ROWS = 2_000

Group = list[dict[str, Any]]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one aggregate. `head` is None where events, postings, commands or messages stand without it."""

    family: Family
    aggregate_id: str
    head: Mapping[str, Any] | None
    records: Sequence[Record]
    postings: Sequence[Row]
    commands: Mapping[str, StoredOutcome]
    messages: Sequence[Row]


@contextmanager
def snapshot(dsn: str) -> Iterator[psycopg.Connection]:
    """Open a connection on which every read sees the whole database as of one moment. Raises UnsafeDatabaseError."""
    with psycopg.connect(dsn) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        refuse_hidden_rows(connection)
        # Reading it all takes as long as it takes.
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


def stories(connection: psycopg.Connection, family: Family) -> Iterator[Story]:
    """Yield every aggregate of a family with all its rows, in the order of their ids."""
    order = {
        "head": "",
        "event": ", seq",
        "posting": ", seq, entry_no, line_no",
        "command": "",
        "outbox": ", seq, message_no",
    }
    grouped = [_grouped(connection, family, kind, by) for kind, by in order.items()]
    for aggregate_id, (heads, events, postings, commands, messages) in _side_by_side(grouped):
        yield Story(
            family=family,
            aggregate_id=aggregate_id,
            head=heads[0] if heads else None,
            records=[_record(family, aggregate_id, row) for row in events],
            postings=[_row(row, POSTING_COLUMNS) for row in postings],
            commands={row["command_id"]: _outcome(row) for row in commands},
            messages=[_row(row, OUTBOX_COLUMNS) for row in messages],
        )


def head_values(head: Mapping[str, Any], family: Family) -> dict[str, Any]:
    """Return a head's columns as the write path gives them."""
    values = {column.name: head[column.name] for column in (*HEAD_COLUMNS, *family.head_columns)}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = " ".join(value)
    return values


def _grouped(
    connection: psycopg.Connection, family: Family, kind: str, order: str
) -> Iterator[tuple[str, Group]]:
    key = family.id_column
    with connection.cursor(name=f"{family.name}_{kind}", row_factory=dict_row) as cursor:
        cursor.itersize = FETCH_ROWS
        cursor.execute(f"SELECT * FROM {family.name}_{kind} ORDER BY {key}{order}")
        for aggregate_id, rows in itertools.groupby(cursor, key=lambda row: row[key]):
            yield aggregate_id, list(rows)


def _side_by_side(
    sources: Sequence[Iterator[tuple[str, Group]]],
) -> Iterator[tuple[str, list[Group]]]:
    # All come in the order of bytes, which is Python's order of text as well.
    waiting = [next(source, None) for source in sources]
    while present := [one[0] for one in waiting if one is not None]:
        aggregate_id = min(present)
        groups: list[Group] = []
        for number, one in enumerate(waiting):
            if one is None or one[0] != aggregate_id:
                groups.append([])
            else:
                groups.append(one[1])
                waiting[number] = next(sources[number], None)
        yield aggregate_id, groups


def _row(row: Mapping[str, Any], columns: Sequence[Column]) -> Row:
    """Return a row's values as the write path gives them."""
    values = (row[column.name] for column in columns)
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)


def _record(family: Family, aggregate_id: str, row: Mapping[str, Any]) -> Record:
    return Record(
        family=family.name,
        stream_id=aggregate_id,
        seq=row["seq"],
        type=row["type"],
        version=row["version"],
        recorded_at=row["recorded_at"],
        effective_at=row["effective_at"],
        actor=Actor(
            role=_role(row["actor_role"]),
            company_id=row["actor_company_id"],
            person_id=row["actor_person_id"],
        ),
        command_id=row["command_id"],
        payload=bytes(row["payload"]),
        previous_hash=bytes(row["previous_hash"]),
        hash=bytes(row["hash"]),
    )


def _role(stored: str) -> Role:
    """Return the role; one that nobody ever had stays text, so that the record can be named as altered."""
    return Role(stored) if stored in set(Role) else cast("Role", stored)


def _outcome(row: Mapping[str, Any]) -> StoredOutcome:
    return StoredOutcome(
        content_hash=bytes(row["content_hash"]),
        refusal_code=row["refusal_code"],
        facts=row["facts"],
        first_seq=row["first_seq"],
        last_seq=row["last_seq"],
    )
