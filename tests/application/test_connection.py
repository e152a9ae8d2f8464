"""What the application refuses to work on: servers that could lose a commit, roles that walk through walls."""

from __future__ import annotations

import logging
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from fairlot.store.connection import (
    APPLICATION_ROLE,
    UnsafeDatabaseError,
    application_dsn,
    ensure_application_role,
    refuse_unsafe_database,
)
from fairlot.store.server import embedded
from fairlot.store.server.embedded import EmbeddedServer
from tests.support.embedded_server import ask, running, tell


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("fsync", "off"),
            ("synchronous_commit", "off"),
            ("synchronous_commit", "local"),
            ("full_page_writes", "off"),
            ("data_sync_retry", "on"),
        ],
    )
    def test_a_server_that_could_lose_a_commit_is_refused(
        self, data_dir: Path, name: str, value: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        with (
            running(data_dir, options={name: value}) as server,
            psycopg.connect(server.app_dsn) as connection,
        ):
            with pytest.raises(UnsafeDatabaseError, match=f"{name} is {value}"):
                refuse_unsafe_database(connection, demo=False)
            with caplog.at_level(logging.WARNING):
                refuse_unsafe_database(connection, demo=True)
            assert f"{name} is {value}" in caplog.text

    def test_a_role_that_walks_through_walls_is_refused_even_in_a_demo(
        self, postgres_server: embedded.Server
    ) -> None:
        assert isinstance(postgres_server, EmbeddedServer)
        superuser = postgres_server.cluster.superuser_conninfo("fairlot")
        with (
            psycopg.connect(superuser) as connection,
            pytest.raises(UnsafeDatabaseError, match="is a superuser"),
        ):
            refuse_unsafe_database(connection, demo=True)
        with psycopg.connect(postgres_server.owner_dsn) as connection:
            with pytest.raises(UnsafeDatabaseError, match="bypasses row security"):
                refuse_unsafe_database(connection, demo=True)
            connection.execute("CREATE TABLE public.mine ()")
            with pytest.raises(UnsafeDatabaseError, match="owns tables"):
                refuse_unsafe_database(connection, demo=True)
            connection.rollback()


def test_the_applications_connection_string_limits_locks_and_takes_the_role() -> None:
    acting = conninfo_to_dict(application_dsn("postgresql://somebody@db.example/trade"))
    assert f"-c role={APPLICATION_ROLE}" in str(acting["options"])
    assert "-c lock_timeout=5000" in str(acting["options"])
    itself = conninfo_to_dict(application_dsn(f"postgresql://{APPLICATION_ROLE}@db.example/trade"))
    assert "role=" not in str(itself["options"])


class TestApplicationRole:
    def test_is_made_once_and_the_owner_may_act_as_it(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            superuser = server.cluster.superuser_conninfo("fairlot")
            tell(superuser, f"DROP OWNED BY {APPLICATION_ROLE}")
            tell(superuser, f"DROP ROLE {APPLICATION_ROLE}")
            with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
                ensure_application_role(owner)
                ensure_application_role(owner)
            with psycopg.connect(application_dsn(server.owner_dsn)) as connection:
                refuse_unsafe_database(connection, demo=False)
                row = connection.execute(
                    "SELECT current_user::text, rolcanlogin FROM pg_roles WHERE rolname = current_user"
                )
                assert row.fetchone() == (APPLICATION_ROLE, False)

    def test_that_has_a_login_of_its_own_is_left_as_it_is(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
                ensure_application_role(owner)
            assert ask(server.app_dsn, "SELECT current_user::text") == APPLICATION_ROLE
