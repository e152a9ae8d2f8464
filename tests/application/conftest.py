"""Fixtures of the write path's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.books import Books
from tests.support.postgres import Database


@pytest.fixture
def books(database: Database) -> Iterator[Books]:
    """The toy aggregate on a database of its own."""
    given = Books(database)
    yield given
    given.path.close()
