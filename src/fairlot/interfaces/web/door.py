"""The door of the pages: what is larger than any form of ours is turned away before a byte of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FORM_BYTES_MAX = 32 * 1024 * 1024
TOO_LARGE = 413
SENTENCE = "This is too large to send: at most 30 MB at once. 内容过大：一次最多发送 30 MB。\n"
API = "/api/"


def pages_door(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """See that what is sent to a page is of a bearable size; the API has a door of its own."""

    def enter(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_bearable = length.isdecimal() and int(length) <= FORM_BYTES_MAX
        if is_bearable or request.path_info.startswith(API):
            return answer(request)
        return HttpResponse(SENTENCE, status=TOO_LARGE, content_type="text/plain; charset=utf-8")

    return enter
