"""What the parties of an order say and show: rows beside the chain, numbered per order, with text that can be erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.domain.party import Actor
from fairlot.store.files import StoredFile

SALT_BYTES = 16
# Each time somebody else took the number first; more in a row than this is not chance.
NUMBERING_TRIES_MAX = 50


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message; `body` is None once it was erased, `body_hash` stays."""

    number: int
    author_role: str
    author_company_id: str
    author_person_id: str
    sent_at: dt.datetime
    body: str | None
    body_hash: bytes


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
) -> Message:
    """Append a message to an order's conversation. A salt given by the caller lets it know the hash beforehand."""
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    hashed = body_hash(body, salt)
    number = _insert_numbered(
        connection,
        """
        INSERT INTO order_message (order_id, message_no, author_role, author_company_id, author_person_id,
          sent_at, body, salt, body_hash)
        SELECT %(order_id)s, coalesce(max(message_no), 0) + 1, %(role)s, %(company)s, %(person)s,
          %(sent_at)s, %(body)s, %(salt)s, %(hashed)s
        FROM order_message WHERE order_id = %(order_id)s
        ON CONFLICT DO NOTHING RETURNING message_no
        """,
        {
            **_author(author),
            "order_id": order_id,
            "sent_at": sent_at,
            "body": body,
            "salt": salt,
            "hashed": hashed,
        },
    )
    return Message(
        number=number,
        author_role=author.role.value,
        author_company_id=author.company_id,
        author_person_id=author.person_id,
        sent_at=sent_at,
        body=body,
        body_hash=hashed,
    )


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
) -> int:
    """Append a reference to a file that is stored already, and return its number in the order."""
    return _insert_numbered(
        connection,
        """
        INSERT INTO order_file (order_id, file_no, content_hash, size_bytes, media_type, file_name, purpose,
          author_role, author_company_id, author_person_id, added_at)
        SELECT %(order_id)s, coalesce(max(file_no), 0) + 1, %(content_hash)s, %(size_bytes)s, %(media_type)s,
          %(file_name)s, %(purpose)s, %(role)s, %(company)s, %(person)s, %(added_at)s
        FROM order_file WHERE order_id = %(order_id)s
        ON CONFLICT DO NOTHING RETURNING file_no
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
        },
    )


def messages_of(
    connection: psycopg.Connection, *, order_id: str, after: int = 0, limit: int = 100
) -> Sequence[Message]:
    """Return an order's messages in their order, from the one after a number."""
    rows = connection.execute(
        """
        SELECT message_no, author_role, author_company_id, author_person_id, sent_at, body, body_hash
        FROM order_message WHERE order_id = %s AND message_no > %s ORDER BY message_no LIMIT %s
        """,
        [order_id, after, limit],
    )
    return [
        Message(
            number=number,
            author_role=role,
            author_company_id=company,
            author_person_id=person,
            sent_at=sent_at,
            body=body,
            body_hash=hashed,
        )
        for number, role, company, person, sent_at, body, hashed in rows
    ]


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
    connection: psycopg.Connection, statement: str, values: dict[str, object]
) -> int:
    for _ in range(NUMBERING_TRIES_MAX):
        row = connection.execute(statement, values).fetchone()
        if row is not None:
            number: int = row[0]
            return number
    raise AssertionError("no number was free in many tries")
