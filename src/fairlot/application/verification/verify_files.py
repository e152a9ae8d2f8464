"""Whether every file that a row or an event names is stored whole: the part of verification that reads the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg

from fairlot.application.verification.faults import Fault
from fairlot.domain.order.events import OrderEvent, VersionProposed
from fairlot.store.files import HASH_BYTES, DamagedFileError, FileStore, MissingFileError
from fairlot.store.records import FETCH_ROWS, snapshot

# Files of orders, and documents of suppliers whose content was given in here, with whose they are.
_KEPT = """
SELECT DISTINCT 'order', order_id, content_hash FROM order_file
UNION ALL
SELECT DISTINCT 'supplier', company_id, decode(content_hash, 'hex') FROM supplier_document WHERE size_bytes > 0
ORDER BY 1, 2, 3
"""
_PROPOSED = "SELECT order_id, payload FROM order_event WHERE type = 'VersionProposed' ORDER BY order_id, seq"

_DECODER = msgspec.json.Decoder(OrderEvent)


def file_faults(owner_dsn: str, files: FileStore) -> list[Fault]:
    """Read every file that is named, and report those that are missing or altered. Raises UnsafeDatabaseError.

    A contract's document may have stayed with the parties; one that is kept here is what its hash says.
    """
    with snapshot(owner_dsn) as connection:
        return [*_faults(_kept(connection), files), *_faults(_contracts(connection), files)]


def _faults(named: Iterator[tuple[str, str, bytes, bool]], files: FileStore) -> Iterator[Fault]:
    for family, owner_id, content_hash, is_ours in named:
        try:
            for _ in files.read(content_hash):
                pass
        except DamagedFileError as error:
            if is_ours or not isinstance(error, MissingFileError):
                yield Fault(
                    family=family, aggregate_id=owner_id, seq=0, kind="file", detail=str(error)
                )


def _kept(connection: psycopg.Connection) -> Iterator[tuple[str, str, bytes, bool]]:
    for family, owner_id, content_hash in _rows(connection, _KEPT):
        yield family, owner_id, bytes(content_hash), True


def _contracts(connection: psycopg.Connection) -> Iterator[tuple[str, str, bytes, bool]]:
    for order_id, payload in _rows(connection, _PROPOSED):
        content_hash = _proposed_hash(payload)
        if len(content_hash) == HASH_BYTES:
            yield "order", order_id, content_hash, False


def _proposed_hash(payload: bytes) -> bytes:
    """Return the hash that a proposal names; what cannot be read is named by the verification of its story."""
    try:
        event = _DECODER.decode(payload)
        return (
            bytes.fromhex(event.terms.version_hash) if isinstance(event, VersionProposed) else b""
        )
    except (msgspec.DecodeError, ValueError):
        return b""


def _rows(connection: psycopg.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor(name="named_files") as cursor:
        cursor.itersize = FETCH_ROWS
        cursor.execute(query)
        yield from cursor
