"""M5 at a tenth: storms under one command id over every command, and answers lost in every way; each id has one effect."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from fairlot.application.execute import find_outcome
from fairlot.application.outcome import Outcome
from fairlot.domain.order import commands as c
from tests.concurrency.drill_duplicates import COMMAND_ID, Ambiguity, Failure, Storms
from tests.concurrency.orders import ORDERS, OrderBooks, order_books, submission
from tests.concurrency.soak import TEST_RUN_SHARE
from tests.concurrency.soak_duplicates import LOST_ANSWERS, STORMS
from tests.concurrency.stages import situations
from tests.support.postgres import Database

SEED = 20_261_122
PLANTED_STORMS = 61


@pytest.fixture
def books(database: Database) -> Iterator[OrderBooks]:
    with order_books(database) as made:
        yield made


def test_m5_one_id_has_one_effect_however_many_ask_and_however_late(books: OrderBooks) -> None:
    result = Storms(books, seed=SEED).run(trials=STORMS // TEST_RUN_SHARE)
    assert result.faults == []
    assert result.trials == STORMS // TEST_RUN_SHARE
    assert result.asked >= 2 * result.trials


def test_m5_catches_a_path_that_forgets_commands(books: OrderBooks) -> None:
    result = Storms(books, seed=SEED, path="forgetful").run(trials=PLANTED_STORMS)
    assert len(result.faults) == PLANTED_STORMS


def test_m5_lost_answers_can_be_found_out_and_asked_again(books: OrderBooks) -> None:
    result = Ambiguity(books, seed=SEED).run(trials=LOST_ANSWERS // TEST_RUN_SHARE)
    assert result.faults == []
    assert result.committed_unseen >= result.trials // len(Failure)
    assert result.never_committed >= result.trials // len(Failure)
    assert books.faults() == []


def test_m5_same_id_waits_while_the_first_is_being_decided(books: OrderBooks) -> None:
    situation = situations()[c.ConfirmReceipt]
    books.plant(["ord_1"], situation.steps)
    books.clock.now = situation.asked.at
    asked = submission("ord_1", COMMAND_ID, situation.asked.actor, situation.asked.command)
    answers: list[Outcome | None] = []
    askers = [
        threading.Thread(target=lambda: answers.append(books.ask_one(asked))),
        threading.Thread(target=lambda: answers.append(books.ask_one(asked))),
        threading.Thread(
            target=lambda: answers.append(
                find_outcome(aggregate=ORDERS, submission=asked, using=books.path)
            )
        ),
    ]
    with psycopg.connect(books.database.app_dsn, autocommit=True) as observer:
        with books.database.as_application() as holder, holder.transaction():
            holder.execute("SELECT FROM order_head WHERE order_id = 'ord_1' FOR UPDATE")
            for asker in askers:
                asker.start()
            while _waiting(observer) < len(askers):
                pass
            assert answers == []
        for asker in askers:
            asker.join()
    told = [answer for answer in answers if answer is not None]
    assert len([answer for answer in told if not answer.is_replay]) == 1
    assert all(answer.events == told[0].events for answer in told)


def _waiting(observer: psycopg.Connection) -> int:
    row = observer.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock'"
    ).fetchone()
    assert row is not None
    count: int = row[0]
    return count
