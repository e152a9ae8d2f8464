"""T1 and M1 on the store: scripts of acts through `execute`, with a worker on time, late, never, or there at every act.

Each script is played once per worker, each time on an order of its own with the very same acts. After every commit the
ledger in the database is held to the order (M1); at the end all orders of a script must be recorded alike (T1), and as
the same script ends in memory.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fairlot.application.execute import WritePath
from fairlot.application.execute_many import settle_many
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.policy.model import Policy
from tests.concurrency.orders import ORDERS, Recorded, ask_by, path_to, recorded, submission
from tests.support.books import MovedClock
from tests.support.order_scripts import (
    AFTERWARDS,
    EFFECTS_MAX,
    LAGS,
    SECOND,
    Asked,
    Played,
    Script,
    check_books,
    made_concrete,
    play,
    random_script,
)
from tests.support.postgres import Database

# The worker comes twice before each act and once after it, at the very same instant.
AROUND = "around every act"
WORKERS = (*LAGS, AROUND)
NAMED_MAX = 10


class DisagreementError(Exception):
    """The database and the order do not say the same."""


@dataclass(kw_only=True)
class Result:
    """What the drill saw; `failing` must be empty."""

    scripts: int = 0
    commits: int = 0
    refusals: int = 0
    failing: list[str] = field(default_factory=list)


class ScriptDrill:
    """Plays scripts on one database; `commands_by` and `worker_by` are the rules that commands and the worker go by."""

    def __init__(
        self,
        database: Database,
        *,
        commands_by: OrderAggregate = ORDERS,
        worker_by: OrderAggregate = ORDERS,
    ) -> None:
        self.clock = MovedClock()
        self.commands_by = commands_by
        self.worker_by = worker_by
        dsn = _quick(database.app_dsn)
        self.path = path_to(dsn, self.clock)
        self.owner = psycopg.connect(database.owner_dsn, autocommit=True)
        self.result = Result()

    def close(self) -> None:
        """Let go of the connections."""
        self.path.close()
        self.owner.close()

    def run(self, seeds: Sequence[str]) -> Result:
        """Play the scripts of these seeds."""
        for seed in seeds:
            self.result.scripts += 1
            fault = self.fault_of(seed, random_script(random.Random(seed)))
            if fault:
                self.result.failing.append(f"script {seed}: {fault}")
        return self.result

    def fault_of(self, name: str, script: Script) -> str:
        """Play one script with every worker; say what was wrong, or nothing."""
        policy, acts = made_concrete(script)
        order_ids = [f"ord_{name}_{number}".replace(" ", "_") for number in range(len(WORKERS))]
        answers = []
        try:
            for order_id, worker in zip(order_ids, WORKERS, strict=True):
                answers.append(_Play(self, order_id, worker, policy).through(acts))
        except (AssertionError, DisagreementError) as error:
            return f"with the worker {WORKERS[len(answers)]}: {error}"
        expected = play(policy, acts, None)
        stored = recorded(self.owner, order_ids, when_written=False)
        if _payloads(stored[order_ids[0]]) != [canonical_bytes(one) for one in expected.events]:
            return "the store and memory came to different ends"
        for worker, order_id, answered in zip(WORKERS, order_ids, answers, strict=True):
            if answered != expected.answers:
                return f"with the worker {worker} somebody was answered otherwise"
            if stored[order_id] != stored[order_ids[0]]:
                return f"with the worker {worker} it came to another end"
        return ""


class _Play:
    """One script on one order with one worker, beside the same in memory."""

    def __init__(self, drill: ScriptDrill, order_id: str, worker: str, policy: Policy) -> None:
        self.drill = drill
        self.order_id = order_id
        self.worker = worker
        self.memory = Played(policy=policy)
        self.path: WritePath = drill.path
        self.answers: list[str] = []

    def through(self, acts: Sequence[Asked]) -> list[str]:
        """Play all acts, wait, and look; return what each was answered."""
        for number, asked in enumerate(acts):
            self._work(asked.at)
            self._ask(f"act_{number}", asked)
            if self.worker == AROUND:
                self._settle(asked.at)
        end = acts[-1].at + AFTERWARDS
        self._work(end)
        self._settle(end)
        return self.answers

    def _ask(self, command_id: str, asked: Asked) -> None:
        self.drill.clock.now = asked.at
        wanted = submission(self.order_id, command_id, asked.actor, asked.command)
        outcome = ask_by(self.path, wanted, self.drill.commands_by)
        self.memory.ask(asked)
        if outcome.code is None:
            self.answers.append("granted")
        else:
            self.answers.append(f"{outcome.code.value} {sorted(outcome.facts.items())}")
            self.drill.result.refusals += 1
        # What nobody may ask at all leaves no trace, not even of what had fallen due.
        if outcome.is_recorded:
            self._committed()

    def _work(self, until: dt.datetime) -> None:
        """Let the worker do its part before an instant."""
        if self.worker == AROUND:
            self._settle(until)
            self._settle(until)
            return
        lag = LAGS[self.worker]
        if lag is None:
            return
        for _ in range(EFFECTS_MAX):
            deadline = self._next_deadline()
            if deadline is None or deadline + SECOND + lag > until:
                return
            self._settle(deadline + SECOND + lag)
        raise AssertionError("the worker never rests")

    def _settle(self, at: dt.datetime) -> None:
        self.drill.clock.now = at
        if settle_many([self.order_id], aggregate=self.drill.worker_by, using=self.path):
            self.memory.settle(at)
            self._committed()

    def _next_deadline(self) -> dt.datetime | None:
        row = self.drill.owner.execute(
            "SELECT next_deadline_at FROM order_head WHERE order_id = %s", [self.order_id]
        ).fetchone()
        return None if row is None else row[0]

    def _committed(self) -> None:
        """Hold the ledger in the database to the order (M1)."""
        self.drill.result.commits += 1
        balances: Counter[tuple[Account, str]] = Counter()
        rows = self.drill.owner.execute(
            "SELECT account, currency, sum(amount_minor)::bigint FROM order_posting"
            " WHERE order_id = %s GROUP BY account, currency",
            [self.order_id],
        )
        for account, currency, amount_minor in rows:
            balances[Account(account), currency] += amount_minor
        for currency in {currency for _, currency in balances}:
            total = sum(amount for (_, one), amount in balances.items() if one == currency)
            if total:
                raise DisagreementError(f"the trial balance is {total} {currency}")
        if self.memory.order.terms is not None:
            check_books(self.memory.order, balances)


def seeds(count: int, *, seed: int) -> list[str]:
    """Return the seeds of so many scripts."""
    return [f"{seed} {number}" for number in range(count)]


def _payloads(order: Recorded) -> list[bytes]:
    return [bytes(row[-1]) for row in order["event"]]


def _quick(dsn: str) -> str:
    """Do not wait for the disk: what is shown here is not about durability."""
    options = str(conninfo_to_dict(dsn).get("options") or "")
    return make_conninfo(dsn, options=f"{options} -c synchronous_commit=off".strip())
