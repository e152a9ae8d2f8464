"""A company's endpoints for events, by whoever may manage it; the platform's own by operators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot import config
from fairlot.application.access import Identity, MemberRight, rights_in
from fairlot.application.telling.webhook_endpoints import PAGE_MAX, EndpointDesk, EndpointError
from fairlot.application.telling.webhook_events import EVENT_TYPES
from fairlot.application.telling.webhook_order_events import ORDER_EVENT_TYPES
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Role
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.pages import cursor_of, place_of
from fairlot.interfaces.api.problems import Declined, Trouble
from fairlot.interfaces.api.wire import answer, body_of, idempotency_key, query_of
from fairlot.post_room import webhook_desk
from fairlot.store.telling.webhooks import Attempt, Endpoint
from fairlot.writing_room import lent_connection

PLATFORM = "platform"
TYPES_MAX = 400
# What goes out tells of orders; who may not follow them does not say where that goes.
MANAGES_AND_FOLLOWS = frozenset({MemberRight.MANAGE, MemberRight.FOLLOW})

router = Router(tags=["Webhooks"])

TypeNames = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=64)], ...],
    msgspec.Meta(
        max_length=TYPES_MAX,
        description="Types of events; none means all but orders' own, `event.…`.",
    ),
]
Url = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, description="https only.")]


class OwnerQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose endpoints: one of your companies, else the first that you manage; `platform` for operators."""

    company: Annotated[str, msgspec.Meta(max_length=64)] = ""


class PageQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where on."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_MAX)] = 25
    cursor: Annotated[str, msgspec.Meta(max_length=300)] = ""


class EndpointWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where events go, and which."""

    url: Url
    event_types: TypeNames = ()


class EndpointList(msgspec.Struct, frozen=True, kw_only=True):
    """All endpoints of one owner."""

    endpoints: tuple[Endpoint, ...]


class EndpointMade(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint with its secret, which is never shown again."""

    endpoint: Endpoint
    secret: str


class SecretMade(msgspec.Struct, frozen=True, kw_only=True):
    """The new secret, which is never shown again; the one of before signs as well for a day."""

    secret: str


class TypeList(msgspec.Struct, frozen=True, kw_only=True):
    """Every type of event that is sent; those that begin with `event.` only to who names them."""

    event_types: tuple[str, ...]


class ReplayWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which deliveries to send again: one by its id, or all made since an instant."""

    delivery_id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    since: dt.datetime | None = None


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How many go out again, under the ids that they have."""

    deliveries: int


class Pinged(msgspec.Struct, frozen=True, kw_only=True):
    """The id under which the ping can be found in the log."""

    delivery_id: str


class DeliveryTold(msgspec.Struct, frozen=True, kw_only=True):
    """One event for one endpoint: `waiting`, `held` while the endpoint is off, `delivered` or `failed`."""

    delivery_id: str
    event_type: str
    state: str
    created_at: dt.datetime
    due_at: dt.datetime | None
    attempts: int


class DeliveryList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log, the latest first."""

    deliveries: tuple[DeliveryTold, ...]
    next_cursor: str | None


class AttemptList(msgspec.Struct, frozen=True, kw_only=True):
    """Every try of a delivery, the first first."""

    attempts: tuple[Attempt, ...]


def desk_for(identity: Identity, company_id: str) -> EndpointDesk:
    """Return the desk of an owner's endpoints, an empty id for the platform's; rights are asked before."""
    settings = config.settings()
    return EndpointDesk(
        webhooks=webhook_desk(settings, lent_connection),
        company_id=company_id,
        person_id=identity.person_id,
        loopback_http=settings.demo,
    )


def _owners(identity: Identity) -> tuple[str, ...]:
    """Return whose endpoints somebody may manage: companies, and the platform's under an empty id."""
    companies = tuple(
        each.company_id
        for each in identity.memberships
        if rights_in(identity, each.company_id) >= MANAGES_AND_FOLLOWS
    )
    return (*companies, "") if Role.OPERATOR in identity.staff_roles else companies


def _owned(request: HttpRequest, company: str) -> EndpointDesk:
    identity = caller_of(request).identity
    owners = _owners(identity)
    if not owners:
        raise Declined(Code.NOT_PERMITTED)
    wanted = "" if company == PLATFORM else company or owners[0]
    if wanted not in owners:
        raise Declined(Code.NOT_PERMITTED)
    return desk_for(identity, wanted)


def _found(request: HttpRequest, endpoint_id: str) -> tuple[EndpointDesk, Endpoint]:
    identity = caller_of(request).identity
    for owner in _owners(identity):
        desk = desk_for(identity, owner)
        endpoint = desk.find(endpoint_id) if endpoint_id.isprintable() else None
        if endpoint is not None:
            return desk, endpoint
    raise Declined(Trouble.NOT_FOUND)


def _to_change(request: HttpRequest, endpoint_id: str) -> tuple[EndpointDesk, Endpoint]:
    """Want the key that every change needs; these changes are the same however often they are asked."""
    idempotency_key(request)
    return _found(request, endpoint_id)


def _switched(
    request: HttpRequest, endpoint_id: str, switch: Callable[[EndpointDesk, Endpoint], None]
) -> HttpResponse:
    """Switch an endpoint on or off, and answer with it as it is then."""
    desk, endpoint = _to_change(request, endpoint_id)
    switch(desk, endpoint)
    return answer(_found(request, endpoint_id)[1])


def _invalid(error: EndpointError) -> Declined:
    return Declined(Trouble.BODY_INVALID, reason=f"{error.code.value} ({error.detail})")


@router.get(
    "/webhooks",
    summary="List endpoints",
    openapi_extra=declared(answer=EndpointList, query=OwnerQuery),
)
def list_of_webhooks(request: HttpRequest) -> HttpResponse:
    """The endpoints of a company that you manage."""
    desk = _owned(request, query_of(request, OwnerQuery).company)
    return answer(EndpointList(endpoints=tuple(desk.all())))


@router.post(
    "/webhooks",
    summary="Add an endpoint",
    openapi_extra=declared(
        answer=EndpointMade, body=EndpointWanted, query=OwnerQuery, takes_key=True, status=201
    ),
)
def add_webhook(request: HttpRequest) -> HttpResponse:
    """Asked again with the same key, the same endpoint is returned, with its secret while that is its first."""
    key = idempotency_key(request)
    desk = _owned(request, query_of(request, OwnerQuery).company)
    wanted = body_of(request, EndpointWanted)
    try:
        endpoint, secret = desk.add(wanted.url, wanted.event_types, key=key)
    except EndpointError as error:
        raise _invalid(error) from None
    return answer(EndpointMade(endpoint=endpoint, secret=secret), status=201)


@router.get(
    "/webhooks/event-types",
    summary="Types of events",
    openapi_extra=declared(answer=TypeList),
)
def webhook_event_types(request: HttpRequest) -> HttpResponse:
    """What an endpoint can ask for."""
    del request
    return answer(TypeList(event_types=(*EVENT_TYPES, *ORDER_EVENT_TYPES)))


@router.post(
    "/webhooks/{endpoint_id}/change",
    summary="Change an endpoint",
    openapi_extra=declared(answer=Endpoint, body=EndpointWanted, takes_key=True),
)
def change_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """Another address or other types; what waits goes to the new address."""
    desk, endpoint = _to_change(request, endpoint_id)
    wanted = body_of(request, EndpointWanted)
    try:
        return answer(desk.change(endpoint, url=wanted.url, event_types=wanted.event_types))
    except EndpointError as error:
        raise _invalid(error) from None


@router.post(
    "/webhooks/{endpoint_id}/rotate",
    summary="Make a new secret",
    openapi_extra=declared(answer=SecretMade, takes_key=True),
)
def rotate_webhook_secret(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """Every key of yours makes another secret; only the latest two sign."""
    desk, endpoint = _to_change(request, endpoint_id)
    return answer(SecretMade(secret=desk.rotate(endpoint, key=idempotency_key(request))))


@router.post(
    "/webhooks/{endpoint_id}/disable",
    summary="Switch an endpoint off",
    openapi_extra=declared(answer=Endpoint, takes_key=True),
)
def disable_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """What happens from now on is held until you ask for it."""
    return _switched(request, endpoint_id, EndpointDesk.disable)


@router.post(
    "/webhooks/{endpoint_id}/enable",
    summary="Switch an endpoint on",
    openapi_extra=declared(answer=Endpoint, takes_key=True),
)
def enable_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """What was held goes out when you ask for a replay."""
    return _switched(request, endpoint_id, EndpointDesk.enable)


@router.post(
    "/webhooks/{endpoint_id}/remove",
    summary="Remove an endpoint",
    openapi_extra=declared(answer=EndpointList, takes_key=True),
)
def remove_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """For good. The answer lists what is left."""
    desk, endpoint = _to_change(request, endpoint_id)
    desk.remove(endpoint)
    return answer(EndpointList(endpoints=tuple(desk.all())))


@router.post(
    "/webhooks/{endpoint_id}/ping",
    summary="Try an endpoint out",
    openapi_extra=declared(answer=Pinged, takes_key=True),
)
def ping_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """Send a `webhook.ping`; the log says what came of it."""
    desk, endpoint = _to_change(request, endpoint_id)
    try:
        return answer(Pinged(delivery_id=desk.ping(endpoint, key=idempotency_key(request))))
    except EndpointError as error:
        raise _invalid(error) from None


@router.post(
    "/webhooks/{endpoint_id}/replay",
    summary="Send again",
    openapi_extra=declared(answer=Replayed, body=ReplayWanted, takes_key=True),
)
def replay_webhook(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """One delivery, or everything since an instant; what is on its way anyway is left alone."""
    desk, endpoint = _to_change(request, endpoint_id)
    wanted = body_of(request, ReplayWanted)
    if bool(wanted.delivery_id) == (wanted.since is not None):
        raise Declined(Trouble.BODY_INVALID, reason="name either `delivery_id` or `since`")
    if wanted.since is not None and wanted.since.tzinfo is None:
        raise Declined(Trouble.BODY_INVALID, reason="`since` needs an offset")
    try:
        if wanted.since is not None:
            count = desk.replay_since(endpoint, wanted.since)
        else:
            count = int(desk.replay(endpoint, wanted.delivery_id))
    except EndpointError as error:
        raise _invalid(error) from None
    return answer(Replayed(deliveries=count))


@router.get(
    "/webhooks/{endpoint_id}/deliveries",
    summary="The log of an endpoint",
    openapi_extra=declared(answer=DeliveryList, query=PageQuery),
)
def webhook_deliveries(request: HttpRequest, endpoint_id: str) -> HttpResponse:
    """What was sent, the latest first."""
    query = query_of(request, PageQuery)
    desk, endpoint = _found(request, endpoint_id)
    rows = desk.deliveries(endpoint, limit=query.limit + 1, before=place_of(query.cursor))
    page = rows[: query.limit]
    last = page[-1] if len(rows) > query.limit else None
    told = tuple(
        DeliveryTold(**{name: getattr(row, name) for name in DeliveryTold.__struct_fields__})
        for row in page
    )
    cursor = None if last is None else cursor_of(last.created_at, last.delivery_id)
    return answer(DeliveryList(deliveries=told, next_cursor=cursor))


@router.get(
    "/webhooks/{endpoint_id}/deliveries/{delivery_id}",
    summary="Every try of a delivery",
    openapi_extra=declared(answer=AttemptList),
)
def webhook_attempts(request: HttpRequest, endpoint_id: str, delivery_id: str) -> HttpResponse:
    """With status, duration and the beginning of what was answered."""
    desk, endpoint = _found(request, endpoint_id)
    named = delivery_id if delivery_id.isprintable() else ""
    return answer(AttemptList(attempts=tuple(desk.attempts(endpoint, named))))
