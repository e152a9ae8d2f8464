"""Random requests made from the OpenAPI document, and every answer held against it: no 5xx, nothing undeclared."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import Failure, FailureGroup

from fairlot.interfaces.api.reference import openapi
from tests.support.api import Speaker
from tests.support.api_trades import Fair

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Every second request names something that is there, so that it gets past the first refusal.
STAGES = ("proposed", "agreed", "paid", "shipped", "disputed", "completed")
# Moves time for every request that comes after.
LEFT_OUT = frozenset({"/api/v1/sandbox/clock"})
# One address takes some sixty commands, and so that many more cases.
COMMANDS = "/api/v1/orders/{order_id}/commands"
COMMAND_WEIGHT = 20


class Fuzzed(msgspec.Struct, kw_only=True):
    """What a run came to."""

    cases: int = 0
    by_status: dict[int, int] = msgspec.field(default_factory=dict)
    failures: list[str] = msgspec.field(default_factory=list)


def fuzz(
    fair: Fair, orders: list[str], *, cases: int, number: int, speakers: list[Speaker]
) -> Fuzzed:
    """Ask each route its share of random requests, well-formed and not, and return what was found."""
    chance = random.Random(number)
    application = get_wsgi_application()
    schema = schemathesis.openapi.from_dict(dict(openapi()))
    schema.app = application
    found = Fuzzed()
    found_operations: list[Any] = list(schema.get_all_operations())
    operations = [result.ok() for result in found_operations]
    operations = [one for one in operations if one.path not in LEFT_OUT]
    weights = {one.label: COMMAND_WEIGHT if one.path == COMMANDS else 1 for one in operations}
    part = -(-cases // (2 * sum(weights.values())))

    def judge(case: Any) -> None:
        """Send one request as somebody and hold the answer against the document."""
        if chance.random() < 0.7:
            _name_what_is_there(case, orders, fair, chance)
        speaker = chance.choice(speakers)
        response = case.call(headers={"Authorization": f"Bearer {speaker.secret}"})
        found.cases += 1
        found.by_status[response.status_code] = found.by_status.get(response.status_code, 0) + 1
        try:
            case.validate_response(response, checks=CHECKS)
        except (FailureGroup, Failure) as failure:
            found.failures.append(f"{case.method} {case.path}: {failure!r} {response.text[:500]}")

    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            share = part * weights[operation.label]
            for run in _runs(operation.as_strategy(mode), judge, share, number):
                run()
    return found


def orders_of(fair: Fair) -> list[str]:
    """Return an order at each stage."""
    return [fair.at(stage) for stage in STAGES]


def _runs(strategy: Any, judge: Callable[[Any], None], share: int, number: int) -> Iterator[Any]:
    if strategy.is_empty:
        return

    @seed(number)
    @settings(
        max_examples=share,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def run(case: Any) -> None:
        judge(case)

    yield run


def _name_what_is_there(case: Any, orders: list[str], fair: Fair, chance: random.Random) -> None:
    known = {
        "order_id": chance.choice(orders),
        "supplier_id": fair.supplier_id,
        "name": "toys",
        "number": "1",
    }
    for name in case.path_parameters or {}:
        if name in known:
            case.path_parameters[name] = known[name]
