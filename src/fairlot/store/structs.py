"""Rows as values: each becomes a struct whose fields bear the names of the columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import LiteralString, TypeVar

import msgspec
import psycopg

Struct = TypeVar("Struct", bound=msgspec.Struct)


def rows_as(
    connection: psycopg.Connection,
    kind: type[Struct],
    query: LiteralString,
    values: Sequence[object] | Mapping[str, object],
) -> list[Struct]:
    """Return a query's rows as structs; instants in UTC, whatever zone the session has."""
    cursor = connection.execute(query, values)
    assert cursor.description is not None, "a query that returns rows says of what"
    names = [column.name for column in cursor.description]
    return [
        msgspec.convert(
            {name: _in_utc(value) for name, value in zip(names, row, strict=True)},
            kind,
            builtin_types=(dt.datetime, dt.date, bytes),
        )
        for row in cursor
    ]


def _in_utc(value: object) -> object:
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
