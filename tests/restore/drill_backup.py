"""C8: a backup taken while commands come in, brought back on another server, holds all that was acknowledged before it began.

A trial begins orders from several threads, each with a file and real commands; a backup is taken under way and restored
into a fresh database of a second server and an empty directory. What is looked for there is listed in `missing_of`.
"""

from __future__ import annotations

import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec
import psycopg
from msgspec.structs import replace

from fairlot.application.verification.verify import Report, verify
from fairlot.application.verification.verify_files import file_faults
from fairlot.domain.order import commands as c
from fairlot.domain.policy.loading import policy_id
from fairlot.store.conversation import add_file
from fairlot.store.files import DamagedFileError, FileStore, StoredFile
from fairlot.store.keeping import backup as backups
from fairlot.store.keeping.backup import BackupError, Inventory, client_binaries
from tests.support.market import SUPPLIER_ID, Market
from tests.support.postgres import Database
from tests.support.trades import BEGINNING, BUYER, TERMS

WRITERS = 3
# So much is acknowledged before a backup begins, so that there is something to lose.
BEFORE_MIN = 30
# PostgreSQL's programs are run where a planted fault may stand in their place.
SERVER_MAJOR = 18
FILE_BYTES_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An order whose commands were answered, and the file that lay beside it before."""

    order_id: str
    content_hash: bytes


Spoil = Callable[[Path, Sequence[Acknowledged]], None]
"""Plants a fault in an archive, knowing what was acknowledged before it was begun."""


@dataclass(slots=True)
class Trials:
    """What all trials came to; `faults` must stay empty."""

    trials: int = 0
    acknowledged_before: int = 0
    acknowledged_during: int = 0
    faults: list[str] = field(default_factory=list)


class Load:
    """Threads that begin orders by real commands until stopped."""

    def __init__(self, market: Market, files: FileStore) -> None:
        self._market = market
        self._files = files
        self._stopping = threading.Event()
        self._enough = threading.Event()
        self.acknowledged: list[Acknowledged] = []
        self.errors: list[str] = []

    def __enter__(self) -> Self:
        self._threads = [
            threading.Thread(target=self._begin_orders, args=(writer,), name=f"load-{writer}")
            for writer in range(WRITERS)
        ]
        for thread in self._threads:
            thread.start()
        self._enough.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _begin_orders(self, writer: int) -> None:
        number = 0
        try:
            while not self._stopping.is_set():
                self._begin(f"ord_{writer}_{number}")
                number += 1
                if len(self.acknowledged) >= BEFORE_MIN:
                    self._enough.set()
        except BaseException as error:
            self.errors.append(repr(error))
            self._enough.set()
            raise

    def _begin(self, order_id: str) -> None:
        stored = self._files.put([f"contract of {order_id}".encode()], bytes_max=FILE_BYTES_MAX)
        for place, command in enumerate(commands_of(self._market)):
            self._market.desk.ask_order(
                order_id, command, command_id=f"cmd_{place}", actor=BUYER
            ).unwrap()
        with self._market.pool.connection() as connection:
            refer_to(connection, order_id, stored)
        self.acknowledged.append(Acknowledged(order_id, stored.content_hash))


def commands_of(market: Market) -> tuple[c.OrderCommand, ...]:
    """Return the commands that every order of the load is asked, in order."""
    draft = c.OpenDraft(
        policy_id=policy_id(market.policy), buyer_id="com_buyer", supplier_id=SUPPLIER_ID
    )
    return (draft, c.ProposeVersion(terms=TERMS))


def refer_to(connection: psycopg.Connection, order_id: str, stored: StoredFile) -> None:
    add_file(
        connection,
        order_id=order_id,
        author=BUYER,
        added_at=BEGINNING,
        file=stored,
        media_type="text/plain",
        file_name="contract.txt",
        purpose="contract",
    )


@contextmanager
def backed_up(
    database: Database, space: Path, trials: Trials
) -> Iterator[tuple[Path, list[Acknowledged]]]:
    """Take a backup under load; yield it with all that was acknowledged before it began."""
    market = Market(database).enrolled()
    files_dir = space / "files"
    archive = space / "fairlot.backup"
    try:
        with Load(market, FileStore(files_dir)) as load:
            before = list(load.acknowledged)
            backups.backup(
                archive, owner_dsn=database.owner_dsn, files_dir=files_dir, made_at=BEGINNING
            )
            trials.acknowledged_during += len(load.acknowledged) - len(before)
        trials.faults += load.errors
    finally:
        market.close()
    trials.acknowledged_before += len(before)
    yield archive, before


def trial(
    source: Database,
    target: Database,
    space: Path,
    trials: Trials,
    *,
    spoil: Spoil | None = None,
    postgres_bin: Path | None = None,
) -> None:
    """Back up under load, restore elsewhere, and note what is missing there; `spoil` may touch the archive between."""
    trials.trials += 1
    with backed_up(source, space, trials) as (archive, before):
        if spoil is not None:
            spoil(archive, before)
        restored_dir = space / "restored"
        try:
            backups.restore(
                archive,
                owner_dsn=target.owner_dsn,
                files_dir=restored_dir,
                postgres_bin=postgres_bin,
            )
        except BackupError as error:
            trials.faults.append(str(error))
            return
        inventory = backups.read_inventory(archive)
        trials.faults += missing_of(before, target, FileStore(restored_dir), inventory)


def missing_of(
    before: list[Acknowledged], target: Database, files: FileStore, inventory: Inventory
) -> list[str]:
    """Return what a restored system lacks: files, commands and their answers, an unbroken chain, and that it goes on."""
    found = [f"{one.order_id}: {gone}" for one in before if (gone := _file_fault(files, one))]
    market = Market(target)
    try:
        found += _faults_of_records(market, files)
        found += _root_faults(market, inventory)
        for one in before:
            for place, command in enumerate(commands_of(market)):
                again = market.desk.ask_order(
                    one.order_id, command, command_id=f"cmd_{place}", actor=BUYER
                )
                if not (again.is_done and again.is_replay):
                    found.append(f"{one.order_id}: command {place} is not known any more")
        later = replace(TERMS, version_hash="b" * 64)
        went_on = market.desk.ask_order(
            before[-1].order_id,
            c.ProposeVersion(terms=later),
            command_id="after-the-restore",
            actor=BUYER,
        )
        if not went_on.is_done:
            found.append(f"{before[-1].order_id} does not go on: {went_on.code}")
        found += _faults_of_records(market, files)
    finally:
        market.close()
    return found


def _file_fault(files: FileStore, one: Acknowledged) -> str:
    try:
        files.read_whole(one.content_hash)
    except DamagedFileError as error:
        return str(error)
    return ""


def _verified(market: Market) -> Report:
    aggregates = (market.desk.orders, market.desk.payouts, market.desk.limits)
    return verify(market.database.owner_dsn, aggregates)


def _faults_of_records(market: Market, files: FileStore) -> list[str]:
    report = _verified(market)
    faults = [*report.faults, *file_faults(market.database.owner_dsn, files)]
    # What is summed up later is summed up by the worker, who is not part of this drill.
    return [str(fault) for fault in faults if fault.kind != "roll_up"]


def _root_faults(market: Market, inventory: Inventory) -> list[str]:
    root = _verified(market).root.hex()
    return [] if root == inventory.moment.root else [f"the root is {root}"]


def forget_one_file(archive: Path, before: Sequence[Acknowledged]) -> None:
    """Plant a fault: the archive as a backup would write it that never saw one of its files."""
    space = archive.with_name("forgetful")
    with tarfile.open(archive) as whole:
        # It is our own, made a moment ago; Python 3.11.2 knows no filter yet.
        whole.extractall(space)
    inventory = backups.read_inventory(archive)
    forgotten = before[0].content_hash.hex()
    kept = replace(
        inventory, files=tuple(one for one in inventory.files if one.sha256 != forgotten)
    )
    (space / "inventory.json").write_bytes(msgspec.json.encode(kept))
    names = ["manifest.json", "inventory.json", "database.dump"]
    names += [f"files/{one.path}" for one in kept.files]
    archive.unlink()
    backups._write_archive(archive, [(space / name, name) for name in names])
    shutil.rmtree(space)


def programs_that_drop_the_last_row(directory: Path) -> Path:
    """Plant a fault: PostgreSQL's programs, of which pg_restore takes the last event away again and says nothing."""
    real = client_binaries(None, server_major=SERVER_MAJOR)
    directory.mkdir()
    for name in ("postgres", "pg_dump"):
        (directory / name).symlink_to(real / name)
    planted = directory / "pg_restore"
    planted.write_text(
        "#!/bin/sh\n"
        f'"{real}/pg_restore" "$@" || exit 1\n'
        'for word in "$@"; do case "$word" in --dbname=*) target="${word#--dbname=}";; esac; done\n'
        f'exec "{real}/psql" --no-password --quiet --dbname="$target" --command="'
        "DELETE FROM order_event WHERE (order_id, seq) = ("
        'SELECT order_id, seq FROM order_event WHERE seq > 1 ORDER BY recorded_at DESC, order_id DESC LIMIT 1)"\n',
        encoding="utf-8",
    )
    planted.chmod(0o755)
    return directory
