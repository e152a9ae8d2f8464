"""The suppliers' pages in a real browser: both languages, wide and narrow, with no fault of access, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from fairlot.writing_room import close_writing_rooms, writing_room
from tests.support.fair_of_suppliers import ASSURED, LAPSED, open_fair
from tests.support.signed_in import sign_in
from tests.support.windows import assert_sound, follow

PATHS = (
    "/suppliers/",
    "/suppliers/?what=goods&q=lamp",
    "/suppliers/?amount=many",
    "/suppliers/?q=nothing-such",
    f"/suppliers/{ASSURED}/",
    f"/suppliers/{LAPSED}/",
    f"/suppliers/compare/?s={ASSURED}&s={LAPSED}&amount=60000",
)
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def fair(pages: str) -> Iterator[str]:
    """The address of pages that show three suppliers."""
    open_fair(writing_room().desk)
    yield pages
    close_writing_rooms()


@pytest.mark.parametrize("path", PATHS)
def test_no_fault_of_access_and_nothing_wider_than_the_window(
    window: Page, fair: str, path: str
) -> None:
    answer = window.goto(fair + path)
    assert answer is not None
    assert answer.status == 200
    assert_sound(window)


def test_r2_r8_from_a_search_to_a_comparison_without_scripts(browser: Browser, fair: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    sign_in(context, fair)
    page = context.new_page()
    page.goto(fair + "/suppliers/")
    page.get_by_label("Your order amount").fill("60000")
    page.get_by_label("Only assured suppliers").check()
    follow(page.get_by_role("button", name="Find"))
    assert page.get_by_text("Nothing matches all of this.").is_visible()
    page.goto(fair + "/suppliers/?amount=40000")
    page.get_by_label("Choose to compare").first.check()
    follow(page.get_by_role("button", name="Compare the chosen ones"))
    assert page.get_by_role("heading", level=1).inner_text() == "Suppliers side by side"
    assert page.get_by_text("USD 40,000.00").first.is_visible()
    context.close()
