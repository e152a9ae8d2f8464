"""Inspection companies that the programme's editions name: entered by the platform under that very id, before anybody of theirs.

Whoever is invited first manages the company. Until somebody has accepted, it can be entered again, and earlier links end.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fairlot.application.access import MemberRight
from fairlot.application.people.companies import COUNTRIES, note, words_of
from fairlot.application.people.invitations import GOOD_FOR
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.domain.party import Role
from fairlot.store.people.ids import hash_of, new_token
from fairlot.store.people.models import (
    NAME_LENGTH_MAX,
    Company,
    Invitation,
    Membership,
    StaffRole,
)
from fairlot.store.people.record import is_party

# What an edition may call an inspection company; ids that we draw ourselves begin otherwise.
CHOSEN_ID = re.compile(r"(?!(?:com|per|key|ord)_)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class InspectionCompany(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection company to enter, and the address of whoever is to manage it."""

    company_id: str
    legal_name: str
    country: str
    manager_email: str


def enter_inspection_company(wanted: InspectionCompany, *, by: str, now: dt.datetime) -> str:
    """Enter a company and return the token of its first manager's link; `by` is an operator. Raises RefusedChange."""
    name = _checked(wanted)
    with transaction.atomic():
        company, is_new = Company.objects.select_for_update().get_or_create(
            id=wanted.company_id,
            defaults={
                "legal_name": name,
                "country": wanted.country,
                "trades": False,
                "is_inspection_company": True,
                "created_at": now,
                "created_by_id": by,
            },
        )
        if is_new:
            note(now, by, company.id, company.id, "entered")
        elif not _is_the_same(company, name, wanted.country):
            raise RefusedChange(PeopleCode.COMPANY_ID_TAKEN)
        waiting = Invitation.objects.filter(company=company, accepted_at=None, withdrawn_at=None)
        waiting.update(withdrawn_at=now)
        token = new_token()
        made = Invitation.objects.create(
            token_hash=hash_of(token),
            email=wanted.manager_email.lower(),
            company=company,
            rights=words_of(MemberRight),
            invited_by_id=by,
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
        note(now, by, company.id, str(made.pk), "invited", rights=words_of(MemberRight))
    return token


def operator_with_address(email: str) -> str:
    """Return the id of the operator with an e-mail address. Raises RefusedChange."""
    found = StaffRole.objects.filter(
        role=Role.OPERATOR.value, person__email__iexact=email, person__is_active=True
    ).first()
    if found is None:
        raise RefusedChange(PeopleCode.NO_SUCH_OPERATOR)
    return str(found.person.pk)


def _checked(wanted: InspectionCompany) -> str:
    """Return the company's name as it is kept. Raises RefusedChange."""
    name = " ".join(wanted.legal_name.split())
    if not CHOSEN_ID.fullmatch(wanted.company_id):
        raise RefusedChange(PeopleCode.COMPANY_ID_MALFORMED)
    if not name or len(name) > NAME_LENGTH_MAX:
        raise RefusedChange(PeopleCode.NAME_MISSING)
    if wanted.country not in COUNTRIES:
        raise RefusedChange(PeopleCode.COUNTRY_UNKNOWN)
    try:
        validate_email(wanted.manager_email)
    except ValidationError:
        raise RefusedChange(PeopleCode.ADDRESS_MALFORMED) from None
    if is_party(wanted.company_id):
        raise RefusedChange(PeopleCode.COMPANY_ID_TAKEN)
    return name


def _is_the_same(company: Company, name: str, country: str) -> bool:
    """Say whether a company that is there already is this one, and nobody has come yet."""
    same = company.is_inspection_company and (company.legal_name, company.country) == (
        name,
        country,
    )
    return (
        same
        and company.closed_at is None
        and not Membership.objects.filter(company=company).exists()
    )
