"""Prepared statements in pipelines over one connection: as few round trips as the work allows, values in binary.

A write waits for the network and the disk, not for Python; so this speaks through `psycopg.pq`, the thin layer under
psycopg's cursors. It knows nothing of orders.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import select
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result

BINARY = 1
# Longer than the server's own limit on a statement, which ends most waits before this one.
ANSWER_TIMEOUT_MS = 35_000
Encoder = Callable[[Any], bytes]
Tracer = Callable[[str], None]
"""Told what is about to happen on the wire; tests end the process there."""

_UNIX_TO_POSTGRES_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_pack_int4 = struct.Struct(">i").pack
_pack_int8 = struct.Struct(">q").pack
_unpack_int4 = struct.Struct(">i").unpack
_unpack_int8 = struct.Struct(">q").unpack
_pack_array_head = struct.Struct(">iiIii").pack
_NULL_LENGTH = _pack_int4(-1)


# One instant stands in many rows of a write.
@functools.lru_cache(maxsize=1024)
def _encode_timestamp(value: dt.datetime) -> bytes:
    return _pack_int8((value - _UNIX_TO_POSTGRES_EPOCH) // _MICROSECOND)


def decode_timestamp(value: bytes) -> dt.datetime:
    """Return the instant of a binary timestamptz."""
    return _UNIX_TO_POSTGRES_EPOCH + dt.timedelta(microseconds=_unpack_int8(value)[0])


def decode_int4(value: bytes) -> int:
    """Return the number of a binary integer."""
    number: int = _unpack_int4(value)[0]
    return number


ENCODERS: dict[str, Encoder] = {
    "text": str.encode,
    "bytea": bytes,
    "int4": _pack_int4,
    "int8": _pack_int8,
    "timestamptz": _encode_timestamp,
}
# Types of one length: the letter of `struct`, and the length.
_FIXED = {"int4": ("i", 4), "int8": ("q", 8)}
_OIDS = {"text": 25, "bytea": 17, "int4": 23, "int8": 20, "timestamptz": 1184}


def encode_all(encoders: Iterable[Encoder], values: Iterable[Any]) -> list[bytes | None]:
    """Return values in PostgreSQL's binary form, each by its own encoder."""
    return [
        None if value is None else encoder(value)
        for encoder, value in zip(encoders, values, strict=True)
    ]


def encode_array(wire_type: str, values: Sequence[Any]) -> bytes:
    """Return a one-dimensional array in PostgreSQL's binary form."""
    count = len(values)
    if not count:
        return _pack_array_head(0, 0, _OIDS[wire_type], 0, 0)[:12]
    has_null = None in values
    head = _pack_array_head(1, has_null, _OIDS[wire_type], count, 1)
    encoder = ENCODERS[wire_type]
    first = values[0]
    if first is values[-1] and first is not None and values.count(first) == count:
        # One instant, version or currency for all the rows of a write.
        item: bytes = encoder(first)
        return head + (_pack_int4(len(item)) + item) * count
    if has_null:
        if not any(value is not None for value in values):
            return head + _NULL_LENGTH * count
        items = [None if value is None else encoder(value) for value in values]
        return head + b"".join(map(_with_length, items))
    if wire_type in _FIXED:
        letter, size = _FIXED[wire_type]
        pairs = _alternating(itertools.repeat(size), values)
        return head + struct.pack(f">{f'i{letter}' * count}", *pairs)
    encoded = list(map(encoder, values))
    return head + b"".join(_alternating(map(_pack_int4, map(len, encoded)), encoded))


def _with_length(item: bytes | None) -> bytes:
    return _NULL_LENGTH if item is None else _pack_int4(len(item)) + item


def _alternating(lengths: Iterable[Any], items: Iterable[Any]) -> Iterator[Any]:
    return itertools.chain.from_iterable(zip(lengths, items, strict=False))


_FAILED = frozenset({pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED})

Statement = tuple[bytes, Sequence[bytes | None]]
"""A prepared statement's name, and its parameters in binary form."""


class Wire:
    """A connection of its own that runs prepared statements in pipelines; for one thread at a time."""

    def __init__(self, connection: psycopg.Connection, *, tracer: Tracer | None = None) -> None:
        assert connection.autocommit, "this connection says BEGIN and COMMIT itself"
        self._connection = connection
        self._pgconn = connection.pgconn
        self._tracer = tracer
        self._prepared: set[bytes] = set()
        # Whether all that was sent ends in a sync, and how many of them the server has not answered yet.
        self._is_synced = True
        self._syncs_due = 0
        self._is_silent = False
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket, select.POLLIN)
        # Our statements are planned once: a plan for each set of values would cost more than running them.
        connection.execute("SET plan_cache_mode = force_generic_plan")
        self.prepare(b"begin", "BEGIN ISOLATION LEVEL READ COMMITTED")
        self.prepare(b"commit", "COMMIT")
        self._pgconn.enter_pipeline_mode()

    def prepare(self, name: bytes, text: str) -> None:
        """Prepare a statement once per connection; outside pipelines it costs a round trip."""
        if name in self._prepared:
            return
        if self._pgconn.pipeline_status == pq.PipelineStatus.OFF:
            self._check(self._pgconn.prepare(name, text.encode()))
        else:
            self._pgconn.send_prepare(name, text.encode())
            self._sync()
            self._collect(1)
        self._prepared.add(name)

    def run(
        self, label: str, statements: Iterable[Statement], *, before: int = 0
    ) -> list[pq.abc.PGresult]:
        """Send statements in one go and return their results in order, after those of `before` sent already.

        Raises the first one's error.
        """
        self._trace(f"send {label}")
        count = before
        for statement in statements:
            self.send(statement)
            count += 1
        self._sync()
        self._trace(f"receive {label}")
        results = self._collect(count)
        self._trace(f"after {label}")
        return results

    def send(self, statement: Statement) -> None:
        """Add a statement to what is under way; its result comes in its turn, by `receive` or at the end of `run`."""
        name, parameters = statement
        self._pgconn.send_query_prepared(
            name, parameters, [BINARY] * len(parameters), result_format=BINARY
        )
        self._is_synced = False

    def push(self) -> None:
        """Let the server begin on what was sent so far, and answer as it goes on."""
        self._pgconn.send_flush_request()
        self._pgconn.flush()

    def take_in(self) -> None:
        """Take in what the server has sent by now, without waiting; it stands still while what it sent is not fetched."""
        self._pgconn.consume_input()

    def receive(self) -> pq.abc.PGresult:
        """Return the next result. Raises its error; then only `rollback` makes sense."""
        self._flush()
        result = self._next()
        assert result is not None, "every statement has a result"
        assert self._next() is None, "one statement, one result"
        if result.status in _FAILED:
            raise error_from_result(result)
        return result

    @property
    def is_lost(self) -> bool:
        """Say whether the connection is gone, or the server silent for too long."""
        return self._is_silent or self._pgconn.status == pq.ConnStatus.BAD

    def rollback(self) -> None:
        """Give up the open transaction and whatever is under way in it."""
        if not self._is_synced:
            self._sync()
        self._flush()
        while self._syncs_due:
            result = self._next()
            if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
                self._syncs_due -= 1
        self._pgconn.send_query_params(b"ROLLBACK", None)
        self._sync()
        self._collect(1)

    def close(self) -> None:
        """Close the connection; an open transaction dies with it."""
        self._connection.close()

    def _trace(self, what: str) -> None:
        if self._tracer is not None:
            self._tracer(what)

    def _collect(self, count: int) -> list[pq.abc.PGresult]:
        self._flush()
        results: list[pq.abc.PGresult] = []
        failure: pq.abc.PGresult | None = None
        for _ in range(count):
            result = self._next()
            assert result is not None, "every statement has a result"
            if result.status == pq.ExecStatus.FATAL_ERROR and failure is None:
                failure = result
            results.append(result)
            assert self._next() is None, "one statement, one result"
        end = self._next()
        assert end is not None
        if end.status == pq.ExecStatus.PIPELINE_SYNC:
            self._syncs_due -= 1
        else:
            # The server may answer everything, a commit too, and then end the connection in place of the sync.
            assert end.status == pq.ExecStatus.FATAL_ERROR
            failure = failure or end
        if failure is not None:
            raise error_from_result(failure)
        return results

    def _next(self) -> pq.abc.PGresult | None:
        pgconn = self._pgconn
        while pgconn.is_busy():
            self._wait(select.POLLIN)
            pgconn.consume_input()
        result = pgconn.get_result()
        if pgconn.status == pq.ConnStatus.BAD:
            raise psycopg.OperationalError(f"the connection was lost: {pgconn.get_error_message()}")
        return result

    def _sync(self) -> None:
        self._pgconn.pipeline_sync()
        self._is_synced = True
        self._syncs_due += 1

    def _flush(self) -> None:
        # Answers are read while we still send: else both sides could wait for the other to read.
        while self._pgconn.flush():
            if self._wait(select.POLLIN | select.POLLOUT) & select.POLLIN:
                self._pgconn.consume_input()

    def _wait(self, events: int) -> int:
        # Waits outside Python's lock, so that another thread can let go of what this one waits for.
        self._poll.modify(self._pgconn.socket, events)
        ready = self._poll.poll(ANSWER_TIMEOUT_MS)
        if not ready:
            self._is_silent = True
            raise psycopg.OperationalError("the server does not answer")
        return ready[0][1]

    def _check(self, result: pq.abc.PGresult) -> None:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
