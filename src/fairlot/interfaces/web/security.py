"""Headers that keep a page to itself: nothing from elsewhere is loaded, nothing runs, nobody frames it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

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
# Browsers hand out passkeys to scripts alone; only our own files may run, and only where people sign in. They ask us,
# and nobody else, for what a passkey is to sign.
POLICY_WITH_PASSKEYS = f"{POLICY}; script-src 'self'; connect-src 'self'"
SCRIPTED = "/account/"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # What a company sees of its orders is kept by no cache on the way.
    "Cache-Control": "no-store",
}


API = "/api/"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# What is longer carries files; the page that takes them judges its words itself.
FORM_BYTES_MAX = 1024 * 1024
NUL = "\0"
UNREADABLE = "This address or form cannot be read. 无法读取此地址或表单。\n"


def _has_nul(request: HttpRequest) -> bool:
    """Say whether an address or a form holds what no text has and no table takes; the API judges its own."""
    if request.path_info.startswith(API):
        return False
    given = [request.path_info, *(text for texts in request.GET.lists() for text in texts[1])]
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_short = length.isdecimal() and int(length) <= FORM_BYTES_MAX
    if is_short and request.content_type in FORMS:
        given += [text for texts in request.POST.lists() for text in texts[1]]
    return any(NUL in text for text in given)


def security_headers(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the headers to every page; files that never change keep their own word on caching.

    What holds a NUL is turned away here, before a page asks the database for it.
    """

    def add(request: HttpRequest) -> HttpResponse:
        if _has_nul(request):
            plain = "text/plain; charset=utf-8"
            response = HttpResponse(UNREADABLE, status=HTTPStatus.BAD_REQUEST, content_type=plain)
        else:
            response = answer(request)
        if request.path.startswith(SCRIPTED):
            response.headers.setdefault("Content-Security-Policy", POLICY_WITH_PASSKEYS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return add
