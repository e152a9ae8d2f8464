"""M4 in full: `python -m tests.concurrency.soak_races --trials 30000 --seed 1 --json`."""

from __future__ import annotations

import sys

from tests.concurrency.drill_races import CROWD, Drill, Result, races, races_for_money
from tests.concurrency.nursery import nursery
from tests.concurrency.orders import order_books
from tests.concurrency.soak import Chosen, Report, run_soak

TRIALS = 30_000
TRIALS_PER_PAIR_MIN = 500
PLANTED_TRIALS = 1_050


def soak(chosen: Chosen) -> Report:
    """Race all pairs, then some on a path without the lock, then some with nothing but the sequence numbers."""
    with nursery() as children, chosen.fresh_database() as database, order_books(database) as books:
        sound = Drill(books, seed=chosen.seed, children=children)
        result = sound.run(races(), trials=chosen.trials)
        found = books.faults()
    naive = _planted(chosen, path="naive")
    unlocked = _planted(chosen, path="unlocked")
    return Report(
        trials=result.trials,
        failures=len(result.faults) + len(found) + len(unlocked.faults),
        planted_fault="a writer that reads without the lock",
        planted_fault_caught=naive.faulty * 2 >= naive.trials,
        figures={
            "pairs": len(result.per_pair),
            "trials_per_pair_least": min(result.per_pair.values()),
            "by_processes": result.by_processes,
            "granted": result.granted,
            "overspent": result.overspent,
            "unexplained": result.unexplained,
            "faults": result.faults[:10],
            "planted_fault_trials": naive.trials,
            "planted_fault_overspent": naive.overspent,
            "planted_fault_faulty": naive.faulty,
            "without_lock_behind_sequence_numbers_turned_away": unlocked.turned_away,
            "without_lock_behind_sequence_numbers_faulty": unlocked.faulty,
        },
    )


def _planted(chosen: Chosen, *, path: str) -> Result:
    with chosen.fresh_database() as database, order_books(database) as books:
        drill = Drill(books, seed=chosen.seed, path=path, contenders=CROWD)
        return drill.run(races_for_money(), trials=PLANTED_TRIALS)


if __name__ == "__main__":
    sys.exit(run_soak("M4", trials=TRIALS, work=soak))
