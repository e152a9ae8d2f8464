"""The pages of webhooks in a real browser: both languages, wide and narrow, with no fault of access."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fairlot.domain.party import Role
from tests.support.windows import assert_sound, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def seen_by() -> Role:
    """The buyer looks."""
    return Role.BUYER


def test_no_fault_of_access_and_nothing_wider_than_the_window(window: Page, pages: str) -> None:
    window.goto(f"{pages}/account/companies/com_harborgoods/webhooks/")
    window.locator("#url").fill(f"https://receiver.example/{'w' * 90}")
    press(window, ".plain-form button")
    assert window.locator("pre code").inner_text().startswith("whsec_")
    assert_sound(window)
    press(window, "main p a.back")
    press(window, "form[action$='/ping/'] button")
    assert window.get_by_text("webhook.ping").count() >= 1
    assert_sound(window)
    window.goto(f"{pages}/account/companies/com_harborgoods/webhooks/")
    assert_sound(window)
