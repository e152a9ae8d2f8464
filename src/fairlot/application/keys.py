"""Ids that callers choose for what they ask: kept for ever with the command itself, and apart for each who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import psycopg

from fairlot.application.order_aggregate import OrderAggregate
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Code
from fairlot.store.keyed_commands import KEYED_PREFIX, find_keyed

SCOPE_DIGITS = 32
ORDER_ID_DIGITS = 24


class KeyedOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a key's command came to: done with its events, or refused with a code and facts."""

    order_id: str
    command_id: str
    code: Code | None
    facts: Mapping[str, str | int]
    events: tuple[OrderEvent, ...]


def keyed_id(scope: str, key: str) -> str:
    """Return the command id of a key within the world of a company or a member of staff."""
    assert scope, "a key belongs to somebody"
    return f"{KEYED_PREFIX}{content_hash(scope.encode()).hex()[:SCOPE_DIGITS]}:{key}"


def keyed_order_id(command_id: str) -> str:
    """Return the id of the order that a keyed command begins; asked again it is the same order."""
    return f"ord_{content_hash(command_id.encode()).hex()[:ORDER_ID_DIGITS]}"


def find_outcomes(
    connection: psycopg.Connection, command_ids: Sequence[str], *, orders: OrderAggregate
) -> tuple[KeyedOutcome, ...]:
    """Return what became of keyed commands, in the order of their orders' ids; nothing for one never recorded."""
    return tuple(
        KeyedOutcome(
            order_id=found.order_id,
            command_id=found.command_id,
            code=None if found.refusal_code is None else Code(found.refusal_code),
            facts=_facts(found.facts),
            events=tuple(orders.decode(found.events)),
        )
        for found in find_keyed(connection, command_ids)
    )


def _facts(stored: bytes | None) -> dict[str, Any]:
    return {} if stored is None else msgspec.json.decode(stored, type=dict[str, Any])
