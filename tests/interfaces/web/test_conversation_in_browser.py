"""An order's conversation in a real browser: a file sent with a message, in both languages, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from fairlot.application.people.demo_people import demo_person
from fairlot.domain.party import Role
from tests.support.people import company, member
from tests.support.signed_in import sign_in
from tests.support.trades import BUYER
from tests.support.windows import (
    LANGUAGES,
    WIDTHS,
    assert_sound,
    faults_of_access,
    follow,
    overhang,
    press,
)

PATH = "/orders/ord_agreed/messages/"
PNG = b"\x89PNG\r\n\x1a\nrest"
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_no_fault_of_access_and_nothing_wider_than_the_window(window: Page, pages: str) -> None:
    window.goto(pages + PATH)
    window.locator("#body").fill("12,000 boxes, please; " + "w" * 90)
    window.locator("#files").set_input_files(
        files=FilePayload(name="a" * 120 + ".png", mimeType="image/png", buffer=PNG)
    )
    press(window, ".plain-form button")
    assert window.locator(".notice-success").count() == 1
    assert window.locator(".talk-files a").count() >= 1
    assert_sound(window)


def test_lifting_a_message_is_sound_too(browser: Browser, pages: str) -> None:
    buyer = demo_person(Role.BUYER)
    assert buyer is not None
    member(company(BUYER.company_id.removeprefix("com_"), buyer), buyer)
    for tag in LANGUAGES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, locale=LANGUAGES[tag]
            )
            sign_in(context, pages, Role.BUYER)
            window = context.new_page()
            window.goto(pages + PATH)
            window.locator("#body").fill(f"Battery capacity at least 3,100 mAh. {'w' * 90}")
            press(window, ".plain-form button")
            follow(window.locator("a[href*='/lift/']").last)
            assert window.locator("input[name=terms]").count() >= 1
            assert faults_of_access(window) == []
            assert overhang(window) <= 0
            assert window.locator("h1").count() == 1
            context.close()
