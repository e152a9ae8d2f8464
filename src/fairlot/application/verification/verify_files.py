"""Whether every file that a row names is stored whole: the part of verification that reads the disk."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from fairlot.application.verification.faults import Fault
from fairlot.store.connection import connect
from fairlot.store.files import DamagedFileError, FileStore


def file_faults(owner_dsn: str, files: FileStore) -> list[Fault]:
    """Read every file that an order's rows name, and report those that are missing or altered."""
    with connect(owner_dsn) as connection:
        named = list(_named(connection))
    return [
        Fault(family="order", aggregate_id=order_id, seq=0, kind="file", detail=problem)
        for order_id, content_hash in named
        if (problem := _problem(files, content_hash))
    ]


def _named(connection: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    rows = connection.execute(
        "SELECT DISTINCT order_id, content_hash FROM order_file ORDER BY order_id, content_hash"
    )
    for order_id, content_hash in rows:
        yield order_id, bytes(content_hash)


def _problem(files: FileStore, content_hash: bytes) -> str:
    try:
        for _ in files.read(content_hash):
            pass
    except DamagedFileError as error:
        return str(error)
    return ""
