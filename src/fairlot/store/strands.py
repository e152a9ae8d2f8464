"""Strands of messages and files, read in order and in bounded memory: every row, and what is kept as the last of it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import psycopg
from psycopg.rows import dict_row

from fairlot.domain.audit.merkle import Head
from fairlot.domain.audit.strand import FileLink, MessageLink, file_hash, message_hash
from fairlot.store.records import FETCH_ROWS

MESSAGES = "order_message"
FILES = "order_file"
_ROWS = {
    FILES: """
    SELECT said.*, kept.order_id AS kept_for, kept.last_no, kept.last_hash FROM order_file AS said
    FULL JOIN (SELECT * FROM order_strand WHERE strand = 'order_file') AS kept ON kept.order_id = said.order_id
    ORDER BY coalesce(said.order_id, kept.order_id), said.file_no
    """,
    MESSAGES: """
    SELECT said.*, kept.order_id AS kept_for, kept.last_no, kept.last_hash FROM order_message AS said
    FULL JOIN (SELECT * FROM order_strand WHERE strand = 'order_message') AS kept ON kept.order_id = said.order_id
    ORDER BY coalesce(said.order_id, kept.order_id), said.message_no
    """,
}


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a message's text."""

    body: str | None
    salt: bytes | None
    body_hash: bytes
    erased_at: dt.datetime | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a strand; `hash` is None where nobody made one, `text` is None of a file."""

    link: MessageLink | FileLink
    hash: bytes | None
    text: Text | None

    def expected_hash(self, previous_hash: bytes) -> bytes:
        """Return the hash that the row ought to bear."""
        if isinstance(self.link, MessageLink):
            return message_hash(self.link, previous_hash=previous_hash)
        return file_hash(self.link, previous_hash=previous_hash)


class Strand(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one order's messages or files, and what is kept as the last; None where nothing is."""

    kind: str
    order_id: str
    rows: Sequence[Row]
    last: Head | None


def strands(connection: psycopg.Connection) -> Iterator[Strand]:
    """Yield every strand; inside a transaction."""
    for kind, query in _ROWS.items():
        with connection.cursor(name=f"strands_of_{kind}", row_factory=dict_row) as cursor:
            cursor.itersize = FETCH_ROWS
            cursor.execute(query)
            for order_id, group in itertools.groupby(
                cursor, key=lambda row: row["order_id"] or row["kept_for"]
            ):
                yield _strand(kind, order_id, list(group))


def strays(connection: psycopg.Connection) -> Sequence[tuple[str, str]]:
    """Return order and kind of what is kept as the last of no strand that there is."""
    rows = connection.execute(
        "SELECT order_id, strand FROM order_strand WHERE NOT strand = ANY (%s) ORDER BY order_id",
        [list(_ROWS)],
    )
    return rows.fetchall()


def strand_heads(connection: psycopg.Connection) -> Iterator[Head]:
    """Yield what is kept as the last of all strands, by kind and order; nothing before there were strands."""
    row = connection.execute("SELECT to_regclass('public.order_strand')").fetchone()
    if row is None or row[0] is None:
        return
    with connection.cursor(name="strand_heads") as cursor:
        cursor.itersize = FETCH_ROWS
        cursor.execute(
            "SELECT strand, order_id, last_no, last_hash FROM order_strand ORDER BY strand, order_id"
        )
        for kind, order_id, number, hashed in cursor:
            yield Head(family=kind, stream_id=order_id, seq=number, hash=bytes(hashed))


def _strand(kind: str, order_id: str, group: Sequence[Mapping[str, Any]]) -> Strand:
    first = group[0]
    last = None
    if first["kept_for"] is not None:
        last = Head(
            family=kind, stream_id=order_id, seq=first["last_no"], hash=bytes(first["last_hash"])
        )
    read = _message if kind == MESSAGES else _file
    return Strand(
        kind=kind,
        order_id=order_id,
        rows=[read(row) for row in group if row["order_id"] is not None],
        last=last,
    )


def _message(row: Mapping[str, Any]) -> Row:
    hashed = bytes(row["body_hash"])
    return Row(
        link=MessageLink(
            order_id=row["order_id"],
            number=row["message_no"],
            author_role=row["author_role"],
            author_company_id=row["author_company_id"],
            author_person_id=row["author_person_id"],
            sent_at=row["sent_at"],
            command_id=row["command_id"],
            body_hash=hashed,
        ),
        hash=_bytes(row["hash"]),
        text=Text(
            body=row["body"],
            salt=_bytes(row["salt"]),
            body_hash=hashed,
            erased_at=row["erased_at"],
        ),
    )


def _file(row: Mapping[str, Any]) -> Row:
    return Row(
        link=FileLink(
            order_id=row["order_id"],
            number=row["file_no"],
            author_role=row["author_role"],
            author_company_id=row["author_company_id"],
            author_person_id=row["author_person_id"],
            added_at=row["added_at"],
            command_id=row["command_id"],
            content_hash=bytes(row["content_hash"]),
            size_bytes=row["size_bytes"],
            media_type=row["media_type"],
            file_name=row["file_name"],
            purpose=row["purpose"],
        ),
        hash=_bytes(row["hash"]),
        text=None,
    )


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
