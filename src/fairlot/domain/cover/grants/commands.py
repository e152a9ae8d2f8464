"""What may be asked of a supplier's limit; only the programme asks, never the supplier (R3)."""

from __future__ import annotations

import datetime as dt

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something asked for."""


class SetLimit(Command, frozen=True, kw_only=True):
    """Set the limit to what the policy's computation came to."""

    company_id: str
    currency: str
    limit_minor: int
    computation_hash: str = ""


class ReserveCover(Command, frozen=True, kw_only=True):
    """Keep the covered amount of a version free for an acceptance, whole or not at all (ruling A24).

    `rate_numerator` minor units of the limit's currency are worth `rate_denominator` of the order's; an order that has
    a grant keeps the rate of its agreement (ruling A25).
    """

    acceptance_id: str
    order_id: str
    version_hash: str
    covered_minor: int
    rate_numerator: int
    rate_denominator: int


class ConfirmCover(Command, frozen=True, kw_only=True):
    """Say that the acceptance became an agreement."""

    acceptance_id: str
    order_id: str


class ReleaseReservation(Command, frozen=True, kw_only=True):
    """Say that the acceptance came to nothing and never will."""

    acceptance_id: str
    order_id: str


class HoldCover(Command, frozen=True, kw_only=True):
    """Count for an order what its agreement promises, at the rate of that agreement, free or not.

    It needs less after a change to a lower total (ruling A11). An order that had ended and came back to life needs its
    cover again (rulings A08, A23): a promise is not taken back because others used the room meanwhile. `until` is the
    last instant at which a claim can arise, once that is known.
    """

    order_id: str
    cover_minor: int
    rate_numerator: int
    rate_denominator: int
    until: dt.datetime | None = None


class ReleaseCover(Command, frozen=True, kw_only=True):
    """Free what an order takes: no claim on it can arise."""

    order_id: str


class SettleDue(Command, frozen=True, kw_only=True):
    """Let whatever is due by now happen; the clock's only command."""


LimitCommand = (
    SetLimit
    | ReserveCover
    | ConfirmCover
    | ReleaseReservation
    | HoldCover
    | ReleaseCover
    | SettleDue
)
