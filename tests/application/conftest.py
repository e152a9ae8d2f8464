"""Fixtures of the write path's tests."""

from __future__ import annotations

from tests.support.books import books
from tests.support.market import make_market, market

__all__ = ["books", "make_market", "market"]
