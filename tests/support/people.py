"""People, companies and keys for tests, made straight in the tables; each with what a test names and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from fairlot.application.access import MemberRight
from fairlot.domain.party import Role
from fairlot.store.people.ids import KEY_PREFIX_LENGTH, hash_of, new_key_secret
from fairlot.store.people.models import ApiKey, Company, Membership, Person, StaffRole

NOW = dt.datetime(2027, 1, 4, 1, 0, tzinfo=dt.UTC)
PASSWORD = "a quiet harbour at dawn"
EVERY_RIGHT = frozenset(MemberRight)


def person(name: str, *, roles: Iterable[Role] = (), second_factor: bool = False) -> Person:
    """Make `per_<name>` with a confirmed address and a password."""
    made = Person.objects.create_user(
        f"{name}@example.test", PASSWORD, id=f"per_{name}", name=name.title()
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    for role in roles:
        StaffRole.objects.create(person=made, role=role.value)
    if second_factor:
        Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={})
    return made


def company(name: str, maker: Person, *, inspects: bool = False) -> Company:
    """Make `com_<name>`, without members."""
    return Company.objects.create(
        id=f"com_{name}",
        legal_name=name.title(),
        country="DE",
        created_by=maker,
        is_inspection_company=inspects,
    )


def member(of: Company, who: Person, rights: Iterable[MemberRight] = EVERY_RIGHT) -> Membership:
    """Give a person rights in a company."""
    words = sorted(right.value for right in rights)
    return Membership.objects.create(company=of, person=who, rights=words)


def key(
    maker: Person,
    of: Company | None,
    *,
    rights: Iterable[MemberRight] = EVERY_RIGHT,
    roles: Iterable[Role] = (),
    expires_at: dt.datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret."""
    secret = new_key_secret(is_sandbox=False)
    made = ApiKey.objects.create(
        name="test",
        prefix=secret[:KEY_PREFIX_LENGTH],
        secret_hash=hash_of(secret),
        company=of,
        rights=[right.value for right in rights],
        staff_roles=[role.value for role in roles],
        created_by=maker,
        created_at=NOW,
        expires_at=expires_at,
    )
    return made, secret
