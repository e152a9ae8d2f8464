"""Mails that are to go out: taken by one worker for the length of a lease, then sent, tried again later, or given up."""

from __future__ import annotations

import datetime as dt

import msgspec
import psycopg

from fairlot.store.structs import rows_as

ERROR_LENGTH_MAX = 500


class WaitingMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that this worker holds; `attempts` counts this one."""

    mail_id: str
    person_id: str
    is_digest: bool
    created_at: dt.datetime
    attempts: int


def take_due(
    connection: psycopg.Connection, *, now: dt.datetime, lease: dt.timedelta, limit: int
) -> list[WaitingMail]:
    """Take mails that are due, the longest waiting first; one whose worker dies is due again after the lease."""
    return rows_as(
        connection,
        WaitingMail,
        """
        WITH chosen AS (
          SELECT mail_id FROM mail WHERE due_at <= %(now)s ORDER BY due_at LIMIT %(limit)s
          FOR UPDATE SKIP LOCKED)
        UPDATE mail SET due_at = %(until)s, attempts = attempts + 1
        FROM chosen WHERE mail.mail_id = chosen.mail_id
        RETURNING mail.mail_id, person_id, is_digest, created_at, attempts
        """,
        {"now": now, "until": now + lease, "limit": limit},
    )


def mark_sent(connection: psycopg.Connection, mail_id: str, *, at: dt.datetime) -> None:
    """Mark a mail as accepted by the server."""
    connection.execute(
        "UPDATE mail SET sent_at = %s, due_at = NULL, last_error = '' WHERE mail_id = %s",
        [at, mail_id],
    )


def try_again(
    connection: psycopg.Connection, mail_id: str, *, due_at: dt.datetime, error: str
) -> None:
    """Let a mail wait for its next try."""
    connection.execute(
        "UPDATE mail SET due_at = %s, last_error = %s WHERE mail_id = %s AND sent_at IS NULL",
        [due_at, error[:ERROR_LENGTH_MAX], mail_id],
    )


def give_up(connection: psycopg.Connection, mail_id: str, *, at: dt.datetime, error: str) -> None:
    """Leave a mail that will never go out; the row stays for the operator."""
    connection.execute(
        "UPDATE mail SET given_up_at = %s, due_at = NULL, last_error = %s"
        " WHERE mail_id = %s AND sent_at IS NULL",
        [at, error[:ERROR_LENGTH_MAX], mail_id],
    )
