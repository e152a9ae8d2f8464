"""Events of unmatched money; each carries the amounts that its postings need."""

from __future__ import annotations

import datetime as dt

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something that happened; `at` is the instant it counts from, in whole seconds UTC."""

    at: dt.datetime


class TakenIn(Event, frozen=True, kw_only=True):
    """Money arrived that named no order; it waits for a person until `return_at` (ruling A14)."""

    amount_minor: int
    currency: str
    rail: str
    booked_date: dt.date
    booked_at: dt.datetime | None
    why: str
    entry_hash: str
    return_at: dt.datetime


class Assigned(Event, frozen=True, kw_only=True):
    """An operator said which order the money is for; it goes on into that order's books."""

    order_id: str
    amount_minor: int
    currency: str
    rail: str


class AssignmentUndone(Event, frozen=True, kw_only=True):
    """The order would not take the money: it waits again."""

    order_id: str
    code: str
    amount_minor: int
    currency: str
    rail: str
    return_at: dt.datetime


class ReturnDecided(Event, frozen=True, kw_only=True):
    """The money goes back to who sent it, by an operator's word or because its days are over."""

    amount_minor: int
    currency: str
    by_clock: bool
    due_at: dt.datetime


class SentBack(Event, frozen=True, kw_only=True):
    """The bank confirmed that the money left for its sender."""

    amount_minor: int
    currency: str
    rail: str


class PlatformBreached(Event, frozen=True, kw_only=True):
    """The platform missed its own deadline; the breach is public (R43)."""

    clock: str
    due_at: dt.datetime


SuspenseEvent = TakenIn | Assigned | AssignmentUndone | ReturnDecided | SentBack | PlatformBreached
