"""The door itself, around every request below /api/v1: its size, and one form for whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fairlot.interfaces.api.admission import PREFIX
from fairlot.interfaces.api.problems import MEDIA_TYPE, Declined, Trouble, problem_response

logger = logging.getLogger(__name__)

# The largest body of any route; each route has its own, smaller measure.
ANY_BODY_BYTES_MAX = 32 * 1024 * 1024
FIRST_ERROR_STATUS = 400
# What frameworks answer by themselves, as a problem of ours.
BY_STATUS = {
    401: Trouble.UNAUTHENTICATED,
    403: Trouble.CSRF_FAILED,
    404: Trouble.NOT_FOUND,
    405: Trouble.METHOD_NOT_ALLOWED,
    413: Trouble.BODY_TOO_LARGE,
    500: Trouble.FAILED,
}


def api_door(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """See that a request of the API is of a bearable size, and that every error leaves as problem details."""

    def enter(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return answer(request)
        return _through(request, answer)

    return enter


def _through(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > ANY_BODY_BYTES_MAX:
        return problem_response(request, Declined(Trouble.BODY_TOO_LARGE, most=ANY_BODY_BYTES_MAX))
    response = answer(request)
    is_error = response.status_code >= FIRST_ERROR_STATUS
    if not is_error or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    trouble = BY_STATUS.get(response.status_code, Trouble.QUERY_INVALID)
    facts = _facts(trouble, response)
    return problem_response(request, Declined(trouble, facts))


def _facts(trouble: Trouble, response: HttpResponse) -> dict[str, str | int]:
    match trouble:
        case Trouble.METHOD_NOT_ALLOWED:
            return {"allowed": response.headers.get("Allow", "")}
        case Trouble.BODY_TOO_LARGE:
            return {"most": ANY_BODY_BYTES_MAX}
        case Trouble.QUERY_INVALID:
            return {"reason": "the request could not be read"}
        case _:
            return {}
