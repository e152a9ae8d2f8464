"""A company joins the programme and fills its catalogue in a real browser: both languages, wide and narrow, accessible."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from fairlot.application.people.demo_people import DEMO_PASSWORD
from fairlot.domain.party import Role
from fairlot.writing_room import close_writing_rooms
from tests.interfaces.web.test_pages_in_browser import LANGUAGES, WIDTHS, faults_of_access, overhang
from tests.support.signed_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
COMPANY = "/account/companies/com_brightcell/"
LONG = "w" * 90


@pytest.fixture(params=[(tag, width) for tag in LANGUAGES for width in WIDTHS], ids=str)
def window(request: pytest.FixtureRequest, browser: Browser, pages: str) -> Iterator[Page]:
    """A window in one language and of one width, in which the supplier is signed in."""
    tag, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=LANGUAGES[tag], reduced_motion="reduce"
    )
    sign_in(context, pages, Role.SUPPLIER)
    yield context.new_page()
    context.close()
    close_writing_rooms()


def assert_sound(window: Page) -> None:
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    assert window.locator("h1").count() == 1


def press(window: Page, selector: str) -> None:
    """Press a button or link and be where it leads, saying once more who it is where that is asked."""
    with window.expect_navigation():
        window.locator(selector).first.click()
    if "reauthenticate" in window.url:
        window.locator("input[type=password]").fill(DEMO_PASSWORD)
        with window.expect_navigation():
            window.locator("main form button").first.click()


def test_r1_r7_joining_the_programme(window: Page, pages: str) -> None:
    window.goto(f"{pages}{COMPANY}")
    assert_sound(window)
    press(window, f"nav a[href='{COMPANY}programme/']")
    accept = window.locator("form[action$='/conditions/'] button")
    if accept.count():
        with window.expect_navigation():
            accept.click()
    window.locator("form[action$='/documents/']").evaluate(
        "it => it.closest('details').open = true"
    )
    window.locator("#kind").select_option("business_license")
    window.locator("#file").set_input_files(
        files=FilePayload(name="a.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 license")
    )
    press(window, "form[action$='/documents/'] button")
    assert window.locator(".notice-success").count() == 1
    assert_sound(window)
    press(window, "a[href$='/programme/account/']")
    assert_sound(window)
    for field, text in {
        "name": "Lamp & Works",
        "town": "Ningbo",
        "number": "4420",
        "bic": "",
    }.items():
        window.locator(f"#{field}").fill(text)
    window.locator("#country").select_option("CN")
    press(window, "main .plain-form button")
    assert window.locator("#name[aria-invalid]").count() == 1
    assert_sound(window)
    window.locator("#name").fill("Lamp Works Co., Ltd.")
    window.locator("#bic").fill("BKCHCNBJ45A")
    press(window, "main .plain-form button")
    assert window.locator("code", has_text="4420").count() == 1
    assert_sound(window)


def test_r2_filling_the_catalogue(window: Page, pages: str) -> None:
    window.goto(f"{pages}{COMPANY}catalogue/")
    assert_sound(window)
    window.locator("#name_en").fill(f"Lamp Works {LONG}")
    press(window, f"form[action='{COMPANY}catalogue/'] button")
    assert window.locator(".notice-success").count() == 1
    press(window, "a[href$='/catalogue/add/']")
    assert_sound(window)
    number = secrets.token_hex(8)
    typed = {"product_id": number, "name_en": f"Desk lamp {LONG}", "price_low": "5.80"}
    for field, text in {**typed, "price_high": "5.00", "hs_code": "940521"}.items():
        window.locator(f"#{field}").fill(text)
    window.locator("#category").select_option("lighting")
    window.locator("#unit").select_option("piece")
    press(window, "main .plain-form button")
    assert window.locator("#price_high[aria-invalid]").count() == 1
    assert_sound(window)
    window.locator("#price_high").fill("7.25")
    press(window, "main .plain-form button")
    press(window, f"form[action$='/{number}/withdraw/'] button")
    assert window.locator(f"form[action$='/{number}/offer/']").count() == 1
    assert_sound(window)
    press(window, f"a[href$='/articles/{number}/']")
    assert_sound(window)
