"""One's own account: language and zone, everything kept about one as data, and erasure that leaves the record whole.

Events know a person by id alone, so an erased person's name and address go and every chain still holds.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from fairlot.application.people.companies import is_only_manager, note
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.store.people.models import (
    LANGUAGES,
    NAME_LENGTH_MAX,
    AccessChange,
    ApiKey,
    Company,
    Invitation,
    Membership,
    Person,
    StaffRole,
)
from fairlot.store.people.record import acts_of, has_open_orders

ERASED_DOMAIN = "erased.invalid"


def change_profile(person: Person, *, name: str, language: str, zone: str) -> None:
    """Keep a person's name, language and zone. Raises RefusedChange."""
    if zone not in zoneinfo.available_timezones():
        raise RefusedChange(PeopleCode.ZONE_UNKNOWN)
    assert language in dict(LANGUAGES), "pages offer their own languages only"
    person.name = " ".join(name.split())[:NAME_LENGTH_MAX]
    person.language = language
    person.zone = zone
    person.save(update_fields=["name", "language", "zone"])


def export_of(person: Person, *, now: dt.datetime) -> dict[str, Any]:
    """Return everything that is kept about a person, as plain data; secrets are not among it."""
    members = list(Membership.objects.filter(person=person).select_related("company"))
    factors = Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
    return {
        "made_at": now,
        "person": {
            "id": person.id,
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "zone": person.zone,
            "joined_at": person.joined_at,
            "last_signed_in_at": person.last_login,
        },
        "addresses": list(
            EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
        ),
        "second_factors": list(factors),
        "sessions": list(
            UserSession.objects.filter(user=person).values("created_at", "ip", "user_agent")
        ),
        "companies": [
            {
                "id": member.company.id,
                "legal_name": member.company.legal_name,
                "rights": member.rights,
                "since": member.since,
            }
            for member in members
        ],
        "staff_roles": list(StaffRole.objects.filter(person=person).values("role", "since")),
        "keys": list(
            ApiKey.objects.filter(created_by=person).values(
                "id", "name", "prefix", "company_id", "rights", "created_at", "revoked_at"
            )
        ),
        "invitations": list(
            Invitation.objects.filter(email__iexact=person.email).values(
                "company_id", "created_at", "accepted_at"
            )
        ),
        "changes_of_access": list(
            AccessChange.objects.filter(subject_id=person.id).values(
                "at", "kind", "company_id", "by_person_id", "facts"
            )
        ),
        "acts": acts_of(person.id, [member.company.id for member in members]),
    }


def erase(person: Person, *, now: dt.datetime, by: str = "", why: str = "") -> None:
    """Erase a person's name, address, factors and sessions, and end all their access; the id stays. Raises RefusedChange.

    A company that they alone belong to is closed with them, unless it has open orders. Without `by` they do it themselves;
    an operator says why.
    """
    by = by or person.id
    with transaction.atomic():
        companies = Company.objects.filter(memberships__person=person).order_by("id")
        for company in companies.select_for_update(of=("self",)):
            _leave(company, person, now=now, by=by)
        Membership.objects.filter(person=person).delete()
        StaffRole.objects.filter(person=person).delete()
        ApiKey.objects.filter(created_by=person, revoked_at=None).update(revoked_at=now)
        Invitation.objects.filter(email__iexact=person.email).update(
            email=f"{person.id}@{ERASED_DOMAIN}"
        )
        for session in UserSession.objects.filter(user=person):
            session.end()
        Authenticator.objects.filter(user=person).delete()
        EmailAddress.objects.filter(user=person).delete()
        person.email = f"{person.id}@{ERASED_DOMAIN}"
        person.name = ""
        person.zone = "UTC"
        person.is_active = False
        person.erased_at = now
        person.last_login = None
        person.set_unusable_password()
        person.save()
        note(now, by, "", person.id, "erased", **({"why": why} if why else {}))


def _leave(company: Company, person: Person, *, now: dt.datetime, by: str) -> None:
    if not is_only_manager(company.id, person.id):
        return
    if has_open_orders(company.id):
        raise RefusedChange(PeopleCode.LAST_MANAGER_WITH_OPEN_ORDERS, company=company.legal_name)
    if Membership.objects.filter(company=company).exclude(person=person).exists():
        raise RefusedChange(PeopleCode.LAST_MANAGER, company=company.legal_name)
    company.closed_at = now
    company.save(update_fields=["closed_at"])
    note(now, by, company.id, company.id, "closed")
