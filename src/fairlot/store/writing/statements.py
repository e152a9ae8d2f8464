"""The write path's SQL, written out per family: what locks, what reads, and the one statement that writes a whole command.

Names of tables and columns come from `family`, never from outside; every value is a parameter.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from fairlot.store.writing.family import HEAD_COLUMNS, Column, Family

EVENT_COLUMNS = (
    Column("seq", "int4"),
    Column("type", "text"),
    Column("version", "int4"),
    Column("recorded_at", "timestamptz"),
    Column("effective_at", "timestamptz"),
    Column("actor_role", "text"),
    Column("actor_company_id", "text"),
    Column("actor_person_id", "text"),
    Column("command_id", "text"),
    Column("payload", "bytea"),
    Column("previous_hash", "bytea"),
    Column("hash", "bytea"),
)
POSTING_COLUMNS = (
    Column("seq", "int4"),
    Column("entry_no", "int4"),
    Column("line_no", "int4"),
    Column("template", "text"),
    Column("account", "text"),
    Column("part", "text"),
    Column("currency", "text"),
    Column("amount_minor", "int8"),
    Column("rules_version", "int4"),
)
COMMAND_COLUMNS = (
    Column("command_id", "text"),
    Column("content_hash", "bytea"),
    Column("recorded_at", "timestamptz"),
    Column("refusal_code", "text"),
    Column("facts", "bytea"),
    Column("first_seq", "int4"),
    Column("last_seq", "int4"),
)
OUTBOX_COLUMNS = (
    Column("seq", "int4"),
    Column("message_no", "int4"),
    Column("topic", "text"),
    Column("payload", "bytea"),
    Column("created_at", "timestamptz"),
)
CREATED_AT = Column("created_at", "timestamptz")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The statements that open one aggregate: the lock first, alone, so that the others see what it waited for."""

    lock: str
    find_command: str
    events: str


class Shape(NamedTuple):
    """How many rows of each kind one command writes; each shape is one prepared statement."""

    events: int
    postings: int
    commands: int
    messages: int
    creates: bool
    advances: bool


# Shapes beyond these are written through arrays instead, so that a connection's statements stay few.
SHAPE_EVENTS_MAX = 4
SHAPE_POSTINGS_MAX = 12
SHAPE_MESSAGES_MAX = 6


# One value per aggregate instead of a row per event, a JSON list as it stands: what is folded is decoded at once.
_JOINED_EVENTS = "'['::bytea || string_agg(payload, ','::bytea ORDER BY seq) || ']'::bytea"


@functools.cache
def columns_of(family: Family) -> dict[str, tuple[Column, ...]]:
    """Return the columns that a write fills, per kind of table, without the id."""
    return {
        "event": EVENT_COLUMNS,
        "posting": POSTING_COLUMNS,
        "command": COMMAND_COLUMNS,
        "outbox": OUTBOX_COLUMNS,
        "head": (*HEAD_COLUMNS, *family.head_columns),
    }


@functools.cache
def reading_of(family: Family) -> Reading:
    """Return the statements that lock one aggregate, look a command up, and read all events."""
    key = family.id_column
    outcome = ", ".join(column.name for column in COMMAND_COLUMNS[1:])
    return Reading(
        lock=f"SELECT head_seq, head_hash, recorded_at FROM {family.name}_head"
        f" WHERE {key} = $1::text FOR UPDATE",
        find_command=f"SELECT {outcome} FROM {family.name}_command"
        f" WHERE {key} = $1::text AND command_id = $2::text",
        events=f"SELECT {_JOINED_EVENTS} FROM {family.name}_event WHERE {key} = $1::text",
    )


@functools.cache
def reading_of_many(family: Family, *, skip_locked: bool) -> Reading:
    """Return the same for many aggregates at once; locks are taken in the order of their ids."""
    waiting = " SKIP LOCKED" if skip_locked else ""
    key = family.id_column
    outcome = ", ".join(f"command.{column.name}" for column in COMMAND_COLUMNS)
    return Reading(
        lock=f"SELECT {key}, head_seq, head_hash, recorded_at FROM {family.name}_head"
        f" WHERE {key} = ANY ($1::text[]) ORDER BY {key} FOR UPDATE{waiting}",
        find_command=f"SELECT command.{key}, {outcome}"
        " FROM unnest($1::text[], $2::text[]) AS asked (id, command_id)"
        f" JOIN {family.name}_command AS command"
        f" ON command.{key} = asked.id AND command.command_id = asked.command_id",
        events=f"SELECT {key}, {_JOINED_EVENTS} FROM {family.name}_event"
        f" WHERE {key} = ANY ($1::text[]) GROUP BY {key}",
    )


@functools.cache
def write_rows(family: Family, shape: Shape) -> str:
    """Return the statement that writes one aggregate's rows; $1 is its id, then come the rows' values in order.

    The last parameter of an advancing head is the sequence number that it leaves behind. The head, where there is one,
    is the statement proper and not a part of its WITH: how many heads were written is how many rows it changed.
    """
    numbers = _numbers(start=2)
    columns = columns_of(family)
    counts = {
        "event": shape.events,
        "posting": shape.postings,
        "command": shape.commands,
        "outbox": shape.messages,
    }
    steps = {
        f"{kind}s": _insert_values(family, kind, columns[kind], count, numbers)
        for kind, count in counts.items()
        if count
    }
    head = columns["head"]
    if shape.creates:
        steps["heads"] = _insert_values(family, "head", (CREATED_AT, *head), 1, numbers)
    elif shape.advances:
        changes = ", ".join(f"{column.name} = {_stored(column, next(numbers))}" for column in head)
        steps["heads"] = (
            f"UPDATE {family.name}_head SET {changes}"
            f" WHERE {family.id_column} = $1::text AND head_seq = ${next(numbers)}::int4"
        )
    _, proper = steps.popitem()
    before = ", ".join(f"{name} AS ({text})" for name, text in steps.items())
    return f"WITH {before} {proper}" if before else proper


@functools.cache
def wire_types_of_rows(family: Family, shape: Shape) -> tuple[str, ...]:
    """Return the types of the parameters of `write_rows`, in their order."""
    columns = columns_of(family)
    rows = (
        *columns["event"] * shape.events,
        *columns["posting"] * shape.postings,
        *columns["command"] * shape.commands,
        *columns["outbox"] * shape.messages,
    )
    types = ["text", *(column.wire_type for column in rows)]
    head = [column.wire_type for column in columns["head"]]
    if shape.creates:
        types += ["timestamptz", *head]
    elif shape.advances:
        types += [*head, "int4"]
    return tuple(types)


@functools.cache
def write_arrays(family: Family) -> str:
    """Return the statement that writes rows of many aggregates; every parameter is an array, per table its ids first.

    In order: events, postings, commands, outbox, new heads, advancing heads with the sequence number left behind.
    """
    numbers = _numbers(start=1)
    columns = columns_of(family)
    steps = [
        f"{kind}s AS ({_insert_arrays(family, kind, columns[kind], numbers)})"
        for kind in ("event", "posting", "command", "outbox")
    ]
    head = columns["head"]
    steps.append(
        f"created AS ({_insert_arrays(family, 'head', (CREATED_AT, *head), numbers)} RETURNING 1)"
    )
    key = family.id_column
    given = (Column(key, "text"), *head, Column("left_seq", "int4"))
    changes = ", ".join(
        f"{column.name} = {column.stored_as.format(f'given.{column.name}')}" for column in head
    )
    steps.append(
        f"advanced AS (UPDATE {family.name}_head AS head SET {changes} FROM {_unnest(given, numbers)}"
        f" WHERE head.{key} = given.{key} AND head.head_seq = given.left_seq RETURNING 1)"
    )
    answer = "((SELECT count(*) FROM created) + (SELECT count(*) FROM advanced))::int4"
    return f"WITH {', '.join(steps)} SELECT {answer}"


def _numbers(*, start: int) -> Iterator[int]:
    number = start
    while True:
        yield number
        number += 1


def _stored(column: Column, number: int) -> str:
    return column.stored_as.format(f"${number}::{column.wire_type}")


def _insert_values(
    family: Family, kind: str, columns: Sequence[Column], rows: int, numbers: Iterator[int]
) -> str:
    names = ", ".join([family.id_column, *(column.name for column in columns)])
    values = ", ".join(
        f"($1::text, {', '.join(_stored(column, next(numbers)) for column in columns)})"
        for _ in range(rows)
    )
    return f"INSERT INTO {family.name}_{kind} ({names}) VALUES {values}"


def _insert_arrays(
    family: Family, kind: str, columns: Sequence[Column], numbers: Iterator[int]
) -> str:
    given = (Column(family.id_column, "text"), *columns)
    names = ", ".join(column.name for column in given)
    values = ", ".join(column.stored_as.format(f"given.{column.name}") for column in given)
    return (
        f"INSERT INTO {family.name}_{kind} ({names}) SELECT {values} FROM {_unnest(given, numbers)}"
    )


def _unnest(columns: Sequence[Column], numbers: Iterator[int]) -> str:
    arrays = ", ".join(f"${next(numbers)}::{column.wire_type}[]" for column in columns)
    names = ", ".join(column.name for column in columns)
    return f"unnest({arrays}) AS given ({names})"
