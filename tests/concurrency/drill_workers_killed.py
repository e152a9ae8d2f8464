"""Two workers over the same due orders and waiting messages, one of them killed again and again: all is done, and once.

A round has a database of its own, in which trades were made and nobody worked since. What comes of them is compared with
the same trades under one worker that nobody killed.
"""

from __future__ import annotations

import datetime as dt
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from fairlot.application.desk import account_id_for
from fairlot.application.verification.verify import verify
from fairlot.domain.order import commands as c
from fairlot.domain.order.terms import Proof
from fairlot.domain.party import PROVIDER
from fairlot.domain.payout.events import PayableCredited
from fairlot.store.rollup import roll_up
from tests.concurrency.one_worker import NEVER, SOUND
from tests.support.market import SUPPLIER_ID, Market, whole_terms
from tests.support.postgres import Database
from tests.support.trades import SUPPLIER

REPOSITORY = Path(__file__).parents[2]
FreshDatabase = Callable[[], AbstractContextManager[Database]]

TERMS = whole_terms(10_000, 6_000)
PAIRS_OF_ORDERS = 12
# Past every clock of what was shipped and of what never was.
DAYS_LATER = 110
KILLS_A_ROUND = 3
# A planted fault shows only if a kill falls between its two steps, on a message that moves something.
PLANTED_ROUNDS_MAX = 30
# Messages of one round: each order is agreed, paid, told of, and released or refunded.
MESSAGES_BEFORE_DEATH_MAX = 2 * PAIRS_OF_ORDERS
# Time goes by: the dead are known to be dead, and what failed on the way is due again.
TIME_PASSES = (
    "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'",
    "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'",
)
# Everything that is done moves one of these.
PROGRESS = (
    "SELECT (SELECT count(*) FROM order_event) + (SELECT count(*) FROM payout_event)"
    " + (SELECT count(*) FROM order_outbox WHERE done_at IS NOT NULL)"
)


@dataclass(kw_only=True)
class Result:
    """What the drill saw; `failing` must be empty."""

    rounds: int = 0
    kills: int = 0
    kills_within: int = 0
    messages: int = 0
    repeated_transfers: int = 0
    failing: list[str] = field(default_factory=list)


class WorkersDrill:
    """Rounds of trades whose time has come, with workers that are killed."""

    def __init__(self, fresh: FreshDatabase, directory: Path, *, seed: int) -> None:
        self.fresh = fresh
        self.directory = directory
        self.chance = random.Random(seed)
        self.result = Result()

    def run(self, *, rounds: int, fault: str = SOUND) -> Result:
        """Play the control, then so many rounds with kills; a planted fault ends them when it is caught."""
        with self.fresh() as database:
            now, _ = made_due(database)
            paper = self._paper("control")
            with _workers(database, now, paper, [NEVER], SOUND) as (one,):
                _go(one)
                assert one.wait() == 0
            control = _ended(database, paper)
        for number in range(rounds):
            self._round(number, control, fault)
            if fault != SOUND and self.result.failing:
                break
        return self.result

    def _round(self, number: int, control: _End, fault: str) -> None:
        with self.fresh() as database:
            now, begun = made_due(database)
            paper = self._paper(f"round-{number}")
            ends = [self._dies_at(place) for place in range(KILLS_A_ROUND)]
            with _workers(database, now, paper, [NEVER, *ends, NEVER], fault) as workers:
                steady, *mortal, last = workers
                _go(steady)
                for one, dies_at in zip(mortal, ends, strict=True):
                    self._let_die(database, one, dies_at, begun, control.progress)
                assert steady.wait() == 0
                with database.as_owner() as owner:
                    for statement in TIME_PASSES:
                        owner.execute(statement)
                _go(last)
                assert last.wait() == 0
            found = _ended(database, paper)
        self.result.rounds += 1
        self.result.messages += found.messages
        self.result.repeated_transfers += found.transfers.total() - len(found.transfers)
        self.result.failing += [f"round {number}: {fault}" for fault in control.differs(found)]

    def _dies_at(self, place: int) -> int:
        """Let every other one die within a message of its own, and the rest when somebody kills it."""
        return self.chance.randrange(1, MESSAGES_BEFORE_DEATH_MAX) if place % 2 == 0 else NEVER

    def _let_die(
        self,
        database: Database,
        worker: subprocess.Popen[str],
        dies_at: int,
        begun: int,
        ended: int,
    ) -> None:
        """Let a worker go, and kill it once so much is done, if it has not died by itself nor come to its end."""
        _go(worker)
        until = self.chance.randrange(begun, ended)
        if dies_at == NEVER:
            with database.as_owner() as owner:
                while worker.poll() is None and _progress(owner) < until:
                    pass
            worker.send_signal(signal.SIGKILL)
        code = worker.wait()
        assert code in {0, -signal.SIGKILL}
        self.result.kills += code != 0
        self.result.kills_within += code != 0 and dies_at != NEVER

    def _paper(self, name: str) -> Path:
        path = self.directory / f"{name}.transfers"
        path.touch()
        return path


def made_due(database: Database) -> tuple[dt.datetime, int]:
    """Make trades and let their time come; return the instant, and how much is done by then.

    Half of the orders were delivered and nobody confirmed; of the other half nothing ever left.
    """
    with closing(Market(database)) as market:
        market.enrolled()
        for number in range(2 * PAIRS_OF_ORDERS):
            order_id = f"ord_{number:03}"
            market.agreed(order_id, TERMS)
            market.work()
            market.pay(order_id, TERMS.total_minor)
            if number % 2:
                shipment = c.RecordShipment(
                    shipment_id="s1",
                    proof=Proof.BILL_OF_LADING,
                    document_hash="b" * 64,
                )
                market.ask(order_id, SUPPLIER, shipment).unwrap()
                delivery = c.RecordDelivery(shipment_id="s1", document_hash="d" * 64)
                market.ask(order_id, PROVIDER, delivery).unwrap()
        market.clock.move(days=DAYS_LATER)
    with database.as_owner() as owner:
        return market.clock.now, _progress(owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """What everything came to."""

    progress: int
    messages: int
    left: int
    orders: dict[str, Counter[tuple[Any, ...]]]
    credited: Counter[str]
    balances: list[tuple[Any, ...]]
    transfers: Counter[str]
    faults: int

    def differs(self, other: _End) -> Iterator[str]:
        """Say in what another end is not this one."""
        if other.left:
            yield f"{other.left} messages were never done"
        if other.orders != self.orders:
            yield "orders came to another end"
        if other.credited != self.credited:
            yield "the supplier's account was credited otherwise"
        if other.balances != self.balances:
            yield f"balances are {other.balances}, not {self.balances}"
        if other.transfers.keys() != self.transfers.keys():
            yield "other transfers were sent"
        if other.faults:
            yield f"verification finds {other.faults} faults"


def _ended(database: Database, paper: Path) -> _End:
    orders: dict[str, Counter[tuple[Any, ...]]] = {}
    with closing(Market(database)) as market, database.as_owner() as owner:
        roll_up(owner)
        query = "SELECT order_id, type, effective_at, payload FROM order_event"
        for order_id, *event in owner.execute(query):
            orders.setdefault(order_id, Counter())[tuple(event)] += 1
        _, story = market.desk.read_account(account_id_for(SUPPLIER_ID, "USD"))
        credited = Counter(one.order_id for one in story if isinstance(one, PayableCredited))
        aggregates = (market.desk.orders, market.desk.payouts, market.desk.limits)
        return _End(
            progress=_progress(owner),
            messages=_count(owner, "SELECT count(*) FROM order_outbox"),
            left=_count(
                owner,
                "SELECT (SELECT count(*) FROM order_outbox WHERE done_at IS NULL)"
                " + (SELECT count(*) FROM payout_outbox WHERE done_at IS NULL)"
                " + (SELECT count(*) FROM limit_outbox WHERE done_at IS NULL)",
            ),
            orders=orders,
            credited=credited,
            balances=owner.execute(
                "SELECT family, account, part, currency, balance_minor::bigint FROM account_balance"
                " WHERE balance_minor <> 0 ORDER BY 1, 2, 3, 4"
            ).fetchall(),
            transfers=Counter(paper.read_text(encoding="utf-8").splitlines()),
            faults=verify(database.owner_dsn, aggregates).fault_count,
        )


def _progress(owner: psycopg.Connection) -> int:
    return _count(owner, PROGRESS)


def _count(owner: psycopg.Connection, query: str) -> int:
    row = owner.execute(query).fetchone()
    assert row is not None
    count: int = row[0]
    return count


@contextmanager
def _workers(
    database: Database, now: dt.datetime, paper: Path, ends: list[int], fault: str
) -> Iterator[list[subprocess.Popen[str]]]:
    """Start workers that wait for their line."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "tests.concurrency.one_worker",
                        database.app_dsn,
                        now.isoformat(),
                        str(paper),
                        str(dies_at),
                        fault,
                    ],
                    cwd=REPOSITORY,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for dies_at in ends
        ]
        for one in started:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        yield started


def _go(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()
