"""The `fairlot` command in this process, on a test's own database."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner, Result
from psycopg.conninfo import conninfo_to_dict

from fairlot import config
from fairlot.interfaces.cli.main import main
from fairlot.store.server import embedded
from tests.support.postgres import Database

DONE = 0
REFUSED = 1
USAGE = 2


class CommandLine:
    """Runs commands as an operator would, and reads what they print."""

    def __init__(self) -> None:
        self._runner = CliRunner()

    def run(self, *words: str) -> Result:
        """Run a command; a fault of the program itself is raised, not printed."""
        result = self._runner.invoke(main, list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def done(self, *words: str) -> str:
        """Run a command that succeeds, and return what it printed."""
        result = self.run(*words)
        assert result.exit_code == DONE, result.output
        return result.output

    def answer(self, *words: str) -> Any:
        """Run a command that succeeds with `--json`, and return its answer."""
        return json.loads(self.done(*words, "--json"))

    def refused(self, *words: str) -> dict[str, Any]:
        """Run a command that is refused, and return the refusal."""
        result = self.run(*words, "--json")
        assert result.exit_code == REFUSED, result.output
        refusal: dict[str, Any] = json.loads(result.output)
        return refusal

    def misused(self, *words: str) -> str:
        """Run a command that is not understood, and return what it says."""
        result = self.run(*words)
        assert result.exit_code == USAGE, result.output
        return result.output


def point_at(
    database: Database, data_dir: Path, environment: pytest.MonkeyPatch, *, demo: bool
) -> None:
    """Let this process's settings name a test's database, as if it had just started."""
    environment.setenv("DATABASE_URL", url_of(database.app_dsn))
    environment.setenv("FAIRLOT_OWNER_DATABASE_URL", url_of(database.owner_dsn))
    environment.setenv("FAIRLOT_DATA_DIR", str(data_dir))
    environment.setenv("FAIRLOT_DEMO", "1" if demo else "0")
    # `fairlot demo` sets it for the processes it starts; after the test it is as it was before.
    environment.setenv("FAIRLOT_PORT", str(unused_port()))
    environment.setattr(embedded, "_process_lease", None)
    config.settings.cache_clear()


def unused_port() -> int:
    """Return a port that nobody has: tests run beside each other, and one address serves one of them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def url_of(dsn: str) -> str:
    """Return a connection string as an address."""
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    name = parts.pop("dbname")
    return f"postgresql:///{quote(name)}?{urlencode(parts, quote_via=quote)}"
