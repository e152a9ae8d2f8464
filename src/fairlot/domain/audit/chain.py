"""The hash chain of one stream: each record's hash covers all that was recorded and the hash before it.

It shows an edit, an insertion or another order inside the stream to whoever holds a later hash. A cut-off tail or a
stream rewritten whole shows only against a checkpoint that left the database (`merkle`).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator

import msgspec

from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.party import Actor

# Changes only together with the framing below; old records keep the name they were hashed under.
FRAMING = b"fairlot event 1"
GENESIS = bytes(32)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it is stored: the envelope, the canonical bytes, and its place in the chain.

    `recorded_at` is when we wrote it, to the microsecond; `effective_at` is the instant it counts from.
    `command_id` is empty for what happened by the clock alone.
    """

    family: str
    stream_id: str
    seq: int
    type: str
    version: int
    recorded_at: dt.datetime
    effective_at: dt.datetime
    actor: Actor
    command_id: str
    payload: bytes
    previous_hash: bytes
    hash: bytes


# The same instant is hashed for several events and fields in a row.
@functools.lru_cache(maxsize=1024)
def microseconds(instant: dt.datetime) -> int:
    """Return whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def link_hash(
    *,
    family: str,
    stream_id: str,
    seq: int,
    type_name: str,
    version: int,
    recorded_at: dt.datetime,
    effective_at: dt.datetime,
    actor: Actor,
    command_id: str,
    payload: bytes,
    previous_hash: bytes,
) -> bytes:
    """Return the hash of one record: its fields in this order, as `content_hash` frames them."""
    return content_hash(
        FRAMING,
        family.encode(),
        stream_id.encode(),
        b"%d" % seq,
        type_name.encode(),
        b"%d" % version,
        b"%d" % microseconds(recorded_at),
        b"%d" % microseconds(effective_at),
        actor.role.encode(),
        actor.company_id.encode(),
        actor.person_id.encode(),
        command_id.encode(),
        payload,
        previous_hash,
    )


def recomputed_hash(record: Record) -> bytes:
    """Return the hash that the record ought to bear."""
    return link_hash(
        family=record.family,
        stream_id=record.stream_id,
        seq=record.seq,
        type_name=record.type,
        version=record.version,
        recorded_at=record.recorded_at,
        effective_at=record.effective_at,
        actor=record.actor,
        command_id=record.command_id,
        payload=record.payload,
        previous_hash=record.previous_hash,
    )


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """Where a chain does not hold: the sequence number, and what is wrong with that record."""

    seq: int
    fault: str


def breaks(records: Iterable[Record]) -> Iterator[Break]:
    """Yield every place of one stream's records, in order, at which its chain does not hold."""
    expected_seq = 1
    previous_hash = GENESIS
    for record in records:
        if record.seq != expected_seq:
            yield Break(seq=expected_seq, fault="missing")
        if record.previous_hash != previous_hash:
            yield Break(seq=record.seq, fault="not_linked")
        if recomputed_hash(record) != record.hash:
            yield Break(seq=record.seq, fault="altered")
        expected_seq = record.seq + 1
        previous_hash = record.hash
