"""The API in this process: companies with people and keys, and a client that speaks for one of them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import Any

from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.store.people.ids import hash_of, new_key_secret
from fairlot.store.people.models import ApiKey, Company, Membership, Person, StaffRole

PREFIX = "/api/v1"
EVERY_RIGHT = frozenset(MemberRight)
_numbers = itertools.count(1)


class Answer:
    """What came back."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = dict(response.items())
        self.body: bytes = response.getvalue() if response.streaming else response.content

    @property
    def json(self) -> Any:
        """Return the body as data."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Return the code of a problem."""
        assert self.headers["Content-Type"].startswith("application/problem+json"), self.body
        return str(self.json["code"])

    def ok(self) -> Any:
        """Return the body of an answer that is no problem."""
        assert self.status < 400, (self.status, self.body)
        return self.json


class Speaker:
    """Somebody with a key, or nobody."""

    def __init__(self, secret: str | None = None) -> None:
        self.secret = secret
        self._client = Client(raise_request_exception=False)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        """Send one request; a change gets a key of its own unless one is given."""
        given = dict(headers or {})
        if self.secret is not None:
            given["Authorization"] = f"Bearer {self.secret}"
        if method == "POST" and key != "":
            given["Idempotency-Key"] = key or f"test-{next(_numbers)}"
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        response = self._client.generic(
            method, f"{PREFIX}{path}", data, content_type=content_type, headers=given
        )
        return Answer(response)

    def get(self, path: str, **options: Any) -> Answer:
        """Read."""
        return self.ask("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Answer:
        """Change."""
        return self.ask("POST", path, body, **options)

    def command(self, order_id: str, type_: str, **fields: Any) -> Answer:
        """Ask an order a command."""
        return self.post(f"/orders/{order_id}/commands", {"type": type_, **fields})


NOBODY = Speaker()


def person(person_id: str) -> Person:
    """Return somebody with an account, made when first asked for."""
    found = Person.objects.filter(id=person_id).first()
    return found or Person.objects.create_user(f"{person_id}@example.test", id=person_id)


def company(company_id: str, *, inspects: bool = False) -> Company:
    """Return a company, made when first asked for."""
    founder = person(f"per_founder_{company_id}")
    found, _ = Company.objects.get_or_create(
        id=company_id,
        defaults={
            "legal_name": company_id,
            "country": "US",
            "is_inspection_company": inspects,
            "created_by": founder,
        },
    )
    return found


def member(
    company_id: str,
    *,
    rights: Iterable[MemberRight] = EVERY_RIGHT,
    person_id: str = "",
    inspects: bool = False,
) -> Speaker:
    """Return a member of a company with a key of the same rights."""
    of = company(company_id, inspects=inspects)
    who = person(person_id or f"per_{company_id}")
    words = sorted(right.value for right in rights)
    Membership.objects.get_or_create(
        person=who, company=of, defaults={"rights": words, "since": system_clock()}
    )
    return Speaker(key_of(who, company=of, rights=words))


def staff(role: Role, *, person_id: str = "") -> Speaker:
    """Return somebody of the platform with a key of that role."""
    who = person(person_id or f"per_{role.value}")
    StaffRole.objects.get_or_create(person=who, role=role.value)
    return Speaker(key_of(who, staff_roles=[role.value]))


def key_of(
    who: Person,
    *,
    company: Company | None = None,
    rights: list[str] | None = None,
    staff_roles: list[str] | None = None,
) -> str:
    """Make a key and return its secret."""
    secret = new_key_secret(is_sandbox=True)
    ApiKey.objects.create(
        name="test",
        prefix=secret[:14],
        secret_hash=hash_of(secret),
        company=company,
        rights=rights or [],
        staff_roles=staff_roles or [],
        created_by=who,
        created_at=system_clock(),
    )
    return secret
