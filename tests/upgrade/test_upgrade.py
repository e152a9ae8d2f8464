"""C9: an older database comes to the present version with its history, killed or not; what takes away is refused."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from psycopg.conninfo import make_conninfo

from fairlot.domain.order import commands as c
from fairlot.domain.party import Actor, Role
from fairlot.store import conversation, strands
from fairlot.store.connection import connect
from fairlot.store.keeping.upgrade import (
    Plan,
    Step,
    UpgradeError,
    _running,
    contractions,
    plan,
    refuse_unsafe_plan,
    upgrade,
)
from fairlot.store.server import embedded
from tests.concurrency.soak import TEST_RUN_SHARE
from tests.support.market import Market
from tests.support.postgres import Database, fresh_database
from tests.support.trades import BEGINNING, BUYER
from tests.upgrade.drill_upgrade import (
    DUMP,
    databases_at_0003,
    faults_of,
    migrate_without_rollback,
    statements_of_an_upgrade,
    sweep,
)
from tests.upgrade.soak_upgrade import PLANTED_STATEMENTS, STATEMENTS_MAX

Fresh = Callable[[], AbstractContextManager[Database]]
# An order of the dump that is in production.
UNDER_WAY = "ord_example_under_way"
SPEAKING = 3
SAID = 4
SAID_BEFORE = f"""
INSERT INTO order_message (order_id, message_no, author_role, author_company_id, author_person_id, sent_at, body, salt, body_hash)
SELECT 'ord_' || speaker, said, 'buyer', 'com_1', 'per_1', now() + said * interval '1.000001 second', '价格 ' || said,
  salt, sha256(salt || convert_to('价格 ' || said, 'UTF8'))
FROM generate_series(1, {SPEAKING}) AS speaker, generate_series(1, {SAID}) AS said,
  LATERAL (SELECT substring(sha256(convert_to(speaker || ' ' || said, 'UTF8')) for 16) AS salt) AS salted
"""
SHOWN_BEFORE = f"""
INSERT INTO order_file (order_id, file_no, content_hash, size_bytes, media_type, file_name, purpose, author_role,
  author_company_id, author_person_id, added_at)
SELECT 'ord_' || speaker, shown, sha256('x'), 1, 'text/plain', 'a.txt', 'evidence', 'buyer', 'com_1', 'per_1', now()
FROM generate_series(1, {SPEAKING}) AS speaker, generate_series(1, {SAID}) AS shown
"""


@pytest.fixture(scope="module")
def fresh(postgres_server: embedded.Server) -> Iterator[Fresh]:
    with databases_at_0003(postgres_server) as made:
        yield made


@pytest.fixture
def old(fresh: Fresh) -> Iterator[Database]:
    """A database as it was left at migration 0003."""
    with fresh() as database:
        yield database


@contextmanager
def plain_owner(server: embedded.Server) -> Iterator[str]:
    """Make a role that can own a database, without the right to look past row security."""
    role = f"plain_owner_{os.getpid()}"
    with connect(server.owner_dsn) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN NOBYPASSRLS PASSWORD '{role}'")
        owner.execute(f"GRANT {role} TO CURRENT_USER")
        try:
            yield role
        finally:
            owner.execute(f"DROP ROLE {role}")


@pytest.mark.xdist_group("upgrade")
class TestHistory:
    def test_c9_an_old_database_comes_over_whole_and_goes_on(self, old: Database) -> None:
        with connect(old.owner_dsn) as owner:
            planned = plan(owner)
        assert not planned.is_new
        assert planned.pending
        assert planned.contracts == ()
        assert planned.unknown == ()
        assert upgrade(old.owner_dsn) == planned
        with connect(old.app_dsn) as application:
            assert plan(application).is_current
        assert faults_of(old) == []
        market = Market(old)
        try:
            ((supplier_id, latest_at),) = market.rows(
                "SELECT supplier_company_id, recorded_at FROM order_head WHERE order_id = %s",
                UNDER_WAY,
            )
            market.clock.now = latest_at + dt.timedelta(minutes=1)
            told = c.PostProductionUpdate(note_hash="c" * 64, percent=70)
            supplier = Actor(role=Role.SUPPLIER, company_id=supplier_id)
            market.desk.ask_order(
                UNDER_WAY, told, command_id="after-the-upgrade", actor=supplier
            ).unwrap()
        finally:
            market.close()
        assert [one for one in faults_of(old) if not one.startswith("root ")] == []

    def test_r47_what_was_said_before_there_were_strands_is_in_them_now(
        self, old: Database
    ) -> None:
        with old.as_owner() as owner:
            owner.execute(SAID_BEFORE)
            owner.execute(SHOWN_BEFORE)
            owner.execute(
                "UPDATE order_message SET body = NULL, salt = NULL, erased_at = now()"
                " WHERE order_id = 'ord_1' AND message_no = 2"
            )
        upgrade(old.owner_dsn)
        assert [one for one in faults_of(old) if not one.startswith("root ")] == []
        with old.as_application() as application, application.transaction():
            heads = [one for one in strands.strand_heads(application) if one.seq == SAID]
            assert len(heads) == 2 * SPEAKING
            later = conversation.add_message(
                application, order_id="ord_1", author=BUYER, sent_at=BEGINNING, body="and now"
            )
        assert later.number == SAID + 1
        assert [one for one in faults_of(old) if not one.startswith("root ")] == []

    @pytest.mark.usefixtures("fresh")  # the roles that the dump names
    def test_r47_an_owner_whom_row_security_binds_brings_it_over_whole(
        self, postgres_server: embedded.Server
    ) -> None:
        """As on servers where nobody may give out BYPASSRLS: rows that it does not see are not left as they were."""
        with (
            plain_owner(postgres_server) as role,
            fresh_database(postgres_server, template="template0") as old,
        ):
            with old.as_owner() as owner:
                owner.execute(f"GRANT CREATE ON SCHEMA public TO {role}")
                owner.execute(f"SET ROLE {role}")
                owner.execute(DUMP.read_bytes())
            with old.as_owner() as owner:
                owner.execute(SAID_BEFORE)
                owner.execute(SHOWN_BEFORE)
            upgrade(make_conninfo(old.owner_dsn, user=role, password=role))
            assert [one for one in faults_of(old) if not one.startswith("root ")] == []
            with old.as_application() as application:
                kept = application.execute("SELECT count(*) FROM order_strand").fetchone()
            assert kept == (2 * SPEAKING,)

    def test_c9_history_touched_by_an_upgrade_is_found(self, old: Database) -> None:
        upgrade(old.owner_dsn)
        with old.as_owner() as owner:
            owner.execute(
                "UPDATE order_event SET payload = convert_to("
                "replace(convert_from(payload, 'UTF8'), '2026', '2027'), 'UTF8')::event_payload"
                " WHERE seq = 2"
            )
        assert any("chain" in fault for fault in faults_of(old))

    def test_c9_an_upgrade_killed_at_a_statement_can_be_run_again(
        self, fresh: Fresh, postgres_server: embedded.Server, old: Database
    ) -> None:
        statements = statements_of_an_upgrade(old)
        assert statements < STATEMENTS_MAX
        every = range(0, statements, TEST_RUN_SHARE)
        swept = sweep(fresh, statements=every, server=postgres_server)
        assert swept.faults == []
        assert swept.trials == len(every)

    def test_c9_catches_migrations_that_are_not_taken_back(
        self, fresh: Fresh, postgres_server: embedded.Server
    ) -> None:
        planted = sweep(
            fresh,
            statements=PLANTED_STATEMENTS,
            server=postgres_server,
            run=migrate_without_rollback,
        )
        assert any("cannot be run again" in fault for fault in planted.faults)


class TestPlan:
    @pytest.mark.parametrize(
        ("operation", "is_contraction"),
        [
            (migrations.RunSQL("CREATE TABLE a (b int); GRANT SELECT ON a TO fairlot_app"), False),
            (migrations.RunSQL("ALTER TABLE a ADD COLUMN c text NOT NULL DEFAULT ''"), False),
            (migrations.RunSQL("-- DROP TABLE was considered\nSELECT 1"), False),
            (migrations.RunSQL("ALTER TABLE a DROP COLUMN b"), True),
            (migrations.RunSQL("drop  table a"), True),
            (migrations.RunSQL("ALTER TABLE a ALTER COLUMN b TYPE bigint"), True),
            (migrations.RunSQL("ALTER TABLE a ALTER b SET NOT NULL"), True),
            (migrations.RunSQL("ALTER TABLE a RENAME TO b"), True),
            (migrations.RunSQL("REVOKE INSERT ON a FROM fairlot_app"), True),
            (migrations.AddField("person", "note", models.TextField(default="")), False),
            (migrations.RemoveField("person", "email"), True),
            (migrations.DeleteModel("person"), True),
        ],
    )
    def test_what_takes_away_is_told_from_what_adds(
        self, operation: Operation, *, is_contraction: bool
    ) -> None:
        planted = type("Planted", (migrations.Migration,), {"operations": [operation]})
        assert bool(contractions(planted("9999_planted", "store"))) is is_contraction

    def test_taking_away_waits_until_the_processes_are_stopped(self) -> None:
        step = Step(name="store.9999_planted", contracts=("DROP COLUMN",))
        found = Plan(is_new=False, applied=1, pending=(step,), unknown=())
        with pytest.raises(UpgradeError, match="stop `fairlot serve` and `fairlot worker`"):
            refuse_unsafe_plan(found, are_stopped=False, running=0)
        with pytest.raises(UpgradeError, match="2 connections"):
            refuse_unsafe_plan(found, are_stopped=True, running=2)
        refuse_unsafe_plan(found, are_stopped=True, running=0)

    def test_running_processes_are_seen_by_the_name_of_their_connections(
        self, database: Database
    ) -> None:
        with database.as_owner() as owner:
            before = _running(owner)
            with psycopg.connect(database.app_dsn):
                assert _running(owner) == before + 1
