"""The worker finds what is due and what waits; alone or among others, on time or after any pause, each thing once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from fairlot.application.effects import UnknownTopicError
from fairlot.application.execute_many import execute_many, settle_many
from fairlot.interfaces.worker import outbox
from fairlot.interfaces.worker.deadlines import BATCH, settle_what_is_due
from fairlot.interfaces.worker.loop import Worker, worker
from fairlot.store.outbox import OutboxMessage, Place
from tests.support.books import OPEN_BOX, Books
from tests.support.toy import BOX, Box, BoxAggregate, Fill, GiveBack, PayOut


class Heard:
    """Handlers that remember what they were asked."""

    def __init__(self) -> None:
        self.messages: list[OutboxMessage] = []
        self.failures_left = 0

    def __call__(self, message: OutboxMessage) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise ConnectionError("the other side does not answer")
        self.messages.append(message)

    @property
    def keys(self) -> list[str]:
        return sorted(message.place.key for message in self.messages)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def handlers(heard: Heard) -> dict[str, Heard]:
    return {"box.paid_out": heard, "box.given_back": heard}


@pytest.fixture
def at_work(books: Books, heard: Heard) -> Iterator[Worker]:
    with worker(
        books.database.app_dsn, aggregates=[BOX], handlers=handlers(heard), using=books.path
    ) as made:
        yield made


def fill_many(books: Books, count: int) -> list[str]:
    boxes = [f"ord_{number:04}" for number in range(count)]
    for command in (OPEN_BOX, Fill(amount_minor=100)):
        batch = [books.asked(command, box=box) for box in boxes]
        for start in range(0, count, 1_000):
            execute_many(batch[start : start + 1_000], aggregate=BOX, using=books.path)
    return boxes


class TestDeadlines:
    def test_settles_what_is_due_and_nothing_else(self, books: Books) -> None:
        fill_many(books, 3)
        books.clock.move(days=5)
        books.filled(box="ord_later")
        books.clock.move(days=6)
        with books.database.as_application() as connection:
            assert settle_what_is_due(connection, aggregate=BOX, using=books.path) == 3
            assert settle_what_is_due(connection, aggregate=BOX, using=books.path) == 0
        assert books.held_minor("ord_0000") == 0
        assert books.held_minor("ord_later") == 1_000

    def test_effect_is_dated_by_the_deadline_after_any_pause(self, books: Books) -> None:
        books.filled()
        books.clock.move(days=400)
        with books.database.as_application() as connection:
            settle_what_is_due(connection, aggregate=BOX, using=books.path)
        (row,) = books.rows("SELECT effective_at, recorded_at FROM order_event WHERE seq = 3")
        assert row[1] - row[0] == dt.timedelta(days=390, microseconds=250_000)

    def test_more_than_a_batch(self, books: Books) -> None:
        fill_many(books, BATCH + 50)
        books.clock.move(days=11)
        with books.database.as_application() as connection:
            settled = settle_what_is_due(connection, aggregate=BOX, using=books.path)
        assert settled == BATCH + 50

    def test_several_workers_settle_each_once(self, books: Books) -> None:
        boxes = fill_many(books, 300)
        books.clock.move(days=11)

        def work(_: int) -> int:
            with books.database.as_application() as connection:
                return settle_what_is_due(connection, aggregate=BOX, using=books.path)

        with ThreadPoolExecutor(4) as pool:
            settled = sum(pool.map(work, range(4)))
        # What one worker held, another left to it.
        with books.database.as_application() as connection:
            settled += settle_what_is_due(connection, aggregate=BOX, using=books.path)
        assert settled == len(boxes)
        assert books.rows("SELECT count(*) FROM order_event WHERE type = 'BoxGivenBack'") == [
            (300,)
        ]

    def test_one_that_is_locked_is_left_for_the_next_time(self, books: Books) -> None:
        fill_many(books, 2)
        books.clock.move(days=11)
        with books.database.as_application() as other, other.transaction():
            other.execute("SELECT FROM order_head WHERE order_id = 'ord_0000' FOR UPDATE")
            assert settle_many(["ord_0000", "ord_0001"], aggregate=BOX, using=books.path) == 1
        assert settle_many(["ord_0000", "ord_0001"], aggregate=BOX, using=books.path) == 1

    def test_one_that_fails_holds_up_no_other(
        self, books: Books, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Faulty(BoxAggregate):
            def settle_due(self, state: Box, *, now: dt.datetime) -> tuple[()]:
                if state.supplier_id == "com_faulty":
                    raise AssertionError("a mistake in the rules")
                return super().settle_due(state, now=now)  # type: ignore[return-value]

        fill_many(books, 3)
        books.ask(
            OPEN_BOX.__class__(buyer_id="com_buyer", supplier_id="com_faulty"), box="ord_0001_x"
        )
        books.clock.move(days=11)
        with books.database.as_application() as connection:
            settled = settle_what_is_due(connection, aggregate=Faulty(), using=books.path)
        assert settled == 3
        assert "ord_0001_x cannot be settled" in caplog.text


class TestOutbox:
    def test_message_is_performed_once(self, books: Books, at_work: Worker, heard: Heard) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        books.ask(GiveBack(amount_minor=200))
        at_work.run_once()
        at_work.run_once()
        assert heard.keys == ["order:ord_1:3:1", "order:ord_1:4:1"]
        assert [message.data for message in heard.messages] == [
            {"amount_minor": 300},
            {"amount_minor": 200},
        ]
        assert books.rows("SELECT count(*) FROM order_outbox WHERE done_at IS NULL") == [(0,)]

    def test_failure_is_tried_again_later(
        self, books: Books, at_work: Worker, heard: Heard
    ) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        heard.failures_left = 1
        at_work.run_once()
        assert heard.keys == []
        with books.database.as_application() as connection:
            waiting = connection.execute(
                # The sweep of every full minute may stand in the queue as well.
                "UPDATE procrastinate_jobs SET scheduled_at = NULL"
                " WHERE status = 'todo' AND task_name = 'perform_effect' RETURNING attempts"
            )
            assert waiting.fetchall() == [(1,)]
        at_work.run_once()
        assert heard.keys == ["order:ord_1:3:1"]

    def test_rolled_back_hand_over_leaves_the_message_waiting(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with books.database.as_application() as connection:
            with connection.transaction(force_rollback=True):
                assert outbox.hand_over(connection, at=books.clock()) == 1
            assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)
            assert outbox.hand_over(connection, at=books.clock()) == 1

    def test_several_workers_queue_each_message_once(self, books: Books) -> None:
        boxes = fill_many(books, 200)
        execute_many(
            [books.asked(PayOut(amount_minor=1), box=box) for box in boxes],
            aggregate=BOX,
            using=books.path,
        )

        def work(_: int) -> int:
            with books.database.as_application() as connection:
                return outbox.hand_over(connection, at=books.clock())

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(work, range(4))) == 200
        assert books.rows(
            "SELECT count(*), count(DISTINCT queueing_lock) FROM procrastinate_jobs"
        ) == [(200, 200)]

    def test_message_whose_job_vanished_waits_again(
        self, books: Books, at_work: Worker, heard: Heard
    ) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with books.database.as_application() as connection:
            outbox.hand_over(connection, at=books.clock())
            connection.execute("DELETE FROM procrastinate_jobs")
            assert outbox.put_back_lost(connection, at=books.clock()) == 0
            books.clock.move(hours=2)
            assert outbox.put_back_lost(connection, at=books.clock()) == 1
        at_work.run_once()
        assert heard.keys == ["order:ord_1:3:1"]

    def test_message_whose_job_is_still_there_is_left_alone(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with books.database.as_application() as connection:
            outbox.hand_over(connection, at=books.clock())
            books.clock.move(hours=2)
            assert outbox.put_back_lost(connection, at=books.clock()) == 0

    def test_unknown_topic_is_a_mistake_that_shows(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with (
            worker(
                books.database.app_dsn, aggregates=[BOX], handlers={}, using=books.path
            ) as unskilled,
            pytest.raises(UnknownTopicError),
        ):
            unskilled.perform(Place("order", "ord_1", 3, 1))

    def test_job_of_a_dead_worker_is_taken_up(
        self, books: Books, at_work: Worker, heard: Heard
    ) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with books.database.as_application() as connection:
            outbox.hand_over(connection, at=books.clock())
            # What a worker leaves that was killed in the middle of a job, some minutes ago.
            row = connection.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '10 minutes') RETURNING id"
            ).fetchone()
            assert row is not None
            connection.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", row
            )
        at_work.run_once()
        assert heard.keys == ["order:ord_1:3:1"]


class TestRunOnce:
    def test_many_messages_that_wait_for_each_other_are_all_done(
        self, books: Books, at_work: Worker, heard: Heard
    ) -> None:
        """Messages of one aggregate and topic go one after the other; a pass of the queue may end before the last."""
        books.filled()
        for _ in range(20):
            books.ask(PayOut(amount_minor=10))
        at_work.run_once()
        assert len(heard.messages) == 20

    def test_what_a_dead_workers_job_brings_about_is_done_as_well(
        self, books: Books, heard: Heard
    ) -> None:
        """Nothing is due and nothing waits, but the job that is taken up leaves a message of its own."""
        books.filled()
        books.ask(PayOut(amount_minor=300))
        with books.database.as_application() as connection:
            outbox.hand_over(connection, at=books.clock())

        def pay_back(_: OutboxMessage) -> None:
            books.ask(GiveBack(amount_minor=200), command_id="from the payout")

        with worker(
            books.database.app_dsn,
            aggregates=[BOX],
            handlers={"box.paid_out": pay_back, "box.given_back": heard},
            using=books.path,
        ) as made:
            made.run_once()
        assert heard.keys == ["order:ord_1:4:1"]

    def test_it_settles_and_performs_what_follows(
        self, books: Books, at_work: Worker, heard: Heard
    ) -> None:
        books.filled()
        books.clock.move(days=11)
        at_work.run_once()
        assert [message.topic for message in heard.messages] == ["box.given_back"]
        with psycopg.connect(books.database.app_dsn) as connection:
            balance = connection.execute(
                "SELECT account, balance_minor::int FROM account_balance ORDER BY account"
            )
            assert balance.fetchall() == [("bank", 1_000), ("due_buyer", -1_000), ("held", 0)]
