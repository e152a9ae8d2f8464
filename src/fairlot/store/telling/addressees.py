"""Where people can be reached, and how they read: looked up when something is told, for nothing of it is kept beside."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
import psycopg

from fairlot.store.structs import rows_as


class Addressee(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can be told something: an active person, its address, language tag and zone."""

    person_id: str
    email: str
    language: str
    zone: str


_PERSON = "p.id AS person_id, p.email, p.language, p.zone"


def members_with(
    connection: psycopg.Connection, company_id: str, rights: Collection[str]
) -> list[Addressee]:
    """Return the members of an open company that have any of some rights there."""
    return rows_as(
        connection,
        Addressee,
        f"SELECT {_PERSON} FROM people_membership AS m"
        " JOIN people_person AS p ON p.id = m.person_id"
        " JOIN people_company AS c ON c.id = m.company_id"
        " WHERE m.company_id = %s AND m.rights && %s::varchar[] AND p.is_active"
        " AND c.closed_at IS NULL ORDER BY p.id",
        [company_id, sorted(rights)],
    )


def staff_in(connection: psycopg.Connection, role: str) -> list[Addressee]:
    """Return the people who have a role on the platform."""
    return rows_as(
        connection,
        Addressee,
        f"SELECT {_PERSON} FROM people_staffrole AS s"
        " JOIN people_person AS p ON p.id = s.person_id"
        " WHERE s.role = %s AND p.is_active ORDER BY p.id",
        [role],
    )


def find_addressee(connection: psycopg.Connection, person_id: str) -> Addressee | None:
    """Return one person, or None for nobody and for one who is locked or erased."""
    found = rows_as(
        connection,
        Addressee,
        f"SELECT {_PERSON} FROM people_person AS p WHERE p.id = %s AND p.is_active",
        [person_id],
    )
    return found[0] if found else None
