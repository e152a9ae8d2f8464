"""An order's conversation: read whole, written with files, and a supplier reported by what it wrote; sent once for its form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fairlot.application.access import Identity, Read, may, may_add
from fairlot.application.conversation.attachments import ODD_CHARACTERS, Attachment
from fairlot.application.conversation.conversing import MESSAGE_LENGTH_MAX, say
from fairlot.application.keys import keyed_id
from fairlot.application.queries.order_view import terms_shown
from fairlot.application.queries.orders import find_contract
from fairlot.application.queries.seen import SeenOrder, reader_of
from fairlot.application.storage import StorageFullError
from fairlot.application.supplier.enrolment import ReportMade, report_supplier
from fairlot.domain.contract.document import Contract
from fairlot.domain.order.commands import ProposeVersion
from fairlot.domain.party import Actor, Role
from fairlot.domain.supplier.reports import ReportKind
from fairlot.domain.words.language import Language
from fairlot.domain.words.speech import HASH_DIGITS_SHOWN, Speech
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.chosen_files import NotTakenError, chosen_files
from fairlot.interfaces.web.contract_panel import title_of
from fairlot.interfaces.web.conversation_words import conversation_words
from fairlot.interfaces.web.form_token import is_token, new_token
from fairlot.interfaces.web.sight import seen_order
from fairlot.interfaces.web.supplier_panel import REPORTERS
from fairlot.interfaces.web.supplier_words import supplier_words
from fairlot.interfaces.web.viewer import language_of_page, role_asked_for
from fairlot.reading_room import reading_room
from fairlot.store.conversation import Message, SentOtherwiseError, messages_of
from fairlot.store.conversation_pages import Page, SentFile, page_of
from fairlot.store.people.models import Company
from fairlot.store.reach import reading
from fairlot.writing_room import lent_connection, writing_room

ROWS_PER_PAGE = 50
NUMBER_MAX = 1_000_000
UNPROCESSABLE = 422
CONFLICT = 409


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever looks, as what, and at which order."""

    seen: SeenOrder
    actor: Actor
    may_write: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conversation(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show an order's conversation to those who may read it, and take a message of those who may write."""
    seat = seat_at(request, order_id)
    if request.method == "POST":
        return _taken(request, seat)
    return _shown(request, seat)


@require_POST
@login_required
def report_message(request: HttpRequest, order_id: str, number: int) -> HttpResponse:
    """Report the order's supplier by one of its messages; pressing again is the same report."""
    seat = seat_at(request, order_id)
    if seat.actor.role not in REPORTERS or _author_of(seat, number) is not Role.SUPPLIER:
        raise Http404
    report_supplier(
        ReportMade(order_id=order_id, kind=ReportKind.ASKED_TO_PAY_OUTSIDE, message_no=number),
        reporter_company_id=seat.actor.company_id,
        person_id=seat.actor.person_id,
        desk=writing_room().desk,
    )
    messages.success(request, supplier_words(language_of_page())["reported"])
    return _back(seat)


def seat_at(request: HttpRequest, order_id: str) -> Seat:
    """Return where somebody sits in a conversation. Raises Http404 for a foreign order as for an absent one."""
    identity: Identity = identity_of(request)
    seen = seen_order(identity, order_id)
    asked = role_asked_for(request)
    actor = reader_of(identity, seen, Read.CONVERSATION, role=asked)
    actor = actor or reader_of(identity, seen, Read.CONVERSATION)
    if actor is None:
        raise Http404
    return Seat(seen=seen, actor=actor, may_write=may_add(identity, actor, seen.order))


def _author_of(seat: Seat, number: int) -> Role | None:
    if not 0 < number <= NUMBER_MAX:
        return None
    with lent_connection() as connection, reading(connection, seat.actor.company_id or None):
        found = messages_of(connection, order_id=seat.seen.order_id, after=number - 1, limit=1)
    return Role(found[0].author_role) if found and found[0].number == number else None


def _taken(request: HttpRequest, seat: Seat) -> HttpResponse:
    if not seat.may_write:
        raise Http404
    language = language_of_page()
    token = request.POST.get("token", "")
    body = request.POST.get("body", "").replace("\r\n", "\n").strip()
    try:
        _refuse_faulty(body, token, language)
        attachments = chosen_files(request, "files", language)
        _say(seat, body, attachments, token)
    except NotTakenError as error:
        return _shown(request, seat, fault=str(error), typed=body, status=UNPROCESSABLE)
    except StorageFullError as full:
        return _shown(request, seat, fault=full.sentence(language), typed=body, status=CONFLICT)
    except SentOtherwiseError:
        fault = conversation_words(language)["was_sent"]
        return _shown(request, seat, fault=fault, typed=body, status=UNPROCESSABLE)
    messages.success(request, conversation_words(language)["sent"])
    return _back(seat)


def _say(seat: Seat, body: str, attachments: Sequence[Attachment], token: str) -> None:
    room = reading_room()
    actor = seat.actor
    with lent_connection() as connection:
        say(
            connection,
            body,
            attachments,
            order_id=seat.seen.order_id,
            author=actor,
            command_id=keyed_id(actor.company_id or actor.person_id, token),
            now=room.clock(),
            files=room.files,
        )


def _refuse_faulty(body: str, token: str, language: Language) -> None:
    words = conversation_words(language)
    if not is_token(token):
        raise NotTakenError(words["was_sent"])
    if not body:
        raise NotTakenError(words["is_missing"])
    if len(body) > MESSAGE_LENGTH_MAX:
        raise NotTakenError(words["is_long"])
    if ODD_CHARACTERS.search(body):
        raise NotTakenError(words["is_odd"])


def _back(seat: Seat) -> HttpResponseRedirect:
    address = reverse("conversation", args=[seat.seen.order_id])
    return HttpResponseRedirect(f"{address}?as={seat.actor.role.value}#write")


def _shown(
    request: HttpRequest, seat: Seat, *, fault: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    order = seat.seen.order
    with lent_connection() as connection, reading(connection, seat.actor.company_id or None):
        page = page_of(
            connection, order_id=seat.seen.order_id, until=_until(request), rows=ROWS_PER_PAGE
        )
    terms = terms_shown(order)
    contract = find_contract(reading_room().files, "" if terms is None else terms.version_hash)
    language = language_of_page()
    zone = "UTC" if terms is None else terms.zone
    context = {
        "v": conversation_words(language),
        "order_id": seat.seen.order_id,
        "title": title_of(contract) or seat.seen.order_id,
        "zone": zone,
        "role": seat.actor.role.value,
        "entries": _entries(page, seat, contract, Speech(language=language, zone=zone)),
        "earlier": page.earlier,
        "is_latest": not page.messages or page.messages[-1].number == page.last,
        "may_write": seat.may_write,
        "may_report": seat.actor.role in REPORTERS,
        "may_propose": may(identity_of(request), seat.actor, ProposeVersion, seat.seen.order)
        is None,
        "token": new_token(),
        "fault": fault,
        "typed": typed,
        "length_max": MESSAGE_LENGTH_MAX,
        "had_files": bool(fault and request.FILES),
    }
    return render(request, "order/conversation.html", context, status=status)


def _until(request: HttpRequest) -> int | None:
    text = request.GET.get("until", "")
    if not (text.isascii() and text.isdigit() and len(text) < len(str(NUMBER_MAX))):
        return None
    return int(text) or None


def _entries(
    page: Page, seat: Seat, contract: Contract | None, speech: Speech
) -> list[dict[str, Any]]:
    """Return messages with the files sent at the same instant, and files that came by themselves, in order of time."""
    speech = msgspec.structs.replace(speech, names_zone=False)
    by_sender: dict[tuple[Any, ...], list[SentFile]] = {}
    for file in page.files:
        sender = (file.author_company_id, file.author_person_id, file.added_at)
        by_sender.setdefault(sender, []).append(file)
    names = _names(page, seat, contract)
    entries = []
    for message in page.messages:
        sender = (message.author_company_id, message.author_person_id, message.sent_at)
        entry = _entry(message, by_sender.pop(sender, []), names, speech)
        entries.append({**entry, **_told(message), "is_mine": _is_mine(message, seat)})
    entries += [
        {**_entry(alone[0], alone, names, speech), "number": None} for alone in by_sender.values()
    ]
    return sorted(entries, key=lambda entry: entry["at_instant"])


def _entry(
    sent: Message | SentFile, files: Sequence[SentFile], names: dict[str, str], speech: Speech
) -> dict[str, Any]:
    at = sent.sent_at if isinstance(sent, Message) else sent.added_at
    company = sent.author_company_id
    return {
        "role": said(Role(sent.author_role), speech.language),
        "company": names.get(company, company),
        "at": speech.instant(at),
        "at_instant": at,
        "at_iso": at.isoformat(),
        "files": [
            {"number": file.number, "name": file.file_name, "size": _size(file.size_bytes)}
            for file in files
        ],
    }


def _told(message: Message) -> dict[str, Any]:
    return {
        "number": message.number,
        "body": message.body,
        "is_supplier": message.author_role == Role.SUPPLIER.value,
        "lifted_to": [version[:HASH_DIGITS_SHOWN] for version in message.lifted_to],
    }


def _is_mine(message: Message, seat: Seat) -> bool:
    actor = seat.actor
    mine = (message.author_role, message.author_company_id) == (actor.role.value, actor.company_id)
    return mine and (bool(actor.company_id) or message.author_person_id == actor.person_id)


def _names(page: Page, seat: Seat, contract: Contract | None) -> dict[str, str]:
    sent: list[Message | SentFile] = [*page.messages, *page.files]
    ids = {each.author_company_id for each in sent} - {""}
    names = dict(Company.objects.filter(id__in=ids).values_list("id", "legal_name"))
    if contract is not None:
        order = seat.seen.order
        names |= {order.buyer_id: contract.buyer.name, order.supplier_id: contract.supplier.name}
    return names


def _size(size_bytes: int) -> str:
    kilobytes = -(-size_bytes // 1000)
    return f"{kilobytes:,} kB"
