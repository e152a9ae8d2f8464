"""Rolled-up balances equal the sum of all postings, after any pause, with any number of counters, killed at any point."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from fairlot.store import rollup
from tests.support.books import Books
from tests.support.toy import Fill, GiveBack, PayOut


def as_counted(books: Books) -> list[tuple[object, ...]]:
    return books.rows(
        "SELECT account, part, currency, balance_minor::bigint, postings FROM account_balance"
        " WHERE family = 'order' ORDER BY account, part"
    )


def as_posted(books: Books) -> list[tuple[object, ...]]:
    return books.rows(
        "SELECT account, part, currency, sum(amount_minor)::bigint, count(*) FROM order_posting"
        " GROUP BY account, part, currency ORDER BY account, part"
    )


def trade(books: Books, rounds: int) -> None:
    for number in range(rounds):
        box = books.filled(box=f"ord_{number}", amount_minor=1_000 + number)
        books.ask(PayOut(amount_minor=100), box=box)
        books.ask(GiveBack(amount_minor=1), box=box)


def test_counts_each_posting_once_however_often_it_runs(books: Books) -> None:
    trade(books, 3)
    with books.database.as_application() as connection:
        assert rollup.roll_up(connection) == 3
        assert rollup.roll_up(connection) == 0
        assert as_counted(books) == as_posted(books)
        books.ask(Fill(amount_minor=77), box="ord_1")
        assert rollup.roll_up(connection) == 1
    assert as_counted(books) == as_posted(books)


def test_more_than_a_batch(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollup, "BATCH", 2)
    trade(books, 7)
    with books.database.as_application() as connection:
        assert rollup.roll_up(connection) == 7
    assert as_counted(books) == as_posted(books)


def test_balances_are_those_of_this_moment(books: Books) -> None:
    trade(books, 2)
    with books.database.as_application() as connection:
        rollup.roll_up(connection)
        books.ask(Fill(amount_minor=77), box="ord_1")
        assert rollup.balances(connection) == rollup.summed(connection)


def test_counters_and_orders_at_once(books: Books) -> None:
    trade(books, 3)

    def count(_: int) -> int:
        with books.database.as_application() as connection:
            return sum(rollup.roll_up(connection) for _ in range(20))

    with ThreadPoolExecutor(3) as pool:
        counting = [pool.submit(count, number) for number in range(2)]
        for number in range(60):
            books.ask(Fill(amount_minor=1), box=f"ord_{number % 3}").unwrap()
        for one in counting:
            one.result()
    with books.database.as_application() as connection:
        rollup.roll_up(connection)
    assert as_counted(books) == as_posted(books)


def test_a_counter_that_breaks_off_counts_nothing(books: Books) -> None:
    trade(books, 2)
    with books.database.as_application() as connection:
        with connection.transaction(force_rollback=True):
            assert rollup.roll_up(connection) == 2
        assert as_counted(books) == []
        assert rollup.roll_up(connection) == 2
    assert as_counted(books) == as_posted(books)


def test_mark_moved_without_counting_is_seen_by_the_comparison(books: Books) -> None:
    """The planted fault: a mark that runs ahead of its sums."""
    trade(books, 2)
    with books.database.as_application() as connection:
        rollup.roll_up(connection)
        books.ask(Fill(amount_minor=77), box="ord_1")
        connection.execute("UPDATE order_rollup SET seq = seq + 1 WHERE order_id = 'ord_1'")
        rollup.roll_up(connection)
        assert rollup.balances(connection) != rollup.summed(connection)
