"""The commands that run and keep the product, on a real database: migrate, worker, verify, backup, restore, policy, serve."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairlot import config
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.store.server import embedded
from tests.support.command_line import CommandLine, point_at
from tests.support.policies import text_of
from tests.support.postgres import Database, fresh_database
from tests.support.stored_trades import StoredTrade
from tests.support.trades import TERMS


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a database with one order in production."""
    trade = StoredTrade(database, "ord_1", terms=TERMS)
    trade.in_production()
    trade.close()
    point_at(database, tmp_path, monkeypatch, demo=True)
    return CommandLine()


@pytest.fixture
def empty_database(postgres_server: embedded.Server) -> Iterator[Database]:
    """A database without a single table."""
    with fresh_database(postgres_server, template="template0") as fresh:
        yield fresh


class TestMigrate:
    def test_a_database_without_tables_is_named_and_migrated(
        self, empty_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        point_at(empty_database, tmp_path, monkeypatch, demo=True)
        fairlot = CommandLine()
        assert "run `fairlot upgrade`" in fairlot.run("order", "list").output
        assert fairlot.answer("migrate") == {"migrated": True}
        assert fairlot.answer("migrate") == {"migrated": True}
        assert fairlot.answer("order", "list") == []

    def test_a_setting_that_cannot_be_used_is_named(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAIRLOT_PORT", "x")
        config.settings.cache_clear()
        assert "Error: FAIRLOT_PORT: must be a number" in fairlot.misused("migrate")


class TestVerify:
    def test_a_sound_record_is_said_to_be_one(self, fairlot: CommandLine) -> None:
        report = fairlot.answer("verify")
        assert (report["aggregates"], report["fault_count"]) == (1, 0)

    def test_a_changed_projection_is_found(self, fairlot: CommandLine, database: Database) -> None:
        with database.as_owner() as owner:
            owner.execute("UPDATE order_head SET status = 'closed'")
        found = fairlot.run("verify")
        assert found.exit_code == 1
        assert "ord_1" in found.output
        assert found.output.splitlines()[-1] == "1 fault."


class TestBackup:
    def test_what_is_restored_is_what_was_there(
        self,
        fairlot: CommandLine,
        empty_database: Database,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        archive = tmp_path / "fairlot.backup"
        before = fairlot.answer("verify")
        fairlot.done("backup", str(archive))
        assert "exists already" in fairlot.run("backup", str(archive)).output
        point_at(empty_database, tmp_path / "restored", monkeypatch, demo=True)
        fairlot.done("restore", str(archive))
        assert fairlot.answer("verify")["root"] == before["root"]

    def test_a_restore_that_cannot_begin_says_why(
        self, fairlot: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive = tmp_path / "fairlot.backup"
        fairlot.done("backup", str(archive))
        filled = fairlot.run("restore", str(archive))
        assert filled.exit_code == 1
        assert "restore into an empty one" in filled.output
        monkeypatch.setenv("FAIRLOT_OWNER_DATABASE_URL", "postgresql://127.0.0.1:1/none")
        monkeypatch.setattr(embedded, "_process_lease", None)
        config.settings.cache_clear()
        assert fairlot.run("restore", str(archive)).exit_code == 3
        monkeypatch.setenv("FAIRLOT_OWNER_DATABASE_URL", "mysql://127.0.0.1/none")
        config.settings.cache_clear()
        assert "FAIRLOT_OWNER_DATABASE_URL: " in fairlot.misused("restore", str(archive))

    def test_of_nothing_is_none(
        self, empty_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Settings that name another place than was meant leave nobody with an archive of nothing."""
        point_at(empty_database, tmp_path, monkeypatch, demo=True)
        archive = tmp_path / "fairlot.backup"
        said = CommandLine().run("backup", str(archive))
        assert said.exit_code == 1
        assert "nothing to back up" in said.output
        assert not archive.exists()
        config.settings.cache_clear()

    def test_a_damaged_archive_is_refused(self, fairlot: CommandLine, tmp_path: Path) -> None:
        archive = tmp_path / "fairlot.backup"
        fairlot.done("backup", str(archive))
        content = bytearray(archive.read_bytes())
        content[len(content) // 2] ^= 1
        archive.write_bytes(content)
        damaged = fairlot.run("restore", str(archive))
        assert damaged.exit_code == 1
        assert "damaged" in damaged.output


class TestPolicy:
    def test_editions_are_listed_and_shown(self, fairlot: CommandLine) -> None:
        listed = {row["edition"]: row["policy_id"] for row in fairlot.answer("policy", "list")}
        assert listed == {name: policy_id(policy) for name, policy in shipped_policies().items()}
        shown = fairlot.answer("policy", "show", "guarantee-2017")
        assert shown["clocks"]["supplier_answer_hours"] == 72
        assert "gratis-1999" in fairlot.misused("policy", "show", "gratis-1999")

    def test_a_file_is_checked_and_its_faults_are_named(
        self, fairlot: CommandLine, tmp_path: Path
    ) -> None:
        path = tmp_path / "mine.toml"
        text = text_of("escrow-2026")
        path.write_text(text, encoding="utf-8")
        assert fairlot.answer("policy", "check", str(path))["valid"] is True
        path.write_text(text.replace("supplier_answer_hours", "answer_hours"), encoding="utf-8")
        wrong = fairlot.run("policy", "check", str(path))
        assert wrong.exit_code == 1
        assert "answer_hours" in wrong.output
        told = json.loads(fairlot.run("policy", "check", str(path), "--json").output)
        assert not told["valid"]
        assert "clocks.answer_hours" in {fault["key"] for fault in told["faults"]}
        path.write_bytes(b"\xff\xfe")
        assert f"{path}: not UTF-8 text" in fairlot.misused("policy", "check", str(path))

    def test_an_operators_own_edition_is_at_hand(
        self, fairlot: CommandLine, tmp_path: Path
    ) -> None:
        folder = tmp_path / "policies"
        folder.mkdir()
        own = text_of("escrow-2026").replace('edition = "escrow-2026"', 'edition = "own-2027"')
        (folder / "own-2027.toml").write_text(own, encoding="utf-8")
        assert "own-2027" in {row["edition"] for row in fairlot.answer("policy", "list")}

    @pytest.mark.parametrize("words", [("policy", "list"), ("order", "list")])
    def test_an_own_edition_that_is_none_is_named(
        self, fairlot: CommandLine, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        folder = tmp_path / "policies"
        folder.mkdir()
        (folder / "own-2027.toml").write_bytes(b"\xff\xfe")
        assert "own-2027.toml: the file: is not UTF-8 text" in fairlot.misused(*words)
        (folder / "own-2027.toml").write_text("edition = ", encoding="utf-8")
        assert "own-2027.toml: the file: " in fairlot.misused(*words)


class TestServe:
    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("127.0.0.1", True),
            ("127.8.8.8", True),
            ("::1", True),
            ("[::1]", True),
            ("localhost", True),
            ("0.0.0.0", False),
            ("::", False),
            ("192.168.1.4", False),
            ("trade.example", False),
        ],
    )
    def test_what_only_this_machine_reaches(self, host: str, *, expected: bool) -> None:
        assert config.is_this_machine(host) is expected


class TestFailuresAsJson:
    """A program that asks for JSON reads JSON, whatever goes wrong, beside the same exit code."""

    def failed(self, fairlot: CommandLine, *words: str) -> tuple[int, str, str]:
        result = fairlot.run(*words, "--json")
        answer = json.loads(result.output)
        return result.exit_code, answer["error"], answer["sentence"]

    def test_what_was_not_understood(self, fairlot: CommandLine) -> None:
        code, error, sentence = self.failed(fairlot, "clock", "--days", "x")
        assert (code, error) == (2, "misused")
        assert "--days" in sentence
        assert self.failed(fairlot, "clokc")[:2] == (2, "misused")
        assert self.failed(fairlot, "restore", "not-there")[:2] == (2, "misused")

    def test_what_could_not_be_done(self, fairlot: CommandLine, tmp_path: Path) -> None:
        archive = str(tmp_path / "fairlot.backup")
        fairlot.answer("backup", archive)
        code, error, sentence = self.failed(fairlot, "backup", archive)
        assert (code, error) == (1, "failed")
        assert "exists already" in sentence
        code, error, sentence = self.failed(fairlot, "restore", archive)
        assert (code, error) == (1, "failed")
        assert "restore into an empty one" in sentence

    def test_what_may_be_asked_again(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/none")
        monkeypatch.setenv("FAIRLOT_OWNER_DATABASE_URL", "postgresql://127.0.0.1:1/none")
        monkeypatch.setattr(embedded, "_process_lease", None)
        config.settings.cache_clear()
        code, error, sentence = self.failed(fairlot, "clock")
        assert (code, error) == (3, "unavailable")
        assert sentence.startswith("The database could not be asked: connection failed")
        assert sentence.endswith(" then give the same command again.")
        assert "\n" not in sentence
        act = ("order", "act", "ord_1", "ConfirmReceipt", "--as", "buyer:com_buyer")
        asked = self.failed(fairlot, *act)[2]
        assert re.search(r"again with --command-id cmd_[0-9a-f]{24}: it takes effect once", asked)
        assert "--command-id mine:" in self.failed(fairlot, *act, "--command-id", "mine")[2]

    @pytest.mark.parametrize(
        "words", [("policy", "list"), ("rotate-key",), ("verify",), ("check",), ("serve",)]
    )
    def test_a_setting_that_cannot_be_used(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("FAIRLOT_PRT", "1")
        config.settings.cache_clear()
        code, error, sentence = self.failed(fairlot, *words)
        assert (code, error) == (2, "misused")
        assert sentence.startswith("FAIRLOT_PRT: is not a variable that Fairlot reads")
        monkeypatch.delenv("FAIRLOT_PRT")
        config.settings.cache_clear()

    @pytest.mark.parametrize("words", [("rotate-key",), ("upgrade", "--plan"), ("verify",)])
    def test_a_directory_that_cannot_be_written(
        self,
        fairlot: CommandLine,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
    ) -> None:
        (tmp_path / "file").write_bytes(b"")
        monkeypatch.delenv("DATABASE_URL")
        monkeypatch.delenv("FAIRLOT_OWNER_DATABASE_URL")
        monkeypatch.setenv("FAIRLOT_DATA_DIR", str(tmp_path / "file" / "data"))
        monkeypatch.setattr(embedded, "_process_lease", None)
        config.settings.cache_clear()
        code, error, sentence = self.failed(fairlot, *words)
        assert (code, error) == (3, "unavailable")
        assert sentence.startswith("Cannot make the directory ")
        config.settings.cache_clear()

    def test_without_it_a_failure_is_a_sentence(self, fairlot: CommandLine) -> None:
        assert "Error: " in fairlot.misused("clock", "--days", "x")


class TestHelp:
    def test_every_command_can_be_loaded_and_explains_itself(self, fairlot: CommandLine) -> None:
        listed = fairlot.done("--help")
        for name in ("serve", "worker", "migrate", "demo", "verify", "backup", "restore"):
            assert name in listed
            assert fairlot.done(name, "--help")
        for name in ("order", "policy", "clock", "bank"):
            assert name in listed
            assert fairlot.done(name, "--help")
