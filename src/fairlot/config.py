"""Settings: one frozen value read once from the environment; every error names the variable that caused it."""

from __future__ import annotations

import difflib
import functools
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from fairlot.smtp_settings import MailServer, read_mail_server, read_sender

PREFIX = "FAIRLOT_"
TEST_PREFIX = "FAIRLOT_TEST_"
"""Variables for the test suite alone; the product never reads them."""

TOOL_VARIABLES = frozenset({"FAIRLOT_CHROMIUM"})
"""Variables that only the repository's tools read."""

VARIABLES: dict[str, str] = {
    "DATABASE_URL": "your own PostgreSQL, as postgresql://user@host/name; unset: the embedded server",
    "FAIRLOT_OWNER_DATABASE_URL": "the same database as the role that migrates; unset: DATABASE_URL",
    "FAIRLOT_DATA_DIR": "directory of the embedded server, uploaded files and secrets; unset: ./var",
    "FAIRLOT_POSTGRES_BIN": "directory of initdb, postgres and pg_dump to use instead of the bundled ones",
    "FAIRLOT_DEMO": "1 when no real money is handled: silences the warning about the embedded server",
    "FAIRLOT_DEBUG": "1 shows error pages with source; never on a public address",
    "FAIRLOT_ACCEPT_EMBEDDED": "1 lets the embedded server serve a public address, outside a demonstration too",
    "FAIRLOT_SECRET_KEY": "signs cookies, at least 50 characters; unset: generated in the data directory",
    "FAIRLOT_SECRET_KEY_FILE": "file of such keys, one a line: the first signs, all are still believed",
    "FAIRLOT_METRICS_TOKEN_FILE": "file with the word that /metrics asks of others than this machine; unset: nobody else",
    "FAIRLOT_ALLOWED_HOSTS": "host names that pages answer to, comma separated; unset: this machine only",
    "FAIRLOT_BASE_URL": "public address for links in messages; unset: http://HOST:PORT",
    "FAIRLOT_SMTP_URL": "mail server, as smtp://user:password@host:587?tls=starttls; unset: no mails, or a demo's console",
    "FAIRLOT_MAIL_FROM": "sender of mails, as Fairlot <trade@example.com>; goes with FAIRLOT_SMTP_URL",
    "FAIRLOT_SANCTIONS_LIST": "CSV or JSON file of names that are neither enrolled nor paid; unset: nobody is checked",
    "FAIRLOT_HOST": "address that `fairlot serve` listens on; unset: 127.0.0.1",
    "FAIRLOT_PORT": "port that `fairlot serve` listens on; unset: 8000",
}
"""Every variable that Fairlot reads, with what it does; `docs/settings.md` holds the same table."""

SECRET_KEY_LENGTH_MIN = 50
PORT_MAX = 65_535
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
POSTGRES_SCHEMES = frozenset({"postgresql", "postgres"})

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})


class ConfigError(ValueError):
    """A variable cannot be used; the message opens with the variable's name and says what to put there."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that an operator can choose by environment. Paths are absolute."""

    data_dir: Path
    database_url: str | None = None
    owner_database_url: str | None = None
    postgres_bin: Path | None = None
    demo: bool = False
    debug: bool = False
    accept_embedded: bool = False
    secret_key: str | None = None
    secret_key_file: Path | None = None
    metrics_token_file: Path | None = None
    sanctions_list: Path | None = None
    allowed_hosts: tuple[str, ...] = LOCAL_HOSTS
    base_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    mail_server: MailServer | None = None

    @property
    def files_dir(self) -> Path:
        """Where content-addressed files live."""
        return self.data_dir / "files"

    @property
    def secrets_dir(self) -> Path:
        """Where generated secrets live, readable by the operator's user alone."""
        return self.data_dir / "secrets"

    @property
    def is_embedded(self) -> bool:
        """Whether Fairlot runs its own PostgreSQL server."""
        return self.database_url is None


def load(environ: Mapping[str, str], *, working_dir: Path) -> Settings:
    """Read settings from `environ`; relative paths are taken from `working_dir`. Raises ConfigError."""
    _refuse_unknown(environ)
    host = environ.get("FAIRLOT_HOST", "") or "127.0.0.1"
    port = _port(environ, "FAIRLOT_PORT", default=8000)
    database_url = _postgres_url(environ, "DATABASE_URL")
    owner_database_url = _postgres_url(environ, "FAIRLOT_OWNER_DATABASE_URL")
    if owner_database_url is not None and database_url is None:
        raise ConfigError(
            "FAIRLOT_OWNER_DATABASE_URL", "is of no use without DATABASE_URL; set both or neither"
        )
    return Settings(
        data_dir=_path(environ, "FAIRLOT_DATA_DIR", working_dir) or working_dir.absolute() / "var",
        database_url=database_url,
        owner_database_url=owner_database_url,
        postgres_bin=_postgres_bin(environ, working_dir),
        demo=_flag(environ, "FAIRLOT_DEMO"),
        debug=_flag(environ, "FAIRLOT_DEBUG"),
        accept_embedded=_flag(environ, "FAIRLOT_ACCEPT_EMBEDDED"),
        secret_key=_secret_key(environ),
        secret_key_file=_secret_key_file(environ, working_dir),
        metrics_token_file=_readable_file(environ, "FAIRLOT_METRICS_TOKEN_FILE", working_dir),
        sanctions_list=_readable_file(environ, "FAIRLOT_SANCTIONS_LIST", working_dir),
        allowed_hosts=_hosts(environ),
        base_url=_base_url(environ, default=f"http://{_in_url(host)}:{port}"),
        host=host,
        port=port,
        mail_server=_mail_server(environ),
    )


@functools.cache
def settings() -> Settings:
    """Return this process's settings, read from its environment the first time that anything asks."""
    return load(os.environ, working_dir=Path.cwd())


def is_this_machine(host: str) -> bool:
    """Say whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    # A misspelt name would otherwise leave a default in force without a word.
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX):
            continue
        if name in VARIABLES or name in TOOL_VARIABLES:
            continue
        close = difflib.get_close_matches(name, VARIABLES, n=1)
        hint = f"; did you mean {close[0]}?" if close else f"; known are {', '.join(VARIABLES)}"
        raise ConfigError(name, f"is not a variable that Fairlot reads{hint}")


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ConfigError(name, f"must be 1 or 0, not {value!r}")


def _port(environ: Mapping[str, str], name: str, *, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= PORT_MAX:
        raise ConfigError(name, f"must be a number from 1 to {PORT_MAX}, not {text!r}")
    return int(text)


def _path(environ: Mapping[str, str], name: str, working_dir: Path) -> Path | None:
    text = environ.get(name, "")
    if not text:
        return None
    if "\x00" in text or "\n" in text:
        raise ConfigError(name, "must be one path without line breaks")
    return (working_dir / Path(text).expanduser()).absolute()


def _postgres_bin(environ: Mapping[str, str], working_dir: Path) -> Path | None:
    path = _path(environ, "FAIRLOT_POSTGRES_BIN", working_dir)
    if path is not None and not (path / "postgres").is_file():
        raise ConfigError(
            "FAIRLOT_POSTGRES_BIN",
            f"{path} holds no program `postgres`; name the directory that does, "
            "such as /usr/lib/postgresql/18/bin",
        )
    return path


def _postgres_url(environ: Mapping[str, str], name: str) -> str | None:
    url = environ.get(name, "").strip()
    if not url:
        return None
    # The message never repeats the value: it may hold a password.
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ConfigError(name, "is not a valid address") from None
    if parts.scheme not in POSTGRES_SCHEMES:
        raise ConfigError(
            name, "must begin with postgresql://, for Fairlot runs on PostgreSQL only"
        )
    if not parts.path.strip("/"):
        raise ConfigError(name, "must name a database, as in postgresql://user@host/fairlot")
    return url


def _secret_key(environ: Mapping[str, str]) -> str | None:
    key = environ.get("FAIRLOT_SECRET_KEY", "")
    if not key:
        return None
    if len(key) < SECRET_KEY_LENGTH_MIN:
        raise ConfigError(
            "FAIRLOT_SECRET_KEY",
            f"must have at least {SECRET_KEY_LENGTH_MIN} characters; it has {len(key)}",
        )
    return key


def _secret_key_file(environ: Mapping[str, str], working_dir: Path) -> Path | None:
    name = "FAIRLOT_SECRET_KEY_FILE"
    path = _readable_file(environ, name, working_dir)
    if path is None:
        return None
    if environ.get("FAIRLOT_SECRET_KEY"):
        raise ConfigError(name, "is of no use beside FAIRLOT_SECRET_KEY; set one of them")
    keys = path.read_text(encoding="ascii", errors="replace").split()
    if not keys or min(map(len, keys)) < SECRET_KEY_LENGTH_MIN:
        raise ConfigError(
            name,
            f"{path} must hold keys of at least {SECRET_KEY_LENGTH_MIN} characters, one a line",
        )
    return path


def _readable_file(environ: Mapping[str, str], name: str, working_dir: Path) -> Path | None:
    path = _path(environ, name, working_dir)
    if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
        raise ConfigError(name, f"{path} is no file that this user may read")
    return path


def _hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    names = [part.strip() for part in environ.get("FAIRLOT_ALLOWED_HOSTS", "").split(",")]
    hosts = tuple(name for name in names if name)
    for host in hosts:
        if "/" in host or "*" in host:
            raise ConfigError(
                "FAIRLOT_ALLOWED_HOSTS", f"takes plain host names without scheme or *, not {host!r}"
            )
    return hosts or LOCAL_HOSTS


def _base_url(environ: Mapping[str, str], *, default: str) -> str:
    url = environ.get("FAIRLOT_BASE_URL", "").strip().rstrip("/")
    if not url:
        return default
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(
            "FAIRLOT_BASE_URL", f"must be an address such as https://trade.example, not {url!r}"
        )
    return url


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    names = ("FAIRLOT_SMTP_URL", "FAIRLOT_MAIL_FROM")
    url, sender = (environ.get(name, "").strip() for name in names)
    if not url and not sender:
        return None
    if not url or not sender:
        raise ConfigError(names[bool(url)], f"goes with {names[not url]}; set both or neither")
    try:
        read_sender(sender)
    except ValueError as error:
        raise ConfigError(names[1], str(error)) from None
    try:
        return read_mail_server(url, sender)
    except ValueError as error:
        raise ConfigError(names[0], str(error)) from None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
