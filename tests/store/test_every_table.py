"""A2: over every table that the catalogue knows, the reader gets for a company exactly what is that company's, and else nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg import sql

from fairlot.store.reach import READER_ROLE, reading
from fairlot.store.writing.family import FAMILIES, SUSPENSE
from tests.support.catalogue import readable_relations, relations
from tests.support.market import Market
from tests.support.postgres import Database
from tests.support.reader import reading_for_nobody
from tests.support.trading_companies import STRANGER_ID, companies, trade

# Whose the rows under an id are, asked as the owner, past every policy.
OWN = {
    "order_id": (
        "SELECT order_id FROM order_head"
        " WHERE %(company)s = ANY (participant_company_ids || buyer_company_id || supplier_company_id)"
    ),
    "payout_id": "SELECT payout_id FROM payout_head WHERE company_id = %(company)s",
    "limit_id": "SELECT limit_id FROM limit_head WHERE company_id = %(company)s",
    # A report is its reporter's, and once it is judged that of whom it is about.
    "report_id": (
        "SELECT report_id FROM supplier_report WHERE reporter_company_id = %(company)s"
        " OR company_id = %(company)s AND status <> 'open'"
    ),
    "endpoint_id": "SELECT endpoint_id FROM webhook_endpoint WHERE company_id = %(company)s",
    "company_id": "SELECT %(company)s::text",
}
# Tables with several of these ids, and the one that says whose their rows are.
CHOSEN = {"supplier_report": "report_id"}
NOBODY = ""
# No event of a limit moves money, so nothing is ever posted there; the wall around it is tried all the same. The rest
# belongs to rooms beside the orders, whose own tests show how it comes to be.
BESIDE_THE_ORDERS = (
    """
    INSERT INTO limit_posting (limit_id, seq, entry_no, line_no, template, account, part, currency,
      amount_minor, rules_version)
    SELECT limit_id, 1, 1, line_no, 'planted', 'held', '', 'USD', amount_minor, 1
    FROM limit_head, (VALUES (1, 5), (2, -5)) AS lines (line_no, amount_minor)
    """,
    """
    INSERT INTO order_lift (order_id, version_hash, message_no)
    SELECT order_id, repeat('a', 64), message_no FROM order_message
    """,
    """
    INSERT INTO webhook_endpoint (endpoint_id, company_id, url, event_types, secret, created_at, created_by)
    SELECT 'end_' || id, id, 'https://example.com/', '{}', 'sealed', now(), 'per_1'
    FROM (VALUES ('com_anna'), ('com_bert'), ('')) AS companies (id)
    """,
    """
    INSERT INTO webhook_delivery (delivery_id, endpoint_id, event_type, body, created_at, state, round_began_at)
    SELECT 'del_' || endpoint_id, endpoint_id, 'order.agreed', '{}', now(), 'delivered', now()
    FROM webhook_endpoint
    """,
    """
    INSERT INTO webhook_attempt (delivery_id, attempt_no, endpoint_id, started_at, duration_ms, status, outcome,
      response_excerpt)
    SELECT delivery_id, 1, endpoint_id, now(), 1, 200, 'delivered', '' FROM webhook_delivery
    """,
    """
    INSERT INTO supplier_document (company_id, kind, content_hash, given_at, given_by)
    SELECT id, 'license', repeat('a', 64), now(), 'per_1' FROM (VALUES ('com_shen'), ('com_ting')) AS companies (id)
    """,
    """
    INSERT INTO supplier_report (company_id, report_id, order_id, message_no, kind, note, reported_at,
      reporter_company_id, reporter_person_id, status, judged_at)
    VALUES ('com_shen', 'rep_1', 'ord_fulfilled', 1, 'wire', '', now(), 'com_anna', 'per_1', 'open', NULL),
      ('com_ting', 'rep_2', 'ord_under_way', 1, 'wire', '', now(), 'com_bert', 'per_2', 'upheld', now())
    """,
)


class Whose:
    """A table and the column that says whose its rows are: the id of something that is a company's, or the company's."""

    def __init__(self, table: str, columns: set[str]) -> None:
        self.table = table
        found = [CHOSEN[table]] if table in CHOSEN else [name for name in OWN if name in columns]
        assert found, f"nothing in {table} says whose its rows are"
        self.column = found[0]

    def own(self, owner: psycopg.Connection, company_id: str) -> set[str]:
        """Return the ids whose rows a company may see, of those that have rows in the table."""
        if company_id == NOBODY:
            return set()
        rows = owner.execute(OWN[self.column], {"company": company_id})
        return {row[0] for row in rows} & self.seen(owner)

    def seen(self, connection: psycopg.Connection) -> set[str]:
        """Return the ids that a connection finds in the table."""
        query = sql.SQL("SELECT DISTINCT {} FROM {}").format(
            sql.Identifier(self.column), sql.Identifier(self.table)
        )
        return {row[0] for row in connection.execute(query)}


@pytest.fixture(scope="module")
def traded(shared_database: Database) -> Database:
    with closing(Market(shared_database)) as market:
        trade(market)
    with shared_database.as_application() as application:
        for statement in BESIDE_THE_ORDERS:
            application.execute(statement)
    return shared_database


@pytest.fixture
def reader(traded: Database) -> Iterator[psycopg.Connection]:
    with traded.as_application() as connection:
        yield connection


@pytest.fixture
def owner(traded: Database) -> Iterator[psycopg.Connection]:
    with traded.as_owner() as connection:
        yield connection


def tables(owner: psycopg.Connection) -> list[Whose]:
    """Return every table and view in which the reader may read anything at all."""
    return [
        Whose(name, columns) for name, columns in readable_relations(owner, READER_ROLE).items()
    ]


def wrong(owner: psycopg.Connection, reader: psycopg.Connection) -> Mapping[str, set[str]]:
    """Return what companies see that is not theirs, or do not see though it is, table by table."""
    found: dict[str, set[str]] = {}
    for company_id in (*companies(), NOBODY):
        for table in tables(owner):
            expected = table.own(owner, company_id)
            with (
                reading_for_nobody(reader) if company_id == NOBODY else reading(reader, company_id)
            ):
                seen = table.seen(reader)
            if seen != expected:
                found.setdefault(table.table, set()).add(company_id)
    return found


def test_a2_every_company_sees_its_own_and_nobody_elses(
    owner: psycopg.Connection, reader: psycopg.Connection
) -> None:
    assert wrong(owner, reader) == {}


def test_every_table_in_which_somebody_may_read_holds_rows_of_several(
    owner: psycopg.Connection,
) -> None:
    """Else the test above would prove nothing of it."""
    readable = tables(owner)
    of_companies = {family for family in FAMILIES if family != SUSPENSE.name}
    assert {f"{family}_event" for family in of_companies} <= {one.table for one in readable}
    assert [one.table for one in readable if len(one.seen(owner)) < 2] == []
    for one in readable:
        rows_of = {company_id: one.own(owner, company_id) for company_id in companies()}
        assert rows_of[STRANGER_ID] == set()
        assert len({frozenset(ids) for ids in rows_of.values()}) > 2, one.table


def test_a2_all_other_tables_are_closed_to_the_reader(
    owner: psycopg.Connection, reader: psycopg.Connection
) -> None:
    closed = sorted(set(relations(owner)) - set(readable_relations(owner, READER_ROLE)))
    assert {"order_command", "order_outbox", "account_balance", "receiving_account"} <= set(closed)
    for name in closed:
        query = sql.SQL("SELECT FROM {}").format(sql.Identifier(name))
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            reading(reader, companies()[0]),
        ):
            reader.execute(query)


@contextmanager
def wall_down(owner: psycopg.Connection, table: str) -> Iterator[None]:
    """Take row security off a table for the length of a block."""
    name = sql.Identifier(table)
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(name))
    try:
        yield
    finally:
        owner.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))


def test_a2_a_wall_taken_down_is_caught_at_every_table(
    owner: psycopg.Connection, reader: psycopg.Connection
) -> None:
    """The planted fault: nobody keeps the companies apart any more."""
    for table in tables(owner):
        with wall_down(owner, table.table):
            leaking = wrong(owner, reader)
            assert {STRANGER_ID, NOBODY} <= leaking[table.table]
    assert wrong(owner, reader) == {}


def test_a2_a_policy_dropped_or_opened_is_caught(database: Database) -> None:
    """The planted faults, in a database that is thrown away."""
    with closing(Market(database)) as market:
        trade(market)
    with (
        database.as_owner() as owner,
        database.as_application() as reader,
    ):
        owner.execute("ALTER POLICY own_company ON order_head USING (true)")
        leaking = wrong(owner, reader)
        assert STRANGER_ID in leaking["order_event"]
        assert "payout_event" not in leaking
        owner.execute("DROP POLICY own_company ON payout_posting")
        owner.execute("GRANT SELECT ON order_command TO fairlot_reader")
        owner.execute(
            "CREATE POLICY open ON order_command FOR SELECT TO fairlot_reader USING (true)"
        )
        leaking = wrong(owner, reader)
        assert "com_shen" in leaking["payout_posting"]
        assert STRANGER_ID in leaking["order_command"]
