"""One PostgreSQL cluster on disk and its server: made whole or not at all, alive when it answers, stopped cleanly."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
import signal
import socket
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from fairlot.store.disk import sync_directory
from fairlot.store.server import embedded_host as host
from fairlot.store.server.embedded_host import EmbeddedError, ServerUser

logger = logging.getLogger(__name__)

SUPERUSER = "postgres"
PORT = 5432
CONNECT_TIMEOUT_SECONDS = 10
POLL_SECONDS = 0.01
POLL_SECONDS_MAX = 0.25
PATIENCE_SECONDS = 10
LOG_BYTES_MAX = 8 * 1024 * 1024
LOG_LINES_SHOWN = 6

DURABLE_SETTINGS: dict[str, str] = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "data_sync_retry": "off",
}
"""What an acknowledged commit rests on; the start of the application refuses anything else."""

SERVER_SETTINGS: dict[str, str] = {
    **DURABLE_SETTINGS,
    "restart_after_crash": "on",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "logging_collector": "off",
    "log_destination": "stderr",
}

# The superuser is whoever may read the cluster's files anyway: its own user, or root. No password to lose.
HBA = "local all postgres peer map=fairlot\nlocal all all scram-sha-256\n"

_WILL_NOT_HEAL = ("authentication", "pg_hba", "Permission denied")


class Cluster:
    """The cluster below `control`/cluster, or in the system's state directory where its user cannot go there."""

    def __init__(self, control: Path, *, binaries: Path | None, options: Mapping[str, str]) -> None:
        self.control = control
        self.server_lock = control / "server.lock"
        self.log = control / "postgres.log"
        self.passwords = control / "passwords"
        self._link = control / "cluster"
        self._chosen_binaries = binaries
        self._options = dict(options)

    # --- Places ---

    @property
    def data(self) -> Path:
        """PostgreSQL's own directory; links resolved, as the server sees it."""
        return self._link.resolve() / "postgres"

    @property
    def user(self) -> ServerUser:
        exists = (self.data / "PG_VERSION").exists()
        return host.server_user(self.data.stat().st_uid if exists else None)

    def superuser_conninfo(self, database: str = "postgres") -> str:
        return make_conninfo(
            host=str(self.socket_dir()),
            port=PORT,
            user=SUPERUSER,
            dbname=database,
            options="",
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            client_encoding="UTF8",
        )

    def socket_dir(self) -> Path:
        """Where the running server listens, by its own record; a dead one's record is overwritten at its start."""
        with contextlib.suppress(OSError, IndexError):
            recorded = (self.data / "postmaster.pid").read_text().splitlines()[4]
            if recorded:
                return Path(recorded)
        return self._link.resolve() / "socket"

    # --- Life ---

    def ensure_running(self) -> psycopg.Connection:
        """Return a superuser's connection to the server, started or awaited as needed. Needs the start lock."""
        lock = host.open_lock(self.server_lock)
        try:
            if not host.try_lock(lock):
                # The kernel says that some process of a server lives: ours of before, or another's.
                connection = self._await_answer(lock, may_be_orphans=True)
                if connection is not None:
                    return connection
            self._start(lock)
        finally:
            os.close(lock)
        return self._await_start()

    def stop(self) -> None:
        """Stop the server as PostgreSQL's fast shutdown does, and wait for its last process. Needs the start lock."""
        sockets = self.socket_dir()
        lock = host.open_lock(self.server_lock)
        try:
            began = time.monotonic()
            poll = POLL_SECONDS
            asked: int | None = None
            while not host.try_lock(lock):
                postmaster = self._postmaster()
                if postmaster is None:
                    self._end_orphans()
                elif postmaster != asked:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(postmaster, signal.SIGINT)
                    asked = postmaster
                began = self._report("still shutting down", began)
                time.sleep(poll)
                poll = min(poll * 2, POLL_SECONDS_MAX)
        finally:
            os.close(lock)
        if sockets.parent != self.data.parent:
            # A socket that had to be elsewhere leaves no empty directory behind.
            with contextlib.suppress(OSError):
                sockets.rmdir()

    # --- Making ---

    def _create(self, lock: int) -> None:
        """Make the cluster aside and rename it into place, so that a killed start leaves nothing half made."""
        home = self._make_home()
        user = self.user
        for leftover in home.glob("new-*"):
            shutil.rmtree(leftover)
        unfinished = home / f"new-{secrets.token_hex(4)}"
        unfinished.mkdir(mode=0o700)
        if user.switch:
            os.chown(unfinished, user.uid, user.gid)
        binaries = host.server_binaries(self._chosen_binaries, user)
        version = host.postgres_version(binaries, user)
        outcome = host.run_as(
            user, _initdb(binaries, unfinished, major=int(version.split(".")[0])), keep_open=[lock]
        )
        if outcome.returncode != 0:
            lines = outcome.stdout.decode(errors="replace").strip().splitlines()
            raise EmbeddedError(
                f"initdb could not make a cluster in {home}: "
                + " | ".join(lines[-LOG_LINES_SHOWN:])
            )
        _write_in(unfinished, "pg_hba.conf", HBA)
        _write_in(unfinished, "pg_ident.conf", _ident(user))
        unfinished.rename(home / "postgres")
        sync_directory(home)

    def _make_home(self) -> Path:
        """Return the directory of data and socket: here, or in the system's state where the user may go."""
        self._refuse_lost_data()
        if self._link.exists():
            return self._link.resolve()
        user = self.user
        host.make_directory(self.control, host.shared_directory_mode())
        closed = host.closed_directory(self.control, user)
        if closed is None:
            return host.make_directory(self._link, host.shared_directory_mode())
        elsewhere = host.SYSTEM_STATE_DIR / secrets.token_hex(8)
        logger.warning(
            "PostgreSQL runs as user %s, which may not enter %s; its data is kept in %s",
            user.name,
            closed,
            elsewhere,
        )
        host.make_directory(elsewhere, 0o711)
        self._link.symlink_to(elsewhere)
        return elsewhere

    def _refuse_lost_data(self) -> None:
        """Where a cluster must have been there is none: begin anew only when told so, for it may be unmounted."""
        traces = [path for path in (self.passwords, self.data) if path.exists()]
        if self._link.is_symlink() and not self._link.exists():
            traces.append(self._link)
        if traces:
            raise EmbeddedError(
                f"The data in {self.data} is gone or broken; bring it back, or remove {traces[0]} to begin with none."
            )

    # --- Starting ---

    def _start(self, lock: int) -> None:
        """Launch the server; it and all its children inherit `lock`, so the kernel knows when the last is gone."""
        if not (self.data / "PG_VERSION").exists():
            self._create(lock)
        self._refuse_foreign_server()
        user = self.user
        closed = host.closed_directory(self.data, user)
        if closed is not None:
            raise EmbeddedError(
                f"User {user.name}, which PostgreSQL runs as, may not enter {closed}; run `chmod o+x {closed}`."
            )
        binaries = host.server_binaries(self._chosen_binaries, user)
        self._refuse_other_version(host.postgres_version(binaries, user), binaries)
        sockets = host.socket_directory(
            self.data.parent / "socket", instance=self._instance(), user=user
        )
        # No process of a server lives, so these files name dead ones, whoever has their numbers now.
        for stale in (
            self.data / "postmaster.pid",
            sockets / f"{host.SOCKET_NAME}.lock",
            sockets / host.SOCKET_NAME,
        ):
            stale.unlink(missing_ok=True)
        settings = {
            **SERVER_SETTINGS,
            "unix_socket_directories": '"{}"'.format(str(sockets).replace('"', '""')),
            "dynamic_shared_memory_type": host.shared_memory_type(),
            **self._options,
        }
        command: list[str | Path] = [binaries / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self._shorten_log()
        descriptor = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as log:
            # The shell leaves at once, so the server is nobody's child and nobody's zombie.
            host.run_as(
                user,
                ["/bin/sh", "-c", '"$@" &', "sh", *command],
                keep_open=[lock],
                output=log,
                session=True,
            )

    def _refuse_other_version(self, version: str, binaries: Path) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != version.split(".", maxsplit=1)[0]:
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {made_by}, but {binaries} holds {version}; name PostgreSQL "
                f"{made_by}'s programs in FAIRLOT_POSTGRES_BIN, back up, and restore into a new directory."
            )

    def _refuse_foreign_server(self) -> None:
        """A server that somebody started by hand on this directory does not hold our lock; leave it alone."""
        foreign = host.processes_in(self.data)
        if foreign:
            raise EmbeddedError(
                f"A PostgreSQL server that Fairlot did not start (process {min(foreign)}) uses {self.data}; stop it first."
            )

    def _instance(self) -> str:
        """A name for this cluster that is short and nobody else's: PostgreSQL's own identifier of it."""
        control = (self.data / "global" / "pg_control").read_bytes()
        (identifier,) = struct.unpack_from("=Q", control)
        return f"{identifier:016x}"

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".log.1"))

    # --- Waiting ---

    def _await_start(self) -> psycopg.Connection:
        lock = host.open_lock(self.server_lock)
        try:
            connection = self._await_answer(lock, may_be_orphans=False)
        finally:
            os.close(lock)
        if connection is None:
            raise EmbeddedError(f"PostgreSQL did not start: {self._log_tail()} (log: {self.log})")
        return connection

    def _await_answer(self, lock: int, *, may_be_orphans: bool) -> psycopg.Connection | None:
        """Connect as soon as the server answers, however long it recovers; None once no process of it lives."""
        began = time.monotonic()
        poll = POLL_SECONDS
        while True:
            try:
                return psycopg.connect(self.superuser_conninfo(), autocommit=True)
            except psycopg.OperationalError as error:
                if any(sign in str(error) for sign in _WILL_NOT_HEAL):
                    raise EmbeddedError(
                        f"PostgreSQL refuses its own supervisor: {error}"
                    ) from error
            if host.try_lock(lock):
                return None
            if may_be_orphans and self._postmaster() is None:
                self._end_orphans()
            began = self._report("not answering yet", began)
            time.sleep(poll)
            poll = min(poll * 2, POLL_SECONDS_MAX)

    def _report(self, what: str, began: float) -> float:
        if time.monotonic() - began < PATIENCE_SECONDS:
            return began
        logger.warning(
            "PostgreSQL is %s; waiting on. Its latest word: %s", what, self._log_tail(lines=1)
        )
        return time.monotonic()

    def _log_tail(self, lines: int = LOG_LINES_SHOWN) -> str:
        with contextlib.suppress(OSError):
            text = self.log.read_bytes()[-4096:].decode(errors="replace").strip()
            return " | ".join(text.splitlines()[-lines:])
        return "it left no log"

    # --- Processes ---

    def _postmaster(self) -> int | None:
        """The process that listens on the server's socket, or None if none does; the kernel's word, not a file's."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_dir() / host.SOCKET_NAME))
                if sys.platform == "linux":
                    credentials = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                    process, _, _ = struct.unpack("=iII", credentials)
                    if process:
                        return int(process)
            except OSError:
                return self._recorded_process()
        return self._recorded_process()

    def _recorded_process(self) -> int | None:
        """The process in postmaster.pid, if it is at work in the data directory: a server before it listens."""
        try:
            process = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return process if process in host.processes_in(self.data) else None

    def _end_orphans(self) -> None:
        """End what a killed postmaster left: its children write nothing more that counts, and they hold the lock."""
        for process in host.processes_in(self.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def _initdb(binaries: Path, target: Path, *, major: int) -> list[str | Path]:
    command: list[str | Path] = [
        binaries / "initdb",
        f"--pgdata={target}",
        f"--username={SUPERUSER}",
    ]
    command += ["--auth-local=peer", "--auth-host=reject", "--data-checksums", "--encoding=UTF8"]
    command += ["--locale=C", "--text-search-config=simple", "--no-instructions"]
    if major >= 16:
        command += [f"--set=dynamic_shared_memory_type={host.shared_memory_type()}"]
    if major >= 17:
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return command


def _ident(user: ServerUser) -> str:
    names = dict.fromkeys([user.name, "root"])
    return "".join(f'fairlot "{name}" {SUPERUSER}\n' for name in names)


def _write_in(directory: Path, name: str, text: str) -> None:
    """Replace a file that initdb made, keeping its owner; never through a link."""
    descriptor = os.open(directory / name, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
