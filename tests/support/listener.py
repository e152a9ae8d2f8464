"""A real web server on this machine that counts connections, keeps what it was sent, and answers as a test tells it."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came in; names of headers in small letters."""

    path: str
    headers: dict[str, str]
    body: bytes


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What to answer: `chunks` are sent one by one; without a status the connection is dropped."""

    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    chunks: Iterable[bytes] = ()


class Listener:
    """The server's memory."""

    def __init__(self) -> None:
        self.reply: Callable[[Heard], Reply] = lambda _: Reply()
        self.connections = 0
        self.heard: list[Heard] = []
        self.host = ""
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    listener: Listener
    trust: ssl.SSLContext | None = None

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        self.listener.connections += 1
        return connection, address

    def finish_request(self, request: Any, client_address: Any) -> None:
        # The handshake is done in the request's own thread, so that one that fails holds up no other.
        with contextlib.suppress(OSError):
            if self.trust is None:
                super().finish_request(request, client_address)
                return
            with self.trust.wrap_socket(request, server_side=True) as secured:
                super().finish_request(secured, client_address)


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        listener = self.server.listener
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        heard = Heard(
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )
        listener.heard.append(heard)
        reply = listener.reply(heard)
        self.close_connection = True
        if not reply.status:
            return
        self.send_response(reply.status)
        for name, value in (*reply.headers, ("connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            for chunk in reply.chunks:
                self.wfile.write(chunk)

    do_GET = do_POST  # noqa: N815  (the library's name)

    def log_message(self, *_: object) -> None:
        """Say nothing; a test's output is its own."""


@contextlib.contextmanager
def listening(*, host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[Listener]:
    """Listen on a free port; with a certificate, for https."""
    listener = Listener()
    make = _Server6 if ":" in host else _Server
    with make((host, 0), _Handler) as server:
        server.listener = listener
        listener.host, listener.port = host, server.server_port
        if certificate is not None:
            server.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.trust.load_cert_chain(certificate)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()


def make_certificate(path: Path, *, name: str) -> Path:
    """Write a key and a self-signed certificate for a host name into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=365 * 50))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path


class MappedNetwork(httpcore.NetworkBackend):
    """Real sockets, but public addresses lead to servers of this machine; notes every address that is dialled."""

    def __init__(self, places: dict[str, Listener]) -> None:
        self._places = places
        self._real = httpcore.SyncBackend()
        self.dialled: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialled.append(host)
        place = self._places.get(host)
        if place is not None:
            host, port = place.host, place.port
        return self._real.connect_tcp(
            host,
            port,
            timeout=timeout,
            local_address=local_address,
            socket_options=socket_options,
        )
