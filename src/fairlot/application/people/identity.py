"""Who somebody is at this moment: asked of the tables for every request, so that a right taken away is gone at the next.

Staff roles, and the right to move a company's money, count only for people with a second factor, keys they made
included. A key's rights are its own and its maker's at once: never more than either.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from django.conf import settings

from fairlot.application.access import STAFF_ROLES, Identity, MemberRight, Membership
from fairlot.domain.party import Role
from fairlot.store.people.ids import hash_of
from fairlot.store.people.standing import (
    PersonStanding,
    find_key_standing,
    find_person_standing,
    note_key_used,
)

NEEDS_SECOND_FACTOR = frozenset({MemberRight.BANK})
"""What a member may do only with a second factor; staff need one for everything."""


class KeyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a key says of itself beside the identity it gives; without a company it is the platform's."""

    key_id: str
    name: str
    prefix: str
    company_id: str
    is_sandbox: bool
    expires_at: dt.datetime | None


def identity_of_person(person_id: str) -> Identity | None:
    """Return who a person is now, or None for nobody and for one who is locked."""
    standing = find_person_standing(person_id)
    return None if standing is None else _identity(standing)


def identity_of_key(secret: str, now: dt.datetime) -> tuple[Identity, KeyFacts] | None:
    """Return who acts with a key at `now`, or None where the key is unknown, revoked, expired, or its maker locked."""
    key = find_key_standing(hash_of(secret), now=now)
    if key is None:
        return None
    note_key_used(key, now=now)
    maker = _identity(key.maker)
    narrowed = Identity(
        person_id=maker.person_id,
        memberships=tuple(
            msgspec.structs.replace(
                member, rights=frozenset(r for r in member.rights if r in key.rights)
            )
            for member in maker.memberships
            if member.company_id == key.company_id
        ),
        staff_roles=frozenset()
        if key.company_id
        else frozenset(role for role in maker.staff_roles if role in key.staff_roles),
        key_id=key.key_id,
    )
    facts = KeyFacts(
        key_id=key.key_id,
        name=key.name,
        prefix=key.prefix,
        company_id=key.company_id,
        is_sandbox=key.is_sandbox,
        expires_at=key.expires_at,
    )
    return narrowed, facts


def must_set_up_second_factor(person_id: str) -> bool:
    """Say whether a person has a role or right that sleeps until a second factor is set up."""
    if not settings.FAIRLOT_SECOND_FACTOR_REQUIRED:
        return False
    standing = find_person_standing(person_id)
    if standing is None or standing.has_second_factor:
        return False
    rights = {right for place in standing.places for right in place.rights}
    return bool(standing.staff_roles or rights & NEEDS_SECOND_FACTOR)


def _identity(standing: PersonStanding) -> Identity:
    trusted = standing.has_second_factor or not settings.FAIRLOT_SECOND_FACTOR_REQUIRED
    asleep = frozenset() if trusted else NEEDS_SECOND_FACTOR
    roles = frozenset(Role(role) for role in standing.staff_roles) & STAFF_ROLES
    return Identity(
        person_id=standing.person_id,
        memberships=tuple(
            Membership(
                company_id=place.company_id,
                rights=frozenset(MemberRight(right) for right in place.rights) - asleep,
                is_inspector=place.is_inspector,
            )
            for place in standing.places
        ),
        staff_roles=roles if trusted else frozenset(),
    )
