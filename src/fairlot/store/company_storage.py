"""How much each company's files fill; the database counts it with each row that names a file."""

from __future__ import annotations

import psycopg


def stored_bytes(connection: psycopg.Connection, company_id: str) -> int:
    """Return how many bytes a company's files are together."""
    row = connection.execute(
        "SELECT stored_bytes FROM company_storage WHERE company_id = %s", [company_id]
    ).fetchone()
    return 0 if row is None else int(row[0])
