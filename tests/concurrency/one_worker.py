"""A worker in a process of its own, with everything that it needs at hand; it begins when it is told to, and may be killed.

`python -m tests.concurrency.one_worker DSN INSTANT FILE DIES_AT FAULT` waits for a line, then does all that there is to do
at the instant. Every transfer that it sends is a line of the file. At the so many-th message it kills itself, half of the
times before it is performed and half just after; 0 is never.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from fairlot.application.effects import Handler
from fairlot.application.handlers import handlers_for
from fairlot.interfaces.worker.loop import Worker
from fairlot.providers.null import NullMoney
from fairlot.providers.outward import Answer, Transfer
from fairlot.store import outbox
from fairlot.store.outbox import OutboxMessage, Place
from tests.support.market import Market
from tests.support.postgres import Database

NEVER = 0
SOUND = "sound"
DONE_FIRST = "done first"


class WrittenDown(NullMoney):
    """Sends on paper, and writes down what was sent in one piece, so that no kill tears a line."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def send(self, transfer: Transfer) -> Answer:
        line = f"{transfer.key} {transfer.amount_minor} {transfer.currency}\n"
        with self._path.open("ab", buffering=0) as file:
            file.write(line.encode())
        return super().send(transfer)


class Fate:
    """Counts messages, and kills the process at the one it is told."""

    def __init__(self, dies_at: int) -> None:
        self.left = dies_at
        self.is_before = dies_at % 2 == 0
        self.lock = threading.Lock()

    def __call__(self, handler: Handler, message: OutboxMessage) -> None:
        """Perform a message, unless this is the end."""
        with self.lock:
            self.left -= 1
            is_last = self.left == 0
        if is_last and self.is_before:
            os.kill(os.getpid(), signal.SIGKILL)
        handler(message)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)


class HastyWorker(Worker):
    """Marks a message as done before it is: the planted fault."""

    def perform(self, place: Place) -> bool:
        with self._pool.connection() as connection:
            outbox.mark_done(connection, place, at=self._using.clock())
            message = outbox.find_message(connection, place)
        assert message is not None
        self._handlers[message.topic](message)
        return True


KINDS: Mapping[str, type[Worker]] = {SOUND: Worker, DONE_FIRST: HastyWorker}


def main() -> None:
    """Get ready, wait for the line, and work."""
    dsn, instant, path, dies_at, fault = sys.argv[1:]
    database = Database(name="", owner_dsn="", app_dsn=dsn)
    with closing(Market(database, money=WrittenDown(Path(path)))) as market:
        market.clock.now = dt.datetime.fromisoformat(instant)
        fate = Fate(int(dies_at))
        handlers = {
            topic: functools.partial(fate, handler)
            for topic, handler in handlers_for(market.desk).items()
        }
        worker = KINDS[fault](
            dsn,
            aggregates=(market.desk.orders, market.desk.payouts, market.desk.limits),
            handlers=handlers,
            using=market.path,
        )
        print("ready", flush=True)
        sys.stdin.readline()
        with closing(worker):
            worker.run_once()


if __name__ == "__main__":
    main()
