"""M4 at a tenth: every pair of acts on an order's money, asked at once by up to sixteen, in threads and in processes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.concurrency.drill_races import CROWD, Drill, races, races_for_money
from tests.concurrency.nursery import nursery
from tests.concurrency.orders import OrderBooks, order_books
from tests.concurrency.scenes import CLOCKS, KINDS
from tests.concurrency.soak import TEST_RUN_SHARE
from tests.concurrency.soak_races import TRIALS, TRIALS_PER_PAIR_MIN
from tests.support.postgres import Database

SEED = 20_261_122
PLANTED_TRIALS = 105


@pytest.fixture
def books(database: Database) -> Iterator[OrderBooks]:
    with order_books(database) as made:
        yield made


def test_every_pair_is_raced_but_two_clocks_that_never_meet() -> None:
    pairs = set(itertools.combinations_with_replacement(sorted(KINDS), 2))
    clocks = set(itertools.combinations(sorted(CLOCKS), 2))
    assert {race.kinds for race in races()} == pairs - clocks


def test_m4_no_more_goes_out_than_was_paid_whoever_asks_at_once(books: OrderBooks) -> None:
    trials = TRIALS // TEST_RUN_SHARE
    with nursery() as children:
        result = Drill(books, seed=SEED, children=children).run(races(), trials=trials)
    assert result.faults == []
    assert (result.trials, result.turned_away) == (trials, 0)
    assert min(result.per_pair.values()) >= TRIALS_PER_PAIR_MIN // TEST_RUN_SHARE
    # They are races for something: in most of them somebody is granted something.
    assert result.granted > trials
    assert result.by_processes > 0


def test_m4_catches_reading_without_the_lock(books: OrderBooks) -> None:
    drill = Drill(books, seed=SEED, path="naive", contenders=CROWD)
    result = drill.run(races_for_money(), trials=PLANTED_TRIALS)
    assert result.faulty >= PLANTED_TRIALS // 2
    assert result.overspent > 0


def test_m4_sequence_numbers_are_a_second_wall_behind_the_lock(books: OrderBooks) -> None:
    drill = Drill(books, seed=SEED, path="unlocked", contenders=CROWD)
    result = drill.run(races_for_money(), trials=PLANTED_TRIALS)
    assert result.turned_away > 0
    assert result.faults == []
