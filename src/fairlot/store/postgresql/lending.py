"""Lends a thread its own Django connection as a plain one: web processes need no second pool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections

from fairlot.store.postgresql.base import DatabaseWrapper


@contextmanager
def lent_connection() -> Iterator[psycopg.Connection]:
    """Lend this thread's connection to the database, outside any transaction."""
    wrapper = application_wrapper()
    wrapper.ensure_connection()
    assert isinstance(wrapper.connection, psycopg.Connection)
    yield wrapper.connection


def application_wrapper() -> DatabaseWrapper:
    """Return Django's entry for the application's database, of this thread."""
    wrapper = connections["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper
