"""Canonical bytes of what is recorded: one value, one spelling; the only encoder of anything that is hashed.

JSON in UTF-8 without spaces, keys sorted, whole numbers only, instants in UTC with whole seconds and a final `Z`.
What PostgreSQL or a library would print has no say: the bytes themselves are stored and hashed.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import struct
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from fairlot.domain.money import AMOUNT_MINOR_MAX

# A JSON number above this is not exact everywhere; our amounts stay below it, and so must all else.
INTEGER_MAX = 2**53
assert AMOUNT_MINOR_MAX < INTEGER_MAX

_encoder = msgspec.json.Encoder(order="sorted")
# Left as they are for the look at them, of which only instants and dates pass.
_PLAIN = (dt.datetime, dt.date, dt.time, dt.timedelta, bytes, bytearray, Decimal)
_ALWAYS_PLAIN = frozenset({str, bool, type(None), dt.date})
_LISTS = frozenset({list, tuple})
_COLLECTIONS = frozenset({*_LISTS, frozenset, set})
# Types of fields whose values need no look, and those whose values do.
_ONE_SPELLING = (
    inspect.StrType,
    inspect.BoolType,
    inspect.NoneType,
    inspect.DateType,
    inspect.EnumType,
)
_LOOKED_AT = (inspect.IntType, inspect.DateTimeType)


class NotCanonicalError(ValueError):
    """The value has no canonical spelling, such as a float, a fraction of a second or a naive instant."""


def canonical_bytes(value: Any) -> bytes:
    """Return the one spelling of a struct or of plain data. Raises NotCanonicalError."""
    quick = _spelled_quickly(value)
    return _spelled_with_care(value) if quick is None else quick


def _spelled_quickly(value: Any) -> bytes | None:
    """Return the spelling of a struct whose type and values are plainly right; None where one must look closer."""
    if not isinstance(value, msgspec.Struct) or not _is_plainly_right(value):
        return None
    try:
        return _encoder.encode(value)
    except TypeError:
        # Keys that are not text have to be made so first.
        return None


def _spelled_with_care(value: Any) -> bytes:
    plain = msgspec.to_builtins(value, builtin_types=_PLAIN, str_keys=True, order="sorted")
    _check(plain)
    return _encoder.encode(plain)


def content_hash(*parts: bytes) -> bytes:
    """Return the SHA-256 of parts, after their number and all their lengths, so that no two lists share their bytes.

    Numbers are unsigned, eight bytes, most significant first.
    """
    lengths = _lengths_packed(len(parts))(len(parts), *map(len, parts))
    return hashlib.sha256(b"".join((lengths, *parts))).digest()


@functools.cache
def _lengths_packed(count: int) -> Callable[..., bytes]:
    return struct.Struct(f">{count + 1}Q").pack


class _Look(NamedTuple):
    """Names of the fields of a struct whose values could still be wrong, by how they are looked at."""

    instants: tuple[str, ...]
    integers: tuple[str, ...]
    others: tuple[str, ...]


def _is_plainly_right(value: Any) -> bool:
    kind: type = type(value)
    if kind is int:
        return bool(-INTEGER_MAX <= value <= INTEGER_MAX)
    if kind is dt.datetime:
        return value.tzinfo is dt.UTC and not value.microsecond
    if kind in _COLLECTIONS:
        return all(map(_is_plainly_right, value))
    if isinstance(value, msgspec.Struct):
        look = _look_at(kind)
        return look is not None and _has_right_fields(value, look)
    # Whatever else the type of a field allows has one spelling by itself; a dictionary is looked at with care.
    return kind is not dict


def _has_right_fields(value: msgspec.Struct, look: _Look) -> bool:
    # Written out: several structs are looked at per command, and most of their fields are instants and amounts.
    for name in look.instants:
        instant = getattr(value, name)
        if instant is not None and (instant.tzinfo is not dt.UTC or instant.microsecond):
            return False
    for name in look.integers:
        number = getattr(value, name)
        if number is not None and not (
            type(number) is int and -INTEGER_MAX <= number <= INTEGER_MAX
        ):
            return False
    for name in look.others:  # noqa: SIM110  (a generator costs more than what it looks at)
        if not _is_plainly_right(getattr(value, name)):
            return False
    return True


@functools.cache
def _look_at(kind: type) -> _Look | None:
    """Return the fields whose values could still be wrong; None if a field's type allows what is never recorded."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    if not all(_is_recordable(field.type, {kind}) for field in info.fields):
        return None
    looked_at = [field for field in info.fields if not isinstance(field.type, _ONE_SPELLING)]
    instants = tuple(f.name for f in looked_at if _is_only(inspect.DateTimeType, f.type))
    integers = tuple(f.name for f in looked_at if _is_only(inspect.IntType, f.type))
    known = {*instants, *integers}
    return _Look(instants, integers, tuple(f.name for f in looked_at if f.name not in known))


def _is_only(wanted: type[inspect.Type], info: inspect.Type) -> bool:
    """Say whether a field's type is the one wanted, or that or nothing."""
    if isinstance(info, inspect.UnionType):
        return all(isinstance(one, wanted | inspect.NoneType) for one in info.types)
    return isinstance(info, wanted)


def _is_recordable(info: inspect.Type, seen: set[type]) -> bool:
    match info:
        case inspect.StructType():
            if info.cls in seen:
                return True
            return all(_is_recordable(one.type, {*seen, info.cls}) for one in info.fields)
        case inspect.UnionType():
            return all(_is_recordable(one, seen) for one in info.types)
        case inspect.TupleType():
            return all(_is_recordable(one, seen) for one in info.item_types)
        case inspect.VarTupleType() | inspect.ListType() | inspect.FrozenSetType():
            return _is_recordable(info.item_type, seen)
        case inspect.DictType():
            return _is_recordable(info.key_type, seen) and _is_recordable(info.value_type, seen)
        case _:
            return isinstance(info, _ONE_SPELLING + _LOOKED_AT)


def _check(value: Any) -> None:
    kind = type(value)
    if kind in _ALWAYS_PLAIN:
        return
    if kind is int:
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise NotCanonicalError(f"{value} is too large for an exact JSON number")
    elif kind is dt.datetime:
        _check_instant(value)
    elif kind is dict:
        if not all(type(key) is str for key in value):
            raise NotCanonicalError(f"{value!r} has a key that is not text")
        for item in value.values():
            _check(item)
    elif kind in _LISTS:
        for item in value:
            _check(item)
    else:
        raise NotCanonicalError(f"{value!r} of type {kind.__name__} is not recorded")


def _check_instant(instant: dt.datetime) -> None:
    if instant.utcoffset() != dt.timedelta(0):
        raise NotCanonicalError(f"{instant} is not in UTC")
    if instant.microsecond:
        raise NotCanonicalError(f"{instant} has a fraction of a second")
