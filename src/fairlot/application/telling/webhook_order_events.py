"""The names under which every event of an order can be asked for: `event.goods_delivered` is the event `GoodsDelivered`."""

from __future__ import annotations

import re
from typing import Any, get_args

from fairlot.domain.order.events import OrderEvent

FAMILY = "event."
_BEGINS_A_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def type_of_event(event: type[Any]) -> str:
    """Return the type of webhook by which an event goes out under its own name."""
    return FAMILY + _BEGINS_A_WORD.sub("_", event.__name__).lower()


ORDER_EVENT_TYPES: tuple[str, ...] = tuple(
    sorted(type_of_event(one) for one in get_args(OrderEvent))
)
"""All of them; they are sent to endpoints that name them, and to no other."""
