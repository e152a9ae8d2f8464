"""Pages over one database with an order at every stage, served to a browser once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import pytest_django
from playwright.sync_api import Browser, Page, sync_playwright

from fairlot.domain.order import commands as c
from fairlot.domain.party import Role
from fairlot.reading_room import reading_room
from fairlot.writing_room import close_writing_rooms
from tests.support.live_pages import live_pages
from tests.support.postgres import Database, django_pointed_at
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER
from tests.support.windows import HEIGHT, LANGUAGES, WIDTHS
from tools.system_packages import find_chromium

STAGES = ("proposed", "agreed", "in_production", "shipped", "delivered", "disputed")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def beside_the_browser() -> Iterator[None]:
    """Let Django work in the thread in which the browser's driver keeps a loop of its own."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="module")
def stored_orders(
    beside_the_browser: None,
    shared_database: Database,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[Database]:
    """A database with one order at each stage, and one that has ended, to which Django's connections lead."""
    del beside_the_browser
    with django_db_blocker.unblock(), django_pointed_at(shared_database):
        files = reading_room().files
        english = keep_contract(files, example_contract())
        chinese = keep_contract(files, example_contract("zh"))
        for number, stage in enumerate((*STAGES, "released")):
            terms = chinese if number % 2 else english
            trade = StoredTrade(shared_database, f"ord_{stage}", terms=terms)
            if stage == "released":
                trade.delivered().ask(BUYER, c.ConfirmReceipt())
            else:
                getattr(trade, stage)()
            trade.close()
        yield shared_database


@pytest.fixture(scope="module")
def pages(stored_orders: Database) -> Iterator[str]:
    """The address of the pages."""
    del stored_orders
    with live_pages() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    chromium = find_chromium()
    assert chromium, "no Chromium; tools/system_packages.py says how to get one"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def seen_by() -> Role:
    """As whom somebody is signed in; a module says otherwise by a fixture of its own."""
    return Role.OPERATOR


@pytest.fixture(params=[(tag, width) for tag in LANGUAGES for width in WIDTHS], ids=str)
def window(
    request: pytest.FixtureRequest, browser: Browser, pages: str, seen_by: Role
) -> Iterator[Page]:
    """A window in one language and of one width, in which somebody is signed in."""
    # Imported here: accounts want Django to be set up before them.
    from tests.support.signed_in import sign_in  # noqa: PLC0415

    tag, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        locale=LANGUAGES[tag],
        reduced_motion="reduce",
    )
    sign_in(context, pages, seen_by)
    yield context.new_page()
    context.close()
    close_writing_rooms()
