"""The people of a demonstration: one for each role, with a password that everybody may know; never outside a demonstration."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from allauth.account.models import EmailAddress
from django.db import transaction

from fairlot.application.access import MemberRight
from fairlot.domain.party import Role
from fairlot.store.people.models import Company, Membership, Person, StaffRole

DEMO_PASSWORD = "harbor-lantern-demo"  # noqa: S105  (shown on the demonstration's own sign-in page)


class CompanyKind(StrEnum):
    """What a company of the demonstration does."""

    TRADE = "trade"
    SOURCING_AGENT = "sourcing agent"
    INSPECTION = "inspection"


class DemoPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to look around as: a member of one company, or staff."""

    role: Role
    person_id: str
    name: str
    email: str
    company_id: str = ""
    legal_name: str = ""
    country: str = ""
    kind: CompanyKind = CompanyKind.TRADE


DEMO_PEOPLE = (
    DemoPerson(
        role=Role.BUYER,
        person_id="per_demo_buyer",
        name="Hannah Port",
        email="buyer@demo.example",
        company_id="com_harborgoods",
        legal_name="Harbor Goods LLC",
        country="US",
    ),
    DemoPerson(
        role=Role.SUPPLIER,
        person_id="per_demo_supplier",
        name="Chen Liang",
        email="supplier@demo.example",
        company_id="com_brightcell",
        legal_name="Shenzhen Brightcell Electronics Co., Ltd.",
        country="CN",
    ),
    DemoPerson(
        role=Role.OPERATOR,
        person_id="per_demo_operator",
        name="Olga Platt",
        email="operator@demo.example",
    ),
    DemoPerson(
        role=Role.AGENT,
        person_id="per_demo_agent",
        name="Grace Way",
        email="agent@demo.example",
        company_id="com_goodways",
        legal_name="Goodways Sourcing Ltd",
        country="HK",
        kind=CompanyKind.SOURCING_AGENT,
    ),
    # The company is named as policies name it.
    DemoPerson(
        role=Role.INSPECTOR,
        person_id="per_demo_inspector",
        name="Ines Prüfer",
        email="inspector@demo.example",
        company_id="SGS",
        legal_name="SGS",
        country="CH",
        kind=CompanyKind.INSPECTION,
    ),
    DemoPerson(
        role=Role.SUPERVISOR,
        person_id="per_demo_supervisor",
        name="Sven Rat",
        email="supervisor@demo.example",
    ),
    DemoPerson(
        role=Role.AUDITOR,
        person_id="per_demo_auditor",
        name="Ada Buch",
        email="auditor@demo.example",
    ),
    # The mediator whom the example trades name.
    DemoPerson(
        role=Role.MEDIATOR,
        person_id="per_mediator",
        name="Marta Fair",
        email="mediator@demo.example",
    ),
)


def demo_person(role: Role) -> Person | None:
    """Return the demonstration's person for a role, made now if nobody asked before; None for a role without one."""
    wanted = next((each for each in DEMO_PEOPLE if each.role is role), None)
    if wanted is None:
        return None
    with transaction.atomic():
        found = Person.objects.filter(id=wanted.person_id).first()
        return found or _made(wanted)


def _made(wanted: DemoPerson) -> Person:
    person = Person.objects.create_user(
        wanted.email, DEMO_PASSWORD, id=wanted.person_id, name=wanted.name
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if not wanted.company_id:
        StaffRole.objects.create(person=person, role=wanted.role.value)
        return person
    company, _ = Company.objects.get_or_create(
        id=wanted.company_id,
        defaults={
            **_facts(wanted.legal_name, wanted.country, wanted.kind),
            "created_by": person,
        },
    )
    rights = sorted(right.value for right in MemberRight)
    Membership.objects.create(company=company, person=person, rights=rights)
    return person


def found_company(company_id: str, legal_name: str, country: str, kind: CompanyKind) -> None:
    """Let a company of the demonstration stand among the others, founded by the platform; again changes nothing."""
    founder = demo_person(Role.OPERATOR)
    assert founder is not None, "the platform has its person"
    Company.objects.get_or_create(
        id=company_id, defaults={**_facts(legal_name, country, kind), "created_by": founder}
    )


def _facts(legal_name: str, country: str, kind: CompanyKind) -> dict[str, object]:
    return {
        "legal_name": legal_name,
        "country": country,
        "trades": kind is CompanyKind.TRADE,
        "is_sourcing_agent": kind is CompanyKind.SOURCING_AGENT,
        "is_inspection_company": kind is CompanyKind.INSPECTION,
    }
