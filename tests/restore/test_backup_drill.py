"""C8 at a tenth: backups under load come back whole on another server; a forgotten file and a dropped row are caught."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairlot.store.server import embedded
from tests.concurrency.soak import TEST_RUN_SHARE
from tests.restore.drill_backup import (
    Trials,
    forget_one_file,
    programs_that_drop_the_last_row,
    trial,
)
from tests.restore.soak_backup import BACKUPS
from tests.support.postgres import Database, embedded_settings, fresh_database, run_directory


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[embedded.Server]:
    """Another server, which has never heard of our roles."""
    settings = embedded_settings(run_directory() / "elsewhere")
    with embedded.server(settings) as server:
        yield server


@pytest.fixture
def target(elsewhere: embedded.Server) -> Iterator[Database]:
    with fresh_database(elsewhere, template="template0") as fresh:
        yield fresh


@pytest.mark.xdist_group("restore")
@pytest.mark.parametrize("number", range(BACKUPS // TEST_RUN_SHARE))
def test_c8_nothing_acknowledged_before_a_backup_under_load_is_lost(
    database: Database, target: Database, tmp_path: Path, number: int
) -> None:
    trials = Trials()
    trial(database, target, tmp_path, trials)
    assert trials.faults == []
    assert trials.acknowledged_before > 0
    assert trials.acknowledged_during > 0


@pytest.mark.xdist_group("restore")
def test_c8_catches_a_backup_that_forgets_one_file(
    database: Database, target: Database, tmp_path: Path
) -> None:
    trials = Trials()
    trial(database, target, tmp_path, trials, spoil=forget_one_file)
    assert any("is missing" in fault for fault in trials.faults)


@pytest.mark.xdist_group("restore")
def test_c8_catches_a_restore_that_drops_the_last_row(
    database: Database, target: Database, tmp_path: Path
) -> None:
    trials = Trials()
    planted = programs_that_drop_the_last_row(tmp_path / "bin")
    trial(database, target, tmp_path, trials, postgres_bin=planted)
    (fault,) = trials.faults
    assert "public.order_event has" in fault
