"""The keys that sign cookies and links: one file, one key a line; the first signs, all are believed until forgotten."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from fairlot.config import SECRET_KEY_LENGTH_MIN, Settings
from fairlot.store.disk import sync_directory
from fairlot.store.server import embedded_host

GENERATED_FILE = "secret-key"
# The key that signs and those of before; more would only be believed longer than anything signed lives.
KEYS_MAX = 3


class RotationError(RuntimeError):
    """The key cannot be changed by this process; the message says who can."""


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """Return the key that signs, and after it those of before that are still believed."""
    if settings.secret_key is not None:
        return (settings.secret_key,)
    return tuple(_key_file(settings).read_text(encoding="ascii").split())


def generated_secret_key(directory: Path) -> str:
    """Return the signing key kept in `directory`, made by whichever process comes first."""
    path = directory / GENERATED_FILE
    embedded_host.make_directory(directory.parent, embedded_host.shared_directory_mode())
    embedded_host.make_directory(directory, 0o700)
    if not path.exists():
        unfinished = _write_aside(path, [new_key()])
        # A link never replaces: the first key stays, whoever else made one in the same instant.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(unfinished)
        unfinished.unlink()
        # What is sealed under the key is on disk at once, and worth nothing without it.
        sync_directory(directory)
    return path.read_text(encoding="ascii").split()[0]


def rotate(settings: Settings, *, forget: bool = False) -> tuple[str, ...]:
    """Put a new key first and keep those of before, or with `forget` drop them and keep the first; return all keys.

    Processes read the file when they start: restart them after it. Raises RotationError.
    """
    if settings.secret_key is not None:
        raise RotationError(
            "The key stands in FAIRLOT_SECRET_KEY, which no command can change: put it into a file, "
            "name that in FAIRLOT_SECRET_KEY_FILE instead, and rotate again."
        )
    path = _key_file(settings)
    before = path.read_text(encoding="ascii").split()
    keys = before[:1] if forget else [new_key(), *before][:KEYS_MAX]
    try:
        unfinished = _write_aside(path, keys)
    except OSError as error:
        raise RotationError(f"{path.parent} cannot be written: {error.strerror}.") from error
    owner = path.stat()
    if (owner.st_uid, owner.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(unfinished, owner.st_uid, owner.st_gid)
    unfinished.replace(path)
    sync_directory(path.parent)
    return tuple(keys)


def new_key() -> str:
    """Return a key of more characters than are asked for."""
    return secrets.token_urlsafe(SECRET_KEY_LENGTH_MIN)


def _key_file(settings: Settings) -> Path:
    if settings.secret_key_file is not None:
        return settings.secret_key_file
    generated_secret_key(settings.secrets_dir)
    return settings.secrets_dir / GENERATED_FILE


def _write_aside(path: Path, keys: list[str]) -> Path:
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
    return unfinished
