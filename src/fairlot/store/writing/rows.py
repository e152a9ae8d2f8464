"""What passes between the write path and the store: rows as they were read under the lock, and rows to be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

Row = tuple[Any, ...]
"""Values in the order of a table's columns (`statements`), without the id."""


class StoredOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command id: what it asked, refused or not, and the events it left."""

    content_hash: bytes
    refusal_code: str | None
    facts: bytes | None
    first_seq: int | None
    last_seq: int | None


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """One locked aggregate. `recorded_at` is that of its latest event; none while it does not exist.

    `events` is a JSON list of the canonical bytes of all events, in their order.
    """

    stream_id: str
    head_seq: int
    head_hash: bytes | None
    recorded_at: dt.datetime | None
    events: bytes
    outcomes: Mapping[str, StoredOutcome]


class Rows(msgspec.Struct, kw_only=True):
    """All that is to be written for one aggregate; each row has the columns of its table without the id.

    `head` is the new head, if there are events; `left_seq` the sequence number that it follows, 0 for a new aggregate.
    """

    stream_id: str
    left_seq: int
    created_at: dt.datetime | None = None
    head: Row | None = None
    events: list[Row] = msgspec.field(default_factory=list)
    postings: list[Row] = msgspec.field(default_factory=list)
    commands: list[Row] = msgspec.field(default_factory=list)
    messages: list[Row] = msgspec.field(default_factory=list)

    def is_empty(self) -> bool:
        """Say whether there is nothing to write."""
        return not (self.events or self.commands)
