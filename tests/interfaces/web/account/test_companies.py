"""Companies' pages: who may change whom, invitations used once, keys shown once, an account exported and erased."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from fairlot.application.access import MemberRight
from fairlot.application.people import companies as subject
from fairlot.application.people import invitations
from fairlot.application.people.companies import change_rights
from fairlot.application.people.identity import identity_of_key, identity_of_person
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.store.people.models import (
    AccessChange,
    ApiKey,
    Company,
    Invitation,
    Membership,
    Person,
)
from tests.support.command_line import CommandLine, point_at
from tests.support.people import NOW, PASSWORD, company, member, person
from tests.support.postgres import Database

OK = 200
FOUND = 302
NOT_FOUND = 404
FOLLOW = frozenset({MemberRight.FOLLOW})


@pytest.fixture(autouse=True)
def accounts(django_database: Database, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def signed_in(who: Person) -> Client:
    """Sign in, and show the password once more as pages ask before rights change."""
    client = Client()
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    again = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert again.status_code == FOUND
    return client


@pytest.fixture
def anna() -> Person:
    return person("anna")


@pytest.fixture
def harbor(anna: Person) -> Company:
    made = company("harbor", anna)
    member(made, anna)
    return made


def rights_of(who: Person, of: Company) -> set[str]:
    found = Membership.objects.filter(person=who, company=of).first()
    return set() if found is None else set(found.rights)


def invited(client: Client, of: Company, email: str, *rights: str) -> str:
    """Invite somebody and return the path of the link in the mail."""
    before = len(mail.outbox)
    client.post(f"/account/companies/{of.id}/invite/", {"email": email, "rights": list(rights)})
    if len(mail.outbox) == before:
        return ""
    found = re.search(r"/account/invitations/\S+", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


class TestFounding:
    def test_founder_has_every_right(self, anna: Person) -> None:
        client = signed_in(anna)
        asked = {"legal_name": "Mill  & Co", "country": "CN", "trades": "on"}
        assert client.post("/account/companies/", asked).status_code == FOUND
        made = Company.objects.get()
        assert made.id.startswith("com_")
        assert made.legal_name == "Mill & Co"
        assert rights_of(anna, made) == {right.value for right in MemberRight}

    def test_r9_sourcing_agents_and_inspection_companies_enter_themselves(
        self, anna: Person
    ) -> None:
        client = signed_in(anna)
        asked = {"legal_name": "Look & See", "country": "CN", "is_inspection_company": "on"}
        client.post("/account/companies/", asked)
        identity = identity_of_person(anna.id)
        assert identity is not None
        assert identity.memberships[0].is_inspector
        assert Company.objects.get().trades is False

    @pytest.mark.parametrize(
        "wrong",
        [
            {"legal_name": " ", "country": "CN", "trades": "on"},
            {"legal_name": "Mill", "country": "XX", "trades": "on"},
            {"legal_name": "Mill", "country": "CN"},
        ],
    )
    def test_half_a_company_is_refused_with_a_sentence(
        self, anna: Person, wrong: dict[str, str]
    ) -> None:
        answer = signed_in(anna).post("/account/companies/", wrong)
        assert b"notice-error" in answer.content
        assert Company.objects.count() == 0


class TestMembers:
    def test_manager_changes_rights_and_it_is_written(self, anna: Person, harbor: Company) -> None:
        bao = person("bao")
        member(harbor, bao, FOLLOW)
        path = f"/account/companies/{harbor.id}/members/{bao.id}/rights/"
        signed_in(anna).post(path, {"rights": ["follow", "pay"]})
        assert rights_of(bao, harbor) == {"follow", "pay"}
        written = AccessChange.objects.get(kind="rights")
        assert (written.by_person_id, written.subject_id) == (anna.id, bao.id)

    def test_nobody_gives_what_they_do_not_have(self, harbor: Company) -> None:
        bao = person("bao")
        member(harbor, bao, {MemberRight.FOLLOW, MemberRight.MANAGE})
        path = f"/account/companies/{harbor.id}/members/{bao.id}/rights/"
        signed_in(bao).post(path, {"rights": ["follow", "manage", "bank"]})
        assert rights_of(bao, harbor) == {"follow", "manage"}

    def test_plain_member_changes_nobody(self, anna: Person, harbor: Company) -> None:
        bao = person("bao")
        member(harbor, bao, FOLLOW)
        client = signed_in(bao)
        client.post(f"/account/companies/{harbor.id}/members/{bao.id}/rights/", {"rights": ["pay"]})
        client.post(f"/account/companies/{harbor.id}/members/{anna.id}/remove/")
        assert rights_of(bao, harbor) == {"follow"}
        assert rights_of(anna, harbor)

    def test_last_manager_stays(self, anna: Person, harbor: Company) -> None:
        client = signed_in(anna)
        base = f"/account/companies/{harbor.id}/members/{anna.id}"
        client.post(f"{base}/rights/", {"rights": ["follow"]})
        client.post(f"{base}/remove/")
        assert "manage" in rights_of(anna, harbor)

    def test_planted_fault_a_company_without_manager_would_be_caught(
        self, anna: Person, harbor: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(subject, "is_only_manager", lambda *_: False)
        with pytest.raises(AssertionError):
            self.test_last_manager_stays(anna, harbor)

    def test_a6_removed_member_is_out_at_the_next_request(
        self, anna: Person, harbor: Company
    ) -> None:
        bao = person("bao")
        member(harbor, bao, FOLLOW)
        theirs = signed_in(bao)
        assert theirs.get(f"/account/companies/{harbor.id}/").status_code == OK
        signed_in(anna).post(f"/account/companies/{harbor.id}/members/{bao.id}/remove/")
        assert theirs.get(f"/account/companies/{harbor.id}/").status_code == NOT_FOUND

    def test_a4_foreign_and_absent_companies_are_alike(self, harbor: Company) -> None:
        client = signed_in(person("mallory"))
        token = re.compile(
            rb'name="csrfmiddlewaretoken" value="[^"]+"|/account/companies/\w+/|<time .*?</time>'
        )
        answers = [
            client.get(f"/account/companies/{company_id}/")
            for company_id in (harbor.id, "com_none")
        ]
        assert {answer.status_code for answer in answers} == {NOT_FOUND}
        assert len({token.sub(b"", answer.content) for answer in answers}) == 1

    def test_changing_rights_asks_for_the_password_after_five_minutes(
        self, anna: Person, harbor: Company
    ) -> None:
        client = signed_in(anna)
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 301
        session.save()
        path = f"/account/companies/{harbor.id}/members/{anna.id}/rights/"
        everything = [right.value for right in MemberRight if right is not MemberRight.PAY]
        answer = client.post(path, {"rights": everything})
        assert answer.headers["Location"].startswith("/account/reauthenticate/")
        assert "pay" in rights_of(anna, harbor)

    def test_identity_of_another_moment_is_no_door(self, anna: Person, harbor: Company) -> None:
        stranger = identity_of_person(person("mallory").id)
        assert stranger is not None
        with pytest.raises(RefusedChange) as refusal:
            change_rights(stranger, harbor.id, anna.id, FOLLOW, now=NOW)
        assert refusal.value.code is PeopleCode.NOT_A_MANAGER


class TestInvitations:
    def test_newcomer_chooses_a_password_and_is_in(self, anna: Person, harbor: Company) -> None:
        path = invited(signed_in(anna), harbor, "bao@example.test", "follow", "pay")
        client = Client()
        assert "Harbor" in client.get(path).content.decode()
        answer = client.post(path, {"name": "Bao", "password": PASSWORD})
        assert answer.status_code == FOUND
        bao = Person.objects.get(email="bao@example.test")
        assert rights_of(bao, harbor) == {"follow", "pay"}
        assert client.get("/orders/").status_code == OK

    def test_link_works_once(self, anna: Person, harbor: Company) -> None:
        path = invited(signed_in(anna), harbor, "bao@example.test", "follow")
        Client().post(path, {"password": PASSWORD})
        assert Client().get(path).status_code == NOT_FOUND

    def test_link_is_for_its_address(self, anna: Person, harbor: Company) -> None:
        path = invited(signed_in(anna), harbor, "bao@example.test", "follow")
        mallory = person("mallory")
        assert signed_in(mallory).post(path).status_code == OK
        assert rights_of(mallory, harbor) == set()

    def test_link_alone_does_not_open_an_account_that_exists(
        self, anna: Person, harbor: Company
    ) -> None:
        bao = person("bao")
        path = invited(signed_in(anna), harbor, bao.email, "follow")
        stranger = Client()
        stranger.post(path, {"password": "another long password"})
        assert rights_of(bao, harbor) == set()
        assert stranger.get("/orders/").status_code == FOUND
        assert signed_in(bao).post(path).status_code == FOUND
        assert rights_of(bao, harbor) == {"follow"}

    def test_strangers_are_not_written_to_without_end(
        self, anna: Person, harbor: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invitations, "WRITTEN_MAX", 2)
        client = signed_in(anna)
        for number in range(2):
            assert invited(client, harbor, f"stranger{number}@example.test", "follow")
            Invitation.objects.update(withdrawn_at=system_clock())
        assert not invited(client, harbor, "stranger2@example.test", "follow")
        second = company("second", anna)
        member(second, anna)
        assert not invited(client, second, "stranger2@example.test", "follow")
        Invitation.objects.update(created_at=system_clock() - invitations.GOOD_FOR)
        assert invited(client, harbor, "stranger2@example.test", "follow")

    def test_it_runs_out_and_can_be_withdrawn(self, anna: Person, harbor: Company) -> None:
        client = signed_in(anna)
        late = invited(client, harbor, "late@example.test", "follow")
        Invitation.objects.update(expires_at=system_clock())
        assert Client().get(late).status_code == NOT_FOUND
        gone = invited(client, harbor, "gone@example.test", "follow")
        number = Invitation.objects.get(email="gone@example.test").pk
        client.post(f"/account/companies/{harbor.id}/invitations/{number}/withdraw/")
        assert Client().get(gone).status_code == NOT_FOUND

    def test_it_falls_with_whoever_sent_it(self, anna: Person, harbor: Company) -> None:
        carl = person("carl")
        member(harbor, carl)
        path = invited(signed_in(carl), harbor, "bao@example.test", "follow")
        Membership.objects.filter(person=carl).delete()
        Client().post(path, {"password": PASSWORD})
        assert Membership.objects.filter(company=harbor).count() == 1

    def test_weak_password_is_refused(self, anna: Person, harbor: Company) -> None:
        path = invited(signed_in(anna), harbor, "bao@example.test", "follow")
        Client().post(path, {"password": "short"})
        assert not Person.objects.filter(email="bao@example.test").exists()

    def test_nobody_invites_into_a_foreign_company(self, harbor: Company) -> None:
        client = signed_in(person("mallory"))
        assert invited(client, harbor, "bao@example.test", "follow") == ""
        assert Invitation.objects.count() == 0

    def test_token_is_kept_nowhere(self, anna: Person, harbor: Company) -> None:
        path = invited(signed_in(anna), harbor, "bao@example.test", "follow")
        token = path.rstrip("/").rsplit("/", 1)[1]
        assert token not in str(list(Invitation.objects.values()))


class TestKeys:
    def made(self, client: Client, of: Company, *rights: str) -> str:
        asked = {"name": "shop", "rights": list(rights), "days": "30"}
        answer = client.post(f"/account/companies/{of.id}/keys/", asked)
        found = re.search(r"<code>(flk_\S+)</code>", answer.content.decode())
        return found[1] if found else ""

    def test_key_is_shown_once_and_works_until_revoked(self, anna: Person, harbor: Company) -> None:
        client = signed_in(anna)
        secret = self.made(client, harbor, "follow", "pay")
        assert identity_of_key(secret, system_clock()) is not None
        page = client.get(f"/account/companies/{harbor.id}/").content.decode()
        assert secret not in page
        assert secret[:14] in page
        client.post(f"/account/companies/{harbor.id}/keys/{ApiKey.objects.get().id}/revoke/")
        assert identity_of_key(secret, system_clock()) is None

    def test_plain_member_makes_none(self, harbor: Company) -> None:
        bao = person("bao")
        member(harbor, bao, FOLLOW)
        assert self.made(signed_in(bao), harbor, "follow") == ""
        assert ApiKey.objects.count() == 0

    def test_nobody_revokes_a_foreign_key(self, anna: Person, harbor: Company) -> None:
        secret = self.made(signed_in(anna), harbor, "follow")
        mallory = person("mallory")
        member(company("elsewhere", mallory), mallory)
        key_id = ApiKey.objects.get().id
        for of in (harbor.id, "com_elsewhere"):
            signed_in(mallory).post(f"/account/companies/{of}/keys/{key_id}/revoke/")
        assert identity_of_key(secret, system_clock()) is not None


class TestOwnAccount:
    def test_language_and_zone_are_kept(self, anna: Person) -> None:
        client = signed_in(anna)
        asked = {"name": "Anna", "language": "zh-hans", "zone": "Asia/Shanghai"}
        client.post("/account/", asked)
        anna.refresh_from_db()
        assert (anna.language, anna.zone) == ("zh-hans", "Asia/Shanghai")
        assert "我的账户" in client.get("/account/").content.decode()
        client.post("/account/", {**asked, "zone": "Nowhere/Else"})
        anna.refresh_from_db()
        assert anna.zone == "Asia/Shanghai"

    def test_export_holds_what_is_kept_and_no_secret(self, anna: Person, harbor: Company) -> None:
        client = signed_in(anna)
        secret = TestKeys().made(client, harbor, "follow")
        answer = client.post("/account/export/")
        told = msgspec.json.decode(answer.content)
        assert told["person"]["email"] == anna.email
        assert told["companies"][0]["id"] == harbor.id
        assert told["keys"][0]["prefix"] == secret[:14]
        assert secret not in answer.content.decode()
        assert anna.password not in answer.content.decode()

    def test_erasure_leaves_the_id_and_nothing_else(self, anna: Person, harbor: Company) -> None:
        client = signed_in(anna)
        secret = TestKeys().made(client, harbor, "follow")
        client.post("/account/erase/")
        left = Person.objects.get(id=anna.id)
        assert left.name == ""
        assert left.email == f"{anna.id}@erased.invalid"
        assert identity_of_person(anna.id) is None
        assert identity_of_key(secret, system_clock()) is None
        assert client.get("/orders/").status_code == FOUND
        harbor.refresh_from_db()
        assert harbor.closed_at is not None
        answer = Client().post("/account/login/", {"login": anna.email, "password": PASSWORD})
        assert answer.status_code == OK

    def test_erasure_is_refused_while_others_need_the_manager(
        self, anna: Person, harbor: Company
    ) -> None:
        member(harbor, person("bao"), FOLLOW)
        answer = signed_in(anna).post("/account/erase/")
        assert b"somebody who manages" in answer.content
        assert Person.objects.get(id=anna.id).is_active

    def test_erasure_is_refused_with_open_orders(
        self, anna: Person, harbor: Company, django_database: Database
    ) -> None:
        with django_database.as_application() as app:
            app.execute(
                "INSERT INTO order_head (order_id, head_seq, head_hash, created_at, recorded_at, status,"
                " policy_id, buyer_company_id, supplier_company_id, participant_company_ids, currency,"
                " total_minor) VALUES ('ord_1', 1, sha256('x'), now(), now(), 'shipped', 'p', %s,"
                " 'com_s', '{}', 'USD', 1)",
                [harbor.id],
            )
            answer = signed_in(anna).post("/account/erase/")
            assert b"open orders" in answer.content
            assert Person.objects.get(id=anna.id).is_active
            app.execute("UPDATE order_head SET status = 'closed'")
        signed_in(anna).post("/account/erase/")
        assert not Person.objects.get(id=anna.id).is_active


class TestFirstOperator:
    @pytest.fixture
    def fairlot(
        self, django_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> CommandLine:
        """The command on the database that the pages are served from."""
        point_at(django_database, tmp_path, monkeypatch, demo=True)
        return CommandLine()

    def test_one_command_lets_the_first_operator_in(self, fairlot: CommandLine) -> None:
        link = fairlot.answer("operator", "add", "boss@example.test")["link"]
        path = link[link.index("/account/") :]
        client = Client()
        client.post(path, {"name": "Boss", "password": PASSWORD})
        boss = Person.objects.get(email="boss@example.test")
        identity = identity_of_person(boss.id)
        assert identity is not None
        assert identity.staff_roles == {Role.OPERATOR}

    def test_what_is_no_address_is_refused(self, fairlot: CommandLine) -> None:
        assert "'boss' is no e-mail address" in fairlot.misused("operator", "add", "boss")
        assert Invitation.objects.count() == 0
