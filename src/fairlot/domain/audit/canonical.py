"""Canonical bytes of what is recorded: one value, one spelling; the only encoder of anything that is hashed.

JSON in UTF-8 without spaces, keys sorted, whole numbers only, instants in UTC with whole seconds and a final `Z`.
What PostgreSQL or a library would print has no say: the bytes themselves are stored and hashed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from typing import Any

import msgspec

from fairlot.domain.money import AMOUNT_MINOR_MAX

# A JSON number above this is not exact everywhere; our amounts stay below it, and so must all else.
INTEGER_MAX = 2**53
assert AMOUNT_MINOR_MAX < INTEGER_MAX

_encoder = msgspec.json.Encoder(order="sorted")
_PLAIN = (dt.datetime, dt.date)
_ALWAYS_PLAIN = frozenset({str, bool, type(None), dt.date})
_LISTS = frozenset({list, tuple})


class NotCanonicalError(ValueError):
    """The value has no canonical spelling, such as a float, a fraction of a second or a naive instant."""


def canonical_bytes(value: Any) -> bytes:
    """Return the one spelling of a struct or of plain data. Raises NotCanonicalError."""
    plain = msgspec.to_builtins(value, builtin_types=_PLAIN, str_keys=True, order="sorted")
    _check(plain)
    return _encoder.encode(plain)


def content_hash(*parts: bytes) -> bytes:
    """Return the SHA-256 of parts, after their number and all their lengths, so that no two lists share their bytes.

    Numbers are unsigned, eight bytes, most significant first.
    """
    lengths = struct.pack(f">{len(parts) + 1}Q", len(parts), *map(len, parts))
    return hashlib.sha256(lengths + b"".join(parts)).digest()


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
