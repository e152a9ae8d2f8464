"""Keys by which programs play the people of a demonstration; kept beside its database, worth nothing anywhere else."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from fairlot.application.access import MemberRight
from fairlot.application.people.api_keys import DAYS_MAX, make_key, make_platform_key
from fairlot.application.people.demo_people import demo_person
from fairlot.application.people.identity import identity_of_key, identity_of_person
from fairlot.domain.party import Role

KEY_FILE = "api-keys.json"
ROLES = (Role.BUYER, Role.SUPPLIER, Role.OPERATOR, Role.MEDIATOR)
KEY_NAME = "The demonstration's own"


def keep_demo_keys(directory: Path, *, now: dt.datetime) -> Path:
    """Write a key for each role that trades into a file that only its owner reads, and return where it is.

    Keys that are still good are left as they are.
    """
    path = directory / KEY_FILE
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    keys = {role.value: _good_key(role, kept.get(role.value, ""), now) for role in ROLES}
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(keys, indent=2) + "\n")
    unfinished.replace(path)
    return path


def _good_key(role: Role, kept: str, now: dt.datetime) -> str:
    if kept and identity_of_key(kept, now) is not None:
        return kept
    person = demo_person(role)
    assert person is not None, "every role that trades has its person"
    identity = identity_of_person(person.id)
    assert identity is not None, "the demonstration's people are never locked"
    if not identity.memberships:
        return make_platform_key(identity, name=KEY_NAME, roles=[role], days=DAYS_MAX, now=now)[1]
    member = identity.memberships[0]
    _, secret = make_key(
        identity,
        member.company_id,
        name=KEY_NAME,
        rights=member.rights & frozenset(MemberRight),
        days=DAYS_MAX,
        is_sandbox=True,
        now=now,
    )
    return secret
