"""What comes in and what goes out: bodies and queries decoded strictly into declared values, answers written as JSON.

Nothing undeclared is taken: unknown fields, repeated parameters, loose types, odd characters and far-off dates are
refused here, before any rule of trade is asked.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse

from fairlot.application.keys import keyed_id
from fairlot.domain.party import Actor
from fairlot.interfaces.api.problems import Declined, Trouble

JSON = "application/json"
BODY_BYTES_MAX = 128 * 1024
# No trade reaches further; what lies beyond overflows a calendar somewhere.
FIRST_YEAR = 2000
LAST_YEAR = 2199
AMOUNT_MAX = 10**15
KEY_PATTERN = "^[!-~]{1,64}$"
KEY = re.compile(r"[!-~]{1,64}")
VERSION = re.compile(r'"([0-9]{1,9})"')
# Line breaks and tabs belong to text; other control characters to nothing that people write.
ODD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

ValueT = TypeVar("ValueT")


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def body_bytes(request: HttpRequest, *, expected: str, bytes_max: int = BODY_BYTES_MAX) -> bytes:
    """Return the body of the media type expected. Raises Declined."""
    if request.content_type != expected:
        raise Declined(Trouble.MEDIA_TYPE_UNSUPPORTED, expected=expected)
    return whole_body(request, bytes_max=bytes_max)


def whole_body(request: HttpRequest, *, bytes_max: int) -> bytes:
    """Return the body, read no further than one byte beyond what may come. Raises Declined."""
    body = bytes(request.read(bytes_max + 1))
    if len(body) > bytes_max:
        raise Declined(Trouble.BODY_TOO_LARGE, most=bytes_max)
    return body


def body_of(request: HttpRequest, kind: type[ValueT]) -> ValueT:
    """Return the JSON body as a value of `kind`. Raises Declined."""
    value: ValueT = decoded(body_bytes(request, expected=JSON), kind)
    return value


def decoded(body: bytes, kind: Any) -> Any:
    """Return JSON as a value of `kind`, if all of it is plain. Raises Declined."""
    try:
        value = _decoder(kind).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Declined(Trouble.BODY_INVALID, reason=str(error).rstrip(".")) from error
    refuse_odd(value)
    return value


def query_of(request: HttpRequest, kind: type[ValueT]) -> ValueT:
    """Return the query as a value of `kind`; a parameter that is unknown or comes twice is refused. Raises Declined."""
    given: dict[str, str] = {}
    for name, values in request.GET.lists():
        if len(values) != 1:
            raise Declined(Trouble.QUERY_INVALID, reason=f"`{shown(name)}` is given twice")
        given[name] = values[0]
    try:
        value = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Declined(Trouble.QUERY_INVALID, reason=str(error).rstrip(".")) from error
    try:
        refuse_odd(value)
    except Declined as declined:
        raise Declined(Trouble.QUERY_INVALID, declined.facts) from None
    return value


class NoQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address that takes no parameters."""


def refuse_odd(value: Any) -> None:
    """Refuse control characters, amounts and dates that no trade has. Raises Declined."""
    for one in _plain_values(value):
        reason = _oddness(one)
        if reason:
            raise Declined(Trouble.BODY_INVALID, reason=reason)


def _oddness(value: Any) -> str:
    if isinstance(value, str):
        return "a text has a control character" if ODD_CHARACTERS.search(value) else ""
    if isinstance(value, dt.date):
        far = not FIRST_YEAR <= value.year <= LAST_YEAR
        return f"a date is outside {FIRST_YEAR} to {LAST_YEAR}" if far else ""
    if isinstance(value, int):
        return f"a number is above {AMOUNT_MAX}" if abs(value) > AMOUNT_MAX else ""
    return ""


def _plain_values(value: Any) -> Iterator[Any]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _plain_values(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _plain_values(inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _plain_values(inner)
    else:
        yield value


def shown(text: str) -> str:
    """Return a stranger's word as it may stand in a sentence of ours."""
    return ODD_CHARACTERS.sub("?", text)[:64]


def idempotency_key(request: HttpRequest) -> str:
    """Return the key under which the request takes effect once for ever. Raises Declined."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        raise Declined(Trouble.IDEMPOTENCY_KEY_MISSING)
    if not KEY.fullmatch(key):
        reason = "1 to 64 visible characters of ASCII"
        raise Declined(Trouble.HEADER_INVALID, header="Idempotency-Key", reason=reason)
    return key


def scoped(actor: Actor, key: str) -> str:
    """Return the command id of a key: each company's, and each member of staff's, keys are a world of their own."""
    return keyed_id(actor.company_id or actor.person_id, key)


def expected_version(request: HttpRequest) -> int | None:
    """Return the order's version named by `If-Match`, or None where any will do. Raises Declined."""
    given = request.headers.get("If-Match")
    if given is None or given == "*":
        return None
    found = VERSION.fullmatch(given)
    if found is None:
        reason = 'a version in quotation marks, such as "12"'
        raise Declined(Trouble.HEADER_INVALID, header="If-Match", reason=reason)
    return int(found[1])


def answer(value: Any, *, status: int = 200, version: int | None = None) -> HttpResponse:
    """Write an answer as JSON, with the order's version as its entity tag where there is one."""
    response = HttpResponse(msgspec.json.encode(value), status=status, content_type=JSON)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response
