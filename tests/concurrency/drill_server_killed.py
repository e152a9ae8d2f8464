"""C1: no acknowledged commit is lost when every process of PostgreSQL is killed at a random instant."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psycopg

from fairlot.store.server import embedded
from tests.support.postgres import embedded_settings
from tests.support.server_crash import kill_server

WRITERS = 4
ACKNOWLEDGED_PER_ROUND_MAX = 450
COMMIT_EVERY_WHEN_FAULTY = 50
SPIN_MAX = 20_000
"""Turns of an empty loop before the kill, so that it falls anywhere within a commit, not just after one."""

_SCHEMA = """
CREATE TABLE command (writer int, number bigint, PRIMARY KEY (writer, number));
CREATE TABLE posting (writer int, number bigint, side text, amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (writer, number, side), FOREIGN KEY (writer, number) REFERENCES command);
"""
_COMMAND = "INSERT INTO command VALUES (%(writer)s, %(number)s)"
_POSTINGS = """
INSERT INTO posting VALUES (%(writer)s, %(number)s, 'debit', %(number)s), (%(writer)s, %(number)s, 'credit', -%(number)s)
"""
_UNBALANCED = """
SELECT count(*) FROM (SELECT FROM command LEFT JOIN posting USING (writer, number)
  GROUP BY writer, number HAVING coalesce(sum(amount_minor), 1) <> 0 OR count(side) <> 2) AS bad
"""


@dataclass(kw_only=True)
class Result:
    """What a run of the drill saw; `lost` and `unbalanced` must be 0."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    committed_without_answer: int = 0
    unbalanced: int = 0
    recovery_seconds: list[float] = field(default_factory=list)


@dataclass(kw_only=True)
class Writer:
    """A client that commits number after number until the server dies."""

    writer: int
    next_number: int
    acknowledges_early: bool
    acknowledgement: threading.Semaphore
    acknowledged: int = 0

    def run(self, dsn: str) -> None:
        try:
            with psycopg.connect(dsn) as connection:
                self._write_until_killed(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            pass  # That the server dies under it is what this client is here for.
        finally:
            # Whoever counts acknowledgements must not wait for a dead client's.
            self.acknowledgement.release(ACKNOWLEDGED_PER_ROUND_MAX)

    def _write_until_killed(self, connection: psycopg.Connection) -> None:
        while True:
            names = {"writer": self.writer, "number": self.next_number}
            connection.execute(_COMMAND, names)
            connection.execute(_POSTINGS, names)
            # The planted fault: the client says "done" first and commits when it gets round to it.
            if not self.acknowledges_early or self.next_number % COMMIT_EVERY_WHEN_FAULTY == 0:
                connection.commit()
            self.acknowledged += 1
            self.next_number += 1
            self.acknowledgement.release()


def drill(data_dir: Path, *, rounds: int, seed: int, acknowledges_early: bool = False) -> Result:
    """Run `rounds` of write, kill, restart, compare on one server made in `data_dir`."""
    chance = random.Random(seed)
    result = Result()
    stored = dict.fromkeys(range(WRITERS), 0)
    with embedded.server(embedded_settings(data_dir)) as server:
        assert isinstance(server, embedded.EmbeddedServer)
        with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
            owner.execute(_SCHEMA)
        for _ in range(rounds):
            acknowledgement = threading.Semaphore(0)
            writers = [
                Writer(
                    writer=writer,
                    next_number=stored[writer] + 1,
                    acknowledges_early=acknowledges_early,
                    acknowledgement=acknowledgement,
                )
                for writer in stored
            ]
            _write_and_kill(server, writers, acknowledgement, chance)
            began = perf_counter()
            server.ensure_running()
            with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
                owner.execute("CREATE TABLE first_write (); DROP TABLE first_write")
                result.recovery_seconds.append(perf_counter() - began)
                stored = _compare(owner, writers, stored, result)
            result.rounds += 1
    return result


def _write_and_kill(
    server: embedded.EmbeddedServer,
    writers: list[Writer],
    acknowledgement: threading.Semaphore,
    chance: random.Random,
) -> None:
    threads = [threading.Thread(target=writer.run, args=[server.owner_dsn]) for writer in writers]
    for thread in threads:
        thread.start()
    for _ in range(chance.randint(1, ACKNOWLEDGED_PER_ROUND_MAX)):
        acknowledgement.acquire()
    for _ in range(chance.randint(0, SPIN_MAX)):
        pass
    kill_server(server, chance)
    for thread in threads:
        thread.join()


def _compare(
    owner: psycopg.Connection, writers: list[Writer], before: dict[int, int], result: Result
) -> dict[int, int]:
    """Count what is missing against what was acknowledged; return the highest number stored per writer."""
    rows = owner.execute("SELECT writer, max(number), count(*) FROM command GROUP BY writer")
    found: dict[int, tuple[int, int]] = {writer: (top, count) for writer, top, count in rows}
    after = {}
    for writer in writers:
        top, count = found.get(writer.writer, (0, 0))
        due = before[writer.writer] + writer.acknowledged
        holes = top - count
        result.acknowledged += writer.acknowledged
        result.lost += max(0, due - top) + holes
        result.committed_without_answer += max(0, top - due)
        after[writer.writer] = top
    (unbalanced,) = owner.execute(_UNBALANCED).fetchone() or (0,)
    result.unbalanced += unbalanced
    return after
