"""Messages and files are numbered per order whoever writes at once; a text can be erased and its hash stays."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import psycopg

from fairlot.store import conversation
from fairlot.store.files import StoredFile
from tests.support.books import BEGINNING
from tests.support.postgres import Database
from tests.support.toy import BUYER, SUPPLIER


def say(
    connection: psycopg.Connection, body: str, *, order_id: str = "ord_1"
) -> conversation.Message:
    return conversation.add_message(
        connection, order_id=order_id, author=BUYER, sent_at=BEGINNING, body=body
    )


def test_messages_come_back_in_their_order(database: Database) -> None:
    with database.as_application() as connection:
        said = [say(connection, f"message {number}") for number in range(3)]
        say(connection, "elsewhere", order_id="ord_2")
        assert conversation.messages_of(connection, order_id="ord_1") == said
        assert conversation.messages_of(connection, order_id="ord_1", after=1, limit=1) == [said[1]]


def test_writers_at_once_get_numbers_without_gap(database: Database) -> None:
    def write(number: int) -> int:
        with database.as_application() as connection:
            return say(connection, f"message {number}").number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(40))) == list(range(1, 41))


def test_same_text_twice_has_two_hashes(database: Database) -> None:
    with database.as_application() as connection:
        assert say(connection, "yes").body_hash != say(connection, "yes").body_hash


def test_hash_is_known_beforehand_to_whoever_chose_the_salt(database: Database) -> None:
    salt = bytes(range(16))
    with database.as_application() as connection:
        message = conversation.add_message(
            connection, order_id="ord_1", author=SUPPLIER, sent_at=BEGINNING, body="ja", salt=salt
        )
    assert message.body_hash == conversation.body_hash("ja", salt)


def test_erased_text_is_gone_with_its_salt(database: Database) -> None:
    with database.as_application() as connection:
        message = say(connection, "my address is 1 Road")
        erase = {"order_id": "ord_1", "number": 1, "erased_at": BEGINNING}
        assert conversation.erase_message(connection, **erase)  # type: ignore[arg-type]
        assert not conversation.erase_message(connection, **erase)  # type: ignore[arg-type]
        (left,) = conversation.messages_of(connection, order_id="ord_1")
        assert left.body is None
        assert left.body_hash == message.body_hash
        row = connection.execute("SELECT body, salt FROM order_message").fetchone()
        assert row == (None, None)


def test_files_are_numbered_too(database: Database) -> None:
    stored = StoredFile(content_hash=hashlib.sha256(b"x").digest(), size_bytes=1)
    with database.as_application() as connection:
        numbers = [
            conversation.add_file(
                connection,
                order_id="ord_1",
                author=BUYER,
                added_at=BEGINNING,
                file=stored,
                media_type="image/png",
                file_name="photo.png",
                purpose="evidence",
            )
            for _ in range(2)
        ]
    assert numbers == [1, 2]
