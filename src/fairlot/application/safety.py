"""What makes settings or a database unfit for real money: each finding with its mend, so that nothing unsafe starts in silence."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict

from fairlot.config import Settings, is_this_machine
from fairlot.store.connection import connect, database_problems
from fairlot.store.keeping.upgrade import Plan, plan
from fairlot.store.secret_keys import secret_keys
from fairlot.store.server.embedded import Server

# Fewer different characters than this were typed, not drawn.
KEY_CHARACTERS_MIN = 16
KEY_WORDS = ("changeme", "change-me", "secret", "example", "insecure", "password", "fairlot")
METRICS_TOKEN_LENGTH_MIN = 32
FREE_BYTES_MIN = 512 * 1024 * 1024
FREE_BYTES_COMFORTABLE = 5 * 1024 * 1024 * 1024


class UnsafeSettingsError(RuntimeError):
    """Something must be mended before anything is served; the message lists every finding with its mend."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it should be. An error keeps `serve` and `worker` from starting, a warning does not."""

    name: str
    is_error: bool
    what: str
    mend: str


def is_public(settings: Settings) -> bool:
    """Say whether others than this machine are meant to come, directly or through a proxy."""
    hosts = [settings.host, urlsplit(settings.base_url).hostname or "", *settings.allowed_hosts]
    return not all(is_this_machine(host) for host in hosts)


def settings_findings(settings: Settings) -> list[Finding]:
    """Return what speaks against the settings, errors first; in a demonstration all of it is a warning."""
    found = [
        *_address_findings(settings),
        *_key_findings(settings),
        *_file_findings(settings),
        *_process_findings(),
    ]
    if settings.demo:
        found = [msgspec.structs.replace(one, is_error=False) for one in found]
        if is_public(settings):
            found.append(_demo_in_public())
    return sorted(found, key=lambda one: not one.is_error)


def database_findings(settings: Settings, lease: Server) -> list[Finding]:
    """Return what speaks against the database behind a lease, errors first; durability only warns a demonstration."""
    try:
        with connect(lease.app_dsn) as application:
            found = [*_fitness_findings(application, settings), *_role_findings(lease)]
            if any(one.name == "database-role" and one.is_error for one in found):
                return found
            found += _schema_findings(application)
            found += _reach_findings(application)
    except psycopg.OperationalError as error:
        return [
            _error("database-unreachable", _first_line(error), "start it, or mend DATABASE_URL")
        ]
    return sorted(found, key=lambda one: not one.is_error)


def refuse_unsafe(settings: Settings, lease: Server) -> list[Finding]:
    """Return the warnings. Raises UnsafeSettingsError when there is an error among the findings."""
    found = [*settings_findings(settings), *database_findings(settings, lease)]
    errors = [one for one in found if one.is_error]
    if errors:
        raise UnsafeSettingsError(
            "Not safe to start: "
            + "; ".join(f"{one.what} (mend: {one.mend})" for one in errors)
            + ". `fairlot check` lists everything."
        )
    return found


def _address_findings(settings: Settings) -> Iterator[Finding]:
    host = urlsplit(settings.base_url).hostname or ""
    if not is_public(settings):
        return
    if settings.debug:
        yield _error(
            "debug-in-public",
            "FAIRLOT_DEBUG shows source and settings to everybody",
            "unset FAIRLOT_DEBUG",
        )
    if is_this_machine(host):
        yield _error(
            "base-url-local",
            f"links in messages would lead to {settings.base_url}, which is this machine alone",
            "set FAIRLOT_BASE_URL to the public address",
        )
    elif not settings.base_url.startswith("https://"):
        yield _error(
            "base-url-plain",
            f"{settings.base_url} would carry passwords and sessions in the clear",
            "put a proxy with TLS in front and set FAIRLOT_BASE_URL to its https:// address",
        )
    if host not in settings.allowed_hosts:
        yield _error(
            "base-url-refused",
            f"pages do not answer to {host}, the host of FAIRLOT_BASE_URL",
            f"add {host} to FAIRLOT_ALLOWED_HOSTS",
        )
    if settings.mail_server is None:
        yield _error(
            "mail-missing",
            "nobody could confirm an address, reset a password or be told of a deadline",
            "set FAIRLOT_SMTP_URL and FAIRLOT_MAIL_FROM",
        )
    if settings.is_embedded:
        yield Finding(
            name="embedded-in-public",
            is_error=not settings.accept_embedded,
            what="the embedded PostgreSQL has no standby, so a lost disk loses what was acknowledged",
            mend="set DATABASE_URL to your own server, or FAIRLOT_ACCEPT_EMBEDDED=1 to take that risk",
        )


def _key_findings(settings: Settings) -> Iterator[Finding]:
    key_is_ours = settings.secret_key is None and settings.secret_key_file is None
    if key_is_ours and is_public(settings) and not settings.is_embedded:
        path = settings.secrets_dir / "secret-key"
        yield _error(
            "key-generated",
            "the signing key is generated per data directory, so a second machine would not believe the first",
            f"name one file on every machine: FAIRLOT_SECRET_KEY_FILE={path}",
        )
    if settings.secret_key is not None and not settings.demo:
        yield _warning(
            "key-in-environment",
            "FAIRLOT_SECRET_KEY can be seen by whoever may look at the process",
            "put it into a file and name that in FAIRLOT_SECRET_KEY_FILE",
        )
    for key in () if key_is_ours else secret_keys(settings):
        if len(set(key)) < KEY_CHARACTERS_MIN or any(word in key.lower() for word in KEY_WORDS):
            yield _error(
                "key-guessable",
                "a signing key looks typed or copied from an example",
                "run `fairlot rotate-key`, then `fairlot rotate-key --forget`",
            )
    if settings.metrics_token_file is not None:
        token = settings.metrics_token_file.read_text(encoding="utf-8").strip()
        if len(token) < METRICS_TOKEN_LENGTH_MIN:
            yield _error(
                "metrics-token-short",
                f"the word in {settings.metrics_token_file} has fewer than {METRICS_TOKEN_LENGTH_MIN} characters",
                "write a drawn one, as `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'` does",
            )


def _file_findings(settings: Settings) -> Iterator[Finding]:
    for path in _secret_paths(settings):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            private = "700" if path.is_dir() else "600"
            yield _error(
                "secrets-readable",
                f"others than its owner may read {path}",
                f"chmod {private} {path}",
            )
    if settings.data_dir.exists():
        if stat.S_IMODE(settings.data_dir.stat().st_mode) & 0o002:
            yield _error(
                "data-dir-open",
                f"anybody may put files into {settings.data_dir}",
                f"chmod o-w {settings.data_dir}",
            )
        yield from _space_findings(settings.data_dir)


def _secret_paths(settings: Settings) -> list[Path]:
    paths = [settings.secrets_dir, settings.data_dir / "embedded" / "passwords", settings.files_dir]
    paths += sorted(settings.secrets_dir.glob("*")) if _may_look(settings.secrets_dir) else []
    named = filter(None, (settings.secret_key_file, settings.metrics_token_file))
    # systemd opens its credentials to the service alone, by a list of its own that the mode does not show.
    credentials = Path(os.environ.get("CREDENTIALS_DIRECTORY") or os.devnull)
    return [*paths, *(path for path in named if path.parent != credentials)]


def _may_look(directory: Path) -> bool:
    return directory.is_dir() and os.access(directory, os.R_OK | os.X_OK)


def _space_findings(directory: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(directory).free
    if free < FREE_BYTES_COMFORTABLE:
        yield Finding(
            name="disk-full",
            is_error=free < FREE_BYTES_MIN,
            what=f"{free // (1024 * 1024)} MiB are free for {directory}",
            mend="make room: files and the database stop taking anything when the disk is full",
        )


def _process_findings() -> Iterator[Finding]:
    if sys.flags.optimize:
        yield _error(
            "assertions-off",
            "Python runs without assertions, which are part of how wrong states are caught",
            "start it without -O and without PYTHONOPTIMIZE",
        )


def _demo_in_public() -> Finding:
    return _warning(
        "demo-in-public",
        "a demonstration answers a public address: findings that would be errors are only warnings",
        "unset FAIRLOT_DEMO before real money comes",
    )


def _fitness_findings(application: psycopg.Connection, settings: Settings) -> Iterator[Finding]:
    problems = database_problems(application)
    for problem in problems.server:
        yield _error("database-server", problem, "use a primary of PostgreSQL 15 or newer in UTF8")
    for problem in problems.durability:
        yield Finding(
            name="database-durability",
            is_error=not (settings.demo or settings.is_embedded),
            what=problem,
            mend="set it in postgresql.conf and restart the server",
        )
    for problem in problems.role:
        yield _error(
            "database-role", problem, "let DATABASE_URL log in as fairlot_app, with no right beside"
        )


def _role_findings(lease: Server) -> Iterator[Finding]:
    application, owner = (conninfo_to_dict(dsn).get("user") for dsn in _both(lease))
    if application == owner:
        yield _warning(
            "database-one-login",
            "pages and workers log in as the owner of the tables, and could take its rights up again",
            "give DATABASE_URL a login of its own and the owner's to FAIRLOT_OWNER_DATABASE_URL",
        )


def _both(lease: Server) -> Sequence[str]:
    return (lease.app_dsn, lease.owner_dsn)


def _schema_findings(application: psycopg.Connection) -> Iterator[Finding]:
    try:
        found: Plan = plan(application)
    except psycopg.errors.InsufficientPrivilege:
        yield _error("schema-old", "the tables are of an older version", "run `fairlot upgrade`")
        return
    if found.is_new:
        yield _error("schema-missing", "the database has no tables yet", "run `fairlot upgrade`")
    elif found.pending:
        names = ", ".join(step.name for step in found.pending)
        yield _error("schema-old", f"migrations wait: {names}", "run `fairlot upgrade`")
    if found.unknown:
        yield _error(
            "schema-newer",
            f"the tables are of a newer version, which made {', '.join(found.unknown)}",
            "run that version; there is no way back but a backup",
        )


def _reach_findings(application: psycopg.Connection) -> Iterator[Finding]:
    host = application.info.host
    is_far = bool(host) and not host.startswith("/") and not is_this_machine(host)
    if is_far and not application.pgconn.ssl_in_use:
        yield _warning(
            "database-plain",
            f"what goes to and from the database on {host} is not encrypted",
            "add sslmode=verify-full to DATABASE_URL, unless the network between is yours alone",
        )
    row = application.execute("SELECT current_setting('synchronous_standby_names')").fetchone()
    assert row is not None
    if is_far and not row[0]:
        yield _warning(
            "database-no-standby",
            "no standby confirms commits: a lost server loses what was acknowledged since the last backup",
            "add a synchronous standby (synchronous_standby_names)",
        )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _error(name: str, what: str, mend: str) -> Finding:
    return Finding(name=name, is_error=True, what=what, mend=mend)


def _warning(name: str, what: str, mend: str) -> Finding:
    return Finding(name=name, is_error=False, what=what, mend=mend)
