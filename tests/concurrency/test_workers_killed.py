"""Two workers, one of them killed at random points: every due order and every message is done, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlot.store.server import embedded
from tests.concurrency.drill_workers_killed import PLANTED_ROUNDS_MAX, WorkersDrill
from tests.concurrency.one_worker import DONE_FIRST
from tests.support.postgres import fresh_database

SEED = 20_261_122
ROUNDS = 2


@pytest.fixture
def drill(postgres_server: embedded.Server, database_template: str, tmp_path: Path) -> WorkersDrill:
    return WorkersDrill(
        lambda: fresh_database(postgres_server, template=database_template), tmp_path, seed=SEED
    )


def test_all_is_done_and_once_though_one_worker_is_killed(drill: WorkersDrill) -> None:
    result = drill.run(rounds=ROUNDS)
    assert result.failing == []
    assert result.rounds == ROUNDS
    assert result.kills >= ROUNDS
    assert result.kills_within > 0


def test_a_worker_that_marks_messages_as_done_first_is_caught(drill: WorkersDrill) -> None:
    """The planted fault."""
    result = drill.run(rounds=PLANTED_ROUNDS_MAX, fault=DONE_FIRST)
    assert result.kills_within > 0
    assert result.failing
