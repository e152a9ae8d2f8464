"""Performing what events send out: by the worker alone, at least once, each under a name by which a repetition is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import psycopg

from fairlot.clock import Clock
from fairlot.store import outbox
from fairlot.store.outbox import OutboxMessage, Place

Handler = Callable[[OutboxMessage], None]
"""Does what a message asks. May be called again for the same `place.key`: outside it is the idempotency key, and
commands that come of it derive their ids from it."""


class UnknownTopicError(LookupError):
    """A message has a topic that nothing handles: a mistake of ours, found again once the handler is there."""


def perform(
    place: Place, *, connection: psycopg.Connection, handlers: Mapping[str, Handler], clock: Clock
) -> bool:
    """Perform one message unless it is done; say whether it was performed now. Raises what the handler raises."""
    message = outbox.find_message(connection, place)
    assert message is not None, f"no message {place.key} is in the outbox"
    if message.is_done:
        return False
    handler = handlers.get(message.topic)
    if handler is None:
        raise UnknownTopicError(message.topic)
    handler(message)
    outbox.mark_done(connection, place, at=clock())
    return True
