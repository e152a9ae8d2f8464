"""The commands of whoever keeps an installation: what is unsafe keeps the product from starting; keys change without harm."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairlot import config
from fairlot.application.telling.webhooks import SEALED_FOR
from fairlot.store.sealed import SealError, seal, unseal
from fairlot.store.secret_keys import secret_keys
from fairlot.store.server import embedded
from tests.support.command_line import CommandLine, point_at
from tests.support.postgres import Database, fresh_database


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a sound database, outside a demonstration."""
    point_at(database, tmp_path, monkeypatch, demo=False)
    return CommandLine()


@pytest.fixture
def empty_database(postgres_server: embedded.Server) -> Iterator[Database]:
    with fresh_database(postgres_server, template="template0") as fresh:
        yield fresh


def let(environment: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        environment.setenv(name, value)
    config.settings.cache_clear()


class TestCheck:
    def test_a_sound_installation_passes(self, fairlot: CommandLine) -> None:
        assert fairlot.answer("check")["errors"] == 0

    def test_every_error_is_listed_with_its_mend(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let(monkeypatch, FAIRLOT_DEBUG="1", FAIRLOT_BASE_URL="http://trade.example")
        checked = fairlot.run("check")
        assert checked.exit_code == 1
        for name in ("debug-in-public", "base-url-plain", "base-url-refused", "key-generated"):
            assert f"error {name}: " in checked.output
        assert checked.output.count("mend: ") >= 4

    @pytest.mark.parametrize("command", [("serve",), ("worker", "--once")])
    def test_nothing_starts_with_an_error(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        let(monkeypatch, FAIRLOT_DEBUG="1", FAIRLOT_BASE_URL="https://trade.example")
        said = fairlot.misused(*command)
        assert "Not safe to start" in said
        assert "unset FAIRLOT_DEBUG" in said

    def test_a_worker_starts_without_one(self, fairlot: CommandLine) -> None:
        assert "What was due is settled" in fairlot.done("worker", "--once")
        assert fairlot.answer("worker", "--once") == {"done": True}


class TestUpgrade:
    def test_an_empty_database_is_planned_made_and_then_current(
        self, fairlot: CommandLine, empty_database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let(monkeypatch, FAIRLOT_DATA_DIR=str(config.settings().data_dir))
        point_at(empty_database, config.settings().data_dir, monkeypatch, demo=False)
        planned = fairlot.answer("upgrade", "--plan")
        assert planned["is_new"]
        assert fairlot.run("worker", "--once").exit_code != 0
        assert fairlot.answer("upgrade")["pending"] == planned["pending"]
        assert fairlot.answer("upgrade", "--plan")["pending"] == []
        assert "same version" in fairlot.done("upgrade")
        fairlot.done("worker", "--once")

    def test_there_is_no_way_back(self, fairlot: CommandLine, database: Database) -> None:
        with database.as_owner() as owner:
            owner.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', now())"
            )
        refused = fairlot.run("upgrade")
        assert refused.exit_code == 1
        assert "store.9999_later" in refused.output
        assert "no way back" in refused.output


class TestRotateKey:
    def test_a_key_is_made_kept_beside_the_old_and_the_old_forgotten(
        self, fairlot: CommandLine
    ) -> None:
        assert fairlot.answer("rotate-key") == {"keys_believed": 2}
        kept = (config.settings().secrets_dir / "secret-key").read_text().split()
        assert len(kept) == 2
        assert kept[0] not in fairlot.done("rotate-key", "--forget")
        assert (config.settings().secrets_dir / "secret-key").read_text().split() == kept[:1]

    def test_what_a_key_sealed_is_sealed_anew_before_it_is_forgotten(
        self, fairlot: CommandLine, database: Database
    ) -> None:
        secret = secrets.token_bytes(32)
        sealed = seal(secret, keys=secret_keys(config.settings()), purpose=SEALED_FOR)
        with database.as_application() as application:
            application.execute(
                "INSERT INTO webhook_endpoint (endpoint_id, company_id, url, event_types, secret,"
                " created_at, created_by) VALUES ('whe_1', 'com_1', 'https://x.example/', '{}', %s,"
                " now(), 'per_1')",
                [sealed],
            )
        fairlot.done("rotate-key")
        fairlot.done("rotate-key", "--forget")
        with database.as_application() as application:
            row = application.execute("SELECT secret FROM webhook_endpoint").fetchone()
        assert row is not None
        keys = secret_keys(config.settings())
        assert len(keys) == 1
        assert unseal(bytes(row[0]), keys=keys, purpose=SEALED_FOR) == secret
        with pytest.raises(SealError):
            unseal(sealed, keys=keys, purpose=SEALED_FOR)

    def test_a_key_of_the_environment_is_left_to_the_operator(
        self, fairlot: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let(monkeypatch, FAIRLOT_SECRET_KEY="k" * 50)
        assert "FAIRLOT_SECRET_KEY_FILE" in fairlot.misused("rotate-key")
