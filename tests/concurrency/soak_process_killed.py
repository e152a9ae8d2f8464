"""C2, all commands and crash points as in every test run, `--trials` times over: where exactly a kill falls differs each time."""

from __future__ import annotations

import sys

from tests.concurrency.drill_process_killed import (
    POINTS_OF_TWO_COMMITS_MAX,
    Result,
    commands_as_asked,
    commands_overdue,
    drill,
    sweeps,
)
from tests.concurrency.nursery import nursery
from tests.concurrency.orders import order_books
from tests.concurrency.soak import Chosen, Report, run_soak

ROUNDS = 3


def soak(chosen: Chosen) -> Report:
    """Run all cases once per trial, each time on a database of its own."""
    results = []
    with nursery() as children:
        for _ in range(chosen.trials):
            with chosen.fresh_database() as database, order_books(database) as books:
                cases = [*commands_as_asked(), *commands_overdue(), *sweeps()]
                results.append(drill(books, children, cases))
                results[-1].broken += [str(fault) for fault in books.faults()]
        with chosen.fresh_database() as database, order_books(database) as books:
            some = commands_as_asked()[:3]
            planted = drill(
                books, children, some, path="split", points_max=POINTS_OF_TWO_COMMITS_MAX
            )
    return _report(results, planted)


def _report(results: list[Result], planted: Result) -> Report:
    return Report(
        trials=sum(result.trials for result in results),
        failures=sum(len(result.broken) for result in results),
        planted_fault="events and head are committed apart",
        planted_fault_caught=bool(planted.broken),
        figures={
            "rounds": len(results),
            "cases": sum(result.cases for result in results),
            "kills": sum(result.kills for result in results),
            "broken": [one for result in results for one in result.broken][:10],
        },
    )


if __name__ == "__main__":
    sys.exit(run_soak("C2", trials=ROUNDS, work=soak))
