"""The embedded server: shared, stopped by its last user, and none the worse for any kill or leftover."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fairlot.config import Settings
from fairlot.store.connection import (
    APPLICATION_ROLE,
    OWNER_ROLE,
    refuse_unsafe_database,
)
from fairlot.store.server import embedded
from fairlot.store.server import embedded_host as host
from fairlot.store.server.embedded import EmbeddedError
from tests.support.embedded_server import ask, running, started_at, store_a_row, stored_row, tell
from tests.support.postgres import embedded_settings
from tests.support.server_crash import (
    kill_postmaster,
    kill_server,
    server_processes,
)

REPOSITORY = Path(__file__).parents[2]

# --- What a start gives ---


class TestFreshServer:
    def test_roles_have_the_rights_they_need_and_no_more(self, data_dir: Path) -> None:
        query = (
            "SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        )
        with running(data_dir) as server:
            assert ask(server.owner_dsn, query) == (OWNER_ROLE, False, True, True)
            assert ask(server.app_dsn, query) == (APPLICATION_ROLE, False, False, False)
            owner = (
                "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'fairlot'"
            )
            assert ask(server.app_dsn, owner) == OWNER_ROLE

    def test_it_is_durable_checked_and_the_same_in_every_locale(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            settings = (
                "fsync synchronous_commit full_page_writes data_checksums restart_after_crash"
            )
            for name in settings.split():
                assert ask(server.app_dsn, f"SHOW {name}") == "on", name
            assert ask(server.app_dsn, "SHOW data_sync_retry") == "off"
            assert ask(server.app_dsn, "SHOW server_encoding") == "UTF8"
            assert ask(server.app_dsn, "SHOW TimeZone") == "UTC"
            assert ask(server.app_dsn, "SELECT 'B' < 'a'") is True
            with psycopg.connect(server.app_dsn) as connection:
                refuse_unsafe_database(connection, demo=False)

    def test_only_its_own_user_gets_in(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            assert ask(server.app_dsn, "SHOW listen_addresses") == ""
            sockets = Path(str(conninfo_to_dict(server.app_dsn)["host"]))
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            passwords = data_dir / "embedded" / "passwords"
            assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
            secret_words = [line.rsplit(":", 1)[1] for line in passwords.read_text().splitlines()]
            assert len(set(secret_words)) == 2
            for word in secret_words:
                assert word not in server.app_dsn + server.owner_dsn
                assert word not in (data_dir / "embedded" / "postgres.log").read_text()
            wrong = make_conninfo(server.app_dsn, password="guess", passfile="/dev/null")
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(wrong)

    def test_outside_a_demo_it_says_that_it_is_not_for_real_money(
        self, data_dir: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with embedded.server(Settings(data_dir=data_dir)):
            assert "not meant for real money" in caplog.text
        caplog.clear()
        with embedded.server(Settings(data_dir=data_dir, demo=True)):
            assert caplog.text == ""

    @pytest.mark.parametrize("binaries", host.installed_binaries(), ids=str)
    def test_every_postgresql_of_this_machine_will_do(
        self, empty_dir: Path, binaries: Path
    ) -> None:
        with running(empty_dir, binaries=binaries) as server:
            store_a_row(server)
        with running(empty_dir, binaries=binaries) as server:
            assert stored_row(server) == 7

    def test_your_own_server_is_used_as_it_is(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            word = (data_dir / "embedded" / "passwords").read_text().split(":")[4].split("\n")[0]
            parts = conninfo_to_dict(server.owner_dsn)
            url = f"postgresql://{OWNER_ROLE}:{word}@/fairlot?host={parts['host']}&port=5432"
            settings = Settings(data_dir=data_dir / "unused", database_url=url)
            with embedded.server(settings) as own:
                assert ask(own.owner_dsn, "SELECT current_user::text") == OWNER_ROLE
                # One login for both: it acts as the application's role all the same.
                superuser = server.cluster.superuser_conninfo()
                tell(superuser, f"GRANT {APPLICATION_ROLE} TO {OWNER_ROLE}")
                assert ask(own.app_dsn, "SELECT current_user::text") == APPLICATION_ROLE
            assert not (data_dir / "unused").exists()
            assert server_processes(server)


# --- Who starts it and who stops it ---

_USER_OF_THE_SERVER = """
import sys
from pathlib import Path
import psycopg
from fairlot.store.server import embedded
from tests.support.postgres import embedded_settings
with embedded.server(embedded_settings(Path(sys.argv[1]))) as server:
    with psycopg.connect(server.app_dsn) as connection:
        print(connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0], flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def processes_using(data_dir: Path, count: int) -> Iterator[Sequence[subprocess.Popen[str]]]:
    """Start `count` processes that all take a lease in the same moment and keep it until their input ends."""
    command = [sys.executable, "-c", _USER_OF_THE_SERVER, str(data_dir)]
    environment = {**os.environ, "PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}"}
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env=environment,
                    cwd=REPOSITORY,
                )
            )
            for _ in range(count)
        ]


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end_input(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == 0


class TestSharing:
    def test_processes_that_start_together_share_one_server_until_the_last_leaves(
        self, empty_dir: Path
    ) -> None:
        data = empty_dir / "embedded" / "cluster" / "postgres"
        with processes_using(empty_dir, 3) as processes:
            starts = {first_line(process) for process in processes}
            assert len(starts) == 1
            assert "" not in starts
            for process in processes[:-1]:
                end_input(process)
            assert host.processes_in(data.resolve())
            end_input(processes[-1])
        assert not host.processes_in(data.resolve())
        assert not (data / "postmaster.pid").exists()

    def test_a_killed_application_leaves_its_server_to_the_next_which_stops_it(
        self, data_dir: Path
    ) -> None:
        with processes_using(data_dir, 1) as (victim,):
            start = first_line(victim)
            victim.send_signal(signal.SIGKILL)
            victim.wait()
        with running(data_dir) as server:
            assert str(started_at(server)).split(".")[0] == start.split(".", maxsplit=1)[0]
        assert not server_processes(server)

    def test_leases_within_one_process_count_too(self, data_dir: Path) -> None:
        with running(data_dir) as outer:
            with running(data_dir) as inner:
                assert started_at(inner) == started_at(outer)
            assert ask(outer.app_dsn, "SELECT 1") == 1
        assert not server_processes(outer)

    def test_leaving_twice_is_leaving_once(self, data_dir: Path) -> None:
        with running(data_dir) as other:
            lease = embedded.join(embedded_settings(data_dir))
            lease.leave()
            lease.leave()
            assert ask(other.app_dsn, "SELECT 1") == 1

    def test_a_start_that_fails_says_why_and_leaves_nothing_running(self, data_dir: Path) -> None:
        nonsense = {"shared_buffers": "much"}
        with pytest.raises(EmbeddedError, match='"shared_buffers": "much"'):
            embedded.join(embedded_settings(data_dir), options=nonsense)
        assert not host.is_locked(data_dir / "embedded" / "users.lock")
        with running(data_dir) as server:
            assert ask(server.app_dsn, "SELECT 1") == 1


# --- Kills and what they leave ---


class TestAfterAKill:
    def test_a_killed_postmaster_is_replaced_at_the_next_use(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            store_a_row(server)
            before = started_at(server)
            kill_postmaster(server)
            server.ensure_running()
            assert started_at(server) != before
            assert stored_row(server) == 7

    def test_a_child_busy_with_a_long_statement_does_not_hold_up_the_restart(
        self, data_dir: Path
    ) -> None:
        with running(data_dir) as server, closing(psycopg.connect(server.owner_dsn)) as busy:
            busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12::bigint)")
            kill_postmaster(server)
            server.ensure_running()
            assert ask(server.app_dsn, "SELECT 1") == 1

    def test_a_directory_left_unclean_recovers(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            store_a_row(server)
            kill_server(server)
        with running(data_dir) as server:
            assert stored_row(server) == 7
        assert (
            "automatic recovery in progress" in (data_dir / "embedded" / "postgres.log").read_text()
        )

    def test_leftovers_that_name_a_living_foreign_process_do_not_matter(
        self, data_dir: Path
    ) -> None:
        with running(data_dir) as server:
            cluster = server.cluster
            sockets = cluster.socket_dir()
            kill_server(server)
            record = (cluster.data / "postmaster.pid").read_text().splitlines()
            with foreign_process(cluster.user) as foreign:
                record[0] = str(foreign)
                (cluster.data / "postmaster.pid").write_text("\n".join(record) + "\n")
                (sockets / f"{host.SOCKET_NAME}.lock").write_text("\n".join(record) + "\n")
                # PostgreSQL by itself believes the number and refuses.
                binaries = host.server_binaries(None, cluster.user)
                alone = host.run_as(cluster.user, [binaries / "postgres", "-D", cluster.data])
                assert b"already exists" in alone.stdout
                server.ensure_running()
                assert ask(server.app_dsn, "SELECT 1") == 1

    def test_a_killed_first_start_leaves_nothing_half_made(self, empty_dir: Path) -> None:
        home = empty_dir / "embedded" / "cluster"
        host.make_directory(home, host.shared_directory_mode())
        (home / "new-0badcafe").mkdir()
        (home / "new-0badcafe" / "PG_VERSION").write_text("1")
        with running(empty_dir) as server:
            assert ask(server.app_dsn, "SELECT 1") == 1
            assert sorted(path.name for path in home.iterdir()) == ["postgres", "socket"]

    def test_lost_passwords_are_made_anew(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            store_a_row(server)
        (data_dir / "embedded" / "passwords").unlink()
        with running(data_dir) as server:
            assert stored_row(server) == 7
            assert ask(server.app_dsn, "SELECT current_user::text") == APPLICATION_ROLE

    def test_django_wakes_a_killed_server(self, data_dir: Path) -> None:
        script = """
import os, signal
import django
from django.db import connection
django.setup()
from fairlot import config
from fairlot.store.server import embedded
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('lock_timeout')")
        return cursor.fetchone()
print(ask())
lease = embedded.process_lease(config.settings())
os.kill(int((lease.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
connection.close()
print(ask())
"""
        environment = {**os.environ, "FAIRLOT_DATA_DIR": str(data_dir), "FAIRLOT_DEMO": "1"}
        environment |= {"DJANGO_SETTINGS_MODULE": "fairlot.settings"}
        environment |= {"PYTHONPATH": str(REPOSITORY / "src")}
        done = subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert done.stdout.splitlines() == [f"('{APPLICATION_ROLE}', '5s')"] * 2
        # Its lease ended with the process, and it was the last.
        assert not host.is_locked(data_dir / "embedded" / "server.lock")


@contextlib.contextmanager
def foreign_process(user: host.ServerUser) -> Iterator[int]:
    """A living process of the server's user that has nothing to do with PostgreSQL."""
    with subprocess.Popen(
        ["/bin/cat"], stdin=subprocess.PIPE, user=user.uid if user.switch else None, cwd="/"
    ) as process:
        yield process.pid
        assert process.stdin is not None
        process.stdin.close()
