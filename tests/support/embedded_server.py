"""Embedded servers of a test's own: a directory, a lease on it, and questions to the database."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fairlot.config import Settings
from fairlot.store.server import embedded
from fairlot.store.server.embedded import EmbeddedServer
from tests.support.postgres import embedded_settings, run_directory


@pytest.fixture
def empty_dir() -> Iterator[Path]:
    """A data directory of one test's own that does not exist yet, below one that the server's user may enter."""
    directory = run_directory() / f"data-{secrets.token_hex(4)}"
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def made_once() -> Path:
    """A data directory with a cluster that was started and stopped once."""
    directory = run_directory() / f"made-{secrets.token_hex(4)}"
    with running(directory):
        return directory


@pytest.fixture
def data_dir(made_once: Path, empty_dir: Path) -> Path:
    """A data directory of one test's own in which a cluster stands ready."""
    subprocess.run(["/bin/cp", "-a", "--", made_once, empty_dir], check=True)
    return empty_dir


@contextlib.contextmanager
def running(
    data_dir: Path, *, options: dict[str, str] | None = None, binaries: Path | None = None
) -> Iterator[EmbeddedServer]:
    settings = embedded_settings(data_dir)
    if binaries is not None:
        settings = Settings(data_dir=data_dir, postgres_bin=binaries, demo=True)
    with embedded.server(settings, options=options) as server:
        assert isinstance(server, EmbeddedServer)
        yield server


def ask(dsn: str, query: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def tell(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)


def started_at(server: embedded.Server) -> object:
    return ask(server.owner_dsn, "SELECT pg_postmaster_start_time()")


def store_a_row(server: embedded.Server) -> None:
    tell(server.owner_dsn, "CREATE TABLE kept AS SELECT 7 AS seven")


def stored_row(server: embedded.Server) -> object:
    return ask(server.owner_dsn, "SELECT seven FROM kept")
