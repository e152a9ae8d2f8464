"""Ways into the database: as the owner of its tables, or as the application, whose role the walls are built against."""

from __future__ import annotations

import logging

import msgspec
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

logger = logging.getLogger(__name__)

OWNER_ROLE = "fairlot_owner"
APPLICATION_ROLE = "fairlot_app"
APPLICATION_RIGHTS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

SERVER_VERSION_MIN = 150000
CONNECT_TIMEOUT_SECONDS = 10
TCP_USER_TIMEOUT_MS = 5_000
LOCK_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
STATEMENT_TIMEOUT_MS = 30_000

DURABLE_VALUES: dict[str, frozenset[str]] = {
    "fsync": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "remote_apply"}),
    "full_page_writes": frozenset({"on"}),
    "data_sync_retry": frozenset({"off"}),
}
"""What an acknowledged commit rests on: setting -> values under which it survives a crash and the loss of power."""


class UnsafeDatabaseError(RuntimeError):
    """The server or the role would not keep what Fairlot promises; the message lists every reason."""


def owner_dsn(dsn: str) -> str:
    """Complete a connection string for work on the schema: migrations, backup, verification."""
    return make_conninfo(dsn, **_network(), application_name="fairlot owner")


def application_dsn(dsn: str) -> str:
    """Complete a connection string for the application: its role, and limits on locks and idle transactions.

    Whoever logs in as another role acts as the application's role, so that the walls hold either way;
    a login of its own is the stronger form, for it cannot be taken off again.
    """
    parts = conninfo_to_dict(dsn)
    limits = {
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_TIMEOUT_MS,
        "statement_timeout": STATEMENT_TIMEOUT_MS,
    }
    options = [str(parts.get("options") or "")]
    options += [f"-c {name}={value}" for name, value in limits.items()]
    if parts.get("user") != APPLICATION_ROLE:
        options.append(f"-c role={APPLICATION_ROLE}")
    return make_conninfo(
        dsn, **_network(), application_name="fairlot", options=" ".join(options).strip()
    )


def _network() -> dict[str, int]:
    # A vanished server must not hold a caller for minutes, the default of the kernel.
    return {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "tcp_user_timeout": TCP_USER_TIMEOUT_MS,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


def connect(dsn: str, *, autocommit: bool = True) -> psycopg.Connection:
    """Open a connection; whose it is, owner's or application's, the string says."""
    return psycopg.connect(dsn, autocommit=autocommit)


def ensure_application_role(owner: psycopg.Connection) -> None:
    """Make the application's role where it is missing, with the owner as a member. Needs CREATEROLE then.

    A role that somebody made before us has a login of its own; the owner need not be a member of it.
    """
    with owner.transaction():
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
        if known.fetchone() is None:
            role = sql.Identifier(APPLICATION_ROLE)
            rights = sql.SQL(APPLICATION_RIGHTS)
            owner.execute(sql.SQL("CREATE ROLE {} NOLOGIN {}").format(role, rights))
            owner.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))


class DatabaseProblems(msgspec.Struct, frozen=True, kw_only=True):
    """Why a database is not fit for money: what the server is, what it would lose, what the role may do."""

    server: tuple[str, ...]
    durability: tuple[str, ...]
    role: tuple[str, ...]


def database_problems(application: psycopg.Connection) -> DatabaseProblems:
    """Return everything that speaks against this connection of the application's."""
    return DatabaseProblems(
        server=tuple(_server_problems(application)),
        durability=tuple(_durability_problems(application)),
        role=tuple(_role_problems(application)),
    )


def refuse_unsafe_database(application: psycopg.Connection, *, demo: bool) -> None:
    """Raise UnsafeDatabaseError unless this connection is fit for money; a demo is only warned about durability."""
    found = database_problems(application)
    if demo:
        for problem in found.durability:
            logger.warning("Not fit for real money: %s", problem)
    problems = [*found.server, *(() if demo else found.durability), *found.role]
    if problems:
        raise UnsafeDatabaseError("; ".join(problems))


def refuse_hidden_rows(connection: psycopg.Connection) -> None:
    """Raise UnsafeDatabaseError where row security would keep rows from this connection: it would read nothing, and find nothing."""
    row = connection.execute(
        "SELECT current_user, rolsuper OR rolbypassrls OR pg_has_role(current_user, %s, 'USAGE')"
        " FROM pg_roles WHERE rolname = current_user",
        [APPLICATION_ROLE],
    ).fetchone()
    assert row is not None
    role, sees_all = row
    if not sees_all:
        raise UnsafeDatabaseError(
            f"row security hides rows from the role {role}: give it BYPASSRLS, or make it a member of {APPLICATION_ROLE}"
        )


def _server_problems(application: psycopg.Connection) -> list[str]:
    problems = []
    version = application.info.server_version
    if version < SERVER_VERSION_MIN:
        problems.append(
            f"the server is PostgreSQL {version // 10_000}, but {SERVER_VERSION_MIN // 10_000} is the oldest that will do"
        )
    row = application.execute(
        "SELECT pg_is_in_recovery(), current_setting('server_encoding')"
    ).fetchone()
    assert row is not None
    in_recovery, encoding = row
    if in_recovery:
        problems.append("the server is a standby, but money is decided on the primary alone")
    if encoding != "UTF8":
        problems.append(f"the database's encoding is {encoding}, but it must be UTF8")
    return problems


def _durability_problems(application: psycopg.Connection) -> list[str]:
    rows = application.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
        [list(DURABLE_VALUES)],
    )
    return [
        f"{name} is {value}, but an acknowledged commit needs it {' or '.join(sorted(DURABLE_VALUES[name]))}"
        for name, value in rows
        if value not in DURABLE_VALUES[name]
    ]


def _role_problems(application: psycopg.Connection) -> list[str]:
    row = application.execute(
        """
        SELECT current_user, rolsuper, rolbypassrls, EXISTS (
          SELECT FROM pg_class
          WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            AND pg_has_role(current_user, relowner, 'USAGE'))
        FROM pg_roles WHERE rolname = current_user
        """
    ).fetchone()
    assert row is not None
    role, is_superuser, bypasses_row_security, owns_tables = row
    faults = {
        "is a superuser": is_superuser,
        "bypasses row security": bypasses_row_security,
        "owns tables": owns_tables,
    }
    return [
        f"the application's role {role} {fault}" for fault, present in faults.items() if present
    ]
