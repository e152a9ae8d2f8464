"""C2: the application dies between any two of its statements, for every command; one retry gives what no crash gives.

The write path tells a tracer before each step on the wire. A child process asks the command and kills itself at the
chosen step; then the command is asked again under the same id, in one of three ways.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import msgspec
import psycopg

from fairlot.application.execute_many import settle_many
from tests.support.order_books import OrderBooks, everything_of, orders
from tests.support.own_database import own_database
from tests.support.scripts import Step, prefix_of_every_command

COMMAND_ID = "the_command"
# Steps on the wire of one command: before, while and after opening, and the same for appending.
POINTS = 6


class CrashReport(msgspec.Struct, kw_only=True):
    """What a sweep over all points saw."""

    commands: int = 0
    trials: int = 0
    killed: int = 0
    failures: list[str] = msgspec.field(default_factory=list)


class Dies:
    """A tracer that ends the process without any farewell at the step of a number, from 1."""

    def __init__(self, point: int) -> None:
        self._left = point

    def __call__(self, what: str) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


Retry = Callable[[OrderBooks, str, Step], None]


def at_once(books: OrderBooks, order_id: str, step: Step) -> None:
    """The same sender asks again."""
    ask(books, order_id, step)


def by_another(books: OrderBooks, order_id: str, step: Step) -> None:
    """Another process of the application is asked, twice."""
    other = OrderBooks(books.app_dsn)
    for _ in range(2):
        ask(other, order_id, step)
    other.path.close()


def after_the_sweeper(books: OrderBooks, order_id: str, step: Step) -> None:
    """A worker looks for what is due in between."""
    books.clock.now = step.at
    settle_many([order_id], aggregate=orders(), using=books.path)
    ask(books, order_id, step)


RETRIES: dict[str, Retry] = {
    "at once": at_once,
    "by another": by_another,
    "after the sweeper": after_the_sweeper,
}


def ask(books: OrderBooks, order_id: str, step: Step) -> None:
    outcome = books.ask(order_id, step.command, command_id=COMMAND_ID, actor=step.actor, at=step.at)
    assert outcome.is_recorded


def ask_under_a_new_id(books: OrderBooks, order_id: str, step: Step) -> None:
    """The planted fault: whoever asks again makes up a new id."""
    books.ask(order_id, step.command, command_id="another_id", actor=step.actor, at=step.at)


def sweep(
    app_dsn: str,
    *,
    names: Sequence[str] | None = None,
    retries: dict[str, Retry] | None = None,
    name_prefix: str = "ord_crash",
) -> CrashReport:
    """Kill every command (or those named) at every point and retry it in every way; compare with no crash."""
    report = CrashReport()
    books = OrderBooks(app_dsn)
    everything = prefix_of_every_command()
    with psycopg.connect(app_dsn, autocommit=True) as connection:
        for name in names or sorted(everything):
            before, step = everything[name]
            report.commands += 1
            expected = _without_crash(books, connection, f"{name_prefix}_{name}", before, step)
            for point in range(1, POINTS + 1):
                for way, retry in (retries or RETRIES).items():
                    order_id = f"{name_prefix}_{name}_{point}_{list(RETRIES).index(way) if way in RETRIES else 9}"
                    books.plant((order_id, before))
                    report.trials += 1
                    report.killed += _die_in_a_child(app_dsn, order_id, step, point)
                    retry(books, order_id, step)
                    if everything_of(connection, order_id) != expected:
                        report.failures.append(f"{name} killed at {point}, retried {way}")
    books.path.close()
    return report


def _without_crash(
    books: OrderBooks,
    connection: psycopg.Connection,
    order_id: str,
    before: Sequence[Step],
    step: Step,
) -> dict[str, list[Any]]:
    books.plant((order_id, before))
    ask(books, order_id, step)
    return everything_of(connection, order_id)


def _die_in_a_child(app_dsn: str, order_id: str, step: Step, point: int) -> bool:
    """Ask in a child that dies at the point; say whether it did die there."""
    child = os.fork()
    if child == 0:
        # Nothing of the parent's may run in here, whatever happens.
        try:
            ask(OrderBooks(app_dsn, tracer=Dies(point)), order_id, step)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def main() -> int:
    """Run the whole sweep on an embedded server of its own and print what it saw as JSON."""
    began = perf_counter()
    with own_database() as database:
        report = sweep(database.app_dsn)
        faulty = sweep(
            database.app_dsn,
            names=["RecordPayment"],
            retries={"under a new id": ask_under_a_new_id},
            name_prefix="ord_fault",
        )
    result = {
        "guarantee": "C2",
        "commands": report.commands,
        "trials": report.trials,
        "killed": report.killed,
        "failures": len(report.failures),
        "failed": report.failures[:20],
        "seed": None,
        "seconds": round(perf_counter() - began, 1),
        "planted_fault": "the retry is asked under a new id",
        "planted_fault_caught": bool(faulty.failures),
    }
    print(json.dumps(result))
    return 0 if not report.failures and faulty.failures and report.killed == report.trials else 1


if __name__ == "__main__":
    sys.exit(main())
