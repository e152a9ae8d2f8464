"""Signing in with one press as one of a demonstration's people; outside a demonstration there is no such address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairlot import config
from fairlot.application.people.demo_people import demo_person
from fairlot.domain.party import Role
from fairlot.interfaces.web.account.opening import open_session


@require_POST
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demonstration's person for a role."""
    if not config.settings().demo or role not in {each.value for each in Role}:
        raise Http404
    person = demo_person(Role(role))
    if person is None:
        raise Http404
    open_session(request, person)
    return HttpResponseRedirect(reverse("orders"))
