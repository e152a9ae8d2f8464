"""T1 and M1 through `execute` on a real database, at a tenth: the worker changes no outcome, the books hold after every commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from fairlot.application.order_aggregate import OrderAggregate
from tests.concurrency.drill_scripts import ScriptDrill, seeds
from tests.concurrency.faulty import LazyOrders, OneSided, TwiceReleasing
from tests.concurrency.orders import ORDERS, POLICIES, effects_of, order_books
from tests.concurrency.soak import TEST_RUN_SHARE
from tests.concurrency.soak_scripts import COMMITS, SCRIPTS
from tests.support.postgres import Database

SEED = 20_261_122
PARTS = 5
SCRIPTS_WITH_A_FAULT = 10


@contextmanager
def drill(
    database: Database,
    *,
    commands_by: OrderAggregate = ORDERS,
    worker_by: OrderAggregate = ORDERS,
) -> Iterator[ScriptDrill]:
    made = ScriptDrill(database, commands_by=commands_by, worker_by=worker_by)
    try:
        yield made
    finally:
        made.close()


def faulty(kind: Callable[..., OrderAggregate]) -> OrderAggregate:
    return kind(POLICIES, effects=effects_of)


@pytest.mark.parametrize("part", range(PARTS))
def test_t1_m1_the_store_comes_to_one_end_whenever_the_worker_comes(
    database: Database, part: int
) -> None:
    chosen = seeds(SCRIPTS // TEST_RUN_SHARE, seed=SEED)[part::PARTS]
    with drill(database) as played:
        result = played.run(chosen)
    assert result.failing == []
    assert result.scripts == SCRIPTS // TEST_RUN_SHARE // PARTS
    assert result.commits >= COMMITS // TEST_RUN_SHARE // PARTS
    assert result.refusals > 0
    with order_books(database) as books:
        assert books.faults() == []


def test_t1_catches_commands_that_leave_what_is_due_to_the_worker(database: Database) -> None:
    with drill(database, commands_by=faulty(LazyOrders)) as played:
        result = played.run(seeds(SCRIPTS_WITH_A_FAULT, seed=SEED))
    assert result.failing


def test_m1_catches_a_release_that_is_posted_twice_in_balance(database: Database) -> None:
    twice = faulty(TwiceReleasing)
    with drill(database, commands_by=twice, worker_by=twice) as played:
        result = played.run(seeds(SCRIPTS_WITH_A_FAULT, seed=SEED))
    assert result.failing
    with order_books(database) as books:
        assert {fault.kind for fault in books.faults()} == {"postings"}


def test_m1_the_database_refuses_an_entry_with_one_side(database: Database) -> None:
    one_sided = faulty(OneSided)
    with (
        drill(database, commands_by=one_sided, worker_by=one_sided) as played,
        pytest.raises(psycopg.errors.CheckViolation) as refusal,
    ):
        played.run(seeds(SCRIPTS_WITH_A_FAULT, seed=SEED))
    assert refusal.value.diag.constraint_name == "order_posting_balances"


def test_m1_catches_an_entry_with_one_side_where_the_wall_is_down(database: Database) -> None:
    with database.as_owner() as owner:
        owner.execute("ALTER TABLE order_posting DISABLE TRIGGER order_posting_balances")
    one_sided = faulty(OneSided)
    with drill(database, commands_by=one_sided, worker_by=one_sided) as played:
        result = played.run(seeds(SCRIPTS_WITH_A_FAULT, seed=SEED))
    assert any("trial balance" in failing for failing in result.failing)
    with order_books(database) as books:
        assert {fault.kind for fault in books.faults()} >= {"postings", "trial_balance"}
