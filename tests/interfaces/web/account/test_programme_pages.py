"""Pages on which a company joins the programme: conditions accepted, documents given, an account named, by who may."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.supplier import enrolment
from fairlot.domain.order.refusal_words import REFUSALS
from fairlot.domain.order.refusals import Code
from fairlot.domain.supplier.enrolment import DocumentKind, conditions_now
from fairlot.interfaces.web.account.programme_words import DOCUMENTS, FILE_FAULTS, PROGRAMME
from fairlot.store.people.models import Company, Person
from fairlot.store.supplier.suppliers import find_supplier
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.people import PASSWORD, company, member, person
from tests.support.postgres import Database
from tests.support.supplier_room import OPERATOR, RULES

BASE = "/account/companies/com_lamp/programme/"
PDF = b"%PDF-1.7 a license"
ENGLISH = {"accept-language": "en"}
CHINESE = {"accept-language": "zh-CN"}
TOKEN = "t" * 24
ACCOUNT = {
    "token": TOKEN,
    "name": "Lamp Works Co., Ltd.",
    "town": "Ningbo",
    "country": "CN",
    "number": "44201502400052500",
    "bic": "bkch cnbj 45a",
}
OK = 200
FOUND = 302
NOT_FOUND = 404
UNPROCESSABLE = 422


@pytest.fixture
def lamp(django_database: Database) -> Iterator[Company]:
    """A company that trades, whose manager is Anna, whose bank account Bao keeps, and whose orders Chen follows."""
    del django_database
    anna, bao, chen = (person(name) for name in ("anna", "bao", "chen"))
    made = company("lamp", anna)
    member(made, anna, {MemberRight.MANAGE})
    member(made, bao, {MemberRight.BANK})
    member(made, chen, {MemberRight.FOLLOW, MemberRight.AGREE, MemberRight.FULFIL})
    yield made
    close_writing_rooms()


def browser_of(name: str) -> Client:
    """Sign somebody in with the password, so that nobody asks again for some minutes."""
    client = Client()
    email = Person.objects.get(id=f"per_{name}").email
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == FOUND
    return client


@pytest.fixture
def manager(lamp: Company) -> Client:
    """Who manages the company and does not keep its bank account."""
    del lamp
    return browser_of("anna")


@pytest.fixture
def banker(lamp: Company) -> Client:
    """Who keeps the company's bank account and does not manage it."""
    del lamp
    return browser_of("bao")


def text_of(client: Client, path: str = BASE, headers: dict[str, str] | None = None) -> str:
    answer = client.get(path, headers=headers or ENGLISH)
    assert answer.status_code == OK, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def accept(client: Client) -> int:
    """Press the button that accepts what is shown."""
    page = client.get(BASE).content.decode()
    shown = re.search(r'name="conditions_hash" value="([0-9a-f]{64})"', page)
    assert shown is not None
    return client.post(f"{BASE}conditions/", {"conditions_hash": shown[1]}).status_code


def give(client: Client, **asked: Any) -> None:
    values = {"kind": "business_license", "file": SimpleUploadedFile("license.pdf", PDF), **asked}
    assert client.post(f"{BASE}documents/", values, headers=ENGLISH).status_code == FOUND


def every_document(client: Client, tier: str) -> None:
    for kind in conditions_now().documents_for(tier):
        give(client, kind=kind.value, file=SimpleUploadedFile("a.pdf", PDF))


class TestConditions:
    def test_r1_they_stand_in_the_readers_language_and_one_press_accepts_them(
        self, manager: Client
    ) -> None:
        for each in conditions_now().conditions:
            assert each.en in text_of(manager)
            assert each.zh in text_of(manager, headers=CHINESE)
        assert accept(manager) == FOUND
        text = text_of(manager)
        assert "The conditions are accepted." in text
        assert PROGRAMME["accept"].en not in text
        assert re.search(r"Accepted 20\d\d-\d\d-\d\d \d\d:\d\d UTC", text)

    def test_others_than_the_present_ones_are_not_accepted_by_an_old_page(
        self, manager: Client
    ) -> None:
        manager.post(f"{BASE}conditions/", {"conditions_hash": "0" * 64}, headers=ENGLISH)
        text = text_of(manager)
        assert REFUSALS[Code.CONDITIONS_NOT_ACCEPTED].en in text
        assert PROGRAMME["accept"].en in text


class TestDocuments:
    def test_r1_a_tier_says_what_is_missing_until_it_is_given(self, manager: Client) -> None:
        wanted = DOCUMENTS[DocumentKind.BUSINESS_LICENSE].en
        assert text_of(manager).count(wanted) == 4
        give(manager, expires_date="2099-12-31")
        text = text_of(manager)
        # Chosen from in the form, and given in; no tier lacks it any more.
        assert text.count(wanted) == 3
        assert "valid until 2099-12-31" in text
        every_document(manager, "documents verified")
        assert "Tier “documents verified” complete" in text_of(manager)

    def test_what_has_run_out_is_marked_and_missing_again(self, manager: Client) -> None:
        give(manager, expires_date="2001-01-01")
        text = text_of(manager)
        assert f"{DOCUMENTS[DocumentKind.BUSINESS_LICENSE].en} no longer valid" in text
        assert text.count(DOCUMENTS[DocumentKind.BUSINESS_LICENSE].en) == 6

    def test_it_comes_back_as_it_was_given_and_to_nobody_else(self, manager: Client) -> None:
        give(manager)
        link = re.search(r'href="(/api/v1/[^"]+)"', manager.get(BASE).content.decode())
        assert link is not None
        assert manager.get(link[1]).content == PDF
        stranger = person("stranger")
        member(company("other", stranger), stranger)
        assert browser_of("stranger").get(link[1]).status_code == 403

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"kind": "passport"}, PROGRAMME["bad_kind"].en),
            ({"expires_date": "31.12.2027"}, PROGRAMME["bad_date"].en),
            ({"file": ""}, PROGRAMME["choose_file"].en),
            ({"file": ("a.pdf", b"\x7fELF")}, "neither PDF, JPEG nor PNG"),
            ({"file": ("a.csv", b"a,b")}, "neither PDF, JPEG nor PNG"),
            ({"file": ("a.pdf", PDF + b"x" * 10 * 1024 * 1024)}, "larger than 10 MB"),
        ],
    )
    def test_what_cannot_be_kept_is_said(
        self, manager: Client, asked: dict[str, Any], said: str
    ) -> None:
        if isinstance(asked.get("file"), tuple):
            asked = {**asked, "file": SimpleUploadedFile(*asked["file"])}
        give(manager, **asked)
        text = text_of(manager)
        assert said in text
        assert PROGRAMME["no_documents"].en in text

    def test_every_kind_and_fault_has_words(self) -> None:
        assert set(DOCUMENTS) == set(DocumentKind)
        assert all(words.en and words.zh for words in FILE_FAULTS.values())


class TestAccount:
    def test_r7_it_is_named_once_for_its_form_and_waits_for_the_platform(
        self, banker: Client, manager: Client
    ) -> None:
        for _ in range(2):
            answer = banker.post(f"{BASE}account/", ACCOUNT, headers=ENGLISH)
            assert answer.headers["Location"] == BASE
        for reader in (banker, manager):
            page = reader.get(BASE, headers=ENGLISH).content.decode()
            assert "44201502400052500" not in page
        text = text_of(manager)
        assert "Lamp Works Co., Ltd. , ends in 2500 waits for the platform" in text
        with lent_connection() as connection:
            row = connection.execute("SELECT count(*) FROM receiving_account").fetchone()
            assert row == (1,)

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"name": "深圳亮芯电子"}, "Name in Latin letters, as the bank has it: The character"),
            ({"town": ""}, "Town, in Latin letters: It is empty."),
            ({"iban": "DE89370400440532013001", "number": ""}, "IBAN: DE89370400440532013001"),
            ({"iban": "DE89 3704 0044 0532 0130 00"}, "Give either an IBAN or another"),
            ({"bic": "BKCH"}, "BIC (SWIFT): BKCH is not a BIC."),
            ({"bic": ""}, "bank is missing"),
            ({"country": "China"}, "Country: China is not"),
            ({"is_sepa": "on"}, "SEPA needs an IBAN."),
            ({"token": "short"}, PROGRAMME["form_used"].en),
        ],
    )
    def test_an_account_that_no_bank_could_pay_is_refused_beside_what_was_typed(
        self, banker: Client, asked: dict[str, str], said: str
    ) -> None:
        answer = banker.post(f"{BASE}account/", {**ACCOUNT, **asked}, headers=ENGLISH)
        assert answer.status_code == UNPROCESSABLE
        page = html.unescape(answer.content.decode())
        assert said in page
        if "name" not in asked:
            assert 'value="Lamp Works Co., Ltd."' in page
        assert PROGRAMME["no_account"].en in text_of(banker)

    def test_it_is_asked_once_more_who_it_is_before_the_form_is_shown(self, lamp: Company) -> None:
        del lamp
        client = Client()
        client.force_login(Person.objects.get(id="per_bao"))
        for answer in (client.get(f"{BASE}account/"), client.post(f"{BASE}account/", ACCOUNT)):
            assert answer.status_code == FOUND
            assert "/account/reauthenticate/" in answer.headers["Location"]


class TestWho:
    def test_each_does_what_their_right_says_and_no_more(
        self, manager: Client, banker: Client
    ) -> None:
        assert manager.get(f"{BASE}account/").status_code == NOT_FOUND
        assert manager.post(f"{BASE}account/", ACCOUNT).status_code == NOT_FOUND
        assert banker.post(f"{BASE}conditions/").status_code == NOT_FOUND
        assert banker.post(f"{BASE}documents/").status_code == NOT_FOUND
        assert PROGRAMME["accept"].en not in text_of(banker)
        assert f"{BASE}account/" not in manager.get(BASE).content.decode()

    def test_who_only_follows_and_strangers_find_nothing(self, lamp: Company) -> None:
        del lamp
        stranger = person("stranger")
        member(company("other", stranger), stranger)
        for name in ("chen", "stranger"):
            client = browser_of(name)
            assert client.get(BASE).status_code == NOT_FOUND
            assert client.get(f"{BASE}account/").status_code == NOT_FOUND
            for act in ("conditions", "documents", "account"):
                assert client.post(f"{BASE}{act}/", ACCOUNT).status_code == NOT_FOUND
        assert BASE not in browser_of("chen").get("/account/companies/com_lamp/").content.decode()

    def test_the_companys_page_leads_here_and_not_where_nothing_is_sold(
        self, manager: Client, lamp: Company
    ) -> None:
        assert BASE in manager.get("/account/companies/com_lamp/").content.decode()
        lamp.trades = False
        lamp.save()
        assert BASE not in manager.get("/account/companies/com_lamp/").content.decode()


class TestBadge:
    def test_r1_all_of_it_together_brings_the_badge_and_the_page_says_so(
        self, manager: Client, banker: Client
    ) -> None:
        text = text_of(manager)
        assert "Not assured What is missing for the badge It is not enrolled" in text
        accept(manager)
        every_document(manager, "documents verified")
        banker.post(f"{BASE}account/", ACCOUNT)
        desk = writing_room().desk
        enrolment.decide_tier(
            "com_lamp",
            "documents verified",
            reason="papers seen & read",
            person_id=OPERATOR,
            rules=RULES,
            desk=desk,
        )
        text = text_of(manager)
        assert "Its receiving account is not verified." in text
        assert "Enrolled Tier “documents verified”" in text
        assert "papers seen & read" in text
        with lent_connection() as connection:
            known = find_supplier(connection, "com_lamp")
        assert known is not None
        enrolment.judge_account(
            "com_lamp", known.account_hash, verified=True, command_id="judged", desk=desk
        )
        text = text_of(manager)
        assert "✓ Assured supplier Tier: documents verified" in text
        assert "What is missing" not in text
        assert "ends in 2500 verified" in text
