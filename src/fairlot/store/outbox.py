"""The outbox: messages written together with their events, found, handed over once, and marked when they are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg

from fairlot.store.writing.family import FAMILIES, Family


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a message stands; also its name outside, by which a service knows a repeated request."""

    family: str
    aggregate_id: str
    seq: int
    message_no: int

    @property
    def key(self) -> str:
        """Return the place as one word, the same for ever."""
        return f"{self.family}:{self.aggregate_id}:{self.seq}:{self.message_no}"


class OutboxMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message: its place, what it is about, and the plain data that its handler needs."""

    place: Place
    topic: str
    data: dict[str, Any]
    created_at: dt.datetime
    is_done: bool


def waiting(
    connection: psycopg.Connection, family: Family, *, limit: int
) -> list[tuple[Place, str]]:
    """Return places and topics of messages that nobody has taken yet, the oldest first. Takes no lock."""
    rows = connection.execute(
        f"SELECT {family.id_column}, seq, message_no, topic FROM {family.name}_outbox"
        " WHERE handed_over_at IS NULL ORDER BY created_at LIMIT %s",
        [limit],
    )
    return [(Place(family.name, key, seq, number), topic) for key, seq, number, topic in rows]


def take(
    connection: psycopg.Connection, family: Family, places: Sequence[Place], *, at: dt.datetime
) -> set[Place]:
    """Mark messages as handed over and return those that were still waiting; another worker gets the rest."""
    ordered = sorted(places)
    rows = connection.execute(
        f"""
        UPDATE {family.name}_outbox AS outbox SET handed_over_at = %s
        FROM unnest(%s::text[], %s::int[], %s::int[]) AS given (id, seq, message_no)
        WHERE outbox.{family.id_column} = given.id AND outbox.seq = given.seq
          AND outbox.message_no = given.message_no AND outbox.handed_over_at IS NULL
        RETURNING given.id, given.seq, given.message_no
        """,
        [
            at,
            [place.aggregate_id for place in ordered],
            [place.seq for place in ordered],
            [place.message_no for place in ordered],
        ],
    )
    return {Place(family.name, key, seq, number) for key, seq, number in rows}


def find_message(connection: psycopg.Connection, place: Place) -> OutboxMessage | None:
    """Return one message."""
    family = FAMILIES[place.family]
    row = connection.execute(
        f"SELECT topic, payload, created_at, done_at IS NOT NULL FROM {family.name}_outbox"
        f" WHERE {family.id_column} = %s AND seq = %s AND message_no = %s",
        [place.aggregate_id, place.seq, place.message_no],
    ).fetchone()
    if row is None:
        return None
    topic, payload, created_at, is_done = row
    return OutboxMessage(
        place=place,
        topic=topic,
        data=msgspec.json.decode(bytes(payload)),
        created_at=created_at,
        is_done=is_done,
    )


def mark_done(connection: psycopg.Connection, place: Place, *, at: dt.datetime) -> None:
    """Mark a message as done; a second time changes nothing."""
    family = FAMILIES[place.family]
    connection.execute(
        f"UPDATE {family.name}_outbox SET done_at = %s WHERE {family.id_column} = %s AND seq = %s"
        " AND message_no = %s AND done_at IS NULL",
        [at, place.aggregate_id, place.seq, place.message_no],
    )


def put_back_lost(
    connection: psycopg.Connection, family: Family, *, handed_over_before: dt.datetime
) -> int:
    """Let messages wait again whose job is gone without a trace, as after a restore; return how many.

    A job that failed for good is a trace: it stays for the operator.
    """
    done = connection.execute(
        f"""
        UPDATE {family.name}_outbox AS outbox SET handed_over_at = NULL
        WHERE handed_over_at < %s AND done_at IS NULL AND NOT EXISTS (
          SELECT FROM procrastinate_jobs AS job WHERE job.queueing_lock =
            '{family.name}:' || outbox.{family.id_column} || ':' || outbox.seq || ':' || outbox.message_no)
        """,
        [handed_over_before],
    )
    return done.rowcount
