"""What the parties of an order say and show: strands beside the chain, numbered per order, with text that can be erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec
import psycopg

from fairlot.domain.party import Actor
from fairlot.store.files import StoredFile
from fairlot.store.structs import rows_as

SALT_BYTES = 16
# Each time somebody else took the number first; more in a row than this is not chance.
NUMBERING_TRIES_MAX = 50
# Kept in the same statement, so that a row and its place as the last of its strand come together or not at all.
_KEEP_AS_LAST = """
INSERT INTO order_strand (order_id, strand, last_no, last_hash)
SELECT order_id, strand, number, hash FROM said
ON CONFLICT (order_id, strand) DO UPDATE SET last_no = EXCLUDED.last_no, last_hash = EXCLUDED.last_hash
RETURNING last_no
"""


class SentOtherwiseError(ValueError):
    """Something else was sent to this order under the same id before."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message; `body` is None once it was erased, `body_hash` stays. `lifted_to` are versions made of it."""

    number: int
    author_role: str
    author_company_id: str
    author_person_id: str
    sent_at: dt.datetime
    body: str | None
    body_hash: bytes
    lifted_to: tuple[str, ...] = ()


class OrderFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that somebody added to an order; its content is kept by hash."""

    number: int
    content_hash: bytes
    size_bytes: int
    media_type: str
    file_name: str
    purpose: str
    author_role: str
    author_company_id: str
    author_person_id: str
    added_at: dt.datetime


def body_hash(body: str, salt: bytes) -> bytes:
    """Return the hash by which events refer to a text; the salt keeps short texts from being guessed."""
    return hashlib.sha256(salt + body.encode()).digest()


def add_message(
    connection: psycopg.Connection,
    *,
    order_id: str,
    author: Actor,
    sent_at: dt.datetime,
    body: str,
    salt: bytes | None = None,
    command_id: str = "",
) -> Message:
    """Append a message to an order's conversation. A salt given by the caller lets it know the hash beforehand.

    Sent again under the same command id it is the same message. Raises SentOtherwiseError for another text.
    """
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    values = {
        **_author(author),
        "order_id": order_id,
        "sent_at": sent_at,
        "body": body,
        "salt": salt,
        "hashed": body_hash(body, salt),
        "command_id": command_id,
    }
    number = _insert_numbered(
        connection,
        """
        WITH said AS (
          INSERT INTO order_message (order_id, message_no, author_role, author_company_id, author_person_id,
            sent_at, body, salt, body_hash, command_id)
          SELECT %(order_id)s, coalesce(max(message_no), 0) + 1, %(role)s, %(company)s, %(person)s,
            %(sent_at)s, %(body)s, %(salt)s, %(hashed)s, %(command_id)s
          FROM order_message WHERE order_id = %(order_id)s
          ON CONFLICT DO NOTHING RETURNING order_id, 'order_message' AS strand, message_no AS number, hash
        )
        """,
        values,
        earlier="""
        SELECT message_no, salt, body_hash FROM order_message
        WHERE order_id = %(order_id)s AND command_id = %(command_id)s
        """,
        is_same=lambda row: row[1] is not None and body_hash(body, bytes(row[1])) == bytes(row[2]),
    )
    (message,) = messages_of(connection, order_id=order_id, after=number - 1, limit=1)
    return message


def add_file(
    connection: psycopg.Connection,
    *,
    order_id: str,
    author: Actor,
    added_at: dt.datetime,
    file: StoredFile,
    media_type: str,
    file_name: str,
    purpose: str,
    command_id: str = "",
) -> int:
    """Append a reference to a file that is stored already, and return its number in the order.

    Sent again under the same command id it is the same file. Raises SentOtherwiseError for another one.
    """
    described = (media_type, file_name, purpose)
    return _insert_numbered(
        connection,
        """
        WITH said AS (
          INSERT INTO order_file (order_id, file_no, content_hash, size_bytes, media_type, file_name, purpose,
            author_role, author_company_id, author_person_id, added_at, command_id)
          SELECT %(order_id)s, coalesce(max(file_no), 0) + 1, %(content_hash)s, %(size_bytes)s, %(media_type)s,
            %(file_name)s, %(purpose)s, %(role)s, %(company)s, %(person)s, %(added_at)s, %(command_id)s
          FROM order_file WHERE order_id = %(order_id)s
          ON CONFLICT DO NOTHING RETURNING order_id, 'order_file' AS strand, file_no AS number, hash
        )
        """,
        {
            **_author(author),
            "order_id": order_id,
            "content_hash": file.content_hash,
            "size_bytes": file.size_bytes,
            "media_type": media_type,
            "file_name": file_name,
            "purpose": purpose,
            "added_at": added_at,
            "command_id": command_id,
        },
        earlier="""
        SELECT file_no, content_hash, media_type, file_name, purpose FROM order_file
        WHERE order_id = %(order_id)s AND command_id = %(command_id)s
        """,
        is_same=lambda row: bytes(row[1]) == file.content_hash and row[2:] == described,
    )


def find_content_sent(
    connection: psycopg.Connection, *, order_id: str, command_id: str
) -> bytes | None:
    """Return the hash of the file that was sent to an order under an id, if one was."""
    row = connection.execute(
        "SELECT content_hash FROM order_file WHERE order_id = %s AND command_id = %s",
        [order_id, command_id],
    ).fetchone()
    return None if row is None else bytes(row[0])


def kept_hashes(connection: psycopg.Connection, *, order_id: str) -> frozenset[bytes]:
    """Return the hashes of all files that were added to an order."""
    rows = connection.execute(
        "SELECT DISTINCT content_hash FROM order_file WHERE order_id = %s", [order_id]
    )
    return frozenset(bytes(content_hash) for (content_hash,) in rows)


def files_of(
    connection: psycopg.Connection,
    *,
    order_id: str,
    after: int = 0,
    limit: int = 100,
    without_purposes: Collection[str] = (),
) -> Sequence[OrderFile]:
    """Return an order's files in their order, from the one after a number; those of some purposes left out."""
    return rows_as(
        connection,
        OrderFile,
        """
        SELECT file_no AS number, content_hash, size_bytes, media_type, file_name, purpose, author_role,
          author_company_id, author_person_id, added_at
        FROM order_file WHERE order_id = %s AND file_no > %s AND purpose <> ALL (%s)
        ORDER BY file_no LIMIT %s
        """,
        [order_id, after, list(without_purposes), limit],
    )


def lift_message(
    connection: psycopg.Connection, *, order_id: str, version_hash: str, number: int
) -> None:
    """Note that a proposed version was made of what a message says; again changes nothing."""
    connection.execute(
        "INSERT INTO order_lift (order_id, version_hash, message_no) VALUES (%s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [order_id, version_hash, number],
    )


def messages_of(
    connection: psycopg.Connection, *, order_id: str, after: int = 0, limit: int = 100
) -> Sequence[Message]:
    """Return an order's messages in their order, from the one after a number."""
    return rows_as(
        connection,
        Message,
        """
        SELECT message_no AS number, author_role, author_company_id, author_person_id, sent_at, body, body_hash,
          ARRAY(SELECT version_hash FROM order_lift AS lift WHERE lift.order_id = message.order_id
            AND lift.message_no = message.message_no ORDER BY version_hash) AS lifted_to
        FROM order_message AS message WHERE order_id = %s AND message_no > %s ORDER BY message_no LIMIT %s
        """,
        [order_id, after, limit],
    )


def erase_message(
    connection: psycopg.Connection, *, order_id: str, number: int, erased_at: dt.datetime
) -> bool:
    """Take a message's text away and leave its hash; say whether there was a text to take."""
    done = connection.execute(
        """
        UPDATE order_message SET body = NULL, salt = NULL, erased_at = %s
        WHERE order_id = %s AND message_no = %s AND erased_at IS NULL
        """,
        [erased_at, order_id, number],
    )
    return done.rowcount == 1


def _author(author: Actor) -> dict[str, str]:
    return {"role": author.role.value, "company": author.company_id, "person": author.person_id}


def _insert_numbered(
    connection: psycopg.Connection,
    statement: str,
    values: dict[str, Any],
    *,
    earlier: str,
    is_same: Callable[[tuple[Any, ...]], bool],
) -> int:
    """Insert under the next number, or find what was sent under the same id. Raises SentOtherwiseError."""
    for _ in range(NUMBERING_TRIES_MAX):
        if values["command_id"]:
            sent = connection.execute(earlier, values).fetchone()
            if sent is not None:
                if not is_same(sent):
                    raise SentOtherwiseError(values["command_id"])
                return int(sent[0])
        row = connection.execute(statement + _KEEP_AS_LAST, values).fetchone()
        if row is not None:
            return int(row[0])
    raise AssertionError("no number was free in many tries")
