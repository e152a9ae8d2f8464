"""The forms of acts in a real browser: both languages, wide and narrow, accessible, with what is wrong said in place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fairlot.application.people.demo_people import demo_person
from fairlot.domain.party import Role
from fairlot.store.people.models import Company, Membership
from tests.support.people import company, member
from tests.support.trades import BUYER
from tests.support.windows import assert_sound, press, unfold

FORMS = (
    "/orders/ord_in_production/acts/BookInspection/",
    "/orders/ord_delivered/acts/OpenDispute/",
    "/orders/ord_disputed/acts/SubmitEvidence/",
    "/orders/ord_disputed/acts/WithdrawClaim/",
    "/orders/ord_released/acts/RecordDelivery/",
)
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def seen_by(pages: str) -> Role:
    """The orders' buyer looks."""
    del pages
    buyer = demo_person(Role.BUYER)
    assert buyer is not None
    found = Company.objects.filter(id=BUYER.company_id).first()
    theirs = found or company(BUYER.company_id.removeprefix("com_"), buyer)
    if not Membership.objects.filter(company=theirs, person=buyer).exists():
        member(theirs, buyer)
    return Role.BUYER


@pytest.mark.parametrize("path", FORMS)
def test_no_fault_of_access_and_nothing_wider_than_the_window(
    window: Page, pages: str, path: str
) -> None:
    answer = window.goto(pages + path)
    assert answer is not None
    assert answer.status == 200
    assert_sound(window)


def test_r46_from_the_order_to_an_offer(window: Page, pages: str) -> None:
    window.goto(f"{pages}/orders/ord_disputed/")
    unfold(window.locator("summary").first)
    press(window, "a[href*='/acts/MakeOffer/']")
    window.locator("[id='offer-amount_minor']").fill("w" * 90)
    window.locator("input[value=refund]").check()
    press(window, ".plain-form button")
    assert window.locator("[aria-invalid=true]").count() == 1
    assert_sound(window)
    window.locator("[id='offer-amount_minor']").fill("10.50")
    press(window, ".plain-form button")
    assert window.locator(".notice-success", has_text="10.50").count() == 1
    assert_sound(window)


def test_what_weighs_much_asks_first_who_it_is(window: Page, pages: str) -> None:
    window.goto(f"{pages}/orders/ord_delivered/")
    press(window, ".hero a[href*='/acts/ConfirmReceipt/']")
    assert window.locator("h1").inner_text() in {"Confirm receipt", "确认收货"}
    assert_sound(window)
