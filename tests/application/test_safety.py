"""What is not safe is named with its mend and keeps the product from starting; in a demonstration it only warns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace

from fairlot.application.safety import (
    Finding,
    UnsafeSettingsError,
    database_findings,
    is_public,
    refuse_unsafe,
    settings_findings,
)
from fairlot.config import Settings
from fairlot.smtp_settings import read_mail_server
from fairlot.store.secret_keys import new_key, secret_keys
from fairlot.store.server.embedded import Server
from tests.support.postgres import Database

OWN_DATABASE = "postgresql://fairlot_app@db.example/fairlot"


@pytest.fixture
def sound(tmp_path: Path) -> Settings:
    """Settings of a public installation that nothing speaks against."""
    data_dir = tmp_path / "var"
    settings = Settings(
        data_dir=data_dir,
        database_url=OWN_DATABASE,
        base_url="https://trade.example",
        allowed_hosts=("trade.example",),
        mail_server=read_mail_server(
            "smtp://fairlot:word@mail.example:587?tls=starttls", "Fairlot <trade@trade.example>"
        ),
    )
    secret_keys(settings)
    return replace(settings, secret_key_file=settings.secrets_dir / "secret-key")


def names(found: list[Finding], *, errors_only: bool = True) -> set[str]:
    return {one.name for one in found if one.is_error or not errors_only}


def lease_on(database: Database, *, as_owner: bool = False) -> Server:
    return Server(
        owner_dsn=database.owner_dsn, app_dsn=database.owner_dsn if as_owner else database.app_dsn
    )


class TestSettings:
    def test_a_sound_installation_is_left_alone(self, sound: Settings) -> None:
        assert is_public(sound)
        assert names(settings_findings(sound)) == set()

    def test_defaults_for_this_machine_alone_are_sound(self, tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path)
        assert not is_public(settings)
        assert names(settings_findings(settings)) == set()

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"debug": True}, "debug-in-public"),
            ({"base_url": "http://trade.example"}, "base-url-plain"),
            (
                {
                    "base_url": "http://localhost:8000",
                    "allowed_hosts": ("trade.example", "localhost"),
                },
                "base-url-local",
            ),
            ({"allowed_hosts": ("www.trade.example",)}, "base-url-refused"),
            ({"mail_server": None}, "mail-missing"),
            ({"database_url": None}, "embedded-in-public"),
            ({"secret_key_file": None}, "key-generated"),
            ({"secret_key_file": None, "secret_key": "a" * 50}, "key-guessable"),
            ({"secret_key_file": None, "secret_key": f"changeme{new_key()}"}, "key-guessable"),
        ],
    )
    def test_each_fault_is_found_alone_and_only_warned_of_in_a_demonstration(
        self, sound: Settings, change: dict[str, object], expected: str
    ) -> None:
        unsafe = replace(sound, **change)
        assert names(settings_findings(unsafe)) == {expected}
        shown = settings_findings(replace(unsafe, demo=True))
        assert names(shown) == set()
        assert {expected, "demo-in-public"} <= names(shown, errors_only=False)
        assert all(one.mend for one in shown)

    def test_the_risk_of_the_embedded_server_can_be_taken_by_name(self, sound: Settings) -> None:
        taken = replace(sound, database_url=None, accept_embedded=True)
        assert names(settings_findings(taken)) == set()
        assert "embedded-in-public" in names(settings_findings(taken), errors_only=False)

    @pytest.mark.parametrize("place", ["secrets", "secrets/secret-key"])
    def test_secrets_that_others_may_read_are_found(self, sound: Settings, place: str) -> None:
        path = sound.data_dir / place
        path.chmod(path.stat().st_mode | 0o044)
        found = settings_findings(sound)
        assert names(found) == {"secrets-readable"}
        assert str(path) in found[0].mend

    def test_a_data_directory_open_to_all_is_found(self, sound: Settings) -> None:
        sound.data_dir.chmod(0o777)
        assert names(settings_findings(sound)) == {"data-dir-open"}

    def test_a_short_word_for_metrics_is_found(self, sound: Settings, tmp_path: Path) -> None:
        token = tmp_path / "token"
        token.write_text("hunter2")
        token.chmod(0o600)
        found = settings_findings(replace(sound, metrics_token_file=token))
        assert names(found) == {"metrics-token-short"}
        assert "hunter2" not in str(found)

    def test_python_without_assertions_is_found(self, tmp_path: Path) -> None:
        environment = {
            **os.environ,
            "FAIRLOT_DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://127.0.0.1:1/none",
            "FAIRLOT_DEMO": "0",
        }
        checked = subprocess.run(
            [sys.executable, "-O", "-m", "fairlot.interfaces.cli.main", "check", "--json"],
            check=False,
            capture_output=True,
            env=environment,
        )
        assert checked.returncode == 1
        found = {one["name"] for one in json.loads(checked.stdout)["findings"]}
        assert {"assertions-off", "database-unreachable"} <= found


class TestDatabase:
    def test_the_tests_own_database_is_sound(self, sound: Settings, database: Database) -> None:
        assert names(database_findings(sound, lease_on(database))) == set()
        assert refuse_unsafe(sound, lease_on(database)) == []

    def test_an_owner_in_the_applications_place_is_refused(
        self, sound: Settings, database: Database
    ) -> None:
        lease = lease_on(database, as_owner=True)
        assert names(database_findings(sound, lease)) == {"database-role"}
        with pytest.raises(UnsafeSettingsError, match=r"owns tables .mend: let DATABASE_URL"):
            refuse_unsafe(sound, lease)

    def test_nothing_starts_in_front_of_a_database_that_loses_commits(
        self, sound: Settings, database: Database
    ) -> None:
        lossy = Server(
            owner_dsn=database.owner_dsn,
            app_dsn=psycopg.conninfo.make_conninfo(
                database.app_dsn, options="-c synchronous_commit=off"
            ),
        )
        assert names(database_findings(sound, lossy)) == {"database-durability"}
        assert names(database_findings(replace(sound, demo=True), lossy)) == set()

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ("DELETE FROM django_migrations WHERE name = '0004_operating'", "schema-old"),
            ("DROP TABLE django_migrations", "schema-missing"),
            (
                "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', now())",
                "schema-newer",
            ),
        ],
    )
    def test_tables_of_another_version_are_found(
        self, sound: Settings, database: Database, statement: str, expected: str
    ) -> None:
        with database.as_owner() as owner:
            owner.execute(statement)
        assert names(database_findings(sound, lease_on(database))) == {expected}

    def test_a_database_that_does_not_answer_is_found_without_its_password(
        self, sound: Settings
    ) -> None:
        away = "postgresql://fairlot_app:hunter2@127.0.0.1:1/fairlot"
        found = database_findings(sound, Server(owner_dsn=away, app_dsn=away))
        assert names(found) == {"database-unreachable"}
        assert "hunter2" not in str(found)
