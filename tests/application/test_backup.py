"""C8 in small: what a backup holds comes back whole, walls included, and a damaged one is never let in."""

from __future__ import annotations

import datetime as dt
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fairlot.store.connection import APPLICATION_ROLE
from fairlot.store.keeping import backup as backups
from fairlot.store.keeping.backup import (
    BackupError,
    backup,
    check,
    client_binaries,
    missing_secrets,
    read_inventory,
    restore,
)
from fairlot.store.keeping.moment import Role, ensure_roles, held_moment
from fairlot.store.server.embedded import EmbeddedServer, Server
from tests.support.postgres import Database, fresh_database

NOW = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
FLIPS = 100

SCHEMA = f"""
CREATE TABLE entry (order_id int, amount_minor bigint CHECK (amount_minor <> 0), note text);
ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON entry TO {APPLICATION_ROLE} USING (order_id = current_setting('app.order_id')::int);
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'posted rows stay'; END $$;
CREATE TRIGGER stay BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION never();
GRANT SELECT ON entry TO {APPLICATION_ROLE};
INSERT INTO entry VALUES (1, 500, 'plain'), (2, -500, '货款');
"""


@pytest.fixture
def source(postgres_server: Server) -> Iterator[Database]:
    """A database with rows behind every kind of wall."""
    with fresh_database(postgres_server, template="template0") as database:
        with database.as_owner() as owner:
            owner.execute(SCHEMA)
        yield database


@pytest.fixture
def target(postgres_server: Server) -> Iterator[Database]:
    """An empty database."""
    with fresh_database(postgres_server, template="template0") as database:
        yield database


@pytest.fixture
def files_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "files"
    (directory / "ab").mkdir(parents=True)
    (directory / "ab" / "abcdef").write_bytes(b"\x00evidence\xff" * 1000)
    (directory / "ab" / "leer").write_bytes(b"")
    return directory


@pytest.fixture
def archive(tmp_path: Path, source: Database, files_dir: Path) -> Path:
    path = tmp_path / "fairlot.backup"
    backup(path, owner_dsn=source.owner_dsn, files_dir=files_dir, made_at=NOW)
    return path


def contents(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


class TestRestore:
    def test_rows_walls_and_files_come_back(
        self, archive: Path, target: Database, files_dir: Path, tmp_path: Path
    ) -> None:
        manifest = restore(archive, owner_dsn=target.owner_dsn, files_dir=tmp_path / "restored")
        assert (manifest.made_at, manifest.files, manifest.files_bytes) == (NOW, 2, 10_000)
        assert contents(tmp_path / "restored") == contents(files_dir)
        with target.as_owner() as owner:
            rows = owner.execute("SELECT * FROM entry ORDER BY order_id").fetchall()
            assert rows == [(1, 500, "plain"), (2, -500, "货款")]
            with pytest.raises(psycopg.errors.RaiseException, match="posted rows stay"):
                owner.execute("UPDATE entry SET amount_minor = 1")
        with target.as_application() as application:
            application.execute("SET app.order_id = 2")
            assert application.execute("SELECT amount_minor FROM entry").fetchall() == [(-500,)]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("DELETE FROM entry")

    def test_into_a_filled_database_is_refused(self, archive: Path, source: Database) -> None:
        files_dir = archive.parent / "restored"
        with pytest.raises(BackupError, match="restore into an empty one"):
            restore(archive, owner_dsn=source.owner_dsn, files_dir=files_dir)
        assert not files_dir.exists()

    def test_into_a_directory_with_files_of_somebody_else_is_refused(
        self, archive: Path, target: Database, tmp_path: Path
    ) -> None:
        restored = tmp_path / "restored"
        (restored / "cd").mkdir(parents=True)
        (restored / "cd" / "theirs").write_bytes(b"not ours")
        with pytest.raises(BackupError, match="1 files that the backup does not know"):
            restore(archive, owner_dsn=target.owner_dsn, files_dir=restored)
        assert contents(restored) == {"cd/theirs": b"not ours"}

    def test_roles_that_rights_name_are_made_where_they_are_missing(
        self, archive: Path, target: Database
    ) -> None:
        roles = (
            Role(name="fairlot_test_narrow", members=()),
            Role(name="fairlot_test_wide", members=("fairlot_test_narrow",)),
        )
        with target.as_owner() as owner:
            try:
                ensure_roles(owner, roles)
                ensure_roles(owner, roles)
                with held_moment(target.owner_dsn) as held:
                    assert set(roles) <= set(held.roles())
            finally:
                owner.execute("DROP ROLE IF EXISTS fairlot_test_narrow, fairlot_test_wide")

    def test_run_again_after_being_killed_between_files_and_rows(
        self, archive: Path, target: Database, tmp_path: Path, files_dir: Path
    ) -> None:
        restored = tmp_path / "restored"
        (restored / "ab").mkdir(parents=True)
        (restored / "ab" / "abcdef").write_bytes((files_dir / "ab" / "abcdef").read_bytes())
        (restored / "ab" / ".restoring-0123456789abcdef").write_bytes(b"half of")
        restore(archive, owner_dsn=target.owner_dsn, files_dir=restored)
        assert contents(restored) == contents(files_dir)

    def test_over_a_file_with_other_content_is_refused(
        self, archive: Path, target: Database, tmp_path: Path
    ) -> None:
        restored = tmp_path / "restored"
        (restored / "ab").mkdir(parents=True)
        (restored / "ab" / "abcdef").write_bytes(b"something else")
        with pytest.raises(BackupError, match="other content"):
            restore(archive, owner_dsn=target.owner_dsn, files_dir=restored)
        assert contents(restored) == {"ab/abcdef": b"something else"}

    def test_a_dump_that_fails_halfway_leaves_the_database_empty(
        self, archive: Path, target: Database, tmp_path: Path
    ) -> None:
        with target.as_owner() as owner:
            owner.execute("CREATE FUNCTION never() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        with pytest.raises(BackupError, match="pg_restore failed"):
            restore(archive, owner_dsn=target.owner_dsn, files_dir=tmp_path / "restored")
        with target.as_owner() as owner:
            assert owner.execute("SELECT to_regclass('entry')").fetchone() == (None,)


class TestDamage:
    def test_c8_every_flipped_bit_is_refused(
        self, archive: Path, target: Database, tmp_path: Path
    ) -> None:
        sound = archive.read_bytes()
        chance = random.Random(8)
        # The first and last bytes, and as many between as the guarantee asks for.
        places = [0, len(sound) - 1, *(chance.randrange(len(sound)) for _ in range(FLIPS))]
        damaged = tmp_path / "damaged"
        for place in places:
            content = bytearray(sound)
            content[place] ^= 1 << chance.randrange(8)
            damaged.write_bytes(content)
            with pytest.raises(BackupError, match="damaged or cut short"):
                restore(damaged, owner_dsn=target.owner_dsn, files_dir=tmp_path / "restored")
        assert not (tmp_path / "restored").exists()
        assert check(archive).files == 2

    def test_c8_every_cut_is_refused(self, archive: Path, tmp_path: Path) -> None:
        sound = archive.read_bytes()
        damaged = tmp_path / "damaged"
        for length in (0, 1, 64, 512, len(sound) // 2, len(sound) - 1):
            damaged.write_bytes(sound[:length])
            with pytest.raises(BackupError):
                check(damaged)

    def test_a_whole_archive_that_leads_out_of_its_directory_is_refused(
        self, archive: Path, target: Database, tmp_path: Path
    ) -> None:
        evil = tmp_path / "evil"
        payload = tmp_path / "payload"
        payload.write_text("out")
        parts = tmp_path / "parts"
        parts.mkdir()
        with tarfile.open(archive) as whole:
            for name in ("manifest.json", "inventory.json", "database.dump"):
                content = whole.extractfile(name)
                assert content is not None
                (parts / name).write_bytes(content.read())
        members = [
            (parts / name, name) for name in ("manifest.json", "inventory.json", "database.dump")
        ]
        backups._write_archive(evil, [*members, (payload, "files/../../outside")])
        with pytest.raises(BackupError, match="has no place"):
            restore(evil, owner_dsn=target.owner_dsn, files_dir=tmp_path / "restored")
        assert not (tmp_path / "outside").exists()

    def test_another_format_is_named(self, tmp_path: Path) -> None:
        manifest = tmp_path / "manifest.json"
        manifest.write_text(
            '{"format": 3, "fairlot_version": "9.0", "made_at": "2030-01-01T00:00:00Z",'
            ' "postgres_version": "20.1", "files": 0, "files_bytes": 0}'
        )
        backups._write_archive(tmp_path / "later", [(manifest, "manifest.json")])
        with pytest.raises(BackupError, match=r"format 3, made by Fairlot 9\.0"):
            check(tmp_path / "later")


class TestBackup:
    def test_files_that_are_just_coming_in_are_left_out(
        self, tmp_path: Path, source: Database, files_dir: Path, target: Database
    ) -> None:
        (files_dir / "unfinished").mkdir()
        (files_dir / "unfinished" / "half").write_bytes(b"half")
        backup(tmp_path / "b", owner_dsn=source.owner_dsn, files_dir=files_dir, made_at=NOW)
        restore(tmp_path / "b", owner_dsn=target.owner_dsn, files_dir=tmp_path / "restored")
        assert set(contents(tmp_path / "restored")) == {"ab/abcdef", "ab/leer"}

    def test_secrets_are_known_by_their_hashes_alone(
        self, tmp_path: Path, source: Database, files_dir: Path
    ) -> None:
        own = tmp_path / "secrets"
        own.mkdir()
        (own / "secret-key").write_text("a-very-secret-key")
        (own / "of-somebody").mkdir()
        archive = tmp_path / "b"
        backup(
            archive,
            owner_dsn=source.owner_dsn,
            files_dir=files_dir,
            secrets_dir=own,
            made_at=NOW,
        )
        assert b"a-very-secret-key" not in archive.read_bytes()
        inventory = read_inventory(archive)
        assert missing_secrets(inventory, own) == []
        assert missing_secrets(inventory, tmp_path / "elsewhere") == ["secret-key"]

    def test_never_replaces_another(self, archive: Path, source: Database, files_dir: Path) -> None:
        before = archive.read_bytes()
        with pytest.raises(BackupError, match="exists already"):
            backup(archive, owner_dsn=source.owner_dsn, files_dir=files_dir, made_at=NOW)
        assert archive.read_bytes() == before

    def test_one_that_fails_leaves_nothing(
        self, tmp_path: Path, source: Database, files_dir: Path
    ) -> None:
        # The application's role may not read past row security, so pg_dump refuses.
        with pytest.raises(BackupError, match="pg_dump failed"):
            backup(tmp_path / "b", owner_dsn=source.app_dsn, files_dir=files_dir, made_at=NOW)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["files"]

    def test_is_readable_by_its_owner_alone(self, archive: Path) -> None:
        assert archive.stat().st_mode & 0o777 == 0o600

    def test_programs_fit_the_server(self, postgres_server: Server) -> None:
        assert isinstance(postgres_server, EmbeddedServer)
        with psycopg.connect(postgres_server.owner_dsn) as owner:
            major = owner.info.server_version // 10_000
        assert backups._major(client_binaries(None, server_major=major)) == major
        with pytest.raises(BackupError, match="No pg_dump of PostgreSQL 99"):
            client_binaries(None, server_major=99)
