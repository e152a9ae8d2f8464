"""Finds aggregates with something due and submits them; whether anything happens, each decides again under its lock."""

from __future__ import annotations

import logging
from typing import Any

import psycopg

from fairlot.application.aggregate import Aggregate
from fairlot.application.execute import WritePath
from fairlot.application.execute_many import settle_many
from fairlot.application.outcome import Unavailable
from fairlot.domain.calendar import whole_second
from fairlot.store.deadlines import Due, due

logger = logging.getLogger(__name__)

# Aggregates settled per transaction: their locks are held together, so not too many.
BATCH = 250


def settle_what_is_due(
    connection: psycopg.Connection, *, aggregate: Aggregate[Any, Any, Any], using: WritePath
) -> int:
    """Settle every aggregate whose deadline has passed, once through; return how many changed.

    What another worker or a user holds locked is left to them or to the next time. One that cannot be settled is
    logged and left alone, and holds up no other.
    """
    now = whole_second(using.clock())
    settled = 0
    after = Due()
    while found := due(connection, aggregate.family, now=now, limit=BATCH, after=after):
        after = found[-1]
        settled += _settle([one.aggregate_id for one in found], aggregate, using)
    return settled


def _settle(ids: list[str], aggregate: Aggregate[Any, Any, Any], using: WritePath) -> int:
    try:
        return settle_many(ids, aggregate=aggregate, using=using)
    except Unavailable:
        raise
    except Exception:
        # A worker's loop outlives the mistake of one aggregate; alone, it is found and named.
        if len(ids) == 1:
            logger.exception("%s %s cannot be settled", aggregate.family.name, ids[0])
            return 0
        return sum(_settle([one], aggregate, using) for one in ids)
