"""with_dispute(): the order with its dispute changed."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.state import Order


def with_dispute(order: Order, **changes: Any) -> Order:
    """Return the order after a change of its dispute; there is one."""
    assert order.dispute is not None
    return replace(order, dispute=replace(order.dispute, **changes))
