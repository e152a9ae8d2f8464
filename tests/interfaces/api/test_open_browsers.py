"""A browser found open, or stolen with its session: it reads, and moves neither money nor where money goes."""

from __future__ import annotations

from typing import Any

import msgspec
from django.test import Client

from tests.support.api import Answer, person
from tests.support.api_trades import Fair
from tests.support.market import DETAILS
from tests.support.people import PASSWORD

DETAILS_ASKED = msgspec.to_builtins(DETAILS)
CONFIRM = {"type": "ConfirmReceipt"}


class Browser:
    """A signed-in browser that sends the token with every change."""

    def __init__(self, person_id: str) -> None:
        who = person(person_id)
        who.set_password(PASSWORD)
        who.save()
        self._client = Client(enforce_csrf_checks=True)
        self._client.force_login(who)
        self._client.get("/account/")

    @property
    def token(self) -> str:
        return str(self._client.cookies["fairlot_csrf"].value)

    def say_who(self) -> None:
        asked = {"password": PASSWORD, "csrfmiddlewaretoken": self.token}
        self._client.post("/account/reauthenticate/", asked)

    def post(self, path: str, body: Any, *, token: str | None = None) -> Answer:
        sent = {"X-CSRFToken": token or self.token, "Idempotency-Key": "browser"}
        content = msgspec.json.encode(body)
        return Answer(
            self._client.post(
                f"/api/v1{path}", content, content_type="application/json", headers=sent
            )
        )


class TestOpenBrowser:
    def test_account_is_named_by_who_just_said_who_they_are(self, fair: Fair) -> None:
        browser = Browser(f"per_{fair.supplier_id}")
        path = f"/suppliers/{fair.supplier_id}/account"
        asked = browser.post(path, DETAILS_ASKED)
        assert (asked.status, asked.code) == (403, "reauthentication_required")
        browser.say_who()
        browser.post(path, DETAILS_ASKED).ok()

    def test_money_is_released_by_who_just_said_who_they_are(self, fair: Fair) -> None:
        order_id = fair.delivered()
        browser = Browser(f"per_{fair.buyer_id}")
        path = f"/orders/{order_id}/commands"
        batch = {"commands": [{"order_id": order_id, "key": "b", "command": CONFIRM}]}
        assert browser.post(path, CONFIRM).code == "reauthentication_required"
        assert browser.post("/commands", batch).code == "reauthentication_required"
        assert fair.buyer.get(f"/orders/{order_id}").ok()["status"] == "delivered"
        browser.say_who()
        browser.post(path, CONFIRM).ok()

    def test_what_moves_no_money_is_asked_without(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/messages"
        Browser(f"per_{fair.buyer_id}").post(path, {"body": "hello"}).ok()

    def test_no_page_of_others_asks_for_whoever_is_signed_in(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/messages"
        asked = Browser(f"per_{fair.buyer_id}").post(path, {"body": "hello"}, token="x" * 32)
        assert asked.code == "csrf_failed"
