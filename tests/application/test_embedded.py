"""The embedded server: shared, stopped by its last user, and none the worse for any kill, leftover or odd directory."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
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
from fairlot.store import embedded
from fairlot.store import embedded_host as host
from fairlot.store.connection import (
    APPLICATION_ROLE,
    OWNER_ROLE,
    UnsafeDatabaseError,
    application_dsn,
    refuse_unsafe_database,
)
from fairlot.store.embedded import EmbeddedError, EmbeddedServer
from tests.support.postgres import embedded_settings, run_directory
from tests.support.server_crash import (
    kill_postmaster,
    kill_server,
    server_processes,
)

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def empty_dir() -> Iterator[Path]:
    """A data directory of one test's own that does not exist yet, below one that the server's user may enter."""
    directory = run_directory() / f"data-{secrets.token_hex(4)}"
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="module")
def made_once() -> Path:
    """A data directory with a cluster that was started and stopped once."""
    directory = run_directory() / f"made-{secrets.token_hex(4)}"
    with running(directory):
        return directory


@pytest.fixture
def data_dir(made_once: Path, empty_dir: Path) -> Path:
    """A data directory of one test's own in which a cluster stands ready."""
    subprocess.run(["/bin/cp", "-a", "--", made_once, empty_dir], check=True)
    return empty_dir


@contextlib.contextmanager
def running(
    data_dir: Path, *, options: dict[str, str] | None = None, binaries: Path | None = None
) -> Iterator[EmbeddedServer]:
    settings = embedded_settings(data_dir)
    if binaries is not None:
        settings = Settings(data_dir=data_dir, postgres_bin=binaries, demo=True)
    with embedded.server(settings, options=options) as server:
        assert isinstance(server, EmbeddedServer)
        yield server


def ask(dsn: str, query: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def tell(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)


def started_at(server: embedded.Server) -> object:
    return ask(server.owner_dsn, "SELECT pg_postmaster_start_time()")


def store_a_row(server: embedded.Server) -> None:
    tell(server.owner_dsn, "CREATE TABLE kept AS SELECT 7 AS seven")


def stored_row(server: embedded.Server) -> object:
    return ask(server.owner_dsn, "SELECT seven FROM kept")


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
from fairlot.store import embedded
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
from fairlot.store import embedded
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


# --- Directories ---


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Act as a user without rights over everything, which only root has to stop doing."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(host.server_user(None).uid)
    try:
        yield
    finally:
        os.seteuid(0)


class TestDirectories:
    @pytest.mark.parametrize(
        "name",
        ["with space", 'it\'s "quoted"', "a,b", "中文", "x" * 120],
        ids=["space", "quotes", "comma", "chinese", "too long for a socket"],
    )
    def test_any_name_will_do(self, empty_dir: Path, name: str) -> None:
        with running(empty_dir / name) as server:
            store_a_row(server)
            sockets = Path(str(conninfo_to_dict(server.app_dsn)["host"]))
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        with running(empty_dir / name) as server:
            assert stored_row(server) == 7
        assert sockets.is_relative_to(empty_dir) or not sockets.exists()

    def test_a_directory_that_only_its_owner_may_enter_will_do(self, empty_dir: Path) -> None:
        empty_dir.mkdir(mode=0o700)
        with running(empty_dir / "deep" / "var") as server:
            store_a_row(server)
            elsewhere = server.cluster.data.parent
        try:
            with running(empty_dir / "deep" / "var") as server:
                assert stored_row(server) == 7
        finally:
            (empty_dir / "deep" / "var" / "embedded" / "cluster").rename(empty_dir / "gone")
            if os.geteuid() == 0:
                assert elsewhere.parent == host.SYSTEM_STATE_DIR
                subprocess.run(["/bin/rm", "-r", "--", str(elsewhere)], check=True)

    def test_one_without_permission_is_named(self, empty_dir: Path) -> None:
        empty_dir.mkdir(mode=0o755)
        empty_dir.chmod(0o555)
        with (
            unprivileged(),
            pytest.raises(EmbeddedError, match=r"Permission denied.*FAIRLOT_DATA_DIR") as refusal,
        ):
            embedded.join(embedded_settings(empty_dir / "var"))
        assert str(empty_dir) in str(refusal.value)

    def test_one_of_another_user_is_named(self, empty_dir: Path) -> None:
        empty_dir.mkdir(mode=0o755)
        control = empty_dir / "embedded"
        control.mkdir(mode=0o755)
        (control / "start.lock").touch(mode=0o000)
        with (
            unprivileged(),
            pytest.raises(EmbeddedError, match=r"start\.lock: Permission denied"),
        ):
            embedded.join(embedded_settings(empty_dir))

    def test_a_file_in_its_place_is_named(self, empty_dir: Path) -> None:
        empty_dir.write_text("in the way")
        with pytest.raises(EmbeddedError, match=r"Cannot make the directory .*FAIRLOT_DATA_DIR"):
            embedded.join(embedded_settings(empty_dir))

    def test_a_socket_directory_that_somebody_else_put_there_is_refused(
        self, empty_dir: Path
    ) -> None:
        host.make_directory(empty_dir, 0o755)
        (empty_dir / "socket").symlink_to("/tmp")
        with pytest.raises(EmbeddedError, match="not safe to use"):
            host.socket_directory(empty_dir / "socket", instance="0", user=host.server_user(None))

    def test_the_first_closed_directory_on_the_way_is_found(self, empty_dir: Path) -> None:
        stranger = host.ServerUser(name="nobody", uid=65534, gid=65534, switch=True)
        deep = host.make_directory(empty_dir / "a" / "b" / "c", 0o711)
        assert host.closed_directory(deep, stranger) is None
        (empty_dir / "a").chmod(0o710)
        assert host.closed_directory(deep, stranger) == empty_dir / "a"

    def test_little_shared_memory_is_not_relied_on(self, data_dir: Path) -> None:
        assert host.shared_memory_type(data_dir / "absent") == "mmap"
        assert host.shared_memory_type(data_dir) == "mmap"
        with (
            running(data_dir, options={"dynamic_shared_memory_type": "mmap"}) as server,
            psycopg.connect(server.owner_dsn) as connection,
        ):
            for free in (
                "parallel_setup_cost",
                "parallel_tuple_cost",
                "min_parallel_table_scan_size",
            ):
                connection.execute(f"SET {free} = 0")
            query = "SELECT count(*) FROM pg_class WHERE relkind = 'r'"
            plan = "\n".join(line for (line,) in connection.execute(f"EXPLAIN {query}"))
            assert "Gather" in plan
            assert connection.execute(query).fetchone() != (0,)

    def test_a_cluster_of_another_major_version_is_named(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            version = server.cluster.data / "PG_VERSION"
        version.write_text("9\n")
        with pytest.raises(EmbeddedError, match="was made by PostgreSQL 9"):
            embedded.join(embedded_settings(data_dir))

    def test_a_server_that_somebody_started_by_hand_is_left_alone(self, data_dir: Path) -> None:
        with running(data_dir) as server:
            cluster = server.cluster
        user = cluster.user
        by_hand: list[str | Path] = [
            host.server_binaries(None, user) / "pg_ctl",
            "-D",
            cluster.data,
            "-sw",
        ]
        sockets = cluster.data.parent / "by-hand"
        sockets.mkdir()
        os.chown(sockets, user.uid, user.gid)
        setting = f"-c listen_addresses='' -c unix_socket_directories='{sockets}'"
        with (cluster.data.parent / "by-hand.log").open("wb") as log:
            host.run_as(user, [*by_hand, "-o", setting, "start"], output=log)
        try:
            with pytest.raises(EmbeddedError, match="that Fairlot did not start"):
                embedded.join(embedded_settings(data_dir))
        finally:
            host.run_as(user, [*by_hand, "stop"])

    def test_programs_out_of_the_servers_reach_are_copied(
        self, empty_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stranger = host.ServerUser(name="nobody", uid=65534, gid=65534, switch=False)
        install = host.make_directory(empty_dir, 0o711) / "closed" / "package" / "pginstall"
        for name in ("bin/postgres", "lib/a.so", "lib/a.a", "share/x.sql"):
            host.make_directory((install / name).parent, 0o755)
            (install / name).write_text(name)
        host.make_directory(install.parents[1] / "package.libs", 0o755)
        (empty_dir / "closed").chmod(0o700)
        monkeypatch.setattr(host, "SYSTEM_CACHE_DIR", empty_dir / "cache")
        binaries = host.server_binaries(install / "bin", stranger)
        assert binaries.is_relative_to(empty_dir / "cache")
        assert (binaries / "postgres").read_text() == "bin/postgres"
        assert not (binaries.parent / "lib" / "a.a").exists()
        assert (binaries.parents[2] / "package.libs").is_dir()
        assert host.closed_directory(binaries, stranger) is None
        assert host.server_binaries(install / "bin", stranger) == binaries


# --- What the application refuses to work on ---


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
