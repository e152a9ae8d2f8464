"""Orders as they can be looked at: lists page by page, one order, and each of its parts for whom it is."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import MemberRight, Read, has_right, rights_in
from fairlot.application.queries.actions import Action
from fairlot.application.queries.money import Statement
from fairlot.application.queries.order_list import ListFilter, list_orders
from fairlot.application.queries.order_view import OrderView, order_view
from fairlot.application.queries.orders import find_contract
from fairlot.application.queries.seen import SeenOrder
from fairlot.application.queries.spoken_parts import COMMANDS_BY_NAME, speaker_for
from fairlot.application.queries.supplier_profile import cover_if_agreed
from fairlot.application.queries.wall import behind_wall, contract_behind_wall
from fairlot.domain.contract.document import Contract
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.api import answers
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of
from fairlot.interfaces.api.sight import RoleQuery, look
from fairlot.interfaces.api.wire import answer, query_of
from fairlot.reading_room import reading_room
from fairlot.store.order_list import ListPlace
from fairlot.writing_room import lent_connection, writing_room

ROWS_MAX = 100
EVENTS_MAX = 1_000

router = Router(tags=["Orders"])


class ListQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which orders, and from where on."""

    company: Annotated[
        str, msgspec.Meta(max_length=64, description="One of your companies; else the first.")
    ] = ""
    role: Annotated[
        Role | None, msgspec.Meta(description="Orders in which the company has this role.")
    ] = None
    status: Annotated[Status | None, msgspec.Meta(description="Orders in this status.")] = None
    needs_me: Annotated[
        bool, msgspec.Meta(description="Only orders that wait for you; a page may be short.")
    ] = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=ROWS_MAX, description="Orders on a page.")] = 25
    cursor: Annotated[
        str, msgspec.Meta(max_length=300, description="`next_cursor` of the page before.")
    ] = ""


class EventQuery(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"role": "as"}
):
    """Events after a number."""

    after: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=EVENTS_MAX)] = 200
    role: Role | None = None


@router.get(
    "/orders",
    summary="List orders",
    openapi_extra=declared(answer=answers.OrderList, query=ListQuery),
)
def list_of_orders(request: HttpRequest) -> HttpResponse:
    """Your company's orders, the newest first. Staff without a company see the platform's."""
    query = query_of(request, ListQuery)
    room = reading_room()
    identity = caller_of(request).identity
    with lent_connection() as connection:
        page = list_orders(
            connection,
            identity=identity,
            company_id=_company_of(request, query.company),
            wanted=ListFilter(role=query.role, status=query.status, needs_me=query.needs_me),
            after=_place_of(query.cursor),
            limit=query.limit,
            policies=room.policies,
            now=room.clock(),
        )
    cursor = None if page.after is None else _cursor_of(page.after)
    return answer(answers.OrderList(orders=page.rows, next_cursor=cursor))


def _company_of(request: HttpRequest, named: str) -> str | None:
    """Return the company to read as: one that is the caller's own, or none for staff. Raises Declined."""
    identity = caller_of(request).identity
    own = [member.company_id for member in identity.memberships]
    if not named and own:
        named = own[0]
    if named:
        if MemberRight.FOLLOW not in rights_in(identity, named):
            raise Declined(Code.NOT_PERMITTED)
        return named
    if not identity.staff_roles:
        raise Declined(Code.NOT_PERMITTED)
    return None


def _cursor_of(place: ListPlace) -> str:
    text = f"{place.created_at.isoformat()} {place.order_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place_of(cursor: str) -> ListPlace | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        instant, _, order_id = text.partition(" ")
        place = ListPlace(dt.datetime.fromisoformat(instant), order_id)
    except (ValueError, binascii.Error):
        raise Declined(Trouble.QUERY_INVALID, reason="`cursor` is not one of ours") from None
    if place.created_at.tzinfo is None or not order_id.isprintable():
        raise Declined(Trouble.QUERY_INVALID, reason="`cursor` is not one of ours")
    return place


def _view(request: HttpRequest, order_id: str, read: Read) -> tuple[SeenOrder, Actor, OrderView]:
    query = query_of(request, RoleQuery)
    seen, actor = look(request, order_id, read, role=query.role)
    return seen, actor, view_of(seen, actor)


def view_of(seen: SeenOrder, actor: Actor) -> OrderView:
    """Return an order as one of its roles sees it now."""
    moment, _ = seen.at(reading_room().clock())
    view = order_view(seen.order_id, seen.story, policy=seen.policy, now=moment, viewer=actor)
    return behind_wall(view)


@router.get(
    "/orders/{order_id}",
    summary="One order",
    openapi_extra=declared(answer=answers.OrderAnswer, query=RoleQuery, gives_version=True),
)
def one_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Where it stands, what was agreed, whose turn it is. The entity tag is its version."""
    seen, _, view = _view(request, order_id, Read.ORDER)
    told = answers.order_answer(view, version=seen.version, language=language_of(request))
    return answer(told, version=seen.version)


@router.get(
    "/orders/{order_id}/events",
    summary="The record",
    openapi_extra=declared(answer=answers.EventList, query=EventQuery, gives_version=True),
)
def events_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Everything that happened, with its hashes, and at the end what has come by its clock and is not written yet."""
    query = query_of(request, EventQuery)
    seen, actor = look(request, order_id, Read.EVENTS, role=query.role)
    view = view_of(seen, actor)
    speaker = speaker_for(view, language_of(request))
    later = [one for one in view.story if one.seq == 0 or one.seq > query.after]
    events = tuple(answers.event_answer(one, speaker) for one in later[: query.limit])
    return answer(answers.EventList(version=seen.version, events=events), version=seen.version)


@router.get(
    "/orders/{order_id}/statement",
    summary="The money",
    openapi_extra=declared(answer=Statement, query=RoleQuery),
)
def statement_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Who holds what now, what happens to it next, and every posting that led there."""
    return answer(_view(request, order_id, Read.STATEMENT)[2].statement)


@router.get(
    "/orders/{order_id}/deadlines",
    summary="The clocks",
    openapi_extra=declared(answer=answers.DeadlineList, query=RoleQuery),
)
def deadlines_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Every clock that runs: who must do what by when, and what happens by itself otherwise."""
    view = _view(request, order_id, Read.DEADLINES)[2]
    speaker = speaker_for(view, language_of(request))
    told = tuple(answers.deadline_answer(turn, speaker) for turn in view.turns)
    return answer(answers.DeadlineList(at=view.at, deadlines=told))


@router.get(
    "/orders/{order_id}/cover",
    summary="The protection",
    openapi_extra=declared(answer=answers.CoverList, query=RoleQuery),
)
def cover_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """What is covered now, trouble by trouble: how much, until when, by which rule not, what a claim needs.

    Before agreement also the kinds of cover to choose from, with where the goods would be inspected and for how much,
    and how far the supplier's free limit would cover the version that waits.
    """
    seen, _, view = _view(request, order_id, Read.COVER)
    speaker = speaker_for(view, language_of(request))
    told = tuple(answers.cover_row(found, speaker) for found in view.cover)
    choices = tuple(answers.choice_row(found, speaker) for found in view.choices)
    waits = view.status is Status.PROPOSED
    covered = cover_if_agreed(seen.order, desk=writing_room().desk) if waits else None
    return answer(answers.CoverList(at=view.at, cover=told, choices=choices, if_agreed_now=covered))


@router.get(
    "/orders/{order_id}/foresight",
    summary="If nobody acts",
    openapi_extra=declared(answer=answers.Foresight, query=RoleQuery),
)
def foresight_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """What happens by itself from now on, step by step, with the events that it will leave."""
    view = _view(request, order_id, Read.EVENTS)[2]
    speaker = speaker_for(view, language_of(request))
    steps = tuple(answers.step_answer(step, speaker) for step in view.foreseen)
    return answer(answers.Foresight(at=view.at, steps=steps))


@router.get(
    "/orders/{order_id}/actions",
    summary="What can I do now, and why not",
    openapi_extra=declared(answer=answers.ActionList, query=RoleQuery, gives_version=True),
)
def actions_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Every command of your role: allowed now, or the reason why not and when it opens; your company's rights count."""
    seen, actor, view = _view(request, order_id, Read.ACTIONS)
    speaker = speaker_for(view, language_of(request))
    awaited = {name for turn in view.turns if turn.is_mine for name in turn.commands}
    identity = caller_of(request).identity
    told = []
    for action in view.actions:
        permitted = has_right(identity, actor, COMMANDS_BY_NAME[action.command])
        answered = action if permitted else _denied(action)
        is_awaited = permitted and action.command in awaited
        told.append(answers.action_answer(answered, speaker, is_awaited=is_awaited))
    return answer(
        answers.ActionList(role=actor.role, version=seen.version, at=view.at, actions=tuple(told)),
        version=seen.version,
    )


def _denied(action: Action) -> Action:
    """Return a command that the order would take, but not from this member of the company."""
    return Action(command=action.command, allowed=False, code=Code.NOT_PERMITTED)


@router.get(
    "/orders/{order_id}/contract",
    summary="The contract",
    openapi_extra=declared(answer=Contract, query=RoleQuery),
)
def contract_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """The document of the version agreed, or of the one that waits to be; its hash is the order's `version_hash`.

    An inspector reads it without prices and payments.
    """
    view = _view(request, order_id, Read.CONTRACT)[2]
    contract = find_contract(reading_room().files, view.version_hash)
    if contract is None:
        raise Declined(Trouble.NOT_FOUND)
    return answer(contract_behind_wall(contract, view.viewer.role))
