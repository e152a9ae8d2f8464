"""Addresses and forms with what no table takes: refused like anything that is not there, never a failure of ours."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from fairlot.domain.party import Role
from fairlot.store.people.models import Person
from tests.support.people import company, member, person
from tests.support.postgres import Database

FAILED = 500
NUL = "%00"
ODD_PATHS = (
    f"/orders/?q={NUL}",
    f"/orders/ord{NUL}/",
    f"/suppliers/?q={NUL}",
    f"/suppliers/?country={NUL}&category={NUL}",
    f"/suppliers/com{NUL}/",
    f"/suppliers/compare/?supplier={NUL}",
    f"/suppliers/compare/?suppliers={NUL}",
    f"/notifications/?before=2027-01-01T00:00:00Z&id={NUL}",
    f"/account/companies/com{NUL}/",
    f"/account/invitations/{NUL}/",
    "/orders/?page=99999999999999999999999999",
    "/orders/?page=%C2%B2",
)
ODD_FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/account/", {"name": "a\x00b", "zone": "UTC", "language": "en"}),
    ("/account/", {"name": "a", "zone": "\x00", "language": "\x00"}),
    ("/account/companies/", {"legal_name": "a\x00b", "country": "DE"}),
    ("/account/stand-at/", {"place": "\x00"}),
    ("/account/companies/com_mill/invite/", {"email": "a\x00@example.test", "rights": "follow"}),
    ("/account/companies/com_mill/keys/", {"name": "a\x00b", "rights": "follow", "days": "90"}),
    ("/account/companies/com_mill/members/per\x00/rights/", {"rights": "follow"}),
    ("/account/companies/com_mill/members/per\x00/remove/", {}),
    ("/account/companies/com_mill/keys/key\x00/revoke/", {}),
    ("/account/login/", {"login": "a\x00@example.test", "password": "a\x00b"}),
    ("/account/demo/\x00/", {}),
    ("/notifications/read/", {"id": "\x00"}),
)


@pytest.fixture
def client(django_database: Database) -> Client:
    del django_database
    anna = person("anna", roles=[Role.OPERATOR])
    member(company("mill", anna), anna)
    found = Client(raise_request_exception=False)
    found.force_login(anna)
    found.post("/account/reauthenticate/", {"password": "a quiet harbour at dawn"})
    return found


def test_odd_addresses_are_no_failure_of_ours(client: Client) -> None:
    failed = [path for path in ODD_PATHS if client.get(path).status_code >= FAILED]
    assert failed == []


def test_odd_forms_are_no_failure_of_ours(client: Client) -> None:
    for content_type in (MULTIPART_CONTENT, "application/x-www-form-urlencoded"):
        for path, form in ODD_FORMS:
            sent = form if content_type == MULTIPART_CONTENT else urlencode(form)
            answer = client.post(path, sent, content_type=content_type)
            assert answer.status_code < FAILED, (path, content_type)
    assert Person.objects.get().name == "Anna"
