"""Lets in as many requests of the API as one process decides at a time; the others are told at once, at next to no cost.

It stands around the whole application, before any request is read: what is turned away must cost less than what is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from fairlot.interfaces.api.problems import (
    MEDIA_TYPE,
    RETRY_AFTER_SECONDS,
    Trouble,
    problem_of,
    words_for,
)

PREFIX = "/api/v1/"
# Requests decided at a time in one process; a thread that finds no place answers 503 at once.
ADMITTED_MAX = 4

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def admitting(application: Application, *, places: int = ADMITTED_MAX) -> Application:
    """Return the application with so many places for requests of the API; pages need none."""
    free = threading.BoundedSemaphore(places)

    def enter(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return application(environ, start_response)
        if not free.acquire(blocking=False):
            return _turned_away(environ, start_response)
        try:
            return application(environ, start_response)
        finally:
            free.release()

    return enter


def _turned_away(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    language = words_for(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    body = problem_of(Trouble.TOO_BUSY, {"seconds": RETRY_AFTER_SECONDS}, language=language)
    headers = [
        ("Content-Type", MEDIA_TYPE),
        ("Content-Length", str(len(body))),
        ("Content-Language", "zh-Hans" if language == "zh" else "en"),
        ("Vary", "Accept-Language"),
        ("Retry-After", str(RETRY_AFTER_SECONDS)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]
