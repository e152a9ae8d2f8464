"""Brings a database to the present schema through Django's migrations; safe to run again, in parallel, and after a kill."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import django
import psycopg
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from fairlot.store.connection import ensure_application_role, owner_dsn
from fairlot.store.writing.family import NOBODYS, Family

SQL = Path(__file__).parents[1] / "sql"
# Two that migrate at once wait for each other on this number.
MIGRATION_LOCK = 7_265_002
_READERS_GRANT = "GRANT SELECT ON {0}_head, {0}_event, {0}_posting TO fairlot_reader;"


def migrate(dsn: str) -> None:
    """Bring the database behind an owner's connection string to the present schema."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    django.setup()
    with psycopg.connect(owner_dsn(dsn), autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        ensure_application_role(owner)
        _run_migrations(dsn)


class _WholeMigrations(MigrationExecutor):
    """Records each migration in its own transaction; Django alone may record it after, where a kill could come between."""

    def apply_migration(self, state: Any, migration: Any, *rest: Any, **options: Any) -> Any:
        if not migration.atomic or not self.connection.features.can_rollback_ddl:
            return super().apply_migration(state, migration, *rest, **options)
        with transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, *rest, **options)


def _run_migrations(dsn: str) -> None:
    settings = connections.settings["owner"]
    before = settings.get("DSN")
    connections["owner"].close()
    settings["DSN"] = owner_dsn(dsn)
    try:
        executor = _WholeMigrations(connections["owner"])
        executor.migrate(executor.loader.graph.leaf_nodes())
        # Finds nothing left to do, and tells Django's own apps.
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    finally:
        connections["owner"].close()
        if before is None:
            del settings["DSN"]
        else:
            settings["DSN"] = before


def sql_text(name: str) -> str:
    """Return one file of `sql/` as it stands."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def family_sql(family: Family) -> str:
    """Return the statements that make one family's tables, walls, grants and policies."""
    names = {
        "family": family.name,
        "id": family.id_column,
        "head_updates": "".join(f", {column.name}" for column in family.head_columns),
        "own_company": family.own_company,
        "readers_grant": ""
        if family.own_company == NOBODYS
        else _READERS_GRANT.format(family.name),
    }
    shared = re.sub(r"\{\{(\w+)\}\}", lambda match: names[match[1]], sql_text("family"))
    return sql_text(f"{family.name}_head") + shared
