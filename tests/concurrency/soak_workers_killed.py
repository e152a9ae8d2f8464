"""Workers killed at random points in full: `python -m tests.concurrency.soak_workers_killed --trials N --seed S --json`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.concurrency.drill_workers_killed import PLANTED_ROUNDS_MAX, WorkersDrill
from tests.concurrency.one_worker import DONE_FIRST
from tests.concurrency.soak import Chosen, Report, run_soak

ROUNDS = 60
NAMED_MAX = 10


def soak(chosen: Chosen) -> Report:
    """Play rounds with kills, then a few with a worker that marks messages as done first."""
    with tempfile.TemporaryDirectory() as name:
        result = WorkersDrill(chosen.fresh_database, Path(name), seed=chosen.seed).run(
            rounds=chosen.trials
        )
    with tempfile.TemporaryDirectory() as name:
        planted = WorkersDrill(chosen.fresh_database, Path(name), seed=chosen.seed).run(
            rounds=PLANTED_ROUNDS_MAX, fault=DONE_FIRST
        )
    return Report(
        trials=result.rounds,
        failures=len(result.failing),
        planted_fault="a worker that marks messages as done before they are",
        planted_fault_caught=bool(planted.failing),
        figures={
            "kills": result.kills,
            "kills_within_a_message": result.kills_within,
            "messages": result.messages,
            "repeated_transfers_under_one_key": result.repeated_transfers,
            "failing": result.failing[:NAMED_MAX],
        },
    )


if __name__ == "__main__":
    sys.exit(run_soak("workers killed", trials=ROUNDS, work=soak))
