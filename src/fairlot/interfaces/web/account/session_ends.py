"""When a sign-in ends by itself: twelve hours after it began, and after thirty idle minutes for who moves money or rules.

It also sends people to set up a second factor whose roles and rights sleep until they have one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fairlot.application.access import Identity, MemberRight
from fairlot.application.people.identity import identity_of_person, must_set_up_second_factor
from fairlot.clock import system_clock

ABSOLUTE = dt.timedelta(hours=12)
IDLE = dt.timedelta(minutes=30)
SEEN_NOTED_EVERY = dt.timedelta(minutes=1)
"""How exactly the last request is kept; noting every one would make each reading a writing."""

BEGAN = "fairlot_began"
SEEN = "fairlot_seen"
# Pages on which a second factor is set up, or which one leaves by.
OPEN_WITHOUT_SECOND_FACTOR = ("/account/", "/language/", "/healthz", "/static/")


def session_ends(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """End sessions that have run their time before anything else is done with them."""

    def check(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if _has_ended(request, system_clock()):
                logout(request)
            elif _lacks_second_factor(request):
                return HttpResponseRedirect(reverse("mfa_index"))
        return answer(request)

    return check


def _has_ended(request: HttpRequest, now: dt.datetime) -> bool:
    session = request.session
    began = dt.datetime.fromisoformat(session.get(BEGAN) or now.isoformat())
    seen = dt.datetime.fromisoformat(session.get(SEEN) or now.isoformat())
    if BEGAN not in session:
        session[BEGAN] = now.isoformat()
    if now - began >= ABSOLUTE:
        return True
    if now - seen >= IDLE and _moves_money_or_rules(identity_of_person(str(request.user.pk))):
        return True
    if SEEN not in session or now - seen >= SEEN_NOTED_EVERY:
        session[SEEN] = now.isoformat()
    return False


def _moves_money_or_rules(identity: Identity | None) -> bool:
    if identity is None:
        return True
    rights = {right for member in identity.memberships for right in member.rights}
    return bool(identity.staff_roles or MemberRight.BANK in rights)


def _lacks_second_factor(request: HttpRequest) -> bool:
    if request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
        return False
    return must_set_up_second_factor(str(request.user.pk))
