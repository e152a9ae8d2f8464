"""The pages in a real browser: both languages, wide and narrow, with and without scripts, with no fault of access."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.support.signed_in import sign_in
from tests.support.windows import (
    assert_sound,
    broken_words,
    faults_of_access,
    follow,
    overhang,
    unfold,
)

PATHS = (
    "/orders/",
    "/orders/?q=none-such",
    "/orders/ord_proposed/?as=supplier",
    "/orders/ord_agreed/?as=buyer",
    "/orders/ord_in_production/?as=buyer",
    "/orders/ord_disputed/?as=buyer",
    "/orders/ord_released/?as=mediator",
    "/orders/ord_none/",
    "/account/",
    "/account/2fa/",
    "/account/password/change/",
    "/account/email/",
    "/account/sessions/",
    "/account/companies/",
    "/account/reauthenticate/",
)
STRANGERS_PATHS = ("/account/login/", "/account/signup/", "/account/password/reset/")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class TestEveryPage:
    @pytest.mark.parametrize("path", PATHS)
    def test_no_fault_of_access_and_nothing_wider_than_the_window(
        self, window: Page, pages: str, path: str
    ) -> None:
        asked: list[str] = []
        window.on("request", lambda request: asked.append(request.url))
        answer = window.goto(pages + path)
        assert answer is not None
        assert answer.status == (404 if "ord_none" in path else 200)
        assert_sound(window)
        elsewhere = [url for url in asked if not url.startswith((pages, "data:"))]
        assert elsewhere == []

    @pytest.mark.parametrize("path", STRANGERS_PATHS)
    def test_pages_of_strangers_too(self, window: Page, pages: str, path: str) -> None:
        window.context.clear_cookies()
        self.test_no_fault_of_access_and_nothing_wider_than_the_window(window, pages, path)

    def test_planted_faults_are_caught(self, window: Page, pages: str) -> None:
        window.goto(pages + "/orders/ord_disputed/")
        window.evaluate("document.querySelector('.note').style.color = '#bbb'")
        assert any(fault.startswith("color-contrast") for fault in faults_of_access(window))
        window.evaluate("document.querySelector('h1').style.width = '2000px'")
        assert overhang(window) > 0
        window.goto(pages + "/orders/")
        window.evaluate(
            "document.querySelector('.finder .btn').style.cssText = 'width: 20px; overflow-wrap: anywhere'"
        )
        assert broken_words(window)


class TestWithoutScripts:
    def test_r46_r48_from_the_list_to_an_order_and_into_the_other_language(
        self, browser: Browser, pages: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False, locale="en-US")
        page = context.new_page()
        page.goto(pages)
        follow(page.get_by_role("button", name="Sign in as the platform"))
        page.get_by_label("Find by order number").fill("delivered")
        follow(page.get_by_role("button", name="Find"))
        follow(page.get_by_role("link", name="3,000 power banks PB-10").first)
        assert page.get_by_role("heading", level=1).inner_text() == "3,000 power banks PB-10"
        follow(page.get_by_role("link", name="buyer", exact=True))
        assert page.locator(".hero-turn").inner_text() == "Your turn"
        follow(page.get_by_role("button", name="中文"))
        assert page.locator(".hero-turn").inner_text() == "轮到您"
        assert "as=buyer" in page.url
        unfold(page.locator("summary").first)
        assert page.locator("details").first.get_attribute("open") is not None
        context.close()

    def test_the_keyboard_reaches_the_content_first(self, browser: Browser, pages: str) -> None:
        context = browser.new_context(locale="en-US")
        sign_in(context, pages)
        page = context.new_page()
        page.goto(pages + "/orders/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        with page.expect_navigation(url="**#content"):
            page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'content'")
        context.close()
