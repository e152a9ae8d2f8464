"""Browsers in which somebody has signed in before: their tries are counted by themselves, so a stranger's guesses lock nobody out.

The cookie opens nothing. It says for whom it was made and is signed; who takes it gets five more guesses at that account.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from fairlot.store.people.ids import hash_of

SALT = "fairlot.known-browser"
GOOD_FOR_SECONDS = 180 * 24 * 3600
NAME_BYTES = 16


def remember(response: HttpResponse, email: str) -> None:
    """Let the browser be known again as one in which somebody has signed in."""
    named = {"for": hash_of(email.lower()), "as": secrets.token_urlsafe(NAME_BYTES)}
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps(named, salt=SALT),
        max_age=GOOD_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def counted_as(request: HttpRequest, email: str) -> str:
    """Return under which name tries to sign in with an address are counted: the browser's own if it is known for it."""
    email = email.lower()
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        named = signing.loads(cookie, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return email
    return f"{email} {named['as']}" if named["for"] == hash_of(email) else email
