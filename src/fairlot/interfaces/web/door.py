"""The door of the pages: what is larger than any form is turned away before a byte is kept, and no answer is blank."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fairlot.interfaces.web.views import forms_only

FORM_BYTES_MAX = 32 * 1024 * 1024
TOO_LARGE = 413
NOT_ALLOWED = 405
SENTENCE = "This is too large to send: at most 30 MB at once. 内容过大：一次最多发送 30 MB。\n"
API = "/api/"


def pages_door(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """See that what is sent to a page is of a bearable size; the API has a door of its own."""

    def enter(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_bearable = length.isdecimal() and int(length) <= FORM_BYTES_MAX
        if request.path_info.startswith(API):
            return answer(request)
        if is_bearable:
            given = answer(request)
            is_blank = given.status_code == NOT_ALLOWED and not given.content
            return forms_only(request, given.headers["Allow"]) if is_blank else given
        return HttpResponse(SENTENCE, status=TOO_LARGE, content_type="text/plain; charset=utf-8")

    return enter
