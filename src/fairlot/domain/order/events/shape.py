"""The shape all events of an order share."""

from __future__ import annotations

import datetime as dt

import msgspec


# No value refers to itself, so the garbage collector need not follow those that a story makes by the dozen.
class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Something that happened; `at` is the instant it counts from, in whole seconds UTC."""

    at: dt.datetime
