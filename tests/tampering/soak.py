"""Every change of every row: `python -m tests.tampering.soak --trials SHARE --seed S --json`; a share of 1 is all of them."""

from __future__ import annotations

import random
import sys
from contextlib import closing

from tests.concurrency.soak import Chosen, Report, run_soak
from tests.support.market import Market
from tests.support.trading_companies import trade
from tests.tampering.drill import Drill, blind_to_hashes, sample, take_walls_down

ALL = 1
PLANTED_CHANGES = 40
NAMED_MAX = 10


def soak(chosen: Chosen) -> Report:
    """Try one in `trials` changes, then a few with a verification that looks at no hash."""
    with (
        chosen.fresh_database() as database,
        closing(Market(database)) as market,
        database.as_owner() as owner,
    ):
        trade(market)
        take_walls_down(owner)
        drill = Drill(market, owner, seed=chosen.seed)
        everything = drill.changes()
        result = drill.run(
            sample(everything, share=chosen.trials, chance=random.Random(chosen.seed))
        )
        planted = Drill(market, owner, seed=chosen.seed).run(
            drill.changes_of_actors()[:PLANTED_CHANGES], see=blind_to_hashes
        )
    failing = [*result.missed, *result.misnamed]
    return Report(
        trials=result.trials,
        failures=len(failing),
        planted_fault="verification that does not recompute hashes",
        planted_fault_caught=len(planted.missed) == PLANTED_CHANGES,
        figures={
            "changes_there_are": len(everything),
            "columns": len(result.columns),
            "failing": failing[:NAMED_MAX],
            "planted_changes_missed": len(planted.missed),
        },
    )


if __name__ == "__main__":
    sys.exit(run_soak("verify: whatever is changed is named", trials=ALL, work=soak))
