"""The pages behind a real HTTP server of this process, for a browser or a client that needs an address."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing; a test's output is its own."""


@contextlib.contextmanager
def live_pages() -> Iterator[str]:
    """Serve the pages on a free port of this machine and yield their address."""
    application = get_wsgi_application()

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        finally:
            # Each thread of the server has connections of its own.
            connections.close_all()

    with make_server(
        "127.0.0.1",
        0,
        answer,
        server_class=_Server,
        handler_class=_Quiet,
    ) as server:
        thread = threading.Thread(target=server.serve_forever, name="pages", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
