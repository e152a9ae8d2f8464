"""evolve(): what an event did to an order. Total over every event ever stored; never refuses, never decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from fairlot.domain.order.events import (
    AftermathEvent,
    AgreementEvent,
    DisputeEvent,
    FundingEvent,
    GoodsEvent,
    OrderEvent,
)
from fairlot.domain.order.evolve.aftermath import evolve_aftermath
from fairlot.domain.order.evolve.agreement import evolve_agreement
from fairlot.domain.order.evolve.dispute import evolve_dispute
from fairlot.domain.order.evolve.funding import evolve_funding
from fairlot.domain.order.evolve.goods import evolve_goods
from fairlot.domain.order.state import EMPTY, Order

_PHASE_OF: dict[type, Callable[[Order, Any], Order]] = {
    **dict.fromkeys(get_args(AgreementEvent), evolve_agreement),
    **dict.fromkeys(get_args(FundingEvent), evolve_funding),
    **dict.fromkeys(get_args(GoodsEvent), evolve_goods),
    **dict.fromkeys(get_args(DisputeEvent), evolve_dispute),
    **dict.fromkeys(get_args(AftermathEvent), evolve_aftermath),
}


def evolve(order: Order, event: OrderEvent) -> Order:
    """Return the order after the event."""
    return _PHASE_OF[type(event)](order, event)


def fold(events: Iterable[OrderEvent], start: Order = EMPTY) -> Order:
    """Return the order after all the events."""
    order = start
    for event in events:
        order = _PHASE_OF[type(event)](order, event)
    return order
