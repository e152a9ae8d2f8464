"""Erasing by command: what leads to a person goes, what money needs stays, it is noted who did it, and everything still verifies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fairlot import config
from fairlot.application.money.bank_import import import_bank_file
from fairlot.application.money.payout_file import PayoutFile, payout_file
from fairlot.application.supplier import suppliers
from fairlot.domain.party import Role
from fairlot.interfaces.cli.erasing import REASONS
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.wire import PaymentFileRefused
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.simulate.stage import PAYING
from fairlot.store import conversation
from fairlot.store.people.models import AccessChange, Person
from tests.support.command_line import CommandLine, point_at
from tests.support.market import DETAILS, SUPPLIER_ID, MakeMarket, Market, make_market, whole_terms
from tests.support.people import person
from tests.support.postgres import Database
from tests.support.statements import build_statement
from tests.support.trades import BUYER

__all__ = ["make_market"]

OPERATOR = "olga@example.test"
BY = ("--by", OPERATOR, "--why", "asked_by_person")
WORDS = "call me at home, 030 1234"


@pytest.fixture
def market(make_market: MakeMarket) -> Market:
    """A market whose payouts wait for a file, with an order that somebody wrote in."""
    paper = NullMoney().send
    money = MoneyByPayee(dict.fromkeys(Payee, paper) | {Payee.SUPPLIER: BatchMoney().send})
    here = make_market(money=money).enrolled()
    here.agreed("ord_1", whole_terms(1_000, 1_000))
    with here.desk.connect() as connection:
        conversation.add_message(
            connection, order_id="ord_1", author=BUYER, sent_at=here.clock(), body=WORDS
        )
    return here


@pytest.fixture
def fairlot(
    django_database: Database, market: Market, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommandLine]:
    point_at(django_database, tmp_path, monkeypatch, demo=True)
    person("olga", roles=[Role.OPERATOR])
    yield CommandLine()
    config.settings.cache_clear()


def released(market: Market, order_id: str) -> None:
    market.confirmed(order_id, whole_terms(1_000_000, 600_000))
    market.work()


def file(market: Market) -> PayoutFile:
    return payout_file(
        "batch-1",
        paying=PAYING,
        currency="USD",
        execution_date=market.clock().date(),
        desk=market.desk,
    )


def noted() -> list[dict[str, Any]]:
    """Return what is kept of erasures, and by whom; never what was erased."""
    return [
        {**change.facts, "by": change.by_person_id, "subject": change.subject_id}
        for change in AccessChange.objects.filter(kind="erased").order_by("id")
    ]


def everywhere(database: Database, words: str) -> list[str]:
    """Return the tables in which some words still stand."""
    with database.as_owner() as owner:
        return [name for name in _tables(owner) if _holds(owner, name, words)]


def _tables(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in rows]


def _holds(owner: psycopg.Connection, table: str, words: str) -> bool:
    row = owner.execute(
        f"SELECT EXISTS (SELECT FROM {table} AS row WHERE row::text LIKE %(text)s"
        "  OR row::text LIKE %(hex)s)",
        {"text": f"%{words}%", "hex": f"%{words.encode().hex()}%"},
    ).fetchone()
    assert row is not None
    return bool(row[0])


def test_the_command_names_every_reason(fairlot: CommandLine) -> None:
    from fairlot.application.people.erasing import Why  # noqa: PLC0415

    assert set(REASONS) == {why.value for why in Why}


class TestPerson:
    def test_who_cannot_sign_in_is_erased_by_an_operator(
        self, fairlot: CommandLine, market: Market
    ) -> None:
        person("anna")
        assert everywhere(market.database, "anna@example.test")
        assert fairlot.answer("erase", "person", "Anna@example.test", *BY) == {"erased": "per_anna"}
        assert everywhere(market.database, "anna@example.test") == []
        assert not Person.objects.get(id="per_anna").is_active
        assert noted() == [{"why": "asked_by_person", "by": "per_olga", "subject": "per_anna"}]
        refused = fairlot.refused("erase", "person", "per_anna", *BY)
        assert refused["refused"] == "nothing_to_erase"
        assert "Nothing disagrees." in fairlot.done("verify")

    def test_nobody_but_an_operator_erases(self, fairlot: CommandLine) -> None:
        person("eve")
        by = ("--by", "eve@example.test", "--why", "ordered_by_law")
        assert fairlot.refused("erase", "person", OPERATOR, *by)["refused"] == "no_such_operator"
        assert "--why" in fairlot.misused("erase", "person", OPERATOR, "--by", OPERATOR)


class TestMessage:
    def test_its_text_goes_and_the_record_holds(self, fairlot: CommandLine, market: Market) -> None:
        assert everywhere(market.database, WORDS) == ["order_message"]
        done = fairlot.answer("erase", "message", "ord_1", "1", *BY)
        assert done == {"erased": {"order_id": "ord_1", "number": 1}}
        assert everywhere(market.database, WORDS) == []
        assert "Nothing disagrees." in fairlot.done("verify")
        assert noted()[0] | {"what": "message", "number": "1", "subject": "ord_1"} == noted()[0]

    @pytest.mark.parametrize("number", ["1", "2"])
    def test_what_is_not_there_is_named(self, fairlot: CommandLine, number: str) -> None:
        fairlot.done("erase", "message", "ord_1", "1", *BY)
        refused = fairlot.refused("erase", "message", "ord_1", number, *BY)
        assert refused["refused"] == "nothing_to_erase"
        assert len(noted()) == 1


class TestBankEntry:
    def test_it_goes_once_the_money_has_found_its_place(
        self, fairlot: CommandLine, market: Market
    ) -> None:
        entry = SampleEntry(
            amount_minor=1_000,
            booked_date=market.clock().date(),
            counterparty_name="Anna Nass",
            remittance_text="for the lamps",
        )
        (row,) = import_bank_file(build_statement(entry), desk=market.desk).left_over
        command = ("erase", "bank-entry", row.suspense_id, *BY)
        assert fairlot.refused(*command)["refused"] == "still_needed"
        at = ("--at", market.clock().isoformat())
        fairlot.done("bank", "match", row.suspense_id, "ord_1", *at)
        assert everywhere(market.database, "Anna Nass") == ["suspense_entry"]
        assert fairlot.answer(*command) == {"erased": row.suspense_id}
        assert everywhere(market.database, "Anna Nass") == []
        assert "Nothing disagrees." in fairlot.done("verify")
        assert fairlot.refused(*command)["refused"] == "nothing_to_erase"
        again = import_bank_file(build_statement(entry), desk=market.desk)
        assert (again.booked, again.left_over) == ((), ())


class TestReceivingAccounts:
    COMMAND = ("erase", "receiving-accounts", SUPPLIER_ID, *BY)
    NUMBER = str(DETAILS.account.number)

    def test_the_one_that_is_paid_to_stays_and_one_of_before_goes(
        self, fairlot: CommandLine, market: Market
    ) -> None:
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        assert fairlot.answer(*self.COMMAND) == {"erased": [], "needed": [known.account_hash]}
        now = suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=b"1" * 16, command_id="n", desk=market.desk
        )
        done = fairlot.answer(*self.COMMAND)
        assert done == {"erased": [known.account_hash], "needed": [now]}
        assert suppliers.read_details(known.account_hash, desk=market.desk) is None
        assert suppliers.read_details(now, desk=market.desk) == DETAILS
        assert "Nothing disagrees." in fairlot.done("verify")

    def test_a_payout_on_its_way_keeps_its_own(self, fairlot: CommandLine, market: Market) -> None:
        released(market, "ord_2")
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=b"1" * 16, command_id="n", desk=market.desk
        )
        assert known.account_hash in fairlot.answer(*self.COMMAND)["needed"]
        assert len(file(market).items) == 1

    def test_a_file_with_an_erased_account_is_refused_and_not_half_written(
        self, fairlot: CommandLine, market: Market
    ) -> None:
        released(market, "ord_2")
        file(market)
        with market.database.as_owner() as owner:
            owner.execute(
                "UPDATE receiving_account SET details = NULL, salt = NULL, erased_at = now()"
            )
        with pytest.raises(PaymentFileRefused) as refusal:
            file(market)
        assert refusal.value.code == "account_erased"
        assert everywhere(market.database, self.NUMBER) == []
