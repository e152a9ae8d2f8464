"""Inspection companies entered under an id that an edition names: by operators, once, and never over somebody else's id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fairlot.application.people import inspection_companies, invitations
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.store.people.models import ApiKey, Company, Membership, Person, StaffRole
from tests.support.api import Answer, Speaker, key_of, member, staff
from tests.support.api_trades import Fair, document
from tests.support.command_line import CommandLine, point_at
from tests.support.postgres import Database

SGS = "SGS"
ANNA = "anna@sgs.example"
WANTED = {"legal_name": "SGS SA", "country": "CH", "manager_email": ANNA}


def enter(fair: Fair, company_id: str = SGS, **changes: Any) -> Answer:
    return fair.operator.ask("PUT", f"/inspection-companies/{company_id}", {**WANTED, **changes})


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def accept(link: str, email: str = ANNA) -> Person:
    person = Person.objects.create_user(email)
    invitations.accept(token_of(link), person, now=system_clock())
    return person


def speaking_for(company_id: str) -> Speaker:
    membership = Membership.objects.get(company_id=company_id)
    return Speaker(key_of(membership.person, company=membership.company, rights=membership.rights))


def booked(fair: Fair) -> str:
    order_id = fair.paid()
    fair.buyer.command(
        order_id,
        "BookInspection",
        inspection_id="I1",
        company=SGS,
        stage="pre_shipment",
        fee_minor=100,
    ).ok()
    return order_id


class TestEntering:
    def test_its_manager_comes_by_the_link_and_finds_the_orders_it_was_booked_for(
        self, fair: Fair
    ) -> None:
        order_id = booked(fair)
        entered = enter(fair).ok()
        assert entered["company_id"] == SGS
        accept(entered["link"])
        inspector = speaking_for(SGS)
        assert inspector.get(f"/orders/{order_id}").ok()["order_id"] == order_id
        assert inspector.get(f"/orders/{fair.paid()}").status == 404
        assert Company.objects.get(id=SGS).is_inspection_company

    def test_again_is_a_new_link_until_somebody_has_come(self, fair: Fair) -> None:
        first, second = enter(fair).ok()["link"], enter(fair).ok()["link"]
        with pytest.raises(RefusedChange) as refused:
            accept(first, "early@sgs.example")
        assert refused.value.code is PeopleCode.INVITATION_GONE
        accept(second)
        answer = enter(fair)
        assert (answer.status, answer.code) == (409, "company_id_taken")

    def test_only_operators_may(self, fair: Fair) -> None:
        for speaker in (fair.buyer, fair.mediator, staff(Role.SUPERVISOR), staff(Role.AUDITOR)):
            answer = speaker.ask("PUT", f"/inspection-companies/{SGS}", WANTED)
            assert (answer.status, answer.code) == (403, "not_permitted")
        assert not Company.objects.filter(id=SGS).exists()

    def test_link_of_an_operator_who_is_none_any_more_is_dead(self, fair: Fair) -> None:
        link = enter(fair).ok()["link"]
        StaffRole.objects.filter(role=Role.OPERATOR.value).delete()
        with pytest.raises(RefusedChange) as refused:
            accept(link)
        assert refused.value.code is PeopleCode.INVITATION_GONE

    @pytest.mark.parametrize(
        "company_id", ["com_0123", "per_1", "Bureau%20Veritas", "-x", "x" * 65]
    )
    def test_ids_that_are_drawn_or_no_ids_are_refused(self, fair: Fair, company_id: str) -> None:
        answer = enter(fair, company_id)
        assert (answer.status, answer.code) == (422, "company_id_malformed")

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("country", "ZZ", "country_unknown"),
            ("legal_name", " ", "name_missing"),
            ("manager_email", "nobody", "address_malformed"),
        ],
    )
    def test_what_is_said_of_it_must_be_right(
        self, fair: Fair, field: str, value: str, code: str
    ) -> None:
        assert enter(fair, **{field: value}).code == code

    def test_refusals_are_said_in_chinese_too(self, fair: Fair) -> None:
        path = "/inspection-companies/com_1"
        answer = fair.operator.ask("PUT", path, WANTED, headers={"Accept-Language": "zh"})
        assert "自定编号" in answer.json["detail"]


class TestIdsOfOthers:
    def party(self, fair: Fair) -> str:
        """Begin an order whose supplier has not signed in yet, and so is no company of ours."""
        contract = document()
        contract["supplier"]["company_id"] = "rival-ltd"
        fair.buyer.post("/orders", {"contract": contract, "buyer_country": "US"}).ok()
        return "rival-ltd"

    def test_a_partys_id_is_never_given_away(self, fair: Fair) -> None:
        assert enter(fair, self.party(fair)).code == "company_id_taken"

    def test_planted_fault_without_asking_the_orders_they_would_be_open(
        self, fair: Fair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        party = self.party(fair)
        monkeypatch.setattr(inspection_companies, "is_party", lambda _: False)
        accept(enter(fair, party).ok()["link"])
        assert speaking_for(party).get("/orders").ok()["orders"] != []

    def test_another_companys_id_is_never_given_away(self, fair: Fair) -> None:
        member("Lloyds")
        assert enter(fair, "Lloyds").code == "company_id_taken"
        member("Intertek", inspects=True)
        taken = enter(fair, "Intertek", legal_name="Intertek", country="US")
        assert taken.code == "company_id_taken", "it has a member"


class TestCommand:
    def test_the_command_prints_the_same_kind_of_link(
        self,
        fair: Fair,
        django_database: Database,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        del fair
        point_at(django_database, tmp_path, monkeypatch, demo=True)
        words = ("--name", "SGS SA", "--country", "CH", "--manager", ANNA)
        command = ("operator", "inspection-company", SGS, *words)
        refused = CommandLine().refused(*command, "--by", "nobody@example.test")
        assert refused["refused"] == "no_such_operator"
        told = CommandLine().answer(*command, "--by", "PER_OPERATOR@example.test")
        accept(told["link"])
        assert Membership.objects.get(company_id=SGS).person.email == ANNA
        assert ApiKey.objects.filter(company_id=SGS).count() == 0
