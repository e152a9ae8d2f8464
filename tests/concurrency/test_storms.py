"""M5 at a tenth: a thousand storms under one id each, and the fault that they must catch."""

from __future__ import annotations

from tests.concurrency.storms import STORMS_IN_TEST_RUN, ask_under_a_new_id, storms
from tests.support.postgres import Database

SEED = 20_261_122


def test_m5_one_id_has_one_effect(shared_database: Database) -> None:
    report = storms(shared_database, count=STORMS_IN_TEST_RUN, seed=SEED)
    assert report.failures == []
    assert report.storms == STORMS_IN_TEST_RUN


def test_m5_catches_ids_made_up_anew(shared_database: Database) -> None:
    report = storms(shared_database, count=12, seed=SEED + 1, ask=ask_under_a_new_id)
    assert len(report.failures) == report.storms
