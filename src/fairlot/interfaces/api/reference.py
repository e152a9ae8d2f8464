"""The reference page: the OpenAPI document laid out on our side, without scripts and without anything from elsewhere."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlot.interfaces.api.api import api

METHODS = ("get", "post", "put", "patch", "delete")
# An address that asks for less than this much of a schema's depth shows it by name.
JSON_TYPE = "application/json"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a body or a parameter of an address, as a row of a table; `link` leads to a schema of its own."""

    name: str
    shape: str
    link: str
    required: bool
    description: str


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    body: str
    body_link: str
    answers: tuple[tuple[str, str, str, str], ...]
    is_open: bool


class SchemaRow(msgspec.Struct, frozen=True, kw_only=True):
    """One value by name: its fields, or the words or forms it is one of."""

    name: str
    description: str
    fields: tuple[Field, ...]
    choices: tuple[Field, ...]


@functools.cache
def openapi() -> Mapping[str, Any]:
    """Return the OpenAPI document."""
    document: Mapping[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return document


@functools.cache
def openapi_bytes() -> bytes:
    """Return the document as it is served and kept beside the code."""
    return (json.dumps(openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@require_GET
def openapi_json(_: HttpRequest) -> HttpResponse:
    """Give out the document."""
    return HttpResponse(openapi_bytes(), content_type=JSON_TYPE)


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """Show the document."""
    return render(request, "api/reference.html", _context())


@functools.cache
def _context() -> dict[str, Any]:
    document = openapi()
    groups: dict[str, list[Route]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                tag = operation.get("tags", ["Other"])[0]
                groups.setdefault(tag, []).append(_route(method, path, operation))
    schemas = [
        _schema_row(name, schema)
        for name, schema in sorted(document["components"]["schemas"].items())
    ]
    return {"info": document["info"], "groups": groups, "schemas": schemas}


def _route(method: str, path: str, operation: Mapping[str, Any]) -> Route:
    body = operation.get("requestBody", {}).get("content", {})
    media_type: str = next(iter(body), "")
    content: Mapping[str, Any] = body.get(media_type, {})
    shape, link = _shape(content.get("schema", {})) if content else ("", "")
    return Route(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        body=shape if media_type == JSON_TYPE else ", ".join(body),
        body_link=link,
        answers=tuple(_answers(operation["responses"])),
        is_open=operation.get("security") == [],
    )


def _parameter(one: Mapping[str, Any]) -> Field:
    shape, link = _shape(one.get("schema", {}))
    return Field(
        name=f"{one['name']} ({one['in']})",
        shape=shape,
        link=link,
        required=bool(one.get("required")),
        description=one.get("description", ""),
    )


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for status, response in sorted(responses.items()):
        contents: list[Mapping[str, Any]] = list(response.get("content", {}).values())
        content = contents[0] if contents else {}
        shape, link = _shape(content.get("schema", {})) if content else ("", "")
        yield status, response.get("description", ""), shape, link


def _schema_row(name: str, schema: Mapping[str, Any]) -> SchemaRow:
    required = set(schema.get("required", ()))
    fields = tuple(
        Field(
            name=field,
            shape=_shape(described)[0],
            link=_shape(described)[1],
            required=field in required,
            description=described.get("description", ""),
        )
        for field, described in schema.get("properties", {}).items()
    )
    choices = tuple(
        Field(name=_shape(one)[0], shape="", link=_shape(one)[1], required=False, description="")
        for one in schema.get("anyOf", ())
    )
    words = tuple(
        Field(name=str(word), shape="", link="", required=False, description="")
        for word in schema.get("enum", ())
    )
    return SchemaRow(
        name=name,
        description=schema.get("description", ""),
        fields=fields,
        choices=(*choices, *words),
    )


def _shape(schema: Mapping[str, Any]) -> tuple[str, str]:
    """Return how a schema is written in a table, and the name of the schema it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return name, name
    if "anyOf" in schema:
        shapes = [_shape(one) for one in schema["anyOf"]]
        link = next((link for _, link in shapes if link), "")
        most_shown = 4
        if len(shapes) > most_shown:
            return f"one of {len(shapes)} forms", link
        return " or ".join(shape for shape, _ in shapes), link
    if "enum" in schema:
        return " · ".join(str(word) for word in schema["enum"]), ""
    if schema.get("type") == "array":
        shape, link = _shape(schema.get("items", {}))
        return f"list of {shape}", link
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        shape, link = _shape(inner) if isinstance(inner, dict) else ("value", "")
        return f"values of {shape} by name", link
    words = [str(schema.get("format") or schema.get("type", "any value"))]
    bounds = (("minimum", "≥ {}"), ("maximum", "≤ {}"), ("maxLength", "at most {}"))
    words += [words_of.format(schema[key]) for key, words_of in bounds if key in schema]
    return ", ".join(words), ""
