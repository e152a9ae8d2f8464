"""What is counted while commands and requests go by: shared by the processes of one machine through files, where they share."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, values
from prometheus_client.registry import REGISTRY

from fairlot.application.outcome import Outcome
from fairlot.application.turn import Submission

logger = logging.getLogger("fairlot.command")

SHARE_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FOLDER = "metrics"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
DONE, REFUSED, REPEATED = "done", "refused", "repeated"


class _Measures:
    """The counters of this process, made when the first is needed: by then it is known whether they are shared."""

    def __init__(self) -> None:
        self.commands = Counter(
            "fairlot_commands", "Commands by type and what became of them.", ["command", "outcome"]
        )
        self.refusals = Counter("fairlot_refusals", "Refused commands by code.", ["code"])
        self.command_seconds = Histogram(
            "fairlot_command_seconds", "Time that a command took.", ["command"], buckets=SECONDS
        )
        self.requests = Counter(
            "fairlot_web_requests", "Requests by route and status.", ["method", "route", "status"]
        )
        self.request_seconds = Histogram(
            "fairlot_web_request_seconds", "Time that a request took.", ["route"], buckets=SECONDS
        )


_made: list[_Measures] = []
# Where this process counts, once it shares.
_shared: list[Path] = []


def measures() -> _Measures:
    """Return this process's counters."""
    if not _made:
        _made.append(_Measures())
    return _made[0]


def share(data_dir: Path, *, kind: str) -> None:
    """Count in files below `data_dir`, so that whichever process is asked answers for all. Before anything is counted; again is nothing new."""
    directory = data_dir / FOLDER
    if _shared == [directory]:
        return
    assert not _made, "something was counted already"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Process numbers repeat from one container to the next; with kind and host they do not.
    owner = f"{kind}-{socket.gethostname().replace('_', '-')}"
    _forget_the_dead(directory, owner)
    _shared.append(directory)
    os.environ[SHARE_VARIABLE] = str(directory)
    values.ValueClass = values.MultiProcessValue(lambda: f"{owner}-{os.getpid()}")  # type: ignore[no-untyped-call]


def registry() -> CollectorRegistry:
    """Return what has been counted, by all processes that share."""
    directory = os.environ.get(SHARE_VARIABLE)
    if directory is None:
        measures()
        return REGISTRY
    shared = CollectorRegistry()
    multiprocess.MultiProcessCollector(shared, path=directory)  # type: ignore[no-untyped-call]
    return shared


def observe_command(submission: Submission, outcome: Outcome, seconds: float) -> None:
    """Count one answered command and write its line."""
    name = type(submission.command).__name__
    became = REPEATED if outcome.is_replay else DONE if outcome.is_done else REFUSED
    counted = measures()
    counted.commands.labels(name, became).inc()
    counted.command_seconds.labels(name).observe(seconds)
    if became == REFUSED:
        counted.refusals.labels(str(outcome.code)).inc()
    logger.info(
        "A command was answered",
        extra={
            "aggregate_id": submission.aggregate_id,
            "command_id": submission.command_id,
            "command": name,
            "outcome": became,
            "code": str(outcome.code) if became == REFUSED else "",
            "duration_ms": round(seconds * 1000, 1),
        },
    )


def observe_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    counted = measures()
    counted.requests.labels(method, route, str(status)).inc()
    counted.request_seconds.labels(route).observe(seconds)


def _forget_the_dead(directory: Path, owner: str) -> None:
    """Remove what processes of this kind and host counted that are gone: a restart begins at zero."""
    for path in directory.glob(f"*_{owner}-*.db"):
        number = path.stem.rpartition("-")[2]
        if number.isdigit() and (int(number) == os.getpid() or not _lives(int(number))):
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        return True
    return False
