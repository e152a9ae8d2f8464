"""The mail server's settings: whole, encrypted, or refused with a sentence that repeats no password."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlot.config import ConfigError, load
from fairlot.smtp_settings import MailServer, read_mail_server

SENDER = "Fairlot <trade@example.com>"
HERE = Path("/srv/fairlot")


def test_an_address_is_read_whole() -> None:
    assert read_mail_server(
        "smtp://me:p%40ss@mail.example:2525?tls=starttls", SENDER
    ) == MailServer(
        host="mail.example",
        port=2525,
        encryption="starttls",
        user="me",
        password="p@ss",
        sender=SENDER,
    )


@pytest.mark.parametrize(
    ("url", "port", "encryption"),
    [
        ("smtp://mail.example", 587, "starttls"),
        ("smtp://mail.example?tls=implicit", 465, "implicit"),
        ("smtp://127.0.0.1?tls=none", 25, "none"),
        ("smtp://[::1]:1025?tls=none", 1025, "none"),
    ],
)
def test_ports_follow_the_encryption(url: str, port: int, encryption: str) -> None:
    read = read_mail_server(url, SENDER)
    assert (read.port, read.encryption) == (port, encryption)


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example",
        "smtp://",
        "smtp://mail.example/path",
        "smtp://mail.example:70000",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example?tls=starttls&retry=1",
        "smtp://mail.example?tls=none",
        "smtp://10.0.0.1?tls=none",
        "smtp://me@mail.example",
        "smtp://:hidden@mail.example",
        "mail.example:587",
    ],
)
def test_what_is_not_whole_or_not_safe_is_refused(url: str) -> None:
    environ = {"FAIRLOT_SMTP_URL": url, "FAIRLOT_MAIL_FROM": SENDER}
    with pytest.raises(ConfigError) as caught:
        load(environ, working_dir=HERE)
    assert str(caught.value).startswith("FAIRLOT_SMTP_URL: ")
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "sender", ["nobody", "a@", "@b.example", "Fairlot <>", "A <a@b.example>\nBcc: c@d.example"]
)
def test_a_sender_is_an_address(sender: str) -> None:
    environ = {"FAIRLOT_SMTP_URL": "smtp://mail.example", "FAIRLOT_MAIL_FROM": sender}
    with pytest.raises(ConfigError) as caught:
        load(environ, working_dir=HERE)
    assert str(caught.value).startswith("FAIRLOT_MAIL_FROM: ")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"FAIRLOT_SMTP_URL": "smtp://mail.example"}, "FAIRLOT_MAIL_FROM"),
        ({"FAIRLOT_MAIL_FROM": SENDER}, "FAIRLOT_SMTP_URL"),
    ],
)
def test_half_of_it_is_refused(given: dict[str, str], missing: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(given, working_dir=HERE)
    assert caught.value.variable == missing
