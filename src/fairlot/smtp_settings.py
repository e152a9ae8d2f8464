"""The mail server that an operator names, read from one address; a password never goes without encryption over a network."""

from __future__ import annotations

import ipaddress
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

Encryption: TypeAlias = Literal["starttls", "implicit", "none"]
USUAL_PORTS: dict[str, int] = {"starttls": 587, "implicit": 465, "none": 25}
EXAMPLE = "smtp://user:password@mail.example:587?tls=starttls"


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mails go out, and under whose address. An empty user means that the server asks for none."""

    host: str
    port: int
    encryption: Encryption
    user: str
    password: str
    sender: str


def read_mail_server(url: str, sender: str) -> MailServer:
    """Read both settings. Raises ValueError with a sentence that repeats no password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"is not an address such as {EXAMPLE}") from None
    if parts.scheme != "smtp" or not host or parts.path.strip("/") or parts.fragment:
        raise ValueError(f"must be an address such as {EXAMPLE}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    encryption = _encryption(options.pop("tls", "starttls"))
    if options:
        raise ValueError("knows the one option tls")
    if encryption == "none" and not _is_this_machine(host):
        raise ValueError("sends without encryption to this machine alone; use tls=starttls")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("needs user and password, or neither")
    return MailServer(
        host=host,
        port=port or USUAL_PORTS[encryption],
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=read_sender(sender),
    )


def read_sender(text: str) -> str:
    """Return a sender's address as it stands in a header. Raises ValueError."""
    name, address = parseaddr(text)
    try:
        read = Address(display_name=name, addr_spec=address)
    # On what is no address the standard library's parser fails in several ways.
    except (ValueError, IndexError, HeaderParseError):
        read = Address()
    if not read.username or not read.domain or not text.isprintable():
        raise ValueError("must be a sender such as Fairlot <trade@example.com>")
    return str(read)


def _encryption(text: str) -> Encryption:
    match text:
        case "starttls" | "implicit" | "none":
            return text
        case _:
            raise ValueError("takes tls=starttls, tls=implicit or tls=none")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
