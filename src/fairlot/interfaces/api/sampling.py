"""Sampling plans after ISO 2859-1 and ANSI/ASQ Z1.4, looked up."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.domain.sampling import (
    LOT_SIZE_MAX,
    Edition,
    Kind,
    Level,
    SamplingError,
    Severity,
    Stage,
    plan,
)
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of
from fairlot.interfaces.api.wire import answer, query_of

router = Router(tags=["Sampling"])


class PlanQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One lot and what is accepted of it."""

    lot_size: Annotated[int, msgspec.Meta(ge=1, le=LOT_SIZE_MAX, description="Units in the lot.")]
    aql: Annotated[
        str, msgspec.Meta(max_length=8, description="An AQL of the standard's series, such as 2.5.")
    ]
    level: Level = "II"
    severity: Severity = "normal"
    kind: Kind = "single"
    edition: Edition | None = None


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The plan: cumulative acceptance and rejection numbers by stage, and how many units to look at in each."""

    lot_size: int
    level: Level
    aql: str
    edition: Edition
    severity: Severity
    kind: Kind
    code_letter: str
    plan_letter: str
    stages: tuple[Stage, ...]
    sizes_to_inspect: tuple[int, ...]


@router.get(
    "/sampling/plan",
    summary="Look up a sampling plan",
    openapi_extra=declared(answer=PlanAnswer, query=PlanQuery),
)
def look_up_plan(request: HttpRequest) -> HttpResponse:
    """How many units to inspect, and with how many defectives the lot passes."""
    query = query_of(request, PlanQuery)
    try:
        found = plan(
            lot_size=query.lot_size,
            level=query.level,
            aql=query.aql,
            severity=query.severity,
            kind=query.kind,
            edition=query.edition,
        )
    except SamplingError as error:
        reason = error.sentence_zh if language_of(request) == "zh" else error.sentence_en
        raise Declined(Trouble.QUERY_INVALID, reason=reason.rstrip("。.")) from error
    table = found.table
    return answer(
        PlanAnswer(
            lot_size=found.lot_size,
            level=found.level,
            aql=table.aql,
            edition=table.edition,
            severity=table.severity,
            kind=table.kind,
            code_letter=table.code_letter,
            plan_letter=table.plan_letter,
            stages=table.stages,
            sizes_to_inspect=found.sizes_to_inspect,
        )
    )
