"""A checkpoint ties all heads together; whoever holds it can prove a head was in it, and sees when history was rewritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg

from fairlot.application.verification.verify import verify
from fairlot.domain.audit.merkle import head_bytes, inclusion_proof, is_included
from fairlot.store import checkpoints
from fairlot.store.checkpoints import Checkpoint
from tests.support.books import Books
from tests.support.toy import BOX, Fill


def test_root_is_that_of_all_heads(books: Books) -> None:
    for number in range(5):
        books.filled(box=f"ord_{number}")
    with books.database.as_application() as connection:
        taken = checkpoints.take(connection, at=books.clock())
    assert taken.streams == 5
    assert taken.root == verify(books.database.app_dsn, [BOX]).root


def test_a_party_can_prove_that_its_order_was_in_it(books: Books) -> None:
    for number in range(5):
        books.filled(box=f"ord_{number}")
    with books.database.as_application() as connection:
        taken = checkpoints.take(connection, at=books.clock())
        with connection.transaction():
            leaves = [head_bytes(head) for head in checkpoints.heads(connection)]
    proof = inclusion_proof(leaves, 3)
    assert is_included(leaves[3], index=3, size=5, proof=proof, root=taken.root)


def test_nothing_new_makes_no_new_one(books: Books) -> None:
    books.filled()
    with books.database.as_application() as connection:
        first = checkpoints.take(connection, at=books.clock())
        books.clock.move(hours=3)
        assert checkpoints.take(connection, at=books.clock()) == first
        books.ask(Fill(amount_minor=1))
        assert checkpoints.take(connection, at=books.clock()) != first


def test_one_an_hour_is_enough(books: Books) -> None:
    books.filled()
    with books.database.as_application() as connection:
        first = checkpoints.take_if_old(connection, at=books.clock())
        books.ask(Fill(amount_minor=1))
        books.clock.move(minutes=59)
        assert checkpoints.take_if_old(connection, at=books.clock()) == first
        books.clock.move(minutes=1)
        assert checkpoints.take_if_old(connection, at=books.clock()) != first


def test_two_workers_take_one_at_the_same_instant(books: Books) -> None:
    books.filled()
    at = books.clock()
    with books.database.as_application() as first, books.database.as_application() as second:
        kept = Checkpoint(taken_at=at, streams=9, root=b"r" * 32)
        with ThreadPoolExecutor(max_workers=1) as threads:
            with first.transaction():
                first.execute(
                    "INSERT INTO checkpoint (taken_at, streams, root) VALUES (%s, %s, %s)",
                    [kept.taken_at, kept.streams, kept.root],
                )
                taken = threads.submit(checkpoints.take, second, at=at)
                # It has seen no checkpoint, and waits for the row of the first.
                while not _waits_for_a_row(first):
                    assert not taken.done(), taken.exception()
            assert taken.result() == kept


def _waits_for_a_row(connection: psycopg.Connection) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
    ).fetchone()
    return row is not None and row[0] > 0


def test_checkpoint_of_nothing(books: Books) -> None:
    with books.database.as_application() as connection:
        taken = checkpoints.take(connection, at=books.clock())
        assert (taken.streams, checkpoints.find_latest(connection)) == (0, taken)
