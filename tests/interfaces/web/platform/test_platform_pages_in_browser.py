"""The platform's own pages in a real browser: both languages, wide and narrow, with no fault of access."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from fairlot.application.demo_people import DEMO_PASSWORD, demo_person
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.domain.supplier.checks import CheckAnswer, CheckState, Listed
from fairlot.store.screenings import keep_screening
from fairlot.writing_room import close_writing_rooms, lent_connection
from tests.interfaces.web.platform.test_unmatched_page import stray
from tests.interfaces.web.test_pages_in_browser import LANGUAGES, WIDTHS, faults_of_access, overhang
from tests.support.signed_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LONG = "w" * 60


@pytest.fixture(params=[(tag, width) for tag in LANGUAGES for width in WIDTHS], ids=str)
def window(request: pytest.FixtureRequest, browser: Browser, pages: str) -> Iterator[Page]:
    """A window in one language and of one width, in which an operator is signed in."""
    tag, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=LANGUAGES[tag], reduced_motion="reduce"
    )
    sign_in(context, pages)
    yield context.new_page()
    context.close()
    close_writing_rooms()


def assert_sound(window: Page) -> None:
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    assert window.locator("h1").count() == 1


def say_who_it_is(window: Page) -> None:
    if "reauthenticate" in window.url:
        window.locator("input[type=password]").fill(DEMO_PASSWORD)
        window.locator("main form button").first.click()


def test_money_without_an_order(window: Page, pages: str) -> None:
    suspense_id, other = (stray(f"{LONG} {secrets.token_hex(8)}") for _ in range(2))
    window.goto(f"{pages}/orders/")
    window.locator("nav a[href='/platform/']").click()
    assert_sound(window)
    window.locator(f"[id='o-{suspense_id}']").fill("ord_none")
    window.locator(f"form[action*='{suspense_id}/assign/'] button").click()
    say_who_it_is(window)
    assert window.locator(".notice-error").count() == 1
    window.locator(f"[id='o-{suspense_id}']").fill("ord_agreed")
    window.locator(f"form[action*='{suspense_id}/assign/'] button").click()
    assert window.locator(".notice-success", has_text="ord_agreed").count() == 1
    window.locator(f"form[action*='{other}/return/'] button").click()
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
    window.locator("form[action*='com_brightcell/clear/'] button").click()
    say_who_it_is(window)
    assert window.locator(".notice-success").count() == 1
    assert window.get_by_text("another company").count() == 1
    assert_sound(window)
