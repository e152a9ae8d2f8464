"""The page of money that names no order: shown to the platform alone, decided by operators, once however often pressed."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from fairlot.application.money.bank_import import import_bank_file
from fairlot.application.money.suspense import unmatched
from fairlot.domain.order.events import PaymentReceived
from fairlot.domain.order.refusal_words import REFUSALS
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Role
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.interfaces.web.platform import unmatched_page
from fairlot.interfaces.web.platform.words import REASONS, UNMATCHED
from fairlot.providers.wire.matching import Why
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.reading_room import reading_room
from fairlot.writing_room import close_writing_rooms, writing_room
from tests.support.postgres import Database
from tests.support.signed_in import signed_in
from tests.support.statements import build_statement
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract

PATH = "/platform/money/"
OK = 200
FOUND = 302
NOT_FOUND = 404


@pytest.fixture
def operator(django_database: Database) -> Iterator[Client]:
    """An operator's browser, in front of an agreed order."""
    terms = keep_contract(reading_room().files, example_contract())
    trade = StoredTrade(django_database, "ord_agreed", terms=terms)
    trade.agreed()
    trade.close()
    yield fresh(Role.OPERATOR)
    close_writing_rooms()


def fresh(role: Role) -> Client:
    """Sign in with one press, as a demonstration does, which leaves nothing to be asked again for some minutes."""
    client = Client()
    client.post(f"/account/demo/{role.value}/")
    client.post("/account/reauthenticate/", {"password": "harbor-lantern-demo"})
    return client


def stray(text: str = "for the lamps", *, amount_minor: int = 70_000, currency: str = "USD") -> str:
    """Let money come in that names no order; return the id under which it waits."""
    entry = SampleEntry(
        amount_minor=amount_minor,
        booked_date=dt.date(2026, 11, 20),
        counterparty_name="Anna <b>GmbH</b>",
        remittance_text=text,
    )
    statement = build_statement(entry, currency=currency)
    (row,) = import_bank_file(statement, desk=writing_room().desk).left_over
    return row.suspense_id


def status_of(suspense_id: str) -> SuspenseStatus:
    return writing_room().desk.read_suspense(suspense_id)[0].status


def payments() -> list[int]:
    """Return what the order was paid, payment by payment."""
    events = writing_room().desk.read_order("ord_agreed").events
    return [event.amount_minor for event in events if isinstance(event, PaymentReceived)]


def text_of(client: Client, path: str = PATH, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == OK, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


class TestQueue:
    def test_it_shows_what_the_bank_said_and_when_it_goes_back(self, operator: Client) -> None:
        assert UNMATCHED["none"].en in text_of(operator)
        suspense_id = stray()
        text = text_of(operator)
        assert f"USD 700.00 {suspense_id} Why it waits it names no order" in text
        assert "Sender Anna <b>GmbH</b> What the sender wrote for the lamps" in text
        assert re.search(r"Goes back by itself after 20\d\d-\d\d-\d\d \d\d:\d\d UTC", text)
        assert "<b>GmbH" not in operator.get(PATH).content.decode()
        assert "未注明订单" in text_of(operator, language="zh-CN")

    def test_a_long_queue_goes_on_page_by_page(
        self, operator: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(unmatched_page, "ROWS_PER_PAGE", 2)
        made = [stray(f"stray {number}") for number in range(5)]
        shown: list[str] = []
        path: str | None = PATH
        while path is not None:
            page = operator.get(path).content.decode()
            shown += re.findall(r'<span class="id">(sus_\w+)</span>', page)
            link = re.search(r'rel="next" href="([^"]+)"', page)
            path = None if link is None else PATH + html.unescape(link[1])
        assert shown == made
        assert operator.get(f"{PATH}?after=%00").status_code in {OK, 400}
        assert operator.get(f"{PATH}?after=sus_none").status_code == OK

    def test_every_reason_has_words(self) -> None:
        assert {why.value for why in Why} <= set(REASONS)


class TestAssigning:
    def test_it_goes_to_the_order_once_however_often_it_is_pressed(self, operator: Client) -> None:
        suspense_id = stray()
        for _ in range(2):
            answer = operator.post(f"{PATH}{suspense_id}/assign/", {"order_id": " ord_agreed "})
            assert answer.headers["Location"] == PATH
        assert "It is booked to ord_agreed." in text_of(operator)
        assert status_of(suspense_id) is SuspenseStatus.ASSIGNED
        assert payments() == [70_000]

    @pytest.mark.parametrize("order_id", ["ord_none", "", "a/b", "ord_none" * 20])
    def test_what_no_order_takes_waits_on_and_can_still_go_back(
        self, operator: Client, order_id: str
    ) -> None:
        suspense_id = stray()
        operator.post(f"{PATH}{suspense_id}/assign/", {"order_id": order_id})
        text = text_of(operator)
        expected = REFUSALS[Code.UNKNOWN_ORDER].en if order_id == "ord_none" else ""
        assert (expected or UNMATCHED["order_missing"].en) in text
        assert [each.suspense_id for each in unmatched(writing_room().desk)] == [suspense_id]
        operator.post(f"{PATH}{suspense_id}/return/")
        assert status_of(suspense_id) is SuspenseStatus.GOING_BACK


class TestReturning:
    def test_it_goes_back_once_and_to_no_order_after(self, operator: Client) -> None:
        suspense_id = stray()
        for _ in range(2):
            operator.post(f"{PATH}{suspense_id}/return/")
            assert "It goes back to its sender." in text_of(operator)
        assert status_of(suspense_id) is SuspenseStatus.GOING_BACK
        operator.post(f"{PATH}{suspense_id}/assign/", {"order_id": "ord_agreed"})
        assert "It is booked" not in text_of(operator)
        assert payments() == []


class TestWho:
    def test_the_platforms_people_look_and_operators_alone_decide(self, operator: Client) -> None:
        suspense_id = stray()
        for role in (Role.AUDITOR, Role.SUPERVISOR):
            client = fresh(role)
            assert suspense_id in text_of(client)
            assert "/assign/" not in client.get(PATH).content.decode()
            for act in ("assign", "return"):
                address = f"{PATH}{suspense_id}/{act}/"
                assert client.post(address, {"order_id": "ord_agreed"}).status_code == NOT_FOUND
        assert status_of(suspense_id) is SuspenseStatus.WAITING
        assert operator.get(f"{PATH}{suspense_id}/return/").status_code == 405

    def test_for_everybody_else_it_is_not_there(self, operator: Client) -> None:
        suspense_id = stray()
        for role in (Role.BUYER, Role.SUPPLIER, Role.AGENT, Role.INSPECTOR, Role.MEDIATOR):
            client = fresh(role)
            for path in ("/platform/", PATH):
                assert client.get(path).status_code == NOT_FOUND
            assert client.post(f"{PATH}{suspense_id}/return/").status_code == NOT_FOUND
            assert "/platform/" not in client.get("/orders/").content.decode()
        assert Client().get(PATH).status_code == FOUND
        assert "/platform/" in operator.get("/orders/").content.decode()
        assert operator.get("/platform/").headers["Location"] == PATH

    def test_it_is_asked_once_more_who_it_is(self, operator: Client) -> None:
        del operator
        suspense_id = stray()
        client = signed_in(Role.OPERATOR)
        for act in ("assign", "return"):
            answer = client.post(f"{PATH}{suspense_id}/{act}/", {"order_id": "ord_agreed"})
            assert "/account/reauthenticate/" in answer.headers["Location"]
        assert status_of(suspense_id) is SuspenseStatus.WAITING

    @pytest.mark.parametrize("suspense_id", ["sus_none", "x" * 80, "a b"])
    def test_what_never_came_is_not_there(self, operator: Client, suspense_id: str) -> None:
        for act in ("assign", "return"):
            address = f"{PATH}{suspense_id}/{act}/"
            assert operator.post(address, {"order_id": "ord_agreed"}).status_code == NOT_FOUND
