"""Real browsers' windows: in which languages and how wide pages are looked at, and what would be a fault of theirs."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

AXE = Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js.gz"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
WIDTHS = (1280, 320)
HEIGHT = 900
SHORT_WORD_LENGTH_MAX = 12


def faults_of_access(page: Page) -> list[str]:
    """Return what axe finds, with everything unfolded that a reader could unfold."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    page.evaluate(gzip.decompress(AXE.read_bytes()).decode())
    found: dict[str, Any] = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overhang(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def broken_words(page: Page) -> list[str]:
    """Return the buttons of one short word whose word stands on several lines."""
    found: list[str] = page.evaluate(
        """(longest) => [...document.querySelectorAll('.btn')].filter((button) => {
            const word = button.innerText.trim();
            if (!word || word.length > longest || /\\s/.test(word)) return false;
            const range = document.createRange();
            range.selectNodeContents(button);
            const tops = [...range.getClientRects()].filter((one) => one.height > 1).map((one) => Math.round(one.top));
            return new Set(tops).size > 1;
        }).map((button) => button.innerText)""",
        SHORT_WORD_LENGTH_MAX,
    )
    return found


def assert_sound(page: Page) -> None:
    """Assert that anybody can read and use the page, that it fits its window, breaks no button's word, and has one title."""
    assert faults_of_access(page) == []
    assert overhang(page) <= 0
    assert broken_words(page) == []
    assert page.locator("h1").count() == 1


def follow(leading: Locator) -> None:
    """Press what leads to another page, and be there: a bare click returns while the old page is still shown."""
    with leading.page.expect_navigation():
        leading.click()


def unfold(summary: Locator) -> None:
    """Press what opens a part of the same page."""
    summary.click()


def press(page: Page, selector: str) -> None:
    """Press a button or link and be where it leads, saying once more who it is where that is asked."""
    # Imported here: accounts want Django to be set up before them, and a conftest reads this module earlier.
    from fairlot.application.people.demo_people import DEMO_PASSWORD  # noqa: PLC0415

    follow(page.locator(selector).first)
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill(DEMO_PASSWORD)
        follow(page.locator("main form button").first)
