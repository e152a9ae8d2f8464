"""A11 in full: `python -m tests.interfaces.api.soak_fuzz --trials 20000 --seed 1 --json`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.concurrency.soak import Chosen, Report, run_soak
from tests.support.postgres import django_pointed_at

if TYPE_CHECKING:
    from tests.support.api_trades import Fair

CASES = 20_000
PLANTED_CASES = 300


def soak(chosen: Chosen) -> Report:
    """Ask at random in full, then ask an API one of whose answers breaks its word."""
    with _opened(chosen) as fair:
        from fairlot.interfaces.api import house, limits  # noqa: PLC0415  (needs Django's settings)
        from tests.support.api_fuzz import fuzz, orders_of  # noqa: PLC0415

        limits.rates = limits.Rates(burst=10**9, per_second=1)
        speakers = [fair.buyer, fair.supplier, fair.operator, fair.mediator]
        orders = orders_of(fair)
        found = fuzz(fair, orders, cases=chosen.trials, number=chosen.seed, speakers=speakers)
        setattr(house, "Me", lambda **_: {"person_id": 7})  # noqa: B010  (the planted fault)
        planted = fuzz(fair, orders, cases=PLANTED_CASES, number=chosen.seed, speakers=[fair.buyer])
    return Report(
        trials=found.cases,
        failures=len(found.failures),
        planted_fault="an answer that the document does not declare",
        planted_fault_caught=any("/api/v1/me" in failure for failure in planted.failures),
        figures={
            "by_status": {str(status): count for status, count in sorted(found.by_status.items())},
            "failed": found.failures[:10],
        },
    )


@contextmanager
def _opened(chosen: Chosen) -> Iterator[Fair]:
    with chosen.fresh_database() as database, django_pointed_at(database):
        from django.test.utils import (  # noqa: PLC0415  (needs Django's settings)
            setup_test_environment,
            teardown_test_environment,
        )

        from fairlot.writing_room import close_writing_rooms  # noqa: PLC0415
        from tests.support.api_trades import Fair  # noqa: PLC0415

        setup_test_environment()
        try:
            yield Fair().enrolled()
        finally:
            close_writing_rooms()
            teardown_test_environment()


if __name__ == "__main__":
    # Before anything reads the settings: the people of a proof have no second factor.
    os.environ["FAIRLOT_DEMO"] = "1"
    sys.exit(run_soak("A11", trials=CASES, work=soak))
