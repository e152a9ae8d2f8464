"""The same work beside us: a durable, balanced transfer of two postings. `python -m benchmarks.peers [--json]`.

Peers come from their registry into an environment of their own (`var/bench-venv`), pinned in
`requirements/benchmarks.txt`; one that cannot be installed or started is named with its reason. All run on one server in
one run, one connection each, in rounds between pgbench; what each leaves out of what `execute` does stands beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import statistics
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from benchmarks import _orders
from benchmarks._server import ROOT, Database, Pgbench, Server, bench_server
from benchmarks._table import Figure, show
from benchmarks.write_path import ORDERS_ALONE, SECONDS, one_by_one, warm_up, write_path

ENVIRONMENT = ROOT.parent / "bench-venv"
PYTHON = ENVIRONMENT / "bin" / "python"
PINS = Path(__file__).resolve().parent.parent / "requirements" / "benchmarks.txt"
STAMP = ENVIRONMENT / "installed"
WORK = Path(__file__).with_name("_peer_work.py")
ROUNDS = 3

LEAVES_OUT = {
    "psycopg": "three bare INSERTs: no rules, idempotency, history or balance check",
    "django-hordak": "no idempotency, holds, history or rules",
    "django-ledger": "no idempotency, holds, history or rules",
    "python-accounting": "no idempotency, holds or rules",
    "eventsourcing": "no ledger, idempotency or deadlines; history only",
    "dbos": "no ledger, history or rules; durable steps only",
}
NOT_IN_THE_REGISTRY = {"pgledger": "SQL files, not published in the registry of Python packages"}


def install() -> str | None:
    """Make the peers' environment what the pins say; return why that failed, or None."""
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted:
        return None
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    # The pins are complete and leave two drivers out on purpose, so nothing else may be drawn in.
    done = subprocess.run(
        [*pip, "--no-deps", "--require-hashes", "-r", str(PINS)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return str(done.stderr).strip().splitlines()[-1]
    STAMP.write_text(wanted, encoding="ascii")
    return None


class Peer:
    """A peer at work in its own process, on a database of its own."""

    def __init__(self, name: str, database: Database) -> None:
        self.name = name
        self._log = (ROOT / f"peer-{name}.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [PYTHON, WORK, name],
            env=os.environ | _libpq(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
        )

    def wait_until_ready(self) -> str | None:
        """Return why the peer does not work, or None."""
        if self._answer() == "ready":
            return None
        self._process.wait()
        self._log.seek(0)
        lines = self._log.read().strip().splitlines()
        return lines[-1] if lines else "it ended without a word"

    def rate(self) -> float:
        """Return transfers per second."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{SECONDS}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._log.close()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _libpq(database: Database) -> dict[str, str]:
    parts = conninfo_to_dict(database.owner_dsn)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    return {names[key]: str(parts[key]) for key in names} | {"PGPASSFILE": str(parts["passfile"])}


@contextlib.contextmanager
def peers(server: Server, refused: dict[str, str]) -> Iterator[list[Peer]]:
    """Start all peers that can be started; the reasons of the others come into `refused`."""
    with contextlib.ExitStack() as stack:
        working = []
        for number, name in enumerate(LEAVES_OUT):
            database = stack.enter_context(server.database(f"bench_peer_{number}", migrated=False))
            peer = Peer(name, database)
            stack.callback(peer.stop)
            reason = peer.wait_until_ready()
            if reason is None:
                working.append(peer)
            else:
                refused[name] = reason
        yield working


def measure(server: Server, refused: dict[str, str]) -> dict[str, list[float]]:
    """Return ratios to pgbench per name and round; our own stands under `fairlot`."""
    ratios: dict[str, list[float]] = {}
    with (
        server.database("bench_pgbench", migrated=False) as other,
        server.database("bench_orders") as database,
        peers(server, refused) as working,
        write_path(database) as path,
    ):
        pgbench = Pgbench(other)
        _orders.load(database, range(ROUNDS * ORDERS_ALONE + 1), steps="making")
        warm_up(path, range(ROUNDS * ORDERS_ALONE, ROUNDS * ORDERS_ALONE + 1))
        for start in range(0, ROUNDS * ORDERS_ALONE, ORDERS_ALONE):
            before = pgbench.tps(clients=1, seconds=SECONDS)
            rates = {"fairlot": one_by_one(path, range(start, start + ORDERS_ALONE)).rate}
            rates |= {peer.name: peer.rate() for peer in working}
            reference = (before + pgbench.tps(clients=1, seconds=SECONDS)) / 2
            for name, rate in rates.items():
                ratios.setdefault(name, []).append(rate / reference)
    return ratios


def main() -> int:
    """Install, measure, print."""
    ROOT.mkdir(parents=True, exist_ok=True)
    refused = dict(NOT_IN_THE_REGISTRY)
    reason = install()
    with bench_server() as server:
        if reason is not None:
            refused |= dict.fromkeys(LEAVES_OUT, reason)
            ratios = {}
        else:
            ratios = measure(server, refused)
    notes = {"fairlot": "everything: rules, idempotency, history, ledger, clocks"} | LEAVES_OUT
    figures = [
        Figure(
            name=f"{name}, × pgbench 1 client",
            value=statistics.median(found),
            note=f"leaves out: {notes[name]}" if name in LEAVES_OUT else notes[name],
        )
        for name, found in ratios.items()
    ]
    show("Peers", figures, notes={f"not measured: {name}": why for name, why in refused.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
