"""Sanctions checks: kept with their state, never skipped, and a match stops money until somebody clears it with a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from fairlot.application.desk import Desk
from fairlot.application.money import payout_file as making
from fairlot.application.money.payout_file import PayingAccount, PayoutFile, payout_file
from fairlot.application.people.people_refusals import RefusedChange
from fairlot.application.supplier.screening import (
    Occasion,
    clear,
    is_blocked,
    refuse_listed,
    screen,
    standing,
)
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.supplier.checks import CheckState
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.screening import ListUnreadableError, LocalList
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from tests.support.market import DETAILS, SUPPLIER_ID, MakeMarket, Market, whole_terms

PAYING = PayingAccount(
    party=PaymentParty(name="Fairlot", address=PostalAddress(town="Frankfurt", country="DE")),
    account=PaymentAccount(iban="DE89370400440532013000"),
    bank=PaymentBank(bic="COBADEFFXXX"),
)


@pytest.fixture
def market(make_market: MakeMarket) -> Market:
    money = MoneyByPayee(
        {payee: NullMoney().send for payee in Payee} | {Payee.SUPPLIER: BatchMoney().send}
    )
    return make_market(money=money).enrolled()


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A list on which the holder of the supplier's account stands."""
    path = tmp_path / "list.csv"
    path.write_text(f'name,country\n"{DETAILS.holder.name}",\n', encoding="utf-8")
    return path


def with_list(market: Market, path: Path) -> Desk:
    return replace(market.desk, checks=LocalList(path))


def account_hash(market: Market) -> str:
    known = market.desk.suppliers.find(SUPPLIER_ID)
    assert known is not None
    return known.account_hash


def file(desk: Desk, batch_id: str) -> PayoutFile:
    return payout_file(
        batch_id, paying=PAYING, currency="USD", execution_date=dt.date(2027, 1, 5), desk=desk
    )


def released(market: Market) -> None:
    market.confirmed("ord_1", whole_terms(1_000_000, 600_000))
    market.work()


def test_without_a_list_the_state_says_so_and_is_shown(market: Market) -> None:
    found = screen(SUPPLIER_ID, Occasion.PAYOUT, desk=market.desk)
    assert found.state is CheckState.NOT_CHECKED
    assert not is_blocked(found)
    assert [each.company_id for each in standing(desk=market.desk)] == [SUPPLIER_ID]


def test_payout_is_never_made_without_a_word_on_the_check(market: Market) -> None:
    released(market)
    assert file(market.desk, "batch-1").items
    (kept,) = standing(desk=market.desk)
    assert (kept.occasion, kept.state) == ("payout", CheckState.NOT_CHECKED)


def test_listed_supplier_is_left_out_of_the_file_until_cleared(market: Market, names: Path) -> None:
    released(market)
    desk = with_list(market, names)
    made = file(desk, "batch-1")
    assert made.items == ()
    assert [each.code for each in made.left_out] == ["company_listed"]
    assert clear(SUPPLIER_ID, reason="another company of that name", by="per_boss", desk=desk)
    assert len(file(desk, "batch-2").items) == 1


def test_planted_fault_a_check_that_blocks_nothing_would_be_caught(
    market: Market, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "is_blocked", lambda _: False)
    with pytest.raises(AssertionError):
        test_listed_supplier_is_left_out_of_the_file_until_cleared(market, names)


def test_refusal_is_named_and_says_which_list(market: Market, names: Path) -> None:
    desk = with_list(market, names)
    with pytest.raises(Refused) as refusal:
        refuse_listed(SUPPLIER_ID, Occasion.PAYOUT, desk=desk, account_hash=account_hash(market))
    assert refusal.value.code is Code.COMPANY_LISTED
    assert refusal.value.facts["list_name"] == "list.csv"


def test_cleared_match_stays_cleared_and_another_does_not(market: Market, names: Path) -> None:
    desk = with_list(market, names)
    hashed = account_hash(market)
    screen(SUPPLIER_ID, Occasion.PAYOUT, desk=desk, account_hash=hashed)
    assert clear(SUPPLIER_ID, reason="checked by hand", by="per_boss", desk=desk)
    names.write_text(names.read_text(encoding="utf-8") + "Somebody Else,\n", encoding="utf-8")
    again = screen(SUPPLIER_ID, Occasion.PAYOUT, desk=desk, account_hash=hashed)
    assert not is_blocked(again)
    assert again.cleared_reason == "checked by hand"
    names.write_text(f'name,country\n"{DETAILS.holder.name}",CN\n', encoding="utf-8")
    assert is_blocked(screen(SUPPLIER_ID, Occasion.PAYOUT, desk=desk, account_hash=hashed))


def test_clearing_needs_a_reason_and_something_to_clear(market: Market, names: Path) -> None:
    with pytest.raises(RefusedChange):
        clear(SUPPLIER_ID, reason=" ", by="per_boss", desk=market.desk)
    assert not clear(SUPPLIER_ID, reason="why", by="per_boss", desk=market.desk)


def test_list_that_went_away_stops_payouts(market: Market, names: Path) -> None:
    released(market)
    names.unlink()
    with pytest.raises(ListUnreadableError):
        file(with_list(market, names), "batch-1")


def test_it_says_when_and_against_which_list(market: Market, names: Path) -> None:
    found = screen(
        SUPPLIER_ID,
        Occasion.PAYOUT,
        desk=with_list(market, names),
        account_hash=account_hash(market),
    )
    assert len(found.list_hash) == 64
    assert found.checked_at == market.desk.path.clock()
    assert found.matches[0].name == DETAILS.holder.name
