"""Somebody else who comes in at one chosen moment, so that what two do at once has one order in every run."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from tests.support.postgres import Database

# Somebody has to wait for whom it interrupted: for a lock of its own, or for a row.
WAITING = """
SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database())
"""


class Interruption:
    """Lets another in at the first call: it goes on to its end, or up to where it has to wait for whoever called."""

    def __init__(self, database: Database, other: Callable[[], object]) -> None:
        self._database = database
        self._other = Thread(target=other)
        self._is_in = False

    def __call__(self, *_: object) -> None:
        if self._is_in:
            return
        self._is_in = True
        self._other.start()
        with self._database.as_owner() as owner:
            while self._other.is_alive() and owner.execute(WAITING).fetchone() == (False,):
                pass

    def end(self) -> None:
        """Wait until the other has ended, too."""
        assert self._is_in, "the moment never came"
        self._other.join()
