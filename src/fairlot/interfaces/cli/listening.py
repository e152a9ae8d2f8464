"""The address that pages are served at: one that this machine has, and that nobody else serves.

The server's processes share its port by an option of the kernel's, which would let a second server in as well, and then
each visitor would reach one of the two by chance. So a server holds the port under a name that only one can hold.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

_SENTENCES = {
    errno.EADDRINUSE: "Port {port} of {host} is taken by another program.",
    errno.EACCES: "Port {port} may not be opened by this user; those below 1024 are often kept for root.",
    errno.EADDRNOTAVAIL: "{host} is no address of this machine.",
}
_CHOOSE = "Choose another port by --port or FAIRLOT_PORT, or stop what answers there."
_CHOOSE_ADDRESS = "Choose another address by --host or FAIRLOT_HOST."


class NotServedError(click.UsageError):
    """The pages cannot be served at the address asked for; the message says why and what to choose."""


@contextmanager
def held_address(host: str, port: int) -> Iterator[str]:
    """Hold an address for the length of a block, and yield it in figures. Raises NotServedError."""
    family, address = _resolved(host, port)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as name:
        if sys.platform == "linux":
            # A name of the kernel's, beside all files: it ends with the process, whatever that ended of.
            try:
                name.bind(f"\0fairlot-serve-{address}-{port}")
            except OSError as error:
                what = (
                    f"Another `fairlot serve` or `fairlot demo` answers at port {port} of {host}."
                )
                raise NotServedError(f"{what} {_CHOOSE}") from error
        _refuse_taken(family, address, host, port)
        yield address


@contextmanager
def held_port(host: str, ports: range) -> Iterator[int]:
    """Hold the first of some ports that is free, and yield it. Raises NotServedError."""
    for port in ports:
        with ExitStack() as stack:
            try:
                stack.enter_context(held_address(host, port))
            except NotServedError:
                continue
            yield port
            return
    raise NotServedError(
        f"No port of {host} is free from {ports.start} to {ports.stop - 1}; name one by --port."
    )


def _resolved(host: str, port: int) -> tuple[int, str]:
    """Return a host's kind of address and its first address in figures, of the older kind where it has both."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotServedError(f"{host!r} is no address. {_CHOOSE_ADDRESS}") from error
    family, *_, place = min(found, key=lambda one: one[0] != socket.AF_INET)
    return family, str(ipaddress.ip_address(place[0]))


def _refuse_taken(family: int, address: str, host: str, port: int) -> None:
    """Open the port for a moment, without the option by which servers share one."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # What is left of connections that ended is no server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            sentence = _SENTENCES.get(
                error.errno or 0, f"{{host}} port {{port}}: {error.strerror}."
            )
            choose = _CHOOSE_ADDRESS if error.errno == errno.EADDRNOTAVAIL else _CHOOSE
            raise NotServedError(f"{sentence.format(host=host, port=port)} {choose}") from error
