"""Backup and restore: the database at one moment and the files beside it, in one archive whose every bit is checked.

What the database held at that moment is counted and kept with it, and counted again after a restore: neither a row nor
a file goes missing in silence.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fairlot import __version__
from fairlot.store.connection import ensure_application_role
from fairlot.store.disk import sync_directory
from fairlot.store.keeping.moment import Moment, Role, ensure_roles, held_moment
from fairlot.store.server import embedded_host as host

FORMAT = 2
CHUNK_BYTES = 1024 * 1024
MANIFEST_BYTES_MAX = 64 * 1024
# Written by `FileStore` while a file comes in; nothing names them, and they come and go under a running backup.
UNFINISHED = "unfinished"
LOCK_WAIT_TIMEOUT_MS = 60_000

_MANIFEST = "manifest.json"
_DUMP = "database.dump"
_FILES = "files"
_INVENTORY = "inventory.json"
_UNFINISHED_RESTORE = ".restoring-"
_TRAILER = b"\nfairlot-backup sha256 "
_TRAILER_BYTES = len(_TRAILER) + 64 + 1


class BackupError(RuntimeError):
    """A backup could not be made or must not be restored; the message says why in one sentence."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive says of itself."""

    format: int
    fairlot_version: str
    made_at: dt.datetime
    postgres_version: str
    files: int
    files_bytes: int


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file by its path below its directory, with the SHA-256 of its content in hexadecimal."""

    path: str
    sha256: str


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """All that an archive must bring back, and by their hashes alone the secrets that it leaves out."""

    moment: Moment
    roles: tuple[Role, ...]
    files: tuple[KeptFile, ...]
    secrets: tuple[KeptFile, ...]


def backup(
    target: Path,
    *,
    owner_dsn: str,
    files_dir: Path,
    made_at: dt.datetime,
    secrets_dir: Path | None = None,
    postgres_bin: Path | None = None,
) -> Manifest:
    """Write the database behind `owner_dsn` and all of `files_dir` to the new file `target`. Raises BackupError.

    Everybody may go on working meanwhile. The database is held still at one moment first, and the files come after it:
    a file is stored before the row that names it, so every row in the archive finds its file there.
    """
    if target.exists():
        raise BackupError(f"{target} exists already; a backup never replaces another.")
    _refuse_empty_database(owner_dsn)
    version = _server_version(owner_dsn)
    programs = client_binaries(postgres_bin, server_major=int(version.split(".", maxsplit=1)[0]))
    with _space_beside(target) as space:
        with held_moment(owner_dsn) as held:
            _dump(programs, owner_dsn, space / _DUMP, snapshot=held.snapshot)
            moment, roles = held.moment(), held.roles()
        files = sorted(_finished_files(files_dir))
        inventory = Inventory(
            moment=moment,
            roles=roles,
            files=_kept(files, files_dir),
            secrets=_kept(_secret_files(secrets_dir), secrets_dir) if secrets_dir else (),
        )
        manifest = Manifest(
            format=FORMAT,
            fairlot_version=__version__,
            made_at=made_at,
            postgres_version=version,
            files=len(files),
            files_bytes=sum(path.stat().st_size for path in files),
        )
        (space / _MANIFEST).write_bytes(msgspec.json.encode(manifest))
        (space / _INVENTORY).write_bytes(msgspec.json.encode(inventory))
        members = [(space / name, name) for name in (_MANIFEST, _INVENTORY, _DUMP)]
        members += [(path, f"{_FILES}/{path.relative_to(files_dir).as_posix()}") for path in files]
        _write_archive(space / "archive", members)
        try:
            # Unlike a rename, a link never replaces a backup made meanwhile.
            target.hardlink_to(space / "archive")
        except FileExistsError:
            raise BackupError(f"{target} was made by another backup meanwhile.") from None
        sync_directory(target.parent)
    return manifest


def check(source: Path) -> Manifest:
    """Read the whole archive and return what it says of itself; raises BackupError at one wrong bit."""
    size = source.stat().st_size if source.is_file() else 0
    if size <= _TRAILER_BYTES:
        raise BackupError(f"{source} is not a backup of Fairlot.")
    digest = hashlib.sha256()
    with source.open("rb") as file:
        left = size - _TRAILER_BYTES
        while left:
            chunk = file.read(min(CHUNK_BYTES, left))
            digest.update(chunk)
            left -= len(chunk)
        if file.read() != _trailer(digest.hexdigest()):
            raise BackupError(
                f"{source} is no backup of Fairlot, or damaged or cut short: its content is not what was written."
            )
    with tarfile.open(source) as archive:
        member = archive.next()
        if member is None or member.name != _MANIFEST or member.size > MANIFEST_BYTES_MAX:
            raise BackupError(f"{source} does not open with its manifest.")
        content = archive.extractfile(member)
        assert content is not None
        manifest = msgspec.json.decode(content.read(), type=Manifest)
    if manifest.format != FORMAT:
        raise BackupError(
            f"{source} has format {manifest.format}, made by Fairlot {manifest.fairlot_version}; "
            f"this version reads format {FORMAT}."
        )
    return manifest


def restore(
    source: Path, *, owner_dsn: str, files_dir: Path, postgres_bin: Path | None = None
) -> Manifest:
    """Bring `source` back into an empty database and `files_dir`. Raises BackupError before it changes anything.

    Killed halfway, it can be run again: the database is restored in one transaction, after the files,
    and files that are there already with the same content are left as they are.
    """
    manifest = check(source)
    inventory = read_inventory(source)
    _refuse_filled_database(owner_dsn)
    _refuse_other_files(files_dir, inventory)
    for leftover in files_dir.rglob(f"{_UNFINISHED_RESTORE}*"):
        leftover.unlink()
    version = _server_version(owner_dsn)
    programs = client_binaries(postgres_bin, server_major=int(version.split(".", maxsplit=1)[0]))
    with _space_beside(source) as space, tarfile.open(source) as archive:
        for member in archive:
            if member.name == _DUMP:
                _extract(archive, member, space / _DUMP)
            elif member.name not in {_MANIFEST, _INVENTORY}:
                _extract(archive, member, files_dir / _safe_name(member))
        _refuse_missing_files(files_dir, inventory)
        with psycopg.connect(owner_dsn, autocommit=True) as owner:
            ensure_application_role(owner)
            ensure_roles(owner, inventory.roles)
        options = ["--exit-on-error", "--single-transaction", "--no-owner"]
        _run(owner_dsn, programs / "pg_restore", options, space / _DUMP)
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        owner.execute("ANALYZE")
    _refuse_another_moment(owner_dsn, inventory.moment)
    return manifest


def read_inventory(source: Path) -> Inventory:
    """Return what an archive must bring back; `check` it first."""
    with tarfile.open(source) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if member.name == _INVENTORY and content is not None:
                return msgspec.json.decode(content.read(), type=Inventory)
    raise BackupError(f"{source} does not say what it holds.")


def missing_secrets(inventory: Inventory, secrets_dir: Path) -> list[str]:
    """Return the names of secrets that the source had and `secrets_dir` has not, or not with that content."""
    return [
        kept.path
        for kept in inventory.secrets
        if not (secrets_dir / kept.path).is_file()
        or _sha256(secrets_dir / kept.path) != kept.sha256
    ]


def _finished_files(files_dir: Path) -> Iterator[Path]:
    for path in files_dir.rglob("*"):
        if path.relative_to(files_dir).parts[0] != UNFINISHED and path.is_file():
            yield path


def _secret_files(secrets_dir: Path) -> list[Path]:
    return sorted(path for path in secrets_dir.glob("*") if path.is_file())


def _kept(paths: Sequence[Path], directory: Path) -> tuple[KeptFile, ...]:
    return tuple(
        KeptFile(path=path.relative_to(directory).as_posix(), sha256=_sha256(path))
        for path in paths
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other_files(files_dir: Path, inventory: Inventory) -> None:
    """A directory that holds what the archive does not is somebody's; what a killed restore left is the archive's."""
    known = {kept.path for kept in inventory.files}
    others = [
        path
        for path in _finished_files(files_dir)
        if path.relative_to(files_dir).as_posix() not in known
        and not path.name.startswith(_UNFINISHED_RESTORE)
    ]
    if others:
        raise BackupError(
            f"{files_dir} holds {len(others)} files that the backup does not know; restore into an empty directory."
        )


def _refuse_missing_files(files_dir: Path, inventory: Inventory) -> None:
    for kept in inventory.files:
        path = files_dir / kept.path
        if not path.is_file() or _sha256(path) != kept.sha256:
            raise BackupError(f"The backup promises the file {kept.path} and does not hold it.")


def _refuse_another_moment(owner_dsn: str, expected: Moment) -> None:
    with held_moment(owner_dsn) as held:
        differences = expected.differences(held.moment())
    if differences:
        raise BackupError(
            f"The restored database is not the one that was backed up: {'; '.join(differences)}."
        )


# --- PostgreSQL's programs ---


def client_binaries(chosen: Path | None, *, server_major: int) -> Path:
    """Return programs of the server's own major version, or else the oldest that are newer.

    Same before newer: a newer pg_dump may write what the older server cannot read back.
    """
    majors = {path: _major(path) for path in ([chosen] if chosen else host.installed_binaries())}
    usable = sorted(
        (major, number) for number, major in enumerate(majors.values()) if major >= server_major
    )
    if not usable:
        raise BackupError(
            f"No pg_dump of PostgreSQL {server_major} or newer was found; install one, "
            "or name its directory in FAIRLOT_POSTGRES_BIN."
        )
    return list(majors)[usable[0][1]]


def _major(binaries: Path) -> int:
    done = subprocess.run([binaries / "pg_dump", "--version"], check=False, capture_output=True)
    match = re.search(rb"\(PostgreSQL\) ([0-9]+)", done.stdout)
    return int(match[1]) if match else 0


def _server_version(dsn: str) -> str:
    with psycopg.connect(dsn, autocommit=True) as connection:
        number = connection.info.server_version
    return f"{number // 10_000}.{number % 10_000}"


def _dump(programs: Path, owner_dsn: str, target: Path, *, snapshot: str) -> None:
    options = ["--format=custom", f"--snapshot={snapshot}"]
    options += [f"--lock-wait-timeout={LOCK_WAIT_TIMEOUT_MS}", f"--file={target}"]
    _run(owner_dsn, programs / "pg_dump", options)


def _run(dsn: str, program: Path, options: Sequence[str], *arguments: Path) -> None:
    """Run a client program on `dsn`; a password travels by environment, for arguments can be seen by others."""
    parts = conninfo_to_dict(dsn)
    password = parts.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C"}
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    done = subprocess.run(
        [program, *options, f"--dbname={make_conninfo('', **parts)}", "--no-password", *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment,
    )
    if done.returncode != 0:
        said = " | ".join(done.stderr.decode(errors="replace").strip().splitlines())
        raise BackupError(f"{program.name} failed: {said}")


def _refuse_empty_database(owner_dsn: str) -> None:
    """Nobody wants a backup of nothing: the settings name another database than was meant."""
    name, count = _tables_of(owner_dsn)
    if not count:
        raise BackupError(
            f"The database {name} holds no tables, so there is nothing to back up; "
            "look whether DATABASE_URL or FAIRLOT_DATA_DIR names the one that you mean."
        )


def _refuse_filled_database(owner_dsn: str) -> None:
    name, count = _tables_of(owner_dsn)
    if count:
        raise BackupError(
            f"The database {name} holds {count} tables and the like; restore into an empty one: "
            "name a new one in DATABASE_URL, or a new directory in FAIRLOT_DATA_DIR."
        )


def _tables_of(owner_dsn: str) -> tuple[str, int]:
    """Return a database's name, and how many tables and the like it holds that are not PostgreSQL's own."""
    query = """
        SELECT current_database(), count(*) FROM pg_class
        JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema')
          AND nspname NOT LIKE 'pg\\_%'
        """
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        row = owner.execute(query).fetchone()
    assert row is not None
    name, count = row
    return name, count


# --- The archive ---


def _write_archive(target: Path, members: Sequence[tuple[Path, str]]) -> None:
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path, name in members:
                member = archive.gettarinfo(path, arcname=name)
                member.uid = member.gid = 0
                member.uname = member.gname = ""
                with path.open("rb") as content:
                    archive.addfile(member, content)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0, os.SEEK_END)
        file.write(_trailer(digest))
        file.flush()
        os.fsync(file.fileno())


def _trailer(digest: str) -> bytes:
    return _TRAILER + digest.encode() + b"\n"


def _safe_name(member: tarfile.TarInfo) -> PurePosixPath:
    """Return where a member belongs below the files' directory; nothing leads out of it."""
    name = PurePosixPath(member.name)
    if (
        not member.isfile()
        or name.parts[:1] != (_FILES,)
        or len(name.parts) < 2
        or ".." in name.parts
    ):
        raise BackupError(f"The backup holds {member.name}, which has no place in one.")
    return name.relative_to(_FILES)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one member to `target`, whole or not at all; one that is there with the same content stays."""
    content = archive.extractfile(member)
    assert content is not None
    host.make_directory(target.parent, 0o700)
    unfinished = target.with_name(f"{_UNFINISHED_RESTORE}{secrets.token_hex(8)}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(content, file, CHUNK_BYTES)
            file.flush()
            os.fsync(file.fileno())
        if target.exists() and not _same_content(target, unfinished):
            raise BackupError(
                f"{target} exists with other content; restore into an empty directory."
            )
        unfinished.replace(target)
        sync_directory(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _same_content(one: Path, other: Path) -> bool:
    digests = []
    for path in (one, other):
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").digest())
    return digests[0] == digests[1]


@contextlib.contextmanager
def _space_beside(path: Path) -> Iterator[Path]:
    """A private directory on the same file system as `path`; gone afterwards, whatever happens."""
    try:
        space = tempfile.TemporaryDirectory(dir=path.parent, prefix=".fairlot-backup-")
    except OSError as error:
        raise BackupError(f"Cannot write in {path.parent}: {error.strerror}.") from error
    with space as name:
        yield Path(name)
