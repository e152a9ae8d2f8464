"""The page of notifications: one's own, in both languages; looking changes nothing, and the browser finds no fault."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from fairlot.application.people.demo_people import demo_person
from fairlot.domain.party import Role
from fairlot.store.telling import notifications as store
from fairlot.store.telling.notifications import StoredNotification, id_for
from fairlot.writing_room import close_writing_rooms, lent_connection
from tests.support.postgres import Database
from tests.support.signed_in import sign_in, signed_in
from tests.support.windows import (
    LANGUAGES,
    WIDTHS,
    faults_of_access,
    overhang,
)

AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}


def tell(kind: str, number: int, **facts: object) -> str:
    """Tell the demonstration's buyer something."""
    person = demo_person(Role.BUYER)
    assert person is not None
    notification_id = id_for("ntf", str(person.pk), kind, str(number))
    with lent_connection() as connection:
        store.add(
            connection,
            StoredNotification(
                notification_id=notification_id,
                person_id=str(person.pk),
                message_key=f"order:ord_1:{number}:0",
                kind=kind,
                role="buyer",
                order_id="ord_1",
                facts=dict(facts),
                happened_at=AT,
                told_at=AT + dt.timedelta(minutes=number),
            ),
            mail_at_once=False,
        )
    return notification_id


def text_of(client: Client, path: str, headers: dict[str, str]) -> str:
    answer = client.get(path, **headers)  # type: ignore[arg-type]  # headers by their WSGI names
    assert answer.status_code == 200, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def buyer(django_database: Database) -> Iterator[Client]:
    del django_database
    yield signed_in(Role.BUYER)
    close_writing_rooms()


class TestPage:
    def test_r47_what_happened_and_what_is_to_be_done_in_both_languages(
        self, buyer: Client
    ) -> None:
        tell("payment_reversed", 1, amount_minor=125_000, currency="USD")
        english = text_of(buyer, "/notifications/", ENGLISH)
        assert "A payment of USD 1,250.00 bounced." in english
        assert "For you to do Pay again." in english
        assert "1 unread" in english
        assert "请重新付款。" in text_of(buyer, "/notifications/", CHINESE)

    def test_looking_changes_nothing_and_posting_marks(self, buyer: Client) -> None:
        first = tell("order_closed", 1)
        tell("order_completed", 2)
        for _ in range(2):
            assert "2 unread" in text_of(buyer, "/notifications/", ENGLISH)
        assert buyer.get("/notifications/read/").status_code == 405
        buyer.post("/notifications/read/", {"id": first})
        assert "1 unread" in text_of(buyer, "/notifications/", ENGLISH)
        buyer.post("/notifications/read/")
        assert "0 unread" in text_of(buyer, "/notifications/", ENGLISH)

    def test_nobody_sees_or_marks_what_another_was_told(self, buyer: Client) -> None:
        told = tell("order_closed", 1)
        other = signed_in(Role.SUPPLIER)
        assert "You have not been told anything yet." in text_of(other, "/notifications/", ENGLISH)
        other.post("/notifications/read/", {"id": told})
        assert "1 unread" in text_of(buyer, "/notifications/", ENGLISH)
        assert Client().get("/notifications/").status_code == 302

    def test_a_long_list_goes_on_page_by_page(self, buyer: Client) -> None:
        ids = {tell("order_closed", number) for number in range(30)}
        first = buyer.get("/notifications/").content.decode()
        link = re.search(r'rel="next" href="([^"]+)"', first)
        assert link is not None
        second = buyer.get("/notifications/" + html.unescape(link[1])).content.decode()
        shown = [set(re.findall(r'<h2 id="(ntf_\w+)"', page)) for page in (first, second)]
        assert shown[0] | shown[1] == ids
        assert not shown[0] & shown[1]
        assert 'rel="next"' not in second

    def test_every_page_says_how_many_are_unread(self, buyer: Client) -> None:
        assert "Notifications 1 unread" not in text_of(buyer, "/suppliers/", ENGLISH)
        tell("order_closed", 1)
        assert "Notifications 1 unread" in text_of(buyer, "/suppliers/", ENGLISH)
        assert "通知 1 条未读" in text_of(buyer, "/suppliers/", CHINESE)
        assert "Notifications 1" not in text_of(signed_in(Role.SUPPLIER), "/suppliers/", ENGLISH)
        assert (
            b"unread"
            not in Client().get("/account/login/", headers={"accept-language": "en"}).content
        )

    @pytest.mark.parametrize("query", ["before=x", "before=2027-03-01", "before=&id=y"])
    def test_a_place_that_is_none_is_the_beginning(self, buyer: Client, query: str) -> None:
        tell("order_closed", 1)
        assert "1 unread" in text_of(buyer, f"/notifications/?{query}", ENGLISH)

    def test_mails_are_chosen(self, buyer: Client) -> None:
        buyer.post("/notifications/mails/", {"mails": "daily"})
        page = buyer.get("/notifications/").content.decode()
        assert 'value="daily" checked' in page
        buyer.post("/notifications/mails/", {"mails": "at_once"})
        assert 'value="at_once" checked' in buyer.get("/notifications/").content.decode()


@pytest.fixture(params=[(tag, width) for tag in LANGUAGES for width in WIDTHS], ids=str)
def window(request: pytest.FixtureRequest, browser: Browser, pages: str) -> Iterator[Page]:
    """A window in one language and of one width, in which the buyer is signed in."""
    tag, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=LANGUAGES[tag], reduced_motion="reduce"
    )
    sign_in(context, pages, Role.BUYER)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_no_fault_of_access_and_nothing_wider_than_the_window(window: Page, pages: str) -> None:
    tell("payment_reversed", 1, amount_minor=125_000, currency="USD")
    tell("order_agreed", 2, payment_until="2027-03-05T09:00:00Z")
    answer = window.goto(pages + "/notifications/")
    assert answer is not None
    assert answer.status == 200
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    assert window.locator("h1").count() == 1
