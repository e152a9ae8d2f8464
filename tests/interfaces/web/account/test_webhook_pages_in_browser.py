"""The pages of webhooks in a real browser: both languages, wide and narrow, with no fault of access."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from fairlot.application.people.demo_people import DEMO_PASSWORD
from fairlot.domain.party import Role
from tests.interfaces.web.test_pages_in_browser import LANGUAGES, WIDTHS, faults_of_access, overhang
from tests.support.signed_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(params=[(tag, width) for tag in LANGUAGES for width in WIDTHS], ids=str)
def window(request: pytest.FixtureRequest, browser: Browser, pages: str) -> Iterator[Page]:
    """A window in one language and of one width, in which the buyer is signed in."""
    tag, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=LANGUAGES[tag], reduced_motion="reduce"
    )
    sign_in(context, pages, Role.BUYER)
    yield context.new_page()
    context.close()


def test_no_fault_of_access_and_nothing_wider_than_the_window(window: Page, pages: str) -> None:
    window.goto(f"{pages}/account/companies/com_harborgoods/webhooks/")
    window.locator("#url").fill(f"https://receiver.example/{'w' * 90}")
    window.locator(".plain-form button").click()
    if "reauthenticate" in window.url:
        window.locator("input[type=password]").fill(DEMO_PASSWORD)
        window.locator("main form button").first.click()
    assert window.locator("pre code").inner_text().startswith("whsec_")
    assert_sound(window)
    window.locator("main p a.back").click()
    window.locator("form[action$='/ping/'] button").click()
    assert window.get_by_text("webhook.ping").count() >= 1
    assert_sound(window)
    window.goto(f"{pages}/account/companies/com_harborgoods/webhooks/")
    assert_sound(window)


def assert_sound(window: Page) -> None:
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    assert window.locator("h1").count() == 1
