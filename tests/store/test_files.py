"""Files are whole or absent, named by what they hold, and a changed byte is found when they are read."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from fairlot.store.files import CHUNK_BYTES, DamagedFileError, FileStore, TooLargeError

SEED = 20_261_122
FLIPS = 100


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def stored_paths(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


class TestPut:
    def test_is_read_back_byte_for_byte(self, files: FileStore) -> None:
        content = random.Random(SEED).randbytes(3 * CHUNK_BYTES + 17)
        stored = files.put([content[:10], content[10:]], bytes_max=len(content))
        assert stored.content_hash == hashlib.sha256(content).digest()
        assert stored.size_bytes == len(content)
        assert files.read_whole(stored.content_hash) == content

    def test_nothing_is_a_content_too(self, files: FileStore) -> None:
        stored = files.put([], bytes_max=0)
        assert files.read_whole(stored.content_hash) == b""

    def test_same_content_is_one_file(self, files: FileStore, tmp_path: Path) -> None:
        assert files.put([b"a"], bytes_max=1) == files.put([b"a"], bytes_max=1)
        assert len(stored_paths(tmp_path)) == 1

    def test_a_directory_that_another_process_has_just_made_is_on_disk_as_well(
        self, files: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """C3: the other one has not synced it yet, and our row is committed next."""
        root = tmp_path / "files"
        (root / hashlib.sha256(b"a").hexdigest()[:2]).mkdir(parents=True)
        synced: set[int] = set()
        monkeypatch.setattr(os, "fsync", lambda descriptor: synced.add(os.fstat(descriptor).st_ino))
        files.put([b"a"], bytes_max=1)
        (path,) = stored_paths(tmp_path)
        assert {path.stat().st_ino, path.parent.stat().st_ino, root.stat().st_ino} <= synced

    def test_too_much_leaves_nothing(self, files: FileStore, tmp_path: Path) -> None:
        with pytest.raises(TooLargeError):
            files.put([b"abc", b"d"], bytes_max=3)
        assert stored_paths(tmp_path) == []

    def test_sender_that_breaks_off_leaves_nothing(self, files: FileStore, tmp_path: Path) -> None:
        def broken() -> object:
            yield b"abc"
            raise ConnectionError

        with pytest.raises(ConnectionError):
            files.put(broken(), bytes_max=10)  # type: ignore[arg-type]
        assert stored_paths(tmp_path) == []

    def test_only_the_operator_can_read(self, files: FileStore, tmp_path: Path) -> None:
        files.put([b"a"], bytes_max=1)
        (path,) = stored_paths(tmp_path)
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


class TestRead:
    def test_missing_file_is_an_alarm(self, files: FileStore) -> None:
        with pytest.raises(DamagedFileError, match="missing"):
            files.read_whole(hashlib.sha256(b"never").digest())

    def test_any_flipped_bit_is_found(self, files: FileStore, tmp_path: Path) -> None:
        chance = random.Random(SEED)
        content = chance.randbytes(4_096)
        stored = files.put([content], bytes_max=len(content))
        (path,) = stored_paths(tmp_path)
        for _ in range(FLIPS):
            flipped = bytearray(content)
            flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            with pytest.raises(DamagedFileError):
                files.read_whole(stored.content_hash)

    @pytest.mark.parametrize("keep", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1])
    def test_truncation_is_found(self, files: FileStore, tmp_path: Path, keep: int) -> None:
        content = random.Random(SEED).randbytes(CHUNK_BYTES + 2)
        stored = files.put([content], bytes_max=len(content))
        (path,) = stored_paths(tmp_path)
        path.write_bytes(content[:keep])
        with pytest.raises(DamagedFileError):
            files.read_whole(stored.content_hash)
