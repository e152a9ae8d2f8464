"""Fixtures of the write path's tests."""

from __future__ import annotations

from tests.support.books import books
from tests.support.market import make_market, market
from tests.support.webhook_office import listener, office

__all__ = ["books", "listener", "make_market", "market", "office"]
