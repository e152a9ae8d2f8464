"""An order's story as it was recorded, and the order as it stands at an instant, whether or not a worker has run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.application.turn import SETTLEMENTS_MAX
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.party import CLOCK, Actor
from fairlot.domain.policy.model import Policy


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One event with what stands beside it in the record; one that is due but not yet written has no number."""

    event: OrderEvent
    actor: Actor
    seq: int = 0
    recorded_at: dt.datetime | None = None
    command_id: str = ""
    hash: str = ""


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """An order at an instant: its state with everything due by then, and the whole story that leads to it."""

    order: Order
    story: tuple[Recorded, ...]


def present(story: Sequence[Recorded], *, now: dt.datetime, policy: Policy) -> Present:
    """Return the order as it stands at `now`; what is due by then is added as if it had been written."""
    order = fold(recorded.event for recorded in story)
    due: list[Recorded] = []
    for _ in range(SETTLEMENTS_MAX):
        events = settle_due(order, now=now, policy=policy)
        if not events:
            return Present(order=order, story=(*story, *due))
        for event in events:
            order = evolve(order, event)
            due.append(Recorded(event=event, actor=CLOCK))
    raise AssertionError("the clocks of an order do not come to rest")
