"""Who may enter the platform's pages, as what, and the menu between them; for everybody else they are not there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from fairlot.application.access import Identity, reads_platform, runs_platform
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.language import Words
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.viewer import language_of_page

PLACES: dict[str, Words] = {
    "unmatched": Words("Money without an order", "未归入订单的款项"),
    "payouts": Words("Payouts", "付款给供应商"),
    "screenings": Words("Companies on lists", "名单核查"),
}
NAVIGATION = Words("Pages of the platform", "平台页面")


@login_required
def entrance(request: HttpRequest) -> HttpResponse:
    """Lead to the first of the pages."""
    entered(request)
    return HttpResponseRedirect(reverse("unmatched"))


def entered(request: HttpRequest) -> Identity:
    """Return who of the platform looks. Raises Http404 for everybody else."""
    identity = identity_of(request)
    if not reads_platform(identity):
        raise Http404
    return identity


def operator_of(request: HttpRequest) -> Actor:
    """Return the operator who acts. Raises Http404 for who only looks, and for everybody else."""
    identity = entered(request)
    if not runs_platform(identity):
        raise Http404
    return Actor(role=Role.OPERATOR, person_id=identity.person_id)


def show(
    request: HttpRequest, template: str, identity: Identity, context: dict[str, Any]
) -> HttpResponse:
    """Show a page of the platform with the menu between them."""
    language = language_of_page()
    places = [(reverse(name), words.say(language)) for name, words in PLACES.items()]
    shared = {
        "platform_places": [(address, name, request.path == address) for address, name in places],
        "platform_places_name": NAVIGATION.say(language),
        "may_act": runs_platform(identity),
    }
    return render(request, template, {**shared, **context})
