"""Errands of the worker: done on every round, and one that fails holds up neither the others nor the orders."""

from __future__ import annotations

from fairlot.interfaces.worker.loop import worker
from tests.support.books import Books
from tests.support.toy import BOX


def test_one_that_fails_holds_up_no_other(books: Books) -> None:
    done: list[str] = []

    def fails() -> int:
        done.append("failed")
        raise ConnectionError("the mail server is away")

    def works() -> int:
        done.append("worked")
        return 1

    with worker(
        books.database.app_dsn,
        aggregates=[BOX],
        handlers={},
        using=books.path,
        errands=(fails, works),
    ) as made:
        made.run_once()
    assert done == ["failed", "worked"]
