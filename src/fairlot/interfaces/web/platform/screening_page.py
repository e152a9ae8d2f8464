"""Companies that a sanctions list names or that were never checked: looked at, cleared with a reason, checked again."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlot.application.people.people_refusals import RefusedChange
from fairlot.application.supplier.screening import Occasion, clear, is_blocked, screen, standing
from fairlot.domain.supplier.checks import CheckState
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.platform.entrance import entered, operator_of, show
from fairlot.interfaces.web.platform.words import OCCASIONS, screening_words
from fairlot.interfaces.web.supplier_rows import country_name
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.providers.screening import ListUnreadableError
from fairlot.store.people.models import Company, Person
from fairlot.store.supplier.screenings import Screening
from fairlot.writing_room import writing_room

ID = re.compile(r"[!-~]{1,64}")
NUMBER_DIGITS_MAX = 12


@require_GET
@login_required
def screenings(request: HttpRequest) -> HttpResponse:
    """Show what is held first, then what was never checked, then what was cleared."""
    identity = entered(request)
    rows = [_row(each) for each in standing(desk=writing_room().desk)]
    names = _people({row["cleared_by"] for row in rows})
    context = {
        "s": screening_words(language_of_page()),
        "held": [row for row in rows if row["is_held"]],
        "unchecked": [row for row in rows if row["is_unchecked"]],
        "cleared": [
            {**row, "cleared_by": names.get(row["cleared_by"], row["cleared_by"])}
            for row in rows
            if row["cleared_at"] is not None
        ],
    }
    return show(request, "platform/screening.html", identity, context)


@require_POST
@login_required
@step_up
def clear_match(request: HttpRequest, company_id: str) -> HttpResponse:
    """Let a company pass, with the reason kept; only the very match that was looked at."""
    actor = operator_of(request)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS_MAX):
        raise Http404
    try:
        done = clear(
            _known(company_id),
            reason=request.POST.get("reason", ""),
            by=actor.person_id,
            desk=writing_room().desk,
            number=int(number),
        )
    except RefusedChange as refused:
        messages.error(request, refused.sentence(language_of_page()))
        return HttpResponseRedirect(reverse("screenings"))
    return _told(request, "clear_done" if done else "clear_gone", is_error=not done)


@require_POST
@login_required
def check_again(request: HttpRequest, company_id: str) -> HttpResponse:
    """Check a company now, against the list as it is now."""
    operator_of(request)
    try:
        found = screen(_known(company_id), Occasion.ASKED, desk=writing_room().desk)
    except ListUnreadableError:
        return _told(request, "list_unreadable", is_error=True)
    return _told(request, f"found_{found.state.value}", is_error=is_blocked(found))


def _known(company_id: str) -> str:
    """Return the id of a company that was entered. Raises Http404."""
    if not ID.fullmatch(company_id) or not Company.objects.filter(id=company_id).exists():
        raise Http404
    return company_id


def _row(found: Screening) -> dict[str, Any]:
    language = language_of_page()
    return {
        "number": found.number,
        "company_id": found.company_id,
        "names": found.names,
        "is_held": is_blocked(found),
        "is_unchecked": found.state is CheckState.NOT_CHECKED,
        "matches": [
            (entry.name, country_name(entry.country, language) if entry.country else "")
            for entry in found.matches
        ],
        "list_name": found.list_name,
        "list_hash": found.list_hash[:12],
        "occasion": OCCASIONS[Occasion(found.occasion)].say(language),
        "checked_at": found.checked_at,
        "cleared_at": found.cleared_at,
        "cleared_by": found.cleared_by,
        "reason": found.cleared_reason,
    }


def _people(ids: set[str]) -> dict[str, str]:
    return {each.id: each.get_full_name() for each in Person.objects.filter(id__in=ids - {""})}


def _told(request: HttpRequest, name: str, *, is_error: bool = False) -> HttpResponseRedirect:
    say = messages.error if is_error else messages.success
    say(request, screening_words(language_of_page())[name])
    return HttpResponseRedirect(reverse("screenings"))
