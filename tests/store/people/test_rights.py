"""The application keeps accounts and can never delete a person, a company or what was written of their access."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.postgres import Database

KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
TABLES = "people_%", "account_email%", "mfa_%", "usersessions_%", "auth_%", "django_%"
ADDS = "select insert"
CHANGES = "select insert update"
TAKES_AWAY = "select insert update delete"
EXPECTED = {
    "people_person": CHANGES,
    "people_company": CHANGES,
    "people_invitation": CHANGES,
    "people_apikey": CHANGES,
    "people_membership": TAKES_AWAY,
    "people_staffrole": TAKES_AWAY,
    "people_accesschange": ADDS,
    "people_screening": ADDS,
    "account_emailaddress": TAKES_AWAY,
    "account_emailconfirmation": TAKES_AWAY,
    "mfa_authenticator": TAKES_AWAY,
    "usersessions_usersession": TAKES_AWAY,
    "django_session": TAKES_AWAY,
    "django_content_type": "select",
    "auth_permission": "select",
    "auth_group": "",
    "auth_group_permissions": "",
    "django_migrations": "select",
    "django_cache": TAKES_AWAY,
}


def rights(owner: psycopg.Connection, role: str) -> dict[str, str]:
    """Return what a role may do to each table of accounts."""
    rows = owner.execute(
        "SELECT relname, oid FROM pg_class WHERE relkind = 'r' AND relname LIKE ANY (%s)"
        " AND relnamespace = 'public'::regnamespace",
        [list(TABLES)],
    ).fetchall()
    found = {}
    for name, oid in rows:
        asked = [
            owner.execute(
                "SELECT has_table_privilege(%s, %s::oid, %s)", [role, oid, kind]
            ).fetchone()
            for kind in KINDS
        ]
        found[name] = " ".join(
            kind.lower() for kind, row in zip(KINDS, asked, strict=True) if row == (True,)
        )
    return found


def test_application_deletes_no_person_and_no_trace(shared_database: Database) -> None:
    with shared_database.as_owner() as owner:
        assert rights(owner, "fairlot_app") == EXPECTED


def test_reader_of_orders_sees_no_accounts(shared_database: Database) -> None:
    with shared_database.as_owner() as owner:
        assert set(rights(owner, "fairlot_reader").values()) == {""}


@pytest.mark.parametrize("table", ["people_person", "people_accesschange"])
def test_planted_right_is_noticed(shared_database: Database, table: str) -> None:
    with shared_database.as_owner() as owner, owner.transaction(force_rollback=True):
        owner.execute(f"GRANT DELETE ON {table} TO fairlot_app")
        assert rights(owner, "fairlot_app") != EXPECTED
