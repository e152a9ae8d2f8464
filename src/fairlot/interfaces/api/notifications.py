"""What a person was told: its own list, read and unread, and how it wants its mails."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import STAFF_ROLES, MemberRight, rights_in
from fairlot.application.telling.mailing import told_notice
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.interfaces.api.auth import Caller, caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.pages import cursor_of, place_of
from fairlot.interfaces.api.problems import language_of
from fairlot.interfaces.api.wire import answer, body_of, idempotency_key, query_of
from fairlot.store.telling import notifications as store
from fairlot.store.telling.addressees import find_addressee
from fairlot.store.telling.notifications import Hearing
from fairlot.writing_room import lent_connection

ROWS_MAX = 100

router = Router(tags=["Notifications"])


class NotificationQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which notifications, and from where on."""

    unread: Annotated[bool, msgspec.Meta(description="Only those not read yet.")] = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=ROWS_MAX)] = 25
    cursor: Annotated[str, msgspec.Meta(max_length=300)] = ""


class NotificationTold(msgspec.Struct, frozen=True, kw_only=True):
    """One notification in your language, with times in your zone; `act` says what is for you to do, if anything."""

    notification_id: str
    kind: str
    role: Role
    order_id: str
    subject: str
    text: str
    act: str
    happened_at: dt.datetime
    read_at: dt.datetime | None


class NotificationList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of notifications, the latest first."""

    notifications: tuple[NotificationTold, ...]
    unread_count: int
    next_cursor: str | None


class MarkRead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of your notifications you have read."""

    notification_ids: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=64)], ...], msgspec.Meta(max_length=ROWS_MAX)
    ]


class MarkedRead(msgspec.Struct, frozen=True, kw_only=True):
    """How many were unread before, and how many are still."""

    marked: int
    unread_count: int


class MailWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `digest`, what calls for nothing comes once a day, without `news` not at all; calls to act always come at once."""

    digest: bool
    news: bool = True


def _hearing(caller: Caller) -> Hearing | None:
    """Return what a key hears of all that its maker is told; a signed-in person hears everything."""
    if caller.key is None:
        return None
    identity, company_id = caller.identity, caller.key.company_id
    if not company_id:
        return Hearing(roles=tuple(sorted(identity.staff_roles)))
    follows = MemberRight.FOLLOW in rights_in(identity, company_id)
    roles = sorted(set(Role) - STAFF_ROLES) if follows else []
    return Hearing(roles=tuple(roles), company_id=company_id)


@router.get(
    "/notifications",
    summary="What you were told",
    openapi_extra=declared(answer=NotificationList, query=NotificationQuery),
)
def list_of_notifications(request: HttpRequest) -> HttpResponse:
    """Your own notifications, the latest first; a key hears those of its company's orders or its staff roles alone."""
    query = query_of(request, NotificationQuery)
    caller = caller_of(request)
    person_id, hearing = caller.identity.person_id, _hearing(caller)
    before = place_of(query.cursor)
    with lent_connection() as connection:
        rows = store.of_person(
            connection,
            person_id,
            limit=query.limit + 1,
            before=before,
            unread_only=query.unread,
            hearing=hearing,
        )
        unread_count = store.unread_count(connection, person_id, hearing=hearing)
        reader = find_addressee(connection, person_id)
    zone = "UTC" if reader is None else reader.zone
    page = rows[: query.limit]
    last = page[-1] if len(rows) > query.limit else None
    language = language_of(request)
    told = []
    for row in page:
        notice = told_notice(row, language, zone)
        told.append(
            NotificationTold(
                notification_id=row.notification_id,
                kind=row.kind,
                role=Role(row.role),
                order_id=row.order_id,
                subject=notice.subject,
                text=notice.text,
                act=notice.act,
                happened_at=row.happened_at,
                read_at=row.read_at,
            )
        )
    return answer(
        NotificationList(
            notifications=tuple(told),
            unread_count=unread_count,
            next_cursor=None if last is None else cursor_of(last.told_at, last.notification_id),
        )
    )


@router.post(
    "/notifications/read",
    summary="Mark notifications as read",
    openapi_extra=declared(answer=MarkedRead, body=MarkRead, takes_key=True),
)
def mark_notifications_read(request: HttpRequest) -> HttpResponse:
    """Those that are not yours stay as they are; asking twice is as good as once."""
    idempotency_key(request)
    body = body_of(request, MarkRead)
    caller = caller_of(request)
    person_id, hearing = caller.identity.person_id, _hearing(caller)
    with lent_connection() as connection:
        marked = store.mark_read(
            connection, person_id, body.notification_ids, at=system_clock(), hearing=hearing
        )
        unread_count = store.unread_count(connection, person_id, hearing=hearing)
    return answer(MarkedRead(marked=marked, unread_count=unread_count))


@router.get(
    "/notifications/mail",
    summary="How you want your mails",
    openapi_extra=declared(answer=MailWish),
)
def mail_wish(request: HttpRequest) -> HttpResponse:
    """Whether what calls for nothing comes at once, once a day, or not at all."""
    with lent_connection() as connection:
        person_id = caller_of(request).identity.person_id
        digest = store.wants_digest(connection, person_id)
        news = store.wants_news(connection, person_id)
    return answer(MailWish(digest=digest, news=news))


@router.post(
    "/notifications/mail",
    summary="Say how you want your mails",
    openapi_extra=declared(answer=MailWish, body=MailWish, takes_key=True),
)
def set_mail_wish(request: HttpRequest) -> HttpResponse:
    """It counts for what you are told from now on."""
    idempotency_key(request)
    wish = body_of(request, MailWish)
    with lent_connection() as connection:
        person_id = caller_of(request).identity.person_id
        store.set_wish(connection, person_id, digest=wish.digest, news=wish.news)
    return answer(wish)
