"""C9 in full: `python -m tests.upgrade.soak_upgrade --trials 1000 --json`; as many statements as there are, at most."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fairlot.store.server import embedded
from tests.concurrency.soak import Chosen, Report, run_soak
from tests.support.postgres import embedded_settings
from tests.upgrade.drill_upgrade import databases_at_0003, migrate_without_rollback, sweep

STATEMENTS_MAX = 1_000
# Enough that one of them stands in the middle of a migration.
PLANTED_STATEMENTS = range(2, 40, 6)


def soak(chosen: Chosen) -> Report:
    """Kill an upgrade at every statement, then where nothing is taken back."""
    with tempfile.TemporaryDirectory(prefix="fairlot-upgrade-") as name:
        directory = Path(name)
        directory.chmod(0o711)
        with (
            embedded.server(embedded_settings(directory / "server")) as server,
            databases_at_0003(server) as fresh,
        ):
            swept = sweep(fresh, statements=range(chosen.trials), server=server)
            planted = sweep(
                fresh, statements=PLANTED_STATEMENTS, server=server, run=migrate_without_rollback
            )
    return Report(
        trials=swept.trials,
        failures=len(swept.faults),
        planted_fault="migrations that are not taken back when they are killed",
        planted_fault_caught=bool(planted.faults),
        figures={"statements_of_the_upgrade": swept.statements, "faults": swept.faults[:10]},
    )


if __name__ == "__main__":
    sys.exit(run_soak("C9", trials=STATEMENTS_MAX, work=soak))
