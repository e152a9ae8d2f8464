"""From one version of the tables to the next: what is pending, whether the processes of before can go on meanwhile, and never back.

Expand first, contract later: a migration that only adds can run beside the processes of the version before; one that
takes away or renames waits until these are stopped.
"""

from __future__ import annotations

import functools
import os
import re

import django
import msgspec
import psycopg
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from fairlot.store.connection import owner_dsn
from fairlot.store.keeping.migrate import migrate

Name = tuple[str, str]

# What the statements of a migration take away from whoever still expects it.
_CONTRACTING_SQL = re.compile(
    r"\bDROP\s+(?:TABLE|COLUMN|VIEW|FUNCTION|DOMAIN|TYPE|SCHEMA|ROLE)\b|\bRENAME\b|\bTRUNCATE\b|\bREVOKE\b"
    r"|\bALTER\s+COLUMN\s+\S+\s+(?:SET\s+DATA\s+)?TYPE\b|\bSET\s+NOT\s+NULL\b",
    re.IGNORECASE,
)
_SQL_COMMENT = re.compile(r"--[^\n]*")
_CONTRACTING_OPERATIONS = (
    operations.RemoveField,
    operations.DeleteModel,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
    operations.AlterField,
    operations.RunPython,
)


class UpgradeError(RuntimeError):
    """The database must not be upgraded now; the message says why and what to do."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One migration that waits. `contracts` names what it takes from the processes of the version before."""

    name: str
    contracts: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What an upgrade would do. `unknown` are migrations of the database that this version does not have."""

    is_new: bool
    applied: int
    pending: tuple[Step, ...]
    unknown: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Say whether tables and code are of the same version."""
        return not self.pending and not self.unknown

    @property
    def contracts(self) -> tuple[str, ...]:
        """Return all that is taken away, with the migration that does it."""
        return tuple(f"{step.name}: {what}" for step in self.pending for what in step.contracts)


def plan(connection: psycopg.Connection) -> Plan:
    """Compare the database's migrations with those of this version. Needs the right to read their table."""
    applied = _applied(connection)
    known = _migrations()
    # What the processes of before know nothing of, nobody can take from them.
    grown = {app for app, _ in applied}
    return Plan(
        is_new=not applied,
        applied=len(applied),
        pending=tuple(
            Step(
                name=_shown(name),
                contracts=contractions(migration) if name[0] in grown else (),
            )
            for name, migration in known.items()
            if name not in applied
        ),
        unknown=tuple(_shown(name) for name in sorted(applied - known.keys())),
    )


def upgrade(dsn: str, *, are_stopped: bool = False) -> Plan:
    """Bring the database behind an owner's connection string to this version; return what was done. Raises UpgradeError.

    Safe to run again, in parallel and after a kill. `are_stopped` promises that no process of the version before runs,
    which is looked after all the same.
    """
    with psycopg.connect(owner_dsn(dsn), autocommit=True) as owner:
        found = plan(owner)
        refuse_unsafe_plan(found, are_stopped=are_stopped, running=_running(owner))
    migrate(dsn)
    return found


def refuse_unsafe_plan(found: Plan, *, are_stopped: bool, running: int) -> None:
    """Raise UpgradeError for a way back, and for taking away what running processes still use."""
    if found.unknown:
        raise UpgradeError(
            f"The database is of a newer version, which made {', '.join(found.unknown)}; there is no way back: "
            "install that version, or restore the backup made before the upgrade."
        )
    if not found.contracts:
        return
    taken = "; ".join(found.contracts)
    if not are_stopped:
        raise UpgradeError(
            f"This upgrade takes away what processes of the version before use ({taken}): "
            "stop `fairlot serve` and `fairlot worker`, then give --stopped."
        )
    if running:
        raise UpgradeError(
            f"{running} connections of Fairlot's processes are open; stop them first ({taken})."
        )


def contractions(migration: Migration) -> tuple[str, ...]:
    """Return what a migration takes away or changes in place, in a few words each."""
    found: list[str] = []
    for operation in migration.operations:
        if isinstance(operation, operations.RunSQL):
            text = _SQL_COMMENT.sub("", str(operation.sql))
            found += (" ".join(match[0].split()) for match in _CONTRACTING_SQL.finditer(text))
        elif isinstance(operation, _CONTRACTING_OPERATIONS):
            found.append(operation.describe())
    return tuple(found)


@functools.cache
def _migrations() -> dict[Name, Migration]:
    """Return this version's migrations in the order in which they are applied."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    django.setup()
    loader = MigrationLoader(None)
    ordered: dict[Name, Migration] = {}
    for leaf in loader.graph.leaf_nodes():
        for name in loader.graph.forwards_plan(leaf):
            ordered.setdefault(name, loader.graph.nodes[name])
    return ordered


def _applied(connection: psycopg.Connection) -> set[Name]:
    row = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if row is None or row[0] is None:
        return set()
    rows = connection.execute("SELECT app, name FROM public.django_migrations").fetchall()
    return {(app, name) for app, name in rows}


def _running(owner: psycopg.Connection) -> int:
    """Return how many connections of the application's are open; its pages and workers name themselves so."""
    row = owner.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'fairlot' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert row is not None
    count: int = row[0]
    return count


def _shown(name: Name) -> str:
    return ".".join(name)
