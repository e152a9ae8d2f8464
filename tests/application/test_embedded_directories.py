"""Directories of the embedded server: odd names, closed ways, others' property, programs out of reach."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from fairlot.store.server import embedded
from fairlot.store.server import embedded_host as host
from fairlot.store.server.embedded import EmbeddedError
from tests.support.embedded_server import ask, running, store_a_row, stored_row
from tests.support.postgres import embedded_settings


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

    @pytest.mark.parametrize("lost", ["all of it", "part of it", "what a link points to"])
    def test_data_that_is_gone_is_not_replaced_by_none(self, data_dir: Path, lost: str) -> None:
        cluster = data_dir / "embedded" / "cluster"
        kept = data_dir / "kept"
        match lost:
            case "all of it":
                cluster.rename(kept)
            case "part of it":
                (cluster / "postgres" / "PG_VERSION").rename(kept)
            case _:
                cluster.rename(kept)
                cluster.symlink_to(data_dir / "unmounted")
                (data_dir / "embedded" / "passwords").unlink()
        with pytest.raises(EmbeddedError, match="gone or broken; bring it back, or remove"):
            embedded.join(embedded_settings(data_dir))
        if lost == "all of it":
            (data_dir / "embedded" / "passwords").unlink()
            with running(data_dir) as server:
                assert ask(server.app_dsn, "SELECT 1") == 1

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
        if os.geteuid() == 0:
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
