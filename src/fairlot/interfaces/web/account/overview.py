"""One's own account: name, language and zone, everything kept about one as a file, and erasure."""

from __future__ import annotations

import zoneinfo

import msgspec
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from fairlot.application.people.identity import must_set_up_second_factor
from fairlot.application.people.own_account import change_profile, erase, export_of
from fairlot.application.people.people_refusals import RefusedChange
from fairlot.clock import system_clock
from fairlot.interfaces.web.account.forms import say_refused
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import LANGUAGES, Person


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account, and keep changes to it."""
    person = _person(request)
    if request.method == "POST":
        return _keep(request, person)
    context = {
        "person": person,
        "languages": LANGUAGES,
        "zones": sorted(zoneinfo.available_timezones()),
        "lacks_second_factor": must_set_up_second_factor(person.id),
    }
    return render(request, "account/overview.html", context)


@require_POST
@login_required
@step_up
def export(request: HttpRequest) -> HttpResponse:
    """Hand over everything kept about one, as a file."""
    person = _person(request)
    content = msgspec.json.format(
        msgspec.json.encode(export_of(person, now=system_clock())), indent=2
    )
    name = f'attachment; filename="fairlot-{person.id}.json"'
    return HttpResponse(
        content, content_type="application/json", headers={"Content-Disposition": name}
    )


@login_required
@step_up
def erase_account(request: HttpRequest) -> HttpResponse:
    """Ask once more, then erase."""
    if request.method == "POST":
        try:
            erase(_person(request), now=system_clock())
        except RefusedChange as refused:
            say_refused(request, refused)
        else:
            logout(request)
            messages.success(request, account_words(language_of_page())["erased"])
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/erase.html", {})


def _keep(request: HttpRequest, person: Person) -> HttpResponse:
    language = request.POST.get("language", "")
    answer = HttpResponseRedirect(reverse("account"))
    try:
        change_profile(
            person,
            name=request.POST.get("name", ""),
            language=language if language in dict(LANGUAGES) else person.language,
            zone=request.POST.get("zone", ""),
        )
    except RefusedChange as refused:
        say_refused(request, refused)
        return answer
    # The page that follows speaks the language just chosen.
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    with translation.override(person.language):
        messages.success(request, account_words(language_of_page())["saved"])
    return answer


def _person(request: HttpRequest) -> Person:
    return Person.objects.get(id=str(request.user.pk))
