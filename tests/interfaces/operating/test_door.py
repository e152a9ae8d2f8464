"""The operator's door: probes that need no host name, figures for few, and every request counted under its route."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from fairlot import config
from fairlot.domain.order import commands as c
from fairlot.measures import observe_command
from fairlot.store.connection import connect
from fairlot.store.standing import standing
from tests.support.market import Market
from tests.support.postgres import Database
from tests.support.trades import BEGINNING, BUYER, TERMS

TOKEN = "t" * 40
OUTSIDE = "203.0.113.7"


@pytest.fixture
def client(django_database: Database) -> Client:
    # Nobody's error is turned into the client's, as behind a real server.
    return Client(raise_request_exception=False)


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = tmp_path / "token"
    path.write_text(TOKEN + "\n")
    monkeypatch.setenv("FAIRLOT_METRICS_TOKEN_FILE", str(path))
    config.settings.cache_clear()
    return TOKEN


def beat(database: Database) -> None:
    """Let a worker have been heard of just now."""
    with database.as_owner() as owner:
        owner.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class TestHealth:
    def test_it_lives_under_any_name(self, client: Client) -> None:
        answer = client.get("/healthz", headers={"host": "10.0.0.9"})
        assert (answer.status_code, answer.content) == (200, b"ok\n")

    def test_ready_with_a_worker_and_not_without(
        self, client: Client, django_database: Database
    ) -> None:
        without = client.get("/readyz", headers={"host": "10.0.0.9"})
        assert without.status_code == 503
        assert without.json()["checks"]["worker"] == "no worker runs"
        beat(django_database)
        answer = client.get("/readyz")
        assert answer.status_code == 200, answer.content
        assert set(answer.json()["checks"].values()) == {"ok"}

    @pytest.mark.parametrize(
        ("statement", "check"),
        [
            (
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'",
                "worker",
            ),
            ("DELETE FROM django_migrations WHERE name = '0004_operating'", "migrations"),
            ("DROP TABLE procrastinate_jobs CASCADE", "database"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, client: Client, django_database: Database, statement: str, check: str
    ) -> None:
        beat(django_database)
        with django_database.as_owner() as owner:
            owner.execute(statement)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"][check] != "ok"


class TestMetrics:
    def test_this_machine_sees_them_and_no_other(self, client: Client) -> None:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR=OUTSIDE).status_code == 404

    def test_a_proxy_on_this_machine_is_not_this_machine(self, client: Client) -> None:
        for name in ("X-Forwarded-For", "Via", "Forwarded"):
            assert client.get("/metrics", headers={name: "203.0.113.7"}).status_code == 404

    def test_a_token_opens_them(self, client: Client, token: str) -> None:
        right = {"Authorization": f"Bearer {token}"}
        assert client.get("/metrics", headers=right, REMOTE_ADDR=OUTSIDE).status_code == 200
        wrong = {"Authorization": f"Bearer {token[:-1]}"}
        assert client.get("/metrics", headers=wrong, REMOTE_ADDR=OUTSIDE).status_code == 404

    def test_requests_are_counted_by_route_and_commands_by_what_became_of_them(
        self, client: Client, django_database: Database
    ) -> None:
        before = samples(client.get("/metrics").content.decode())
        answered = client.get("/nothing-here/secret-path")
        assert answered.status_code == 404
        assert len(answered.headers["X-Request-ID"]) == 32
        market = Market(django_database).enrolled()
        market.path.observe = observe_command
        market.proposed("ord_1", TERMS)
        assert not market.ask("ord_1", BUYER, c.ConfirmReceipt()).is_done
        market.close()
        text = client.get("/metrics").content.decode()
        after = samples(text)
        assert "secret-path" not in text

        def grown(*key: str) -> float:
            return after.get(key, 0.0) - before.get(key, 0.0)

        assert grown("fairlot_web_requests_total", "GET", "none", "404") == 1
        assert grown("fairlot_commands_total", "OpenDraft", "done") == 1
        assert grown("fairlot_commands_total", "ConfirmReceipt", "refused") == 1
        assert after[("fairlot_database_up",)] == 1

    def test_what_is_overdue_and_waits_is_told_with_its_age(self, database: Database) -> None:
        market = Market(database).enrolled()
        market.agreed("ord_1", TERMS)
        ((deadline,),) = market.rows("SELECT min(next_deadline_at) FROM order_head")
        market.close()
        with connect(database.app_dsn) as application:
            calm = standing(application, now=BEGINNING)
            late = standing(application, now=deadline + dt.timedelta(seconds=90))
        assert calm.deadline_lag_seconds == 0
        assert late.deadline_lag_seconds == 90
        assert late.outbox_waiting > 0
        assert late.outbox_oldest_seconds > 90
        assert late.worker_silent_seconds is None


COUNT = """
import os, sys
from pathlib import Path
from fairlot import measures
measures.share(Path(sys.argv[1]), kind=sys.argv[2])
for _ in range(2):
    if os.fork() == 0:
        measures.observe_request(method="GET", route="/", status=200, seconds=0.01)
        os._exit(0)
    os.wait()
from prometheus_client import generate_latest
print(generate_latest(measures.registry()).decode())
"""


def count_in_processes(directory: Path, kind: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(directory), kind],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": ""},
    )
    return samples(done.stdout)[("fairlot_web_requests_total", "GET", "/", "200")]


def test_any_process_answers_for_all_and_a_restart_begins_anew(tmp_path: Path) -> None:
    assert count_in_processes(tmp_path, "serve") == 2
    assert count_in_processes(tmp_path, "worker") == 4
    assert count_in_processes(tmp_path, "serve") == 4
