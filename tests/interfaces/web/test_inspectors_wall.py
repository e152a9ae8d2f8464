"""An inspector sees goods, terms and the plan of the orders it was booked for, and nothing commercial: page and API alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fairlot.application import access
from fairlot.application.access import EVERYBODY, Read
from fairlot.application.queries import wall
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import InspectionStage
from fairlot.domain.party import Role
from fairlot.interfaces.api import orders as api_orders
from fairlot.interfaces.web.conversation_words import CONVERSATION
from fairlot.interfaces.web.words import PAGE
from fairlot.reading_room import reading_room
from fairlot.writing_room import close_writing_rooms
from tests.support.postgres import Database
from tests.support.signed_in import signed_in
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER

ORDER = "/orders/ord_inspected/"
API = "/api/v1/orders/ord_inspected"
OK = 200
FORBIDDEN = 403
NOT_FOUND = 404
MONEY = re.compile(r"USD|\$")


@pytest.fixture
def inspector(django_database: Database) -> Iterator[Client]:
    """The browser of an inspection company that was booked for an order, after a claim was made."""
    terms = keep_contract(reading_room().files, example_contract())
    trade = StoredTrade(django_database, "ord_inspected", terms=terms)
    trade.delivered()
    trade.ask(
        BUYER,
        c.BookInspection(
            inspection_id="I1", company="SGS", stage=InspectionStage.PRE_SHIPMENT, fee_minor=31_700
        ),
    )
    trade.close()
    yield signed_in(Role.INSPECTOR)
    close_writing_rooms()


def text_of(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == OK, answer.content[:500]
    page = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def amounts_in(value: Any, path: str = "") -> list[str]:
    """Return the places of an answer that hold an amount other than nothing."""
    if isinstance(value, dict):
        return [
            found
            for key, inner in value.items()
            for found in (
                [f"{path}/{key}"]
                if key.endswith("_minor") and isinstance(inner, int) and inner and "aql" not in key
                else amounts_in(inner, f"{path}/{key}")
            )
        ]
    if isinstance(value, list):
        return [found for inner in value for found in amounts_in(inner, path)]
    return []


class TestPage:
    def test_it_shows_goods_terms_and_the_plan(self, inspector: Client) -> None:
        text = text_of(inspector, ORDER)
        contract = example_contract()
        assert contract.lines[0].article in text
        assert f"{contract.lines[0].quantity:,}" in text
        assert contract.terms[0].text in text
        assert "AQL" in text
        assert PAGE["deadlines"].en in text

    def test_it_shows_no_money_no_story_and_no_conversation(self, inspector: Client) -> None:
        for path in (ORDER, f"{ORDER}?as=inspector", f"{ORDER}?as=buyer", "/orders/"):
            text = text_of(inspector, path)
            assert MONEY.search(text) is None, text
            for absent in ("money", "price", "story", "protected", "covered_amount", "foreseen"):
                assert f" {PAGE[absent].en} " not in text
            assert CONVERSATION["title"].en not in text
        assert inspector.get(f"{ORDER}messages/").status_code == NOT_FOUND
        assert MONEY.search(text_of(signed_in(Role.OPERATOR), ORDER))

    def test_planted_fault_an_inspector_who_reads_money_would_be_caught(
        self, inspector: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(access.READERS, Read.STATEMENT, EVERYBODY)
        with pytest.raises(AssertionError):
            self.test_it_shows_no_money_no_story_and_no_conversation(inspector)


class TestApi:
    def test_it_answers_without_an_amount(self, inspector: Client) -> None:
        for path in (
            API,
            f"{API}/contract",
            f"{API}/deadlines",
            f"{API}/actions",
            "/api/v1/orders",
        ):
            answer = inspector.get(path)
            assert answer.status_code == OK, (path, answer.content)
            assert amounts_in(answer.json()) == [], path
        contract = inspector.get(f"{API}/contract").json()
        assert contract["lines"][0]["article"] == example_contract().lines[0].article
        assert contract["terms"]
        assert amounts_in(signed_in(Role.OPERATOR).get(f"{API}/contract").json())

    def test_money_record_and_conversation_are_denied(self, inspector: Client) -> None:
        for part in ("statement", "events", "cover", "messages", "account-holder"):
            assert inspector.get(f"{API}/{part}").status_code in {FORBIDDEN, NOT_FOUND}

    @pytest.mark.parametrize("hole", ["behind_wall", "contract_behind_wall"])
    def test_planted_fault_a_wall_with_a_hole_would_be_caught(
        self, inspector: Client, monkeypatch: pytest.MonkeyPatch, hole: str
    ) -> None:
        monkeypatch.setattr(api_orders, hole, lambda given, *_: given)
        with pytest.raises(AssertionError):
            self.test_it_answers_without_an_amount(inspector)


def test_everybody_who_reads_the_statement_reads_money_and_nobody_else() -> None:
    assert [role for role in EVERYBODY if not wall.reads_money(role)] == [Role.INSPECTOR]
