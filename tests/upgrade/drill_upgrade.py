"""C9: a database made at migration 0003 comes to the present version whole, also when the upgrade is killed at any statement."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import OperationalError, connections
from django.db.utils import Error as DjangoError
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fairlot.application.verification.verify import verify
from fairlot.store.connection import ensure_application_role
from fairlot.store.keeping.backup import client_binaries
from fairlot.store.keeping.migrate import migrate
from fairlot.store.keeping.moment import Moment, Role, ensure_roles, held_moment
from fairlot.store.keeping.upgrade import upgrade
from fairlot.store.server import embedded
from tests.support.market import Market
from tests.support.postgres import Database, fresh_database

DUMP = Path(__file__).parent / "made_at_0003.sql"
ROOT_AT_0003 = "ffbda0239eba82e9c9b1fe574c3e5095f3da4693abb27c225d9ede6bb354f389"
# One for each process: several share a server.
TEMPLATE = f"fairlot_at_0003_{os.getpid()}"
ROLES = (Role(name="fairlot_reader", members=("fairlot_app",)),)

Upgrade = Callable[[str], object]


@dataclass(slots=True)
class Sweep:
    """What upgrades killed at their statements came to; `faults` must stay empty."""

    trials: int = 0
    statements: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def databases_at_0003(server: embedded.Server) -> Iterator[Callable[[], Any]]:
    """Load the dump once; yield what makes copies of it."""
    with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
        ensure_application_role(owner)
        ensure_roles(owner, ROLES)
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(TEMPLATE))
        )
        try:
            with psycopg.connect(
                make_conninfo(server.owner_dsn, dbname=TEMPLATE), autocommit=True
            ) as loading:
                loading.execute(DUMP.read_bytes())
            yield lambda: fresh_database(server, template=TEMPLATE)
        finally:
            owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(TEMPLATE)))


def faults_of(database: Database) -> list[str]:
    """Replay every story of a database with the present code."""
    market = Market(database)
    try:
        report = verify(
            database.owner_dsn, (market.desk.orders, market.desk.payouts, market.desk.limits)
        )
    finally:
        market.close()
    found = [str(fault) for fault in report.faults]
    return found if report.root.hex() == ROOT_AT_0003 else [*found, f"root {report.root.hex()}"]


def statements_of_an_upgrade(database: Database) -> int:
    """Upgrade, and return how many statements it took."""
    counted = itertools.count()

    def count(execute: Any, *rest: Any) -> Any:
        next(counted)
        return execute(*rest)

    with connections["owner"].execute_wrapper(count):
        upgrade(database.owner_dsn)
    return next(counted)


def upgrade_again(dsn: str) -> object:
    """Upgrade as one does after a kill: with everything stopped, for half an upgrade may stand there."""
    return upgrade(dsn, are_stopped=True)


def kill_at(
    database: Database, statement: int, *, run: Upgrade, observer: psycopg.Connection
) -> bool:
    """Run an upgrade whose connection the server ends before one statement; say whether it came so far."""
    numbers = itertools.count()
    killed = False

    def kill(execute: Any, query: Any, parameters: Any, many: Any, context: Any) -> Any:
        nonlocal killed
        if next(numbers) == statement and not killed:
            killed = True
            pid = context["connection"].connection.info.backend_pid
            observer.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        return execute(query, parameters, many, context)

    try:
        with connections["owner"].execute_wrapper(kill):
            run(database.owner_dsn)
    except (OperationalError, psycopg.OperationalError, DjangoError):
        if not killed:
            raise
    finally:
        # The process that was upgrading is gone with all that it knew of its connection.
        del connections["owner"]
    return killed


def sweep(
    fresh: Callable[[], Any],
    *,
    statements: range,
    server: embedded.Server,
    run: Upgrade = upgrade_again,
) -> Sweep:
    """Kill an upgrade at each of the statements, run it again, and compare with one that was left alone."""
    result = Sweep()
    with fresh() as sound:
        result.statements = statements_of_an_upgrade(sound)
        expected = described(sound)
    with psycopg.connect(server.owner_dsn, autocommit=True) as observer:
        for statement in statements:
            if statement >= result.statements:
                break
            result.trials += 1
            with fresh() as database:
                if not kill_at(database, statement, run=run, observer=observer):
                    result.faults.append(f"statement {statement} was never reached")
                result.faults += _faults_after(database, statement, run, expected)
    return result


def _faults_after(
    database: Database, statement: int, run: Upgrade, expected: tuple[str, Moment]
) -> list[str]:
    try:
        run(database.owner_dsn)
    except (DjangoError, psycopg.Error) as error:
        del connections["owner"]
        return [f"statement {statement}: cannot be run again: {str(error).splitlines()[0]}"]
    schema, moment = described(database)
    found = [f"statement {statement}: {one}" for one in expected[1].differences(moment)]
    if schema != expected[0]:
        found.append(f"statement {statement}: another schema")
    return found + faults_of(database)


def described(database: Database) -> tuple[str, Moment]:
    """Return a database's whole schema as text, and what its tables hold."""
    with psycopg.connect(database.owner_dsn) as owner:
        major = owner.info.server_version // 10_000
    dumped = subprocess.run(
        [
            client_binaries(None, server_major=major) / "pg_dump",
            "--schema-only",
            f"--dbname={database.owner_dsn}",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    with held_moment(database.owner_dsn) as held:
        return "\n".join(
            line for line in dumped.splitlines() if "restrict" not in line
        ), held.moment()


def migrate_without_rollback(dsn: str) -> None:
    """Plant a fault: migrations outside any transaction, as if every one of them were declared so."""
    features = connections["owner"].features
    features.can_rollback_ddl = False
    try:
        migrate(dsn)
    finally:
        del features.can_rollback_ddl
