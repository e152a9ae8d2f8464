"""How soon the API answers: `python -m benchmarks.api [--json]`.

One request at a time first: reads and commands as multiples of an empty authenticated request, which is one that knows
who asks and answers a constant. Then 50 requests a second, a quarter of them commands; how long each took is what the
server wrote into its log, from the first of its middleware to the last. Then the peak, and three times the peak: how much
of it is still done, and how soon the rest is told to come back. Client and server share two cores.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from benchmarks._server import ROOT
from benchmarks._table import Figure, show
from benchmarks.serving import PATIENCE_SECONDS, fairlot, free_port, serving, status_of
from benchmarks.serving import environment as serving_environment

FOLDER = ROOT / "api"
LOG = FOLDER / "serve.log"
ASKED_EACH = 200
WARM_UP = 40
PER_SECOND = 50
STEADY_SECONDS = 20
PEAK_CLIENTS = 8
PEAK_SECONDS = 8
OVERLOAD = 3
OVERLOAD_CLIENTS = 32
READS = ("", "/events", "/actions", "/statement", "/cover", "/deadlines", "/contract")
EMPTY = "/contracts/templates"
COMMAND = json.dumps({"type": "RequestProductionUpdate"})
TURNED_AWAY = frozenset({429, 503})


class Told(msgspec.Struct, frozen=True):
    """One answer: its status, how long its client waited, in milliseconds, and the name the server logged it under."""

    status: int
    took_ms: float
    request_id: str


class Asker:
    """One connection that stays open, asking with one key after the other."""

    def __init__(self, port: int, seed: dict[str, list[str]]) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._keys = itertools.cycle(seed["keys"])
        self._orders = itertools.cycle(seed["orders"])

    def get(self, path: str) -> Told:
        """Read."""
        return self._ask("GET", path, None, {})

    def read(self, part: str) -> Told:
        """Read a part of the next order."""
        return self.get(f"/orders/{next(self._orders)}{part}")

    def command(self) -> Told:
        """Ask the next order a command."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": _key()}
        return self._ask("POST", f"/orders/{next(self._orders)}/commands", COMMAND, headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Told:
        request_id = f"bench-{method}-{next(_requests)}"
        headers = {
            **headers,
            "Authorization": f"Bearer {next(self._keys)}",
            "X-Request-ID": request_id,
        }
        began = time.perf_counter()
        self._connection.request(method, f"/api/v1{path}", body, headers)
        answer = self._connection.getresponse()
        answer.read()
        return Told(answer.status, (time.perf_counter() - began) * 1_000, request_id)


_numbers = itertools.count(time.time_ns())
# Short, for what looks like an account's number is withheld from logs.
_requests = itertools.count(1)


def _key() -> str:
    return f"bench-{next(_numbers)}"


def environment() -> dict[str, str]:
    """Return the environment of an operator with a directory of this benchmark's own."""
    return serving_environment() | {"FAIRLOT_DATA_DIR": str(FOLDER)}


@contextlib.contextmanager
def served() -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Serve a fresh database with orders and keys; yields the port, and both."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    subprocess.run(fairlot("migrate"), env=environment(), check=True, stdout=subprocess.DEVNULL)
    seeded = subprocess.run(
        [sys.executable, "-m", "benchmarks._api_seed"],
        env=environment(),
        cwd=Path(__file__).parents[1],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    port = free_port()
    with LOG.open("wb") as log, serving(port, environment(), log=log):
        while status_of(port, "/healthz") is None:
            time.sleep(0.05)
        yield port, json.loads(seeded.stdout.strip().splitlines()[-1])


def milliseconds(ask: Callable[[], Told]) -> float:
    """Return the median of many requests, one after the other."""
    for _ in range(WARM_UP):
        ask()
    told = [ask() for _ in range(ASKED_EACH)]
    assert all(one.status < 400 for one in told), {one.status for one in told}
    return statistics.median(one.took_ms for one in told)


def steady(port: int, seed: dict[str, list[str]]) -> tuple[list[float], list[float]]:
    """Ask at an even rate, a command for every three reads; return the server's time for reads and for commands."""
    local = threading.local()
    parts = itertools.cycle(READS)

    def one(number: int) -> Told:
        if not hasattr(local, "asker"):
            local.asker = Asker(port, seed)
        is_command = number % 4 == 0
        told: Told = local.asker.command() if is_command else local.asker.read(next(parts))
        assert told.status < 400, told
        return told

    told = _at_rate(one, per_second=PER_SECOND, seconds=STEADY_SECONDS, clients=PEAK_CLIENTS)
    logged = logged_ms()
    taken = {each.request_id: logged[each.request_id] for each in told}
    return (
        [took for name, took in taken.items() if "-GET-" in name],
        [took for name, took in taken.items() if "-POST-" in name],
    )


def logged_ms() -> dict[str, float]:
    """Return what the server logged so far: milliseconds by the request's name."""
    lines = (json.loads(line) for line in LOG.read_text().splitlines() if '"route"' in line)
    return {line["request_id"]: line["duration_ms"] for line in lines}


def _at_rate(
    ask: Callable[[int], Told], *, per_second: float, seconds: float, clients: int
) -> list[Told]:
    began = time.perf_counter()
    with ThreadPoolExecutor(max_workers=clients) as pool:
        waiting = []
        for number in range(int(per_second * seconds)):
            delay = began + number / per_second - time.perf_counter()
            if delay > 0:
                time.sleep(delay)
            waiting.append(pool.submit(ask, number))
        return [one.result() for one in waiting]


def peak(port: int, seed: dict[str, list[str]], clients: int) -> float:
    """Return requests done a second by clients of which each asks again at once."""
    end = time.perf_counter() + PEAK_SECONDS

    def ask(_: int) -> int:
        asker, done = Asker(port, seed), 0
        while time.perf_counter() < end:
            done += asker.read("").status < 400
        return done

    with ThreadPoolExecutor(max_workers=clients) as pool:
        return sum(pool.map(ask, range(clients))) / PEAK_SECONDS


def overload(
    port: int, seed: dict[str, list[str]], per_second: float
) -> tuple[float, float, float]:
    """Ask more than can be done; return what was done a second, the share turned away, and how soon that was told."""
    local = threading.local()

    def one(_: int) -> Told:
        if not hasattr(local, "asker"):
            local.asker = Asker(port, seed)
        told: Told = local.asker.read("")
        return told

    began = time.perf_counter()
    told = _at_rate(one, per_second=per_second, seconds=PEAK_SECONDS, clients=OVERLOAD_CLIENTS)
    took = time.perf_counter() - began
    done = [each for each in told if each.status < 400]
    away = [each for each in told if each.status in TURNED_AWAY]
    assert len(done) + len(away) == len(told), {each.status for each in told}
    soon = statistics.median(each.took_ms for each in away) if away else 0.0
    return len(done) / took, len(away) / len(told), soon


def percentile(values: list[float], share: float) -> float:
    """Return the value below which that share of the others lies."""
    return sorted(values)[int(len(values) * share)]


def figures(port: int, seed: dict[str, list[str]]) -> list[Figure]:
    """Measure all."""
    asker = Asker(port, seed)
    empty = milliseconds(lambda: asker.get(EMPTY))
    found = [Figure(name="empty authenticated request", value=empty, unit="ms", is_cost=True)]
    for part in READS:
        name = f"read order{part}, as multiple"
        value = milliseconds(lambda part=part: asker.read(part)) / empty  # type: ignore[misc]
        found.append(Figure(name=name, value=value, floor=3, target=2, is_cost=True))
    found.append(
        Figure(
            name="command, as multiple",
            value=milliseconds(asker.command) / empty,
            floor=5,
            target=4,
            is_cost=True,
        )
    )
    reads, commands = steady(port, seed)
    for name, values, most in (("reads", reads, 25), ("commands", commands, 40)):
        value = percentile(values, 0.95)
        label = f"{name} at {PER_SECOND} requests/s, server time, p95"
        found.append(
            Figure(name=label, value=value, unit="ms", floor=most, target=most / 2, is_cost=True)
        )
    at_peak = peak(port, seed, PEAK_CLIENTS)
    goodput, away, soon = overload(port, seed, OVERLOAD * at_peak)
    found += [
        Figure(name="peak", value=at_peak, unit="requests/s"),
        Figure(
            name=f"done at {OVERLOAD} x peak, as share of it",
            value=goodput / at_peak,
            floor=0.8,
            target=0.9,
        ),
        Figure(name="turned away then", value=away, unit="share"),
        Figure(name="told so within, median", value=soon, unit="ms", is_cost=True),
    ]
    return found


def main() -> int:
    """Serve, measure, print."""
    with served() as (port, seed):
        found = figures(port, seed)
    show("API", found, notes={"requests for each figure": ASKED_EACH})
    return 0


if __name__ == "__main__":
    sys.exit(main())
