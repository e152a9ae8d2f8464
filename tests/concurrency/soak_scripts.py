"""T1 and M1 through the store in full: `python -m tests.concurrency.soak_scripts --trials N --seed S --json`."""

from __future__ import annotations

import sys
from contextlib import closing

from tests.concurrency.drill_scripts import NAMED_MAX, WORKERS, ScriptDrill, seeds
from tests.concurrency.faulty import LazyOrders, TwiceReleasing
from tests.concurrency.orders import POLICIES, effects_of
from tests.concurrency.soak import Chosen, Report, run_soak

# Scripts, and the commits after which the ledger is held to the order at least (M1).
SCRIPTS = 1_500
COMMITS = 250_000
PLANTED_SCRIPTS = 10


def soak(chosen: Chosen) -> Report:
    """Play scripts with every worker, then some with each planted fault."""
    with chosen.fresh_database() as database, closing(ScriptDrill(database)) as drill:
        result = drill.run(seeds(chosen.trials, seed=chosen.seed))
    lazy = LazyOrders(POLICIES, effects=effects_of)
    twice = TwiceReleasing(POLICIES, effects=effects_of)
    planted = seeds(PLANTED_SCRIPTS, seed=chosen.seed)
    with (
        chosen.fresh_database() as database,
        closing(ScriptDrill(database, commands_by=lazy)) as drill,
    ):
        caught_lazy = drill.run(planted).failing
    with (
        chosen.fresh_database() as database,
        closing(ScriptDrill(database, commands_by=twice, worker_by=twice)) as drill,
    ):
        caught_twice = drill.run(planted).failing
    return Report(
        trials=result.scripts,
        failures=len(result.failing),
        planted_fault="commands that leave what is due to the worker; a release posted twice",
        planted_fault_caught=bool(caught_lazy and caught_twice),
        figures={
            "workers": list(WORKERS),
            "commits": result.commits,
            "refusals": result.refusals,
            "failing": result.failing[:NAMED_MAX],
            "planted_scripts": PLANTED_SCRIPTS,
            "planted_fault_shown_by": [len(caught_lazy), len(caught_twice)],
        },
    )


if __name__ == "__main__":
    sys.exit(run_soak("T1, M1 on the store", trials=SCRIPTS, work=soak))
