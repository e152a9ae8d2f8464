"""How much this process takes on: so many requests at a time, and so many a second for each key; the rest is told at once.

Both are counted within one process. Processes share no count, so a key's rate is what one of them grants times their
number, which `docs/operate` states; nothing about money or rights rests on it.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

from fairlot.interfaces.api.problems import Declined, Trouble

# Requests of the API decided at a time in one process; a thread that finds no place answers 503 at once.
ADMITTED_MAX = 4
# A key's requests in one process: this many at once, then so many a second.
BURST_MAX = 200
PER_SECOND = 50
# Keys whose count is kept; the one not seen for longest is forgotten, and begins full again.
KEYS_KEPT_MAX = 10_000


class Admission:
    """A fixed number of places; whoever finds none is told so and never waits."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)

    def enter(self) -> bool:
        """Take a place if there is one."""
        return self._places.acquire(blocking=False)

    def leave(self) -> None:
        """Give a place back."""
        self._places.release()


class Rates:
    """Token buckets by key: full at first, refilled evenly."""

    def __init__(self, *, burst: int, per_second: int, keys_max: int = KEYS_KEPT_MAX) -> None:
        self._burst = burst
        self._per_second = per_second
        self._keys_max = keys_max
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, *, at_seconds: float) -> int:
        """Take one turn; return 0, or the whole seconds until there is one."""
        with self._lock:
            tokens, seen = self._left.pop(key, (float(self._burst), at_seconds))
            since = max(0.0, at_seconds - seen)
            tokens = min(float(self._burst), tokens + since * self._per_second)
            granted = tokens >= 1
            self._left[key] = (tokens - 1 if granted else tokens, at_seconds)
            if len(self._left) > self._keys_max:
                self._left.popitem(last=False)
        return 0 if granted else max(1, math.ceil((1 - tokens) * (1 / self._per_second)))


admission = Admission(ADMITTED_MAX)
rates = Rates(burst=BURST_MAX, per_second=PER_SECOND)


def take_turn_of_key(key: str) -> None:
    """Count one request of a key. Raises Declined where it asks too often."""
    seconds = rates.take(key, at_seconds=time.monotonic())
    if seconds:
        raise Declined(Trouble.TOO_MANY_REQUESTS, seconds=seconds)
