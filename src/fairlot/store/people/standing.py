"""What stands now of a person or a key, in one question to the database: no copy is kept that could be out of date."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.db import connection

USED_NOTED_EVERY = dt.timedelta(minutes=1)
"""How exactly a key's last use is kept; noting every request would make each reading a writing."""

SECOND_FACTORS = ("totp", "webauthn")

# Only what is open counts: a locked person, a closed company, a revoked or expired key have no rows here.
_FACTS = """
  (SELECT coalesce(jsonb_agg(jsonb_build_object('company_id', m.company_id, 'rights', m.rights,
      'is_inspector', c.is_inspection_company) ORDER BY m.since, m.company_id), '[]')
    FROM people_membership m JOIN people_company c ON c.id = m.company_id
    WHERE m.person_id = p.id AND c.closed_at IS NULL)::text,
  (SELECT coalesce(jsonb_agg(s.role), '[]') FROM people_staffrole s WHERE s.person_id = p.id)::text,
  EXISTS (SELECT FROM mfa_authenticator a WHERE a.user_id = p.id AND a.type = ANY (%(factors)s))
"""
_OF_PERSON = f"SELECT {_FACTS} FROM people_person p WHERE p.id = %(person_id)s AND p.is_active"  # noqa: S608  (a constant)
_OF_KEY = f"""
  SELECT {_FACTS}, p.id, k.id, k.name, k.prefix, coalesce(k.company_id, ''), k.rights, k.staff_roles,
    k.is_sandbox, k.expires_at, k.last_used_at
  FROM people_apikey k JOIN people_person p ON p.id = k.created_by_id
  WHERE k.secret_hash = %(secret_hash)s AND p.is_active AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > %(now)s)
"""  # noqa: S608  (a constant)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A person's place in an open company."""

    company_id: str
    rights: frozenset[str]
    is_inspector: bool


class PersonStanding(msgspec.Struct, frozen=True, kw_only=True):
    """An active person: places, roles on the platform, and whether a second factor is set up."""

    person_id: str
    places: tuple[Place, ...]
    staff_roles: frozenset[str]
    has_second_factor: bool


class KeyStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A key that is good now, and the person who made it."""

    key_id: str
    name: str
    prefix: str
    company_id: str
    rights: frozenset[str]
    staff_roles: frozenset[str]
    is_sandbox: bool
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    maker: PersonStanding


_PLACES = msgspec.json.Decoder(tuple[Place, ...])
_ROLES = msgspec.json.Decoder(frozenset[str])


def find_person_standing(person_id: str) -> PersonStanding | None:
    """Return what stands of a person, or None for nobody and for one who is locked or erased."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, {"person_id": person_id, "factors": list(SECOND_FACTORS)})
        row = cursor.fetchone()
    return None if row is None else _person(person_id, *row)


def find_key_standing(secret_hash: str, *, now: dt.datetime) -> KeyStanding | None:
    """Return what stands of a key, or None where no key with this hash is good at `now`."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OF_KEY,
            {"secret_hash": secret_hash, "now": now, "factors": list(SECOND_FACTORS)},
        )
        row = cursor.fetchone()
    if row is None:
        return None
    places, roles, has_factor, maker_id, *key = row
    key_id, name, prefix, company_id, rights, staff_roles, is_sandbox, expires_at, used_at = key
    return KeyStanding(
        key_id=key_id,
        name=name,
        prefix=prefix,
        company_id=company_id,
        rights=frozenset(rights),
        staff_roles=frozenset(staff_roles),
        is_sandbox=is_sandbox,
        expires_at=expires_at,
        last_used_at=used_at,
        maker=_person(maker_id, places, roles, has_factor),
    )


def note_key_used(key: KeyStanding, *, now: dt.datetime) -> None:
    """Keep when a key was last used, to the minute."""
    if key.last_used_at is not None and now - key.last_used_at < USED_NOTED_EVERY:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_apikey SET last_used_at = %s WHERE id = %s", [now, key.key_id]
        )


def _person(person_id: str, places: str, roles: str, has_factor: bool) -> PersonStanding:  # noqa: FBT001  (a column)
    return PersonStanding(
        person_id=person_id,
        places=_PLACES.decode(places),
        staff_roles=_ROLES.decode(roles),
        has_second_factor=has_factor,
    )
