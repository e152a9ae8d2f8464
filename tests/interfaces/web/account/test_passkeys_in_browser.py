"""A passkey made and signed in with in a real browser, whose authenticator is the browser's own virtual one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from fairlot.application.people.demo_people import DEMO_PASSWORD
from fairlot.interfaces.web import security
from tests.support.windows import faults_of_access, overhang, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(pages: str) -> str:
    """Passkeys are bound to a name, and a number is none."""
    return pages.replace("127.0.0.1", "localhost")


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A window of somebody who carries a phone with a fingerprint."""
    context = browser.new_context(locale="en-US", viewport={"width": 360, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield page
    context.close()


def enrol(window: Page, address: str) -> str:
    """Sign in with one press, and make a passkey; return its name."""
    name = f"my phone {secrets.token_hex(4)}"
    window.goto(f"{address}/account/login/")
    press(window, "form[action$='/demo/buyer/'] button")
    window.goto(f"{address}/account/2fa/webauthn/add/")
    if "reauthenticate" in window.url:
        window.locator("input[type=password]").fill(DEMO_PASSWORD)
        press(window, "main form button")
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    window.locator("input[name=name]").fill(name)
    window.locator("input[name=passwordless]").check()
    press(window, "#mfa_webauthn_add")
    assert not window.url.endswith("/add/")
    return name


def sign_in(window: Page, address: str) -> None:
    """Sign out, and in again with nothing but the passkey."""
    window.goto(f"{address}/orders/")
    press(window, "form.sign-out button")
    window.goto(f"{address}/account/login/")
    press(window, "#passkey_login")


def test_it_is_made_and_opens_a_session_without_a_password(window: Page, address: str) -> None:
    name = enrol(window, address)
    window.goto(f"{address}/account/2fa/webauthn/")
    assert window.locator("strong", has_text=name).count() == 1
    assert faults_of_access(window) == []
    assert overhang(window) <= 0
    sign_in(window, address)
    window.goto(f"{address}/orders/")
    assert window.locator(".sign-out .who").inner_text() == "Hannah Port"


def test_planted_fault_a_page_that_may_not_ask_would_be_caught(
    window: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks for what is to be signed; where it may not, pressing the button leads nowhere."""
    enrol(window, address)
    monkeypatch.setattr(
        security,
        "POLICY_WITH_PASSKEYS",
        security.POLICY_WITH_PASSKEYS.replace("connect-src 'self'", ""),
    )
    window.goto(f"{address}/orders/")
    press(window, "form.sign-out button")
    window.goto(f"{address}/account/login/")
    with window.expect_console_message(lambda said: "Content Security Policy" in said.text):
        window.locator("#passkey_login").click()
    assert "/account/login/" in window.url
