"""C8 in full: `python -m tests.restore.soak_backup --trials 20 --json`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairlot.store.server import embedded
from tests.concurrency.soak import Chosen, Report, run_soak
from tests.restore.drill_backup import (
    Spoil,
    Trials,
    forget_one_file,
    programs_that_drop_the_last_row,
    trial,
)
from tests.support.postgres import embedded_settings, fresh_database

BACKUPS = 20


def soak(chosen: Chosen) -> Report:
    """Back up under load and restore elsewhere as often as asked; then with each planted fault."""
    with (
        _directory() as directory,
        embedded.server(embedded_settings(directory / "server")) as away,
    ):

        def tried(
            trials: Trials, name: str, *, spoil: Spoil | None = None, bare: bool = True
        ) -> None:
            space = directory / name
            space.mkdir()
            planted = None if bare else programs_that_drop_the_last_row(space / "bin")
            with (
                chosen.fresh_database() as source,
                fresh_database(away, template="template0") as to,
            ):
                trial(source, to, space, trials, spoil=spoil, postgres_bin=planted)
            shutil.rmtree(space)

        sound, forgetful, dropping = Trials(), Trials(), Trials()
        for number in range(chosen.trials):
            tried(sound, f"trial-{number}")
        tried(forgetful, "forgetful", spoil=forget_one_file)
        tried(dropping, "dropping", bare=False)
    return Report(
        trials=sound.trials,
        failures=len(sound.faults),
        planted_fault="a backup that forgets one file; a restore that drops the last row",
        planted_fault_caught=bool(forgetful.faults) and bool(dropping.faults),
        figures={
            "orders_acknowledged_before": sound.acknowledged_before,
            "orders_acknowledged_during": sound.acknowledged_during,
            "faults": sound.faults[:10],
        },
    )


@contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fairlot-restore-") as name:
        directory = Path(name)
        # As root, the server runs as another user, who must get in.
        directory.chmod(0o711)
        yield directory


if __name__ == "__main__":
    sys.exit(run_soak("C8", trials=BACKUPS, work=soak))
