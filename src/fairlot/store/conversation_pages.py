"""A conversation read page by page from its end, with the files that were sent with its messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.store.conversation import Message, messages_of
from fairlot.store.structs import rows_as

MESSAGE_FILES = "message"
FILES_MAX = 1_000


class SentFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was sent in the conversation; whoever sent a message at the same instant sent it with that."""

    number: int
    file_name: str
    media_type: str
    size_bytes: int
    author_role: str
    author_company_id: str
    author_person_id: str
    added_at: dt.datetime


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in their order, the files of their time, and up to which number there are earlier ones and all."""

    messages: Sequence[Message]
    files: Sequence[SentFile]
    earlier: int
    last: int


def page_of(connection: psycopg.Connection, *, order_id: str, until: int | None, rows: int) -> Page:
    """Return the messages up to a number, or the latest; each file of the conversation stands on exactly one page."""
    row = connection.execute(
        "SELECT coalesce(max(message_no), 0) FROM order_message WHERE order_id = %s", [order_id]
    ).fetchone()
    assert row is not None, "an aggregate has a row"
    last = int(row[0])
    end = last if until is None else min(until, last)
    first = max(end - rows, 0)
    found = list(messages_of(connection, order_id=order_id, after=first, limit=end - first + 1))
    shown = [message for message in found if message.number <= end]
    after = next((message for message in found if message.number > end), None)
    files = _files(
        connection,
        order_id,
        since=shown[0].sent_at if shown and first else None,
        before=None if after is None else after.sent_at,
    )
    return Page(messages=shown, files=files, earlier=first, last=last)


def _files(
    connection: psycopg.Connection,
    order_id: str,
    *,
    since: dt.datetime | None,
    before: dt.datetime | None,
) -> list[SentFile]:
    return rows_as(
        connection,
        SentFile,
        """
        SELECT file_no AS number, file_name, media_type, size_bytes, author_role, author_company_id, author_person_id, added_at
        FROM order_file
        WHERE order_id = %(order)s AND purpose = %(purpose)s
          AND added_at >= coalesce(%(since)s::timestamptz, '-infinity') AND added_at < coalesce(%(before)s::timestamptz, 'infinity')
        ORDER BY file_no LIMIT %(most)s
        """,
        {
            "order": order_id,
            "purpose": MESSAGE_FILES,
            "since": since,
            "before": before,
            "most": FILES_MAX,
        },
    )
