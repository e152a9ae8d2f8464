"""A real SMTP server on this machine: it keeps what it accepted, and refuses, stops or hangs up where a test tells it to."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import msgspec

HANG_UP = "hang up"


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that the server answers for."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    was_encrypted: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        read = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        return read


class MailHouse:
    """The server's memory. `say` may answer for it at a stage: a reply, `HANG_UP`, or None for the usual one."""

    def __init__(self) -> None:
        self.say: Callable[[str], str | None] = lambda _stage: None
        self.accepted: list[Accepted] = []
        self.sessions = 0
        self.port = 0
        self.trust: ssl.SSLContext | None = None
        self.passwords: dict[str, str] = {}


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.house = self.server.house
        self.house.sessions += 1
        self.user, self.encrypted = "", False
        self.sender, self.recipients = "", list[str]()
        with contextlib.suppress(OSError, _HungUpError):
            self._reply("greeting", "220 mail.example ESMTP")
            while line := self.rfile.readline():
                self._command(line.decode("utf-8", "replace").rstrip("\r\n"))

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        if self.encrypted:
            self.request.close()

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO":
                self._reply("ehlo", "\r\n".join(["250-mail.example", *self._extensions()]))
            case "STARTTLS" if self.house.trust is not None:
                self._reply("starttls", "220 go on")
                self._encrypt()
            case "AUTH":
                self._log_in(rest)
            case "MAIL":
                self.sender, self.recipients = rest, []
                self._reply("mail", "250 ok")
            case "RCPT":
                if self._reply("rcpt", "250 ok"):
                    self.recipients.append(rest.partition("<")[2].partition(">")[0])
            case "DATA":
                if self._reply("data", "354 go on"):
                    self._take()
            case "RSET" | "NOOP":
                self._reply("rset", "250 ok")
            case "QUIT":
                self._reply("quit", "221 bye")
                raise _HungUpError
            case _:
                self._write("502 not known")

    def _extensions(self) -> list[str]:
        offered = ["250-STARTTLS"] if self.house.trust and not self.encrypted else []
        return [*offered, "250-AUTH PLAIN", "250 8BITMIME"]

    def _encrypt(self) -> None:
        assert self.house.trust is not None
        self.request = self.house.trust.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.request)  # type: ignore[attr-defined]
        self.encrypted = True

    def _log_in(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.rsplit(maxsplit=1)[-1]).decode().split("\0")
        if self.house.passwords.get(user) != password:
            self._write("535 who are you")
            return
        self.user = user
        self._write("235 welcome")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b"."))
        if self._reply("accept", None) is False:
            return
        self.house.accepted.append(
            Accepted(
                sender=self.sender,
                recipients=tuple(self.recipients),
                raw=b"".join(lines),
                was_encrypted=self.encrypted,
                user=self.user,
            )
        )
        self._reply("accepted", "250 it is ours now")

    def _reply(self, stage: str, usual: str | None) -> bool:
        """Answer at a stage as the test wants; say whether it was the usual answer."""
        wanted = self.house.say(stage)
        if wanted == HANG_UP:
            raise _HungUpError
        if wanted is None and usual is None:
            return True
        self._write(wanted or usual or "")
        return wanted is None

    def _write(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()


class _HungUpError(Exception):
    pass


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    house: MailHouse


@contextlib.contextmanager
def mail_house(certificate: Path | None = None) -> Iterator[MailHouse]:
    """Take mails on a free port of this machine; with a certificate, STARTTLS is offered."""
    house = MailHouse()
    if certificate is not None:
        house.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        house.trust.load_cert_chain(certificate)
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.house = house
        house.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            thread.join()
