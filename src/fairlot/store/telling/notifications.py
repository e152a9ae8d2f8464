"""Who was told what: one row per person and message however often it is told, read or unread, with the mail it went by."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
from psycopg.types.json import Jsonb


class StoredNotification(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person was told in a role; `order_id` is empty where it is about no order."""

    notification_id: str
    person_id: str
    message_key: str
    kind: str
    role: str
    order_id: str
    facts: dict[str, Any]
    happened_at: dt.datetime
    told_at: dt.datetime
    read_at: dt.datetime | None = None
    digest_due_at: dt.datetime | None = None


class Hearing(msgspec.Struct, frozen=True, kw_only=True):
    """What of a person's notifications a key hears: those in its roles, and about its company's orders if it has one."""

    roles: tuple[str, ...]
    company_id: str = ""


_HEARD = """
 AND (%(roles)s::text[] IS NULL OR role = ANY (%(roles)s::text[]))
 AND (%(company_id)s = '' OR order_id IN (SELECT order_id FROM order_head
   WHERE %(company_id)s IN (buyer_company_id, supplier_company_id)
     OR participant_company_ids @> ARRAY[%(company_id)s]))
"""
_COLUMNS = (
    "notification_id, person_id, message_key, kind, role, order_id, facts, happened_at, told_at,"
    " read_at, digest_due_at"
)
# As text, for connections differ in what they make of it.
_READ = _COLUMNS.replace("facts", "facts::text")


def id_for(prefix: str, *parts: str) -> str:
    """Return the id of something that is told, which follows from what it is: the same parts, the same id."""
    return f"{prefix}_{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"


def add(connection: psycopg.Connection, told: StoredNotification, *, mail_at_once: bool) -> bool:
    """Keep a notification, and with `mail_at_once` its mail in the same breath; say whether it was new."""
    with connection.transaction():
        done = connection.execute(
            f"""
            INSERT INTO notification ({_COLUMNS}, mail_id)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            ON CONFLICT (notification_id) DO NOTHING
            """,
            [
                told.notification_id,
                told.person_id,
                told.message_key,
                told.kind,
                told.role,
                told.order_id,
                Jsonb(told.facts),
                told.happened_at,
                told.told_at,
                told.read_at,
                told.digest_due_at,
                mail_id_of(told) if mail_at_once else None,
            ],
        )
        if done.rowcount == 1 and mail_at_once:
            add_mail(
                connection,
                mail_id_of(told),
                person_id=told.person_id,
                is_digest=False,
                at=told.told_at,
            )
    return done.rowcount == 1


def mail_id_of(told: StoredNotification) -> str:
    """Return the id of the mail that carries one notification alone."""
    return id_for("mail", told.person_id, told.message_key)


def add_mail(
    connection: psycopg.Connection,
    mail_id: str,
    *,
    person_id: str,
    is_digest: bool,
    at: dt.datetime,
) -> None:
    """Put a mail into the queue, once for its id."""
    connection.execute(
        "INSERT INTO mail (mail_id, person_id, is_digest, created_at, due_at)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (mail_id) DO NOTHING",
        [mail_id, person_id, is_digest, at, at],
    )


def of_person(
    connection: psycopg.Connection,
    person_id: str,
    *,
    limit: int,
    before: tuple[dt.datetime, str] | None = None,
    unread_only: bool = False,
    hearing: Hearing | None = None,
) -> list[StoredNotification]:
    """Return a person's notifications, the latest first; `before` is the place of the last one seen."""
    at, last_id = before or (dt.datetime.max.replace(tzinfo=dt.UTC), "")
    rows = connection.execute(
        f"SELECT {_READ} FROM notification WHERE person_id = %(person_id)s"
        " AND (told_at, notification_id) < (%(at)s, %(last_id)s)"
        f" AND (read_at IS NULL OR NOT %(unread_only)s) {_HEARD}"
        " ORDER BY told_at DESC, notification_id DESC LIMIT %(limit)s",
        {
            **_heard(person_id, hearing),
            "at": at,
            "last_id": last_id,
            "unread_only": unread_only,
            "limit": limit,
        },
    )
    return [_stored(row) for row in rows]


def _heard(person_id: str, hearing: Hearing | None) -> dict[str, Any]:
    """Return whose notifications, and which of them; without a hearing all."""
    return {
        "person_id": person_id,
        "roles": None if hearing is None else list(hearing.roles),
        "company_id": "" if hearing is None else hearing.company_id,
    }


def of_mail(connection: psycopg.Connection, mail_id: str) -> list[StoredNotification]:
    """Return what one mail carries, the earliest first."""
    rows = connection.execute(
        f"SELECT {_READ} FROM notification WHERE mail_id = %s"
        " ORDER BY happened_at, notification_id",
        [mail_id],
    )
    return [_stored(row) for row in rows]


def unread_count(
    connection: psycopg.Connection, person_id: str, *, hearing: Hearing | None = None
) -> int:
    """Count what a person has not read."""
    row = connection.execute(
        "SELECT count(*) FROM notification"
        f" WHERE person_id = %(person_id)s AND read_at IS NULL {_HEARD}",
        _heard(person_id, hearing),
    ).fetchone()
    assert row is not None
    return int(row[0])


def mark_read(
    connection: psycopg.Connection,
    person_id: str,
    ids: Sequence[str],
    *,
    at: dt.datetime,
    hearing: Hearing | None = None,
) -> int:
    """Mark a person's own notifications as read and return how many were not yet; those of others stay as they are."""
    done = connection.execute(
        "UPDATE notification SET read_at = %(at)s WHERE person_id = %(person_id)s"
        f" AND notification_id = ANY (%(ids)s) AND read_at IS NULL {_HEARD}",
        {**_heard(person_id, hearing), "at": at, "ids": list(ids)},
    )
    return done.rowcount


def mark_all_read(connection: psycopg.Connection, person_id: str, *, at: dt.datetime) -> int:
    """Mark all that a person was told up to an instant as read; what came since stays unread."""
    done = connection.execute(
        "UPDATE notification SET read_at = %s"
        " WHERE person_id = %s AND told_at <= %s AND read_at IS NULL",
        [at, person_id, at],
    )
    return done.rowcount


def wants_digest(connection: psycopg.Connection, person_id: str) -> bool:
    """Say whether a person wants one mail a day for what calls for nothing; by default not."""
    row = connection.execute(
        "SELECT wants_digest FROM notification_wish WHERE person_id = %s", [person_id]
    ).fetchone()
    return row is not None and bool(row[0])


def wants_news(connection: psycopg.Connection, person_id: str) -> bool:
    """Say whether a person wants mails of what calls for nothing at all; by default so."""
    row = connection.execute(
        "SELECT wants_news FROM notification_wish WHERE person_id = %s", [person_id]
    ).fetchone()
    return row is None or bool(row[0])


def set_wish(
    connection: psycopg.Connection, person_id: str, *, digest: bool, news: bool = True
) -> None:
    """Keep what a person wants."""
    connection.execute(
        "INSERT INTO notification_wish (person_id, wants_digest, wants_news) VALUES (%s, %s, %s)"
        " ON CONFLICT (person_id) DO UPDATE SET wants_digest = EXCLUDED.wants_digest,"
        " wants_news = EXCLUDED.wants_news",
        [person_id, digest, news],
    )


def gather_digests(connection: psycopg.Connection, *, now: dt.datetime, limit: int) -> int:
    """Put into one mail each what waits for people's digests by now; return how many mails that made.

    What somebody has read meanwhile, or wants no mails of any more, goes into no mail. Two workers that gather at once make one mail.
    """
    people = connection.execute(
        "SELECT DISTINCT person_id FROM notification WHERE digest_due_at <= %s AND mail_id IS NULL"
        " AND digest_due_at IS NOT NULL AND read_at IS NULL AND NOT EXISTS (SELECT FROM notification_wish"
        " AS wish WHERE wish.person_id = notification.person_id AND NOT wish.wants_news)"
        " ORDER BY person_id LIMIT %s",
        [now, limit],
    ).fetchall()
    return sum(_gather(connection, person_id, now) for (person_id,) in people)


def _gather(connection: psycopg.Connection, person_id: str, now: dt.datetime) -> bool:
    with connection.transaction():
        rows = connection.execute(
            "SELECT notification_id FROM notification WHERE person_id = %s AND digest_due_at <= %s"
            " AND mail_id IS NULL AND read_at IS NULL ORDER BY notification_id"
            " FOR UPDATE SKIP LOCKED",
            [person_id, now],
        ).fetchall()
        ids = [notification_id for (notification_id,) in rows]
        if not ids:
            return False
        mail_id = id_for("mail", "digest", *ids)
        add_mail(connection, mail_id, person_id=person_id, is_digest=True, at=now)
        connection.execute(
            "UPDATE notification SET mail_id = %s WHERE notification_id = ANY (%s)", [mail_id, ids]
        )
    return True


def _stored(row: tuple[Any, ...]) -> StoredNotification:
    """Return a row as a value, with instants in UTC whatever zone the session has."""
    values: dict[str, Any] = {
        name: value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
        for name, value in zip(StoredNotification.__struct_fields__, row, strict=True)
    }
    return StoredNotification(**{**values, "facts": msgspec.json.decode(values["facts"])})
