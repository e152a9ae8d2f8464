"""Companies and their members: founding, changing rights, leaving; every change is written with who made it.

Whoever manages a company gives out at most the rights they have, and a company is never without somebody who manages it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import msgspec
from babel import Locale
from django.db import transaction

from fairlot.application.access import Identity, MemberRight, rights_in
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.store.people.models import NAME_LENGTH_MAX, AccessChange, Company, Membership

# The two-letter territories of CLDR that are no country: unions, zones and made-up ones.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
)


class NewCompany(msgspec.Struct, frozen=True, kw_only=True):
    """What a company says of itself when it is entered."""

    legal_name: str
    country: str
    trades: bool = False
    is_sourcing_agent: bool = False
    is_inspection_company: bool = False


def found_company(person_id: str, wanted: NewCompany, *, now: dt.datetime) -> Company:
    """Enter a company whose founder has every right in it. Raises RefusedChange."""
    name = " ".join(wanted.legal_name.split())
    if not name or len(name) > NAME_LENGTH_MAX:
        raise RefusedChange(PeopleCode.NAME_MISSING)
    if wanted.country not in COUNTRIES:
        raise RefusedChange(PeopleCode.COUNTRY_UNKNOWN)
    if not (wanted.trades or wanted.is_sourcing_agent or wanted.is_inspection_company):
        raise RefusedChange(PeopleCode.KIND_MISSING)
    with transaction.atomic():
        company = Company.objects.create(
            legal_name=name,
            country=wanted.country,
            trades=wanted.trades,
            is_sourcing_agent=wanted.is_sourcing_agent,
            is_inspection_company=wanted.is_inspection_company,
            created_at=now,
            created_by_id=person_id,
        )
        Membership.objects.create(
            company=company, person_id=person_id, rights=words_of(MemberRight), since=now
        )
        note(now, person_id, company.id, person_id, "founded", rights=words_of(MemberRight))
    return company


def change_rights(
    identity: Identity,
    company_id: str,
    person_id: str,
    rights: Iterable[MemberRight],
    *,
    now: dt.datetime,
) -> None:
    """Give a member other rights. Raises RefusedChange."""
    wanted = frozenset(rights)
    own = _managing(identity, company_id)
    if not wanted:
        raise RefusedChange(PeopleCode.NO_RIGHTS_GIVEN)
    with transaction.atomic():
        member = _locked_member(company_id, person_id)
        if not wanted - set(member.rights) <= own:
            raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
        if MemberRight.MANAGE not in wanted:
            _refuse_without_manager(company_id, person_id)
        member.rights = words_of(wanted)
        member.save(update_fields=["rights"])
        note(now, identity.person_id, company_id, person_id, "rights", rights=words_of(wanted))


def remove_member(identity: Identity, company_id: str, person_id: str, *, now: dt.datetime) -> None:
    """Take a member out of a company; everybody may leave by themselves. Raises RefusedChange."""
    if person_id != identity.person_id:
        _managing(identity, company_id)
    with transaction.atomic():
        member = _locked_member(company_id, person_id)
        _refuse_without_manager(company_id, person_id)
        member.delete()
        note(now, identity.person_id, company_id, person_id, "removed")


def managing_rights(identity: Identity, company_id: str) -> frozenset[MemberRight]:
    """Return the rights of somebody who manages a company. Raises RefusedChange for everybody else."""
    return _managing(identity, company_id)


def words_of(rights: Iterable[MemberRight]) -> list[str]:
    """Return rights as they are stored."""
    return sorted(right.value for right in rights)


def note(
    now: dt.datetime, by: str, company_id: str, subject: str, kind: str, **facts: object
) -> None:
    """Write who changed whose access; ids and codes only."""
    AccessChange.objects.create(
        at=now,
        by_person_id=by,
        company_id=company_id,
        subject_id=subject,
        kind=kind,
        facts=facts,
    )


def is_only_manager(company_id: str, person_id: str) -> bool:
    """Say whether nobody else who can sign in manages a company."""
    managers = Membership.objects.filter(
        company_id=company_id,
        rights__contains=[MemberRight.MANAGE.value],
        person__is_active=True,
    )
    return not managers.exclude(person_id=person_id).exists()


def _managing(identity: Identity, company_id: str) -> frozenset[MemberRight]:
    own = rights_in(identity, company_id)
    if MemberRight.MANAGE not in own:
        raise RefusedChange(PeopleCode.NOT_A_MANAGER)
    return own


def _locked_member(company_id: str, person_id: str) -> Membership:
    # Two managers who take each other's right away at once wait here for each other.
    Company.objects.select_for_update().get(id=company_id)
    found = Membership.objects.filter(company_id=company_id, person_id=person_id).first()
    if found is None:
        raise RefusedChange(PeopleCode.NO_SUCH_MEMBER)
    return found


def _refuse_without_manager(company_id: str, person_id: str) -> None:
    if is_only_manager(company_id, person_id):
        raise RefusedChange(PeopleCode.LAST_MANAGER)
