"""The only reader of the clock; everything else takes `now` as an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def system_clock() -> dt.datetime:
    """Return the present instant as an aware UTC datetime."""
    return dt.datetime.now(tz=dt.UTC)  # noqa: TID251  (the one reader of the clock)
