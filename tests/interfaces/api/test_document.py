"""The OpenAPI document: checked in as it is served, whole, and laid out for people without scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.test import Client

from fairlot.domain.order.commands import OpenDraft, RecordCardBlock, SettleDue
from fairlot.domain.order.transitions import RULES
from fairlot.interfaces.api.reference import openapi, openapi_bytes

CHECKED_IN = Path(__file__).parents[3] / "docs/api/openapi.json"


def references(node: Any) -> set[str]:
    """Return every schema that something refers to."""
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()), set())
    if isinstance(node, list):
        return set().union(*(references(value) for value in node), set())
    return set()


def test_document_is_checked_in_as_it_is_served() -> None:
    served = Client().get("/api/v1/openapi.json")
    assert served.content == openapi_bytes()
    assert CHECKED_IN.read_bytes() == openapi_bytes(), (
        "write it anew: python -m tools.openapi docs/api/openapi.json"
    )


def test_document_is_whole() -> None:
    document = openapi()
    assert document["openapi"].startswith("3.1")
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= schemas


def test_every_command_that_somebody_may_ask_has_its_schema() -> None:
    body = openapi()["paths"]["/api/v1/orders/{order_id}/commands"]["post"]["requestBody"]
    mapping = body["content"]["application/json"]["schema"]["discriminator"]["mapping"]
    asked_by_nobody = {OpenDraft.__name__, RecordCardBlock.__name__, SettleDue.__name__}
    assert set(mapping) == {kind.__name__ for kind in RULES} - asked_by_nobody


def test_every_change_takes_a_key_or_changes_nothing() -> None:
    computed = re.compile(r"/contracts/(assess|read|diff|conforms)$")
    keyless = {"/api/v1/commands", "/api/v1/sandbox/clock"}
    for path, operations in openapi()["paths"].items():
        if "post" not in operations or computed.search(path) or path in keyless:
            continue
        names = {one["name"] for one in operations["post"].get("parameters", [])}
        assert "Idempotency-Key" in names, path


def test_bodies_are_closed_against_unknown_fields() -> None:
    document = openapi()
    schemas = document["components"]["schemas"]
    waiting = [
        reference
        for operations in document["paths"].values()
        for operation in operations.values()
        for reference in references(operation.get("requestBody", {}))
    ]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop().rsplit("/", 1)[-1]
        if name in seen:
            continue
        seen.add(name)
        schema = schemas[name]
        if "properties" in schema:
            assert schema.get("additionalProperties") is False, name
        waiting += references(schema)
    assert len(seen) > 80


def test_page_lays_out_every_route_without_scripts() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "<script" not in page
    assert not re.search(r'(src|href)="https?:', page)
    for operations in openapi()["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def test_document_is_json_of_its_own() -> None:
    assert json.loads(CHECKED_IN.read_text(encoding="utf-8"))["info"]["title"] == "Fairlot API"
