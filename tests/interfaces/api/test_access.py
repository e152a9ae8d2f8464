"""Who gets what through the API: every route, role and state in one table; nothing to be told apart, nothing undeclared.

The table is `tests/golden/api_access.txt`: a route without a row, or a row without a route, fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.urls import URLResolver, get_resolver

from fairlot.application.queries.seen import see_orders
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.transitions import RULES
from fairlot.domain.party import Role
from fairlot.interfaces.api import limits, sight, wire
from fairlot.interfaces.api.asked import askable, form_of
from fairlot.interfaces.api.problems import Declined
from tests.support.api import PREFIX, Answer
from tests.support.api_matrix import (
    ABSENT,
    ROLES,
    STATES,
    Cast,
    Route,
    body_for,
    least,
    letter,
    routes,
    send,
)
from tests.support.api_trades import Fair

GOLDEN = Path(__file__).parents[2] / "golden/api_access.txt"
LEGEND = (
    "# Every route of the API, by role and state of the order: y done, r refused as things stand, i not as asked,\n"
    "# D denied (403), A absent (404), U unknown caller (401). What else is named is there, the buyer's or the supplier's,\n"
    "# or absent; routes that name nothing have one row.\n"
)
UNREACHED = frozenset({"anonymous", "invalid key", "revoked key", "expired key", "locked person"})
STRANGERS = ("other company", "other inspector", "other mediator")
# What takes something away takes it from every other cell of the table, and what moves the sandbox's clock moves all.
LAST = ("end_enrolment", "remove_webhook", "move_clock")
# What an address names, and strangers may not tell from what is not there.
PRIVATE = ("{order_id}", "{endpoint_id}", "{content_hash}", "{report_id}", "{key}")


@pytest.fixture(autouse=True)
def _without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))


@pytest.fixture(scope="module")
def cast(shared_fair: Fair) -> Cast:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))
        return Cast(shared_fair)


def _order_of_rows(route: Route) -> tuple[int, str, str]:
    last = LAST.index(route.name) + 1 if route.name in LAST else 0
    return last, route.path, route.method


def rows(cast: Cast) -> Iterator[str]:
    """Yield the rows of the table as the code answers."""
    for route in sorted(routes(), key=_order_of_rows):
        for state in states_of(route):
            names = cast.absent if state == "absent" else cast.names
            order_id = cast.orders.get(state, ABSENT)
            letters = " ".join(
                letter(send(route, cast.speakers[role], order_id=order_id, names=names))
                for role in ROLES
            )
            yield f"{letters}  {route.method} {route.path} {state}".rstrip()


def states_of(route: Route) -> tuple[str, ...]:
    """Return in which states what a route names is asked for."""
    if route.is_of_order:
        return (*STATES, "absent")
    return ("there", "absent") if route.names_something else ("",)


def test_a1_every_route_role_and_state_is_answered_as_declared(cast: Cast, tmp_path: Path) -> None:
    heads = [f"# {'  ' * place}{role}" for place, role in enumerate(ROLES)]
    table = LEGEND + "\n".join([*heads, *rows(cast)]) + "\n"
    now = tmp_path / GOLDEN.name
    now.write_text(table, encoding="utf-8")
    assert table == GOLDEN.read_text(encoding="utf-8"), f"as answered now: {now}; read each change"


def test_a1_table_lets_nobody_in_without_an_account_nor_strangers_into_orders() -> None:
    told = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert len(told) > 100
    for line in told:
        letters = dict(zip(ROLES, line.split("  ")[0].split(), strict=True))
        assert {letters[role] for role in UNREACHED} <= {"U"} or "conditions" in line, line
        if "{order_id}" in line or "{endpoint_id}" in line:
            assert {letters[role] for role in STRANGERS} == {"A"}, line
            assert not line.endswith("absent") or set(letters.values()) <= {"U", "A"}, line
        if "{content_hash}" in line or "{report_id}" in line:
            assert {letters[role] for role in STRANGERS} == {"D"}, line


def _addresses_below(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _addresses_below(pattern.url_patterns, address)
        else:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)


def test_a1_no_address_of_the_api_is_answered_past_the_table() -> None:
    addresses = set(_addresses_below(get_resolver().url_patterns))
    below = {f"/{each}".removeprefix(PREFIX) for each in addresses if f"/{each}".startswith(PREFIX)}
    assert below - {route.path for route in routes()} == {"/", "/docs", "/openapi.json"}


def test_a1_each_command_is_denied_to_roles_that_the_rules_do_not_name(cast: Cast) -> None:
    speakers = {
        Role.BUYER: "buyer",
        Role.SUPPLIER: "supplier",
        Role.AGENT: "agent",
        Role.INSPECTOR: "inspector",
        Role.OPERATOR: "operator",
        Role.SUPERVISOR: "supervisor",
        Role.AUDITOR: "auditor",
    }
    for command_type in askable():
        body = msgspec.to_builtins(least(form_of(command_type)), str_keys=True)
        for role, name in speakers.items():
            if role in RULES[command_type].roles:
                continue
            path = f"/orders/{cast.orders['disputed']}/commands"
            answer = cast.speakers[name].post(path, body)
            assert answer.code in {"not_permitted", "not_mandated"}, (command_type, role)


def _told(answer: Answer, names: dict[str, str]) -> tuple[Any, ...]:
    """Return all of an answer but the name that every request gets anew, and the key that the caller sent itself."""
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
    body = answer.body.replace(f'"key":"{names["key"]}"'.encode(), b'"key":"sent"')
    return answer.status, body, {**headers, "Content-Length": ""}


def _told_apart(cast: Cast) -> list[str]:
    """Return the routes by which a stranger tells what is foreign from what is not there."""
    found = []
    for route in routes():
        if not any(name in route.path for name in PRIVATE):
            continue
        # A supplier's name is public; whether it gave in a document is not.
        kept_names = {"supplier_id": cast.names["supplier_id"], "number": "1"}
        for name in STRANGERS:
            foreign, absent = (
                send(route, cast.speakers[name], order_id=order_id, names={**names, **kept_names})
                for order_id, names in (
                    (cast.orders["paid"], cast.names),
                    (ABSENT, cast.absent),
                )
            )
            if _told(foreign, cast.names) != _told(absent, cast.absent):
                found.append(f"{route.name} {name}")
    return found


def test_a4_foreign_and_absent_orders_are_alike_to_the_byte(cast: Cast) -> None:
    assert _told_apart(cast) == []


def test_a4_answer_that_tells_them_apart_would_be_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = see_orders

    def telling(connection: Any, order_ids: Any, **options: Any) -> Any:
        if cast.orders["paid"] in order_ids:
            raise Declined(Code.NOT_PERMITTED)
        return honest(connection, order_ids, **options)

    monkeypatch.setattr(sight, "see_orders", telling)
    assert "one_order other company" in _told_apart(cast)


def _with_undeclared(value: Any) -> Iterator[Any]:
    """Yield a body with a field that nobody declared, once for each object in it."""
    if isinstance(value, dict):
        yield {**value, "undeclared": 1}
        for key, inner in value.items():
            for changed in _with_undeclared(inner):
                yield {**value, key: changed}
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            for changed in _with_undeclared(inner):
                yield [*value[:place], changed, *value[place + 1 :]]


def _taken_fields(cast: Cast, wanted: list[Route]) -> list[str]:
    found = []
    for route in wanted:
        if route.declared.body is None or route.declared.body is bytes:
            continue
        path = route.path
        for name, value in {"order_id": cast.orders["paid"], **cast.names}.items():
            path = path.replace(f"{{{name}}}", value)
        for speaker in (cast.fair.buyer, cast.fair.supplier, cast.fair.operator):
            for body in _with_undeclared(body_for(route)):
                answer = speaker.ask(route.method, path, body)
                if letter(answer) == "y":
                    found.append(route.name)
    return found


def test_a5_no_route_takes_a_field_that_it_does_not_declare(cast: Cast) -> None:
    assert _taken_fields(cast, list(routes())) == []


def test_a5_route_that_takes_any_field_would_be_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = wire.decoded

    def lax(body: bytes, kind: Any) -> Any:
        data = json.loads(body)
        data.pop("undeclared", None)
        return strict(json.dumps(data).encode(), kind)

    monkeypatch.setattr(wire, "decoded", lax)
    messages = [route for route in routes() if route.name == "say"]
    assert _taken_fields(cast, messages) != []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?limit=1&limit=2", "query_invalid"),
        ("?undeclared=1", "query_invalid"),
        ("?limit=0", "query_invalid"),
        ("?cursor=%00", "query_invalid"),
        ("?status=unheard", "query_invalid"),
    ],
)
def test_a5_queries_are_as_strict(cast: Cast, query: str, code: str) -> None:
    assert cast.fair.buyer.get(f"/orders{query}").code == code
