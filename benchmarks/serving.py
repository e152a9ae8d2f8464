"""How soon `fairlot serve` answers and what its web processes weigh: `python -m benchmarks.serving [--json]`.

On a database that stands ready but is stopped, as after a reboot: the time runs from the command to the first answer with
a page. Memory is PSS, which divides what processes share among them, after each page was asked for some times.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from benchmarks._server import ROOT
from benchmarks._table import Figure, show

ROUNDS = 5
PAGES = ("/", "/orders/", "/healthz")
ASKED_BEFORE_WEIGHING = 20
PATIENCE_SECONDS = 60
POLL_SECONDS = 0.01
KIB = 1024


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment() -> dict[str, str]:
    """Return the environment of an operator with a data directory of the benchmarks' own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAIRLOT_", "DATABASE_URL"))}
    return kept | {"FAIRLOT_DATA_DIR": str(ROOT / "serving"), "FAIRLOT_DEMO": "1"}


def fairlot(*words: str) -> list[str]:
    """Return the command line of a command of ours."""
    return [sys.executable, "-m", "fairlot.interfaces.cli.main", *words]


def status_of(port: int, page: str) -> int | None:
    """Return the status with which a page is answered, or None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", page)
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return None
    finally:
        connection.close()
    return answer.status


@contextlib.contextmanager
def serving(
    port: int, environ: dict[str, str] | None = None, *, log: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server for the length of a block, on this benchmark's own directory or as an environment says."""
    server = subprocess.Popen(
        fairlot("serve", "--port", str(port)),
        env=environ or environment(),
        stdout=subprocess.DEVNULL,
        stderr=log or subprocess.DEVNULL,
    )
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_SECONDS)


def seconds_to_answer(server: subprocess.Popen[bytes], port: int, began: float) -> float:
    """Return the seconds since `began` when the first page has come."""
    while (status := status_of(port, PAGES[0])) is None:
        assert server.poll() is None, "the server ended before it answered"
        assert time.perf_counter() - began < PATIENCE_SECONDS, "the server does not answer"
        time.sleep(POLL_SECONDS)
    took = time.perf_counter() - began
    assert status < http.client.BAD_REQUEST, status
    return took


def children_of(process: int) -> list[int]:
    """Return the processes that a process started and that run our code: the web processes, not PostgreSQL."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return [one for one in found if b"fairlot" in Path(f"/proc/{one}/cmdline").read_bytes()]


def pss_bytes(process: int) -> int:
    """Return the memory that a process answers for."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith("Pss:"))


def measure() -> tuple[float, float]:
    """Return the seconds to the first answer, and the megabytes of the heaviest web process."""
    port = free_port()
    began = time.perf_counter()
    with serving(port) as server:
        took = seconds_to_answer(server, port, began)
        for _ in range(ASKED_BEFORE_WEIGHING):
            for page in PAGES:
                status = status_of(port, page)
                assert status is not None, page
                assert status < http.client.BAD_REQUEST, (page, status)
        web = children_of(server.pid)
        assert web, "no web process is to be found"
        return took, max(pss_bytes(one) for one in web) / 1e6


def main() -> int:
    """Set up once, measure, print."""
    ROOT.mkdir(parents=True, exist_ok=True)
    subprocess.run(fairlot("migrate"), env=environment(), check=True, stdout=subprocess.DEVNULL)
    found = [measure() for _ in range(ROUNDS)]
    figures = [
        Figure(
            name="fairlot serve to the first answer",
            value=statistics.median(seconds for seconds, _ in found),
            unit="s",
            floor=3,
            target=1.5,
            is_cost=True,
        ),
        Figure(
            name="memory of a web process",
            value=statistics.median(megabytes for _, megabytes in found),
            unit="MB PSS",
            floor=150,
            target=120,
            is_cost=True,
        ),
    ]
    show("Serving", figures, notes={"rounds": ROUNDS})
    return 0


if __name__ == "__main__":
    sys.exit(main())
