"""M5: one command id has one effect, however often, however late and through whatever failure it is asked."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
import psycopg

from fairlot.application.execute import WritePath, find_outcome
from fairlot.application.outcome import Outcome, Unavailable
from fairlot.application.turn import Submission
from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Code, Refused
from tests.concurrency.faulty import PATHS
from tests.concurrency.line import Cut, Line, end_other, line_to
from tests.concurrency.orders import ORDERS, OrderBooks, ask_by, path_to, submission
from tests.concurrency.stages import OPENING, Situation, replayed, situations
from tests.support.trades import BUYER

ASKERS = (2, 2, 3, 3, 4, 5, 8, 12, 20)
ASKERS_MAX = max(ASKERS)
# In one storm of so many, others use the same id for something else.
MIXED = 3
LATER_DAYS = 400
PLANTED_AT_ONCE = 200
COMMAND_ID = "cmd_storm"
OTHER = c.RecordPriceDemand(message_hash="f" * 64)
OTHER_OPENING = msgspec.structs.replace(OPENING, supplier_id="com_other")


@dataclass(kw_only=True)
class Result:
    """What the drill saw; `faults` must be none."""

    trials: int = 0
    asked: int = 0
    committed_unseen: int = 0
    never_committed: int = 0
    faults: list[str] = field(default_factory=list)


class Storms:
    """Askers who wait at a line, each with a connection of its own, and all of them with the same command id."""

    def __init__(self, books: OrderBooks, *, seed: int, path: str = "sound") -> None:
        self.books = books
        self.chance = random.Random(seed)
        self.result = Result()
        dsn, clock = books.database.app_dsn, books.clock
        self.paths = [path_to(dsn, clock, make_path=PATHS[path]) for _ in range(ASKERS_MAX)]

    def run(self, *, trials: int) -> Result:
        """Raise storms over every command of an order in turn."""
        with (
            ThreadPoolExecutor(ASKERS_MAX) as pool,
            psycopg.connect(self.books.database.app_dsn, autocommit=True) as reader,
        ):
            for order_id, situation in planted(self.books, trials):
                self._storm(pool, reader, order_id, situation)
        for path in self.paths:
            path.close()
        return self.result

    def _storm(
        self,
        pool: ThreadPoolExecutor,
        reader: psycopg.Connection,
        order_id: str,
        situation: Situation,
    ) -> None:
        self.books.clock.now = situation.asked.at
        asked = self._askers(order_id, situation)
        line = threading.Barrier(len(asked))
        waiting = [pool.submit(self._ask, line, number, one) for number, one in enumerate(asked)]
        answers = [one.result() for one in waiting]
        self.result.trials += 1
        self.result.asked += len(asked)
        fault = _fault_in(asked, answers) or self._fault_long_after(reader, asked, answers)
        if fault:
            kind = type(situation.asked.command).__name__
            self.result.faults.append(f"{kind}, {len(asked)} askers: {fault}")

    def _askers(self, order_id: str, situation: Situation) -> list[Submission]:
        step = situation.asked
        same = submission(order_id, COMMAND_ID, step.actor, step.command)
        asked = [same] * self.chance.choice(ASKERS)
        other = OTHER_OPENING if isinstance(step.command, c.OpenDraft) else OTHER
        if self.result.trials % MIXED == 0:
            for place in range(len(asked) // 2):
                asked[place] = submission(order_id, COMMAND_ID, BUYER, other)
        self.chance.shuffle(asked)
        return asked

    def _ask(self, line: threading.Barrier, number: int, asked: Submission) -> Outcome | None:
        line.wait()
        try:
            return ask_by(self.paths[number], asked)
        except AssertionError:
            # Only with a fault: the order's own rules find that it makes no sense.
            return None

    def _fault_long_after(
        self,
        reader: psycopg.Connection,
        asked: Sequence[Submission],
        answers: Sequence[Outcome | None],
    ) -> str:
        first, answer = next(pair for pair in _answered(asked, answers) if _came_first(pair[1]))
        before = _rows_of(reader, first.aggregate_id)
        if before[:2] != (len(answer.events), 1):
            return "there is not exactly one effect"
        self.books.clock.move(days=LATER_DAYS)
        later = ask_by(self.paths[0], first)
        found = find_outcome(aggregate=ORDERS, submission=first, using=self.paths[0])
        if not all(one and one.is_replay and _says_the_same(one, answer) for one in (later, found)):
            return f"{LATER_DAYS} days later the answer was another one"
        after = _rows_of(reader, first.aggregate_id)
        return "" if after == before else "asking again left something"


def _fault_in(asked: Sequence[Submission], answers: Sequence[Outcome | None]) -> str:
    """Say what is wrong with what the askers of one storm were told, or nothing."""
    pairs = list(_answered(asked, answers))
    firsts = [pair for pair in pairs if _came_first(pair[1])]
    if len(pairs) < len(asked) or len(firsts) != 1:
        return f"{len(firsts)} were told that they came first"
    first, answer = firsts[0]
    for one, other in pairs:
        if one == first and not _says_the_same(other, answer):
            return "the same command got two answers"
        if one != first and (other.code, other.is_recorded) != (Code.COMMAND_ID_REUSED, False):
            return f"something else under the same id was answered with {other.code}"
    return ""


def _answered(
    asked: Sequence[Submission], answers: Sequence[Outcome | None]
) -> Iterator[tuple[Submission, Outcome]]:
    for one, answer in zip(asked, answers, strict=True):
        if answer is not None:
            yield one, answer


def _came_first(answer: Outcome) -> bool:
    return answer.is_recorded and not answer.is_replay


def _says_the_same(one: Outcome, other: Outcome) -> bool:
    return (one.code, one.facts, one.events) == (other.code, other.facts, other.events)


def _rows_of(reader: psycopg.Connection, order_id: str) -> tuple[int, int, int]:
    """Return how many events the command left, how often it is recorded, and how many events there are in all."""
    row = reader.execute(
        """
        SELECT (SELECT count(*) FROM order_event WHERE order_id = %(id)s AND command_id = %(command)s),
          (SELECT count(*) FROM order_command WHERE order_id = %(id)s AND command_id = %(command)s),
          (SELECT count(*) FROM order_event WHERE order_id = %(id)s)
        """,
        {"id": order_id, "command": COMMAND_ID},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def planted(books: OrderBooks, trials: int) -> Iterator[tuple[str, Situation]]:
    """Plant orders for so many trials, in the situations of all commands in turn, and yield them."""
    known = list(situations().values())
    for start in range(0, trials, PLANTED_AT_ONCE):
        by_kind: dict[int, list[str]] = {}
        for number in range(start, min(trials, start + PLANTED_AT_ONCE)):
            by_kind.setdefault(number % len(known), []).append(f"ord_{number}")
        for kind, order_ids in by_kind.items():
            books.plant(order_ids, known[kind].steps)
            for order_id in order_ids:
                yield order_id, known[kind]


class Failure(StrEnum):
    """How the answer to a commit is lost."""

    CUT_BEFORE = "cut before the commit, for long"
    CUT_AFTER = "cut after the commit, for long"
    CUT_BEFORE_ONCE = "cut before the commit, once"
    CUT_AFTER_ONCE = "cut after the commit, once"
    ENDED = "the server's process ended somewhere in it"


_CUTS = {
    Failure.CUT_BEFORE: (Cut.BEFORE, True),
    Failure.CUT_AFTER: (Cut.AFTER, True),
    Failure.CUT_BEFORE_ONCE: (Cut.BEFORE, False),
    Failure.CUT_AFTER_ONCE: (Cut.AFTER, False),
}


class Ambiguity:
    """One asker at a time, whose connection fails around the commit."""

    def __init__(self, books: OrderBooks, *, seed: int) -> None:
        self.books = books
        self.chance = random.Random(seed)
        self.result = Result()

    def run(self, *, trials: int) -> Result:
        """Lose answers in every way in turn, over every command."""
        dsn = self.books.database.app_dsn
        failures = itertools.cycle(Failure)
        with (
            line_to(dsn) as (line, dsn_over_line),
            psycopg.connect(dsn, autocommit=True) as observer,
        ):
            for order_id, situation in planted(self.books, trials):
                self.books.clock.now = situation.asked.at
                failure = next(failures)
                step = situation.asked
                asked = submission(order_id, COMMAND_ID, step.actor, step.command)
                if failure is Failure.ENDED:
                    path = self._path_that_is_ended(dsn, observer)
                else:
                    path = self._path_that_is_cut(dsn_over_line, line, *_CUTS[failure])
                fault = self._fault(path, asked, failure) or self._fault_of_effect(
                    observer, asked, situation
                )
                if fault:
                    kind = type(step.command).__name__
                    self.result.faults.append(f"{kind}, {failure}: {fault}")
                path.close()
                line.mend()
                self.result.trials += 1
        return self.result

    def _path_that_is_cut(self, dsn: str, line: Line, cut: Cut, stays_down: bool) -> WritePath:
        once = itertools.chain([True], itertools.repeat(False))

        def tracer(what: str) -> None:
            if what == "send append" and next(once):
                line.arm(cut, stays_down=stays_down)

        return WritePath(
            lambda: psycopg.connect(dsn, autocommit=True), clock=self.books.clock, tracer=tracer
        )

    def _path_that_is_ended(self, dsn: str, observer: psycopg.Connection) -> WritePath:
        moment = self.chance.choice(("after open", "send append", "receive append"))
        processes: list[int] = []

        def connect() -> psycopg.Connection:
            connection = psycopg.connect(dsn, autocommit=True)
            processes.append(connection.info.backend_pid)
            return connection

        def tracer(what: str) -> None:
            if what == moment and len(processes) == 1:
                end_other(observer, processes[0])

        return WritePath(connect, clock=self.books.clock, tracer=tracer)

    def _fault(self, path: WritePath, asked: Submission, failure: Failure) -> str:
        """Say what is wrong with what the asker was told, and with what can be found out, or nothing."""
        told: Outcome | None = None
        try:
            told = ask_by(path, asked)
        except Unavailable as unavailable:
            if not unavailable.is_unknown:
                return "it was not said that the command may have been recorded"
        if (told is None) is not (failure in {Failure.CUT_BEFORE, Failure.CUT_AFTER}):
            return f"it was answered with {told}"
        found = find_outcome(aggregate=ORDERS, submission=asked, using=self.books.path)
        again = ask_by(self.books.path, asked)
        self.result.asked += 2
        if told is None:
            self.result.committed_unseen += found is not None
            self.result.never_committed += found is None
            is_committed = failure is Failure.CUT_AFTER
            if (found is not None) is not is_committed or again.is_replay is not is_committed:
                return f"it is {'unknown' if found is None else 'known'} afterwards"
        told = told or again
        same = (again, found) if found is not None else (again,)
        return "" if all(_says_the_same(one, told) for one in same) else "there are two answers"

    def _fault_of_effect(
        self, observer: psycopg.Connection, asked: Submission, situation: Situation
    ) -> str:
        """Compare with what the command brings about where nothing fails."""
        play = replayed(situation)
        play.settle()
        expected: Sequence[OrderEvent]
        try:
            expected = decide(
                play.order,
                situation.asked.command,
                actor=situation.asked.actor,
                now=play.now,
                policy=play.policy,
            )
        except Refused as refusal:
            # What the editions that ship do not allow is refused, once, whatever fails.
            expected = refusal.record
        events = ask_by(self.books.path, asked).events
        if events != expected or _rows_of(observer, asked.aggregate_id)[:2] != (len(events), 1):
            return "the effect is not what it would have been"
        return ""
