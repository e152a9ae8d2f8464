"""Settings: every variable read, every mistake named by its variable, no secret in a message."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fairlot.config import LOCAL_HOSTS, VARIABLES, ConfigError, Settings, load
from fairlot.store.secret_keys import generated_secret_key

HERE = Path("/srv/fairlot")


def read(**environ: str) -> Settings:
    return load(environ, working_dir=HERE)


class TestDefaults:
    def test_nothing_set_is_an_embedded_server_for_this_machine_alone(self) -> None:
        settings = read()
        assert settings.is_embedded
        assert settings.data_dir == HERE / "var"
        assert settings.files_dir == HERE / "var" / "files"
        assert settings.allowed_hosts == LOCAL_HOSTS
        assert (settings.host, settings.port) == ("127.0.0.1", 8000)
        assert settings.base_url == "http://127.0.0.1:8000"
        assert not settings.demo
        assert not settings.debug

    def test_empty_is_unset(self) -> None:
        assert load(dict.fromkeys(VARIABLES, ""), working_dir=HERE) == read()

    def test_settings_do_not_change(self) -> None:
        with pytest.raises(AttributeError):
            read().demo = True  # type: ignore[misc]  # (that is the point)


class TestValues:
    def test_every_variable_changes_something(self, tmp_path: Path) -> None:
        (tmp_path / "postgres").touch()
        (tmp_path / "key").write_text("k" * 50)
        url = "postgresql://me@db.example/trade"
        values = {
            "DATABASE_URL": url,
            "FAIRLOT_DATA_DIR": "data",
            "FAIRLOT_POSTGRES_BIN": str(tmp_path),
            "FAIRLOT_DEMO": "1",
            "FAIRLOT_DEBUG": "yes",
            "FAIRLOT_ACCEPT_EMBEDDED": "1",
            "FAIRLOT_SECRET_KEY": "k" * 50,
            "FAIRLOT_SECRET_KEY_FILE": str(tmp_path / "key"),
            "FAIRLOT_METRICS_TOKEN_FILE": str(tmp_path / "key"),
            "FAIRLOT_SANCTIONS_LIST": str(tmp_path / "key"),
            "FAIRLOT_ALLOWED_HOSTS": "trade.example, www.trade.example",
            "FAIRLOT_BASE_URL": "https://trade.example/",
            "FAIRLOT_HOST": "::1",
            "FAIRLOT_PORT": "9000",
        }
        for name, value in values.items():
            assert load({name: value}, working_dir=HERE) != read(), name
        owner = {"DATABASE_URL": url, "FAIRLOT_OWNER_DATABASE_URL": url}
        assert load(owner, working_dir=HERE).owner_database_url == url
        mail = {
            "FAIRLOT_SMTP_URL": "smtp://me:p%40ss@mail.example",
            "FAIRLOT_MAIL_FROM": "Fairlot <trade@example.com>",
        }
        assert load(mail, working_dir=HERE).mail_server is not None
        assert {*values, *owner, *mail} == set(VARIABLES)

    def test_paths_are_absolute_and_know_the_home_directory(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", "/srv/somebody")
        assert read(FAIRLOT_DATA_DIR="data").data_dir == HERE / "data"
        assert read(FAIRLOT_DATA_DIR="~/data").data_dir == Path("/srv/somebody/data")
        assert read(FAIRLOT_DATA_DIR="/srv/data").data_dir == Path("/srv/data")

    def test_the_base_url_follows_host_and_port(self) -> None:
        assert read(FAIRLOT_HOST="::1", FAIRLOT_PORT="81").base_url == "http://[::1]:81"

    @pytest.mark.parametrize("word", ["1", "true", "YES", "on"])
    def test_flags_that_are_on(self, word: str) -> None:
        assert read(FAIRLOT_DEMO=word).demo

    @pytest.mark.parametrize("word", ["0", "false", "No", "off"])
    def test_flags_that_are_off(self, word: str) -> None:
        assert not read(FAIRLOT_DEMO=word).demo


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("DATABASE_URL", "mysql://me:hunter2@db/trade"),
            ("DATABASE_URL", "postgresql://me:hunter2@db"),
            ("DATABASE_URL", "postgresql://me:hunter2@[db/trade"),
            ("FAIRLOT_OWNER_DATABASE_URL", "postgresql://me:hunter2@db/trade"),
            ("FAIRLOT_DATA_DIR", "two\nlines"),
            ("FAIRLOT_POSTGRES_BIN", "/srv/nothing-here"),
            ("FAIRLOT_DEMO", "maybe"),
            ("FAIRLOT_DEBUG", "2"),
            ("FAIRLOT_SECRET_KEY", "hunter2"),
            ("FAIRLOT_ALLOWED_HOSTS", "https://trade.example"),
            ("FAIRLOT_ALLOWED_HOSTS", "*"),
            ("FAIRLOT_BASE_URL", "trade.example"),
            ("FAIRLOT_BASE_URL", "https://trade.example/?x=1"),
            ("FAIRLOT_PORT", "0"),
            ("FAIRLOT_PORT", "65536"),
            ("FAIRLOT_PORT", "８０"),
            ("FAIRLOT_PORT", "http"),
        ],
    )
    def test_are_named_by_their_variable_without_secrets(self, name: str, value: str) -> None:
        with pytest.raises(ConfigError) as mistake:
            load({name: value}, working_dir=HERE)
        assert mistake.value.variable == name
        assert str(mistake.value).startswith(f"{name}: ")
        assert "hunter2" not in str(mistake.value)

    def test_a_file_of_keys_is_read_at_once_and_named_alone(self, tmp_path: Path) -> None:
        keys = tmp_path / "keys"
        for content in ("", "k" * 50 + "\nhunter2"):
            keys.write_text(content)
            with pytest.raises(ConfigError, match="one a line"):
                read(FAIRLOT_SECRET_KEY_FILE=str(keys))
        keys.write_text("k" * 50 + "\n" + "j" * 50)
        assert read(FAIRLOT_SECRET_KEY_FILE=str(keys)).secret_key_file == keys
        with pytest.raises(ConfigError, match="no use beside FAIRLOT_SECRET_KEY"):
            read(FAIRLOT_SECRET_KEY_FILE=str(keys), FAIRLOT_SECRET_KEY="k" * 50)
        with pytest.raises(ConfigError, match="no file that this user may read"):
            read(FAIRLOT_METRICS_TOKEN_FILE=str(tmp_path / "missing"))

    def test_a_misspelt_name_is_not_passed_over(self) -> None:
        with pytest.raises(ConfigError, match="did you mean FAIRLOT_DATA_DIR"):
            read(FAIRLOT_DATADIR="/srv/data")
        with pytest.raises(ConfigError, match="known are DATABASE_URL"):
            read(FAIRLOT_QQQQQQQQQQ="1")
        assert read(FAIRLOT_TEST_ANYTHING="1", PATH="/bin") == read()


def test_the_documentation_lists_every_variable() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if line.startswith(("| `DATABASE", "| `FAIRLOT"))]
    assert table == [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES.items()]


def test_a_generated_secret_key_is_long_private_and_kept(tmp_path: Path) -> None:
    key = generated_secret_key(tmp_path / "var" / "secrets")
    assert len(key) >= 50
    assert generated_secret_key(tmp_path / "var" / "secrets") == key
    (kept,) = (tmp_path / "var" / "secrets").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_settings_can_be_compared_and_copied() -> None:
    assert msgspec.structs.replace(read(), demo=True) == read(FAIRLOT_DEMO="1")
