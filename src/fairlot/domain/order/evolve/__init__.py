"""evolve(): what an event did to an order. Total over every event ever stored; never refuses, never decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from fairlot.domain.order.events import CreditEvent, Event, OrderEvent
from fairlot.domain.order.evolve.aftermath import AFTERMATH
from fairlot.domain.order.evolve.agreement import AGREEMENT
from fairlot.domain.order.evolve.credit import evolve_credit
from fairlot.domain.order.evolve.dispute import DISPUTE
from fairlot.domain.order.evolve.funding import FUNDING
from fairlot.domain.order.evolve.goods import GOODS
from fairlot.domain.order.evolve.inspections import INSPECTIONS
from fairlot.domain.order.evolve.offers import OFFERS
from fairlot.domain.order.evolve.refused_claims import REFUSED_CLAIMS
from fairlot.domain.order.evolve.supplier_fees import SUPPLIER_FEES
from fairlot.domain.order.state import EMPTY, Order

# A table, not one `match` over all: a story is folded for every command, and each case passed over costs as much as
# many an event does.
EVOLVE: dict[type[Event], Callable[[Order, Any], Order]] = {
    **AGREEMENT,
    **FUNDING,
    **SUPPLIER_FEES,
    **dict.fromkeys(get_args(CreditEvent), evolve_credit),
    **GOODS,
    **INSPECTIONS,
    **REFUSED_CLAIMS,
    **DISPUTE,
    **OFFERS,
    **AFTERMATH,
}
assert set(EVOLVE) == set(get_args(OrderEvent)), "every event does something, if only nothing"


def evolve(order: Order, event: OrderEvent) -> Order:
    """Return the order after the event."""
    return EVOLVE[type(event)](order, event)


def fold(events: Iterable[OrderEvent], start: Order = EMPTY) -> Order:
    """Return the order after all the events."""
    order = start
    for event in events:
        order = EVOLVE[type(event)](order, event)
    return order
