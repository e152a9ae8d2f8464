"""Each sees its own orders and no other; foreign and absent are answered byte for byte alike."""

from __future__ import annotations

import re

import msgspec
import psycopg
import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.order_aggregate import participants_of
from fairlot.application.queries import own_orders
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import EMPTY, Inspection, InspectionStage
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.interfaces.web import views
from fairlot.reading_room import reading_room
from fairlot.store.people.migrations import PARTICIPANTS
from fairlot.store.people.models import Company, Membership, Person, StaffRole
from tests.support.people import NOW, company, member, person
from tests.support.postgres import Database
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER, OPERATOR, SUPPLIER

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
    # A form's token is random, and a demonstration shows the instant.
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|<time .*?</time>')
    content = token.sub(b"", answer.content).replace(path.encode(), b"PATH")
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
    return answer.status_code, content, headers


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


class TestPagesOfTheList:
    """Orders of which only the oldest waits for the buyer, on pages of two."""

    @pytest.fixture
    def buyer(self, django_database: Database, monkeypatch: pytest.MonkeyPatch) -> Client:
        terms = keep_contract(reading_room().files, example_contract())
        for number in range(4):
            trade = StoredTrade(django_database, f"ord_later_{number}", terms=terms)
            trade.in_production()
            trade.close()
        monkeypatch.setattr(views, "ROWS_PER_PAGE", 2)
        return trader("anna", "com_buyer")

    @staticmethod
    def listed(client: Client, page: int) -> list[str]:
        content = client.get(f"/orders/?page={page}").content.decode()
        return re.findall(r'<span class="id">(ord_\w+)</span>', content)

    def test_what_waits_for_the_viewer_stands_first_however_old(self, buyer: Client) -> None:
        content = buyer.get("/orders/").content.decode()
        waiting, _, others = content.partition("All others, the newest first")
        assert re.findall(r'<span class="id">(ord_\w+)</span>', waiting) == ["ord_other"]
        assert "Waiting for you (1)" in waiting
        assert "ord_other" not in others

    def test_none_is_lost_between_two_pages(self, buyer: Client) -> None:
        pages = [self.listed(buyer, page) for page in range(4)]
        assert set().union(*pages) == {
            "ord_heard",
            "ord_other",
            *(f"ord_later_{number}" for number in range(4)),
        }
        assert pages[3] == []
        assert "no older orders" in buyer.get("/orders/?page=3").content.decode()

    def test_a_draft_is_told_by_names_where_no_contract_says_them(
        self, django_database: Database
    ) -> None:
        terms = keep_contract(reading_room().files, example_contract())
        draft = StoredTrade(django_database, "ord_blank", terms=terms)
        draft.drafted()
        draft.close()
        company("supplier", person("owner"))
        content = trader("anna", "com_buyer").get("/orders/?q=ord_blank").content.decode()
        assert "No contract proposed yet" in content
        assert Company.objects.get(id="com_supplier").legal_name in content
        assert "com_supplier" not in content


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


class TestThirdParties:
    """Inspection companies and mediators read the orders that name them, through row security, and no others."""

    def inspected(self, database: Database) -> None:
        trade = StoredTrade(
            database, "ord_inspected", terms=keep_contract(reading_room().files, example_contract())
        )
        trade.in_production()
        booking = c.BookInspection(
            inspection_id="i1",
            company="SGS",
            stage=InspectionStage.PRE_SHIPMENT,
            fee_minor=25_000,
        )
        trade.ask(BUYER, booking)
        trade.close()

    def in_mediation(self, database: Database) -> None:
        trade = StoredTrade(
            database, "ord_case", terms=keep_contract(reading_room().files, example_contract())
        )
        trade.disputed()
        trade.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash="a" * 64))
        trade.ask(BUYER, c.Escalate())
        trade.ask(OPERATOR, c.NameMediator(mediator_id="per_marta"))
        trade.close()

    def test_r9_inspection_company_sees_what_it_was_booked_for(
        self, django_database: Database
    ) -> None:
        self.inspected(django_database)
        ines = person("ines")
        # The programme designates by the id under which the company is entered.
        of = Company.objects.create(
            id="SGS", legal_name="SGS", country="CH", created_by=ines, is_inspection_company=True
        )
        member(of, ines)
        client = client_of(ines)
        assert shown(client) == {"ord_inspected", "ord_heard"}
        assert client.get("/orders/ord_inspected/").status_code == OK
        assert client.get("/orders/ord_other/").status_code == NOT_FOUND

    def test_inspection_company_is_shown_neither_the_money_nor_the_record(
        self, django_database: Database
    ) -> None:
        self.inspected(django_database)
        ines = person("ines")
        of = Company.objects.create(
            id="SGS", legal_name="SGS", country="CH", created_by=ines, is_inspection_company=True
        )
        member(of, ines)
        withheld = {"money", "story", "cover", "foreseen"}
        parts = re.compile(r'<h2 id="(\w+)"')
        path = "/orders/ord_inspected/"
        seen = set(parts.findall(client_of(ines).get(path).content.decode()))
        whole = set(parts.findall(trader("anna", "com_buyer").get(path).content.decode()))
        assert withheld <= whole
        assert whole - seen == withheld

    def test_a7_mediator_sees_the_cases_it_was_named_for_and_no_other(
        self, django_database: Database
    ) -> None:
        self.in_mediation(django_database)
        marta = client_of(person("marta", roles=[Role.MEDIATOR]))
        assert shown(marta) == {"ord_case"}
        assert marta.get("/orders/ord_case/").status_code == OK
        assert marta.get("/orders/ord_heard/").status_code == NOT_FOUND
        other = client_of(person("otto", roles=[Role.MEDIATOR]))
        assert shown(other) == set()
        assert other.get("/orders/ord_case/").status_code == NOT_FOUND

    def test_a6_role_taken_away_closes_the_cases(self, django_database: Database) -> None:
        self.in_mediation(django_database)
        marta = client_of(person("marta", roles=[Role.MEDIATOR]))
        StaffRole.objects.all().delete()
        assert marta.get("/orders/ord_case/").status_code == NOT_FOUND

    def test_heads_written_before_are_filled_in_as_they_would_be_today(
        self, django_database: Database
    ) -> None:
        self.inspected(django_database)
        self.in_mediation(django_database)
        asked = "SELECT order_id, participant_company_ids FROM order_head ORDER BY order_id"
        with django_database.as_owner() as owner:
            today = owner.execute(asked).fetchall()
            assert ("ord_case", ["SGS", "per_marta"]) in today
            owner.execute("UPDATE order_head SET participant_company_ids = '{}'")
            assert owner.execute(asked).fetchall() != today
            with owner.transaction():
                owner.execute(PARTICIPANTS.read_text(encoding="utf-8"))
            assert owner.execute(asked).fetchall() == today

    def test_a_typed_name_with_spaces_is_nobodys_id(self) -> None:
        booked = Inspection(
            id="i1",
            company="Look com_elsewhere",
            stage=InspectionStage.PRE_SHIPMENT,
            fee_minor=1,
            advanced_by=Party.BUYER,
            report_due_at=NOW,
        )
        assert participants_of(msgspec.structs.replace(EMPTY, inspections=(booked,))) == []
