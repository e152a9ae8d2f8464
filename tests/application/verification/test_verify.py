"""Verification finds nothing in sound books, and names the event when a single byte of them is changed."""

from __future__ import annotations

import random

import pytest
from psycopg.conninfo import make_conninfo

from fairlot.application.verification.verify import Report, verify
from fairlot.store.connection import UnsafeDatabaseError
from fairlot.store.rollup import roll_up
from tests.support.books import Books
from tests.support.toy import BOX, Fill, GiveBack, PayOut

SEED = 20_261_122


@pytest.fixture
def kept(books: Books) -> Books:
    """Books with a few boxes: paid out, given back, refused, settled by their deadline."""
    for number in range(4):
        box = books.filled(box=f"ord_{number}")
        books.ask(PayOut(amount_minor=100 + number), box=box).unwrap()
        books.ask(PayOut(amount_minor=9_999), box=box)
        books.ask(GiveBack(amount_minor=50), box=box).unwrap()
    books.clock.move(days=20)
    books.ask(Fill(amount_minor=5), box="ord_0")
    with books.database.as_application() as connection:
        roll_up(connection)
    books.ask(Fill(amount_minor=5), box="ord_1")
    return books


def verified(books: Books) -> Report:
    return verify(books.database.app_dsn, [BOX])


def tamper(books: Books, *statements: str) -> None:
    """Change the books as somebody could who owns the database."""
    with books.database.as_owner() as owner:
        owner.execute("ALTER TABLE order_posting DISABLE TRIGGER USER")
        owner.execute("ALTER TABLE order_event DROP CONSTRAINT IF EXISTS order_event_follows")
        owner.execute("ALTER TABLE order_posting DROP CONSTRAINT IF EXISTS order_posting_of_event")
        for statement in statements:
            owner.execute(statement)


def test_sound_books_have_no_faults(kept: Books) -> None:
    report = verified(kept)
    assert report.is_sound
    assert report.faults == []
    assert (report.aggregates, report.events, report.postings) == (4, 20, 28)


def test_who_would_not_see_all_rows_is_refused(kept: Books) -> None:
    """Rows that are hidden cannot disagree; nobody is told that nothing does."""
    role = f"plain_{kept.database.name}"
    with kept.database.as_owner() as owner:
        owner.execute(f"CREATE ROLE {role} NOLOGIN NOBYPASSRLS")
        owner.execute(f"GRANT {role} TO CURRENT_USER")
        owner.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        try:
            with pytest.raises(UnsafeDatabaseError, match="row security hides rows"):
                verify(make_conninfo(kept.database.owner_dsn, options=f"-c role={role}"), [BOX])
        finally:
            owner.execute(f"DROP OWNED BY {role}")
            owner.execute(f"DROP ROLE {role}")


def test_root_changes_with_any_head(kept: Books) -> None:
    before = verified(kept).root
    kept.ask(GiveBack(amount_minor=1), box="ord_3")
    assert verified(kept).root != before


def test_every_flipped_bit_of_a_payload_names_its_event(kept: Books) -> None:
    (row,) = kept.rows("SELECT payload FROM order_event WHERE order_id = 'ord_2' AND seq = 3")
    chance = random.Random(SEED)
    for _ in range(40):
        place = chance.randrange(len(row[0]) * 8)
        tamper(
            kept,
            f"UPDATE order_event SET payload = set_bit(payload, {place}, 1 - get_bit(payload, {place}))"
            " WHERE order_id = 'ord_2' AND seq = 3",
        )
        first = verified(kept).faults[0]
        assert (first.aggregate_id, first.seq, first.kind) == ("ord_2", 3, "chain")
        with kept.database.as_owner() as owner:
            owner.execute(
                "UPDATE order_event SET payload = %s WHERE order_id = 'ord_2' AND seq = 3", row
            )
    assert verified(kept).is_sound


CHANGES = {
    "another time": (
        "UPDATE order_event SET recorded_at = recorded_at + interval '1 microsecond'",
        "chain",
    ),
    "another effective time": (
        "UPDATE order_event SET effective_at = effective_at - interval '1 second'",
        "chain",
    ),
    "another role": ("UPDATE order_event SET actor_role = 'supplier'", "chain"),
    "another company": ("UPDATE order_event SET actor_company_id = 'com_x'", "chain"),
    "another person": ("UPDATE order_event SET actor_person_id = 'per_x'", "chain"),
    "another command": ("UPDATE order_event SET command_id = 'cmd_x'", "chain"),
    "another type": ("UPDATE order_event SET type = 'BoxFilled'", "chain"),
    "another version": ("UPDATE order_event SET version = 2", "chain"),
    "another hash": ("UPDATE order_event SET hash = sha256('x')", "chain"),
    "another link": ("UPDATE order_event SET previous_hash = sha256('x')", "chain"),
    "gone": ("DELETE FROM order_event", "chain"),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_change_of_an_event_names_it(kept: Books, name: str) -> None:
    statement, kind = CHANGES[name]
    tamper(kept, f"{statement} WHERE order_id = 'ord_2' AND seq = 3")
    first = verified(kept).faults[0]
    assert (first.aggregate_id, first.kind) == ("ord_2", kind)
    assert first.seq == 3


OTHER_CHANGES = {
    "posting changed": (
        "UPDATE order_posting SET amount_minor = amount_minor * 2 WHERE order_id = 'ord_2' AND seq = 3",
        {("postings", "ord_2", 3)},
    ),
    "posting gone": (
        "DELETE FROM order_posting WHERE order_id = 'ord_2' AND seq = 3 AND line_no = 1",
        {("postings", "ord_2", 3), ("trial_balance", "", 0), ("roll_up", "", 0)},
    ),
    "posting of nothing": (
        "UPDATE order_posting SET seq = 99 WHERE order_id = 'ord_2' AND seq = 3",
        {("postings", "ord_2", 3), ("postings", "ord_2", 99)},
    ),
    "command gone": (
        "DELETE FROM order_command WHERE order_id = 'ord_2' AND first_seq = 3",
        {("command", "ord_2", 3)},
    ),
    "command changed": (
        "UPDATE order_command SET last_seq = 4 WHERE order_id = 'ord_2' AND first_seq = 3",
        {("command", "ord_2", 4)},
    ),
    "message changed": (
        "UPDATE order_outbox SET payload = '{\"amount_minor\":9999}' WHERE order_id = 'ord_2' AND seq = 3",
        {("messages", "ord_2", 3)},
    ),
    "message gone": (
        "DELETE FROM order_outbox WHERE order_id = 'ord_2' AND seq = 3",
        {("messages", "ord_2", 3)},
    ),
    "message of nothing": (
        (
            "INSERT INTO order_outbox (order_id, seq, message_no, topic, payload, created_at)"
            " VALUES ('ord_2', 99, 1, 'box.paid_out', '{}', now())"
        ),
        {("messages", "ord_2", 99)},
    ),
    "head changed": (
        "UPDATE order_head SET total_minor = 7 WHERE order_id = 'ord_2'",
        {("head", "ord_2", 0)},
    ),
    "deadline changed": (
        "UPDATE order_head SET next_deadline_at = NULL WHERE order_id = 'ord_2'",
        {("head", "ord_2", 0)},
    ),
    "head gone": ("DELETE FROM order_head WHERE order_id = 'ord_2'", {("head", "ord_2", 0)}),
    "balance changed": (
        "UPDATE account_balance SET balance_minor = balance_minor + 1 WHERE account = 'held'",
        {("roll_up", "", 0)},
    ),
}


@pytest.mark.parametrize("name", sorted(OTHER_CHANGES))
def test_change_beside_the_chain_is_found(kept: Books, name: str) -> None:
    statement, expected = OTHER_CHANGES[name]
    tamper(kept, statement)
    found = {(fault.kind, fault.aggregate_id, fault.seq) for fault in verified(kept).faults}
    assert expected <= found
    assert {fault for fault in found if fault[0] in {"chain", "payload"}} == set()


def test_story_rewritten_whole_shows_in_the_root_alone(kept: Books) -> None:
    """What a chain cannot show by itself: the checkpoint that somebody else holds does."""
    before = verified(kept).root
    tail = "order_id = 'ord_3' AND seq > 3"
    (head,) = kept.rows(
        "SELECT hash, recorded_at FROM order_event WHERE order_id = 'ord_3' AND seq = 3"
    )
    tamper(
        kept,
        f"DELETE FROM order_posting WHERE {tail}",
        "DELETE FROM order_command WHERE order_id = 'ord_3' AND first_seq > 3",
        "DELETE FROM order_outbox WHERE order_id = 'ord_3' AND seq > 3",
        f"DELETE FROM order_event WHERE {tail}",
        f"UPDATE order_head SET head_seq = 3, head_hash = '\\x{head[0].hex()}', total_minor = 897,"
        " recorded_at = (SELECT recorded_at FROM order_event WHERE order_id = 'ord_3' AND seq = 3)"
        " WHERE order_id = 'ord_3'",
        "UPDATE order_rollup SET seq = 3 WHERE order_id = 'ord_3'",
        "DELETE FROM account_balance",
        "DELETE FROM order_rollup",
    )
    report = verified(kept)
    assert report.faults == []
    assert report.root != before
