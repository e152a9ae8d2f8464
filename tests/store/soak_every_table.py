"""A2 whole: every company, a stranger and nobody look into every table; `python -m tests.store.soak_every_table --json`."""

from __future__ import annotations

import sys
from contextlib import closing

from tests.concurrency.soak import Chosen, Report, run_soak
from tests.store.test_every_table import BESIDE_THE_ORDERS, NOBODY, tables, wall_down, wrong
from tests.support.market import Market
from tests.support.trading_companies import STRANGER_ID, companies, trade

# There are as many trials as there are readers and tables, whatever number is asked for.
ALL = 0


def soak(chosen: Chosen) -> Report:
    """Let everybody look everywhere, then once more for each table with its wall taken down."""
    with chosen.fresh_database() as database:
        with closing(Market(database)) as market:
            trade(market)
        with database.as_application() as reader, database.as_owner() as owner:
            for statement in BESIDE_THE_ORDERS:
                reader.execute(statement)
            readable = tables(owner)
            readers = (*companies(), NOBODY)
            failing = wrong(owner, reader)
            caught = 0
            for table in readable:
                with wall_down(owner, table.table):
                    leaking = wrong(owner, reader).get(table.table, set())
                caught += {STRANGER_ID, NOBODY} <= leaking
    return Report(
        trials=len(readers) * len(readable),
        failures=sum(len(who) for who in failing.values()),
        planted_fault="row security taken off a table, one table after the other",
        planted_fault_caught=caught == len(readable) > 0,
        figures={
            "readers": len(readers),
            "tables": len(readable),
            "walls_taken_down": len(readable),
            "walls_missed": len(readable) - caught,
            "failing": {table: sorted(who) for table, who in failing.items()},
        },
    )


if __name__ == "__main__":
    sys.exit(
        run_soak("A2: what row security shows each company, table by table", trials=ALL, work=soak)
    )
