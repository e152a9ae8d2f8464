"""Whether every file that a row names is stored whole: the part of verification that reads the disk."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from fairlot.application.verification.faults import Fault
from fairlot.store.files import DamagedFileError, FileStore
from fairlot.store.records import FETCH_ROWS, snapshot

# Files of orders, and documents of suppliers whose content was given in here, with whose they are.
_NAMED = """
SELECT DISTINCT 'order', order_id, content_hash FROM order_file
UNION ALL
SELECT DISTINCT 'supplier', company_id, decode(content_hash, 'hex') FROM supplier_document WHERE size_bytes > 0
ORDER BY 1, 2, 3
"""


def file_faults(owner_dsn: str, files: FileStore) -> list[Fault]:
    """Read every file that a row names, and report those that are missing or altered. Raises UnsafeDatabaseError."""
    with snapshot(owner_dsn) as connection:
        return [
            Fault(family=family, aggregate_id=owner_id, seq=0, kind="file", detail=problem)
            for family, owner_id, content_hash in _named(connection)
            if (problem := _problem(files, content_hash))
        ]


def _named(connection: psycopg.Connection) -> Iterator[tuple[str, str, bytes]]:
    with connection.cursor(name="named_files") as cursor:
        cursor.itersize = FETCH_ROWS
        cursor.execute(_NAMED)
        for family, owner_id, content_hash in cursor:
            yield family, owner_id, bytes(content_hash)


def _problem(files: FileStore, content_hash: bytes) -> str:
    try:
        for _ in files.read(content_hash):
            pass
    except DamagedFileError as error:
        return str(error)
    return ""
