"""What belongs to no single order: who I am, the bank's statements, and a sandbox's clock."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot import config
from fairlot.application.access import MemberRight
from fairlot.application.money.bank_import import Imported, import_bank_file
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Role
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of
from fairlot.interfaces.api.wire import (
    NoQuery,
    answer,
    body_bytes,
    body_of,
    idempotency_key,
    query_of,
)
from fairlot.providers.wire import BankFileRefused
from fairlot.reading_room import reading_room
from fairlot.store.sandbox import ahead_seconds, move_ahead
from fairlot.writing_room import lent_connection, writing_room

STATEMENT_BYTES_MAX = 8 * 1024 * 1024
STATEMENT_TYPES = ("application/xml", "text/plain")
STEP_SECONDS_MAX = 366 * 24 * 3600
AHEAD_SECONDS_MAX = 20 * STEP_SECONDS_MAX

router = Router(tags=["House"])


class PlaceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A company you act for, and what it lets you do."""

    company_id: str
    rights: tuple[MemberRight, ...]
    is_inspector: bool


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who the key or session acts for, and what it may do."""

    person_id: str
    companies: tuple[PlaceAnswer, ...]
    staff_roles: tuple[Role, ...]
    key_id: str
    key_name: str
    expires_at: dt.datetime | None
    now: dt.datetime


class ClockAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By how much to move the clock forward."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=STEP_SECONDS_MAX)]


class ClockAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The sandbox's time."""

    now: dt.datetime
    ahead_seconds: int


@router.get("/me", summary="Who am I", openapi_extra=declared(answer=Me))
def who_am_i(request: HttpRequest) -> HttpResponse:
    """Whom the key acts for: your companies with your rights in each, or your roles on the platform."""
    query_of(request, NoQuery)
    caller = caller_of(request)
    identity = caller.identity
    return answer(
        Me(
            person_id=identity.person_id,
            companies=tuple(
                PlaceAnswer(
                    company_id=member.company_id,
                    rights=tuple(sorted(member.rights)),
                    is_inspector=member.is_inspector,
                )
                for member in identity.memberships
            ),
            staff_roles=tuple(sorted(identity.staff_roles)),
            key_id="" if caller.key is None else caller.key.key_id,
            key_name="" if caller.key is None else caller.key.name,
            expires_at=None if caller.key is None else caller.key.expires_at,
            now=reading_room().clock(),
        )
    )


@router.post(
    "/bank/statements",
    summary="Book a bank statement",
    openapi_extra=declared(
        answer=Imported, body=bytes, body_media_types=STATEMENT_TYPES, takes_key=True
    ),
)
def import_statement(request: HttpRequest) -> HttpResponse:
    """Send a camt.053 or MT940 file as the body; the operator's. Each credit is booked once, whatever file it comes in."""
    query_of(request, NoQuery)
    idempotency_key(request)
    if Role.OPERATOR not in caller_of(request).identity.staff_roles:
        raise Declined(Code.NOT_PERMITTED)
    expected = (
        request.content_type if request.content_type in STATEMENT_TYPES else STATEMENT_TYPES[0]
    )
    data = body_bytes(request, expected=expected or "", bytes_max=STATEMENT_BYTES_MAX)
    try:
        done = import_bank_file(data, desk=writing_room().desk)
    except BankFileRefused as error:
        reason = error.sentence(language_of(request))
        raise Declined(Trouble.STATEMENT_REFUSED, reason=reason) from error
    return answer(done)


@router.post(
    "/sandbox/clock",
    summary="Move the sandbox's clock",
    openapi_extra=declared(answer=ClockAnswer, body=ClockAsked),
)
def move_clock(request: HttpRequest) -> HttpResponse:
    """Let time go by in a sandbox, for everybody in it; refused wherever money may be real."""
    query_of(request, NoQuery)
    if not config.settings().demo:
        raise Declined(Trouble.NO_SANDBOX)
    asked = body_of(request, ClockAsked)
    with lent_connection() as connection:
        if ahead_seconds(connection) + asked.seconds > AHEAD_SECONDS_MAX:
            raise Declined(Trouble.BODY_INVALID, reason="a sandbox lives no longer than 20 years")
        ahead = move_ahead(connection, asked.seconds)
    return answer(ClockAnswer(now=reading_room().clock(), ahead_seconds=ahead))
