"""Every command that a person may ask, as the API takes it: the domain's own values, closed against unknown fields.

The types are made from the domain's, so that a new command has its schema on the day it has its rule. Two differ: a
version is proposed as the contract that people read, never as bare facts, and what the platform grants at acceptance is
not for the party to say.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from enum import Enum
from typing import Annotated, Any, Union, cast

import msgspec

from fairlot.application.queries.actions import UNSHOWN
from fairlot.domain.contract.document import Contract
from fairlot.domain.order import commands as c
from fairlot.domain.order.commands.instants import in_whole_seconds
from fairlot.domain.order.transitions import RULES
from fairlot.domain.party import Role
from fairlot.interfaces.api.problems import Declined, Trouble
from fairlot.interfaces.api.wire import AMOUNT_MAX

TEXT_LENGTH_MAX = 4_000
ROWS_MAX = 1_000
# Roles that somebody can have; the others are the clock and what the outside reports.
PEOPLE = frozenset(Role) - {Role.CLOCK, Role.PROVIDER}
Country = Annotated[
    str, msgspec.Meta(pattern="^([A-Z]{2})?$", description="ISO 3166-1, two letters.")
]
HashText = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class ProposeVersion(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True
):
    """Propose a version, first or changed, as the contract document; `message` is the message that it was lifted from."""

    contract: Contract
    buyer_country: Country = ""
    message: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None


class AcceptVersion(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True
):
    """Accept that very version; the platform finds out what it grants."""

    version_hash: HashText


OWN_FORMS: dict[type[c.Command], type[msgspec.Struct]] = {
    c.ProposeVersion: ProposeVersion,
    c.AcceptVersion: AcceptVersion,
}


@functools.cache
def closed(kind: type[msgspec.Struct], *, suffix: str = "") -> type[msgspec.Struct]:
    """Return a struct like `kind` that refuses unknown fields, at every depth, and bounds what is open."""
    hints = typing.get_type_hints(kind, include_extras=True)
    fields: list[Any] = []
    for field in msgspec.structs.fields(kind):
        inner = bounded(hints[field.name])
        if field.default is not msgspec.NODEFAULT:
            fields.append((field.name, inner, field.default))
        elif field.default_factory is not msgspec.NODEFAULT:
            made = msgspec.field(default_factory=field.default_factory)
            fields.append((field.name, inner, made))
        else:
            fields.append((field.name, inner))
    tag = kind.__struct_config__.tag
    return msgspec.defstruct(
        f"{kind.__name__}{suffix}",
        fields,
        namespace={"__doc__": kind.__doc__},
        module=__name__,
        frozen=True,
        kw_only=True,
        tag=tag,
        forbid_unknown_fields=True,
    )


def bounded(hint: Any) -> Any:
    """Return a type that takes what `hint` takes within this door's bounds."""
    origin = typing.get_origin(hint)
    if origin is Annotated:
        return hint
    if origin in {Union, types.UnionType}:
        return Union[tuple(bounded(inner) for inner in typing.get_args(hint))]  # noqa: UP007  (made at run time)
    if origin is tuple:
        rows: Any = tuple.__class_getitem__((bounded(typing.get_args(hint)[0]), ...))
        return Annotated[rows, msgspec.Meta(max_length=ROWS_MAX)]
    if origin is dict:
        key, inner = typing.get_args(hint)
        by_name: Any = dict.__class_getitem__((key, bounded(inner)))
        return Annotated[by_name, msgspec.Meta(max_length=ROWS_MAX)]
    if not isinstance(hint, type) or issubclass(hint, Enum):
        return hint
    if issubclass(hint, msgspec.Struct):
        return closed(hint, suffix="Asked")
    return _BOUNDED.get(hint, hint)


_BOUNDED: dict[Any, Any] = {
    str: Annotated[str, msgspec.Meta(max_length=TEXT_LENGTH_MAX)],
    int: Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)],
    dt.datetime: Annotated[dt.datetime, msgspec.Meta(tz=True)],
}


def askable() -> tuple[type[c.Command], ...]:
    """Return the commands that somebody may send, in the order of the table of rules."""
    return tuple(
        command_type
        for command_type, rule in RULES.items()
        if command_type not in UNSHOWN and rule.roles & PEOPLE
    )


def form_of(command_type: type[c.Command]) -> type[msgspec.Struct]:
    """Return the type by which the API takes a command."""
    return OWN_FORMS.get(command_type) or closed(command_type)


FORMS: dict[type[msgspec.Struct], type[c.Command]] = {form_of(kind): kind for kind in askable()}
AskedCommand: Any = Union[tuple(FORMS)]  # noqa: UP007  (made from the table of rules)


def command_type_of(asked: msgspec.Struct) -> type[c.Command]:
    """Return the domain's command of a form."""
    return FORMS[type(asked)]


def plain_command(asked: msgspec.Struct) -> c.OrderCommand:
    """Return the domain's command with the same content; not for a version proposed or accepted. Raises Declined."""
    assert type(asked) not in OWN_FORMS.values(), "a version takes its own way"
    plain = msgspec.to_builtins(asked, builtin_types=(dt.datetime,), str_keys=True)
    try:
        command: Any = in_whole_seconds(plain, FORMS[type(asked)])
    except ValueError as error:
        raise Declined(Trouble.BODY_INVALID, reason=str(error)) from error
    return cast("c.OrderCommand", command)
