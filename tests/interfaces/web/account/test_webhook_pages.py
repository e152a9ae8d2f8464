"""Pages of a company's webhooks: managed by managers alone, the secret shown once, everything tried out and sent again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.interfaces.web.account.webhook_words import webhook_words
from fairlot.store.people.models import Company, Person
from fairlot.writing_room import close_writing_rooms, lent_connection
from tests.support.people import PASSWORD, company, member, person
from tests.support.postgres import Database

URL = "https://receiver.example/hook"
TOKEN = "t" * 24
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
OK = 200
FOUND = 302
NOT_FOUND = 404


def stepped_up(who: Person) -> Client:
    """Sign in, and show the password once more as pages ask before rights change."""
    client = Client()
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == FOUND
    return client


@pytest.fixture
def harbor(django_database: Database) -> Iterator[Company]:
    del django_database
    anna = person("anna", second_factor=False)
    made = company("harbor", anna)
    member(made, anna)
    yield made
    close_writing_rooms()


@pytest.fixture
def anna(harbor: Company) -> Client:
    """Somebody with every right in the company, who has just shown the password."""
    del harbor
    return stepped_up(Person.objects.get(id="per_anna"))


BASE = "/account/companies/com_harbor/webhooks/"


def added(client: Client, **asked: object) -> tuple[str, str]:
    """Add an endpoint and return its page's address and its secret."""
    answer = client.post(f"{BASE}add/", {"url": URL, "token": TOKEN, **asked})
    assert answer.status_code == OK
    page = answer.content.decode()
    secret, address = SECRET.search(page), re.search(rf'href="({BASE}whe_\w+/)"', page)
    assert secret is not None
    assert address is not None
    return address[1], secret[0]


def shown(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == OK
    return answer.content.decode()


class TestSecret:
    def test_it_is_shown_once_and_a_double_press_adds_one(self, anna: Client) -> None:
        address, secret = added(anna)
        assert added(anna) == (address, secret)
        for page in (shown(anna, BASE), shown(anna, address)):
            assert URL in page
            assert SECRET.search(page) is None
        assert shown(anna, BASE).count(f'href="{BASE}whe_') == 1

    def test_rotation_shows_another_and_twice_from_one_form_the_same(self, anna: Client) -> None:
        address, first = added(anna)
        made = [
            SECRET.findall(anna.post(f"{address}rotate/", {"token": "r" * 24}).content.decode())
            for _ in range(2)
        ]
        assert made[0] == made[1] != [first]
        assert anna.post(f"{address}rotate/", {"token": "short"}).status_code == FOUND

    def test_it_is_asked_once_more_who_it_is(self, harbor: Company) -> None:
        del harbor
        client = Client()
        client.force_login(Person.objects.get(id="per_anna"))
        answer = client.post(f"{BASE}add/", {"url": URL, "token": TOKEN})
        assert answer.status_code == FOUND
        assert "/account/reauthenticate/" in answer.headers["Location"]
        assert f'href="{BASE}whe_' not in shown(client, BASE)


class TestWho:
    @pytest.mark.parametrize(
        "rights",
        [{MemberRight.FOLLOW}, {MemberRight.MANAGE}, frozenset(MemberRight) - {MemberRight.MANAGE}],
        ids=["follows", "manages", "all but manages"],
    )
    def test_whoever_does_not_manage_and_follow_finds_nothing(
        self, anna: Client, harbor: Company, rights: set[MemberRight]
    ) -> None:
        address, _ = added(anna)
        bao = person("bao")
        member(harbor, bao, rights)
        assert_finds_nothing(stepped_up(bao), address)

    def test_another_company_finds_nothing_under_its_own_address_either(self, anna: Client) -> None:
        address, _ = added(anna)
        chen = person("chen")
        member(company("mill", chen), chen)
        client = stepped_up(chen)
        assert_finds_nothing(client, address)
        assert_finds_nothing(client, address.replace("com_harbor", "com_mill"), has_list=True)


def assert_finds_nothing(client: Client, address: str, *, has_list: bool = False) -> None:
    assert client.get(address).status_code == NOT_FOUND
    for act in ("rotate", "ping", "disable", "enable", "remove", "deliveries/msg_1/replay"):
        assert client.post(f"{address}{act}/", {"token": TOKEN}).status_code == NOT_FOUND
    if not has_list:
        assert client.get(BASE).status_code == NOT_FOUND
        assert client.post(f"{BASE}add/", {"url": URL, "token": TOKEN}).status_code == NOT_FOUND


class TestUse:
    def test_a_ping_stands_in_the_log_and_can_be_sent_again(self, anna: Client) -> None:
        address, _ = added(anna)
        for _ in range(2):
            anna.post(f"{address}ping/", {"token": "p" * 24})
        page = shown(anna, address)
        ids = set(re.findall(r'id="(msg_\w+)"', page))
        assert len(ids) == 1
        assert "webhook.ping" in page
        with lent_connection() as connection:
            connection.execute("UPDATE webhook_delivery SET state = 'failed', due_at = NULL")
        assert "/replay/" in shown(anna, address)
        anna.post(f"{address}deliveries/{ids.pop()}/replay/")
        assert "It goes out again" in shown(anna, address)
        assert ">waiting<" in shown(anna, address)
        anna.post(f"{address}deliveries/msg_none/replay/")
        assert "is no longer there" in shown(anna, address)

    def test_off_on_and_away(self, anna: Client) -> None:
        address, _ = added(anna)
        anna.post(f"{address}disable/")
        page = shown(anna, address)
        assert "switched off by the company" in page
        assert "/ping/" not in page
        anna.post(f"{address}ping/", {"token": TOKEN})
        assert "switch it on first" in shown(anna, address)
        anna.post(f"{address}enable/")
        assert "/ping/" in shown(anna, address)
        anna.post(f"{address}remove/")
        assert anna.get(address).status_code == NOT_FOUND

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"url": "http://receiver.example/"}, "must be a public https address"),
            ({"url": "https://10.0.0.1/"}, "must be a public https address"),
            ({"types": ["order.none"]}, "no such type of event"),
            ({"token": "short"}, "The form was stale"),
        ],
    )
    def test_what_cannot_be_is_said(
        self, anna: Client, asked: dict[str, object], said: str
    ) -> None:
        answer = anna.post(f"{BASE}add/", {"url": URL, "token": TOKEN, **asked})
        assert answer.status_code == FOUND
        page = shown(anna, BASE)
        assert said in page
        assert f'href="{BASE}whe_' not in page

    def test_looking_changes_nothing(self, anna: Client) -> None:
        address, _ = added(anna)
        for act in ("rotate", "ping", "disable", "enable", "remove"):
            assert anna.get(f"{address}{act}/").status_code == 405
        for query in (
            "before=x",
            "before=2027-03-01",
            "before=2027-03-01T00:00:00%2B00:00&id=%C3%A9",
        ):
            assert anna.get(f"{address}?{query}").status_code == OK

    def test_every_word_is_said(self) -> None:
        assert all(webhook_words("en").values())
        assert all(webhook_words("zh").values())
