"""Hands messages from the outbox to the job queue: marked and queued in one transaction, so neither lost nor doubled."""

from __future__ import annotations

import datetime as dt

import psycopg
from psycopg.types.json import Jsonb

from fairlot.store import outbox
from fairlot.store.outbox import Place
from fairlot.store.writing.family import FAMILIES, Family

BATCH = 500
QUEUE = "effects"
TASK = "perform_effect"
# A message whose job is not to be found after this long waits again.
LOST_AFTER = dt.timedelta(hours=1)

_DEFER = """
SELECT procrastinate_defer_jobs_v1(array_agg(
  ROW(%(queue)s, %(task)s, 0, lock, key, args, NULL)::procrastinate_job_to_defer_v1 ORDER BY number))
FROM unnest(%(locks)s::text[], %(keys)s::text[], %(args)s::jsonb[])
  WITH ORDINALITY AS given (lock, key, args, number)
"""


def hand_over(connection: psycopg.Connection, *, at: dt.datetime) -> int:
    """Queue every message that waits, and return how many this call queued; other workers may do so at the same time."""
    return sum(_hand_over_family(connection, family, at) for family in FAMILIES.values())


def put_back_lost(connection: psycopg.Connection, *, at: dt.datetime) -> int:
    """Let messages wait again whose job has vanished; return how many."""
    return sum(
        outbox.put_back_lost(connection, family, handed_over_before=at - LOST_AFTER)
        for family in FAMILIES.values()
    )


def _hand_over_family(connection: psycopg.Connection, family: Family, at: dt.datetime) -> int:
    total = 0
    while found := outbox.waiting(connection, family, limit=BATCH):
        topics = dict(found)
        with connection.transaction():
            taken = outbox.take(connection, family, list(topics), at=at)
            _defer(connection, [(place, topics[place]) for place in sorted(taken)])
        total += len(taken)
    return total


def _defer(connection: psycopg.Connection, jobs: list[tuple[Place, str]]) -> None:
    if not jobs:
        return
    connection.execute(
        _DEFER,
        {
            "queue": QUEUE,
            "task": TASK,
            # One after the other per aggregate and topic, so that a mail that cannot go out holds up no refund.
            "locks": [f"{place.family}:{place.aggregate_id}:{topic}" for place, topic in jobs],
            "keys": [place.key for place, _ in jobs],
            "args": [
                Jsonb(
                    {
                        "family": place.family,
                        "aggregate_id": place.aggregate_id,
                        "seq": place.seq,
                        "message_no": place.message_no,
                    }
                )
                for place, _ in jobs
            ],
        },
    )
