"""A4: what is foreign, unknown or spoiled costs the same work as what is not there, so that time has little to tell.

Counted are the statements sent to the database, by their text, and the slow hashings of passwords. No clock is read: a
time limit in a test fails on a busy machine and passes on a fast one. What this can show: that no branch asks, hashes or
sends more for one than for the other. What it cannot: how long one statement takes, which differs by what a cache holds
or how many rows an index passes over, and what the network adds; for that, attempts are counted and slowed down.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from fairlot.application.queries.seen import see_orders
from fairlot.clock import system_clock
from fairlot.interfaces.api import limits, sight
from fairlot.interfaces.web.account import adapter
from fairlot.store.people.models import ApiKey, Person
from tests.support.api import Speaker, member
from tests.support.api_matrix import ABSENT, Cast, routes, send
from tests.support.api_trades import Fair
from tests.support.people import PASSWORD, person
from tests.support.postgres import Database

NOT_THERE = "nobody@example.test"
PRIVATE = ("{order_id}", "{endpoint_id}", "{content_hash}", "{report_id}")
STRANGERS = ("other company", "other inspector", "other mediator")
# A text in a statement that the caller named, or that a session is known by.
NAMED = re.compile(r"'[^']*'")


class Work:
    """What was done while somebody was answered."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.hashings = 0


@contextmanager
def counted() -> Iterator[Work]:
    """Count what is done within a block."""
    work = Work()
    execute = psycopg.Cursor.execute
    hashed, verified = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def executing(cursor: Any, query: Any, *args: Any, **options: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(cursor)
        work.statements.append(NAMED.sub("?", text))
        return execute(cursor, query, *args, **options)

    def hashing(original: Callable[..., Any]) -> Callable[..., Any]:
        def count(*args: Any, **options: Any) -> Any:
            work.hashings += 1
            return original(*args, **options)

        return count

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", executing)
        patched.setattr(Argon2PasswordHasher, "encode", hashing(hashed))
        patched.setattr(Argon2PasswordHasher, "verify", hashing(verified))
        yield work


@pytest.fixture(autouse=True)
def _without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))


@pytest.fixture(scope="module")
def cast(shared_fair: Fair) -> Cast:
    return Cast(shared_fair)


def _unequal(cast: Cast) -> list[str]:
    """Return the routes by which a stranger's asking for a foreign thing costs other work than asking for none."""
    found = []
    for route in routes():
        if not any(name in route.path for name in PRIVATE):
            continue
        public = {"supplier_id": cast.names["supplier_id"], "number": "1"}
        for name in STRANGERS:
            done = []
            for order_id, names in ((cast.orders["paid"], cast.names), (ABSENT, cast.absent)):
                with counted() as work:
                    send(route, cast.speakers[name], order_id=order_id, names={**names, **public})
                done.append(work.statements)
            if done[0] != done[1]:
                found.append(f"{route.name} {name}")
    return found


class TestForeignAndAbsent:
    def test_a4_both_take_the_same_statements(self, cast: Cast) -> None:
        for name in STRANGERS:
            # Its last use is noted once a minute; now is that once.
            cast.speakers[name].get("/me").ok()
        assert _unequal(cast) == []

    def test_a4_answer_that_looks_further_would_be_seen(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The planted fault: a second look, taken only where the order exists, before the same refusal."""
        honest = see_orders

        def looking_again(connection: Any, order_ids: Any, **options: Any) -> Any:
            if connection.execute(
                "SELECT FROM order_head WHERE order_id = ANY (%s)", [list(order_ids)]
            ).rowcount:
                connection.execute("SELECT 'why not?'")
            return honest(connection, order_ids, **options)

        monkeypatch.setattr(sight, "see_orders", looking_again)
        assert "one_order other company" in _unequal(cast)


class TestKeys:
    def _spoiled(self, fair: Fair, **changes: Any) -> Speaker:
        spoiled = member(fair.buyer_id, person_id="per_spoiled")
        latest = ApiKey.objects.order_by("-created_at").first()
        assert latest is not None
        ApiKey.objects.filter(id=latest.id).update(**changes)
        return spoiled

    def test_a4_unknown_revoked_and_expired_keys_take_the_same_statements(self, fair: Fair) -> None:
        yesterday = system_clock() - dt.timedelta(days=1)
        kinds = {
            "unknown": Speaker("flk_test_unknown"),
            "malformed": Speaker("flk_live_" + "x" * 43),
            "revoked": self._spoiled(fair, revoked_at=yesterday),
            "expired": self._spoiled(fair, expires_at=yesterday),
        }
        locked = member(fair.buyer_id, person_id="per_locked")
        Person.objects.filter(id="per_locked").update(is_active=False)
        works = {}
        for kind, speaker in {**kinds, "of a locked person": locked}.items():
            with counted() as work:
                assert speaker.get("/me").status == 401
            works[kind] = work.statements
        assert len({tuple(each) for each in works.values()}) == 1, works


class TestPasswords:
    @pytest.fixture(autouse=True)
    def accounts(self, django_database: Database, settings: Settings) -> None:
        del django_database
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        person("anna")
        Person.objects.filter(id="per_anna").update(is_active=True)
        person("locked")
        Person.objects.filter(id="per_locked").update(is_active=False)

    def work_of(self, path: str, body: dict[str, str]) -> tuple[int, int, int]:
        """Return how many statements, hashings and mails a form takes from a browser never seen before."""
        cache.clear()
        mail.outbox = []
        with counted() as work:
            assert Client().post(path, body).status_code in {200, 302}
        return len(work.statements), work.hashings, len(mail.outbox)

    def sign_in(self, email: str) -> tuple[int, int, int]:
        return self.work_of("/account/login/", {"login": email, "password": "no such words here"})

    def test_a4_signing_in_hashes_once_whoever_is_named(self) -> None:
        works = {self.sign_in(email)[1] for email in ("anna@example.test", NOT_THERE)}
        assert works == {1}
        assert self.sign_in("locked@example.test")[1] == 1

    def test_a4_library_that_hashes_only_for_the_known_would_be_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from allauth.account.auth_backends import AuthenticationBackend  # noqa: PLC0415  (the fault's own)

        monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda *_: None)
        assert self.sign_in("anna@example.test")[1] == 1
        assert self.sign_in(NOT_THERE)[1] == 0

    def test_a4_wrong_password_and_unknown_address_take_as_many_statements(self) -> None:
        assert self.sign_in("anna@example.test") == self.sign_in(NOT_THERE)

    def test_a4_reset_hashes_nothing_and_sends_one_mail_to_both(self) -> None:
        known, unknown = (
            self.work_of("/account/password/reset/", {"email": email})
            for email in ("anna@example.test", NOT_THERE)
        )
        assert known[1:] == unknown[1:] == (0, 1)

    def test_a4_signing_up_hashes_and_sends_one_mail_to_both(self) -> None:
        known, new = (
            self.work_of("/account/signup/", {"email": email, "password1": PASSWORD})
            for email in ("anna@example.test", "new@example.test")
        )
        assert known[1:] == new[1:] == (1, 1)

    def test_a4_adapter_that_hashes_only_for_new_accounts_would_be_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(adapter, "make_password", lambda _: "")
        known = {"email": "anna@example.test", "password1": PASSWORD}
        assert self.work_of("/account/signup/", known)[1] == 0
