"""The shape of a policy file against its model: no unknown key, none missing, no number that is not whole."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo

from fairlot.domain.policy.errors import Fault

_PLACE = re.compile(r"^(?P<reason>.*?)(?: - at (?:`key` in )?`\$\.?(?P<key>[^`]*)`)?$", re.DOTALL)


def shape_faults(table: Mapping[str, Any], model: type[msgspec.Struct]) -> tuple[Fault, ...]:
    """Compare a parsed file with its model and list every key that is unknown, missing or no whole number."""
    return tuple(_table_faults(table, model, ""))


def conversion_fault(error: msgspec.ValidationError) -> Fault:
    """Turn a conversion's message into the key it speaks of and its reason."""
    match = _PLACE.match(str(error))
    assert match is not None
    return Fault(key=match["key"] or "the file", reason=match["reason"])


def _table_faults(
    table: Mapping[str, Any], model: type[msgspec.Struct], path: str
) -> Iterator[Fault]:
    types = get_type_hints(model)
    fields = {field.encode_name: field for field in msgspec.structs.fields(model)}
    for key, value in table.items():
        if key not in fields:
            yield Fault(key=path + key, reason=_unknown(key, fields))
        else:
            yield from _value_faults(value, types[fields[key].name], path + key)
    for key, field in fields.items():
        if field.required and key not in table:
            yield Fault(key=path + key, reason="is missing")


def _value_faults(value: object, declared: object, key: str) -> Iterator[Fault]:
    match value:
        case float():
            yield Fault(key=key, reason=f"must be a whole number, not {value}")
        case dict() if _is_struct(declared):
            yield from _table_faults(value, declared, f"{key}.")
        case dict():
            for name, item in value.items():
                yield from _value_faults(item, _type_inside(declared, dict), f"{key}.{name}")
        case list():
            for i, item in enumerate(value):
                yield from _value_faults(item, _type_inside(declared, tuple), f"{key}[{i}]")
        case _:
            return


def _is_struct(declared: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(declared, type) and issubclass(declared, msgspec.Struct)


def _type_inside(declared: object, container: type) -> object:
    """Return the type of the values in a declared mapping or of the items in a tuple, if it is that container."""
    if get_origin(declared) is not container:
        return None
    arguments = get_args(declared)
    return arguments[1] if container is dict else arguments[0]


def _unknown(key: str, fields: Mapping[str, FieldInfo]) -> str:
    near = difflib.get_close_matches(key, fields, n=1, cutoff=0.0)
    return f"is no key of a policy; the nearest is {near[0]}"
