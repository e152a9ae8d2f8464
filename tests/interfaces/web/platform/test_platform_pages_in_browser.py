"""The platform's own pages in a real browser: both languages, wide and narrow, with no fault of access."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page

from fairlot.application.desk import account_id_for
from fairlot.application.people.demo_people import demo_person
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.domain.payout import commands as c
from fairlot.domain.supplier.checks import CheckAnswer, CheckState, Listed
from fairlot.store.supplier.screenings import keep_screening
from fairlot.writing_room import lent_connection, writing_room
from tests.interfaces.web.platform.test_unmatched_page import stray
from tests.support.windows import assert_sound, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LONG = "w" * 60


def test_money_without_an_order(window: Page, pages: str) -> None:
    suspense_id, other = (stray(f"{LONG} {secrets.token_hex(8)}") for _ in range(2))
    window.goto(f"{pages}/orders/")
    press(window, "nav a[href='/platform/']")
    assert_sound(window)
    window.locator(f"[id='o-{suspense_id}']").fill("ord_none")
    press(window, f"form[action*='{suspense_id}/assign/'] button")
    assert window.locator(".notice-error").count() == 1
    window.locator(f"[id='o-{suspense_id}']").fill("ord_agreed")
    press(window, f"form[action*='{suspense_id}/assign/'] button")
    assert window.locator(".notice-success", has_text="ord_agreed").count() == 1
    press(window, f"form[action*='{other}/return/'] button")
    assert window.locator(f"#{other}").count() == 0
    assert_sound(window)


def test_companies_on_lists(window: Page, pages: str) -> None:
    demo_person(Role.SUPPLIER)
    answer = CheckAnswer(
        state=CheckState.MATCH,
        list_name="sanctions.csv",
        list_hash=secrets.token_hex(32),
        matches=(Listed(name=f"Brightcell {secrets.token_hex(8)} {LONG}", country="CN"),),
    )
    with lent_connection() as connection:
        keep_screening(
            connection, "com_brightcell", [LONG], answer, occasion="payout", at=system_clock()
        )
    window.goto(f"{pages}/platform/screening/")
    assert_sound(window)
    window.locator("form[action*='com_brightcell/clear/'] textarea").fill("another company")
    press(window, "form[action*='com_brightcell/clear/'] button")
    assert window.locator(".notice-success").count() == 1
    assert window.get_by_text("another company").count() == 1
    assert_sound(window)


def owe_and_fail() -> None:
    """Let a supplier be owed money whose payout fails; done again it is the same."""
    desk, account_id = writing_room().desk, account_id_for("com_brightcell", "USD")
    for number, command in enumerate(
        (
            c.OpenAccount(company_id="com_brightcell", currency="USD"),
            c.VerifyAccount(account_hash="a" * 64),
            c.CreditPayable(order_id="ord_released", source_seq=1, amount_minor=123_456_700),
            c.RecordPayoutFailed(payout_id="p1", rail="wire", reason_code=f"AC04 {LONG}"),
        )
    ):
        desk.ask_account(account_id, command, command_id=f"step-{number}").unwrap()


def test_payouts(window: Page, pages: str) -> None:
    owe_and_fail()
    window.goto(f"{pages}/platform/payouts/")
    assert window.locator("li.card .rows > li").count() >= 1
    assert_sound(window)
    window.goto(f"{pages}/platform/payouts/?standing=owing")
    assert_sound(window)
