"""M5 in full: `python -m tests.concurrency.soak_duplicates --trials 10000 --seed 1 --json`."""

from __future__ import annotations

import sys

from tests.concurrency.drill_duplicates import LATER_DAYS, Ambiguity, Storms
from tests.concurrency.orders import order_books
from tests.concurrency.soak import Chosen, Report, run_soak

STORMS = 10_000
# Every command with every way to lose an answer, twice.
LOST_ANSWERS = 610
PLANTED_STORMS = 305


def soak(chosen: Chosen) -> Report:
    """Raise all storms, lose answers in every way, then raise storms on a path that forgets commands."""
    with chosen.fresh_database() as database, order_books(database) as books:
        storms = Storms(books, seed=chosen.seed).run(trials=chosen.trials)
        found = list(books.faults())
    with chosen.fresh_database() as database, order_books(database) as books:
        lost = Ambiguity(books, seed=chosen.seed).run(trials=LOST_ANSWERS)
        found += books.faults()
    with chosen.fresh_database() as database, order_books(database) as books:
        forgetful = Storms(books, seed=chosen.seed, path="forgetful").run(trials=PLANTED_STORMS)
    faults = [*storms.faults, *lost.faults, *map(str, found)]
    return Report(
        trials=storms.trials,
        failures=len(faults),
        planted_fault="a path that keeps no record of commands",
        planted_fault_caught=len(forgetful.faults) == PLANTED_STORMS,
        figures={
            "asked": storms.asked,
            "asked_again_after_days": LATER_DAYS,
            "lost_answers": lost.trials,
            "lost_answers_committed": lost.committed_unseen,
            "lost_answers_never_committed": lost.never_committed,
            "faults": faults[:10],
        },
    )


if __name__ == "__main__":
    sys.exit(run_soak("M5", trials=STORMS, work=soak))
