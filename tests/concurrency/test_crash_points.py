"""C2, whole: every command killed at every step on the wire, retried in every way, ends as if nothing had happened."""

from __future__ import annotations

import pytest

from fairlot.domain.order.decide import HANDLERS
from tests.concurrency.crash_points import POINTS, RETRIES, ask_under_a_new_id, sweep
from tests.support.postgres import Database
from tests.support.scripts import prefix_of_every_command

COMMANDS = sorted(command.__name__ for command in HANDLERS)


def test_every_command_is_in_the_sweep() -> None:
    assert sorted(prefix_of_every_command()) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_c2_one_retry_gives_what_no_crash_gives(shared_database: Database, name: str) -> None:
    report = sweep(shared_database.app_dsn, names=[name])
    assert report.failures == []
    assert report.trials == report.killed == POINTS * len(RETRIES)


def test_c2_catches_a_retry_under_a_new_id(shared_database: Database) -> None:
    report = sweep(
        shared_database.app_dsn,
        names=["RecordPayment"],
        retries={"under a new id": ask_under_a_new_id},
        name_prefix="ord_fault",
    )
    assert report.failures
