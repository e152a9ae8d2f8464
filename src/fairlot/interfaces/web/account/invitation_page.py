"""Where the link of an invitation leads: accept it, signed in already or with a password chosen here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from fairlot.application.people.invitations import accept, find_invitation, make_person
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.account.forms import say_refused
from fairlot.interfaces.web.account.opening import open_session
from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import Invitation, Person


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and accept it when its button is pressed."""
    now = system_clock()
    found = find_invitation(token, now=now)
    if found is None:
        gone = RefusedChange(PeopleCode.INVITATION_GONE).sentence(language_of_page())
        return render(request, "account/invitation_gone.html", {"reason": gone}, status=404)
    if request.method == "POST":
        try:
            person = _who_accepts(request, found, token)
            accept(token, person, now=now)
        except RefusedChange as refused:
            say_refused(request, refused)
        except ValidationError as weak:
            for sentence in weak.messages:
                messages.error(request, sentence)
        else:
            if not request.user.is_authenticated:
                open_session(request, person)
            messages.success(request, account_words(language_of_page())["accepted"])
            return HttpResponseRedirect(reverse("account"))
    return render(request, "account/invitation.html", _shown(request, found))


def _who_accepts(request: HttpRequest, found: Invitation, token: str) -> Person:
    if request.user.is_authenticated:
        return Person.objects.get(id=str(request.user.pk))
    if Person.objects.filter(email__iexact=found.email).exists():
        raise RefusedChange(PeopleCode.INVITATION_FOR_ANOTHER)
    password = request.POST.get("password", "")
    validate_password(password, Person(email=found.email))
    return make_person(
        token,
        request.POST.get("name", "").strip(),
        password,
        language=translation.get_language() or "en",
        now=system_clock(),
    )


def _shown(request: HttpRequest, found: Invitation) -> dict[str, object]:
    language = language_of_page()
    words = account_words(language)
    return {
        "invitation": found,
        "rights": [words[f"right_{right}"] for right in found.rights],
        "roles": [said(Role(role), language) for role in found.staff_roles],
        "has_account": Person.objects.filter(email__iexact=found.email).exists(),
        "here": request.path,
    }
