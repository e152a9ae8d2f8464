"""A batch gives each of its commands what `execute` would: its own answer, its own refusal, settling first, one effect."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from fairlot.application.execute_many import BATCH_MAX, execute_many
from fairlot.application.outcome import Outcome, Unavailable
from fairlot.application.turn import Submission
from fairlot.application.verification.verify import verify
from fairlot.domain.order.refusals import Code
from fairlot.store.writing import writer
from tests.support.books import OPEN_BOX, Books
from tests.support.toy import BOX, STRANGER, Fill, GiveBack, PayOut


def ask_all(books: Books, *batch: Submission) -> list[Outcome]:
    return execute_many(batch, aggregate=BOX, using=books.path)


def test_answers_come_in_the_order_of_the_batch(books: Books) -> None:
    boxes = ["ord_c", "ord_a", "ord_b"]
    outcomes = ask_all(books, *(books.asked(OPEN_BOX, box=box) for box in boxes))
    assert [outcome.aggregate_id for outcome in outcomes] == boxes
    assert all(outcome.is_done for outcome in outcomes)


def test_refusal_is_that_commands_alone(books: Books) -> None:
    for box in ("ord_a", "ord_b"):
        books.filled(box=box)
    outcomes = ask_all(
        books,
        books.asked(PayOut(amount_minor=2_000), box="ord_a", command_id="cmd_a"),
        books.asked(PayOut(amount_minor=400), box="ord_b"),
        books.asked(PayOut(amount_minor=1), box="ord_none"),
        books.asked(PayOut(amount_minor=1), box="ord_b", actor=STRANGER),
    )
    assert [outcome.code for outcome in outcomes] == [
        Code.MORE_THAN_DUE,
        None,
        Code.UNKNOWN_ORDER,
        Code.NOT_PERMITTED,
    ]
    assert (books.held_minor("ord_a"), books.held_minor("ord_b")) == (1_000, 600)
    again = books.ask(PayOut(amount_minor=2_000), box="ord_a", command_id="cmd_a")
    assert again.is_replay


def test_several_commands_to_one_aggregate_see_each_other(books: Books) -> None:
    outcomes = ask_all(
        books,
        books.asked(OPEN_BOX),
        books.asked(Fill(amount_minor=100)),
        books.asked(PayOut(amount_minor=60), command_id="cmd_out"),
        books.asked(PayOut(amount_minor=60)),
        books.asked(PayOut(amount_minor=60), command_id="cmd_out"),
        books.asked(PayOut(amount_minor=61), command_id="cmd_out"),
    )
    assert [outcome.code for outcome in outcomes] == [
        None,
        None,
        None,
        Code.MORE_THAN_DUE,
        None,
        Code.COMMAND_ID_REUSED,
    ]
    assert [outcome.is_replay for outcome in outcomes].count(True) == 1
    assert books.held_minor() == 40


def test_the_same_batch_again_has_no_second_effect(books: Books) -> None:
    boxes = [f"ord_{number:03}" for number in range(450)]
    opening = [books.asked(OPEN_BOX, box=box) for box in boxes]
    filling = [books.asked(Fill(amount_minor=7), box=box) for box in boxes]
    for batch in (opening, filling):
        first = ask_all(books, *batch)
        again = ask_all(books, *batch)
        assert [one.events for one in again] == [one.events for one in first]
        assert all(one.is_replay for one in again)
    assert books.rows(
        "SELECT sum(amount_minor)::int FROM order_posting WHERE account = 'held'"
    ) == [(-7 * 450,)]
    assert verify(books.database.app_dsn, [BOX]).is_sound


def test_what_is_due_happens_first_in_each(books: Books) -> None:
    books.filled(box="ord_a")
    books.clock.move(days=11)
    books.filled(box="ord_b")
    outcomes = ask_all(
        books,
        books.asked(PayOut(amount_minor=1), box="ord_a"),
        books.asked(PayOut(amount_minor=1), box="ord_b"),
    )
    assert [outcome.code for outcome in outcomes] == [Code.MORE_THAN_DUE, None]
    assert books.held_minor("ord_a") == 0


def test_leaves_what_execute_leaves(books: Books) -> None:
    """Row for row, but for the ids: a batch is no other way into the books."""
    commands = [
        OPEN_BOX,
        Fill(amount_minor=900),
        PayOut(amount_minor=300),
        GiveBack(amount_minor=1),
    ]
    for number, command in enumerate(commands):
        books.ask(command, box="ord_alone", command_id=f"cmd_{number}")
        batch = books.asked(command, box="ord_batch", command_id=f"cmd_{number}")
        ask_all(books, batch)
        books.clock.move(minutes=1)
    for table, columns in {
        "event": "seq, type, recorded_at, effective_at, actor_role, command_id, payload",
        "posting": "seq, entry_no, line_no, template, account, part, currency, amount_minor",
        "command": "command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq",
        "outbox": "seq, message_no, topic, payload, created_at",
        "head": "head_seq, created_at, recorded_at, next_deadline_at, status, total_minor",
    }.items():
        query = f"SELECT {columns} FROM order_{table} WHERE order_id = %s ORDER BY 1, 2, 3"
        assert books.rows(query, "ord_batch") == books.rows(query, "ord_alone")


def test_locked_aggregate_makes_the_batch_unavailable_and_leaves_nothing(books: Books) -> None:
    for box in ("ord_a", "ord_b"):
        books.filled(box=box)
    batch = [books.asked(PayOut(amount_minor=1), box=box) for box in ("ord_a", "ord_b")]
    impatient = hurried(books)
    with books.database.as_application() as other, other.transaction():
        other.execute("SELECT FROM order_head WHERE order_id = 'ord_b' FOR UPDATE")
        with pytest.raises(Unavailable) as trouble:
            execute_many(batch, aggregate=BOX, using=impatient.path)
    impatient.path.close()
    assert not trouble.value.is_unknown
    assert [books.held_minor(box) for box in ("ord_a", "ord_b")] == [1_000, 1_000]
    assert all(outcome.is_done for outcome in ask_all(books, *batch))


def hurried(books: Books) -> Books:
    """Return books whose connections wait for a lock for a moment only."""

    def connect() -> psycopg.Connection:
        connection = psycopg.connect(books.database.app_dsn, autocommit=True)
        connection.execute("SET lock_timeout = '20ms'")
        return connection

    return Books(books.database, clock=books.clock, connect=connect)


def test_mistake_in_the_rules_leaves_nothing_and_the_path_usable(books: Books) -> None:
    class Faulty(type(BOX)):  # type: ignore[misc]
        def next_deadline(self, state: object) -> dt.datetime | None:
            raise ZeroDivisionError

    boxes = [f"ord_{number}" for number in range(writer.PART_SIZE + 5)]
    batch = [books.asked(OPEN_BOX, box=box) for box in boxes]
    with pytest.raises(ZeroDivisionError):
        execute_many(batch, aggregate=Faulty(), using=books.path)
    assert books.rows("SELECT count(*) FROM order_event") == [(0,)]
    assert all(outcome.is_done for outcome in ask_all(books, *batch))


def test_batch_of_nothing(books: Books) -> None:
    assert ask_all(books) == []


def test_batch_is_bounded(books: Books) -> None:
    batch = [books.asked(OPEN_BOX, box=f"ord_{number}") for number in range(BATCH_MAX + 1)]
    with pytest.raises(AssertionError, match="at most"):
        ask_all(books, *batch)
