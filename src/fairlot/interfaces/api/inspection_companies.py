"""Inspection companies, entered by the platform's operators under the ids that the programme's editions name."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from fairlot import config
from fairlot.application.people.inspection_companies import (
    InspectionCompany,
    enter_inspection_company,
)
from fairlot.application.people.people_refusals import RefusedChange
from fairlot.clock import system_clock
from fairlot.interfaces.api.auth import refuse_unless_fresh
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined
from fairlot.interfaces.api.suppliers import operator_of
from fairlot.interfaces.api.wire import NoQuery, answer, body_of, query_of
from fairlot.store.people.models import NAME_LENGTH_MAX

EMAIL_LENGTH_MAX = 254

router = Router(tags=["House"])


class InspectionCompanyWanted(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What the company is called, where it sits, and who is to manage it."""

    legal_name: Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_LENGTH_MAX)]
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
    manager_email: Annotated[str, msgspec.Meta(min_length=3, max_length=EMAIL_LENGTH_MAX)]


class InspectionCompanyEntered(msgspec.Struct, frozen=True, kw_only=True):
    """The company's id, and the link to send to its first manager: it works once, within a day."""

    company_id: str
    link: str


@router.put(
    "/inspection-companies/{company_id}",
    summary="Enter an inspection company",
    openapi_extra=declared(
        answer=InspectionCompanyEntered, body=InspectionCompanyWanted, may_conflict=True
    ),
)
def enter_company(request: HttpRequest, company_id: str) -> HttpResponse:
    """Operators: enter a company under the id that an edition names. Again, until somebody has come: a new link."""
    query_of(request, NoQuery)
    person_id = operator_of(request)
    refuse_unless_fresh(request)
    asked = body_of(request, InspectionCompanyWanted)
    wanted = InspectionCompany(company_id=company_id, **msgspec.structs.asdict(asked))
    try:
        token = enter_inspection_company(wanted, by=person_id, now=system_clock())
    except RefusedChange as refused:
        raise Declined(refused.code, refused.facts) from refused
    link = config.settings().base_url + reverse("invitation", args=[token])
    return answer(InspectionCompanyEntered(company_id=company_id, link=link))
