"""Payouts by file: each in one file only, the same file for ever, and what a bank would refuse left for a person."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from lxml import etree
from msgspec.structs import replace

from fairlot.application.desk import Desk
from fairlot.application.money import payout_file as making
from fairlot.application.money.bank_import import import_bank_file
from fairlot.application.money.payout_file import PayingAccount, PayoutFile, payout_file
from fairlot.application.supplier import suppliers
from fairlot.domain.payout.events import PayoutInstructed
from fairlot.domain.payout.state import PayoutStatus
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.wire import (
    Direction,
    PaymentAccount,
    PaymentBank,
    PaymentFileRefused,
    PaymentParty,
    PostalAddress,
)
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.store import batches
from fairlot.store.batches import Batch, BatchItem
from tests.support.market import DETAILS, SUPPLIER_ID, MakeMarket, Market, whole_terms
from tests.support.statements import build_statement

PAYING = PayingAccount(
    party=PaymentParty(
        name="Fairlot Trust Account", address=PostalAddress(town="Frankfurt", country="DE")
    ),
    account=PaymentAccount(iban="DE89370400440532013000"),
    bank=PaymentBank(bic="COBADEFFXXX"),
)
NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


@pytest.fixture
def waiting(make_market: MakeMarket) -> Market:
    """A market whose payouts wait for a file; refunds and inspectors are paid on paper."""
    paper = NullMoney().send
    money = MoneyByPayee(dict.fromkeys(Payee, paper) | {Payee.SUPPLIER: BatchMoney().send})
    return make_market(money=money).enrolled()


def released(market: Market, *order_ids: str) -> None:
    for order_id in order_ids:
        market.confirmed(order_id, whole_terms(1_000_000, 600_000))
        market.work()


def file(market: Market, batch_id: str = "batch-1") -> PayoutFile:
    return payout_file(
        batch_id,
        paying=PAYING,
        currency="USD",
        execution_date=dt.date(2027, 1, 5),
        desk=market.desk,
    )


def refused(
    market: Market, *, currency: str = "USD", paying: PayingAccount = PAYING
) -> PaymentFileRefused:
    """Ask for the file batch-1 in other words, and return the refusal."""
    with pytest.raises(PaymentFileRefused) as refusal:
        payout_file(
            "batch-1",
            paying=paying,
            currency=currency,
            execution_date=dt.date(2027, 1, 5),
            desk=market.desk,
        )
    return refusal.value


def paid_in(made: PayoutFile) -> list[tuple[str, str]]:
    """Return amount and name of every payout that the bank is told to pay."""
    document = etree.fromstring(made.content)
    return [
        (
            str(one.findtext("p:Amt/p:InstdAmt", namespaces=NAMESPACE)),
            str(one.findtext("p:PmtId/p:EndToEndId", namespaces=NAMESPACE)),
        )
        for one in document.iterfind(".//p:CdtTrfTxInf", NAMESPACE)
    ]


class TestFile:
    def test_holds_what_waits_and_marks_it_as_sent(self, waiting: Market) -> None:
        released(waiting, "ord_1", "ord_2")
        made = file(waiting)
        assert [amount for amount, _ in paid_in(made)] == ["10000.00", "10000.00"]
        statuses = {payout.status for payout in waiting.account().open_payouts}
        assert statuses == {PayoutStatus.SENT}

    def test_is_the_same_for_ever(self, waiting: Market) -> None:
        released(waiting, "ord_1")
        first = file(waiting)
        released(waiting, "ord_2")
        waiting.clock.move(days=3)
        assert file(waiting).content == first.content

    def test_of_another_currency_is_refused(self, waiting: Market) -> None:
        """Nobody who asks for euros is handed a file in dollars."""
        released(waiting, "ord_1")
        first = file(waiting)
        refusal = refused(waiting, currency="EUR")
        assert refusal.code == "batch_of_other_currency"
        assert refusal.facts == {"batch_id": "batch-1", "currency": "USD", "asked": "EUR"}
        assert "USD" in refusal.sentence("zh")
        assert file(waiting).content == first.content

    def test_from_another_account_is_refused(self, waiting: Market) -> None:
        released(waiting, "ord_1")
        file(waiting)
        other = replace(PAYING, account=PaymentAccount(iban="GB29NWBK60161331926819"))
        assert refused(waiting, paying=other).code == "batch_of_other_account"

    def test_two_currencies_that_ask_at_one_moment_are_not_mixed_up(
        self, waiting: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who comes second, with something to pay, finds the id taken meanwhile."""
        released(waiting, "ord_1")
        chosen = making._put_together("batch-1", _header(), waiting.desk)
        file(waiting)
        found = batches.find_batch
        asked: list[str] = []

        def not_at_first(connection: psycopg.Connection, batch_id: str) -> Batch | None:
            asked.append(batch_id)
            return found(connection, batch_id) if len(asked) > 1 else None

        monkeypatch.setattr(making, "_put_together", lambda *_: chosen)
        monkeypatch.setattr(batches, "find_batch", not_at_first)
        assert refused(waiting, currency="EUR").code == "batch_of_other_currency"

    def test_of_no_currency_is_refused(self, waiting: Market) -> None:
        assert refused(waiting, currency="usd").code == "currency_unknown"

    def test_the_next_one_holds_the_rest(self, waiting: Market) -> None:
        released(waiting, "ord_1")
        first = file(waiting)
        released(waiting, "ord_2")
        second = file(waiting, "batch-2")
        names = [item.name for item in (*first.items, *second.items)]
        assert len(set(names)) == len(names) == 2

    def test_with_nothing_to_pay_is_empty_and_may_be_asked_again(self, waiting: Market) -> None:
        assert file(waiting).content == b""
        released(waiting, "ord_1")
        assert len(file(waiting).items) == 1

    def test_broken_off_while_marking_it_is_finished_later(
        self, waiting: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        released(waiting, "ord_1", "ord_2")
        with monkeypatch.context() as broken:
            broken.setattr(making, "_written", _broken_off)
            with pytest.raises(ConnectionError):
                file(waiting)
        released(waiting, "ord_3")
        later = file(waiting, "batch-2")
        assert len(later.items) == 1
        assert len(file(waiting).items) == 2

    def test_two_files_of_the_same_moment_share_no_payout(
        self, waiting: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second is put together from what the first is about to mark."""
        released(waiting, "ord_1")
        chosen = making._put_together("batch-2", _header(), waiting.desk)
        first = file(waiting)
        monkeypatch.setattr(making, "_put_together", lambda *_: chosen)
        second = file(waiting, "batch-2")
        assert (len(first.items), len(second.items), second.content) == (1, 0, b"")

    def test_a_file_that_believes_its_plan_is_caught(
        self, waiting: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: the second file does not ask in which file its payouts were sent, and pays them again."""
        careful = making._sent_in

        def believing(_: str, item: BatchItem, desk: Desk) -> PayoutInstructed | None:
            return careful("batch-1", item, desk)

        monkeypatch.setattr(making, "_sent_in", believing)
        with pytest.raises(AssertionError):
            self.test_two_files_of_the_same_moment_share_no_payout(waiting, monkeypatch)

    def test_what_no_bank_would_carry_is_left_out_and_named(self, waiting: Market) -> None:
        nameless = replace(DETAILS, holder=replace(DETAILS.holder, name="深圳亮芯电子有限公司"))
        hashed = suppliers.name_account(
            SUPPLIER_ID, nameless, salt=bytes(16), command_id="name-2", desk=waiting.desk
        )
        suppliers.verify_account(SUPPLIER_ID, hashed, command_id="verify-2", desk=waiting.desk)
        released(waiting, "ord_1")
        made = file(waiting)
        assert [left.code for left in made.left_out] == ["text_not_latin"]
        assert made.content == b""
        assert waiting.account().open_payouts[0].status is PayoutStatus.INSTRUCTED


class TestStatement:
    def test_a_debit_with_the_payouts_name_confirms_it(self, waiting: Market) -> None:
        released(waiting, "ord_1")
        made = file(waiting)
        ((_, name),) = paid_in(made)
        entry = SampleEntry(
            amount_minor=1_000_000,
            booked_date=dt.date(2027, 1, 6),
            direction=Direction.DEBIT,
            end_to_end_id=name,
        )
        statement = build_statement(entry, opening_minor=1_000_000)
        (confirmed,) = import_bank_file(statement, desk=waiting.desk).confirmed
        (item,) = made.items
        assert (confirmed.aggregate_id, confirmed.reference) == (item.account_id, item.payout_id)
        assert waiting.account().paid_minor == 1_000_000
        assert waiting.balance("bank") == 0


def _header() -> making.FileHeader:
    return making.FileHeader(paying=PAYING, currency="USD", execution_date=dt.date(2027, 1, 5))


def _broken_off(*_: object) -> PayoutFile:
    raise ConnectionError
