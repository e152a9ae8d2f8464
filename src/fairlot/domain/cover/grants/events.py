"""Events of a supplier's limit."""

from __future__ import annotations

import datetime as dt

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something that happened; `at` is the instant it counts from, in whole seconds UTC."""

    at: dt.datetime


class LimitSet(Event, frozen=True, kw_only=True):
    """The programme set the limit; the computation with all its inputs is kept by its hash."""

    company_id: str
    currency: str
    limit_minor: int
    computation_hash: str


class CoverReserved(Event, frozen=True, kw_only=True):
    """An acceptance found its cover free; until it is decided nobody else gets the same dollar."""

    acceptance_id: str
    order_id: str
    version_hash: str
    cover_minor: int
    taken_minor: int
    rate_numerator: int
    rate_denominator: int
    lapses_at: dt.datetime


class ReservationLapsed(Event, frozen=True, kw_only=True):
    """Nobody has said in time what became of the acceptance: somebody has to look."""

    acceptance_id: str
    order_id: str


class ReservationReleased(Event, frozen=True, kw_only=True):
    """The acceptance came to nothing: what was reserved is free."""

    acceptance_id: str
    order_id: str


class CoverConfirmed(Event, frozen=True, kw_only=True):
    """The version was agreed: what was reserved is the order's until no claim on it can arise."""

    acceptance_id: str
    order_id: str


class CoverReleased(Event, frozen=True, kw_only=True):
    """No claim on the order can arise any more: what it took is free (ruling A23)."""

    order_id: str


class CoverHeld(Event, frozen=True, kw_only=True):
    """The order takes so much from now on: less after a change (ruling A11), or again after it came back to life.

    With `until` its windows have ends, and the last of them is known.
    """

    order_id: str
    cover_minor: int
    taken_minor: int
    rate_numerator: int
    rate_denominator: int
    until: dt.datetime | None = None


class CoverLapsed(Event, frozen=True, kw_only=True):
    """The last window of an order that takes cover is over: somebody has to look whether a claim came before."""

    order_id: str


LimitEvent = (
    LimitSet
    | CoverReserved
    | ReservationLapsed
    | ReservationReleased
    | CoverConfirmed
    | CoverReleased
    | CoverHeld
    | CoverLapsed
)
