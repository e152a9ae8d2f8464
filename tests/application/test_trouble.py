"""Trouble between us and the database: tried again without a second effect, and told apart when it does not pass."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator

import psycopg
import pytest

from fairlot.application.execute import TRIES_MAX, find_outcome
from fairlot.application.execute_many import execute_many
from fairlot.application.outcome import Unavailable
from fairlot.domain.order.refusals import Code
from tests.support.books import OPEN_BOX, Books
from tests.support.toy import BOX, Fill, PayOut


class Unplugged:
    """A tracer that cuts the connection at the steps of a plan, one after the other."""

    def __init__(self, *plan: str, answer_lost: bool = False) -> None:
        self._plan = list(plan)
        self._answer_lost = answer_lost
        self.connections: list[psycopg.Connection] = []

    def __call__(self, what: str) -> None:
        if not self._plan or what != self._plan[0]:
            return
        del self._plan[0]
        with socket.socket(fileno=os.dup(self.connections[-1].fileno())) as cable:
            if self._answer_lost:
                # The server has committed and answered; the answer is taken off the wire.
                cable.setblocking(True)
                cable.recv(ANSWER_BYTES_MAX)
                self._answer_lost = False
            cable.shutdown(socket.SHUT_RDWR)


ANSWER_BYTES_MAX = 1_000_000


@pytest.fixture
def unplugged(books: Books) -> Iterator[Callable[..., Books]]:
    """Makes books like those of the test whose connections are cut at the steps of a plan."""
    made: list[Books] = []

    def make(*plan: str, answer_lost: bool = False) -> Books:
        tracer = Unplugged(*plan, answer_lost=answer_lost)

        def connect() -> psycopg.Connection:
            connection = psycopg.connect(books.database.app_dsn, autocommit=True)
            tracer.connections.append(connection)
            return connection

        made.append(Books(books.database, tracer=tracer, connect=connect))
        return made[-1]

    yield make
    for one in made:
        one.path.close()


Unplug = Callable[..., Books]


@pytest.mark.parametrize("step", ["send open", "receive open", "send append"])
def test_connection_lost_before_the_commit_is_tried_again(
    books: Books, unplugged: Unplug, step: str
) -> None:
    books.filled()
    outcome = unplugged(step).ask(PayOut(amount_minor=400), command_id="cmd_out")
    assert outcome.is_done
    assert not outcome.is_replay
    assert books.held_minor() == 600


def test_answer_lost_after_the_commit_is_found_again(books: Books, unplugged: Unplug) -> None:
    books.filled()
    broken = unplugged("receive append", answer_lost=True)
    outcome = broken.ask(PayOut(amount_minor=400), command_id="cmd_out")
    assert outcome.is_replay
    assert outcome.unwrap()
    assert books.held_minor() == 600


def test_creation_whose_answer_was_lost_is_found_again(books: Books, unplugged: Unplug) -> None:
    broken = unplugged("receive append", answer_lost=True)
    assert broken.ask(OPEN_BOX, command_id="cmd_open").is_replay
    assert books.rows("SELECT count(*) FROM order_event") == [(1,)]


def test_a_server_that_was_restarted_is_found_again_at_once(books: Books) -> None:
    """C7: more connections stand idle than there are tries, and all of them are gone."""
    books.filled()
    stand_idle(books, TRIES_MAX + 1)
    with books.database.as_application() as application:
        ended = application.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        ).fetchall()
    assert len(ended) > TRIES_MAX
    assert books.ask(PayOut(amount_minor=400), command_id="cmd_out").is_done


def stand_idle(books: Books, count: int) -> None:
    """Leave so many connections behind that nobody uses now."""
    if count:
        books.path.run(lambda _: stand_idle(books, count - 1))


def test_trouble_that_does_not_pass_is_told(books: Books, unplugged: Unplug) -> None:
    books.filled()
    with pytest.raises(Unavailable) as trouble:
        unplugged(*["send open"] * TRIES_MAX).ask(PayOut(amount_minor=400), command_id="cmd_out")
    assert not trouble.value.is_unknown
    submission = books.asked(PayOut(amount_minor=400), command_id="cmd_out")
    assert find_outcome(aggregate=BOX, submission=submission, using=books.path) is None


def test_unknown_end_is_told_as_unknown_and_can_be_looked_up(
    books: Books, unplugged: Unplug
) -> None:
    books.filled()
    plan = ["receive append", *["send open"] * (TRIES_MAX - 1)]
    with pytest.raises(Unavailable) as trouble:
        unplugged(*plan, answer_lost=True).ask(PayOut(amount_minor=400), command_id="cmd_out")
    assert trouble.value.is_unknown
    submission = books.asked(PayOut(amount_minor=400), command_id="cmd_out")
    found = find_outcome(aggregate=BOX, submission=submission, using=books.path)
    assert found is not None
    assert found.is_done
    assert books.held_minor() == 600


def test_batch_whose_answer_was_lost_is_found_again(books: Books, unplugged: Unplug) -> None:
    for box in ("ord_a", "ord_b"):
        books.filled(box=box)
    batch = [
        books.asked(PayOut(amount_minor=400), box=box, command_id="cmd_out")
        for box in ("ord_a", "ord_b")
    ]
    broken = unplugged("receive append", answer_lost=True)
    outcomes = execute_many(batch, aggregate=BOX, using=broken.path)
    assert all(outcome.is_done and outcome.is_replay for outcome in outcomes)
    assert [books.held_minor(box) for box in ("ord_a", "ord_b")] == [600, 600]


def test_server_without_connections_left_is_unavailable(books: Books) -> None:
    books.filled()

    def connect() -> psycopg.Connection:
        raise psycopg.OperationalError("too many clients already")

    with pytest.raises(Unavailable) as trouble:
        Books(books.database, connect=connect).ask(Fill(amount_minor=1))
    assert not trouble.value.is_unknown


def test_writer_that_idled_while_the_server_restarted_is_replaced(books: Books) -> None:
    books.filled()
    with books.database.as_application() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert books.ask(PayOut(amount_minor=1)).is_done


def test_child_of_a_fork_makes_connections_of_its_own(books: Books) -> None:
    books.filled()
    child = os.fork()
    if child == 0:
        outcome = books.ask(PayOut(amount_minor=1), command_id="cmd_child")
        os._exit(0 if outcome.code is None else 1)
    _, status = os.waitpid(child, 0)
    assert status == 0
    assert books.ask(PayOut(amount_minor=1), command_id="cmd_child").is_replay
    assert books.ask(PayOut(amount_minor=1_000)).code is Code.MORE_THAN_DUE


def test_a_connection_that_never_becomes_a_writer_is_closed(books: Books) -> None:
    made: list[psycopg.Connection] = []

    def connect() -> psycopg.Connection:
        # A writer says BEGIN itself, and so refuses this one before it is ready.
        made.append(psycopg.connect(books.database.app_dsn, autocommit=False))
        return made[-1]

    with pytest.raises(AssertionError, match="BEGIN"):
        Books(books.database, connect=connect).ask(OPEN_BOX)
    assert [connection.closed for connection in made] == [True]
