"""A line to the server that can be cut just before, or just after, the server has done what it was last told to do."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

PORT = 5432
CHUNK_BYTES = 65_536


class Cut(StrEnum):
    """Where a line is cut."""

    BEFORE = "before the server hears"
    AFTER = "after the server has answered"


class Line:
    """Carries connections to the server's socket; once armed, what is sent next is the last of its connection."""

    def __init__(self, server: str, directory: Path) -> None:
        self._server = server
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(directory / f".s.PGSQL.{PORT}"))
        self._listener.listen()
        self._armed: Cut | None = None
        self._stays_down = False
        self._is_down = False
        self._carried: set[tuple[socket.socket, socket.socket]] = set()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def arm(self, cut: Cut, *, stays_down: bool) -> None:
        """Let the next message be the connection's last; afterwards nobody gets through, or everybody."""
        self._armed, self._stays_down = cut, stays_down

    def mend(self) -> None:
        """Carry again what comes."""
        self._armed, self._is_down = None, False

    def _cuts(self, cut: Cut) -> bool:
        if self._armed is not cut:
            return False
        self._armed, self._is_down = None, self._stays_down
        return True

    def close(self) -> None:
        """End everything under way."""
        self._is_down = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        # Nobody comes any more, and whoever is still connected is let go.
        self._accepting.join()
        self._listener.close()
        for pair in tuple(self._carried):
            _end(*pair)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            if self._is_down:
                caller.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            self._carried.add((caller, server))
            thread = threading.Thread(target=self._carry, args=(caller, server))
            self._threads.append(thread)
            thread.start()

    def _carry(self, caller: socket.socket, server: socket.socket) -> None:
        """Carry both ways, and close only when nobody reads any more: a closed socket's number soon is another's."""
        back = threading.Thread(target=self._carry_back, args=(caller, server))
        back.start()
        self._carry_there(caller, server)
        back.join()
        self._carried.discard((caller, server))
        caller.close()
        server.close()

    def _carry_there(self, caller: socket.socket, server: socket.socket) -> None:
        while data := _received(caller):
            if self._cuts(Cut.BEFORE):
                break
            with contextlib.suppress(OSError):
                server.sendall(data)
        _end(caller, server)

    def _carry_back(self, caller: socket.socket, server: socket.socket) -> None:
        while data := _received(server):
            if self._cuts(Cut.AFTER):
                break
            with contextlib.suppress(OSError):
                caller.sendall(data)
        _end(caller, server)


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(CHUNK_BYTES)
    except OSError:
        return b""


def _end(*ends: socket.socket) -> None:
    """Let nothing more pass; whoever reads wakes up."""
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def line_to(dsn: str) -> Iterator[tuple[Line, str]]:
    """Yield a line and the connection string that leads over it."""
    directory = Path(tempfile.mkdtemp(prefix="fairlot-line-"))
    socket_directory = conninfo_to_dict(dsn)["host"]
    line = Line(f"{socket_directory}/.s.PGSQL.{PORT}", directory)
    try:
        yield line, make_conninfo(dsn, host=str(directory), port=PORT)
    finally:
        line.close()
        shutil.rmtree(directory)


def end_other(observer: psycopg.Connection, process: int) -> None:
    """Have the server end another connection's process, whatever it is doing."""
    observer.execute("SELECT pg_terminate_backend(%s)", [process])
