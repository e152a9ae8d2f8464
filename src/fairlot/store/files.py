"""Files by the hash of their content: whole and on disk before any row names them, and hashed again whenever they are read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from fairlot.store.disk import sync_directory

CHUNK_BYTES = 1024 * 1024
HASH_BYTES = 32
_UNFINISHED = "unfinished"


class TooLargeError(ValueError):
    """More bytes came than the caller allows; nothing was kept."""


class DamagedFileError(RuntimeError):
    """A stored file is missing or no longer has the content that its name promises."""


class MissingFileError(DamagedFileError):
    """There is no such file here."""


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is safely on disk."""

    content_hash: bytes
    size_bytes: int


class FileStore:
    """A directory of files named by their SHA-256; nothing in it is ever changed or replaced."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def put(self, chunks: Iterable[bytes], *, bytes_max: int) -> StoredFile:
        """Keep a content; returns once it would survive a loss of power. Raises TooLargeError.

        The same content twice is one file. Only after this may a row that names the hash be committed.
        """
        waiting = self._directory / _UNFINISHED
        if not self._directory.is_dir():
            _make_directory(self._directory)
            sync_directory(self._directory.parent)
        _make_directory(waiting)
        unfinished = waiting / secrets.token_hex(16)
        try:
            stored = _write(unfinished, chunks, bytes_max=bytes_max)
            final = self._path(stored.content_hash)
            _make_directory(final.parent)
            # Replaces at most the same content. The name is on disk only after its directory is, and this one's name after
            # the one above it, for whoever made it may not have come so far.
            unfinished.replace(final)
            sync_directory(final.parent)
            sync_directory(self._directory)
        finally:
            with contextlib.suppress(FileNotFoundError):
                unfinished.unlink()
        return stored

    def read(self, content_hash: bytes) -> Iterator[bytes]:
        """Yield a file's content. Raises DamagedFileError, at the latest before the last chunk is given out."""
        try:
            file = self._path(content_hash).open("rb")
        except FileNotFoundError as error:
            raise MissingFileError(f"the file {content_hash.hex()} is missing") from error
        with file:
            digest = hashlib.sha256()
            held = b""
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
                if held:
                    yield held
                held = chunk
            if digest.digest() != content_hash:
                raise DamagedFileError(f"the file {content_hash.hex()} has another content")
            if held:
                yield held

    def read_whole(self, content_hash: bytes) -> bytes:
        """Return a file's content, or nothing of it. Raises DamagedFileError."""
        return b"".join(self.read(content_hash))

    def _path(self, content_hash: bytes) -> Path:
        assert len(content_hash) == HASH_BYTES, "files are named by SHA-256"
        name = content_hash.hex()
        return self._directory / name[:2] / name


def _write(path: Path, chunks: Iterable[bytes], *, bytes_max: int) -> StoredFile:
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > bytes_max:
                raise TooLargeError(f"more than {bytes_max} bytes")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return StoredFile(content_hash=digest.digest(), size_bytes=size)


def _make_directory(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
