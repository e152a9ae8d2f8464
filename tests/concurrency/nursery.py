"""Processes to be killed: each job runs in a fresh fork of a process that has everything loaded and nothing open.

A job may be told at which crash point to kill itself: before each time it sends to the database, just after, and before
it would have told the result. It is warm by then: its connection stands, as that of a process in use does.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

import msgspec
import psycopg

from fairlot.application.execute_many import settle_many
from fairlot.application.outcome import Outcome
from fairlot.domain.order import commands as c
from fairlot.domain.party import Actor
from fairlot.store.writing.family import ORDER
from tests.concurrency.faulty import PATHS
from tests.concurrency.orders import ORDERS, ask_by, submission
from tests.support.books import MovedClock

REPOSITORY = Path(__file__).parents[2]
NEVER = 0
# An order that there is not: asking for it leaves nothing but a connection that is ready.
NOBODYS = "ord_of_nobody"


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask one command, of one order or of several one after the other."""

    dsn: str
    order_ids: tuple[str, ...]
    command_id: str
    actor: Actor
    command: c.OrderCommand
    at: dt.datetime
    dies_at: int = NEVER
    path: str = "sound"


class Settle(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Settle what is due on some orders, as a worker does."""

    dsn: str
    order_ids: tuple[str, ...]
    at: dt.datetime
    dies_at: int = NEVER
    path: str = "sound"


Job = Ask | Settle


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command, in short."""

    code: str
    events: int
    is_replay: bool
    is_recorded: bool


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a job told before its process ended: nothing if it was killed, or ended by an error."""

    is_killed: bool = False
    is_failed: bool = False
    told: tuple[Told, ...] = ()
    settled: int = 0


class Nursery:
    """The way in from a test: hands over jobs and waits for their answers."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to: IO[bytes] = process.stdin
        self._from: IO[bytes] = process.stdout

    def run(self, *jobs: Job) -> list[Answer]:
        """Run jobs in processes of their own, let loose at the same moment, and return their answers in order."""
        self._to.write(msgspec.json.encode(jobs) + b"\n")
        self._to.flush()
        line = self._from.readline()
        assert line, "the nursery is gone"
        return msgspec.json.decode(line, type=list[Answer])


@contextlib.contextmanager
def nursery() -> Iterator[Nursery]:
    """Start a nursery, and end it with the block."""
    command = [sys.executable, "-m", "tests.concurrency.nursery"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Nursery(process)


class Fate:
    """Counts crash points, and kills the process at the one it is told; not before it is armed."""

    def __init__(self) -> None:
        self.left = NEVER

    def point(self) -> None:
        """Pass a crash point, or not."""
        if self.left == NEVER:
            return
        self.left -= 1
        if self.left == NEVER:
            os.kill(os.getpid(), signal.SIGKILL)


class _MortalLink:
    """A connection's link to the server with a crash point before and after everything that is sent."""

    def __init__(self, link: Any, fate: Fate) -> None:
        self._link = link
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._link, name)

    def pipeline_sync(self) -> None:
        self._send(self._link.pipeline_sync)

    def send_flush_request(self) -> None:
        self._send(self._link.send_flush_request)

    def _send(self, what: Callable[[], None]) -> None:
        self._fate.point()
        what()
        self._link.flush()
        self._fate.point()


class _MortalConnection:
    """A connection as `Wire` uses it, over a mortal link."""

    def __init__(self, connection: psycopg.Connection, fate: Fate) -> None:
        self._connection = connection
        self.pgconn = _MortalLink(connection.pgconn, fate)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _perform(job: Job, fate: Fate, gate: int) -> Answer:
    def connect() -> psycopg.Connection:
        return cast(
            psycopg.Connection,
            _MortalConnection(psycopg.connect(job.dsn, autocommit=True), fate),
        )

    path = PATHS[job.path](connect, clock=MovedClock(job.at))
    if isinstance(job, Settle):
        settle_many([NOBODYS], aggregate=ORDERS, using=path)
    else:
        path.run(_open_nobodys)
    os.read(gate, 1)
    fate.left = job.dies_at
    if isinstance(job, Settle):
        answer = Answer(settled=settle_many(job.order_ids, aggregate=ORDERS, using=path))
    else:
        asked = (submission(one, job.command_id, job.actor, job.command) for one in job.order_ids)
        answer = Answer(told=tuple(told_of(ask_by(path, one)) for one in asked))
    fate.point()
    return answer


def _open_nobodys(writer: Any) -> None:
    writer.open(ORDER, NOBODYS, "")
    writer.give_up()


def told_of(outcome: Outcome) -> Told:
    """Return an outcome in short."""
    return Told(
        code="" if outcome.code is None else outcome.code.value,
        events=len(outcome.events),
        is_replay=outcome.is_replay,
        is_recorded=outcome.is_recorded,
    )


def _fork(job: Job, gate: int, other_end: int) -> tuple[int, int]:
    """Start a process for a job; return its id and where its answer can be read."""
    readable, writable = os.pipe()
    process = os.fork()
    if process:
        os.close(writable)
        return process, readable
    try:
        os.close(other_end)
        os.write(writable, msgspec.json.encode(_perform(job, Fate(), gate)))
    except BaseException as error:
        print(f"{type(job).__name__}: {error!r}", file=sys.stderr, flush=True)
        raise
    finally:
        os._exit(0)


def _run(jobs: Sequence[Job]) -> list[Answer]:
    # Whoever reads from the gate waits until its other end is closed.
    gate, other_end = os.pipe()
    children = [_fork(job, gate, other_end) for job in jobs]
    os.close(gate)
    os.close(other_end)
    return [_wait_for(process, readable) for process, readable in children]


def _wait_for(process: int, readable: int) -> Answer:
    with open(readable, "rb") as stream:
        told = stream.read()
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"a job died of signal {status}"
        return Answer(is_killed=True)
    if not told:
        return Answer(is_failed=True)
    return msgspec.json.decode(told, type=Answer)


def main() -> None:
    """Take jobs from standard input, line by line, until it is closed."""
    # What a collection touches, a fork has to copy.
    gc.collect()
    gc.freeze()
    gc.disable()
    for line in sys.stdin.buffer:
        answers = _run(msgspec.json.decode(line, type=list[Job]))
        sys.stdout.buffer.write(msgspec.json.encode(answers) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
