"""Switching mails off by one click: by POST alone, by a link of ours alone, for its reader alone (RFC 8058)."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from fairlot.application.telling.unsubscribing import unsubscribe_path
from fairlot.interfaces.web import unsubscribe
from fairlot.store.telling import notifications
from fairlot.writing_room import lent_connection
from tests.support.people import person
from tests.support.postgres import Database

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def anna(django_database: Database) -> str:
    del django_database
    person("paul")
    return str(person("anna").pk)


def wants_news(person_id: str) -> bool:
    with lent_connection() as connection:
        return notifications.wants_news(connection, person_id)


def path_of(person_id: str) -> str:
    return unsubscribe_path(person_id, keys=(django_settings.SECRET_KEY,))


def test_one_click_of_a_mail_program_switches_off(anna: str) -> None:
    program = Client(enforce_csrf_checks=True)
    assert wants_news(anna)
    answer = program.post(path_of(anna), ONE_CLICK)
    assert answer.status_code == 200
    assert program.cookies == {}
    assert not wants_news(anna)
    assert wants_news("per_paul")
    assert program.post(path_of(anna), ONE_CLICK).status_code == 200


def test_looking_at_the_link_switches_nothing_off(anna: str) -> None:
    answer = Client().get(path_of(anna))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/notifications/")
    assert Client().post(path_of(anna)).status_code == 400
    assert wants_news(anna)


def _taken_links(anna: str) -> list[str]:
    proof = path_of("per_paul").split("/")[3]
    links = [
        f"/unsubscribe/{anna}/{proof}/",
        f"/unsubscribe/{anna}/x/",
        f"/unsubscribe/{anna}/证/",
        path_of(anna)[:-2] + "/",
    ]
    return [link for link in links if Client().post(link, ONE_CLICK).status_code != 404]


def test_links_of_others_and_altered_ones_are_none(anna: str) -> None:
    assert _taken_links(anna) == []
    assert wants_news(anna)


def test_planted_fault_a_link_that_proves_nothing_would_be_caught(
    anna: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsubscribe, "is_proven", lambda *_, **__: True)
    assert _taken_links(anna) != []
    assert not wants_news(anna)


def test_mails_of_before_a_rotated_key_still_switch_off(anna: str, settings: Settings) -> None:
    before = path_of(anna)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert Client().post(before, ONE_CLICK).status_code == 200
    assert not wants_news(anna)


def test_the_page_shows_it_and_switches_on_again(anna: str) -> None:
    Client().post(path_of(anna), ONE_CLICK)
    browser = Client()
    browser.force_login(person("mia"))
    page = browser.get("/notifications/").content.decode()
    assert 'value="at_once" checked' in page
    browser.post("/notifications/mails/", {"mails": "calls"})
    assert not wants_news("per_mia")
    assert 'value="calls" checked' in browser.get("/notifications/").content.decode()
    browser.post("/notifications/mails/", {"mails": "daily"})
    assert wants_news("per_mia")
