"""C2 whole: every command of an order, killed at every crash point, asked again in three ways; nothing is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fairlot.domain.order.transitions import RULES
from tests.concurrency.drill_process_killed import (
    POINTS_OF_TWO_COMMITS_MAX,
    Case,
    commands_as_asked,
    commands_overdue,
    drill,
    sweeps,
)
from tests.concurrency.nursery import Nursery, nursery
from tests.concurrency.orders import OrderBooks, order_books
from tests.concurrency.stages import situations
from tests.support.postgres import Database

# Before and after each of two round trips, and before the result is told.
CRASH_POINTS_MIN = 5


@pytest.fixture(scope="module")
def children() -> Iterator[Nursery]:
    with nursery() as started:
        yield started


@pytest.fixture
def books(database: Database) -> Iterator[OrderBooks]:
    with order_books(database) as made:
        yield made


def test_every_command_has_a_situation() -> None:
    assert set(situations()) == set(RULES)


@pytest.mark.parametrize("which", [commands_as_asked, commands_overdue, sweeps])
def test_c2_killed_anywhere_and_tried_again_is_as_if_nothing_happened(
    books: OrderBooks, children: Nursery, which: Callable[[], list[Case]]
) -> None:
    chosen = which()
    result = drill(books, children, chosen)
    assert result.broken == []
    assert result.cases == len(chosen)
    assert result.kills >= CRASH_POINTS_MIN * sum(len(case.ways) for case in chosen) > 0
    assert books.faults() == []


def test_c2_catches_a_writer_that_commits_events_and_head_apart(
    books: OrderBooks, children: Nursery
) -> None:
    chosen = commands_as_asked()[:3]
    result = drill(books, children, chosen, path="split", points_max=POINTS_OF_TWO_COMMITS_MAX)
    assert result.broken
