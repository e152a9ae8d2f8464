"""A database at one moment: how many rows every table held, the root over all chains, and the roles that its rights name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
import psycopg
from psycopg import sql

from fairlot.domain.audit.merkle import TreeHash, head_bytes
from fairlot.store.checkpoints import heads
from fairlot.store.connection import APPLICATION_RIGHTS
from fairlot.store.writing.family import FAMILIES

_TABLES = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
ORDER BY nspname, relname
"""
# The owner's own role is not ours to make; all others of ours are narrow ones.
_ROLES = """
SELECT role.rolname, coalesce(array_agg(member.rolname ORDER BY member.rolname) FILTER (WHERE member.rolname IS NOT NULL), '{}')
FROM pg_roles AS role
LEFT JOIN pg_auth_members ON roleid = role.oid
LEFT JOIN pg_roles AS member ON member.oid = pg_auth_members.member
  AND member.rolname LIKE 'fairlot\\_%' AND NOT member.rolbypassrls AND NOT member.rolsuper
WHERE role.rolname LIKE 'fairlot\\_%' AND NOT role.rolbypassrls AND NOT role.rolsuper
GROUP BY role.rolname ORDER BY role.rolname
"""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What a database held. `root` ties the heads of all chains together, in hexadecimal; empty without such tables."""

    rows: Mapping[str, int]
    streams: int
    root: str

    def differences(self, other: Moment) -> list[str]:
        """Return in what another moment differs from this one."""
        found = [
            f"{table} has {other.rows.get(table, 0)} rows instead of {self.rows.get(table, 0)}"
            for table in sorted(self.rows.keys() | other.rows.keys())
            if self.rows.get(table) != other.rows.get(table)
        ]
        if (self.root, self.streams) != (other.root, other.streams):
            found.append(f"the root over all chains is {other.root} instead of {self.root}")
        return found


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A role without login that rights are granted to, and the roles that may act as it."""

    name: str
    members: tuple[str, ...]


class HeldMoment:
    """A database that stands still for this connection, and for whoever takes its snapshot."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        self.snapshot: str = row[0]

    def moment(self) -> Moment:
        """Count and hash everything."""
        rows = {}
        for schema, table in self._connection.execute(_TABLES).fetchall():
            counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
            counted = self._connection.execute(counting).fetchone()
            assert counted is not None
            rows[f"{schema}.{table}"] = counted[0]
        if any(f"public.{name}_head" not in rows for name in FAMILIES):
            return Moment(rows=rows, streams=0, root="")
        tree = TreeHash()
        for head in heads(self._connection):
            tree.add(head_bytes(head))
        return Moment(rows=rows, streams=tree.size, root=tree.root().hex())

    def roles(self) -> tuple[Role, ...]:
        """Return the roles that rights are granted to; a dump of one database does not hold them."""
        return tuple(
            Role(name=name, members=tuple(members))
            for name, members in self._connection.execute(_ROLES).fetchall()
        )


@contextmanager
def held_moment(owner_dsn: str) -> Iterator[HeldMoment]:
    """Hold a database still for the length of a block; nobody else notices."""
    with psycopg.connect(owner_dsn, autocommit=True) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield HeldMoment(connection)


def ensure_roles(owner: psycopg.Connection, roles: tuple[Role, ...]) -> None:
    """Make those roles that are missing and let their members act as them. Needs CREATEROLE where one is missing."""
    known = {name for (name,) in owner.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in roles:
        if role.name not in known:
            owner.execute(
                sql.SQL("CREATE ROLE {} NOLOGIN {}").format(
                    sql.Identifier(role.name), sql.SQL(APPLICATION_RIGHTS)
                )
            )
    for role in roles:
        for member in role.members:
            row = owner.execute(
                "SELECT pg_has_role(%s, %s, 'MEMBER')", [member, role.name]
            ).fetchone()
            if row == (False,):
                owner.execute(
                    sql.SQL("GRANT {} TO {}").format(
                        sql.Identifier(role.name), sql.Identifier(member)
                    )
                )
