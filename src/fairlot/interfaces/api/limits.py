"""How often a key may ask: so many requests at once, then so many a second; who asks more often is told when to come back.

It is counted within one process. Processes share no count, so a key's rate is what one of them grants times their
number, which `docs/operate/accounts.md` states; nothing about money or rights rests on it (docs/decisions/0030).
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

from fairlot.interfaces.api.problems import Declined, Trouble

# A key's requests in one process: this many at once, then so many a second.
BURST_MAX = 200
PER_SECOND = 50
# Keys whose count is kept; the one not seen for longest is forgotten, and begins full again.
KEYS_KEPT_MAX = 10_000


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


rates = Rates(burst=BURST_MAX, per_second=PER_SECOND)


def take_turn_of_key(key: str) -> None:
    """Count one request of a key. Raises Declined where it asks too often."""
    seconds = rates.take(key, at_seconds=time.monotonic())
    if seconds:
        raise Declined(Trouble.TOO_MANY_REQUESTS, seconds=seconds)
