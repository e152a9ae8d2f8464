"""What all soaks share: a server of their own, `--trials N --seed S --json`, and one JSON object that says what came out."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fairlot.clock import system_clock
from fairlot.store.keeping.migrate import migrate
from fairlot.store.server import embedded
from tests.support.postgres import Database, embedded_settings, fresh_database

TEMPLATE = "fairlot_soak_template"
# The part of a soak's trials that every test run does.
TEST_RUN_SHARE = 10

FreshDatabase = Callable[[], AbstractContextManager[Database]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was asked for, and where it can be tried."""

    trials: int
    seed: int
    fresh_database: FreshDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a soak saw; `failures` must be 0 and the planted fault caught."""

    trials: int
    failures: int
    planted_fault: str
    planted_fault_caught: bool
    figures: Mapping[str, object] = field(default_factory=dict)


def run_soak(proof: str, *, trials: int, work: Callable[[Chosen], Report]) -> int:
    """Run a soak as its command line asks, print its result, and return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=trials)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    began = perf_counter()
    with _databases() as fresh:
        report = work(Chosen(trials=chosen.trials, seed=chosen.seed, fresh_database=fresh))
    result = {
        "proof": proof,
        "date": system_clock().date().isoformat(),
        "trials": report.trials,
        "failures": report.failures,
        "seed": chosen.seed,
        "seconds": round(perf_counter() - began, 1),
        "planted_fault": report.planted_fault,
        "planted_fault_caught": report.planted_fault_caught,
        **report.figures,
    }
    if chosen.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")
    return 0 if report.failures == 0 and report.planted_fault_caught else 1


@contextmanager
def _databases() -> Iterator[FreshDatabase]:
    """Start a server in a directory that is removed at the end, and make databases on it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fairlot.settings"
    with tempfile.TemporaryDirectory(prefix="fairlot-soak-") as name:
        directory = Path(name)
        # As root, the server runs as another user, who must get in.
        directory.chmod(0o711)
        with embedded.server(embedded_settings(directory / "server")) as server:
            with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
                owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            migrate(make_conninfo(server.owner_dsn, dbname=TEMPLATE))
            yield lambda: fresh_database(server, template=TEMPLATE)
