"""Browsers, with and without a screen, in which one of the demonstration's people is signed in."""

from __future__ import annotations

from django.test import Client
from playwright.sync_api import BrowserContext

from fairlot.application.people.demo_people import demo_person
from fairlot.domain.party import Role


def signed_in(role: Role = Role.OPERATOR) -> Client:
    """Return a browser without a screen in which the demonstration's person for a role is signed in."""
    person = demo_person(role)
    assert person is not None
    client = Client()
    client.force_login(person)
    return client


def sign_in(context: BrowserContext, address: str, role: Role = Role.OPERATOR) -> None:
    """Give a real browser the session of the demonstration's person for a role."""
    for name, morsel in signed_in(role).cookies.items():
        context.add_cookies([{"name": name, "value": morsel.value, "url": address}])
