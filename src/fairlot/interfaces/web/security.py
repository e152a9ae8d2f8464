"""Headers that keep a page to itself: nothing from elsewhere is loaded, nothing runs, nobody frames it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self'",
    # The style sheet draws its small signs as data.
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in DIRECTIVES.items())
# Browsers hand out passkeys to scripts alone; only our own files may run, and only where people sign in.
POLICY_WITH_PASSKEYS = f"{POLICY}; script-src 'self'"
SCRIPTED = "/account/"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # What a company sees of its orders is kept by no cache on the way.
    "Cache-Control": "no-store",
}


def security_headers(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the headers to every page; files that never change keep their own word on caching."""

    def add(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.path.startswith(SCRIPTED):
            response.headers.setdefault("Content-Security-Policy", POLICY_WITH_PASSKEYS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return add
