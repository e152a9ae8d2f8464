"""One supplier's limit, folded from its events: how much, and which orders take how much of it; minor units."""

from __future__ import annotations

import datetime as dt

import msgspec


class Reservation(msgspec.Struct, frozen=True, kw_only=True):
    """Cover kept free for an acceptance that is being decided; `acceptance_id` is the id of that command.

    Once lapsed it still counts until somebody has found out what became of the acceptance.
    """

    acceptance_id: str
    order_id: str
    version_hash: str
    cover_minor: int
    taken_minor: int
    rate_numerator: int
    rate_denominator: int
    lapses_at: dt.datetime
    lapsed: bool = False

    def is_of(self, order_id: str, acceptance_id: str) -> bool:
        """Say whether it was made for this acceptance; command ids mean something within their order only."""
        return (self.order_id, self.acceptance_id) == (order_id, acceptance_id)


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What an agreed order takes: cover in its own currency, `taken_minor` in the limit's, at the rate of its agreement.

    `until` is when its last window ends, if that is known; once lapsed it still counts until somebody has looked.
    """

    order_id: str
    cover_minor: int
    taken_minor: int
    rate_numerator: int
    rate_denominator: int
    acceptance_ids: tuple[str, ...] = ()
    until: dt.datetime | None = None
    lapsed: bool = False


class SupplierLimit(msgspec.Struct, frozen=True, kw_only=True):
    """The limit whole. A cut limit leaves grants as they are: then nothing is free until enough of them end."""

    company_id: str = ""
    currency: str = ""
    limit_minor: int = 0
    reservations: tuple[Reservation, ...] = ()
    grants: tuple[Grant, ...] = ()

    @property
    def taken_minor(self) -> int:
        """Return what open orders and acceptances take."""
        return sum(r.taken_minor for r in self.reservations) + sum(
            g.taken_minor for g in self.grants
        )

    @property
    def free_minor(self) -> int:
        """Return what is left for another order."""
        return max(0, self.limit_minor - self.taken_minor)


EMPTY = SupplierLimit()


def find_reservation(limit: SupplierLimit, order_id: str, acceptance_id: str) -> Reservation | None:
    """Return the reservation of an order's acceptance, or None."""
    return next((r for r in limit.reservations if r.is_of(order_id, acceptance_id)), None)


def find_grant(limit: SupplierLimit, order_id: str) -> Grant | None:
    """Return what an order takes, or None."""
    return next((g for g in limit.grants if g.order_id == order_id), None)
