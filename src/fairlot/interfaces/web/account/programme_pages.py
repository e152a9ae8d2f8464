"""A company's way into the programme: its badge and what is missing, conditions, documents, decisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlot.application.access import Identity, MemberRight, rights_in
from fairlot.application.conversation.attachments import FileFault, attachment_of
from fairlot.application.queries.own_programme import OwnProgramme, TierNeeds, own_programme
from fairlot.application.storage import StorageFullError
from fairlot.application.supplier import enrolment
from fairlot.application.supplier.enrolment import DOCUMENT_BYTES_MAX, DOCUMENT_TYPES
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.refusals import Refused
from fairlot.domain.supplier.enrolment import DocumentKind
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.account.company_menu import PROGRAMME_RIGHTS, company_menu
from fairlot.interfaces.web.account.company_pages import own_company
from fairlot.interfaces.web.account.programme_words import (
    FILE_FAULTS,
    document_name,
    programme_words,
)
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.supplier_words import BADGE_FAULTS, TIERS, told
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import Company
from fairlot.store.supplier.supplier_room import Decision, Document
from fairlot.writing_room import writing_room


class _NotTakenError(ValueError):
    """What was given cannot be kept; the message says why, in the reader's language."""


@require_GET
@login_required
def programme(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show where a company stands in the programme, to who manages it or its bank account."""
    of, identity = entered(request, company_id, PROGRAMME_RIGHTS)
    own = rights_in(identity, company_id)
    language = language_of_page()
    found = own_programme(company_id, desk=writing_room().desk)
    context = {
        "company": of,
        "p": programme_words(language),
        "found": found,
        "conditions": [
            each.zh if language == "zh" else each.en for each in found.conditions.conditions
        ],
        "faults": [BADGE_FAULTS[fault].say(language) for fault in found.known.badge.faults],
        "tier": told(TIERS, found.known.tier, language) if found.known.enrolled else "",
        "tiers": [_tier_row(each, language) for each in found.tiers],
        "documents": [_document_row(each, found, language) for each in found.documents],
        "kinds": [(kind.value, document_name(kind, language)) for kind in DocumentKind],
        "decisions": [_decision_row(each, language) for each in reversed(found.decisions)],
        "manages": MemberRight.MANAGE in own,
        "may_bank": MemberRight.BANK in own,
        **company_menu(request, identity, of),
    }
    return render(request, "account/programme.html", context)


@require_POST
@login_required
def accept(request: HttpRequest, company_id: str) -> HttpResponse:
    """Accept the conditions that were shown; others that came meanwhile are not accepted by it."""
    _, identity = entered(request, company_id, {MemberRight.MANAGE})
    shown = request.POST.get("conditions_hash", "")
    try:
        enrolment.accept_conditions(
            company_id, shown, person_id=identity.person_id, desk=writing_room().desk
        )
    except Refused as refused:
        messages.error(request, refusal_sentence(refused.code, refused.facts, language_of_page()))
    else:
        messages.success(request, programme_words(language_of_page())["accept_done"])
    return _back(company_id)


@require_POST
@login_required
def give_document(request: HttpRequest, company_id: str) -> HttpResponse:
    """Take a document for a tier; the same content of the same kind is one document."""
    _, identity = entered(request, company_id, {MemberRight.MANAGE})
    words = programme_words(language_of_page())
    try:
        kind, expires = _kind(request, words), _expires(request, words)
        content = _content(request, words)
    except _NotTakenError as error:
        messages.error(request, str(error))
        return _back(company_id)
    room = writing_room()
    try:
        enrolment.give_content(
            company_id,
            kind,
            content,
            expires_date=expires,
            person_id=identity.person_id,
            desk=room.desk,
            files=room.reading.files,
        )
    except StorageFullError as full:
        messages.error(request, full.sentence(language_of_page()))
    else:
        messages.success(request, words["give_done"])
    return _back(company_id)


def entered(
    request: HttpRequest, company_id: str, needed: set[MemberRight] | frozenset[MemberRight]
) -> tuple[Company, Identity]:
    """Return a company in which who looks has one of these rights. Raises Http404 for everybody else."""
    identity = identity_of(request)
    of = own_company(identity, company_id)
    if not rights_in(identity, company_id) & needed:
        raise Http404
    return of, identity


def _kind(request: HttpRequest, words: dict[str, str]) -> DocumentKind:
    """Return what the document is said to be. Raises _NotTakenError with the sentence to show."""
    asked = request.POST.get("kind", "")
    found = next((kind for kind in DocumentKind if kind.value == asked), None)
    if found is None:
        raise _NotTakenError(words["bad_kind"])
    return found


def _expires(request: HttpRequest, words: dict[str, str]) -> dt.date | None:
    """Return the last day of validity, where one is given. Raises _NotTakenError with the sentence to show."""
    text = request.POST.get("expires_date", "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _NotTakenError(words["bad_date"]) from None


def _content(request: HttpRequest, words: dict[str, str]) -> bytes:
    """Return the file that was chosen. Raises _NotTakenError with the sentence to show."""
    chosen = request.FILES.get("file")
    if chosen is None:
        raise _NotTakenError(words["choose_file"])
    if (chosen.size or 0) > DOCUMENT_BYTES_MAX:
        raise _NotTakenError(FILE_FAULTS[FileFault.TOO_LARGE].say(language_of_page()))
    found = attachment_of(chosen.name or "", chosen.read())
    if not isinstance(found, FileFault) and found.media_type not in DOCUMENT_TYPES:
        found = FileFault.CONTENT
    if isinstance(found, FileFault):
        raise _NotTakenError(FILE_FAULTS[found].say(language_of_page()))
    return found.content


def _tier_row(tier: TierNeeds, language: Language) -> dict[str, Any]:
    return {
        "name": told(TIERS, tier.name, language),
        "missing": [document_name(kind, language) for kind in tier.missing],
    }


def _document_row(document: Document, found: OwnProgramme, language: Language) -> dict[str, Any]:
    expires = document.expires_date
    return {
        "name": document_name(document.kind, language),
        "content_hash": document.content_hash,
        "expires": expires,
        "is_valid": expires is None or expires >= found.today,
        "given_at": document.given_at,
    }


def _decision_row(decision: Decision, language: Language) -> dict[str, Any]:
    return {
        "enrolled": decision.enrolled,
        "tier": told(TIERS, decision.tier, language),
        "reason": decision.reason,
        "at": decision.decided_at,
    }


def _back(company_id: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("programme", args=[company_id]))
