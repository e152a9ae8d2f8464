"""Write paths with a mistake built in: what others have shipped, so that each proof can show that it would notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec
import psycopg

from fairlot.application.execute import WritePath
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.clock import Clock
from fairlot.domain.ledger.accounts import Entry, Posting
from fairlot.domain.order.events import FundsReleased, OrderEvent, RefundDecided
from fairlot.domain.order.state import Order
from fairlot.store.writing.family import Family
from fairlot.store.writing.rows import Opened, Row, Rows
from fairlot.store.writing.wire import Tracer
from fairlot.store.writing.writer import Writer, WriterPool


class SplitWriter(Writer):
    """Commits the head and the command first and the events in a second transaction."""

    def append(self, family: Family, rows: Rows) -> None:
        if not rows.events or not rows.commands:
            super().append(family, rows)
            return
        replace = msgspec.structs.replace
        super().append(family, replace(rows, events=[], postings=[], messages=[]))
        super().open(family, rows.stream_id, "")
        super().append(family, replace(rows, head=None, commands=[]))


class UnlockedWriter(Writer):
    """Reads without the lock; whoever wrote in between is found out when the sequence number is taken."""

    def open(self, family: Family, stream_id: str, command_id: str) -> Opened:
        opened = super().open(family, stream_id, command_id)
        self.give_up()
        self._wire.run("begin", [(b"begin", ())])
        return opened


class NaiveWriter(Writer):
    """Reads without the lock and appends to whatever is there by then, as a system without sequence numbers does."""

    def open(self, family: Family, stream_id: str, command_id: str) -> Opened:
        opened = super().open(family, stream_id, command_id)
        self.give_up()
        return opened

    def append(self, family: Family, rows: Rows) -> None:
        there = super().open(family, rows.stream_id, "")
        super().append(family, _moved(rows, there.head_seq - rows.left_seq))


class ForgetfulWriter(Writer):
    """Keeps no record of commands, so that none is known again."""

    def append(self, family: Family, rows: Rows) -> None:
        if rows.events:
            super().append(family, msgspec.structs.replace(rows, commands=[]))
        else:
            self.give_up()


def _moved(rows: Rows, by: int) -> Rows:
    """Number rows as if they had been decided `by` events later."""
    if by == 0:
        return rows

    def later(row: Row) -> Row:
        return (row[0] + by, *row[1:])

    def later_outcome(row: Row) -> Row:
        *kept, first, last = row
        return (*kept, None if first is None else first + by, None if last is None else last + by)

    return Rows(
        stream_id=rows.stream_id,
        left_seq=rows.left_seq + by,
        created_at=rows.created_at,
        head=None if rows.head is None else later(rows.head),
        events=[later(row) for row in rows.events],
        postings=[later(row) for row in rows.postings],
        messages=[later(row) for row in rows.messages],
        commands=[later_outcome(row) for row in rows.commands],
    )


class _Pool(WriterPool):
    """A pool whose writers are of one faulty kind."""

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection],
        *,
        tracer: Tracer | None,
        kind: type[Writer],
    ) -> None:
        super().__init__(connect, tracer=tracer)
        self._kind = kind

    def take(self) -> Writer:
        return self._idle.pop() if self._idle else self._kind(self._connect(), tracer=self._tracer)


class FaultyPath(WritePath):
    """A write path with a faulty kind of writer."""

    kind: type[Writer] = Writer

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection],
        *,
        clock: Clock,
        tracer: Tracer | None = None,
    ) -> None:
        super().__init__(connect, clock=clock, tracer=tracer)
        self._pool = _Pool(connect, tracer=tracer, kind=self.kind)


class SplitPath(FaultyPath):
    kind = SplitWriter


class UnlockedPath(FaultyPath):
    kind = UnlockedWriter


class NaivePath(FaultyPath):
    kind = NaiveWriter


class ForgetfulPath(FaultyPath):
    kind = ForgetfulWriter


PATHS: dict[str, type[WritePath]] = {
    "sound": WritePath,
    "split": SplitPath,
    "unlocked": UnlockedPath,
    "naive": NaivePath,
    "forgetful": ForgetfulPath,
}


class LazyOrders(OrderAggregate):
    """Leaves it to the worker to settle what is due: a command that comes first finds the order as it was."""

    def settle_due(self, state: Order, *, now: dt.datetime) -> Sequence[OrderEvent]:
        del state, now
        return ()


class TwiceReleasing(OrderAggregate):
    """Posts a release twice, in balance."""

    def postings_for(self, event: OrderEvent, *, rules_version: int) -> Sequence[Entry]:
        entries = super().postings_for(event, rules_version=rules_version)
        return (*entries, *entries) if isinstance(event, FundsReleased) else entries


class OneSided(OrderAggregate):
    """Posts one side of a refund and forgets the other."""

    def postings_for(self, event: OrderEvent, *, rules_version: int) -> Sequence[Entry]:
        entries = super().postings_for(event, rules_version=rules_version)
        if not isinstance(event, RefundDecided):
            return entries
        return [Entry(one.template, _first_alone(one.postings)) for one in entries]


def _first_alone(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    return postings[:1]
