"""/healthz, /readyz and /metrics: the first asks nothing, the second what a load balancer must know, the third is for few."""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.db import Error as DjangoError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from fairlot import config
from fairlot.application.safety import FREE_BYTES_MIN
from fairlot.clock import system_clock
from fairlot.measures import registry
from fairlot.store.keeping.upgrade import plan
from fairlot.store.postgresql.lending import lent_connection
from fairlot.store.standing import Standing, standing

WORKER_SILENT_SECONDS_MAX = 60
DEADLINE_LAG_SECONDS_MAX = 300
# A proxy passes requests on from this machine, but says so.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-Ip")
DATABASE_ERRORS = (psycopg.Error, DjangoError, OSError)
PROBLEM, FINE = "problem", "ok"


def healthz(_: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_: HttpRequest) -> HttpResponse:
    """Say whether requests should be sent here, and which check says no; 503 then."""
    checks = {**_database_checks(), "disk": _disk_check()}
    is_ready = all(found == FINE for found in checks.values())
    answer = {"ready": is_ready, "checks": checks}
    return JsonResponse(answer, status=200 if is_ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures to this machine, or to whoever has the token; everybody else finds nothing here."""
    if not _may_see_metrics(request):
        return HttpResponse("not found\n", status=404, content_type="text/plain")
    counted = generate_latest(registry())
    asked = CollectorRegistry()
    asked.register(_DatabaseFigures())
    return HttpResponse(counted + generate_latest(asked), content_type=CONTENT_TYPE_LATEST)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}


def _database_checks() -> dict[str, str]:
    try:
        with lent_connection() as connection:
            is_current = plan(connection).is_current
            found = standing(connection, now=system_clock()) if is_current else None
    except DATABASE_ERRORS:
        return {"database": "cannot be asked"}
    if found is None:
        return {"database": FINE, "migrations": "tables and code are of different versions"}
    return {
        "database": FINE,
        "migrations": FINE,
        "worker": _worker_check(found),
        "deadlines": FINE
        if found.deadline_lag_seconds <= DEADLINE_LAG_SECONDS_MAX
        else f"{found.deadline_lag_seconds:.0f} s behind",
    }


def _worker_check(found: Standing) -> str:
    silent = found.worker_silent_seconds
    if silent is None:
        return "no worker runs"
    return FINE if silent <= WORKER_SILENT_SECONDS_MAX else f"silent for {silent:.0f} s"


def _disk_check() -> str:
    free = shutil.disk_usage(config.settings().data_dir).free
    return FINE if free >= FREE_BYTES_MIN else f"{free // (1024 * 1024)} MiB free"


def _may_see_metrics(request: HttpRequest) -> bool:
    path = config.settings().metrics_token_file
    if path is not None:
        given = request.headers.get("Authorization", "")
        expected = f"Bearer {path.read_text(encoding='utf-8').strip()}"
        if hmac.compare_digest(given.encode(), expected.encode()):
            return True
    is_forwarded = any(name in request.headers for name in FORWARDED)
    return not is_forwarded and config.is_this_machine(str(request.META.get("REMOTE_ADDR", "")))


class _DatabaseFigures:
    """Figures that the database knows, asked when they are wanted: the same whichever process is asked."""

    def collect(self) -> Iterator[Metric]:
        began = time.perf_counter()
        try:
            with lent_connection() as connection:
                connection.execute("SELECT 1")
                latency = time.perf_counter() - began
                found: Standing | None = standing(connection, now=system_clock())
        except DATABASE_ERRORS:
            found = None
        yield _gauge("fairlot_database_up", "1 if the database answers.", float(found is not None))
        if found is None:
            return
        yield _gauge("fairlot_database_seconds", "Time of the smallest question.", latency)
        for name, help_text in FIGURES.items():
            value: Any = getattr(found, name)
            if value is not None:
                yield _gauge(f"fairlot_{name}", help_text, float(value))


FIGURES = {
    "deadline_lag_seconds": "Age of the oldest deadline that nobody has settled.",
    "outbox_waiting": "Messages that no worker has taken.",
    "outbox_oldest_seconds": "Age of the oldest of them.",
    "jobs_waiting": "Jobs that wait or run.",
    "jobs_failed": "Jobs that were given up; an operator has to look.",
    "worker_silent_seconds": "Since a worker was last heard of; absent while none runs.",
    "checkpoint_age_seconds": "Since the last root over all chains was taken.",
}


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_text, value=value)
