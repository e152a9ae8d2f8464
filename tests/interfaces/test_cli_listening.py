"""Two servers never share a port by chance: the second is refused in a sentence, while one server's processes share theirs."""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest

from fairlot.interfaces.cli.listening import NotServedError, held_address, held_port
from fairlot.interfaces.cli.serving import WEB_WORKERS
from tests.support.command_line import USAGE, unused_port, url_of
from tests.support.postgres import Database

HOST = "127.0.0.1"
# The kernel's table of sockets: the local address, and 0A for those that listen.
LISTENING = "0A"


def command(*words: str) -> Sequence[str]:
    return [sys.executable, "-m", "fairlot.interfaces.cli.main", *words]


def environment(database: Database, data_dir: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": url_of(database.app_dsn),
        "FAIRLOT_OWNER_DATABASE_URL": url_of(database.owner_dsn),
        "FAIRLOT_DATA_DIR": str(data_dir),
        "FAIRLOT_DEMO": "1",
    }


@contextlib.contextmanager
def serving(port: int, environ: dict[str, str]) -> Iterator[None]:
    """Run a server until the block ends, from the moment on when all its processes listen."""
    with tempfile.TemporaryFile("w+") as told, server_at(port, environ, told) as server:
        try:
            while listeners(port) < WEB_WORKERS:
                assert server.poll() is None, told.seek(0) or told.read()
                os.sched_yield()
            yield
        finally:
            server.terminate()


def server_at(port: int, environ: dict[str, str], told: IO[str]) -> subprocess.Popen[str]:
    words = command("serve", "--port", str(port))
    return subprocess.Popen(words, env=environ, stderr=told, text=True)


def listeners(port: int) -> int:
    """Return how many sockets of this machine listen at a port."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == LISTENING for row in rows)


def status_at(port: int) -> int:
    connection = http.client.HTTPConnection(HOST, port)
    with contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status


class TestServers:
    @pytest.fixture
    def environ(self, database: Database, tmp_path: Path) -> dict[str, str]:
        return environment(database, tmp_path)

    def test_the_second_is_refused_and_the_first_goes_on(self, environ: dict[str, str]) -> None:
        port = unused_port()
        with serving(port, environ):
            second = subprocess.run(
                command("serve", "--port", str(port)),
                env=environ,
                capture_output=True,
                text=True,
                check=False,
            )
            assert second.returncode == USAGE
            for word in (
                f"port {port} of {HOST}",
                "Another `fairlot serve`",
                "--port",
                "FAIRLOT_PORT",
            ):
                assert word in second.stderr
            # Both processes of the first share the port, and nobody else came in.
            assert listeners(port) == WEB_WORKERS
            assert status_at(port) == http.HTTPStatus.OK
        # Its end is the end of its hold.
        with held_address(HOST, port):
            assert listeners(port) == 0

    def test_of_two_that_start_at_once_one_serves(self, environ: dict[str, str]) -> None:
        port = unused_port()
        with (
            tempfile.TemporaryFile("w+") as told,
            server_at(port, environ, told) as one,
            server_at(port, environ, told) as other,
        ):
            ended = {os.pidfd_open(each.pid): each for each in (one, other)}
            (first, *_), _, _ = select.select(list(ended), [], [])
            refused = ended.pop(first)
            (served,) = ended.values()
            served.terminate()
            assert refused.wait() == USAGE
            for each in (first, *ended):
                os.close(each)
            served.wait()
            told.seek(0)
            assert told.read().count("Another `fairlot serve`") == 1


class TestAddress:
    def test_a_shared_port_is_taken_all_the_same(self) -> None:
        with sharing() as port, pytest.raises(NotServedError, match="taken by another program"):
            held(HOST, port)

    def test_a_look_that_shares_is_caught(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Planted: the port is tried by the option by which servers share one, and the other is let in."""
        with sharing() as port, monkeypatch.context() as planted:
            planted.setattr(socket, "SO_REUSEADDR", socket.SO_REUSEPORT)
            held(HOST, port)

    def test_whose_it_is_not_is_named(self) -> None:
        with pytest.raises(
            NotServedError, match=r"192\.0\.2\.1 is no address of this machine.*FAIRLOT_HOST"
        ):
            held("192.0.2.1", unused_port())
        with pytest.raises(NotServedError, match="'not an address' is no address"):
            held("not an address", unused_port())

    def test_a_name_becomes_figures(self) -> None:
        with held_address("localhost", unused_port()) as address:
            assert address == HOST

    def test_a_demonstration_takes_the_next_port(self) -> None:
        with sharing() as port, held_port(HOST, range(port, port + 20)) as chosen:
            assert chosen > port

    def test_or_says_that_there_is_none(self) -> None:
        with (
            sharing() as port,
            pytest.raises(NotServedError, match="name one by --port"),
            held_port(HOST, range(port, port + 1)),
        ):
            raise AssertionError("the port is taken")


def held(host: str, port: int) -> None:
    with held_address(host, port):
        pass


@contextlib.contextmanager
def sharing() -> Iterator[int]:
    """Listen at a port of one's own as a server's process does, ready to share it."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((HOST, 0))
        other.listen()
        yield other.getsockname()[1]
