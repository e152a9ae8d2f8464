"""Keys for programs: made by who manages a company with at most their own rights, shown once, revoked at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fairlot.application.access import Identity, MemberRight
from fairlot.application.people.companies import managing_rights, note, words_of
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.domain.party import Role
from fairlot.store.people.ids import KEY_PREFIX_LENGTH, hash_of, new_key_secret
from fairlot.store.people.models import NAME_LENGTH_MAX, ApiKey

DAYS_MAX = 365


def make_key(
    identity: Identity,
    company_id: str,
    *,
    name: str,
    rights: Iterable[MemberRight],
    days: int,
    is_sandbox: bool,
    now: dt.datetime,
) -> tuple[ApiKey, str]:
    """Make a company's key and return it with its secret, which nobody can show again. Raises RefusedChange."""
    own = managing_rights(identity, company_id)
    wanted = frozenset(rights)
    if not name.strip() or len(name) > NAME_LENGTH_MAX:
        raise RefusedChange(PeopleCode.NAME_MISSING)
    if not wanted:
        raise RefusedChange(PeopleCode.NO_RIGHTS_GIVEN)
    if not wanted <= own:
        raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
    secret = new_key_secret(is_sandbox=is_sandbox)
    key = ApiKey.objects.create(
        name=name.strip(),
        prefix=secret[:KEY_PREFIX_LENGTH],
        secret_hash=hash_of(secret),
        company_id=company_id,
        rights=words_of(wanted),
        is_sandbox=is_sandbox,
        created_by_id=identity.person_id,
        created_at=now,
        expires_at=now + dt.timedelta(days=min(max(days, 1), DAYS_MAX)),
    )
    note(now, identity.person_id, company_id, key.id, "key_made", rights=words_of(wanted))
    return key, secret


def make_platform_key(
    identity: Identity, *, name: str, roles: Iterable[Role], days: int, now: dt.datetime
) -> tuple[ApiKey, str]:
    """Make a key of the platform with at most its maker's roles. Raises RefusedChange."""
    wanted = frozenset(roles)
    if not wanted or not wanted <= identity.staff_roles:
        raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
    if not name.strip() or len(name) > NAME_LENGTH_MAX:
        raise RefusedChange(PeopleCode.NAME_MISSING)
    secret = new_key_secret(is_sandbox=False)
    key = ApiKey.objects.create(
        name=name.strip(),
        prefix=secret[:KEY_PREFIX_LENGTH],
        secret_hash=hash_of(secret),
        staff_roles=sorted(role.value for role in wanted),
        created_by_id=identity.person_id,
        created_at=now,
        expires_at=now + dt.timedelta(days=min(max(days, 1), DAYS_MAX)),
    )
    note(now, identity.person_id, "", key.id, "key_made", roles=key.staff_roles)
    return key, secret


def revoke_key(identity: Identity, company_id: str, key_id: str, *, now: dt.datetime) -> None:
    """End a company's key at once; its maker may always end it. Raises RefusedChange."""
    key = ApiKey.objects.filter(id=key_id, company_id=company_id).first()
    if key is None:
        raise RefusedChange(PeopleCode.NO_SUCH_KEY)
    if key.created_by_id != identity.person_id:
        managing_rights(identity, company_id)
    if ApiKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=now):
        note(now, identity.person_id, company_id, key_id, "key_revoked")
