"""Money that names no order, for the platform's people: read what waits, give it to an order, send it back."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import reads_platform
from fairlot.application.money.suspense import (
    Unmatched,
    assign,
    assignment_id,
    return_id,
    send_back,
    unmatched,
)
from fairlot.application.outcome import Outcome
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Actor, Role
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.interfaces.api.auth import caller_of, refuse_unless_fresh
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble
from fairlot.interfaces.api.suppliers import operator_of
from fairlot.interfaces.api.wire import NoQuery, answer, body_of, query_of
from fairlot.writing_room import writing_room

ROWS_MAX = 100
NAMED = re.compile(r"[A-Za-z0-9_-]{1,64}")

router = Router(tags=["Unmatched money"])


class UnmatchedQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What waits, after one of them."""

    after: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{0,64}$")] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=ROWS_MAX)] = 25


class UnmatchedList(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for a person, the oldest first."""

    unmatched: tuple[Unmatched, ...]
    next_after: str | None


class AssignMoney(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The order that the money is for."""

    order_id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]


class MoneyDecided(msgspec.Struct, frozen=True, kw_only=True):
    """Where the money stands by now."""

    suspense_id: str
    status: SuspenseStatus
    order_id: str


@router.get(
    "/unmatched-money",
    summary="List money without an order",
    openapi_extra=declared(answer=UnmatchedList, query=UnmatchedQuery),
)
def list_unmatched(request: HttpRequest) -> HttpResponse:
    """The platform's people: money that came in by bank and names no order that can take it."""
    query = query_of(request, UnmatchedQuery)
    if not reads_platform(caller_of(request).identity):
        raise Declined(Code.NOT_PERMITTED)
    found = unmatched(writing_room().desk, after=query.after, limit=query.limit + 1)
    shown = found[: query.limit]
    more = shown[-1].suspense_id if len(found) > query.limit else None
    return answer(UnmatchedList(unmatched=shown, next_after=more))


@router.put(
    "/unmatched-money/{suspense_id}/assignment",
    summary="Give money to an order",
    openapi_extra=declared(answer=MoneyDecided, body=AssignMoney, may_conflict=True),
)
def assign_unmatched(request: HttpRequest, suspense_id: str) -> HttpResponse:
    """Operators: say which order the money is for. What the order refuses waits on; the same again changes nothing."""
    query_of(request, NoQuery)
    actor = _operator(request)
    order_id = body_of(request, AssignMoney).order_id
    desk = writing_room().desk
    _refuse_unknown(suspense_id)
    outcome = assign(
        suspense_id,
        order_id,
        actor=actor,
        command_id=assignment_id(suspense_id, order_id, desk),
        desk=desk,
    )
    return _decided(suspense_id, outcome)


@router.put(
    "/unmatched-money/{suspense_id}/return",
    summary="Send money back",
    openapi_extra=declared(answer=MoneyDecided, may_conflict=True),
)
def return_unmatched(request: HttpRequest, suspense_id: str) -> HttpResponse:
    """Operators: have the money go back to who sent it, before its days are over."""
    query_of(request, NoQuery)
    actor = _operator(request)
    _refuse_unknown(suspense_id)
    desk = writing_room().desk
    outcome = send_back(
        suspense_id, actor=actor, command_id=return_id(suspense_id, desk), desk=desk
    )
    return _decided(suspense_id, outcome)


def _operator(request: HttpRequest) -> Actor:
    person_id = operator_of(request)
    refuse_unless_fresh(request)
    return Actor(role=Role.OPERATOR, person_id=person_id)


def _refuse_unknown(suspense_id: str) -> None:
    """Raise Declined for a movement that never was."""
    status = SuspenseStatus.UNKNOWN
    if NAMED.fullmatch(suspense_id):
        status = writing_room().desk.read_suspense(suspense_id)[0].status
    if status is SuspenseStatus.UNKNOWN:
        raise Declined(Trouble.NOT_FOUND)


def _decided(suspense_id: str, outcome: Outcome) -> HttpResponse:
    if outcome.code is not None:
        raise Declined(outcome.code, outcome.facts)
    state, _ = writing_room().desk.read_suspense(suspense_id)
    return answer(
        MoneyDecided(suspense_id=suspense_id, status=state.status, order_id=state.order_id)
    )
