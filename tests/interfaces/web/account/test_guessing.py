"""A10: guessing is slowed down for all processes together, whatever the guesser names, and locks nobody else out."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core.cache import cache
from django.db import connections
from django.test import Client
from pytest_django import Settings

from fairlot.interfaces.web.account import known_browsers
from fairlot.interfaces.web.account.adapter import AccountAdapter
from tests.support.command_line import url_of
from tests.support.people import PASSWORD, person
from tests.support.postgres import Database

ANNA = "anna@example.test"
SIGN_IN = "/account/login/"
TRIES_MAX = 5
SLOWED = "Too many failed login attempts"
OTHER_PROCESS = f"""
import django
django.setup()
from django.test import Client
for number in range({TRIES_MAX}):
    asked = {{"login": "{ANNA}", "password": f"guess {{number}}"}}
    assert Client(headers={{"host": "localhost"}}).post("{SIGN_IN}", asked).status_code == 200
"""


@pytest.fixture(autouse=True)
def anna(django_database: Database) -> Database:
    person("anna")
    return django_database


def answered(client: Client, password: str, *, ip: str = "192.0.2.1", **headers: str) -> str:
    """Return whether a try got in, was wrong, or was not looked at."""
    asked = {"login": ANNA, "password": password}
    answer = client.post(SIGN_IN, asked, REMOTE_ADDR=ip, headers=headers)
    if answer.status_code == 302:
        return "in"
    return "slowed" if SLOWED in answer.content.decode() else "wrong"


def storm(count: int = 40, **headers: str) -> list[str]:
    """Guess from ever other machines and browsers."""
    return [
        answered(Client(), f"guess {number}", ip=f"198.51.100.{number}", **headers)
        for number in range(count)
    ]


def known_browser() -> Client:
    """Return a browser in which Anna signed in once and out again."""
    client = Client()
    assert answered(client, PASSWORD) == "in"
    client.post("/account/logout/")
    return client


class TestStorms:
    def test_a10_guesses_are_looked_at_five_times_wherever_they_come_from(self) -> None:
        assert storm().count("wrong") == TRIES_MAX
        assert answered(Client(), PASSWORD, ip="192.0.2.9") == "slowed"

    def test_a10_host_that_a_guesser_names_makes_no_new_count(self) -> None:
        told = [
            answered(Client(), f"guess {port}", ip=f"198.51.100.{port}", host=f"localhost:{port}")
            for port in range(1, 21)
        ]
        assert told.count("wrong") == TRIES_MAX

    def test_a10_librarys_own_count_by_host_would_be_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        librarys = DefaultAccountAdapter._get_login_attempts_cache_key
        monkeypatch.setattr(AccountAdapter, "_get_login_attempts_cache_key", librarys)
        told = [
            answered(Client(), f"guess {port}", ip=f"198.51.100.{port}", host=f"localhost:{port}")
            for port in range(1, 21)
        ]
        assert told.count("wrong") == len(told)

    def test_a10_guesses_at_once_are_not_let_through_together(self) -> None:
        told: list[str] = []

        def guess(number: int) -> None:
            told.append(answered(Client(), f"guess {number}", ip=f"198.51.100.{number}"))
            connections.close_all()

        threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == len(threads)
        assert told.count("wrong") <= TRIES_MAX


class TestVictims:
    def test_a10_who_signed_in_here_before_gets_in_through_any_storm(self) -> None:
        browser = known_browser()
        assert "slowed" in storm()
        assert answered(browser, PASSWORD, ip="192.0.2.2") == "in"

    def test_a10_without_knowing_browsers_the_victim_would_be_locked_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The planted fault."""
        browser = known_browser()
        monkeypatch.setattr(known_browsers, "SALT", "of another time")
        storm()
        assert answered(browser, PASSWORD, ip="192.0.2.2") == "slowed"

    def test_a10_a_known_browser_has_no_more_guesses_than_others(self) -> None:
        browser = known_browser()
        told = [answered(browser, f"guess {number}", ip="192.0.2.2") for number in range(9)]
        assert told.count("wrong") == TRIES_MAX

    def test_a10_cookies_of_others_and_forged_ones_make_no_new_count(self) -> None:
        person("mallory")
        own = Client()
        own.post(SIGN_IN, {"login": "mallory@example.test", "password": PASSWORD})
        name = "fairlot_known"
        own_cookie = own.cookies[name].value
        told = []
        for number, cookie in enumerate([own_cookie, own_cookie[:-2], "x", ""] * 5):
            client = Client()
            client.cookies[name] = cookie
            told.append(answered(client, f"guess {number}", ip=f"198.51.100.{number}"))
        assert told.count("wrong") == TRIES_MAX

    def test_the_cookie_opens_nothing(self) -> None:
        client = Client()
        client.cookies["fairlot_known"] = known_browser().cookies["fairlot_known"].value
        assert client.get("/orders/").status_code == 302


class TestProcesses:
    def guess_in_another_process(self, database: Database, tmp_path: Path) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": url_of(database.app_dsn),
            "FAIRLOT_DATA_DIR": str(tmp_path),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run([sys.executable, "-c", OTHER_PROCESS], env=environment, check=True)

    def test_a10_what_was_tried_in_another_process_counts(
        self, anna: Database, tmp_path: Path
    ) -> None:
        self.guess_in_another_process(anna, tmp_path)
        assert answered(Client(), PASSWORD, ip="192.0.2.9") == "slowed"

    def test_a10_a_count_of_one_process_would_be_caught(
        self, anna: Database, tmp_path: Path, settings: Settings
    ) -> None:
        """The planted fault: this process counts in its own memory."""
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        cache.clear()
        self.guess_in_another_process(anna, tmp_path)
        assert answered(Client(), PASSWORD, ip="192.0.2.9") == "in"
