"""Endpoints of companies, what is sent to each, and every attempt: taken by one worker for a lease, kept for the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.store.structs import rows_as

EXCERPT_LENGTH_MAX = 1_000
# Deliveries of one endpoint that a worker holds at once: a slow one holds up only its own.
HELD_PER_ENDPOINT_MAX = 2


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where events of a company go; without a company they are all of the platform's. No types means every type."""

    endpoint_id: str
    company_id: str
    url: str
    event_types: tuple[str, ...]
    created_at: dt.datetime
    disabled_at: dt.datetime | None = None
    disabled_why: str = ""

    def takes(self, event_type: str) -> bool:
        """Say whether events of a type go there."""
        return not self.event_types or event_type in self.event_types


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its way to one endpoint; `tries` counts those since it was last sent anew, `attempts` all of them."""

    delivery_id: str
    endpoint_id: str
    event_type: str
    body: bytes
    created_at: dt.datetime
    state: str
    due_at: dt.datetime | None
    tries: int
    attempts: int
    round_began_at: dt.datetime


class TakenDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that this worker holds, with all that sending it needs; both counts include the try that begins."""

    delivery_id: str
    endpoint_id: str
    company_id: str
    url: str
    body: bytes
    tries: int
    attempts: int
    round_began_at: dt.datetime
    secret: bytes
    earlier_secret: bytes | None
    earlier_until: dt.datetime | None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """How one try went; `status` is 0 where no answer came."""

    delivery_id: str
    attempt_no: int
    endpoint_id: str
    started_at: dt.datetime
    duration_ms: int
    status: int
    outcome: str
    response_excerpt: str


_ENDPOINT = "endpoint_id, company_id, url, event_types, created_at, disabled_at, disabled_why"
_DELIVERY = (
    "delivery_id, endpoint_id, event_type, body, created_at, state, due_at, tries, attempts,"
    " round_began_at"
)
_ATTEMPT = (
    "delivery_id, attempt_no, endpoint_id, started_at, duration_ms, status, outcome,"
    " response_excerpt"
)


def add_endpoint(
    connection: psycopg.Connection,
    endpoint: Endpoint,
    *,
    secret: bytes,
    created_by: str,
    events_since: dt.datetime | None,
) -> None:
    """Keep a new endpoint with its sealed secret, once for its id; `events_since` is from when it takes orders' own events."""
    connection.execute(
        "INSERT INTO webhook_endpoint (endpoint_id, company_id, url, event_types, secret,"
        " created_at, created_by, events_since) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (endpoint_id) DO NOTHING",
        [
            endpoint.endpoint_id,
            endpoint.company_id,
            endpoint.url,
            list(endpoint.event_types),
            secret,
            endpoint.created_at,
            created_by,
            events_since,
        ],
    )


def find_secret(connection: psycopg.Connection, endpoint_id: str) -> bytes:
    """Return the sealed secret of an endpoint that is there."""
    row = connection.execute(
        "SELECT secret FROM webhook_endpoint WHERE endpoint_id = %s", [endpoint_id]
    ).fetchone()
    assert row is not None, "the endpoint is there"
    return bytes(row[0])


def endpoints_of(connection: psycopg.Connection, company_id: str) -> list[Endpoint]:
    """Return a company's endpoints, or with an empty id the platform's own, the earliest first."""
    return rows_as(
        connection,
        Endpoint,
        f"SELECT {_ENDPOINT} FROM webhook_endpoint WHERE company_id = %s AND removed_at IS NULL"
        " ORDER BY created_at, endpoint_id",
        [company_id],
    )


def find_endpoint(
    connection: psycopg.Connection, endpoint_id: str, *, company_id: str
) -> Endpoint | None:
    """Return an endpoint of a company; one of another is as absent as one that never was."""
    found = rows_as(
        connection,
        Endpoint,
        f"SELECT {_ENDPOINT} FROM webhook_endpoint"
        " WHERE endpoint_id = %s AND company_id = %s AND removed_at IS NULL",
        [endpoint_id, company_id],
    )
    return found[0] if found else None


def endpoints_for(
    connection: psycopg.Connection, company_ids: Sequence[str], event_type: str
) -> list[Endpoint]:
    """Return the endpoints of companies, and of the platform, that take events of a type; disabled ones included."""
    found = rows_as(
        connection,
        Endpoint,
        f"SELECT {_ENDPOINT} FROM webhook_endpoint"
        " WHERE company_id = ANY (%s) AND removed_at IS NULL ORDER BY endpoint_id",
        [["", *company_ids]],
    )
    return [endpoint for endpoint in found if endpoint.takes(event_type)]


def change_endpoint(
    connection: psycopg.Connection,
    endpoint_id: str,
    *,
    url: str,
    event_types: Sequence[str],
    events_since: dt.datetime | None,
) -> None:
    """Let an endpoint point elsewhere or take other events; what waits goes to the new address.

    One that took orders' own events before goes on from where it was.
    """
    connection.execute(
        "UPDATE webhook_endpoint SET url = %(url)s, event_types = %(types)s, events_since ="
        " CASE WHEN %(since)s::timestamptz IS NOT NULL THEN coalesce(events_since, %(since)s) END"
        " WHERE endpoint_id = %(id)s",
        {"url": url, "types": list(event_types), "since": events_since, "id": endpoint_id},
    )


def rotate_secret(
    connection: psycopg.Connection, endpoint_id: str, *, secret: bytes, earlier_until: dt.datetime
) -> None:
    """Put a new secret in place; the one of before also signs until an instant."""
    connection.execute(
        "UPDATE webhook_endpoint SET earlier_secret = secret, earlier_until = %s, secret = %s"
        " WHERE endpoint_id = %s",
        [earlier_until, secret, endpoint_id],
    )


def keep_rotation(
    connection: psycopg.Connection,
    endpoint_id: str,
    *,
    asked_by: str,
    secret: bytes,
    made_at: dt.datetime,
) -> tuple[bytes, bool]:
    """Keep the sealed secret that a rotation makes, once for the key it was asked by; return the one kept, and whether it is new."""
    done = connection.execute(
        "INSERT INTO webhook_rotation (endpoint_id, asked_by, secret, made_at)"
        " VALUES (%s, %s, %s, %s) ON CONFLICT (endpoint_id, asked_by) DO NOTHING",
        [endpoint_id, asked_by, secret, made_at],
    )
    row = connection.execute(
        "SELECT secret FROM webhook_rotation WHERE endpoint_id = %s AND asked_by = %s",
        [endpoint_id, asked_by],
    ).fetchone()
    assert row is not None, "it was kept now or before"
    return bytes(row[0]), done.rowcount == 1


def sealed_rotations(connection: psycopg.Connection) -> list[tuple[str, str, bytes]]:
    """Return the secrets of all rotations as they are kept, for sealing them anew."""
    rows = connection.execute("SELECT endpoint_id, asked_by, secret FROM webhook_rotation")
    return [(endpoint_id, asked_by, bytes(secret)) for endpoint_id, asked_by, secret in rows]


def put_rotation(
    connection: psycopg.Connection, endpoint_id: str, asked_by: str, *, secret: bytes
) -> None:
    """Replace the sealed form of a rotation's secret, which is never another one."""
    connection.execute(
        "UPDATE webhook_rotation SET secret = %s WHERE endpoint_id = %s AND asked_by = %s",
        [secret, endpoint_id, asked_by],
    )


def sealed_secrets(connection: psycopg.Connection) -> list[tuple[str, bytes, bytes | None]]:
    """Return all secrets as they are kept, for sealing them anew."""
    rows = connection.execute(
        "SELECT endpoint_id, secret, earlier_secret FROM webhook_endpoint WHERE removed_at IS NULL"
    )
    return [
        (endpoint_id, bytes(secret), None if earlier is None else bytes(earlier))
        for endpoint_id, secret, earlier in rows
    ]


def put_secrets(
    connection: psycopg.Connection,
    endpoint_id: str,
    *,
    before: bytes,
    secret: bytes,
    earlier: bytes | None,
) -> None:
    """Replace the sealed forms of an endpoint's secrets, unless they were changed since they were read."""
    connection.execute(
        "UPDATE webhook_endpoint SET secret = %s, earlier_secret = %s"
        " WHERE endpoint_id = %s AND secret = %s",
        [secret, earlier, endpoint_id, before],
    )


def disable(connection: psycopg.Connection, endpoint_id: str, *, why: str, at: dt.datetime) -> bool:
    """Send nothing more to an endpoint; what waits is held. Say whether it was still on."""
    with connection.transaction():
        done = connection.execute(
            "UPDATE webhook_endpoint SET disabled_at = %s, disabled_why = %s"
            " WHERE endpoint_id = %s AND disabled_at IS NULL AND removed_at IS NULL",
            [at, why, endpoint_id],
        )
        connection.execute(
            "UPDATE webhook_delivery SET state = 'held', due_at = NULL"
            " WHERE endpoint_id = %s AND state = 'waiting'",
            [endpoint_id],
        )
    return done.rowcount == 1


def enable(connection: psycopg.Connection, endpoint_id: str) -> None:
    """Send to an endpoint again; what was held meanwhile goes out when its owner asks for it."""
    connection.execute(
        "UPDATE webhook_endpoint SET disabled_at = NULL, disabled_why = '' WHERE endpoint_id = %s",
        [endpoint_id],
    )


def remove(connection: psycopg.Connection, endpoint_id: str, *, at: dt.datetime) -> None:
    """Take an endpoint away for good; its log stays."""
    disable(connection, endpoint_id, why="removed", at=at)
    connection.execute(
        "UPDATE webhook_endpoint SET removed_at = %s WHERE endpoint_id = %s AND removed_at IS NULL",
        [at, endpoint_id],
    )


def add_delivery(
    connection: psycopg.Connection,
    *,
    delivery_id: str,
    endpoint_id: str,
    event_type: str,
    body: bytes,
    at: dt.datetime,
) -> bool:
    """Keep an event for an endpoint, once for its id; held while the endpoint is off. Say whether it was new."""
    done = connection.execute(
        """
        INSERT INTO webhook_delivery (delivery_id, endpoint_id, event_type, body, created_at, state,
          due_at, round_began_at)
        SELECT %(id)s, endpoint_id, %(type)s, %(body)s, %(at)s,
          CASE WHEN disabled_at IS NULL THEN 'waiting' ELSE 'held' END,
          CASE WHEN disabled_at IS NULL THEN %(at)s::timestamptz END, %(at)s
        FROM webhook_endpoint WHERE endpoint_id = %(endpoint)s AND removed_at IS NULL
        FOR SHARE
        ON CONFLICT (delivery_id) DO NOTHING
        """,
        {
            "id": delivery_id,
            "endpoint": endpoint_id,
            "type": event_type,
            "body": body,
            "at": at,
        },
    )
    return done.rowcount == 1


def take_due(
    connection: psycopg.Connection, *, now: dt.datetime, lease: dt.timedelta, limit: int
) -> list[TakenDelivery]:
    """Take deliveries that are due, few of each endpoint; those of a worker that dies are due again after the lease."""
    return rows_as(
        connection,
        TakenDelivery,
        """
        WITH chosen AS (
          SELECT due.delivery_id FROM webhook_endpoint AS endpoint CROSS JOIN LATERAL (
            SELECT delivery_id, due_at FROM webhook_delivery AS waiting
            WHERE waiting.endpoint_id = endpoint.endpoint_id AND waiting.state = 'waiting'
              AND waiting.due_at <= %(now)s
            ORDER BY due_at LIMIT %(each)s FOR UPDATE SKIP LOCKED) AS due
          WHERE endpoint.disabled_at IS NULL AND endpoint.removed_at IS NULL
          ORDER BY due.due_at LIMIT %(limit)s)
        UPDATE webhook_delivery AS delivery
        SET due_at = %(until)s, tries = tries + 1, attempts = attempts + 1
        FROM chosen, webhook_endpoint AS endpoint
        WHERE delivery.delivery_id = chosen.delivery_id
          AND endpoint.endpoint_id = delivery.endpoint_id
        RETURNING delivery.delivery_id, endpoint.endpoint_id, endpoint.company_id, endpoint.url,
          delivery.body, delivery.tries, delivery.attempts, delivery.round_began_at,
          endpoint.secret, endpoint.earlier_secret, endpoint.earlier_until
        """,
        {"now": now, "until": now + lease, "each": HELD_PER_ENDPOINT_MAX, "limit": limit},
    )


def keep_attempt(connection: psycopg.Connection, attempt: Attempt) -> None:
    """Write a try into the log."""
    connection.execute(
        f"INSERT INTO webhook_attempt ({_ATTEMPT}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (delivery_id, attempt_no) DO NOTHING",
        [getattr(attempt, name) for name in Attempt.__struct_fields__],
    )


def settle_delivery(
    connection: psycopg.Connection, delivery_id: str, *, state: str, due_at: dt.datetime | None
) -> None:
    """Say how a delivery goes on after a try; one that was held meanwhile stays so, unless it arrived."""
    connection.execute(
        "UPDATE webhook_delivery SET state = %(state)s, due_at = %(due_at)s"
        " WHERE delivery_id = %(id)s AND (state = 'waiting' OR %(state)s = 'delivered')",
        {"id": delivery_id, "state": state, "due_at": due_at},
    )


def has_arrived_since(
    connection: psycopg.Connection, endpoint_id: str, *, since: dt.datetime
) -> bool:
    """Say whether an endpoint took anything since an instant."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM webhook_attempt WHERE endpoint_id = %s AND started_at >= %s"
        " AND outcome = 'delivered')",
        [endpoint_id, since],
    ).fetchone()
    assert row is not None
    return bool(row[0])


def send_anew(
    connection: psycopg.Connection,
    endpoint_id: str,
    *,
    at: dt.datetime,
    delivery_id: str | None = None,
    since: dt.datetime | None = None,
) -> int:
    """Let one delivery, or all made since an instant, go out again from the first try; return how many.

    What is on its way anyway is left alone.
    """
    assert (delivery_id is None) != (since is None), "one or all since an instant"
    done = connection.execute(
        "UPDATE webhook_delivery SET state = 'waiting', due_at = %(at)s, tries = 0,"
        " round_began_at = %(at)s"
        " WHERE endpoint_id = %(endpoint)s AND state <> 'waiting'"
        " AND (delivery_id = %(delivery)s OR created_at >= %(since)s)",
        {"at": at, "endpoint": endpoint_id, "delivery": delivery_id, "since": since},
    )
    return done.rowcount


def deliveries_of(
    connection: psycopg.Connection,
    endpoint_id: str,
    *,
    limit: int,
    before: tuple[dt.datetime, str] | None = None,
) -> list[Delivery]:
    """Return what was sent to an endpoint, the latest first; `before` is the place of the last one seen."""
    at, last_id = before or (dt.datetime.max.replace(tzinfo=dt.UTC), "")
    return rows_as(
        connection,
        Delivery,
        f"SELECT {_DELIVERY} FROM webhook_delivery WHERE endpoint_id = %s"
        " AND (created_at, delivery_id) < (%s, %s)"
        " ORDER BY created_at DESC, delivery_id DESC LIMIT %s",
        [endpoint_id, at, last_id, limit],
    )


def attempts_of(
    connection: psycopg.Connection, endpoint_id: str, delivery_id: str
) -> list[Attempt]:
    """Return every try of a delivery, the first first."""
    return rows_as(
        connection,
        Attempt,
        f"SELECT {_ATTEMPT} FROM webhook_attempt WHERE endpoint_id = %s AND delivery_id = %s"
        " ORDER BY attempt_no",
        [endpoint_id, delivery_id],
    )
