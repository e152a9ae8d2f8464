"""What the database refuses whoever asks: entries out of balance, gaps, changes to what was written, foreign eyes."""

from __future__ import annotations

import psycopg
import pytest

from fairlot.store.connection import application_dsn
from fairlot.store.reach import reading
from tests.support.books import OPEN_BOX, Books
from tests.support.reader import reading_for_nobody
from tests.support.toy import OPERATOR, Fill, OpenBox, PayOut

POSTING = (
    "INSERT INTO order_posting (order_id, seq, entry_no, line_no, template, account, part, currency,"
    " amount_minor, rules_version) VALUES ('ord_1', {seq}, {entry}, {line}, 't', 'held', '', '{currency}', {amount}, 1)"
)
EVENT = (
    "INSERT INTO order_event (order_id, seq, type, version, recorded_at, effective_at, actor_role,"
    " actor_company_id, actor_person_id, command_id, payload, previous_hash, hash)"
    " VALUES ('ord_1', {seq}, 'X', 1, now(), now(), 'clock', '', '', '', '{{}}', sha256('a'), sha256('b'))"
)


def line(
    *, seq: int = 1, entry: int = 1, number: int = 1, amount: int, currency: str = "USD"
) -> str:
    return POSTING.format(seq=seq, entry=entry, line=number, amount=amount, currency=currency)


def together(*statements: str) -> str:
    """Make one statement of several inserts into one table."""
    head = statements[0].split(" VALUES ")[0]
    return f"{head} VALUES " + ", ".join(one.split(" VALUES ")[1] for one in statements)


class TestBalance:
    def test_balanced_entry_is_taken(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        with books.database.as_application() as app:
            app.execute(together(line(amount=5), line(number=2, amount=-5)))

    @pytest.mark.parametrize(
        "statement",
        [
            line(amount=5),
            together(line(amount=5), line(number=2, amount=-4)),
            together(line(amount=5), line(number=2, amount=-5, currency="EUR")),
            together(line(amount=5), line(entry=2, number=1, amount=-5)),
        ],
        ids=["one-sided", "unequal", "two currencies", "two entries"],
    )
    def test_entry_out_of_balance_is_refused_at_once(self, books: Books, statement: str) -> None:
        books.ask(OPEN_BOX)
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.CheckViolation) as refusal,
        ):
            app.execute(statement)
        assert refusal.value.diag.constraint_name == "order_posting_balances"

    def test_nothing_is_added_to_an_event_later_not_even_in_balance(self, books: Books) -> None:
        books.filled()
        with books.database.as_application() as app:
            later = together(
                line(seq=2, entry=2, amount=5), line(seq=2, entry=2, number=2, amount=-5)
            )
            with pytest.raises(psycopg.errors.CheckViolation, match="first line"):
                app.execute(later)

    def test_postings_without_their_event_are_refused(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        orphans = together(line(seq=9, amount=5), line(seq=9, number=2, amount=-5))
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.ForeignKeyViolation),
        ):
            app.execute(orphans)

    def test_without_the_wall_the_imbalance_would_be_taken(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        with books.database.as_owner() as owner:
            owner.execute("ALTER TABLE order_posting DISABLE TRIGGER order_posting_balances")
        with books.database.as_application() as app:
            app.execute(line(amount=5))
        assert books.held_minor() == -5


class TestSequence:
    @pytest.mark.parametrize("seq", [3, 100])
    def test_gap_is_refused(self, books: Books, seq: int) -> None:
        books.ask(OPEN_BOX)
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.ForeignKeyViolation) as refusal,
        ):
            app.execute(EVENT.format(seq=seq))
        assert refusal.value.diag.constraint_name == "order_event_follows"

    def test_number_is_used_once(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.CheckViolation),
        ):
            app.execute(EVENT.format(seq=1))
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.UniqueViolation),
        ):
            app.execute(
                EVENT.format(seq=1).replace("sha256('a')", "decode(repeat('00', 32), 'hex')")
            )

    def test_without_the_wall_the_gap_would_be_taken(self, books: Books) -> None:
        books.ask(OPEN_BOX)
        with books.database.as_owner() as owner:
            owner.execute("ALTER TABLE order_event DROP CONSTRAINT order_event_follows")
        with books.database.as_application() as app:
            app.execute(EVENT.format(seq=100))


class TestWhatWasWrittenStays:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE order_event SET payload = '{}'",
            "UPDATE order_posting SET amount_minor = 1",
            "UPDATE order_command SET refusal_code = NULL, facts = NULL",
            "UPDATE order_outbox SET payload = '{}'",
            "UPDATE order_head SET order_id = 'ord_2'",
            "DELETE FROM order_event",
            "DELETE FROM order_posting",
            "DELETE FROM order_command",
            "DELETE FROM order_outbox",
            "DELETE FROM order_head",
            "DELETE FROM order_message",
            "TRUNCATE order_posting",
            "ALTER TABLE order_posting DISABLE TRIGGER ALL",
            "ALTER TABLE order_head DISABLE ROW LEVEL SECURITY",
            "UPDATE checkpoint SET root = sha256('x')",
        ],
    )
    def test_application_is_denied(self, books: Books, statement: str) -> None:
        books.filled()
        books.ask(PayOut(amount_minor=1))
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute(statement)


class TestMessages:
    INSERT = (
        "INSERT INTO order_message (order_id, message_no, author_role, author_company_id, author_person_id,"
        " sent_at, body, salt, body_hash) VALUES ('ord_1', 1, 'buyer', 'com_buyer', 'per_b', now(), 'hello', substring(sha256('salt') for 16), sha256('hello'))"
    )

    def test_text_is_erased_and_hash_stays(self, books: Books) -> None:
        with books.database.as_application() as app:
            app.execute(self.INSERT)
            app.execute("UPDATE order_message SET body = NULL, salt = NULL, erased_at = now()")
            row = app.execute("SELECT body, body_hash = sha256('hello') FROM order_message")
            assert row.fetchone() == (None, True)

    @pytest.mark.parametrize(
        "change", ["body = 'other'", "body = NULL", "body = 'x', erased_at = now()"]
    )
    def test_text_is_never_changed(self, books: Books, change: str) -> None:
        with books.database.as_application() as app:
            app.execute(self.INSERT)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"UPDATE order_message SET {change}")

    def test_erased_is_erased_once(self, books: Books) -> None:
        with books.database.as_application() as app:
            app.execute(self.INSERT)
            app.execute("UPDATE order_message SET body = NULL, salt = NULL, erased_at = now()")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("UPDATE order_message SET erased_at = now()")


class TestStrands:
    LATER = TestMessages.INSERT.replace("'ord_1', 1", "'ord_1', 3")

    def test_number_follows_on_the_one_before_it(self, books: Books) -> None:
        with books.database.as_application() as app:
            app.execute(TestMessages.INSERT)
            with pytest.raises(psycopg.errors.ForeignKeyViolation, match="follows on nothing"):
                app.execute(self.LATER)

    def test_hash_is_not_the_writers_to_choose(self, books: Books) -> None:
        chosen = TestMessages.INSERT.replace("body_hash)", "body_hash, hash)").replace(
            "sha256('hello'))", "sha256('hello'), sha256('chosen'))"
        )
        with books.database.as_application() as app:
            app.execute(chosen)
            row = app.execute("SELECT hash = sha256('chosen') FROM order_message")
            assert row.fetchone() == (False,)

    def test_the_last_only_moves_on(self, books: Books) -> None:
        with books.database.as_application() as app:
            app.execute(
                "INSERT INTO order_strand (order_id, strand, last_no, last_hash)"
                " VALUES ('ord_1', 'order_message', 2, sha256('x'))"
            )
            for number in (1, 2):
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
                    app.execute("UPDATE order_strand SET last_no = %s", [number])
            app.execute("UPDATE order_strand SET last_no = 3")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE order_message SET hash = sha256('x')",
            "UPDATE order_strand SET order_id = 'ord_2'",
            "DELETE FROM order_strand",
            "DELETE FROM order_file",
        ],
    )
    def test_application_is_denied(self, books: Books, statement: str) -> None:
        with (
            books.database.as_application() as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute(statement)


class TestRowSecurity:
    TABLES = ("order_head", "order_event", "order_posting", "order_message", "order_file")

    @pytest.fixture
    def reader(self, books: Books) -> psycopg.Connection:
        for number, company in enumerate(("com_a", "com_b", "com_c")):
            box = f"ord_{number}"
            books.ask(
                OpenBox(buyer_id=company, supplier_id="com_s"), box=box, actor=OPERATOR
            ).unwrap()
            books.ask(Fill(amount_minor=5), box=box, actor=OPERATOR).unwrap()
            with books.database.as_application() as app:
                app.execute(TestMessages.INSERT.replace("ord_1", box))
        return books.database.as_application()

    def seen(self, reader: psycopg.Connection, table: str) -> set[str]:
        return {row[0] for row in reader.execute(f"SELECT order_id FROM {table}")}

    def test_company_sees_its_own_and_no_other(self, reader: psycopg.Connection) -> None:
        with reader:
            for table in self.TABLES[:4]:
                with reading(reader, "com_b"):
                    assert self.seen(reader, table) == {"ord_1"}
                with reading(reader, "com_s"):
                    assert self.seen(reader, table) == {"ord_0", "ord_1", "ord_2"}
                with reading(reader, "com_x"):
                    assert self.seen(reader, table) == set()

    def test_nobody_named_sees_nothing(self, reader: psycopg.Connection) -> None:
        with reader:
            for _ in range(2):
                with reading_for_nobody(reader):
                    for table in self.TABLES:
                        assert self.seen(reader, table) == set()
                with reading(reader, "com_b"):
                    pass
            reader.execute("SET fairlot.company_id = ''")
            with reading_for_nobody(reader):
                assert self.seen(reader, "order_head") == set()

    @pytest.mark.parametrize("table", ["order_command", "order_outbox", "order_rollup"])
    def test_reader_has_no_business_in_the_books_of_the_write_path(
        self, reader: psycopg.Connection, table: str
    ) -> None:
        with (
            reader,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            reading(reader, "com_b"),
        ):
            self.seen(reader, table)

    @pytest.mark.parametrize(
        "statement", [EVENT.format(seq=3), "UPDATE order_head SET status = 'x'"]
    )
    def test_reader_writes_nothing(self, reader: psycopg.Connection, statement: str) -> None:
        """Neither in a transaction that only reads, nor by its rights."""
        with reader:
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), reading(reader, "com_b"):
                reader.execute(statement)
            with pytest.raises(psycopg.errors.InsufficientPrivilege), reading_for_nobody(reader):
                reader.execute(statement)

    def test_without_the_policy_another_companys_rows_would_show(
        self, books: Books, reader: psycopg.Connection
    ) -> None:
        with books.database.as_owner() as owner:
            owner.execute("ALTER POLICY own_company ON order_head USING (true)")
        with reader, reading(reader, "com_b"):
            assert self.seen(reader, "order_event") == {"ord_0", "ord_1", "ord_2"}

    def test_even_the_owner_of_the_tables_reads_nothing_without_the_right_to_bypass(
        self, books: Books
    ) -> None:
        books.filled()
        with books.database.as_owner() as owner, owner.transaction(force_rollback=True):
            owner.execute("CREATE ROLE plain_owner NOLOGIN NOBYPASSRLS")
            owner.execute("GRANT plain_owner TO CURRENT_USER")
            owner.execute("GRANT CREATE ON SCHEMA public TO plain_owner")
            owner.execute("ALTER TABLE order_head OWNER TO plain_owner")
            owner.execute("SET LOCAL ROLE plain_owner")
            assert owner.execute("SELECT count(*) FROM order_head").fetchone() == (0,)

    def test_a_connection_of_the_pool_never_carries_a_company_over(
        self, reader: psycopg.Connection
    ) -> None:
        with reader:
            for turn in range(1_000):
                company = ("com_a", "com_b", "com_c")[turn % 3]
                with reading(reader, company):
                    assert self.seen(reader, "order_head") == {f"ord_{turn % 3}"}
                with reading_for_nobody(reader):
                    assert self.seen(reader, "order_head") == set()


def test_application_connects_as_its_role(books: Books) -> None:
    with psycopg.connect(application_dsn(books.database.app_dsn)) as app:
        assert app.execute("SELECT current_user").fetchone() == ("fairlot_app",)
