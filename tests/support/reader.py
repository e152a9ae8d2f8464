"""A connection's transaction in which nobody said for which company it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from fairlot.store.reach import READER_ROLE


@contextmanager
def reading_for_nobody(connection: psycopg.Connection) -> Iterator[None]:
    """Let a block act with the reader's rights, free to try and write, and no company named."""
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER_ROLE)))
        yield
