"""What the parties say and show beside an order: messages kept whole, files by their content, words lifted into a version."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from urllib.parse import quote

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import Read, may_add
from fairlot.application.conversation.attachments import FILE_BYTES_MAX, FILE_NAME, SIGNATURES
from fairlot.application.conversation.conversing import MESSAGE_LENGTH_MAX
from fairlot.application.queries.seen import SeenOrder
from fairlot.application.queries.wall import purposes_behind_wall
from fairlot.application.storage import keep_once, refuse_full
from fairlot.domain.contract.papers.read import read
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.contracts import ReadingAnswer, reading_answer
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble
from fairlot.interfaces.api.sight import RoleQuery, look
from fairlot.interfaces.api.wire import (
    answer,
    body_of,
    idempotency_key,
    query_of,
    refuse_odd,
    scoped,
    whole_body,
)
from fairlot.reading_room import reading_room
from fairlot.store import conversation
from fairlot.store.conversation import Message, OrderFile, SentOtherwiseError
from fairlot.store.files import DamagedFileError
from fairlot.store.reach import reading
from fairlot.writing_room import lent_connection

MESSAGES_MAX = 200
NUMBER_DIGITS_MAX = 9
TEXT_TYPES = frozenset({"text/plain", "text/csv"})
MEDIA_TYPES = (*SIGNATURES, *sorted(TEXT_TYPES))

router = Router(tags=["Conversation and files"])


class AfterQuery(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"role": "as"}
):
    """From which number on."""

    after: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=MESSAGES_MAX)] = 100
    role: Role | None = None


class FileQuery(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"role": "as"}
):
    """What the file is called and what it is for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    purpose: Literal["evidence", "document", "message", "sample", "report"] = "evidence"
    role: Role | None = None


class NewMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to say to the other side; a mediator reads it too."""

    body: Annotated[str, msgspec.Meta(min_length=1, max_length=MESSAGE_LENGTH_MAX)]


class MessageAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One message; without a body where its text was erased. `lifted_to` are versions that were made of it."""

    number: int
    role: Role
    company_id: str
    person_id: str
    sent_at: dt.datetime
    body: str | None
    body_hash: str
    lifted_to: tuple[str, ...]


class MessageList(msgspec.Struct, frozen=True, kw_only=True):
    """Messages in their order."""

    messages: tuple[MessageAnswer, ...]


class FileAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an order; `content_hash` is what commands such as SubmitEvidence name."""

    number: int
    content_hash: str
    size_bytes: int
    media_type: str
    file_name: str
    purpose: str
    role: Role
    company_id: str
    added_at: dt.datetime


class FileList(msgspec.Struct, frozen=True, kw_only=True):
    """Files in their order."""

    files: tuple[FileAnswer, ...]


def _message(message: Message) -> MessageAnswer:
    return MessageAnswer(
        number=message.number,
        role=Role(message.author_role),
        company_id=message.author_company_id,
        person_id=message.author_person_id,
        sent_at=message.sent_at,
        body=message.body,
        body_hash=message.body_hash.hex(),
        lifted_to=message.lifted_to,
    )


def _file(file: OrderFile) -> FileAnswer:
    return FileAnswer(
        number=file.number,
        content_hash=file.content_hash.hex(),
        size_bytes=file.size_bytes,
        media_type=file.media_type,
        file_name=file.file_name,
        purpose=file.purpose,
        role=Role(file.author_role),
        company_id=file.author_company_id,
        added_at=file.added_at,
    )


def _number(text: str) -> int:
    """Return the number in an address. Raises Declined."""
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX and int(text)):
        raise Declined(Trouble.NOT_FOUND)
    return int(text)


def _refuse_onlooker(request: HttpRequest, seen: SeenOrder, actor: Actor) -> None:
    """Somebody who only follows the order adds nothing to it; an auditor never does. Raises Declined."""
    if not may_add(caller_of(request).identity, actor, seen.order):
        raise Declined(Code.NOT_PERMITTED)


@router.get(
    "/orders/{order_id}/messages",
    summary="The conversation",
    openapi_extra=declared(answer=MessageList, query=AfterQuery),
)
def messages_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """What was said, whole and in its order."""
    query = query_of(request, AfterQuery)
    _, actor = look(request, order_id, Read.CONVERSATION, role=query.role)
    with lent_connection() as connection, reading(connection, actor.company_id or None):
        found = conversation.messages_of(
            connection, order_id=order_id, after=query.after, limit=query.limit
        )
    return answer(MessageList(messages=tuple(_message(one) for one in found)))


@router.post(
    "/orders/{order_id}/messages",
    summary="Say something",
    openapi_extra=declared(
        answer=MessageAnswer, status=201, body=NewMessage, query=RoleQuery, takes_key=True
    ),
)
def say(request: HttpRequest, order_id: str) -> HttpResponse:
    """Add a message. It is kept for ever as part of the record, and may become evidence."""
    query = query_of(request, RoleQuery)
    key = idempotency_key(request)
    seen, actor = look(request, order_id, Read.CONVERSATION, role=query.role)
    asked = body_of(request, NewMessage)
    _refuse_onlooker(request, seen, actor)
    with lent_connection() as connection:
        try:
            message = conversation.add_message(
                connection,
                order_id=order_id,
                author=actor,
                sent_at=reading_room().clock(),
                body=asked.body,
                command_id=scoped(actor, key),
            )
        except SentOtherwiseError:
            raise Declined(Code.COMMAND_ID_REUSED) from None
    return answer(_message(message), status=201)


@router.get(
    "/orders/{order_id}/messages/{number}/terms",
    summary="Lift a message into terms",
    openapi_extra=declared(answer=ReadingAnswer, query=RoleQuery),
)
def lift_terms(request: HttpRequest, order_id: str, number: str) -> HttpResponse:
    """Propose terms from what a message says; put them into the contract and send it as ProposeVersion with `message`."""
    query = query_of(request, RoleQuery)
    _, actor = look(request, order_id, Read.CONVERSATION, role=query.role)
    wanted = _number(number)
    with lent_connection() as connection, reading(connection, actor.company_id or None):
        found = conversation.messages_of(connection, order_id=order_id, after=wanted - 1, limit=1)
    if not found or found[0].number != wanted or found[0].body is None:
        raise Declined(Trouble.NOT_FOUND)
    return answer(reading_answer(read(found[0].body)))


@router.get(
    "/orders/{order_id}/files",
    summary="The files",
    openapi_extra=declared(answer=FileList, query=AfterQuery),
)
def files_of_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """What was shown, in its order."""
    query = query_of(request, AfterQuery)
    _, actor = look(request, order_id, Read.FILES, role=query.role)
    found = _files(order_id, actor, after=query.after, limit=query.limit)
    return answer(FileList(files=tuple(_file(one) for one in found)))


def _files(order_id: str, actor: Actor, *, after: int, limit: int) -> tuple[OrderFile, ...]:
    with lent_connection() as connection, reading(connection, _company(actor)):
        return tuple(
            conversation.files_of(
                connection,
                order_id=order_id,
                after=after,
                limit=limit,
                without_purposes=purposes_behind_wall(actor.role),
            )
        )


def _company(actor: Actor) -> str | None:
    """Return the company to read as; staff read for the platform."""
    return actor.company_id or None


@router.post(
    "/orders/{order_id}/files",
    summary="Add a file",
    openapi_extra=declared(
        answer=FileAnswer,
        status=201,
        body=bytes,
        body_media_types=MEDIA_TYPES,
        query=FileQuery,
        takes_key=True,
    ),
)
def add_file(request: HttpRequest, order_id: str) -> HttpResponse:
    """Send a file's bytes as the body. It is kept by the hash of its content; its type must be what its bytes say."""
    query = query_of(request, FileQuery)
    key = idempotency_key(request)
    seen, actor = look(request, order_id, Read.FILES, role=query.role)
    _refuse_onlooker(request, seen, actor)
    media_type = request.content_type or ""
    content = _checked(request, media_type, query.name)
    room, command_id = reading_room(), scoped(actor, key)
    with lent_connection() as connection:
        try:
            stored = keep_once(
                connection,
                content,
                order_id=order_id,
                command_id=command_id,
                company_id=actor.company_id,
                bytes_max=FILE_BYTES_MAX,
                files=room.files,
            )
            with connection.transaction():
                number = conversation.add_file(
                    connection,
                    order_id=order_id,
                    author=actor,
                    added_at=room.clock(),
                    file=stored,
                    media_type=media_type,
                    file_name=query.name,
                    purpose=query.purpose,
                    command_id=command_id,
                )
                refuse_full(connection, actor.company_id, more_bytes=0)
        except SentOtherwiseError:
            raise Declined(Code.COMMAND_ID_REUSED) from None
        (file,) = conversation.files_of(connection, order_id=order_id, after=number - 1, limit=1)
    return answer(_file(file), status=201)


def _checked(request: HttpRequest, media_type: str, name: str) -> bytes:
    """Return the body if it is what its type says. Raises Declined."""
    if media_type not in MEDIA_TYPES:
        raise Declined(Trouble.MEDIA_TYPE_UNSUPPORTED, expected=", ".join(MEDIA_TYPES))
    if not FILE_NAME.fullmatch(name):
        raise Declined(Trouble.FILE_REFUSED, reason="its name has a slash or a control character")
    content = whole_body(request, bytes_max=FILE_BYTES_MAX)
    if not content:
        raise Declined(Trouble.FILE_REFUSED, reason="it is empty")
    if media_type in TEXT_TYPES:
        try:
            refuse_odd(content.decode("utf-8"))
        except (UnicodeDecodeError, Declined):
            raise Declined(Trouble.FILE_REFUSED, reason="it is no text in UTF-8") from None
    elif not content.startswith(SIGNATURES[media_type]):
        raise Declined(Trouble.FILE_REFUSED, reason=f"its content is not {media_type}")
    return content


@router.get(
    "/orders/{order_id}/files/{number}",
    summary="One file",
    openapi_extra=declared(answer=bytes, media_types=MEDIA_TYPES, query=RoleQuery),
)
def one_file(request: HttpRequest, order_id: str, number: str) -> HttpResponse:
    """A file's bytes, hashed again on the way, as an attachment."""
    query = query_of(request, RoleQuery)
    _, actor = look(request, order_id, Read.FILES, role=query.role)
    wanted = _number(number)
    found = _files(order_id, actor, after=wanted - 1, limit=1)
    if not found or found[0].number != wanted:
        raise Declined(Trouble.NOT_FOUND)
    file = found[0]
    try:
        content = reading_room().files.read_whole(file.content_hash)
    except DamagedFileError:
        raise Declined(Trouble.NOT_FOUND) from None
    response = HttpResponse(content, content_type=file.media_type)
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(file.file_name)}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
