"""Pages on which a supplier keeps its profile and goods: added, changed, withdrawn and offered again, by its managers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.supplier import enrolment
from fairlot.interfaces.web.account import catalogue_pages
from fairlot.interfaces.web.account.catalogue_words import CATALOGUE
from fairlot.store.people.models import Company, Person
from fairlot.store.supplier.supplier_listing import Product, find_product, find_profile
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.people import company, member, person
from tests.support.postgres import Database
from tests.support.supplier_room import product

BASE = "/account/companies/com_lamp/catalogue/"
PROFILE = {
    "name_en": "Lamp Works",
    "name_zh": "台灯厂",
    "country": "CN",
    "categories": ["lighting", "electronics"],
}
ARTICLE = {
    "product_id": "LED-7",
    "name_en": "Desk lamp <b>LED</b>",
    "category": "lighting",
    "unit": "piece",
    "currency": "USD",
    "price_low": "1,005.80",
    "price_high": "",
    "hs_code": "940521",
}
OK = 200
FOUND = 302
NOT_FOUND = 404
UNPROCESSABLE = 422


@pytest.fixture
def lamp(django_database: Database) -> Iterator[Company]:
    del django_database
    anna = person("anna")
    made = company("lamp", anna)
    member(made, anna, {MemberRight.MANAGE})
    yield made
    close_writing_rooms()


@pytest.fixture
def manager(lamp: Company) -> Client:
    """Who manages the company."""
    del lamp
    client = Client()
    client.force_login(Person.objects.get(id="per_anna"))
    return client


@pytest.fixture
def seller(manager: Client) -> Client:
    """The same, of a company that has written its profile."""
    assert manager.post(BASE, PROFILE).status_code == FOUND
    return manager


def text_of(client: Client, path: str = BASE, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == OK, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def stored(product_id: str = "LED-7") -> Product | None:
    with lent_connection() as connection:
        return find_product(connection, "com_lamp", product_id)


def add(client: Client, **asked: Any) -> int:
    return client.post(f"{BASE}add/", {**ARTICLE, **asked}).status_code


class TestProfile:
    def test_it_comes_first_and_goods_after(self, manager: Client) -> None:
        text = text_of(manager)
        assert CATALOGUE["profile_first"].en in text
        assert CATALOGUE["add"].en not in text
        assert add(manager) == FOUND
        assert "has no profile yet" in text_of(manager)
        assert stored() is None

    def test_r5_it_is_kept_as_written_and_buyers_see_it(self, seller: Client) -> None:
        with lent_connection() as connection:
            kept = find_profile(connection, "com_lamp")
        assert kept is not None
        assert (kept.name_en, kept.name_zh, kept.country) == ("Lamp Works", "台灯厂", "CN")
        assert set(kept.categories) == {"lighting", "electronics"}
        assert "Lamp Works" in text_of(seller, "/suppliers/com_lamp/")
        assert "台灯厂" in text_of(seller, "/suppliers/com_lamp/", "zh-CN")

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({"name_en": "", "name_zh": " "}, "name_missing"),
            ({"name_en": "x" * 201}, "too_long"),
            ({"about_zh": "x" * 4001}, "too_long"),
            ({"about_en": "a\x07b"}, "odd"),
            ({"country": "ZZ"}, "country_unknown"),
            ({"categories": [str(number) for number in range(21)]}, "too_long"),
        ],
    )
    def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
        self, manager: Client, asked: dict[str, Any], field: str
    ) -> None:
        typed = {**PROFILE, "about_en": "Since 1999.", **asked}
        answer = manager.post(BASE, typed, headers={"accept-language": "en"})
        assert answer.status_code == UNPROCESSABLE
        page = html.unescape(answer.content.decode())
        assert CATALOGUE[field].en in page
        if "about_en" not in asked:
            assert "Since 1999.</textarea>" in page
        with lent_connection() as connection:
            assert find_profile(connection, "com_lamp") is None


class TestArticle:
    def test_added_it_is_found_by_buyers_at_once(self, seller: Client) -> None:
        assert add(seller) == FOUND
        kept = stored()
        assert kept is not None
        assert (kept.price_low_minor, kept.price_high_minor) == (100_580, 100_580)
        assert kept.is_offered
        text = text_of(seller)
        assert "Desk lamp <b>LED</b> offered LED-7 · USD 1,005.80 per piece" in text
        assert "<b>LED</b>" not in seller.get(BASE).content.decode()
        assert "LED-7" in seller.get(f"{BASE}articles/LED-7/").content.decode()
        assert "Desk lamp" in text_of(seller, "/suppliers/?what=goods&q=lamp")

    def test_changed_it_keeps_its_number_and_whether_it_is_offered(self, seller: Client) -> None:
        add(seller)
        seller.post(f"{BASE}articles/LED-7/withdraw/")
        page = seller.get(f"{BASE}articles/LED-7/").content.decode()
        assert 'name="price_low" value="1,005.80"' in page
        assert 'name="product_id"' not in page
        typed = {**ARTICLE, "product_id": "OTHER", "price_low": "5", "price_high": "7.25"}
        assert seller.post(f"{BASE}articles/LED-7/", typed).status_code == FOUND
        kept = stored()
        assert kept is not None
        assert (kept.price_low_minor, kept.price_high_minor, kept.is_offered) == (500, 725, False)
        assert stored("OTHER") is None

    def test_withdrawn_it_is_found_by_its_company_alone_and_comes_back(
        self, seller: Client
    ) -> None:
        add(seller)
        assert seller.post(f"{BASE}articles/LED-7/withdraw/").status_code == FOUND
        assert "Desk lamp" not in text_of(seller, "/suppliers/com_lamp/")
        assert "Desk lamp" not in text_of(seller, "/suppliers/?what=goods&q=lamp")
        assert "Desk lamp <b>LED</b> withdrawn" in text_of(seller)
        assert seller.post(f"{BASE}articles/LED-7/offer/").status_code == FOUND
        assert "Desk lamp" in text_of(seller, "/suppliers/com_lamp/")

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({"product_id": ""}, "product_id_wrong"),
            ({"product_id": "a/b"}, "product_id_wrong"),
            ({"product_id": "x" * 65}, "product_id_wrong"),
            ({"name_en": ""}, "name_missing"),
            ({"category": ""}, "category_missing"),
            ({"unit": "x" * 33}, "unit_missing"),
            ({"currency": "ABC"}, "currency_unknown"),
            ({"price_low": "0"}, "price_wrong"),
            ({"price_low": "many"}, "price_wrong"),
            ({"price_low": "-1"}, "price_wrong"),
            ({"price_high": "1.001"}, "price_wrong"),
            ({"price_high": "1005.79"}, "price_turned"),
            ({"hs_code": "12a456"}, "hs_code_wrong"),
            ({"hs_code": "٩٤٠٥٢١"}, "hs_code_wrong"),
        ],
    )
    def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
        self, seller: Client, asked: dict[str, Any], field: str
    ) -> None:
        typed = {**ARTICLE, "about_zh": "可折叠", **asked}
        answer = seller.post(f"{BASE}add/", typed, headers={"accept-language": "en"})
        assert answer.status_code == UNPROCESSABLE
        page = html.unescape(answer.content.decode())
        assert CATALOGUE[field].en in page
        assert "可折叠</textarea>" in page
        assert stored() is None

    def test_a_number_that_is_taken_is_not_written_over(self, seller: Client) -> None:
        add(seller)
        assert add(seller, name_en="Another") == UNPROCESSABLE
        kept = stored()
        assert kept is not None
        assert kept.name_en == ARTICLE["name_en"]

    def test_what_a_program_wrote_in_its_own_words_can_be_kept(self, seller: Client) -> None:
        theirs = product("com_lamp", "p:1", category="odds", unit="gross", currency="CZK")
        enrolment.save_product(theirs, desk=writing_room().desk)
        page = html.unescape(seller.get(f"{BASE}articles/p:1/").content.decode())
        for word in ('value="odds" selected', 'value="gross" selected', "selected>CZK"):
            assert word in page
        typed = {**ARTICLE, "category": "odds", "unit": "gross", "currency": "CZK"}
        assert seller.post(f"{BASE}articles/p:1/", typed).status_code == FOUND
        kept = stored("p:1")
        assert kept is not None
        assert (kept.category, kept.unit, kept.currency) == ("odds", "gross", "CZK")

    def test_a_long_catalogue_goes_on_page_by_page(
        self, seller: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(catalogue_pages, "ROWS_PER_PAGE", 2)
        for number in range(5):
            add(seller, product_id=f"L{number}")
        shown: list[str] = []
        path: str | None = BASE
        while path is not None:
            page = seller.get(path).content.decode()
            shown += re.findall(r'<span class="id">(L\d)</span>', page)
            link = re.search(r'rel="next" href="([^"]+)"', page)
            path = None if link is None else BASE + html.unescape(link[1])
        assert shown == ["L0", "L1", "L2", "L3", "L4"]


class TestWho:
    @pytest.mark.parametrize("rights", [frozenset(MemberRight) - {MemberRight.MANAGE}, None])
    def test_whoever_does_not_manage_the_company_finds_nothing(
        self, seller: Client, lamp: Company, rights: frozenset[MemberRight] | None
    ) -> None:
        add(seller)
        bao = person("bao")
        member(lamp if rights else company("mill", bao), bao, rights or frozenset(MemberRight))
        client = Client()
        client.force_login(bao)
        article = f"{BASE}articles/LED-7/"
        for path in (BASE, f"{BASE}add/", article):
            assert client.get(path).status_code == NOT_FOUND
            assert client.post(path, ARTICLE).status_code == NOT_FOUND
        for act in ("withdraw", "offer"):
            assert client.post(f"{article}{act}/").status_code == NOT_FOUND
        # Another company's article is not there under one's own address either.
        assert client.get(article.replace("com_lamp", "com_mill")).status_code == NOT_FOUND

    def test_what_is_not_there_is_not_there(self, seller: Client) -> None:
        for name in ("none", "x" * 80, "%E2%80%8B"):
            assert seller.get(f"{BASE}articles/{name}/").status_code == NOT_FOUND
            assert seller.post(f"{BASE}articles/{name}/withdraw/").status_code == NOT_FOUND
        assert seller.get(f"{BASE}articles/none/withdraw/").status_code == 405
