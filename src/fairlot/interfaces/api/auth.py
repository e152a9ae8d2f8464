"""Who asks: an API key in the `Authorization` header, or a browser's session with its CSRF token.

Asked anew with every request, so that a key revoked or a right taken away is gone at once. A key that is not valid is
never passed over for a session beside it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from fairlot import config
from fairlot.application.access import Identity
from fairlot.application.people.identity import KeyFacts, identity_of_key, identity_of_person
from fairlot.clock import system_clock
from fairlot.interfaces.api.limits import take_turn_of_key
from fairlot.interfaces.api.problems import Declined, Trouble

BEARER = re.compile(r"[Bb]earer +([!-~]{1,200})")


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what the key says of itself where one was used."""

    identity: Identity
    key: KeyFacts | None = None


class ApiKey(AuthBase):
    """An API key as `Authorization: Bearer KEY`."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who asks with a key, or None where no key was sent. Raises Declined."""
        given = request.headers.get("Authorization")
        if given is None:
            return None
        found = BEARER.fullmatch(given)
        known = None if found is None else identity_of_key(found[1], system_clock())
        if known is None:
            raise Declined(Trouble.UNAUTHENTICATED)
        identity, facts = known
        if facts.is_sandbox and not config.settings().demo:
            # Its maker meant it for trials; where money may be real it opens nothing.
            raise Declined(Trouble.UNAUTHENTICATED)
        take_turn_of_key(facts.key_id)
        return Caller(identity=identity, key=facts)


class BrowserSession(AuthBase):
    """The session of a signed-in browser; every change needs the `X-CSRFToken` header."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who is signed in, or None. Raises Declined."""
        user: Any = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        identity = identity_of_person(str(user.pk))
        if identity is None:
            return None
        if check_csrf(request) is not None:
            raise Declined(Trouble.CSRF_FAILED)
        take_turn_of_key(identity.person_id)
        return Caller(identity=identity)


def caller_of(request: HttpRequest) -> Caller:
    """Return who asks, as authentication left it on the request."""
    caller = request.auth  # type: ignore[attr-defined]
    assert isinstance(caller, Caller)
    return caller


def refuse_unless_fresh(request: HttpRequest) -> None:
    """Want somebody in a browser to have said just now who they are; a key says it every time. Raises Declined."""
    if caller_of(request).key is not None:
        return
    try:
        reauthentication_required(lambda _: None)(request)
    except ReauthenticationRequired:
        raise Declined(Trouble.REAUTHENTICATION_REQUIRED) from None
