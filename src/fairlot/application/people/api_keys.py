"""Keys for programs: made by who manages a company with at most their own rights, shown once, revoked at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

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
    _refuse_nameless(name)
    if not wanted:
        raise RefusedChange(PeopleCode.NO_RIGHTS_GIVEN)
    if not wanted <= own:
        raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
    key = ApiKey(company_id=company_id, rights=words_of(wanted), is_sandbox=is_sandbox)
    with transaction.atomic():
        secret = _kept(key, name, identity, days=days, now=now)
        note(now, identity.person_id, company_id, key.id, "key_made", rights=key.rights)
    return key, secret


def make_platform_key(
    identity: Identity, *, name: str, roles: Iterable[Role], days: int, now: dt.datetime
) -> tuple[ApiKey, str]:
    """Make a key of the platform with at most its maker's roles. Raises RefusedChange."""
    wanted = frozenset(roles)
    if not wanted or not wanted <= identity.staff_roles:
        raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
    _refuse_nameless(name)
    key = ApiKey(staff_roles=sorted(role.value for role in wanted))
    with transaction.atomic():
        secret = _kept(key, name, identity, days=days, now=now)
        note(now, identity.person_id, "", key.id, "key_made", roles=key.staff_roles)
    return key, secret


def _refuse_nameless(name: str) -> None:
    if not name.strip() or len(name) > NAME_LENGTH_MAX:
        raise RefusedChange(PeopleCode.NAME_MISSING)


def _kept(key: ApiKey, name: str, identity: Identity, *, days: int, now: dt.datetime) -> str:
    """Keep a key under a secret that is drawn now, and return that."""
    secret = new_key_secret(is_sandbox=key.is_sandbox)
    key.name = name.strip()
    key.prefix = secret[:KEY_PREFIX_LENGTH]
    key.secret_hash = hash_of(secret)
    key.created_by_id = identity.person_id
    key.created_at = now
    key.expires_at = now + dt.timedelta(days=min(max(days, 1), DAYS_MAX))
    key.save(force_insert=True)
    return secret


def revoke_key(identity: Identity, company_id: str, key_id: str, *, now: dt.datetime) -> None:
    """End a company's key at once; its maker may always end it. Raises RefusedChange."""
    key = ApiKey.objects.filter(id=key_id, company_id=company_id).first()
    if key is None:
        raise RefusedChange(PeopleCode.NO_SUCH_KEY)
    if key.created_by_id != identity.person_id:
        managing_rights(identity, company_id)
    with transaction.atomic():
        if ApiKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=now):
            note(now, identity.person_id, company_id, key_id, "key_revoked")
