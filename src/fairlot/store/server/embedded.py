"""The PostgreSQL server that Fairlot brings along: started for its first user, shared, stopped by its last.

Every user holds a lease, a lock that the kernel drops when its holder dies; so a killed application neither
keeps the server for ever nor takes it from others. Whether the server lives is asked of the kernel (its
processes hold a lock of their own) and by a real connection, never of a process number in a file.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fairlot.config import Settings
from fairlot.store.connection import (
    APPLICATION_RIGHTS,
    APPLICATION_ROLE,
    OWNER_ROLE,
    application_dsn,
    owner_dsn,
)
from fairlot.store.server import embedded_host as host
from fairlot.store.server.embedded_cluster import PORT, Cluster
from fairlot.store.server.embedded_host import EmbeddedError

__all__ = ["EmbeddedError", "Server", "join", "process_lease", "server"]

logger = logging.getLogger(__name__)

DATABASE = "fairlot"
PASSWORD_BYTES = 32

_OWNER_RIGHTS = "LOGIN NOSUPERUSER CREATEDB CREATEROLE BYPASSRLS"
_APPLICATION_RIGHTS = f"LOGIN {APPLICATION_RIGHTS}"


class Server:
    """One lease on a running PostgreSQL. The connection strings hold no secret: they name a password file."""

    owner_dsn: str
    app_dsn: str

    def __init__(self, *, owner_dsn: str, app_dsn: str) -> None:
        self.owner_dsn = owner_dsn
        self.app_dsn = app_dsn

    def ensure_running(self) -> None:
        """Start the server again if it died. A server of your own is not ours to start."""

    def leave(self) -> None:
        """Give the lease back; the last one to leave stops the server."""


class EmbeddedServer(Server):
    """A lease on the embedded server of one data directory."""

    def __init__(
        self, data_dir: Path, *, binaries: Path | None, options: Mapping[str, str]
    ) -> None:
        control = data_dir / "embedded"
        host.make_directory(control, host.shared_directory_mode())
        self._control = control
        self._leases = control / "users.lock"
        self._starting = control / "start.lock"
        self._lease: int | None = None
        self.cluster = Cluster(control, binaries=binaries, options=options)
        try:
            self.ensure_running()
        except BaseException:
            self.leave()
            raise
        super().__init__(
            owner_dsn=owner_dsn(self._dsn(OWNER_ROLE)),
            app_dsn=application_dsn(self._dsn(APPLICATION_ROLE)),
        )

    def ensure_running(self) -> None:
        with host.exclusive(self._starting):
            if self._lease is None:
                self._lease = host.share_lock(self._leases)
            with self.cluster.ensure_running() as connection:
                _ensure_accounts(connection, self.cluster.passwords)

    def leave(self) -> None:
        if self._lease is None:
            return
        lease, self._lease = self._lease, None
        # Closed, not unlocked: a forked child that still works on shares this very lock.
        with host.exclusive(self._starting):
            os.close(lease)
            if not host.is_locked(self._leases):
                self.cluster.stop()

    def _dsn(self, role: str) -> str:
        return make_conninfo(
            host=str(self.cluster.socket_dir()),
            port=PORT,
            user=role,
            dbname=DATABASE,
            passfile=str(self.cluster.passwords),
        )


def join(settings: Settings, *, options: Mapping[str, str] | None = None) -> Server:
    """Take a lease on the server that `settings` name; call `leave` on it. Raises EmbeddedError.

    `options` are PostgreSQL settings for a server that this call starts.
    """
    if settings.database_url is not None:
        return Server(
            owner_dsn=owner_dsn(settings.owner_database_url or settings.database_url),
            app_dsn=application_dsn(settings.database_url),
        )
    if not settings.demo:
        logger.warning(
            "Using the embedded PostgreSQL in %s. It is not meant for real money: set DATABASE_URL to a server "
            "with a standby and current security updates, or FAIRLOT_DEMO=1 to silence this.",
            settings.data_dir,
        )
    return EmbeddedServer(settings.data_dir, binaries=settings.postgres_bin, options=options or {})


_process_lease: Server | None = None
_process_lease_guard = threading.Lock()


def process_lease(settings: Settings) -> Server:
    """Return the lease that this process holds until it ends, taken at the first call."""
    global _process_lease  # noqa: PLW0603  (one lease per process is the point)
    with _process_lease_guard:
        if _process_lease is None:
            _process_lease = join(settings)
            atexit.register(_process_lease.leave)
        return _process_lease


@contextlib.contextmanager
def server(settings: Settings, *, options: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Hold a lease on the server for the length of a block."""
    lease = join(settings, options=options)
    try:
        yield lease
    finally:
        lease.leave()


def _ensure_accounts(connection: psycopg.Connection, passwords: Path) -> None:
    """Make roles, database and passwords once; the file appears last, so its presence says that all is done."""
    if passwords.exists():
        return
    words = {role: secrets.token_urlsafe(PASSWORD_BYTES) for role in (OWNER_ROLE, APPLICATION_ROLE)}
    for role, rights in ((OWNER_ROLE, _OWNER_RIGHTS), (APPLICATION_ROLE, _APPLICATION_RIGHTS)):
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        # Only the verifier travels, so that no log of the server can show a password.
        verifier = connection.pgconn.encrypt_password(
            words[role].encode(), role.encode(), b"scram-sha-256"
        ).decode()
        connection.execute(
            sql.SQL("{} ROLE {} WITH {} PASSWORD {}").format(
                sql.SQL("ALTER" if known else "CREATE"),
                sql.Identifier(role),
                sql.SQL(rights),
                sql.Literal(verifier),
            )
        )
    if (
        connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        is None
    ):
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
            )
        )
    unfinished = passwords.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        for role, word in words.items():
            file.write(f"*:*:*:{role}:{word}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(passwords)
