"""Fixtures of the write path's tests."""

from __future__ import annotations

from tests.support.books import books
from tests.support.market import market

__all__ = ["books", "market"]
