"""One POST to a checked address: no redirect, no proxy, no second look-up, and an end to time and size."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

import httpcore
import msgspec

from fairlot.providers.webhook.target import (
    Resolve,
    Target,
    TargetError,
    checked_target,
    system_resolver,
)

CONNECT_SECONDS = 5.0
# From the first packet to the last byte read, however slowly the other side drips.
WHOLE_SECONDS = 15.0
BODY_BYTES_READ_MAX = 4_096
EXCERPT_LENGTH_MAX = 1_000
USER_AGENT = "Fairlot-Webhooks/1"


class Outcome(StrEnum):
    """How a request ended."""

    DELIVERED = "delivered"
    ANSWERED_NO = "answered_no"
    REDIRECTED = "redirected"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request: `status` is 0 without an answer; the excerpt has no control characters."""

    outcome: Outcome
    status: int = 0
    excerpt: str = ""
    duration_ms: int = 0


class Sender:
    """Posts to addresses that companies name. `network` is what makes connections, to be watched by tests."""

    def __init__(
        self,
        *,
        loopback_http: bool,
        resolve: Resolve = system_resolver,
        network: httpcore.NetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._loopback_http = loopback_http
        self._resolve = resolve
        self._network = network or httpcore.SyncBackend()
        self._trust = trust or ssl.create_default_context()
        self._ticks = ticks

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Posted:
        """Send a body once and say what came of it; raises nothing for what the other side does."""
        began = self._ticks()
        posted = self._post(url, headers, body, until=began + WHOLE_SECONDS)
        spent_ms = max(0, round((self._ticks() - began) * 1_000))
        return msgspec.structs.replace(posted, duration_ms=spent_ms)

    def _post(self, url: str, headers: Mapping[str, str], body: bytes, *, until: float) -> Posted:
        try:
            target = checked_target(url, resolve=self._resolve, loopback_http=self._loopback_http)
        except TargetError as error:
            return Posted(outcome=Outcome.FORBIDDEN, excerpt=error.fault.value)
        network = _PinnedNetwork(target, self._network, until=until, ticks=self._ticks)
        try:
            return self._ask(target, network, headers, body)
        except httpcore.TimeoutException:
            return Posted(outcome=Outcome.TIMED_OUT)
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            return Posted(outcome=Outcome.UNREACHABLE, excerpt=_printable(str(error)))

    def _ask(
        self,
        target: Target,
        network: httpcore.NetworkBackend,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Posted:
        named = target.named
        url = httpcore.URL(
            scheme=b"https" if named.is_https else b"http",
            host=named.host.encode(),
            port=named.port,
            target=named.path.encode(),
        )
        sent = {
            **headers,
            "host": named.authority,
            "user-agent": USER_AGENT,
            "content-length": str(len(body)),
            "accept-encoding": "identity",
            "connection": "close",
        }
        # A pool of its own for every request: no connection outlives the check that it was made under.
        with (
            httpcore.ConnectionPool(
                ssl_context=self._trust, network_backend=network, max_connections=1, retries=0
            ) as pool,
            pool.stream("POST", url, headers=list(sent.items()), content=body) as response,
        ):
            read = _beginning(response.iter_stream())
            return Posted(
                outcome=_outcome(response.status), status=response.status, excerpt=_printable(read)
            )


class _PinnedNetwork(httpcore.NetworkBackend):
    """Connects to the address that was checked, whatever the name leads to by now."""

    def __init__(
        self,
        target: Target,
        network: httpcore.NetworkBackend,
        *,
        until: float,
        ticks: Callable[[], float],
    ) -> None:
        self._target = target
        self._network = network
        self._until = until
        self._ticks = ticks

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  (the library's signature)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        named = self._target.named
        assert (host, port) == (named.host, named.port), "one request, one place"
        stream = self._network.connect_tcp(
            self._target.address,
            port,
            timeout=CONNECT_SECONDS,
            local_address=local_address,
            socket_options=socket_options,
        )
        return _EndingStream(stream, until=self._until, ticks=self._ticks)


class _EndingStream(httpcore.NetworkStream):
    """A connection that ends at an instant, not a pause of the other side's choosing after each byte."""

    def __init__(
        self, stream: httpcore.NetworkStream, *, until: float, ticks: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._until = until
        self._ticks = ticks

    def _left(self, error: type[Exception]) -> float:
        left = self._until - self._ticks()
        if left <= 0:
            raise error("the whole time is over")
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  (the library's)
        return self._stream.read(max_bytes, timeout=self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  (the library's)
        self._stream.write(buffer, timeout=self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  (the library's signature)
    ) -> httpcore.NetworkStream:
        left = self._left(httpcore.ConnectTimeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout=left)
        return _EndingStream(secured, until=self._until, ticks=self._ticks)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _beginning(chunks: Iterable[bytes]) -> str:
    """Read as much of an answer as is kept; the rest is never asked for."""
    read = b""
    for chunk in chunks:
        read += chunk
        if len(read) >= BODY_BYTES_READ_MAX:
            break
    return read[:BODY_BYTES_READ_MAX].decode("utf-8", errors="replace")


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.DELIVERED
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    return Outcome.GONE if status == 410 else Outcome.ANSWERED_NO


def _printable(text: str) -> str:
    """Return the beginning of a text without what could change a terminal, a log or a page."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain[:EXCERPT_LENGTH_MAX]
