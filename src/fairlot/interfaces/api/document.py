"""The OpenAPI document: what each route declares beside its code, joined with the schemas of the values themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from fairlot.interfaces.api.problems import MEDIA_TYPE, Problem
from fairlot.interfaces.api.wire import JSON, KEY_PATTERN, NoQuery

REFERENCE = "#/components/schemas/{name}"
MARK = "x-declared"
BINARY = {"type": "string", "format": "binary"}

# Answers that any route may give.
ANYWHERE = {
    "401": "Nobody is known by this key or session.",
    "403": "It is not for this company, role or right.",
    "404": "It is not there, or not yours to see; the two look alike.",
    "405": "The address takes other methods.",
    "413": "The body is too large.",
    "415": "The body has another media type.",
    "422": "It is not what is asked for here.",
    "429": "This key asks too often; `Retry-After` says when to ask again.",
    "503": "Too busy or unavailable; `Retry-After` says when to ask again.",
}
CONFLICT = "Refused as things stand: `code` and `facts` say why."


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """What a route takes and gives: the types of its answer, body and query."""

    answer: Any = None
    status: int = 200
    body: Any = None
    media_types: tuple[str, ...] = ()
    body_media_types: tuple[str, ...] = (JSON,)
    query: type[msgspec.Struct] = NoQuery
    takes_key: bool = False
    takes_version: bool = False
    gives_version: bool = False
    may_conflict: bool = False
    is_open: bool = False

    def kinds(self) -> Iterator[Any]:
        """Yield the types that need a schema."""
        for kind in (self.answer, self.body):
            if kind is not None and kind is not bytes:
                yield kind
        yield self.query


def declared(**what: Any) -> dict[str, Any]:
    """Return what a router takes as `openapi_extra`."""
    return {MARK: Declared(**what)}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Put schemas, parameters and problems into the document that the routers drew."""
    operations = [
        (operation, operation.pop(MARK, None))
        for path in document["paths"].values()
        for operation in path.values()
    ]
    kinds: list[Any] = [Problem]
    for _, marked in operations:
        kinds += [] if marked is None else list(marked.kinds())
    schemas, components = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
    schema_of = dict(zip(map(repr, kinds), schemas, strict=True))
    for operation, marked in operations:
        if marked is not None:
            _describe(operation, marked, schema_of, components)
        _add_problems(operation, marked, schema_of[repr(Problem)])
    named = {_short(name): schema for name, schema in components.items()}
    document["components"].setdefault("schemas", {}).update(named)
    renamed: dict[str, Any] = _renamed(document)
    return renamed


def _describe(
    operation: dict[str, Any],
    marked: Declared,
    schema_of: dict[str, Any],
    components: dict[str, Any],
) -> None:
    operation["parameters"] = [
        *operation.get("parameters", []),
        *_query_parameters(components[_name_in(schema_of[repr(marked.query)])]),
        *_headers(marked),
    ]
    operation["responses"] = {str(marked.status): _response(marked, schema_of)}
    if marked.body is not None:
        schema = BINARY if marked.body is bytes else schema_of[repr(marked.body)]
        content = {media_type: {"schema": schema} for media_type in marked.body_media_types}
        operation["requestBody"] = {"required": True, "content": content}
    if marked.is_open:
        operation["security"] = []


def _response(marked: Declared, schema_of: dict[str, Any]) -> dict[str, Any]:
    if marked.answer is None:
        return {"description": "Done."}
    described: dict[str, Any] = {"description": "The answer."}
    if marked.answer is bytes:
        described["content"] = {name: {"schema": BINARY} for name in marked.media_types}
    else:
        described["content"] = {JSON: {"schema": schema_of[repr(marked.answer)]}}
    if marked.gives_version:
        version = {
            "description": "The order's version, for `If-Match`.",
            "schema": {"type": "string"},
        }
        described["headers"] = {"ETag": version}
    return described


def _headers(marked: Declared) -> Iterator[dict[str, Any]]:
    if marked.takes_key:
        yield {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "description": "An id of your own under which this takes effect once for ever; the same when you ask again.",
            "schema": {"type": "string", "pattern": KEY_PATTERN},
        }
    if marked.takes_version:
        yield {
            "in": "header",
            "name": "If-Match",
            "required": False,
            "description": "The order's version that you saw, in quotation marks; another one is answered by 409 with what changed.",
            "schema": {"type": "string", "pattern": '^(\\*|"[0-9]{1,9}")$'},
        }


def _query_parameters(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    required = set(schema.get("required", ()))
    for name, described in schema.get("properties", {}).items():
        # An absent parameter is left out; no query says null.
        inner = [one for one in described.get("anyOf", ()) if one.get("type") != "null"]
        plain = {key: value for key, value in described.items() if key not in {"anyOf", "default"}}
        shape = {**inner[0], **plain} if inner else described
        yield {
            "in": "query",
            "name": name,
            "required": name in required,
            "description": shape.get("description", ""),
            "schema": shape,
        }


def _add_problems(operation: dict[str, Any], marked: Declared | None, problem: Any) -> None:
    content = {MEDIA_TYPE: {"schema": problem}}
    possible = dict(ANYWHERE)
    if marked is None or marked.may_conflict or marked.takes_key:
        possible["409"] = CONFLICT
    if marked is not None and marked.is_open:
        possible.pop("401")
    for status, description in sorted(possible.items()):
        operation["responses"].setdefault(status, {"description": description, "content": content})


def _name_in(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).removeprefix(REFERENCE.format(name=""))


def _short(name: str) -> str:
    """Return a component's name: two types of one name are told apart by the module they are from."""
    *modules, own = name.rsplit(".", 2)
    return f"{own}Of{modules[-1].title().replace('_', '')}" if modules else re.sub(r"\W", "_", own)


def _renamed(node: Any) -> Any:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            return {**node, "$ref": REFERENCE.format(name=_short(_name_in(node)))}
        mapping = node.get("mapping")
        renamed = {key: _renamed(value) for key, value in node.items()}
        if isinstance(mapping, dict):
            renamed["mapping"] = {
                tag: REFERENCE.format(name=_short(_name_in({"$ref": target})))
                for tag, target in mapping.items()
            }
        return renamed
    return [_renamed(one) for one in node] if isinstance(node, list) else node
