"""foresee(): what happens by itself, and when, if nobody acts from now on; the very rules that will make it happen.

Pages, the command line and tests show the same steps; nothing here is written down a second time.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.order.clocks import Clock, clocks
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order, Status
from fairlot.domain.policy.model import Policy

# Each step ends a clock for good; an order has far fewer of them than this.
STEPS_MAX = 500
ONE_SECOND = dt.timedelta(seconds=1)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One clock that runs out: its events, dated by its deadline, and where the order stands after them."""

    clock: Clock
    events: tuple[OrderEvent, ...]
    status: Status

    @property
    def at(self) -> dt.datetime:
        """Return the instant from which the step counts."""
        return self.clock.due_at


def foresee(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[Step, ...]:
    """Return every step until nothing runs any more, the earliest first; what is overdue already comes first of all."""
    steps: list[Step] = []
    for _ in range(STEPS_MAX):
        running = clocks(order, policy)
        if not running:
            return tuple(steps)
        clock = running[0]
        moment = max(whole_second(now), clock.due_at + ONE_SECOND)
        events = settle_due(order, now=moment, policy=policy)
        for event in events:
            order = evolve(order, event)
        steps.append(Step(clock=clock, events=events, status=order.status))
    raise AssertionError("the clocks of an order do not come to rest")
