"""Which addresses a company may name: https to public addresses alone, every one of them checked, by one look-up.

The lists are IANA's special-purpose registries (RFC 6890, as of 2026), with what wraps an IPv4 address in an IPv6 one,
and the two metadata services that lie among public addresses.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

import msgspec

URL_LENGTH_MAX = 2_000
HTTPS_PORT, HTTP_PORT = 443, 80
# Below lie services that understand what is not meant for them, such as mail on 25.
FREE_PORT_MIN, PORT_MAX = 1_024, 65_535
NAME_LENGTH_MAX = 253

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host name. Raises OSError."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

FORBIDDEN_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # A cloud's own service at an address that looks public.
        "168.63.129.16/32",
    )
)
# Of IPv6 only what is handed out to networks, less what has a special purpose or wraps an IPv4 address.
GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
FORBIDDEN_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
        # Documentation of before, and the testbed that was given back.
        *("3ffe::/16",),
    )
)

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


class Fault(StrEnum):
    """Why an address is not taken."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    NOT_HTTPS = "not_https"
    CREDENTIALS = "credentials"
    FRAGMENT = "fragment"
    HOST = "host"
    PORT = "port"
    UNRESOLVED = "unresolved"
    FORBIDDEN_ADDRESS = "forbidden_address"


class TargetError(ValueError):
    """An address that nothing is sent to."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An address as a company named it, read once; nothing of it is looked up yet."""

    is_https: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return the host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = HTTPS_PORT if self.is_https else HTTP_PORT
        return host if self.port == usual else f"{host}:{self.port}"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A named address with the one address that was checked; a connection goes there and nowhere else."""

    named: Named
    address: str


def read_url(url: str, *, loopback_http: bool) -> Named:
    """Read an address by its form alone. `loopback_http`: plain http to this machine is taken too. Raises TargetError."""
    if len(url) > URL_LENGTH_MAX:
        raise TargetError(Fault.TOO_LONG)
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise TargetError(Fault.UNREADABLE)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise TargetError(Fault.UNREADABLE) from None
    if "@" in parts.netloc:
        raise TargetError(Fault.CREDENTIALS)
    if parts.fragment or url.endswith("#"):
        raise TargetError(Fault.FRAGMENT)
    host = host.removesuffix(".")
    literal = _literal(host, bracketed="[" in parts.netloc)
    is_https = parts.scheme == "https"
    on_loopback = host == "localhost" or (literal is not None and literal.is_loopback)
    if not is_https and not (parts.scheme == "http" and loopback_http and on_loopback):
        raise TargetError(Fault.NOT_HTTPS)
    usual = HTTPS_PORT if is_https else HTTP_PORT
    if port is not None and port != usual and not FREE_PORT_MIN <= port <= PORT_MAX:
        raise TargetError(Fault.PORT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Named(is_https=is_https, host=host, port=usual if port is None else port, path=path)


def checked_target(url: str, *, resolve: Resolve, loopback_http: bool) -> Target:
    """Read an address, look its host up once, and hold every address found against the lists. Raises TargetError."""
    named = read_url(url, loopback_http=loopback_http)
    try:
        found = resolve(named.host, named.port)
    except (OSError, UnicodeError):
        raise TargetError(Fault.UNRESOLVED) from None
    if not found:
        raise TargetError(Fault.UNRESOLVED)
    for address in found:
        if not _may_be_reached(address, loopback=loopback_http and not named.is_https):
            raise TargetError(Fault.FORBIDDEN_ADDRESS)
    return Target(named=named, address=found[0])


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public network and means what it says."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in FORBIDDEN_4)
    if address.scope_id is not None or address not in GLOBAL_6:
        return False
    return not any(address in network for network in FORBIDDEN_6)


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Look a name up as the system does, each address once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def _may_be_reached(text: str, *, loopback: bool) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    # Where plain http was taken at all, it is for this machine and for nothing else.
    return address.is_loopback if loopback else is_public(address)


def _literal(host: str, *, bracketed: bool) -> Address | None:
    """Return the address that a host is, or None for a name. Raises TargetError for what is neither.

    Numbers in any other spelling (`127.1`, `0x7f000001`, `2130706433`) are nobody's name.
    """
    if bracketed:
        try:
            return ipaddress.IPv6Address(host)
        except ValueError:
            raise TargetError(Fault.HOST) from None
    labels = host.split(".")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        try:
            return ipaddress.IPv4Address(host)
        except ValueError:
            raise TargetError(Fault.HOST) from None
    if len(host) > NAME_LENGTH_MAX or not all(_LABEL.fullmatch(label) for label in labels):
        raise TargetError(Fault.HOST)
    return None
