"""An order begun in a real browser by keyboard alone, and agreed by its supplier: both languages, wide and narrow, accessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from fairlot.domain.order.state import Status
from fairlot.domain.party import Role
from fairlot.writing_room import writing_room
from tests.support.postgres import Database
from tests.support.signed_in import sign_in
from tests.support.supplier_room import joined
from tests.support.windows import HEIGHT, assert_sound

SUPPLIER_ID = "com_brightcell"
TABS_MAX = 80
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def pages(stored_orders: Database, pages: str) -> str:
    """The address of the pages, among whose suppliers the demonstration's own stands."""
    del stored_orders
    joined(SUPPLIER_ID, desk=writing_room().desk)
    return pages


@pytest.fixture
def seen_by() -> Role:
    """A buyer looks."""
    return Role.BUYER


def reach(page: Page, selector: str) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector} at {page.url}")


def enter(page: Page, selector: str) -> None:
    """Go to a link or button by keyboard, press it, and be where it leads."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def written(page: Page) -> str:
    return page.locator("#text").input_value()


def test_r46_from_a_supplier_to_an_agreed_order_by_keyboard_alone(
    window: Page, browser: Browser, pages: str
) -> None:
    window.goto(f"{pages}/suppliers/{SUPPLIER_ID}/")
    enter(window, f"main a[href='/begin/?supplier={SUPPLIER_ID}']")
    assert_sound(window)
    enter(window, "main form button")
    assert_sound(window)
    good = written(window)
    reach(window, "#text")
    window.keyboard.press("Control+Home")
    window.keyboard.insert_text("currency = 5\n")
    enter(window, "button[value=check]")
    assert "currency" in window.locator("[role=alert]").inner_text()
    assert written(window) == f"currency = 5\n{good}"
    assert_sound(window)
    reach(window, "#text")
    window.keyboard.press("Control+Home")
    window.keyboard.press("Shift+ArrowDown")
    window.keyboard.press("Delete")
    enter(window, "button[value=check]")
    assert window.locator("[role=alert]").count() == 0
    assert window.locator("#checked").count() == 1
    assert written(window) == good
    assert_sound(window)
    enter(window, "button[value=propose]")
    assert window.locator(".notice-success").count() == 1
    assert_sound(window)
    order_id = window.url.split("/orders/", 1)[1].split("/", 1)[0]
    window.goto(f"{pages}/orders/{order_id}/acts/ProposeVersion/")
    assert written(window) == good
    assert_sound(window)
    context = browser.new_context(
        viewport={"width": 1280, "height": HEIGHT}, locale="en-US", reduced_motion="reduce"
    )
    sign_in(context, pages, Role.SUPPLIER)
    theirs = context.new_page()
    theirs.goto(f"{pages}/orders/{order_id}/")
    enter(theirs, ".hero a[href*='/acts/AcceptVersion/']")
    if theirs.locator("input[name=version_hash]:checked").count() == 0:
        reach(theirs, "input[name=version_hash]")
        theirs.keyboard.press("Space")
    enter(theirs, ".plain-form button")
    assert writing_room().desk.read_order(order_id).order.status is Status.AGREED
    context.close()


def test_a_supplier_that_is_none_is_said_at_its_field(window: Page, pages: str) -> None:
    window.goto(f"{pages}/begin/")
    assert window.locator("#supplier").count() == 1
    assert_sound(window)
    reach(window, "#supplier")
    window.keyboard.insert_text("com_none")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert window.locator("[aria-invalid=true]").count() == 1
    assert_sound(window)
