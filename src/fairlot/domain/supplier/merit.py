"""The order in which suppliers and products are listed: from the record alone, the same for everybody, not for sale."""

from __future__ import annotations

from fairlot.domain.supplier.record import SupplierRecord

_BADGE_WEIGHT = 10**10
_ORDER_WEIGHT = 10**4
ORDERS_COUNTED_MAX = 10**5


def merit_of(*, badge: bool, record: SupplierRecord) -> int:
    """Return the number that lists are sorted by: the badge first, then completed orders, then the on-time rate."""
    orders = min(record.completed_orders, ORDERS_COUNTED_MAX)
    on_time = record.on_time_basis_points or 0
    return badge * _BADGE_WEIGHT + orders * _ORDER_WEIGHT + min(on_time, _ORDER_WEIGHT - 1)
