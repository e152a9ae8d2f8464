"""Each sees its own orders and no other; foreign and absent are answered byte for byte alike."""

from __future__ import annotations

import re

import psycopg
import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.queries import own_orders
from fairlot.domain.party import Role
from fairlot.reading_room import reading_room
from fairlot.store.people.models import Company, Membership, Person
from tests.support.people import company, member, person
from tests.support.postgres import Database
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER

NOT_FOUND = 404
OK = 200


@pytest.fixture(autouse=True)
def two_trades(django_database: Database) -> None:
    """One order of the usual parties, disputed and heard by per_mediator, and one that is not disputed."""
    terms = keep_contract(reading_room().files, example_contract())
    heard = StoredTrade(django_database, "ord_heard", terms=terms)
    heard.disputed()
    heard.close()
    other = StoredTrade(django_database, "ord_other", terms=terms)
    other.agreed()
    other.close()


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def trader(
    name: str, company_id: str, rights: frozenset[MemberRight] = frozenset(MemberRight)
) -> Client:
    who = person(name)
    of = Company.objects.filter(id=company_id).first() or company(company_id[4:], who)
    member(of, who, rights)
    return client_of(who)


def shown(client: Client) -> set[str]:
    return set(re.findall(r"/orders/(ord_\w+)/", client.get("/orders/").content.decode()))


def answer_of(client: Client, path: str) -> tuple[int, bytes, dict[str, str]]:
    answer = client.get(path)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    content = token.sub(b"", answer.content).replace(path.encode(), b"PATH")
    return answer.status_code, content, dict(answer.headers)


class TestLists:
    def test_parties_see_their_orders(self) -> None:
        assert shown(trader("anna", "com_buyer")) == {"ord_heard", "ord_other"}
        assert shown(trader("bao", "com_supplier")) == {"ord_heard", "ord_other"}

    def test_strangers_see_none(self) -> None:
        assert shown(trader("mallory", "com_elsewhere")) == set()
        assert shown(client_of(person("nobody"))) == set()

    def test_platform_sees_all(self) -> None:
        assert shown(client_of(person("boss", roles=[Role.OPERATOR]))) == {"ord_heard", "ord_other"}

    def test_member_without_the_right_to_follow_sees_none(self) -> None:
        pays = trader("paula", "com_buyer", frozenset({MemberRight.PAY}))
        assert shown(pays) == set()
        assert pays.get("/orders/ord_other/").status_code == NOT_FOUND

    def test_several_companies_are_looked_at_one_at_a_time(self) -> None:
        anna = person("anna")
        member(company("elsewhere", anna), anna)
        member(company("buyer", anna), anna)
        client = client_of(anna)
        assert shown(client) == set()
        client.post("/account/stand-at/", {"place": "com_buyer"})
        assert shown(client) == {"ord_heard", "ord_other"}

    def test_nobody_stands_where_they_do_not_belong(self) -> None:
        mallory = trader("mallory", "com_elsewhere")
        for place in ("com_buyer", "platform", "cases"):
            mallory.post("/account/stand-at/", {"place": place})
            assert shown(mallory) == set()


class TestOrder:
    def test_each_sees_it_in_its_own_role(self) -> None:
        for name, of in (("anna", "com_buyer"), ("bao", "com_supplier")):
            assert trader(name, of).get("/orders/ord_other/").status_code == OK

    def test_r46_a4_foreign_and_absent_are_alike(self) -> None:
        mallory = trader("mallory", "com_elsewhere")
        foreign = answer_of(mallory, "/orders/ord_other/")
        absent = answer_of(mallory, "/orders/ord_never/")
        assert foreign[0] == NOT_FOUND
        assert foreign == absent

    def test_role_of_another_is_not_to_be_had(self) -> None:
        buyer = trader("anna", "com_buyer")
        plain = buyer.get("/orders/ord_other/").content
        for role in ("supplier", "operator", "mediator"):
            asked = buyer.get(f"/orders/ord_other/?as={role}").content
            assert b'class="seen-as"' not in asked
            assert len(asked) - len(plain) < 100

    def test_a6_right_taken_away_closes_the_order_at_the_next_request(self) -> None:
        buyer = trader("anna", "com_buyer")
        assert buyer.get("/orders/ord_other/").status_code == OK
        Membership.objects.all().delete()
        assert buyer.get("/orders/ord_other/").status_code == NOT_FOUND


class TestEitherWallAlone:
    def test_a2_row_security_alone_shows_nothing_foreign(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(own_orders, "actors_at", lambda *_: (BUYER,))
        mallory = trader("mallory", "com_elsewhere")
        assert shown(mallory) == set()
        assert mallory.get("/orders/ord_other/").status_code == NOT_FOUND

    def test_a2_the_applications_checks_alone_show_nothing_foreign(
        self, django_database: Database
    ) -> None:
        without_row_security(django_database)
        mallory = trader("mallory", "com_elsewhere")
        assert shown(mallory) == set()
        assert mallory.get("/orders/ord_other/").status_code == NOT_FOUND

    def test_a2_with_both_down_the_leak_is_seen(
        self, django_database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without_row_security(django_database)
        monkeypatch.setattr(own_orders, "actors_at", lambda *_: (BUYER,))
        assert shown(trader("mallory", "com_elsewhere")) == {"ord_heard", "ord_other"}


def without_row_security(database: Database) -> None:
    with psycopg.connect(database.owner_dsn, autocommit=True) as owner:
        for table in ("order_head", "order_event"):
            owner.execute(f"ALTER POLICY own_company ON {table} USING (true)")
