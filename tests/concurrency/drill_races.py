"""M4: two acts that move the same money, asked at once by many; more never goes out than was paid, and some order of them explains it."""

from __future__ import annotations

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg

from fairlot.application.execute_many import settle_many
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Unavailable
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.state import Order
from tests.concurrency.faulty import PATHS
from tests.concurrency.nursery import Ask, Nursery, Settle
from tests.concurrency.orders import ORDERS, OrderBooks, ask_by, path_to, submission
from tests.concurrency.scenes import CLOCKS, SETTLED, WORKER, Act, Scene, scenes
from tests.exploration.checks import CheckFailedError, check_state

CONTENDERS = (2, 2, 2, 3, 3, 4, 4, 6, 8, 16)
CONTENDERS_MAX = max(CONTENDERS)
CROWD = (4, 4, 6, 8, 16)
# Drawn together, so that orders of the same scene are planted together.
RACES_AT_ONCE = 1_000
# One race in so many is run by processes instead of threads.
BY_PROCESSES = 50


@dataclass(frozen=True, slots=True)
class Race:
    """Two kinds of acts in a scene."""

    scene: Scene
    kinds: tuple[str, str]

    def acts(self, number: int) -> list[Act]:
        """Return what so many contenders ask: the two kinds in turn."""
        given = [self.scene.acts[kind] for kind in self.kinds]
        return list(itertools.islice(itertools.cycle(given), number))


@dataclass(kw_only=True)
class Result:
    """What the drill saw: races in which too much went out, or that no order of the acts explains, must be none."""

    trials: int = 0
    by_processes: int = 0
    granted: int = 0
    overspent: int = 0
    unexplained: int = 0
    turned_away: int = 0
    per_pair: Counter[tuple[str, str]] = field(default_factory=Counter)
    faulty_per_pair: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """Return the number of races with a fault of either kind."""
        return self.faulty_per_pair.total()


def races() -> list[Race]:
    """Return every unordered pair of kinds, a kind with itself included, in every scene where both can be asked."""
    return [
        Race(scene, pair)
        for scene in scenes()
        for pair in itertools.combinations_with_replacement(sorted(scene.acts), 2)
    ]


def races_for_money() -> list[Race]:
    """Return the races between acts that each move money by themselves, not by letting a clock run out."""
    clocks = {*CLOCKS, SETTLED}
    return [race for race in races() if not clocks.intersection(race.kinds)]


class Drill:
    """Contenders who wait at a line, each with a connection of its own, and what comes of letting them loose."""

    def __init__(
        self,
        books: OrderBooks,
        *,
        seed: int,
        children: Nursery | None = None,
        path: str = "sound",
        contenders: Sequence[int] = CONTENDERS,
    ) -> None:
        self.books = books
        self.contenders = contenders
        self.children = children
        self.path = path
        self.chance = random.Random(seed)
        self.result = Result()
        self.turned_away: set[str] = set()
        self.senseless: set[str] = set()
        self.paths = [
            path_to(books.database.app_dsn, books.clock, make_path=PATHS[path])
            for _ in range(CONTENDERS_MAX)
        ]

    def run(self, all_races: Sequence[Race], *, trials: int) -> Result:
        """Race all pairs in turn, as often as asked."""
        drawn = itertools.islice(_in_turn(all_races), trials)
        names = (f"ord_race_{number}" for number in itertools.count())
        with (
            ThreadPoolExecutor(CONTENDERS_MAX) as pool,
            psycopg.connect(self.books.database.app_dsn, autocommit=True) as reader,
        ):
            while part := list(itertools.islice(drawn, RACES_AT_ONCE)):
                part.sort(key=lambda race: race.scene.name)
                for scene, group in itertools.groupby(part, key=lambda race: race.scene):
                    named = {next(names): race for race in group}
                    self._run_together(scene, named, pool, reader)
        for path in self.paths:
            path.close()
        return self.result

    def _run_together(
        self,
        scene: Scene,
        named: Mapping[str, Race],
        pool: ThreadPoolExecutor,
        reader: psycopg.Connection,
    ) -> None:
        self.books.plant(list(named), scene.steps)
        self.books.clock.now = scene.at
        acts: dict[str, list[Act]] = {}
        for order_id, race in named.items():
            acts[order_id] = race.acts(self.chance.choice(self.contenders))
            self.chance.shuffle(acts[order_id])
            self.result.trials += 1
            self.result.per_pair[race.kinds] += 1
            if self.children and self.result.trials % BY_PROCESSES == 0:
                self._race_by_processes(self.children, order_id, acts[order_id])
            else:
                self._race_by_threads(pool, order_id, acts[order_id])
        stories = _stories(reader, list(named))
        for order_id, race in named.items():
            self._judge(race, order_id, stories[order_id], acts[order_id])

    def _race_by_threads(self, pool: ThreadPoolExecutor, order_id: str, acts: list[Act]) -> None:
        line = threading.Barrier(len(acts))
        asked = [
            pool.submit(self._contend, line, order_id, number, act)
            for number, act in enumerate(acts)
        ]
        for one in asked:
            self.result.granted += one.result()

    def _contend(self, line: threading.Barrier, order_id: str, number: int, act: Act) -> bool:
        line.wait()
        path = self.paths[number]
        try:
            if act is WORKER:
                return settle_many([order_id], aggregate=ORDERS, using=path) == 1
            return ask_by(path, submission(order_id, f"race_{number}", *act)).is_done
        except (psycopg.errors.UniqueViolation, Unavailable):
            # Only without the lock: somebody else took the sequence number first.
            self.turned_away.add(order_id)
        except AssertionError:
            # Only without the lock: the order's own rules find that it makes no sense any more.
            self.senseless.add(order_id)
        return False

    def _race_by_processes(self, children: Nursery, order_id: str, acts: list[Act]) -> None:
        dsn, at = self.books.database.app_dsn, self.books.clock.now
        jobs = [
            Settle(dsn=dsn, order_ids=(order_id,), at=at, path=self.path)
            if act is WORKER
            else Ask(
                dsn=dsn,
                order_ids=(order_id,),
                command_id=f"race_{number}",
                actor=act[0],
                command=act[1],
                at=at,
                path=self.path,
            )
            for number, act in enumerate(acts)
        ]
        answers = children.run(*jobs)
        assert not any(answer.is_failed for answer in answers)
        self.result.by_processes += 1
        self.result.granted += sum(
            answer.settled + sum(not told.code for told in answer.told) for answer in answers
        )

    def _judge(self, race: Race, order_id: str, story: _Story, acts: Sequence[Act]) -> None:
        overspent = story.is_overspent()
        unexplained = _unexplained(race.scene, story, acts, self.books.aggregate)
        if order_id in self.senseless:
            unexplained = unexplained or "the order makes no sense"
        self.result.overspent += overspent
        self.result.unexplained += bool(unexplained)
        self.result.turned_away += order_id in self.turned_away
        if overspent or unexplained:
            self.result.faulty_per_pair[race.kinds] += 1
            self.result.faults.append(f"{race.scene.name}, {race.kinds}: {unexplained}")


def _in_turn(all_races: Sequence[Race]) -> Iterator[Race]:
    """Yield races for ever; each pair of kinds comes equally often, in one of its scenes after the other."""
    by_pair: dict[tuple[str, str], list[Race]] = {}
    for race in all_races:
        by_pair.setdefault(race.kinds, []).append(race)
    for turn in itertools.count():
        yield from (found[turn % len(found)] for found in by_pair.values())


class _Story:
    """What is stored of one order: its events with their commands, and its postings in their order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, bytes]] = []
        self.postings: list[tuple[str, str, int]] = []

    def is_overspent(self) -> bool:
        """Say whether at any point more had left the order, or the buyer's due, than had come in."""
        balances: Counter[str] = Counter()
        for account, _, amount_minor in self.postings:
            balances[account] += amount_minor
            # Positive is debit; what is held or due is a credit.
        return max(balances["held"], balances["due_buyer"], self._beyond_paid()) > 0

    def _beyond_paid(self) -> int:
        """Return by how much refunds, releases, chargebacks and reversals exceed what was paid into the order."""
        paid = sum(-minor for account, _, minor in self.postings if account == "held" and minor < 0)
        gone = sum(minor for account, _, minor in self.postings if account == "held" and minor > 0)
        return gone - paid


def _stories(reader: psycopg.Connection, order_ids: list[str]) -> dict[str, _Story]:
    found = {one: _Story() for one in order_ids}
    events = reader.execute(
        "SELECT order_id, command_id, payload FROM order_event WHERE order_id = ANY(%s)"
        " ORDER BY order_id, seq",
        [order_ids],
    )
    for order_id, command_id, payload in events:
        found[order_id].events.append((command_id, bytes(payload)))
    postings = reader.execute(
        "SELECT order_id, account, template, amount_minor FROM order_posting"
        " WHERE order_id = ANY(%s) ORDER BY order_id, seq, entry_no, line_no",
        [order_ids],
    )
    for order_id, *posting in postings:
        found[order_id].postings.append((posting[0], posting[1], posting[2]))
    return found


def _unexplained(
    scene: Scene, story: _Story, acts: Sequence[Act], aggregate: OrderAggregate
) -> str:
    """Say what cannot be explained by asking one after the other, in the order in which events are stored, or nothing."""
    state = scene.order
    rest = [
        (command_id, aggregate.decode(b"[%b]" % payload)[0])
        for command_id, payload in story.events[scene.events :]
    ]
    while rest:
        command_id = rest[0][0]
        expected = aggregate.settle_due(state, now=scene.at)
        if command_id:
            if expected:
                return f"{command_id} was decided before what was due"
            expected = _decided(aggregate, state, acts[int(command_id.split("_")[1])], scene)
        stored = rest[: len(expected)]
        if not expected or [(command_id, event) for event in expected] != stored:
            return f"{command_id or 'a clock'} left {[type(event).__name__ for _, event in rest]}"
        for _, event in stored:
            state = aggregate.evolve(state, event)
        try:
            check_state(state)
        except CheckFailedError as failure:
            return str(failure)
        rest = rest[len(expected) :]
    return ""


def _decided(aggregate: OrderAggregate, state: Order, act: Act, scene: Scene) -> Sequence[Any]:
    try:
        return aggregate.decide(state, act[1], actor=act[0], now=scene.at)
    except Refused as refusal:
        return refusal.record
