"""Instants in a command as people and programs write them: whatever offset and fraction, what counts is the whole second in UTC."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

import msgspec

from fairlot.domain.calendar import whole_second

Asked = TypeVar("Asked", bound=msgspec.Struct)


def in_whole_seconds(plain: Any, kind: type[Asked]) -> Asked:
    """Return a command read from plain values, its instants in UTC and cut to their whole seconds (ruling A03).

    Instants in `plain` are instants already. Raises ValueError for one without an offset or beyond the calendar, and
    msgspec.ValidationError for what is no such command.
    """
    return msgspec.convert(_cut(plain), kind, strict=False)


def _cut(value: Any) -> Any:
    match value:
        case dt.datetime():
            return _cut_instant(value)
        case dict():
            return {name: _cut(item) for name, item in value.items()}
        case list() | tuple():
            return [_cut(item) for item in value]
        case _:
            return value


def _cut_instant(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset from UTC")
    try:
        return whole_second(instant)
    except OverflowError:
        raise ValueError(f"{instant.isoformat()} is beyond the calendar") from None
