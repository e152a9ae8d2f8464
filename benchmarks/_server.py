"""The server that speed is measured on: the embedded PostgreSQL as it ships, durable, on disk, with databases of one run's own."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fairlot.config import Settings
from fairlot.store.keeping.migrate import migrate
from fairlot.store.server import embedded
from fairlot.store.server.embedded_host import installed_binaries

# Below the repository and not in a temporary directory, which may be memory: a commit has to wait for a disk.
ROOT = Path(__file__).resolve().parent.parent / "var" / "bench"
PGBENCH_SCALE = 10
READ_BYTES = 64 * 1024 * 1024
TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


class Database:
    """One database of this run, with the ways into it."""

    def __init__(self, server: embedded.EmbeddedServer, name: str) -> None:
        self.name = name
        self.owner_dsn = make_conninfo(server.owner_dsn, dbname=name)
        self.app_dsn = make_conninfo(server.app_dsn, dbname=name)
        self.superuser_dsn = server.cluster.superuser_conninfo(name)

    def as_superuser(self) -> psycopg.Connection:
        """Connect as whoever may load rows past the walls."""
        return psycopg.connect(self.superuser_dsn, autocommit=True)

    def connect(self) -> psycopg.Connection:
        """Connect as the application does."""
        return psycopg.connect(self.app_dsn, autocommit=True)

    def size_bytes(self) -> int:
        """Return what the database takes on disk."""
        with self.as_superuser() as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return int(row[0])

    def settle_down(self) -> None:
        """Write out what waits to be written, so that no measurement pays for what came before it."""
        with self.as_superuser() as connection:
            connection.execute("CHECKPOINT")

    def read_once(self) -> None:
        """Read all that is on disk once, so that the system's memory holds what a server that had run a while would find."""
        with self.as_superuser() as connection:
            files = connection.execute(
                "SELECT directory || '/' || name, size FROM (SELECT 'base/' || oid AS directory"
                " FROM pg_database WHERE datname = current_database()) AS here,"
                " LATERAL (SELECT name, (pg_stat_file(directory || '/' || name)).size"
                " FROM pg_ls_dir(directory) AS name) AS files"
            ).fetchall()
            for path, size_bytes in files:
                for start in range(0, size_bytes, READ_BYTES):
                    connection.execute(
                        "SELECT length(pg_read_binary_file(%s, %s, %s))", [path, start, READ_BYTES]
                    )


class Server:
    """The running server, on which databases are made."""

    def __init__(self, embedded_server: embedded.EmbeddedServer) -> None:
        self._server = embedded_server

    @contextlib.contextmanager
    def database(
        self, name: str, *, copy_of: Database | None = None, migrated: bool = True
    ) -> Iterator[Database]:
        """Make a database, empty or as a copy, and drop it at the end of the block."""
        template = "template1" if copy_of is None else copy_of.name
        identifier = sql.Identifier(name)
        made = Database(self._server, name)
        with psycopg.connect(self._server.owner_dsn, autocommit=True) as owner:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
            owner.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    identifier, sql.Identifier(template)
                )
            )
        try:
            if migrated and copy_of is None:
                migrate(made.owner_dsn)
            yield made
        finally:
            with psycopg.connect(
                self._server.cluster.superuser_conninfo(), autocommit=True
            ) as superuser:
                superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@contextlib.contextmanager
def bench_server() -> Iterator[Server]:
    """Hold a lease on the benchmarks' server for the length of a block."""
    with embedded.server(Settings(data_dir=ROOT, demo=True)) as lease:
        assert isinstance(lease, embedded.EmbeddedServer)
        with psycopg.connect(lease.owner_dsn) as owner:
            _assert_durable(owner)
        yield Server(lease)


def _assert_durable(owner: psycopg.Connection) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        row = owner.execute("SELECT current_setting(%s)", [setting]).fetchone()
        assert row == ("on",), f"{setting} is off: that is another race"


class Pgbench:
    """PostgreSQL's own TPC-B-like benchmark on the same server: what the other figures are measured against."""

    def __init__(self, database: Database) -> None:
        self._dsn = database.owner_dsn
        self._run("--initialize", "--quiet", f"--scale={PGBENCH_SCALE}")

    def tps(self, *, clients: int, seconds: int) -> float:
        """Return transactions per second, each durable."""
        printed = self._run(
            "--no-vacuum", f"--client={clients}", f"--jobs={clients}", f"--time={seconds}"
        )
        found = TPS.search(printed)
        assert found is not None, printed
        return float(found[1])

    def _run(self, *arguments: str) -> str:
        pgbench = installed_binaries()[0] / "pgbench"
        done = subprocess.run(
            [pgbench, *arguments, f"--dbname={self._dsn}"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
