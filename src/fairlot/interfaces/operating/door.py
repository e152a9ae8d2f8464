"""Every request by its id: answered probes first, then counted, timed and written as one line without anybody's data."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fairlot.interfaces.operating.probes import PROBES
from fairlot.logs import request_id
from fairlot.measures import observe_request

logger = logging.getLogger("fairlot.request")

HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
UNKNOWN = "none"
STATIC = "static"


def operating_door(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stand first among the middleware: probes need no host name, and every other answer is timed whole."""

    def enter(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        if probe is not None:
            probed = probe(request)
            probed.headers["Cache-Control"] = "no-store"
            return probed
        given = request.headers.get(HEADER, "")
        named = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(named)
        began = time.perf_counter()
        try:
            response = answer(request)
            response.headers[HEADER] = named
            _note(request, response.status_code, time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)

    return enter


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    method = request.method if request.method in METHODS else UNKNOWN
    route = _route(request)
    observe_request(method=method or UNKNOWN, route=route, status=status, seconds=seconds)
    logger.info(
        "A request was answered",
        extra={
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
        },
    )


def _route(request: HttpRequest) -> str:
    """Return the route's pattern, never the path: that holds ids, and for what is not there anything at all."""
    if request.path.startswith("/static/"):
        return STATIC
    found = request.resolver_match
    return f"/{found.route}" if found is not None else UNKNOWN
