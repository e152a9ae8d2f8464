"""Reading for one company, or for the platform: on one snapshot, unable to write, and through row security for a company.

Row security narrows what a company's reading returns, so that a forgotten condition shows nothing instead of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from fairlot.store.writing.family import COMPANY_SETTING

READER_ROLE = "fairlot_reader"
READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def reading(connection: psycopg.Connection, company_id: str | None) -> Iterator[None]:
    """Let a block read as one company, or as the platform when None; role and company end with its transaction."""
    with connection.transaction():
        # One trip for all three: without parameters, statements travel together.
        settings: list[sql.Composable] = [sql.SQL(READ_ONLY)]
        if company_id is not None:
            assert company_id, "a company has an id"
            company, role = sql.Literal(company_id), sql.Identifier(READER_ROLE)
            # Not set_config(): a distributed database carries only SET LOCAL to its shards.
            settings.append(sql.SQL("SET LOCAL {} = {}").format(sql.SQL(COMPANY_SETTING), company))
            settings.append(sql.SQL("SET LOCAL ROLE {}").format(role))
        connection.execute(sql.SQL("; ").join(settings))
        yield
