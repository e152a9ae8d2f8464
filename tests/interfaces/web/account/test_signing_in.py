"""Signing in: what opens a session, what ends it, and what tells a stranger nothing (A8: ASVS chapters 6 and 7)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from fairlot import config
from fairlot.application.people.demo_people import DEMO_PEOPLE
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.interfaces.web.account import session_ends
from fairlot.interfaces.web.security import POLICY
from fairlot.store.people.models import Person
from tests.support.people import PASSWORD, person
from tests.support.postgres import Database

FOUND = 302
OK = 200
NOT_FOUND = 404
FORBIDDEN = 403
TOO_MANY = 429
SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def accounts(django_database: Database, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


def is_in(client: Client) -> bool:
    return client.get("/orders/").status_code == OK


class TestDoors:
    @pytest.mark.parametrize("path", ["/orders/", "/orders/ord_x/", "/account/", "/account/2fa/"])
    def test_strangers_are_asked_who_they_are(self, path: str) -> None:
        answer = Client().get(path)
        assert answer.status_code == FOUND
        assert answer.headers["Location"].startswith(SIGN_IN)

    def test_password_opens_and_signing_out_closes(self) -> None:
        person("anna")
        client = Client()
        assert sign_in(client, "ANNA@example.test") == FOUND
        assert is_in(client)
        client.post("/account/logout/")
        assert not is_in(client)

    def test_signing_out_needs_a_press_and_not_a_link(self) -> None:
        person("anna")
        client = Client()
        sign_in(client, "anna@example.test")
        client.get("/account/logout/")
        assert is_in(client)

    def test_forged_form_is_refused(self) -> None:
        person("anna")
        strict = Client(enforce_csrf_checks=True)
        assert sign_in(strict, "anna@example.test") == FORBIDDEN

    def test_next_leads_nowhere_else(self) -> None:
        person("anna")
        asked = {
            "login": "anna@example.test",
            "password": PASSWORD,
            "next": "https://evil.example/",
        }
        answer = Client().post(SIGN_IN, asked)
        assert answer.headers["Location"] == "/orders/"


class TestSession:
    def signed_in(self) -> Client:
        person("anna")
        client = Client()
        sign_in(client, "anna@example.test")
        assert is_in(client)
        return client

    def backdate(self, client: Client, **values: dt.timedelta) -> None:
        session = client.session
        for name, age in values.items():
            session[f"fairlot_{name}"] = (system_clock() - age).isoformat()
        session.save()

    def test_id_is_new_after_signing_in(self) -> None:
        person("anna")
        client = Client()
        session = client.session
        session["left"] = "by an attacker"
        session.save()
        before = session.session_key
        sign_in(client, "anna@example.test")
        assert client.session.session_key != before

    def test_it_ends_after_twelve_hours_whatever_is_done(self) -> None:
        client = self.signed_in()
        self.backdate(client, began=session_ends.ABSOLUTE - dt.timedelta(minutes=1))
        assert is_in(client)
        self.backdate(client, began=session_ends.ABSOLUTE)
        assert not is_in(client)
        assert Session.objects.filter(session_key=client.session.session_key).count() == 0

    def test_staff_are_signed_out_after_thirty_idle_minutes(self) -> None:
        boss = person("boss", roles=[Role.OPERATOR])
        client = Client()
        client.force_login(boss)
        assert is_in(client)
        self.backdate(client, seen=session_ends.IDLE - dt.timedelta(minutes=1))
        assert is_in(client)
        self.backdate(client, seen=session_ends.IDLE)
        assert not is_in(client)

    def test_who_only_looks_may_be_idle(self) -> None:
        client = self.signed_in()
        self.backdate(client, seen=session_ends.IDLE)
        assert is_in(client)

    def test_a6_locked_person_is_out_at_the_next_request(self) -> None:
        client = self.signed_in()
        Person.objects.update(is_active=False)
        assert not is_in(client)

    def test_new_password_ends_the_other_sessions(self) -> None:
        client = self.signed_in()
        other = Client()
        sign_in(other, "anna@example.test")
        anna = Person.objects.get()
        anna.set_password("another quiet harbour")
        anna.save()
        assert not is_in(client)
        assert not is_in(other)

    def test_planted_fault_a_session_without_end_would_be_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(session_ends, "ABSOLUTE", dt.timedelta(days=9))
        client = self.signed_in()
        self.backdate(client, began=dt.timedelta(hours=12))
        assert is_in(client), "without the limit the session lives on, which the test above notices"

    def test_cookies_are_out_of_reach_of_scripts(self) -> None:
        client = self.signed_in()
        client.get("/orders/")
        assert {"fairlot_session", "fairlot_csrf"} <= set(client.cookies)
        for morsel in client.cookies.values():
            assert morsel["httponly"] is True
            assert morsel["samesite"] in {"Lax", "Strict"}
            assert morsel["path"] == "/"
            assert morsel["domain"] == ""


class TestSecondFactor:
    def test_staff_without_one_are_led_to_set_it_up(self, settings: Settings) -> None:
        settings.FAIRLOT_SECOND_FACTOR_REQUIRED = True
        client = Client()
        client.force_login(person("boss", roles=[Role.OPERATOR]))
        assert client.get("/orders/").headers["Location"] == "/account/2fa/"
        assert client.get("/account/").status_code == OK

    def test_setting_it_up_asks_for_the_password_again(self) -> None:
        client = Client()
        client.force_login(person("anna"))
        answer = client.get("/account/2fa/totp/activate/")
        assert answer.headers["Location"].startswith("/account/reauthenticate/")


class TestCodes:
    SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

    def code(self, *, periods: int = 0) -> str:
        counter = next(iter(yield_hotp_counters_from_time())) + periods
        return str(format_hotp_value(hotp_value(self.SECRET, counter)))

    def asked_for_a_code(self) -> Client:
        client = Client()
        answer = client.post(SIGN_IN, {"login": "anna@example.test", "password": PASSWORD})
        assert answer.headers["Location"] == "/account/2fa/authenticate/"
        assert not is_in(client)
        return client

    @pytest.fixture
    def anna(self) -> Person:
        anna = person("anna")
        TOTP.activate(anna, self.SECRET)
        return anna

    def test_password_alone_opens_nothing(self, anna: Person) -> None:
        client = self.asked_for_a_code()
        client.post("/account/2fa/authenticate/", {"code": "000000"})
        assert not is_in(client)

    def test_each_code_opens_once(self, anna: Person) -> None:
        code = self.code()
        first = self.asked_for_a_code()
        first.post("/account/2fa/authenticate/", {"code": code})
        assert is_in(first)
        second = self.asked_for_a_code()
        second.post("/account/2fa/authenticate/", {"code": code})
        assert not is_in(second)

    def test_code_of_another_time_opens_nothing(self, anna: Person) -> None:
        client = self.asked_for_a_code()
        client.post("/account/2fa/authenticate/", {"code": self.code(periods=9)})
        assert not is_in(client)

    def test_new_password_by_mail_leaves_the_second_factor(self, anna: Person) -> None:
        Client().post("/account/password/reset/", {"email": anna.email})
        link = re.search(r"https?://\S+", str(mail.outbox[-1].body))
        assert link is not None
        client = Client()
        form = client.get(
            link[0].removeprefix(config.settings().base_url), follow=True
        ).redirect_chain[-1][0]
        client.post(
            form, {"password1": "another quiet harbour", "password2": "another quiet harbour"}
        )
        asked = {"login": anna.email, "password": "another quiet harbour"}
        answer = client.post(SIGN_IN, asked)
        assert answer.headers["Location"] == "/account/2fa/authenticate/"


class TestStrangersLearnNothing:
    def shape(self, content: bytes, email: str) -> str:
        text = content.decode().replace(email, "ADDRESS")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)

    def test_wrong_password_and_unknown_address_are_answered_alike(self) -> None:
        person("anna")
        answers = []
        for email in ("anna@example.test", "nobody@example.test"):
            asked = {"login": email, "password": "not the password at all"}
            answer = Client().post(SIGN_IN, asked)
            answers.append((answer.status_code, self.shape(answer.content, email)))
        assert answers[0] == answers[1]

    def test_signing_up_twice_looks_like_signing_up_and_tells_the_owner(self) -> None:
        person("anna")
        answers = []
        for email in ("anna@example.test", "new@example.test"):
            asked = {"email": email, "password1": "some long enough words"}
            answer = Client().post("/account/signup/", asked)
            answers.append((answer.status_code, answer.headers.get("Location")))
        assert answers[0] == answers[1]
        assert {tuple(message.to) for message in mail.outbox} == {
            ("anna@example.test",),
            ("new@example.test",),
        }
        assert Person.objects.count() == 2

    def test_reset_is_answered_alike(self) -> None:
        person("anna")
        answers = []
        for email in ("anna@example.test", "nobody@example.test"):
            answer = Client().post("/account/password/reset/", {"email": email})
            answers.append((answer.status_code, answer.headers.get("Location")))
        assert answers[0] == answers[1]

    def test_links_in_mails_do_not_follow_the_host_that_was_named(self) -> None:
        person("anna")
        stranger = Client(headers={"host": "localhost:6666"})
        stranger.post("/account/password/reset/", {"email": "anna@example.test"})
        stranger.post("/account/signup/", {"email": "new@example.test", "password1": PASSWORD})
        stranger.post("/account/signup/", {"email": "anna@example.test", "password1": PASSWORD})
        links = [re.findall(r"https?://\S+/account/\S+", str(each.body)) for each in mail.outbox]
        assert all(links)
        assert len(links) == 3
        own = f"{config.settings().base_url}/account/"
        assert all(link.startswith(own) for found in links for link in found)

    def test_guessing_is_slowed_down(self) -> None:
        person("anna")
        texts = []
        for number in range(7):
            asked = {"login": "anna@example.test", "password": f"guess number {number}"}
            texts.append(Client().post(SIGN_IN, asked).content.decode())
        assert "Too many failed login attempts" not in texts[0]
        assert "Too many failed login attempts" in texts[-1]
        right = Client().post(SIGN_IN, {"login": "anna@example.test", "password": PASSWORD})
        assert right.status_code == OK, "even the right password waits"


class TestSigningUp:
    def test_address_is_confirmed_before_anything_opens(self) -> None:
        client = Client()
        asked = {"email": "new@example.test", "password1": "some long enough words"}
        client.post("/account/signup/", asked)
        assert not is_in(client)
        link = re.search(r"https?://\S+", str(mail.outbox[-1].body))
        assert link is not None
        path = link[0].removeprefix(config.settings().base_url)
        client.get(path)
        assert not is_in(client)
        client.post(path)
        assert sign_in(client, "new@example.test", "some long enough words") == FOUND
        assert is_in(client)
        assert Person.objects.get().pk.startswith("per_")
        assert Person.objects.get().password.startswith("argon2")

    @pytest.mark.parametrize("weak", ["short", "password1234", "new@example.test", "123456789012"])
    def test_weak_passwords_are_refused(self, weak: str) -> None:
        Client().post("/account/signup/", {"email": "new@example.test", "password1": weak})
        assert Person.objects.count() == 0


class TestDemonstration:
    @pytest.mark.parametrize("role", [each.role.value for each in DEMO_PEOPLE])
    def test_one_press_signs_in(self, role: str) -> None:
        client = Client()
        assert f'action="/account/demo/{role}/"' in client.get(SIGN_IN).content.decode()
        assert client.post(f"/account/demo/{role}/").status_code == FOUND
        assert is_in(client)

    def test_it_stands_in_the_list_of_where_one_is_signed_in(self) -> None:
        client = Client()
        client.post("/account/demo/buyer/")
        assert b"127.0.0.1" in client.get("/account/sessions/").content

    def test_it_takes_a_press_and_a_form_of_ours(self) -> None:
        assert Client().get("/account/demo/buyer/").status_code == 405
        assert (
            Client(enforce_csrf_checks=True).post("/account/demo/buyer/").status_code == FORBIDDEN
        )

    @pytest.mark.parametrize("role", ["provider", "clock", "x"])
    def test_nobody_else_is_there(self, role: str) -> None:
        assert Client().post(f"/account/demo/{role}/").status_code == NOT_FOUND


class TestHeaders:
    def test_scripts_run_only_where_people_sign_in(self) -> None:
        assert "script-src 'self'" in Client().get(SIGN_IN).headers["Content-Security-Policy"]
        client = Client()
        client.force_login(person("anna"))
        assert client.get("/orders/").headers["Content-Security-Policy"] == POLICY
