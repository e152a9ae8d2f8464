"""Kills a PostgreSQL server the hard way: SIGKILL to every process of it, then waits until the kernel has let go."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import signal

from fairlot.store.server import embedded_host as host
from fairlot.store.server.embedded import EmbeddedServer


def server_processes(server: EmbeddedServer) -> set[int]:
    """The living processes of the server, postmaster included."""
    return host.processes_in(server.cluster.data)


def kill_server(server: EmbeddedServer, order: random.Random | None = None) -> None:
    """SIGKILL every process of the server, in an order drawn from `order`, and return when all are gone."""
    while processes := sorted(server_processes(server)):
        if order is not None:
            order.shuffle(processes)
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    wait_until_gone(server)


def kill_postmaster(server: EmbeddedServer) -> None:
    """SIGKILL the postmaster alone; its children notice by themselves, sooner or later."""
    process = int((server.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    os.kill(process, signal.SIGKILL)


def wait_until_gone(server: EmbeddedServer) -> None:
    """Wait for the lock that every process of the server holds."""
    descriptor = host.open_lock(server.cluster.server_lock)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)
