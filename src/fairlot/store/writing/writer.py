"""The writer: locks aggregates, reads their story and appends to it, two round trips per command; only `execute` imports it.

It decides nothing: it turns rows that were decided into one statement and one commit.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import pq

from fairlot.store.writing.family import Family
from fairlot.store.writing.rows import Opened, Row, Rows, StoredOutcome
from fairlot.store.writing.statements import (
    SHAPE_EVENTS_MAX,
    SHAPE_MESSAGES_MAX,
    SHAPE_POSTINGS_MAX,
    Reading,
    Shape,
    columns_of,
    reading_of,
    reading_of_many,
    wire_types_of_rows,
    write_arrays,
    write_rows,
)
from fairlot.store.writing.wire import (
    ENCODERS,
    Encoder,
    Statement,
    Tracer,
    Wire,
    decode_int4,
    decode_timestamp,
    encode_all,
    encode_array,
)

# More writers than this are closed when they are done; each holds a server process.
IDLE_WRITERS_MAX = 8
# Aggregates of a batch that are read and written at a time, while the next ones are on their way.
PART_SIZE = 100


NO_EVENTS = b"[]"
# What does not exist yet cannot be locked: between looking for it and what comes next, somebody may create it.
CREATED_MEANWHILE = "another command created the aggregate"


class LostRaceError(Exception):
    """Somebody else created the aggregate first; nothing was written, and the command begins anew."""


class Writer:
    """One connection's write path; for one thread and one command, or batch of commands, at a time."""

    def __init__(self, connection: psycopg.Connection, *, tracer: Tracer | None = None) -> None:
        self._wire = Wire(connection, tracer=tracer)
        self.is_commit_unknown = False
        self._parts: list[Sequence[Rows]] = []

    def open(self, family: Family, stream_id: str, command_id: str) -> Opened:
        """Begin, lock one aggregate, and read its events and what became of the command id. One round trip."""
        names = self._prepare_reading(family)
        key = stream_id.encode()
        _, head, found, events = self._wire.run(
            "open",
            [
                (b"begin", ()),
                (names[0], (key,)),
                (names[1], (key, command_id.encode())),
                (names[2], (key,)),
            ],
        )
        joined = events.get_value(0, 0)
        if joined is not None and not head.ntuples:
            raise LostRaceError(CREATED_MEANWHILE)
        outcomes = {command_id: _outcome(found, 0, first=0)} if found.ntuples else {}
        return Opened(
            stream_id=stream_id,
            head_seq=_int4(head, 0, 0) if head.ntuples else 0,
            head_hash=_bytes(head, 0, 1) if head.ntuples else None,
            recorded_at=_timestamp(head, 0, 2) if head.ntuples else None,
            events=joined or NO_EVENTS,
            outcomes=outcomes,
        )

    def open_many(
        self, family: Family, asked: Iterable[tuple[str, str]], *, skip_locked: bool = False
    ) -> Iterator[dict[str, Opened]]:
        """Begin and lock all aggregates named, in the order of their ids. Pairs of id and command id.

        Yields what was read, part by part in the order of the ids; all are locked before the first comes. While the
        caller decides on one part, the server reads the next and writes what `write_part` gave it of the one before.
        With `skip_locked`, only aggregates that exist and could be locked at once are yielded.
        """
        by_id: dict[str, list[str]] = {}
        for stream_id, command_id in asked:
            by_id.setdefault(stream_id, []).append(command_id)
        names = self._prepare_reading_many(family, skip_locked=skip_locked)
        self._prepare_arrays(family)
        keys = sorted(by_id)
        parts = [keys[start : start + PART_SIZE] for start in range(0, len(keys), PART_SIZE)]
        self._wire.send((b"begin", ()))
        self._wire.send((names[0], (encode_array("text", keys),)))
        self._wire.push()
        for part in parts:
            pairs = [(key, command_id) for key in part for command_id in by_id[key]]
            asked_ids, asked_commands = (
                encode_array("text", column) for column in zip(*pairs, strict=True)
            )
            self._wire.send((names[1], (asked_ids, asked_commands)))
            self._wire.send((names[2], (encode_array("text", part),)))
            self._wire.push()
        return self._opened_parts(parts, skip_locked=skip_locked)

    def _opened_parts(
        self, parts: Sequence[Sequence[str]], *, skip_locked: bool
    ) -> Iterator[dict[str, Opened]]:
        self._wire.receive()
        heads = self._wire.receive()
        head_rows = {_text(heads, i, 0): i for i in range(heads.ntuples)}
        for part in parts:
            found, events = self._wire.receive(), self._wire.receive()
            opened = _opened_many(part, heads, head_rows, found, events)
            if skip_locked:
                opened = {key: one for key, one in opened.items() if one.head_seq}
            elif any(one.events != NO_EVENTS and not one.head_seq for one in opened.values()):
                raise LostRaceError(CREATED_MEANWHILE)
            yield opened

    def keep_up(self) -> None:
        """Fetch what the server read meanwhile; called now and then while a part is decided, so that it can go on."""
        self._wire.take_in()

    def append(self, family: Family, rows: Rows) -> None:
        """Write one aggregate's rows and commit, in one round trip. Raises LostRaceError; then nothing is written."""
        assert not rows.is_empty(), "an empty write is given up instead"
        self._commit([self._statement_for(family, rows)], [[rows]])

    def write_part(self, family: Family, many: Sequence[Rows]) -> None:
        """Send rows of some of the aggregates that `open_many` locked; nothing is awaited, and nothing committed."""
        written = [rows for rows in many if not rows.is_empty()]
        if written:
            self._wire.send(self._arrays_for(family, written))
            self._wire.push()
            self._parts.append(written)

    def commit_parts(self) -> None:
        """Commit what was sent in parts, or give up if there is nothing. Raises LostRaceError; then nothing is written."""
        parts, self._parts = self._parts, []
        if not parts:
            self.give_up()
            return
        self._commit([], parts)

    def give_up(self) -> None:
        """Let go of what is locked and write nothing."""
        self._parts = []
        self._wire.rollback()

    def recover(self) -> bool:
        """End whatever transaction is open; say whether the connection can be used again."""
        if self._wire.is_lost or self.is_commit_unknown:
            return False
        try:
            self.give_up()
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _commit(self, statements: Sequence[Statement], parts: Sequence[Sequence[Rows]]) -> None:
        self.is_commit_unknown = True
        try:
            results = self._wire.run(
                "append", [*statements, (b"commit", ())], before=len(parts) - len(statements)
            )
        except psycopg.Error as error:
            self.is_commit_unknown = _leaves_open_whether_committed(error)
            if isinstance(error, psycopg.errors.UniqueViolation) and any(
                rows.left_seq == 0 for part in parts for rows in part
            ):
                # Without a row to lock, the insert is the lock: another one came first.
                raise LostRaceError(CREATED_MEANWHILE) from error
            raise
        self.is_commit_unknown = False
        for part, result in zip(parts, results, strict=False):
            heads = sum(1 for rows in part if rows.head)
            assert not heads or _heads_written(result) == heads, (
                "a locked head is where it was left"
            )

    def _statement_for(self, family: Family, rows: Rows) -> Statement:
        shape = Shape(
            len(rows.events),
            len(rows.postings),
            len(rows.commands),
            len(rows.messages),
            rows.head is not None and rows.left_seq == 0,
            rows.head is not None and rows.left_seq > 0,
        )
        if (
            shape.events > SHAPE_EVENTS_MAX
            or shape.postings > SHAPE_POSTINGS_MAX
            or shape.messages > SHAPE_MESSAGES_MAX
        ):
            return self._arrays_for(family, [rows])
        name, encoders = _statement_of_shape(family, shape)
        self._wire.prepare(name, write_rows(family, shape))
        return name, encode_all(encoders, _row_values(rows))

    def _arrays_for(self, family: Family, many: Sequence[Rows]) -> Statement:
        return self._prepare_arrays(family), _array_parameters(family, many)

    def _prepare_arrays(self, family: Family) -> bytes:
        name = f"{family.name} arrays".encode()
        self._wire.prepare(name, write_arrays(family))
        return name

    def _prepare_reading(self, family: Family) -> tuple[bytes, bytes, bytes]:
        return self._prepare_all(f"{family.name} one", reading_of(family))

    def _prepare_reading_many(
        self, family: Family, *, skip_locked: bool
    ) -> tuple[bytes, bytes, bytes]:
        name = f"{family.name} many{' skipping' if skip_locked else ''}"
        return self._prepare_all(name, reading_of_many(family, skip_locked=skip_locked))

    def _prepare_all(self, name: str, reading: Reading) -> tuple[bytes, bytes, bytes]:
        names = (f"{name} lock".encode(), f"{name} find".encode(), f"{name} events".encode())
        texts = (reading.lock, reading.find_command, reading.events)
        for statement_name, text in zip(names, texts, strict=True):
            self._wire.prepare(statement_name, text)
        return names


class WriterPool:
    """Idle writers for whoever comes next, whichever thread; a forked child begins with none."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection], *, tracer: Tracer | None = None
    ) -> None:
        self._connect = connect
        self._tracer = tracer
        self._idle: list[Writer] = []
        self._process = os.getpid()

    def take(self) -> Writer:
        """Return an idle writer, or a new one."""
        if self._process != os.getpid():
            # The parent's connections are the parent's: they are forgotten, not closed.
            self._process, self._idle, self._inherited = os.getpid(), [], self._idle
        try:
            return self._idle.pop()
        except IndexError:
            return self._made()

    def _made(self) -> Writer:
        connection = self._connect()
        try:
            return Writer(connection, tracer=self._tracer)
        except BaseException:
            # Lost before it was ready: nobody else would close it.
            connection.close()
            raise

    def put_back(self, writer: Writer) -> None:
        """Keep a writer that ended its transaction."""
        if len(self._idle) < IDLE_WRITERS_MAX:
            self._idle.append(writer)
        else:
            writer.close()

    def put_back_after_failure(self, writer: Writer | None) -> None:
        """Keep a writer whose work failed if its connection is sound.

        Whatever ended the connection, a restart of the server before all, ended those that stand idle as well: were they
        kept, the tries that are left would be spent on finding that out one by one.
        """
        if writer is None:
            return
        if writer.recover():
            self.put_back(writer)
        else:
            writer.close()
            self.close()

    def close(self) -> None:
        """Close the idle writers."""
        while self._idle:
            self._idle.pop().close()


@functools.cache
def _statement_of_shape(family: Family, shape: Shape) -> tuple[bytes, tuple[Encoder, ...]]:
    name = " ".join([family.name, *(str(int(count)) for count in shape)]).encode()
    return name, tuple(ENCODERS[one] for one in wire_types_of_rows(family, shape))


def _row_values(rows: Rows) -> list[Any]:
    values: list[Any] = [rows.stream_id]
    for kind_rows in (rows.events, rows.postings, rows.commands, rows.messages):
        for row in kind_rows:
            values += row
    if rows.head is not None and rows.left_seq:
        values += (*rows.head, rows.left_seq)
    elif rows.head is not None:
        values += (rows.created_at, *rows.head)
    return values


def _array_parameters(family: Family, many: Sequence[Rows]) -> list[bytes | None]:
    columns = columns_of(family)
    parameters: list[bytes | None] = []
    for kind, field in (
        ("event", "events"),
        ("posting", "postings"),
        ("command", "commands"),
        ("outbox", "messages"),
    ):
        table = [(rows.stream_id, *row) for rows in many for row in getattr(rows, field)]
        parameters += _transposed(["text", *(c.wire_type for c in columns[kind])], table)
    head_types = [column.wire_type for column in columns["head"]]
    created = [
        (rows.stream_id, rows.created_at, *rows.head)
        for rows in many
        if rows.head is not None and rows.left_seq == 0
    ]
    parameters += _transposed(["text", "timestamptz", *head_types], created)
    advanced = [
        (rows.stream_id, *rows.head, rows.left_seq)
        for rows in many
        if rows.head is not None and rows.left_seq > 0
    ]
    parameters += _transposed(["text", *head_types, "int4"], advanced)
    return parameters


def _transposed(types: Sequence[str], table: Sequence[Row]) -> list[bytes]:
    if not table:
        return [encode_array(wire_type, ()) for wire_type in types]
    return [
        encode_array(wire_type, values)
        for wire_type, values in zip(types, zip(*table, strict=True), strict=True)
    ]


def _leaves_open_whether_committed(error: psycopg.Error) -> bool:
    """A server that answers with an error did not commit; one that says it is going, or nothing, may have."""
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def _opened_many(
    keys: Sequence[str],
    heads: pq.abc.PGresult,
    head_rows: Mapping[str, int],
    found: pq.abc.PGresult,
    events: pq.abc.PGresult,
) -> dict[str, Opened]:
    stories = {_text(events, i, 0): events.get_value(i, 1) for i in range(events.ntuples)}
    outcomes: dict[str, dict[str, StoredOutcome]] = {}
    for i in range(found.ntuples):
        outcomes.setdefault(_text(found, i, 0), {})[_text(found, i, 1)] = _outcome(
            found, i, first=2
        )
    opened = {}
    for key in keys:
        row = head_rows.get(key)
        opened[key] = Opened(
            stream_id=key,
            head_seq=0 if row is None else _int4(heads, row, 1),
            head_hash=None if row is None else _bytes(heads, row, 2),
            recorded_at=None if row is None else _timestamp(heads, row, 3),
            events=stories.get(key) or NO_EVENTS,
            outcomes=outcomes.get(key, {}),
        )
    return opened


def _heads_written(result: pq.abc.PGresult) -> int:
    """Return what `write_arrays` counted, or how many rows `write_rows` changed."""
    return _int4(result, 0, 0) if result.ntuples else result.command_tuples or 0


def _outcome(result: pq.abc.PGresult, row: int, *, first: int) -> StoredOutcome:
    code = result.get_value(row, first + 2)
    first_seq = result.get_value(row, first + 4)
    last_seq = result.get_value(row, first + 5)
    return StoredOutcome(
        content_hash=_bytes(result, row, first),
        refusal_code=None if code is None else code.decode(),
        facts=result.get_value(row, first + 3),
        first_seq=None if first_seq is None else decode_int4(first_seq),
        last_seq=None if last_seq is None else decode_int4(last_seq),
    )


def _bytes(result: pq.abc.PGresult, row: int, column: int) -> bytes:
    value = result.get_value(row, column)
    assert value is not None, "the column is never null"
    return value


def _text(result: pq.abc.PGresult, row: int, column: int) -> str:
    return _bytes(result, row, column).decode()


def _int4(result: pq.abc.PGresult, row: int, column: int) -> int:
    return decode_int4(_bytes(result, row, column))


def _timestamp(result: pq.abc.PGresult, row: int, column: int) -> dt.datetime:
    return decode_timestamp(_bytes(result, row, column))
