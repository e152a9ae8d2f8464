"""The shape all events of an order share."""

from __future__ import annotations

import datetime as dt

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something that happened; `at` is the instant it counts from, in whole seconds UTC."""

    at: dt.datetime
