"""Payouts on pages and by the API: waiting, in a file, confirmed, failed; the platform's whole, a company's own alone."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.desk import account_id_for
from fairlot.application.money.payout_file import PayingAccount, payout_file
from fairlot.application.payout_aggregate import Standing
from fairlot.application.queries.payout_list import account_page
from fairlot.domain.party import Role
from fairlot.domain.payout.commands import RecordPayoutConfirmed, RecordPayoutFailed
from fairlot.domain.payout.state import PayoutStatus
from fairlot.interfaces.web import payout_rows
from fairlot.interfaces.web.payout_rows import PAYOUT_PAGE, STANDINGS, STATUSES
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from fairlot.store.people.models import Company
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.market import SUPPLIER_ID, Market, whole_terms
from tests.support.people import company, member, person
from tests.support.postgres import Database
from tests.support.signed_in import signed_in

PLATFORM = "/platform/payouts/"
OWN = f"/account/companies/{SUPPLIER_ID}/payouts/"
ACCOUNT_ID = account_id_for(SUPPLIER_ID, "USD")
PAYING = PayingAccount(
    party=PaymentParty(name="Fairlot", address=PostalAddress(town="Frankfurt", country="DE")),
    account=PaymentAccount(iban="DE89370400440532013000"),
    bank=PaymentBank(bic="COBADEFFXXX"),
)
OK = 200
NOT_FOUND = 404
FORBIDDEN = 403


@pytest.fixture
def market(django_database: Database) -> Iterator[Market]:
    """A supplier whose payout of one order is instructed and waits for its file."""
    ways = {payee: NullMoney().send for payee in Payee} | {Payee.SUPPLIER: BatchMoney().send}
    made = Market(django_database, money=MoneyByPayee(ways)).enrolled()
    made.confirmed("ord_1", whole_terms(1_000_000, 600_000))
    made.work()
    boss = person("boss")
    member(company(SUPPLIER_ID.removeprefix("com_"), boss), boss)
    yield made
    made.close()
    close_writing_rooms()


@pytest.fixture
def boss(market: Market) -> Client:
    """Who manages the supplier."""
    del market
    return browser_of("boss")


def browser_of(name: str) -> Client:
    client = Client()
    client.post(
        "/account/login/", {"login": f"{name}@example.test", "password": "a quiet harbour at dawn"}
    )
    return client


def text_of(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == OK, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def file(market: Market, batch_id: str) -> None:
    day = market.clock().date()
    made = payout_file(
        batch_id, paying=PAYING, currency="USD", execution_date=day, desk=market.desk
    )
    assert len(made.items) == 1


def confirm(market: Market) -> None:
    command = RecordPayoutConfirmed(payout_id="p1", rail="wire")
    market.desk.ask_account(ACCOUNT_ID, command, command_id="confirm-p1").unwrap()


def fail(market: Market, reason_code: str) -> None:
    command = RecordPayoutFailed(payout_id="p1", rail="wire", reason_code=reason_code)
    market.desk.ask_account(ACCOUNT_ID, command, command_id="fail-p1").unwrap()


class TestStates:
    def test_it_is_followed_from_the_instruction_to_the_banks_word(
        self, market: Market, boss: Client
    ) -> None:
        for client, path in ((signed_in(Role.OPERATOR), PLATFORM), (boss, OWN)):
            text = text_of(client, path)
            assert "USD 10,000.00 to be sent p1 instructed" in text
            assert re.search(r"due by 20\d\d-\d\d-\d\d \d\d:\d\d UTC ord_1", text)
        file(market, "batch-7")
        text = text_of(boss, OWN)
        assert "USD 10,000.00 in a file p1" in text
        assert "payment file batch-7" in text
        assert "due by" not in text
        confirm(market)
        text = text_of(boss, OWN)
        assert "USD 10,000.00 confirmed p1" in text
        assert re.search(r"confirmed 20\d\d-\d\d-\d\d \d\d:\d\d UTC", text)
        assert "Paid out USD 10,000.00" in text
        assert "已确认" in text_of(boss, OWN, "zh-CN")

    def test_one_that_failed_says_what_the_bank_said_and_what_waits_again(
        self, market: Market, boss: Client
    ) -> None:
        file(market, "batch-7")
        fail(market, "AC04 <closed>")
        text = text_of(boss, OWN)
        assert "Held back after a failure" in text
        assert "Waits, not instructed yet USD 10,000.00" in text
        assert "USD 10,000.00 failed p1" in text
        assert "the bank says AC04 <closed>" in text
        assert "<closed>" not in boss.get(OWN).content.decode()

    def test_the_platform_chooses_what_to_look_at(self, market: Market) -> None:
        client = signed_in(Role.AUDITOR)
        assert "ord_1" in text_of(client, f"{PLATFORM}?standing=sending")
        assert PAYOUT_PAGE["none"].en in text_of(client, f"{PLATFORM}?standing=sent")
        file(market, "batch-7")
        assert "ord_1" in text_of(client, f"{PLATFORM}?standing=sent")
        for odd in ("standing=none", "before=x", "before=2027-01-01T00:00:00", "id=%C3%A9"):
            assert client.get(f"{PLATFORM}?{odd}").status_code == OK

    def test_a_long_list_goes_on_page_by_page(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        del market
        monkeypatch.setattr(payout_rows, "ROWS_PER_PAGE", 1)
        client = signed_in(Role.OPERATOR)
        page = client.get(PLATFORM).content.decode()
        assert 'rel="next"' not in page
        assert page.count('<li class="card">') == 1

    def test_every_state_has_words(self) -> None:
        assert set(STANDINGS) == set(Standing)
        assert set(STATUSES) == set(PayoutStatus)


class TestWho:
    def test_money_of_a_company_is_for_who_manages_it_or_its_account(self, market: Market) -> None:
        del market
        for name, right in (("bao", MemberRight.BANK), ("chen", MemberRight.FOLLOW)):
            who = person(name)
            member(company(f"of_{name}", who), who)
            own = person(f"{name}2")
            member(_supplier(), own, {right})
            expected = OK if right is MemberRight.BANK else NOT_FOUND
            assert browser_of(f"{name}2").get(OWN).status_code == expected
            stranger = browser_of(name)
            assert stranger.get(OWN).status_code == NOT_FOUND
            assert stranger.get(PLATFORM).status_code == NOT_FOUND
            assert stranger.get("/api/v1/payouts").status_code == FORBIDDEN
            api = f"/api/v1/suppliers/{SUPPLIER_ID}/payouts"
            assert stranger.get(api).status_code == FORBIDDEN

    def test_row_security_alone_shows_a_company_nothing_of_anothers(self, market: Market) -> None:
        del market

        def seen(reader_id: str | None) -> int:
            with lent_connection() as connection:
                page = account_page(
                    connection,
                    payouts=writing_room().desk.payouts,
                    reader_id=reader_id,
                    company_id=SUPPLIER_ID,
                    limit=5,
                )
            return len(page.accounts)

        assert (seen(SUPPLIER_ID), seen("com_stranger")) == (1, 0)
        # Read as the platform, the same question would show it.
        assert seen(None) == 1


class TestApi:
    def test_it_reads_what_the_page_shows_and_goes_on_by_its_cursor(self, market: Market) -> None:
        file(market, "batch-7")
        confirm(market)
        operator = signed_in(Role.OPERATOR)
        answer = operator.get("/api/v1/payouts?limit=1").json()
        (account,) = answer["accounts"]
        assert answer["next_cursor"] is None
        assert (account["company_id"], account["standing"]) == (SUPPLIER_ID, "at_rest")
        (payout,) = account["payouts"]
        assert (payout["status"], payout["batch_id"]) == ("confirmed", "batch-7")
        assert payout["order_ids"] == ["ord_1"]
        assert dt.datetime.fromisoformat(payout["confirmed_at"]) == market.clock()
        assert operator.get("/api/v1/payouts?standing=sending").json()["accounts"] == []
        assert operator.get("/api/v1/payouts?cursor=x").status_code == 422
        own = browser_of("boss").get(f"/api/v1/suppliers/{SUPPLIER_ID}/payouts").json()
        assert own["accounts"] == [account]


def _supplier() -> Company:
    return Company.objects.get(id=SUPPLIER_ID)
