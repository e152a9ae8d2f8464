"""The places of a company that a member is led to: each shown to whoever has a right there, and no other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fairlot.application.access import Identity, MemberRight, rights_in
from fairlot.domain.words.language import Words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import Company

# Joining the programme and selling: who manages the company or its bank account.
PROGRAMME_RIGHTS = frozenset({MemberRight.MANAGE, MemberRight.BANK})
# What goes out tells of orders; who may not follow them does not say where that goes.
WEBHOOK_RIGHTS = frozenset({MemberRight.MANAGE, MemberRight.FOLLOW})

PLACES: dict[str, Words] = {
    "company": Words("People and keys", "成员与密钥"),
    "programme": Words("Programme", "保障计划"),
    "catalogue": Words("Catalogue", "产品目录"),
    "own_payouts": Words("Payouts", "付款给供应商"),
    "webhooks": Words("Webhooks", "Webhook 通知"),
}
NAVIGATION = Words("Places of the company", "公司页面")


def company_menu(request: HttpRequest, identity: Identity, of: Company) -> dict[str, Any]:
    """Return the menu of a company as this member sees it."""
    language, own = language_of_page(), rights_in(identity, of.id)
    shown = {
        "company": True,
        "programme": of.trades and bool(own & PROGRAMME_RIGHTS),
        "catalogue": of.trades and MemberRight.MANAGE in own,
        "own_payouts": of.trades and bool(own & PROGRAMME_RIGHTS),
        "webhooks": own >= WEBHOOK_RIGHTS,
    }
    found = [
        (reverse(name, args=[of.id]), words.say(language))
        for name, words in PLACES.items()
        if shown[name]
    ]
    # The longest address that the page's own begins with is where the reader is.
    here = max((each for each, _ in found if request.path.startswith(each)), key=len, default="")
    return {
        "company_places": [(address, name, address == here) for address, name in found],
        "company_places_name": NAVIGATION.say(language),
    }
