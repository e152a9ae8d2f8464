"""What `execute` promises for one command: one effect per id, settling first, refusals kept, nothing by strangers."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.application.execute import find_outcome
from fairlot.application.outcome import Outdated
from fairlot.domain.order.refusals import Code, Refused
from tests.support.books import BEGINNING, OPEN_BOX, Books
from tests.support.toy import (
    BOX,
    STRANGER,
    BoxFilled,
    BoxGivenBack,
    Fill,
    FillRefused,
    GiveBack,
    PayOut,
)


class TestExecute:
    def test_answers_with_the_events_of_the_command(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        outcome = books.ask(Fill(amount_minor=700))
        assert outcome.unwrap() == (
            BoxFilled(at=BEGINNING.replace(microsecond=0), amount_minor=700, currency="USD"),
        )

    def test_writes_events_postings_messages_and_head_in_one_transaction(
        self, books: Books
    ) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=400)).unwrap()
        assert books.rows("SELECT DISTINCT xmin::text FROM order_event WHERE seq = 3") == (
            books.rows(
                "SELECT xmin::text FROM order_posting WHERE seq = 3"
                " UNION SELECT xmin::text FROM order_outbox WHERE seq = 3"
                " UNION SELECT xmin::text FROM order_command WHERE first_seq = 3"
                " UNION SELECT xmin::text FROM order_head"
            )
        )
        head = books.rows(
            "SELECT head_seq, head_hash, status, total_minor, next_deadline_at FROM order_head"
        )
        (latest,) = books.rows("SELECT hash FROM order_event WHERE seq = 3")
        due_at = BEGINNING.replace(microsecond=0) + dt.timedelta(days=10)
        assert head == [(3, latest[0], "open", 600, due_at)]

    def test_records_who_and_when_and_under_which_id(self, books: Books) -> None:
        books.ask(OPEN_BOX, command_id="cmd_first")
        (row,) = books.rows(
            "SELECT actor_role, actor_company_id, actor_person_id, command_id, recorded_at,"
            " effective_at FROM order_event"
        )
        whole = BEGINNING.replace(microsecond=0)
        assert row == ("buyer", "com_buyer", "per_b", "cmd_first", BEGINNING, whole)

    def test_refusal_says_code_and_facts(self, books: Books) -> None:
        books.filled()
        outcome = books.ask(PayOut(amount_minor=1_001))
        assert (outcome.code, outcome.facts) == (Code.MORE_THAN_DUE, {"held_minor": 1_000})
        with pytest.raises(Refused) as refusal:
            outcome.unwrap()
        assert refusal.value.facts == {"held_minor": 1_000}

    def test_refusal_keeps_the_events_that_must_be_kept(self, books: Books) -> None:
        books.filled()
        books.clock.move(days=11)
        outcome = books.ask(Fill(amount_minor=5), command_id="cmd_late")
        assert outcome.code is Code.WRONG_STATUS
        assert [type(event) for event in outcome.events] == [FillRefused]
        assert books.ask(Fill(amount_minor=5), command_id="cmd_late").events == outcome.events

    def test_command_to_what_does_not_exist_is_refused_for_ever(self, books: Books) -> None:
        first = books.ask(Fill(amount_minor=5), command_id="cmd_early")
        books.ask(OPEN_BOX)
        again = books.ask(Fill(amount_minor=5), command_id="cmd_early")
        assert first.code is again.code is Code.UNKNOWN_ORDER
        assert books.held_minor() == 0


class TestSameCommandId:
    def test_same_content_gives_the_first_answer_and_no_second_effect(self, books: Books) -> None:
        books.filled()
        first = books.ask(PayOut(amount_minor=400), command_id="cmd_out")
        books.clock.move(days=400)
        again = books.ask(PayOut(amount_minor=400), command_id="cmd_out")
        assert again.is_replay
        assert not first.is_replay
        assert (again.code, again.facts, again.events) == (first.code, first.facts, first.events)
        assert books.held_minor() == 600

    def test_refusal_is_the_answer_even_when_it_would_be_granted_now(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=1_500), command_id="cmd_out")
        books.ask(Fill(amount_minor=1_000)).unwrap()
        again = books.ask(PayOut(amount_minor=1_500), command_id="cmd_out")
        assert again.code is Code.MORE_THAN_DUE
        assert again.facts == {"held_minor": 1_000}
        assert books.held_minor() == 2_000

    def test_other_content_is_refused_without_effect_or_trace(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=400), command_id="cmd_out")
        other = books.ask(PayOut(amount_minor=401), command_id="cmd_out")
        assert other.code is Code.COMMAND_ID_REUSED
        assert not other.is_recorded
        assert books.held_minor() == 600

    def test_another_actor_is_other_content(self, books: Books) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=400), command_id="cmd_out")
        theirs = books.ask(PayOut(amount_minor=400), command_id="cmd_out", actor=STRANGER)
        assert theirs.code is Code.NOT_PERMITTED
        assert theirs.events == ()

    def test_ids_of_two_aggregates_do_not_meet(self, books: Books) -> None:
        for box in ("ord_a", "ord_b"):
            books.filled(box=box)
            books.ask(PayOut(amount_minor=1), box=box, command_id="cmd_same").unwrap()
        assert [books.held_minor(box) for box in ("ord_a", "ord_b")] == [999, 999]


class TestSettlingFirst:
    def test_what_is_due_happens_before_the_command_is_decided(self, books: Books) -> None:
        books.filled()
        books.clock.move(days=10, seconds=1)
        outcome = books.ask(PayOut(amount_minor=400))
        assert outcome.code is Code.MORE_THAN_DUE
        assert books.held_minor() == 0

    def test_settled_events_are_kept_though_the_command_is_refused(self, books: Books) -> None:
        books.filled()
        books.clock.move(days=10, seconds=1)
        books.ask(PayOut(amount_minor=400))
        (row,) = books.rows(
            "SELECT type, actor_role, command_id, effective_at FROM order_event WHERE seq = 3"
        )
        due_at = BEGINNING.replace(microsecond=0) + dt.timedelta(days=10)
        assert row == (BoxGivenBack.__name__, "clock", "", due_at)

    def test_whole_second_of_the_deadline_is_still_in_time(self, books: Books) -> None:
        books.filled()
        books.clock.move(days=10, microseconds=700_000)
        assert books.ask(PayOut(amount_minor=400)).is_done


class TestAccess:
    def test_stranger_leaves_no_trace(self, books: Books) -> None:
        books.filled()
        before = books.rows("SELECT * FROM order_head")
        books.clock.move(days=30)
        outcome = books.ask(GiveBack(amount_minor=1), actor=STRANGER, command_id="cmd_x")
        assert outcome.code is Code.NOT_PERMITTED
        assert not outcome.is_recorded
        assert books.rows("SELECT * FROM order_head") == before
        assert books.rows("SELECT * FROM order_command WHERE command_id = 'cmd_x'") == []


class TestTime:
    def test_never_runs_backwards_within_an_aggregate(self, books: Books) -> None:
        books.filled()
        books.clock.move(hours=-5)
        outcome = books.ask(PayOut(amount_minor=1))
        assert outcome.events[0].at == BEGINNING.replace(microsecond=0)
        recorded = books.rows("SELECT recorded_at FROM order_event ORDER BY seq")
        assert recorded == sorted(recorded)


class TestFindOutcome:
    def test_says_what_became_of_a_command(self, books: Books) -> None:
        books.filled()
        asked = books.asked(PayOut(amount_minor=400), command_id="cmd_out")
        assert find_outcome(aggregate=BOX, submission=asked, using=books.path) is None
        first = books.ask(PayOut(amount_minor=400), command_id="cmd_out")
        found = find_outcome(aggregate=BOX, submission=asked, using=books.path)
        assert found is not None
        assert found.events == first.events


class TestExpectedSeq:
    def test_asks_where_the_aggregate_is_at_the_event_expected(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        assert books.ask(Fill(amount_minor=1), expected_seq=1).is_done

    def test_asks_nothing_where_it_is_at_another(self, books: Books) -> None:
        books.filled()
        with pytest.raises(Outdated) as outdated:
            books.ask(Fill(amount_minor=1), command_id="late", expected_seq=1)
        assert outdated.value.seq == 2
        assert books.rows("SELECT 1 FROM order_command WHERE command_id = 'late'") == []
        # Nothing is kept of it: the same id may ask again by what stands now.
        assert books.ask(Fill(amount_minor=1), command_id="late", expected_seq=2).is_done

    def test_answers_again_whatever_came_since(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        first = books.ask(Fill(amount_minor=1), command_id="once", expected_seq=1)
        again = books.ask(Fill(amount_minor=1), command_id="once", expected_seq=1)
        assert (again.events, again.is_replay) == (first.events, True)
