"""C1 in small: kill every process of PostgreSQL at random instants; the soak does the same a thousand times."""

from __future__ import annotations

import secrets

from tests.concurrency.drill_server_killed import drill
from tests.support.postgres import run_directory

ROUNDS = 10
SEED = 20261122


def test_c1_no_acknowledged_commit_is_lost_when_the_server_is_killed() -> None:
    result = drill(run_directory() / f"killed-{secrets.token_hex(4)}", rounds=ROUNDS, seed=SEED)
    assert (result.lost, result.unbalanced) == (0, 0)
    assert result.rounds == ROUNDS
    assert result.acknowledged >= ROUNDS


def test_c1_catches_a_client_that_acknowledges_before_it_commits() -> None:
    data_dir = run_directory() / f"killed-{secrets.token_hex(4)}"
    result = drill(data_dir, rounds=3, seed=SEED, acknowledges_early=True)
    assert result.lost > 0
    assert result.unbalanced == 0
