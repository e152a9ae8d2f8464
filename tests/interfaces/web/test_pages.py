"""The pages as their HTML: what they show for whom, in which language, and what they never let through."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from django.test import Client

from fairlot import config
from fairlot.domain.order.commands import RecordPayment
from fairlot.domain.party import PROVIDER
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.security import POLICY
from fairlot.interfaces.web.words import PAGE, page_words
from fairlot.reading_room import reading_room
from tests.interfaces.web.conftest import STAGES
from tests.support.people import company, person
from tests.support.postgres import Database
from tests.support.signed_in import signed_in
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}
NOT_FOUND = 404
BY_CARD = RecordPayment(payment_id="p1", rail="card", amount_minor=594_000, currency="USD")


@pytest.fixture
def client(stored_orders: Database) -> Client:
    """A browser without a screen, in which one of the platform's people is signed in."""
    del stored_orders
    return signed_in()


def text_of(client: Client, path: str, **headers: str) -> str:
    """Return a page's text with its markup and the spaces between taken out."""
    answer = client.get(path, **headers)  # type: ignore[arg-type]  # headers by their WSGI names
    assert answer.status_code == 200, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


class TestOrders:
    def test_r46_all_orders_stand_in_one_list(self, client: Client) -> None:
        text = text_of(client, "/orders/", **ENGLISH)
        for stage in STAGES:
            assert f"ord_{stage}" in text
        assert "3,000 power banks PB-10" in text
        assert "3000 个 PB-10 移动电源" in text

    def test_each_says_whose_turn_it_is(self, client: Client) -> None:
        text = text_of(client, "/orders/?q=ord_shipped", **ENGLISH)
        assert "Buyer Say whether the goods have arrived, or extend once." in text
        assert "(Asia/Shanghai) · 45 days left" in text

    def test_an_order_is_found_by_a_part_of_its_number(self, client: Client) -> None:
        text = text_of(client, "/orders/?q=dispute", **ENGLISH)
        assert "ord_disputed" in text
        assert "ord_shipped" not in text
        assert "No order has this in its number." in text_of(client, "/orders/?q=%25", **ENGLISH)

    def test_pages_beyond_the_end_are_empty(self, client: Client) -> None:
        assert "ord_" not in text_of(client, "/orders/?page=9", **ENGLISH).replace("ord_harbor", "")
        assert client.get("/orders/?page=-1").status_code == 200
        assert client.get("/orders/?page=" + "9" * 40).status_code == 200

    def test_the_first_page_is_the_list(self, client: Client) -> None:
        assert client.get("/").headers["Location"] == "/orders/"


class TestOrder:
    def test_r48_it_says_what_to_do_next_and_by_when(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_in_production/?as=supplier", **ENGLISH)
        assert "Your turn Ship the goods and record the proof." in text
        assert "By 15 Mar 2027 23:59:59, 70 days left." in text
        assert "Record a shipment" in text

    def test_r4_both_see_what_would_be_covered_if_they_agreed_now(self, client: Client) -> None:
        """R4: before they agree; here nothing is free of the supplier's limit, whatever the version names."""
        for role in ("buyer", "supplier"):
            text = text_of(client, f"/orders/ord_proposed/?as={role}", **ENGLISH)
            shown = text[text.index("If the version on the table were accepted now") :]
            assert "Covered after release USD 0.00" in shown
            assert "Not covered after release USD 19,800.00" in shown
            assert "it names more cover than is free: USD 19,800.00" in shown
        assert "若现在接受当前提议的版本" in text_of(client, "/orders/ord_proposed/", **CHINESE)
        for stage in ("agreed", "delivered"):
            later = text_of(client, f"/orders/ord_{stage}/", **ENGLISH)
            assert "were accepted now" not in later

    def test_r18_both_kinds_of_cover_are_shown_before_the_choice(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_proposed/?as=supplier", **ENGLISH)
        shown = text[text.index("The kinds of cover to choose from") :]
        origin, destination = (
            shown[: shown.index("post-delivery cover")],
            shown[shown.index("post-delivery cover") :],
        )
        assert "pre-shipment cover" in origin
        assert "where the goods still are, usually USD 200.00 to USD 300.00" in origin
        assert "where the goods then are, usually USD 800.00 to USD 1,200.00" in destination
        assert shown.count("in the version on the table") == 1
        chinese = text_of(client, "/orders/ord_proposed/?as=buyer", **CHINESE)
        assert "在供应商处，货物尚未发出, 通常 USD 200.00 至 USD 300.00" in chinese
        assert "在目的地，货物已运抵, 通常 USD 800.00 至 USD 1,200.00" in chinese
        agreed = text_of(client, "/orders/ord_agreed/?as=buyer", **ENGLISH)
        assert "The kinds of cover to choose from" not in agreed

    def test_r4_both_see_on_the_page_where_cover_stops(
        self, stored_orders: Database, client: Client
    ) -> None:
        contract = msgspec.structs.replace(example_contract(), covered_minor=1_200_000)
        terms = keep_contract(reading_room().files, contract)
        trade = StoredTrade(stored_orders, "ord_part_covered", terms=terms)
        trade.proposed()
        trade.close()
        for role in ("buyer", "supplier"):
            text = text_of(client, f"/orders/ord_part_covered/?as={role}", **ENGLISH)
            assert "Price USD 19,800.00" in text
            assert "Covered amount asked for USD 12,000.00" in text
            assert "Not covered after release USD 7,800.00" in text

    def test_r21_it_says_what_is_not_covered_and_why(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_in_production/?as=buyer", **ENGLISH)
        assert "Shipped late Protected" in text
        assert "“Delayed by customs” is excluded" in text

    def test_only_a_demonstration_shows_the_command_line(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = "/orders/ord_in_production/?as=supplier"
        for demo, is_shown in (("1", True), ("0", False)):
            monkeypatch.setenv("FAIRLOT_DEMO", demo)
            config.settings.cache_clear()
            text = text_of(client, path, **ENGLISH)
            assert ("fairlot order act ord_in_production" in text) is is_shown
            assert "POST /api/v1/orders/ord_in_production/commands" in text

    def test_the_viewer_decides_whose_turn_is_shown(self, client: Client) -> None:
        buyer = text_of(client, "/orders/ord_in_production/?as=buyer", **ENGLISH)
        assert "Waiting for: Supplier" in buyer
        strange = text_of(client, "/orders/ord_in_production/?as=clock", **ENGLISH)
        assert "Your turn" not in strange

    def test_a_draft_names_its_companies(self, stored_orders: Database, client: Client) -> None:
        named = company("buyer", person("anna"))
        named.legal_name = "Quay Traders Inc."
        named.save()
        terms = keep_contract(reading_room().files, example_contract())
        trade = StoredTrade(stored_orders, "ord_draft", terms=terms)
        trade.drafted()
        trade.close()
        for path in ("/orders/ord_draft/", "/orders/?q=ord_draft"):
            text = text_of(client, path, **ENGLISH)
            assert "Quay Traders Inc." in text
            assert "com_buyer" not in text

    def test_money_is_told_with_its_next_step(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_delivered/", **ENGLISH)
        assert "Held USD 19,800.00" in text
        assert (
            "Goes to the supplier by itself on 5 Mar 2027 10:00, unless somebody acts before."
            in text
        )

    def test_r25_the_buyer_sees_how_what_is_missing_can_be_paid(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_agreed/?as=buyer", **ENGLISH)
        assert (
            "Ways to pay what is missing card USD 6,106.32, of which USD 166.32 is its fee" in text
        )
        assert "telegraphic transfer USD 5,940.00, without a fee" in text
        for path in ("/orders/ord_agreed/?as=supplier", "/orders/ord_delivered/?as=buyer"):
            assert "Ways to pay" not in text_of(client, path, **ENGLISH)

    def test_r25_a_fee_on_the_supplier_is_told_from_the_payment_to_the_release(
        self, stored_orders: Database, client: Client
    ) -> None:
        contract = msgspec.structs.replace(example_contract(), payment_fee_borne_by="supplier")
        terms = keep_contract(reading_room().files, contract)
        trade = StoredTrade(stored_orders, "ord_fee", terms=terms)
        trade.agreed()
        path = "/orders/ord_fee/?as=buyer"
        text = text_of(client, path, **ENGLISH)
        assert "Fee of the way to pay Borne by the supplier: it comes off what is released" in text
        assert "card USD 5,940.00; its fee of USD 166.32 is borne by the supplier" in text
        trade.ask(PROVIDER, BY_CARD)
        trade.close()
        told = text_of(client, "/orders/ord_fee/?as=supplier", **ENGLISH)
        assert "The fee of USD 166.32 for paying by card is the supplier's by the contract." in told
        assert "The payment's fee, advanced for the supplier USD 166.32" in told
        chinese = text_of(client, "/orders/ord_fee/?as=supplier", **CHINESE)
        assert "代供应商垫付的付款手续费 USD 166.32" in chinese
        assert "付款手续费 由供应商承担，从放款中扣除" in chinese

    def test_every_event_is_told_once(self, client: Client) -> None:
        text = text_of(client, "/orders/ord_disputed/", **ENGLISH)
        story = text[text.index("Everything that happened") :]
        assert story.count("A dispute began") == 1
        assert story.count("Delivery was proven") == 1

    def test_terms_are_shown_in_the_readers_language_where_the_contract_has_them(
        self, client: Client
    ) -> None:
        assert "Battery ≥ 3,000 mAh" in text_of(client, "/orders/ord_proposed/", **ENGLISH)

    def test_what_is_not_there_is_not_found_in_both_languages(self, client: Client) -> None:
        answer = client.get("/orders/ord_none/", **ENGLISH)  # type: ignore[arg-type]  # as above
        assert answer.status_code == NOT_FOUND
        assert "Not here" in answer.content.decode()
        answer = client.get("/nowhere", **CHINESE)  # type: ignore[arg-type]  # as above
        assert answer.status_code == NOT_FOUND
        assert "未找到" in answer.content.decode()

    def test_an_address_that_takes_forms_says_so(self, client: Client) -> None:
        answer = client.get("/notifications/read/", **ENGLISH)  # type: ignore[arg-type]
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "takes a form that is sent" in answer.content.decode()
        again = client.get("/account/demo/buyer/", **CHINESE)  # type: ignore[arg-type]
        assert "此地址只接收提交的表单" in again.content.decode()

    def test_what_people_wrote_is_text_and_never_markup(
        self, stored_orders: Database, client: Client
    ) -> None:
        evil = "<script>alert(1)</script><b>x</b>"
        contract = msgspec.structs.replace(example_contract(), title=evil)
        terms = keep_contract(reading_room().files, contract)
        trade = StoredTrade(stored_orders, "ord_evil", terms=terms)
        trade.proposed()
        trade.close()
        for path in ("/orders/?q=evil", "/orders/ord_evil/"):
            page = client.get(path).content.decode()
            assert "&lt;script&gt;" in page
            assert "<script" not in page


class TestLanguage:
    @pytest.mark.parametrize("stage", STAGES)
    def test_chinese_pages_have_no_english_of_ours(self, client: Client, stage: str) -> None:
        text = text_of(client, f"/orders/ord_{stage}/?as=buyer", **CHINESE)
        for words in PAGE.values():
            if words.en != words.zh and len(words.en.split()) > 2:
                assert words.en not in text, words.en
        assert "款项" in text

    def test_the_choice_is_kept_without_a_script(self, client: Client) -> None:
        chosen = client.post("/language/setlang/", {"language": "zh-hans", "next": "/orders/"})
        assert chosen.headers["Location"] == "/orders/"
        page = client.get("/orders/", **ENGLISH)  # type: ignore[arg-type]  # as above
        assert 'lang="zh-Hans"' in page.content.decode()

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_word_of_the_pages_is_said(self, language: Language) -> None:
        assert all(page_words(language).values())


class TestHeaders:
    def test_nothing_may_run_or_come_from_elsewhere(self, client: Client) -> None:
        headers = client.get("/orders/").headers
        assert headers["Content-Security-Policy"] == POLICY
        assert "script" not in POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"

    def test_pages_only_read(self, client: Client) -> None:
        forms = re.findall(r"<form[^>]*>", client.get("/orders/ord_disputed/").content.decode())
        # What changes no order: the language, signing out, and a demonstration's clock.
        allowed = ("/language/setlang/", "/account/logout/", "/demo/clock/")
        assert [form for form in forms if "post" in form] == [
            form for form in forms if any(address in form for address in allowed)
        ]

    def test_the_process_answers_without_the_database(self, client: Client) -> None:
        assert client.get("/healthz").content == b"ok\n"
