"""One embedded PostgreSQL for the whole test run, and for each test a database of its own, cloned from a migrated template."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import psycopg
import pytest
import pytest_django
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fairlot.config import VARIABLES, Settings
from fairlot.store.server import embedded

Migration = Callable[[str], None]
"""Brings the empty database behind an owner's connection string to the present schema."""

RUN_DIRECTORY_VARIABLE = "FAIRLOT_TEST_RUN_DIR"
TEMPLATE = "fairlot_template"
TEMPLATE_LOCK = 7_265_001
"""Advisory lock under which one worker of the run migrates the template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database that nobody else uses, with both ways in."""

    name: str
    owner_dsn: str
    app_dsn: str

    def as_owner(self) -> psycopg.Connection:
        """Connect as the role that owns the tables, outside any transaction."""
        return psycopg.connect(self.owner_dsn, autocommit=True)

    def as_application(self) -> psycopg.Connection:
        """Connect as the application does, outside any transaction."""
        return psycopg.connect(self.app_dsn, autocommit=True)


def begin_run(config: pytest.Config) -> None:
    """Make the run's directory in the first process; workers of pytest-xdist inherit its name."""
    if hasattr(config, "workerinput"):
        return
    # Not pytest's own temporary directory: as root that is closed to the user that PostgreSQL runs as.
    directory = Path(tempfile.mkdtemp(prefix="fairlot-tests-"))
    directory.chmod(0o711)
    os.environ[RUN_DIRECTORY_VARIABLE] = str(directory)
    _isolate_environment(directory)


def _isolate_environment(directory: Path) -> None:
    """Point this process and its children at the run's own server, never at an operator's database."""
    for name in list(os.environ):
        if name in VARIABLES and name != "FAIRLOT_POSTGRES_BIN":
            del os.environ[name]
    os.environ["FAIRLOT_DATA_DIR"] = str(directory / "server")
    os.environ["FAIRLOT_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "fairlot.settings"


def end_run(config: pytest.Config) -> None:
    """Remove the run's directory once every worker is done."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUN_DIRECTORY_VARIABLE), ignore_errors=True)


def run_directory() -> Path:
    """A directory of this test run that PostgreSQL's user may enter; removed at the end."""
    return Path(os.environ[RUN_DIRECTORY_VARIABLE])


def embedded_settings(data_dir: Path) -> Settings:
    """Settings of an embedded server in `data_dir`, with the machine's own choice of programs."""
    chosen = os.environ.get("FAIRLOT_POSTGRES_BIN")
    return Settings(data_dir=data_dir, postgres_bin=Path(chosen) if chosen else None, demo=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[embedded.Server]:
    """The run's server: started by the first worker that needs it, stopped by the last to leave."""
    with embedded.server(embedded_settings(run_directory() / "server")) as server:
        yield server


@pytest.fixture(scope="session")
def database_template(
    postgres_server: embedded.Server,
    migration: Migration,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> str:
    """The name of a migrated database, made once per run whichever worker comes first."""
    template_dsn = make_conninfo(postgres_server.owner_dsn, dbname=TEMPLATE)
    with psycopg.connect(postgres_server.owner_dsn, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if _template_is_ready(owner):
            return TEMPLATE
        _create_database(owner, TEMPLATE, template="template0")
        with django_db_blocker.unblock():
            migration(template_dsn)
        owner.execute(
            sql.SQL("COMMENT ON DATABASE {} IS 'migrated'").format(sql.Identifier(TEMPLATE))
        )
    return TEMPLATE


_numbers = itertools.count()


@pytest.fixture
def database(postgres_server: embedded.Server, database_template: str) -> Iterator[Database]:
    """A fresh, migrated database for one test; dropped after it."""
    with fresh_database(postgres_server, template=database_template) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def shared_database(postgres_server: embedded.Server, database_template: str) -> Iterator[Database]:
    """A fresh, migrated database for one module, where its tests do not mind each other's rows."""
    with fresh_database(postgres_server, template=database_template) as fresh:
        yield fresh


@pytest.fixture
def django_database(
    database: Database, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Database]:
    """A fresh database that Django's connections, of every thread, point to."""
    with django_db_blocker.unblock(), django_pointed_at(database):
        yield database


@contextlib.contextmanager
def django_pointed_at(database: Database) -> Iterator[None]:
    """Let Django's two connections lead to `database` for the length of a block, then where they led before."""
    django.setup()
    targets = {"default": database.app_dsn, "owner": database.owner_dsn}
    before = {alias: connections.settings[alias].get("DSN") for alias in targets}
    for alias, dsn in targets.items():
        _lead(alias, dsn)
    try:
        yield
    finally:
        for alias, dsn in before.items():
            _lead(alias, dsn)


def _lead(alias: str, dsn: str | None) -> None:
    connections[alias].close()
    connections.settings[alias].pop("DSN", None)
    if dsn is not None:
        connections.settings[alias]["DSN"] = dsn


@contextlib.contextmanager
def fresh_database(server: embedded.Server, *, template: str) -> Iterator[Database]:
    """Clone `template` for the length of a block."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
        _create_database(owner, name, template=template)
        try:
            yield Database(
                name=name,
                owner_dsn=make_conninfo(server.owner_dsn, dbname=name),
                app_dsn=make_conninfo(server.app_dsn, dbname=name),
            )
        finally:
            # Waits a moment for connections just closed; the owner may not end those of the application.
            owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _template_is_ready(owner: psycopg.Connection) -> bool:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = owner.execute(query, [TEMPLATE]).fetchone()
    if row is None:
        return False
    if row[0] != "migrated":
        pytest.exit("The template database could not be migrated; see the first error.")
    return True


def _create_database(owner: psycopg.Connection, name: str, *, template: str) -> None:
    owner.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )
