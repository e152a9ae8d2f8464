"""Reading for one company: a connection whose role sees only the rows that its company takes part in, and sees them for one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fairlot.store.writing.family import COMPANY_SETTING

READER_ROLE = "fairlot_reader"


def reader_dsn(application_dsn: str) -> str:
    """Turn the application's connection string into one that acts as the reader for as long as it lives."""
    options = str(conninfo_to_dict(application_dsn).get("options") or "")
    return make_conninfo(application_dsn, options=f"{options} -c role={READER_ROLE}".strip())


@contextmanager
def reading_for(connection: psycopg.Connection, company_id: str) -> Iterator[None]:
    """Let a reader's connection see what one company takes part in, for the length of one transaction.

    Outside such a block it sees nothing: the setting ends with the transaction, whoever uses the connection next.
    """
    assert company_id, "a reader reads for somebody"
    with connection.transaction():
        # Not set_config(): a distributed database carries only SET LOCAL to its shards.
        setting = sql.SQL(COMPANY_SETTING)
        connection.execute(sql.SQL("SET LOCAL {} = {}").format(setting, sql.Literal(company_id)))
        yield
