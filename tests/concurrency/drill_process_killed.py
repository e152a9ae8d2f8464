"""C2: killed between any two round trips of any command and asked again, an order is exactly as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fairlot.application.outcome import Unavailable
from fairlot.domain.order.commands import Command
from tests.concurrency.nursery import NEVER, Answer, Ask, Job, Nursery, Settle, told_of
from tests.concurrency.orders import OrderBooks, Recorded, recorded, submission
from tests.concurrency.stages import Situation, overdue, replayed, situations

# Before and after each of three round trips, before the result is told, and one that is not reached.
POINTS_MAX = 8
POINTS_OF_A_SWEEP_MAX = 24
POINTS_OF_TWO_COMMITS_MAX = 14
COMMAND_ID = "cmd_asked"


class Way(StrEnum):
    """How it is tried again after the crash."""

    FRESH = "in a fresh process"
    HERE = "in this process"
    SWEPT = "after a sweep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A command in a situation, or the worker in its place; killed somewhere, then tried again in some ways."""

    name: str
    situation: Situation
    ways: tuple[Way, ...] = tuple(Way)
    is_sweep: bool = False


@dataclass(kw_only=True)
class Result:
    """What the drill saw; `broken` names each trial that did not end as if nothing had happened."""

    cases: int = 0
    trials: int = 0
    kills: int = 0
    broken: list[str] = field(default_factory=list)


def commands_as_asked() -> list[Case]:
    """Return every command where it is granted."""
    return [Case(name=kind.__name__, situation=one) for kind, one in situations().items()]


def commands_overdue() -> list[Case]:
    """Return every command that is still granted when something else has fallen due, which then happens first."""
    return [
        Case(name=f"{kind.__name__}, overdue", situation=late, ways=(Way.SWEPT,))
        for kind, late in _all_overdue()
    ]


def sweeps() -> list[Case]:
    """Return the worker in place of a command, once for everything that can fall due in these situations."""
    by_effect: dict[tuple[str, ...], Case] = {}
    for _, late in _all_overdue():
        play = replayed(late)
        before = len(play.events)
        play.settle()
        effect = tuple(type(event).__name__ for event in play.events[before:])
        name = f"worker, {', '.join(effect)}"
        case = Case(name=name, situation=late, ways=(Way.FRESH,), is_sweep=True)
        by_effect.setdefault(effect, case)
    return list(by_effect.values())


def _all_overdue() -> Iterator[tuple[type[Command], Situation]]:
    for kind, situation in situations().items():
        late = overdue(situation)
        if late is not None:
            yield kind, late


def drill(
    books: OrderBooks,
    children: Nursery,
    chosen: Iterable[Case],
    *,
    path: str = "sound",
    points_max: int = POINTS_MAX,
) -> Result:
    """Try every crash point of every case with every way to try again."""
    result = Result()
    for number, case in enumerate(chosen):
        most = POINTS_OF_A_SWEEP_MAX if case.is_sweep else points_max
        trial = _Trial(books, children, case, number=number, path=path, points_max=most)
        trial.run(result)
    return result


class _Trial:
    """One case: an order that is not killed at, and one for each crash point and way to try again."""

    def __init__(
        self,
        books: OrderBooks,
        children: Nursery,
        case: Case,
        *,
        number: int,
        path: str,
        points_max: int,
    ) -> None:
        self.books = books
        self.children = children
        self.case = case
        self.path = path
        self.points_max = points_max
        self.again: dict[Way, Callable[[Sequence[str]], Answer]] = {
            Way.FRESH: self._in_a_fresh_process,
            Way.HERE: self._here,
            Way.SWEPT: self._after_a_sweep,
        }
        self.untouched = f"ord_{number}"
        self.names = {
            (point, way): f"ord_{number}_{point}_{way.name}"
            for point in range(1, points_max + 1)
            for way in case.ways
        }

    def run(self, result: Result) -> None:
        """Kill everywhere, try again, let both come to rest, compare."""
        self.books.plant([self.untouched, *self.names.values()], self.case.situation.steps)
        points = self._kill_everywhere(result)
        first = self._here([self.untouched])
        for way in self.case.ways:
            names = {point: self.names[point, way] for point in range(1, points + 1)}
            answer = self.again[way](list(names.values()))
            ruined = self._let_rest([self.untouched, *names.values()])
            with self.books.database.as_owner() as owner:
                found = recorded(owner, [self.untouched, *names.values()])
            for point, name in names.items():
                fault = self._fault(first, answer, point, found[self.untouched], found[name])
                if name in ruined:
                    fault = "cannot be settled any more"
                if fault:
                    result.broken.append(
                        f"{self.case.name}, killed at point {point}, tried again {way}: {fault}"
                    )
            result.trials += points
        result.cases += 1

    def _kill_everywhere(self, result: Result) -> int:
        """Kill at one point after the other until the end is reached alive; return the number of points."""
        for point in range(1, self.points_max + 1):
            orders = [self.names[point, way] for way in self.case.ways]
            answers = self.children.run(*(self._job([one], dies_at=point) for one in orders))
            killed = sum(answer.is_killed for answer in answers)
            result.kills += killed
            if killed == 0:
                return point
            assert killed == len(orders), f"the same command has the same crash points: {answers}"
        raise AssertionError(f"{self.case.name} has more than {self.points_max} crash points")

    def _job(self, order_ids: Sequence[str], *, dies_at: int = NEVER) -> Job:
        asked, dsn = self.case.situation.asked, self.books.database.app_dsn
        if self.case.is_sweep:
            return self._sweep(order_ids, dies_at=dies_at)
        return Ask(
            dsn=dsn,
            order_ids=tuple(order_ids),
            command_id=COMMAND_ID,
            actor=asked.actor,
            command=asked.command,
            at=asked.at,
            dies_at=dies_at,
            path=self.path,
        )

    def _sweep(self, order_ids: Sequence[str], *, dies_at: int = NEVER) -> Settle:
        return Settle(
            dsn=self.books.database.app_dsn,
            order_ids=tuple(order_ids),
            at=self.case.situation.asked.at,
            dies_at=dies_at,
            path=self.path,
        )

    def _in_a_fresh_process(self, order_ids: Sequence[str]) -> Answer:
        return self.children.run(self._job(order_ids))[0]

    def _after_a_sweep(self, order_ids: Sequence[str]) -> Answer:
        self.children.run(self._sweep(order_ids))
        return self._in_a_fresh_process(order_ids)

    def _here(self, order_ids: Sequence[str]) -> Answer:
        """Ask by another way in, the batch, on connections that saw nothing of the crash."""
        asked = self.case.situation.asked
        self.books.clock.now = asked.at
        try:
            if self.case.is_sweep:
                return Answer(settled=self.books.settle(order_ids))
            outcomes = self.books.ask_all(
                [submission(one, COMMAND_ID, asked.actor, asked.command) for one in order_ids]
            )
        except (AssertionError, Unavailable):
            return Answer(is_failed=True)
        return Answer(told=tuple(told_of(outcome) for outcome in outcomes))

    def _let_rest(self, order_ids: Sequence[str]) -> set[str]:
        """Let happen what the command itself made due; return the orders with which that is not possible."""
        try:
            self.books.settle(order_ids)
        except AssertionError:
            if len(order_ids) == 1:
                return set(order_ids)
            return {name for one in order_ids for name in self._let_rest([one])}
        return set()

    def _fault(
        self, first: Answer, again: Answer, point: int, untouched: Recorded, found: Recorded
    ) -> str | None:
        """Say what differs from what happened without a crash: the answer, or what is recorded."""
        if again.is_failed:
            return "cannot be asked again"
        if not self.case.is_sweep:
            (expected,), told = first.told, again.told[point - 1]
            if (told.code, told.events) != (expected.code, expected.events):
                return f"answers {told}, not {expected}"
        differing = [table for table in untouched if untouched[table] != found[table]]
        return f"{', '.join(differing)} differ" if differing else None
