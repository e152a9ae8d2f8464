"""Changes one value, or takes or adds one row, as the owner with every wall off; verification must name the place.

The changes are made from the catalogue: each table of an order, an account or a limit, each of its columns, each row.
What verification does not watch is listed in `UNWATCHED`, with the reason, and in `docs/verification.md`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from fairlot.application.verification.faults import Fault
from fairlot.application.verification.verify import ASKED_OF_LATE, MERELY_TOLD, verify
from fairlot.store.writing.family import FAMILIES
from tests.support.market import Market

KINDS = ("head", "event", "posting", "command", "outbox", "rollup")
SUMS = "account_balance"
BESIDE = ("order_message", "order_file", "order_strand")
Columns = Mapping[str, str]
Row = dict[str, Any]

# Columns that nothing else in the books depends on, and why each may go unwatched.
UNWATCHED: Mapping[str, str] = {
    "command.content_hash": "commands are not kept, only by which one is known again; at worst a repetition is refused",
    "command.recorded_at": "when a command came is also when its events were recorded, which the chain holds",
    "command.refusal_code": "a refusal moved nothing",
    "command.facts": "a refusal moved nothing",
    "outbox.handed_over_at": "what was handed over and never done waits again after an hour",
    "outbox.done_at": "what was sent is known by its answer: a refund or payout without one shows as overdue",
    "rollup.seq": "a mark; what it says wrongly shows in the balances",
    "rollup.row added": "the same",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be tampered with: its key, and the columns that can be written, by name and type."""

    name: str
    kind: str
    family: str
    key: tuple[str, ...]
    columns: Columns


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row: of a column, or of the row as a whole."""

    table: Table
    row: Row
    what: str

    @property
    def name(self) -> str:
        """Say what is changed where."""
        at = ", ".join(str(self.row[column]) for column in self.table.key)
        return f"{self.table.name} ({at}): {self.what}"


@dataclass(kw_only=True)
class Result:
    """What the drill saw; `missed` and `misnamed` must be empty."""

    trials: int = 0
    columns: set[str] = field(default_factory=set)
    missed: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)


DELETED = "row deleted"
ADDED = "row added"


def watched_tables(owner: psycopg.Connection) -> list[Table]:
    """Return every table that verification claims to watch, as the catalogue describes it."""
    names = {f"{family}_{kind}": (kind, family) for family in FAMILIES for kind in KINDS}
    names |= {name: (name, "order") for name in BESIDE}
    names[SUMS] = (SUMS, "")
    return [
        Table(name, kind, family, _key(owner, name), _columns(owner, name))
        for name, (kind, family) in names.items()
    ]


def _key(owner: psycopg.Connection, table: str) -> tuple[str, ...]:
    rows = owner.execute(
        "SELECT a.attname::text FROM pg_index x, unnest(x.indkey) WITH ORDINALITY AS k (attnum, place)"
        " JOIN pg_attribute a ON a.attnum = k.attnum"
        " WHERE x.indrelid = %(table)s::regclass AND x.indisprimary AND a.attrelid = x.indrelid ORDER BY place",
        {"table": table},
    )
    return tuple(row[0] for row in rows)


def _columns(owner: psycopg.Connection, table: str) -> Columns:
    rows = owner.execute(
        "SELECT a.attname::text, coalesce(nullif(t.typbasetype, 0), t.oid)::regtype::text"
        " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
        " WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped"
        " AND a.attgenerated = '' ORDER BY a.attnum",
        {"table": table},
    )
    return dict(rows.fetchall())


def take_walls_down(owner: psycopg.Connection) -> None:
    """Drop what keeps the owner from writing nonsense: triggers, references, checks of tables and of kinds of values."""
    for table in watched_tables(owner):
        name = sql.Identifier(table.name)
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        constraints = owner.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('f', 'c')"
            " AND %(table)s::regclass IN (conrelid, confrelid)",
            {"table": table.name},
        ).fetchall()
        for holder, constraint in constraints:
            owner.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                    sql.Identifier(holder), sql.Identifier(constraint)
                )
            )
    kinds_of_values = owner.execute(
        "SELECT contypid::regtype::text, conname FROM pg_constraint"
        " WHERE contypid <> 0 AND connamespace = 'public'::regnamespace"
    ).fetchall()
    for kind, constraint in kinds_of_values:
        owner.execute(
            sql.SQL("ALTER DOMAIN {} DROP CONSTRAINT {}").format(
                sql.Identifier(kind), sql.Identifier(constraint)
            )
        )


Sight = Callable[[Sequence[Fault]], Sequence[Fault]]


def everything_found(faults: Sequence[Fault]) -> Sequence[Fault]:
    """Look at all that verification finds."""
    return faults


def blind_to_hashes(faults: Sequence[Fault]) -> Sequence[Fault]:
    """Look as a verification that recomputes no hash: the planted fault."""
    return [fault for fault in faults if fault.kind != "chain"]


class Drill:
    """One market whose books are tampered with, change by change, each undone before the next."""

    def __init__(self, market: Market, owner: psycopg.Connection, *, seed: int) -> None:
        self.market = market
        self.tables = watched_tables(owner)
        self.aggregates = (market.desk.orders, market.desk.payouts, market.desk.limits)
        self.dsn = market.database.owner_dsn
        self.owner = owner
        self.chance = random.Random(seed)
        self.result = Result()

    def changes(self) -> list[Change]:
        """Return every change there is to try: each column of each row, each row taken and each added to."""
        return [
            change
            for table in self.tables
            for row in self._rows(table)
            for what in (*table.columns, DELETED, ADDED)
            if is_watched(change := Change(table, row, what))
        ]

    def changes_of_actors(self) -> list[Change]:
        """Return changes that nothing but the hash chain can show."""
        return [one for one in self.changes() if one.what == "actor_person_id"]

    def run(self, changes: Sequence[Change], *, see: Sight = everything_found) -> Result:
        """Try changes one after the other, and look at what is found in some way."""
        for change in changes:
            faults = see(self._faults_after(change))
            self.result.trials += 1
            self.result.columns.add(f"{change.table.kind}.{change.what}")
            if not faults:
                self.result.missed.append(change.name)
            elif not _names(faults, change):
                self.result.misnamed.append(f"{change.name}: {faults[0]}")
        return self.result

    def faults(self) -> Sequence[Fault]:
        """Return what verification finds now."""
        return verify(self.dsn, self.aggregates).faults

    def _faults_after(self, change: Change) -> Sequence[Fault]:
        """Return what verification finds after the change, which is then undone."""
        table, row = change.table, change.row
        if change.what == DELETED:
            self._delete(table, row)
            faults = self.faults()
        else:
            changed = self._changed(change)
            if change.what != ADDED:
                self._delete(table, row)
            self._insert(table, changed)
            faults = self.faults()
            self._delete(table, changed)
        if change.what != ADDED:
            self._insert(table, row)
        return faults

    def _changed(self, change: Change) -> Row:
        """Return the row with another value in a column; a row that is added has another key."""
        table, row = change.table, change.row
        column = table.key[-1] if change.what == ADDED else change.what
        taken = {tuple(one[name] for name in table.key) for one in self._rows(table)}
        for _ in range(100):
            value = self._other(table.columns[column], row[column])
            changed = {**row, column: value}
            if column not in table.key or tuple(changed[name] for name in table.key) not in taken:
                return changed
        raise AssertionError(f"no other value of {change.name} is free")

    def _other(self, kind: str, value: Any) -> Any:
        chance = self.chance
        match value:
            case None if kind == "text":
                return "changed"
            case None if kind.startswith("timestamp"):
                return dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
            case None if kind == "integer":
                return 1
            case None:
                return b"{}"
            case bytes():
                place = chance.randrange(len(value) * 8)
                flipped = bytearray(value)
                flipped[place // 8] ^= 1 << place % 8
                return bytes(flipped)
            case str():
                return f"{value[: chance.randrange(len(value) + 1)]}x"[:64] or "x"
            case dt.datetime():
                return value + dt.timedelta(microseconds=chance.choice((-1, 1, 1_000_000)))
            case list():
                return [*value, "com_x"]
            case _:
                return value + chance.choice((1, 2, 1_000))

    def _rows(self, table: Table) -> list[Row]:
        query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            _names_of(table.columns), sql.Identifier(table.name), _names_of(table.key)
        )
        with self.owner.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query).fetchall()

    def _delete(self, table: Table, row: Row) -> None:
        condition = sql.SQL(" AND ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
            for name in table.key
        )
        query = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table.name), condition)
        assert self.owner.execute(query, row).rowcount == 1

    def _insert(self, table: Table, row: Row) -> None:
        query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table.name),
            _names_of(table.columns),
            sql.SQL(", ").join(sql.Placeholder(name) for name in table.columns),
        )
        self.owner.execute(query, row)


def sample(changes: Sequence[Change], *, share: int, chance: random.Random) -> list[Change]:
    """Return one in so many changes, but at least one of every column of every table."""
    by_column: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_column.setdefault((change.table.name, change.what), []).append(change)
    return [
        change
        for group in by_column.values()
        for change in chance.sample(group, max(1, len(group) // share))
    ]


def _names_of(columns: Mapping[str, str] | Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(name) for name in columns)


# What takes a message from its event.
LOST = frozenset({"row deleted", "order_id", "seq"})


def is_watched(change: Change) -> bool:
    """Say whether verification promises to see the change."""
    kind, row = change.table.kind, change.row
    if kind == "command" and row["first_seq"] is None:
        # What was refused left nothing that the command could be compared with.
        return False
    if kind == "outbox" and row["topic"] in MERELY_TOLD:
        return False
    if kind == "outbox" and row["topic"] in ASKED_OF_LATE and change.what in LOST:
        # Without the only one of it a story looks like one of before these messages were sent; where it went is named.
        return False
    if kind == "order_message" and change.what == "erased_at" and row["erased_at"] is not None:
        # When a text went is nowhere else.
        return False
    if kind == "rollup" and change.table.family == "limit":
        # No event of a limit moves money, so that there is nothing to be counted.
        return False
    return f"{kind}.{change.what}" not in UNWATCHED


def _names(faults: Sequence[Fault], change: Change) -> bool:
    """Say whether the faults name the aggregate that was changed, and its event where there is one."""
    table, row = change.table, change.row
    if table.kind == SUMS:
        return any(fault.kind == "roll_up" for fault in faults)
    if table.kind == "rollup":
        return any(fault.kind == "roll_up" and fault.family == table.family for fault in faults)
    if change.what == ADDED and len(table.key) == 1:
        # It is added under an id of its own.
        return any(fault.family == table.family for fault in faults)
    own = [
        fault
        for fault in faults
        if (fault.family, fault.aggregate_id) == (table.family, row[table.key[0]])
    ]
    if table.kind in BESIDE[:2] and change.what not in {ADDED, *table.key}:
        return any((fault.kind, fault.seq) == (table.name, row[table.key[-1]]) for fault in own)
    if table.kind in {"event", "posting", "outbox"} and change.what != ADDED:
        return any(abs(fault.seq - row["seq"]) <= 1 for fault in own)
    return bool(own)


def columns_of(changes: Sequence[Change]) -> Iterator[str]:
    """Yield what the changes change, kind by kind."""
    for change in changes:
        yield f"{change.table.kind}.{change.what}"
