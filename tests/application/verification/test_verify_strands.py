"""What was said and shown stands as it was sent: what is altered, taken, added or swapped is named, and erasing is allowed."""

from __future__ import annotations

import hashlib

import psycopg
import pytest

from fairlot.application.verification.faults import Fault
from fairlot.application.verification.verify import verify
from fairlot.domain.audit.merkle import TreeHash, head_bytes
from fairlot.store import checkpoints, conversation
from fairlot.store.files import StoredFile
from tests.support.books import BEGINNING, Books
from tests.support.toy import BOX, BUYER, SUPPLIER

SAID = 4
WALLS = (
    "ALTER TABLE order_message DISABLE TRIGGER USER",
    "ALTER TABLE order_file DISABLE TRIGGER USER",
    "ALTER TABLE order_strand DISABLE TRIGGER USER",
)


@pytest.fixture
def talked(books: Books) -> Books:
    """Two orders with a conversation each."""
    for box in ("ord_1", "ord_2"):
        books.filled(box=box)
        with books.database.as_application() as connection:
            for number in range(1, SAID + 1):
                say(connection, box, f"word {number}")
                show(connection, box, f"picture {number}")
    return books


def say(connection: psycopg.Connection, order_id: str, body: str) -> None:
    conversation.add_message(
        connection, order_id=order_id, author=BUYER, sent_at=BEGINNING, body=body
    )


def show(connection: psycopg.Connection, order_id: str, content: str) -> None:
    conversation.add_file(
        connection,
        order_id=order_id,
        author=SUPPLIER,
        added_at=BEGINNING,
        file=StoredFile(content_hash=hashlib.sha256(content.encode()).digest(), size_bytes=9),
        media_type="image/png",
        file_name="照片.png",
        purpose="evidence",
        command_id=f"cmd {content}",
    )


def faults(books: Books) -> list[tuple[str, str, int]]:
    return [named(one) for one in verify(books.database.app_dsn, [BOX]).faults]


def named(fault: Fault) -> tuple[str, str, int]:
    return (fault.kind, fault.aggregate_id, fault.seq)


def tamper(books: Books, *statements: str) -> None:
    """Change what was said as somebody could who owns the database."""
    with books.database.as_owner() as owner:
        for statement in (*WALLS, *statements):
            owner.execute(statement)


COPY = """
INSERT INTO order_message (order_id, message_no, author_role, author_company_id, author_person_id, sent_at, body, salt,
  body_hash, command_id, hash)
SELECT order_id, {number}, author_role, author_company_id, author_person_id, sent_at, body, salt, body_hash, 'planted', hash
FROM order_message WHERE order_id = 'ord_2' AND message_no = {source}
"""
MESSAGE_CHANGES = {
    "another text": (
        "UPDATE order_message SET body = 'never said' WHERE order_id = 'ord_2' AND message_no = 2",
        2,
    ),
    "another text with its hash": (
        (
            "UPDATE order_message SET body = 'never said', body_hash = sha256(salt || 'never said'::bytea)"
            " WHERE order_id = 'ord_2' AND message_no = 2"
        ),
        2,
    ),
    "another author": (
        "UPDATE order_message SET author_company_id = 'com_x' WHERE order_id = 'ord_2' AND message_no = 3",
        3,
    ),
    "another time": (
        (
            "UPDATE order_message SET sent_at = sent_at + interval '1 microsecond'"
            " WHERE order_id = 'ord_2' AND message_no = 4"
        ),
        4,
    ),
    "no hash": (
        "UPDATE order_message SET hash = NULL WHERE order_id = 'ord_2' AND message_no = 4",
        4,
    ),
    "the first taken": (
        "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no = 1",
        1,
    ),
    "one in the middle taken": (
        "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no = 2",
        2,
    ),
    "the tail taken": (
        "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no > 2",
        3,
    ),
    "all taken": ("DELETE FROM order_message WHERE order_id = 'ord_2'", 1),
    "one taken and those after it moved up": (
        (
            "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no = 2;"
            "UPDATE order_message SET message_no = message_no - 1 WHERE order_id = 'ord_2' AND message_no > 2"
        ),
        2,
    ),
    "one added at the end": (COPY.format(number=SAID + 1, source=1), SAID + 1),
    "one put between": (
        "UPDATE order_message SET message_no = message_no + 100 WHERE order_id = 'ord_2' AND message_no > 2;"
        "UPDATE order_message SET message_no = message_no - 99 WHERE order_id = 'ord_2' AND message_no > 100;"
        + COPY.format(number=3, source=1),
        3,
    ),
    "two swapped": (
        (
            "UPDATE order_message SET message_no = 100 WHERE order_id = 'ord_2' AND message_no = 2;"
            "UPDATE order_message SET message_no = 2 WHERE order_id = 'ord_2' AND message_no = 3;"
            "UPDATE order_message SET message_no = 3 WHERE order_id = 'ord_2' AND message_no = 100"
        ),
        2,
    ),
    "two texts swapped": (
        (
            "UPDATE order_message AS one SET body = other.body, salt = other.salt, body_hash = other.body_hash"
            " FROM order_message AS other WHERE one.order_id = 'ord_2' AND other.order_id = 'ord_2'"
            " AND one.message_no + other.message_no = 5"
        ),
        1,
    ),
    "moved from another order": (
        (
            "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no = 2;"
            "UPDATE order_message SET order_id = 'ord_2' WHERE order_id = 'ord_1' AND message_no = 2"
        ),
        2,
    ),
    "the place of the last taken": (
        "DELETE FROM order_strand WHERE order_id = 'ord_2' AND strand = 'order_message'",
        SAID,
    ),
}


def test_r47_what_was_said_and_shown_verifies(talked: Books) -> None:
    assert faults(talked) == []


@pytest.mark.parametrize("name", sorted(MESSAGE_CHANGES))
def test_r47_a_change_of_what_was_said_names_the_message(talked: Books, name: str) -> None:
    statement, number = MESSAGE_CHANGES[name]
    tamper(talked, statement)
    assert ("order_message", "ord_2", number) in faults(talked)


FILE_CHANGES = {
    "another content": ("UPDATE order_file SET content_hash = sha256('x') WHERE {}", 2),
    "another name": ("UPDATE order_file SET file_name = 'b.png' WHERE {}", 2),
    "taken": ("DELETE FROM order_file WHERE {}", 2),
    "the tail taken": ("DELETE FROM order_file WHERE order_id = 'ord_2' AND file_no > 2", 3),
}


@pytest.mark.parametrize("name", sorted(FILE_CHANGES))
def test_r47_a_change_of_what_was_shown_names_the_file(talked: Books, name: str) -> None:
    statement, number = FILE_CHANGES[name]
    tamper(talked, statement.format("order_id = 'ord_2' AND file_no = 2"))
    found = faults(talked)
    assert ("order_file", "ord_2", number) in found
    assert {fault[:2] for fault in found} == {("order_file", "ord_2")}


def test_a_text_is_erased_and_everything_holds(talked: Books) -> None:
    before = verify(talked.database.app_dsn, [BOX]).root
    with talked.database.as_application() as connection:
        for number in (1, SAID):
            assert conversation.erase_message(
                connection, order_id="ord_2", number=number, erased_at=BEGINNING
            )
        say(connection, "ord_1", "one more")
    assert faults(talked) == []
    assert verify(talked.database.app_dsn, [BOX]).root != before


def test_a_text_that_was_not_erased_but_emptied_is_named(talked: Books) -> None:
    tamper(
        talked,
        "ALTER TABLE order_message DROP CONSTRAINT order_message_check",
        "ALTER TABLE order_message DROP CONSTRAINT order_message_check1",
        "UPDATE order_message SET body = NULL WHERE order_id = 'ord_1' AND message_no = 1",
    )
    assert faults(talked) == [("order_message", "ord_1", 1)]


def test_a_tail_cut_off_with_its_mark_shows_in_the_root_alone(talked: Books) -> None:
    """What a strand cannot show by itself: the checkpoint that somebody else holds does."""
    with talked.database.as_application() as connection:
        held = checkpoints.take(connection, at=talked.clock())
    assert verify(talked.database.app_dsn, [BOX]).root == held.root
    tamper(
        talked,
        "DELETE FROM order_message WHERE order_id = 'ord_2' AND message_no > 2",
        "UPDATE order_strand SET last_no = 2, last_hash = (SELECT hash FROM order_message"
        " WHERE order_id = 'ord_2' AND message_no = 2) WHERE order_id = 'ord_2' AND strand = 'order_message'",
    )
    report = verify(talked.database.app_dsn, [BOX])
    assert report.faults == []
    assert report.root != held.root


def test_the_last_of_every_strand_is_a_leaf_of_the_root(talked: Books) -> None:
    with talked.database.as_application() as connection, connection.transaction():
        leaves = list(checkpoints.heads(connection))
    assert [(one.family, one.stream_id, one.seq) for one in leaves[-4:]] == [
        ("order_file", "ord_1", SAID),
        ("order_file", "ord_2", SAID),
        ("order_message", "ord_1", SAID),
        ("order_message", "ord_2", SAID),
    ]
    without = TreeHash()
    for leaf in leaves[:-1]:
        without.add(head_bytes(leaf))
    assert verify(talked.database.app_dsn, [BOX]).root != without.root()
