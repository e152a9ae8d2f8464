"""Orders read from the database: each company its own, the platform all, and never before the latest record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from fairlot.application.queries.orders import (
    NotReadableError,
    find_contract,
    find_due,
    find_order,
    find_orders,
    find_story,
)
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Right, Status
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.store.files import FileStore
from fairlot.store.reach import reading
from tests.support.postgres import Database
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER, OPERATOR, SUPPLIER, TERMS

POLICIES = {policy_id(policy): policy for policy in shipped_policies().values()}
STRANGER = Actor(role=Role.BUYER, company_id="com_other")
AGENT = Actor(role=Role.AGENT, company_id="com_agent")
# Long before anything that these trades record.
EARLY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def trades(shared_database: Database) -> Iterator[dict[str, StoredTrade]]:
    """Three stored orders."""
    made = {}
    for stage in ("proposed", "in_production", "delivered"):
        trade = StoredTrade(shared_database, f"ord_{stage}", terms=TERMS)
        getattr(trade, stage)()
        made[stage] = trade
    made["delivered"].ask(BUYER, c.GrantMandate(agent_id="com_agent", rights=(Right.FOLLOW,)))
    yield made
    for trade in made.values():
        trade.close()


@pytest.fixture
def application(
    shared_database: Database, trades: dict[str, StoredTrade]
) -> Iterator[psycopg.Connection]:
    """A connection of the application's role."""
    del trades
    with shared_database.as_application() as connection:
        yield connection


class TestFindOrder:
    def test_what_was_recorded_is_what_is_read(
        self, application: psycopg.Connection, trades: dict[str, StoredTrade]
    ) -> None:
        story = find_story(application, "ord_delivered", viewer=OPERATOR)
        assert [recorded.event for recorded in story] == trades["delivered"].events
        assert [recorded.seq for recorded in story] == list(range(1, len(story) + 1))
        assert all(len(recorded.hash) == 64 for recorded in story)

    @pytest.mark.parametrize(
        ("viewer", "seen"),
        [(BUYER, True), (SUPPLIER, True), (OPERATOR, True), (AGENT, True), (STRANGER, False)],
        ids=lambda value: str(getattr(value, "company_id", value)),
    )
    def test_a_company_sees_what_it_takes_part_in(
        self, application: psycopg.Connection, viewer: Actor, *, seen: bool
    ) -> None:
        view = find_order(application, "ord_delivered", policies=POLICIES, now=EARLY, viewer=viewer)
        assert (view is not None) is seen

    def test_an_order_is_not_shown_before_its_latest_record(
        self, application: psycopg.Connection, trades: dict[str, StoredTrade]
    ) -> None:
        view = find_order(
            application, "ord_delivered", policies=POLICIES, now=EARLY, viewer=OPERATOR
        )
        assert view is not None
        assert view.at == trades["delivered"].now
        assert view.status is Status.DELIVERED

    def test_what_is_due_counts_though_nothing_wrote_it(
        self, application: psycopg.Connection
    ) -> None:
        late = dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
        view = find_order(
            application, "ord_delivered", policies=POLICIES, now=late, viewer=OPERATOR
        )
        assert view is not None
        assert view.status is Status.CLOSED
        assert [recorded.seq for recorded in view.story][-1] == 0

    def test_roles_that_read_no_orders_are_told_so(self, application: psycopg.Connection) -> None:
        for role in (Role.INSPECTOR, Role.CLOCK, Role.PROVIDER):
            with pytest.raises(NotReadableError):
                find_story(application, "ord_delivered", viewer=Actor(role=role))
        with pytest.raises(NotReadableError):
            find_story(application, "ord_delivered", viewer=Actor(role=Role.BUYER))


class TestFindOrders:
    def test_a_stranger_has_an_empty_list(self, application: psycopg.Connection) -> None:
        assert (
            find_orders(application, policies=POLICIES, now=EARLY, viewer=STRANGER, limit=9) == ()
        )

    def test_what_waits_for_the_viewer_comes_first_and_the_earliest_of_it(
        self, application: psycopg.Connection
    ) -> None:
        rows = find_orders(application, policies=POLICIES, now=EARLY, viewer=SUPPLIER, limit=9)
        assert [row.order_id for row in rows] == [
            "ord_proposed",
            "ord_in_production",
            "ord_delivered",
        ]
        assert [row.is_mine for row in rows] == [True, True, False]

    def test_lists_are_cut_and_searched(self, application: psycopg.Connection) -> None:
        first = find_orders(application, policies=POLICIES, now=EARLY, viewer=OPERATOR, limit=2)
        rest = find_orders(
            application, policies=POLICIES, now=EARLY, viewer=OPERATOR, limit=2, offset=2
        )
        assert {row.order_id for row in (*first, *rest)} == {
            "ord_proposed",
            "ord_in_production",
            "ord_delivered",
        }
        found = find_orders(
            application,
            policies=POLICIES,
            now=EARLY,
            viewer=OPERATOR,
            limit=9,
            order_id_like="_prod",
        )
        assert [row.order_id for row in found] == ["ord_in_production"]


class TestFindDue:
    def test_deadlines_by_an_instant_the_earliest_first(
        self, application: psycopg.Connection
    ) -> None:
        found = find_due(application, until=dt.datetime(2028, 1, 1, tzinfo=dt.UTC), limit=9)
        assert found[0][0] == "ord_proposed"
        assert [at for _, at in found] == sorted(at for _, at in found)
        assert find_due(application, until=EARLY, limit=9) == []


class TestReading:
    def test_a_reader_can_not_write(self, application: psycopg.Connection) -> None:
        with (
            pytest.raises((errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege)),
            reading(application, "com_buyer"),
        ):
            application.execute("DELETE FROM order_event")

    def test_a_reader_without_the_condition_sees_only_its_own(
        self, application: psycopg.Connection
    ) -> None:
        query = "SELECT count(*) FROM order_event"
        with reading(application, "com_other"):
            (theirs,) = application.execute(query).fetchone() or (None,)
        with reading(application, None):
            (every,) = application.execute(query).fetchone() or (None,)
        assert theirs == 0
        assert every is not None
        assert every > 0

    def test_the_narrowed_role_ends_with_the_block(self, application: psycopg.Connection) -> None:
        with reading(application, "com_buyer"):
            pass
        (role,) = application.execute("SELECT current_user").fetchone() or ("",)
        assert role == "fairlot_app"


class TestFindContract:
    def test_a_document_is_found_by_its_hash(self, tmp_path: Path) -> None:
        files = FileStore(tmp_path / "files")
        terms = keep_contract(files, example_contract())
        found = find_contract(files, terms.version_hash)
        assert found == example_contract()

    @pytest.mark.parametrize("version_hash", ["", "h1", "0" * 64, "../../etc/passwd"])
    def test_what_is_not_kept_is_none(self, version_hash: str, tmp_path: Path) -> None:
        assert find_contract(FileStore(tmp_path / "files"), version_hash) is None
