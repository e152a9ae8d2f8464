"""M4 at a tenth: thousands of races over every pair of money commands, and the fault that they must catch."""

from __future__ import annotations

from tests.concurrency.money_races import TRIALS_IN_TEST_RUN, AskNaively, race
from tests.support.postgres import Database

SEED = 20_261_122


def test_m4_never_more_out_than_in(shared_database: Database) -> None:
    report = race(shared_database.app_dsn, trials=TRIALS_IN_TEST_RUN, seed=SEED)
    assert report.trials == TRIALS_IN_TEST_RUN
    assert report.overspent == 0
    # The races are real ones: in most of them something is granted.
    assert report.granted > report.trials // 2


def test_m4_catches_reading_without_the_lock(shared_database: Database) -> None:
    report = race(shared_database.app_dsn, trials=72, seed=SEED + 1, ask=AskNaively())
    assert report.overspent >= report.trials // 2
