"""A supplier's public record: its assured orders, their value, its disputes and how they ended, since when it counts (R5).

Rates are basis points, rounded half up; where nothing can be divided there is no rate.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from fairlot.domain.money import fraction_of
from fairlot.domain.supplier.order_entry import DisputeEnd, OrderEntry, Timeliness

BASIS_POINTS_WHOLE = 10_000


class CurrencyValue(msgspec.Struct, frozen=True, kw_only=True):
    """The value of orders in one currency; sums of different currencies are never mixed."""

    currency: str
    amount_minor: int
    orders: int


class SupplierRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody may know of a supplier's trades on the platform.

    `counted_since` is the supplier's first enrolment: earlier orders, and orders made elsewhere, are not in it.
    """

    counted_since: dt.datetime | None
    assured_orders: int
    completed_orders: int
    values: tuple[CurrencyValue, ...]
    disputes_filed: int
    disputed_orders: int
    dispute_ends: dict[DisputeEnd, int]
    on_time_orders: int
    late_orders: int
    on_time_basis_points: int | None
    dispute_basis_points: int | None


def record_of(
    entries: Iterable[OrderEntry], *, counted_since: dt.datetime | None
) -> SupplierRecord:
    """Sum up a supplier's entries. Every end of a dispute is named, with zero where there is none."""
    counted = [entry for entry in entries if entry.counts]
    disputes = [dispute for entry in counted for dispute in entry.disputes]
    ends = Counter(dispute.end for dispute in disputes)
    timely = Counter(entry.timeliness for entry in counted)
    on_time, late = timely[Timeliness.ON_TIME], timely[Timeliness.LATE]
    disputed = sum(1 for entry in counted if entry.disputes)
    return SupplierRecord(
        counted_since=counted_since,
        assured_orders=len(counted),
        completed_orders=sum(1 for entry in counted if entry.completed_at is not None),
        values=_values(counted),
        disputes_filed=len(disputes),
        disputed_orders=disputed,
        dispute_ends={end: ends[end] for end in DisputeEnd},
        on_time_orders=on_time,
        late_orders=late,
        on_time_basis_points=_rate(on_time, on_time + late),
        dispute_basis_points=_rate(disputed, len(counted)),
    )


def _values(counted: Sequence[OrderEntry]) -> tuple[CurrencyValue, ...]:
    return tuple(
        CurrencyValue(
            currency=currency,
            amount_minor=sum(e.total_minor for e in counted if e.currency == currency),
            orders=sum(1 for e in counted if e.currency == currency),
        )
        for currency in sorted({entry.currency for entry in counted})
    )


def _rate(part: int, whole: int) -> int | None:
    return None if whole == 0 else fraction_of(part, BASIS_POINTS_WHOLE, whole)
