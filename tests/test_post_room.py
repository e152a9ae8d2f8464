"""The worker's errands: what is looked for seldom is looked for at once and then only now and then."""

from __future__ import annotations

import datetime as dt

from fairlot.post_room import seldom
from tests.support.books import MovedClock

NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_seldom_is_at_once_and_then_after_each_while() -> None:
    clock = MovedClock(NOON)
    run = seldom(lambda: 7, clock=clock, every=10 * MINUTE)
    done = []
    for _ in range(21):
        done.append(run())
        clock.now += MINUTE
    assert [minute for minute, count in enumerate(done) if count] == [0, 10, 20]
    assert sum(done) == 21
