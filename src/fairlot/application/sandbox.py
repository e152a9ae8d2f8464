"""The clock of a sandbox: the machine's, ahead by as much as somebody moved it, the same for all processes at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import psycopg

from fairlot.clock import system_clock
from fairlot.store.sandbox import ahead_seconds


class SandboxClock:
    """Tells the sandbox's time; asked of the database each time, so that no process lags behind another."""

    def __init__(self, connect: Callable[[], AbstractContextManager[psycopg.Connection]]) -> None:
        self._connect = connect

    def __call__(self) -> dt.datetime:
        """Return the sandbox's present instant."""
        with self._connect() as connection:
            ahead = ahead_seconds(connection)
        return system_clock() + dt.timedelta(seconds=ahead)
