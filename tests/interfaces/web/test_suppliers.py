"""The suppliers' pages as their HTML: badge, limit, record, search and comparison, in both languages, for who is signed in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from fairlot.interfaces.web.supplier_words import SUPPLIER_PAGE
from fairlot.store.people.models import Company
from fairlot.store.supplier.supplier_room import open_reports
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.api import company, member, person
from tests.support.fair_of_suppliers import ASSURED, LAPSED, PLAIN, open_fair
from tests.support.postgres import Database, django_pointed_at
from tests.support.signed_in import signed_in
from tests.support.stored_trades import StoredTrade
from tests.support.supplier_room import account_named
from tests.support.trades import TERMS

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}


@pytest.fixture(scope="module")
def fair(shared_database: Database) -> Iterator[Client]:
    """Somebody who is signed in and looks around among three suppliers."""
    with django_pointed_at(shared_database):
        open_fair(writing_room().desk)
        yield signed_in()
        close_writing_rooms()


def text_of(client: Client, path: str, headers: dict[str, str]) -> str:
    """Return a page's text with its markup and the spaces between taken out."""
    answer = client.get(path, **headers)  # type: ignore[arg-type]  # headers by their WSGI names
    assert answer.status_code == 200, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


class TestSearch:
    def test_r1_every_result_says_whether_it_carries_the_badge(self, fair: Client) -> None:
        text = text_of(fair, "/suppliers/", ENGLISH)
        assert "Shenzhen Brightcell Electronics Choose to compare" in text
        assert text.count("✓ Assured supplier") == 1
        assert text.count("Not assured") == 2

    def test_r2_filters_stand_in_the_address(self, fair: Client) -> None:
        assert "Hanoi" not in text_of(fair, "/suppliers/?badge=1", ENGLISH)
        covered = text_of(fair, "/suppliers/?amount=50,000.00&currency=USD", ENGLISH)
        assert "Shenzhen Brightcell" in covered
        beyond = text_of(fair, "/suppliers/?amount=50000.01", ENGLISH)
        assert "Nothing matches all of this." in beyond
        assert "Hanoi" in text_of(fair, "/suppliers/?country=VN", ENGLISH)

    def test_r2_goods_are_found_in_chinese_and_shown_with_their_supplier(
        self, fair: Client
    ) -> None:
        text = text_of(fair, "/suppliers/?what=goods&q=移动电源", CHINESE)
        assert "移动电源 20000毫安" in text
        assert "USD 5.80 – USD 7.20 每件" in text
        assert "深圳亮芯电子有限公司" in text

    @pytest.mark.parametrize("amount", ["many", "-5", "1.001", "1e99", "NaN"])
    def test_an_amount_that_is_none_is_pointed_out(self, fair: Client, amount: str) -> None:
        text = text_of(fair, f"/suppliers/?amount={amount}", ENGLISH)
        assert "Write the amount as a number" in text

    def test_what_was_written_never_becomes_markup(self, fair: Client) -> None:
        page = fair.get("/suppliers/?what=goods&q=<script>alert(1)</script>").content.decode()
        assert "<script>alert" not in page
        assert "<b>LED</b>" not in fair.get(f"/suppliers/{ASSURED}/").content.decode()

    @pytest.mark.parametrize("place", ["x", "1 2", "9" * 30 + " a b", "1 a b c"])
    def test_a_foreign_place_begins_at_the_first_page(self, fair: Client, place: str) -> None:
        assert "Shenzhen Brightcell" in text_of(fair, f"/suppliers/?from={place}", ENGLISH)


class TestProfile:
    def test_r3_r5_badge_limit_record_and_audits_are_on_one_page(self, fair: Client) -> None:
        text = text_of(fair, f"/suppliers/{ASSURED}/", ENGLISH)
        assert "✓ Assured supplier since 20" in text
        assert "USD 50,000.00 Free now USD 50,000.00" in text
        assert "Tier (audited) USD 50,000.00" in text
        assert "Counts assured orders made and paid on this platform since" in text
        assert "passed with remarks 2026-05-04 by TÜV Rheinland" in text
        assert "Folding desk lamp <b>LED</b>" in text

    def test_r7_a_missing_badge_says_why_and_what_it_means(self, fair: Client) -> None:
        text = text_of(fair, f"/suppliers/{LAPSED}/", CHINESE)
        assert "未加入保障" in text
        assert "尚未加入保障计划。" in text
        assert "不受保障计划保障" in text

    def test_a_name_in_the_other_language_is_marked_as_such(self, fair: Client) -> None:
        page = fair.get(f"/suppliers/{PLAIN}/", **ENGLISH).content.decode()  # type: ignore[arg-type]
        assert '<h1 lang="zh-Hans">义乌小商品厂</h1>' in page

    def test_who_has_no_profile_is_not_there(self, fair: Client) -> None:
        assert fair.get("/suppliers/com_none/").status_code == 404
        assert fair.get("/suppliers/" + "x" * 80 + "/").status_code == 404


class TestComparison:
    def test_r8_what_would_be_covered_stands_side_by_side(self, fair: Client) -> None:
        path = f"/suppliers/compare/?s={ASSURED}&s={LAPSED}&amount=60000"
        text = text_of(fair, path, ENGLISH)
        assert "Of your order, covered USD 50,000.00 USD 10,000.00 not covered" in text
        assert "Of your order, covered USD 0.00 USD 60,000.00 not covered" in text
        assert "Vietnam" in text

    def test_r8_nobody_chosen_says_what_to_do(self, fair: Client) -> None:
        assert "Choose two to six suppliers" in text_of(fair, "/suppliers/compare/", ENGLISH)


class TestDoor:
    @pytest.mark.parametrize("path", ["/suppliers/", "/suppliers/com_assured/"])
    def test_strangers_are_asked_to_sign_in(self, fair: Client, path: str) -> None:
        del fair
        answer = Client().get(path)
        assert answer.status_code == 302
        assert "login" in answer.headers["Location"]

    def test_both_languages_have_every_word(self) -> None:
        assert all(words.en and words.zh for words in SUPPLIER_PAGE.values())


class TestOrdersSupplier:
    """What an order's page shows of its supplier to the buyer, and the report in one click."""

    ORDER = "ord_shown"

    @pytest.fixture
    def order(self, fair: Client, shared_database: Database) -> Client:
        """A buyer's member who looks at an order of the supplier that carries the badge."""
        del fair
        if not Company.objects.filter(id="com_buyer").exists():
            company("com_buyer")
            member("com_buyer", person_id="per_looker")
            room = writing_room()
            account_named("com_supplier", desk=room.desk)
            trade = StoredTrade(shared_database, self.ORDER, terms=TERMS)
            trade.proposed()
            trade.close()
        client = Client()
        client.force_login(person("per_looker"))
        return client

    def test_r7_the_buyer_sees_who_holds_the_account(self, order: Client) -> None:
        text = text_of(order, f"/orders/{self.ORDER}/", ENGLISH)
        assert (
            "Holder of the receiving account Shenzhen Brightcell Electronics Co., Ltd., China"
            in text
        )
        assert "Not verified yet" in text
        assert "44201502400052500" not in text

    def test_r6_one_click_reports_and_pressing_again_is_the_same_report(
        self, order: Client
    ) -> None:
        for _ in range(2):
            answer = order.post(f"/orders/{self.ORDER}/report/", follow=True)
            assert "Reported." in answer.content.decode()
        with lent_connection() as connection:
            (made,) = open_reports(connection, limit=10)
        assert (made.order_id, made.reporter_company_id) == (self.ORDER, "com_buyer")

    def test_r6_who_is_not_the_buyer_has_nothing_to_press(
        self, order: Client, fair: Client
    ) -> None:
        del order
        text = text_of(fair, f"/orders/{self.ORDER}/?as=supplier", ENGLISH)
        assert "Report a request" not in text
        assert fair.post(f"/orders/{self.ORDER}/report/").status_code == 404
        assert Client().post(f"/orders/{self.ORDER}/report/").status_code == 302
