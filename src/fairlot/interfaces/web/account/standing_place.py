"""Where a person stands while looking at orders: one company, the platform, or the cases it hears; kept in the session."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairlot.application.access import Identity
from fairlot.application.people.identity import identity_of_person
from fairlot.application.queries.own_orders import CASES, PLATFORM_PLACE, Place, places_of
from fairlot.store.people.models import Company

STANDS_AT = "fairlot_place"


def identity_of(request: HttpRequest) -> Identity:
    """Return who looks now; somebody locked since the session began is nobody with no rights."""
    person_id = str(request.user.pk)
    return identity_of_person(person_id) or Identity(person_id=person_id)


def place_of(request: HttpRequest, identity: Identity) -> Place | None:
    """Return where a person stands: where it chose to, while it may, else the first place it has."""
    places = places_of(identity)
    chosen = request.session.get(STANDS_AT)
    return next((place for place in places if place.name == chosen), next(iter(places), None))


def named_places(identity: Identity, words: dict[str, str]) -> list[tuple[str, str]]:
    """Return the places that a person may choose from, with their names."""
    places = places_of(identity)
    ids = [place.name for place in places]
    names = dict(Company.objects.filter(id__in=ids).values_list("id", "legal_name"))
    names |= {PLATFORM_PLACE.name: words["platform"], CASES: words["cases"]}
    return [(place.name, names.get(place.name, place.name)) for place in places]


@require_POST
@login_required
def stand_at(request: HttpRequest) -> HttpResponse:
    """Keep where a person wants to stand from now on."""
    request.session[STANDS_AT] = request.POST.get("place", "")
    return HttpResponseRedirect(reverse("orders"))
