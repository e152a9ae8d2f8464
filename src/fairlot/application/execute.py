"""Lock one aggregate, settle what is due, decide, append: the only way to change an order, a payout account or a limit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import psycopg

from fairlot.application.aggregate import Aggregate
from fairlot.application.outcome import Outcome, Outdated, Unavailable
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.clock import Clock
from fairlot.domain.party import Actor
from fairlot.store.writing.wire import Tracer
from fairlot.store.writing.writer import LostRaceError, Writer, WriterPool

# The first try and two more; whoever still waits then is told so.
TRIES_MAX = 3
BACK_OFF_SECONDS = 0.02

# Trouble of the moment: locks not granted in time, deadlocks, a connection or a server that went away.
PASSING_ERRORS = (
    LostRaceError,
    psycopg.OperationalError,
    psycopg.errors.IdleInTransactionSessionTimeout,
    psycopg.errors.ReadOnlySqlTransaction,
)

ResultT = TypeVar("ResultT")


Observe = Callable[[Submission, Outcome, float], None]
"""Is told of every command that was answered, and in how many seconds."""


class WritePath:
    """What `execute` needs of the outside: connections of its own, and the clock."""

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection],
        *,
        clock: Clock,
        tracer: Tracer | None = None,
        observe: Observe | None = None,
    ) -> None:
        self.clock = clock
        self.observe = observe
        self._pool = WriterPool(connect, tracer=tracer)

    def run(self, work: Callable[[Writer], ResultT]) -> ResultT:
        """Run one transaction's work, again after trouble that passes. Raises Unavailable.

        Trying again is safe by construction: deciding is pure, and a command id has one effect. If the answer to a
        commit was lost, the next try finds under the lock whether the command was recorded.
        """
        is_unknown = False
        for tried in range(1, TRIES_MAX + 1):
            writer: Writer | None = None
            try:
                writer = self._pool.take()
                result = work(writer)
            except PASSING_ERRORS as error:
                is_unknown = is_unknown or (writer is not None and writer.is_commit_unknown)
                self._pool.put_back_after_failure(writer)
                if tried == TRIES_MAX:
                    raise Unavailable(str(error), is_unknown=is_unknown) from error
                _wait(tried)
            except BaseException:
                self._pool.put_back_after_failure(writer)
                raise
            else:
                self._pool.put_back(writer)
                return result
        raise AssertionError("the loop returns or raises")

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.close()


def execute(
    command: Any,
    *,
    aggregate: Aggregate[Any, Any, Any],
    aggregate_id: str,
    command_id: str,
    actor: Actor,
    using: WritePath,
    expected_seq: int | None = None,
) -> Outcome:
    """Ask one command of one aggregate, once for ever: the same id and content again gives the first answer.

    Returns when the outcome, done or refused, is durable. Raises Unavailable; ask again then with the same id.
    Raises Outdated, and asks nothing, where `expected_seq` is not the number of the latest event under the lock; a
    command that was answered before is answered again all the same.
    """
    submission = Submission(
        aggregate_id=aggregate_id, command_id=command_id, actor=actor, command=command
    )
    began = time.perf_counter()
    done = using.run(
        lambda writer: _execute_once(
            writer, aggregate, submission, using.clock, expected_seq=expected_seq
        )
    )
    if isinstance(done, int):
        raise Outdated(done)
    if using.observe is not None:
        using.observe(submission, done, time.perf_counter() - began)
    return done


def _execute_once(
    writer: Writer,
    aggregate: Aggregate[Any, Any, Any],
    submission: Submission,
    clock: Clock,
    *,
    expected_seq: int | None,
) -> Outcome | int:
    """Return the outcome, or the number of the latest event where another one was expected."""
    hashed = submission.content_hash()
    opened = writer.open(aggregate.family, submission.aggregate_id, submission.command_id)
    if expected_seq not in {None, opened.head_seq} and not opened.outcomes:
        writer.give_up()
        return opened.head_seq
    # After the lock, so that time never runs backwards between one command and the next.
    sitting = Sitting(aggregate, opened, clock_at=clock())
    earlier = opened.outcomes.get(submission.command_id)
    outcome = take_turn(sitting, submission, hashed=hashed, earlier=earlier)
    rows = sitting.rows()
    if rows.is_empty():
        writer.give_up()
    else:
        writer.append(aggregate.family, rows)
    return outcome


def find_outcome(
    *,
    aggregate: Aggregate[Any, Any, Any],
    submission: Submission,
    using: WritePath,
) -> Outcome | None:
    """Return what became of a command, or None if it was never recorded; waits for one that is just being decided."""

    def look(writer: Writer) -> Outcome | None:
        opened = writer.open(aggregate.family, submission.aggregate_id, submission.command_id)
        earlier = opened.outcomes.get(submission.command_id)
        outcome = None
        if earlier is not None:
            sitting = Sitting(aggregate, opened, clock_at=using.clock())
            hashed = submission.content_hash()
            outcome = take_turn(sitting, submission, hashed=hashed, earlier=earlier)
        writer.give_up()
        return outcome

    return using.run(look)


def _wait(tried: int) -> None:
    # Those who met each other must not meet again at the same instant.
    time.sleep(BACK_OFF_SECONDS * 2**tried * random.uniform(0.5, 1.5))  # noqa: S311  (spreads load, hides nothing)
