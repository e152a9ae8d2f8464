"""A company joins the programme and fills its catalogue in a real browser: both languages, wide and narrow, accessible."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import FilePayload, Page

from fairlot.domain.party import Role
from tests.support.windows import assert_sound, follow, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
COMPANY = "/account/companies/com_brightcell/"
LONG = "w" * 90


@pytest.fixture
def seen_by() -> Role:
    """The supplier looks."""
    return Role.SUPPLIER


def test_r1_r7_joining_the_programme(window: Page, pages: str) -> None:
    window.goto(f"{pages}{COMPANY}")
    assert_sound(window)
    press(window, f"nav a[href='{COMPANY}programme/']")
    accept = window.locator("form[action$='/conditions/'] button")
    if accept.count():
        follow(accept)
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
