"""Opening a session outside the library's own forms: a new id, and a place in the list of where one is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from fairlot.store.people.models import Person


def open_session(request: HttpRequest, person: Person) -> None:
    """Sign a person in, with nothing left of whatever session was there before."""
    request.session.flush()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
