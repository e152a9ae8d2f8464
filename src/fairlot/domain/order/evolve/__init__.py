"""evolve(): what an event did to an order. Total over every event ever stored; never refuses, never decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from fairlot.domain.order.events import (
    AftermathEvent,
    DisputeEvent,
    Event,
    FundingEvent,
    OrderEvent,
)
from fairlot.domain.order.evolve.aftermath import evolve_aftermath
from fairlot.domain.order.evolve.agreement import AGREEMENT
from fairlot.domain.order.evolve.dispute import evolve_dispute
from fairlot.domain.order.evolve.funding import evolve_funding
from fairlot.domain.order.evolve.goods import GOODS
from fairlot.domain.order.state import EMPTY, Order

# A table, not one `match` over all: a story is folded for every command, and each case passed over costs as much as
# many an event does.
_EVOLVE: dict[type[Event], Callable[[Order, Any], Order]] = {
    **AGREEMENT,
    **GOODS,
    **dict.fromkeys(get_args(FundingEvent), evolve_funding),
    **dict.fromkeys(get_args(DisputeEvent), evolve_dispute),
    **dict.fromkeys(get_args(AftermathEvent), evolve_aftermath),
}
assert set(_EVOLVE) == set(get_args(OrderEvent)), "every event does something, if only nothing"


def evolve(order: Order, event: OrderEvent) -> Order:
    """Return the order after the event."""
    return _EVOLVE[type(event)](order, event)


def fold(events: Iterable[OrderEvent], start: Order = EMPTY) -> Order:
    """Return the order after all the events."""
    order = start
    for event in events:
        order = _EVOLVE[type(event)](order, event)
    return order
