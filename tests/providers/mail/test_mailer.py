"""Mails against a real SMTP server: whole, encrypted, in one reader's language, and honest about what was not sent."""

from __future__ import annotations

import datetime as dt
import io
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from fairlot.providers.mail.letter import Letter, Passage, message_of, one_line
from fairlot.providers.mail.mailer import ConsoleMailer, NotSentError, SmtpMailer
from fairlot.smtp_settings import MailServer
from tests.support.listener import make_certificate
from tests.support.mail_server import HANG_UP, MailHouse, mail_house

LETTER = Letter(
    message_id="mail_1@trade.example",
    sender="Fairlot <trade@example.com>",
    to="mei@supplier.example",
    subject="订单已达成一致",
    language="zh-Hans",
    written_at=dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC),
    passages=(
        Passage(
            heading="订单已达成一致",
            text="双方就同一合同版本达成一致 <&>。",
            act="请支付到期款项。",
            link="https://trade.example/orders/ord_1/",
            link_words="查看订单",
        ),
    ),
    footer="Fairlot",
)


@pytest.fixture
def house() -> Iterator[MailHouse]:
    with mail_house() as house:
        yield house


def mailer_for(house: MailHouse, **changes: object) -> SmtpMailer:
    server = MailServer(
        host="127.0.0.1", port=house.port, encryption="none", user="", password="", sender=""
    )
    return SmtpMailer(replace(server, **changes))


class TestSending:
    def test_text_and_html_arrive_in_the_readers_language(self, house: MailHouse) -> None:
        mailer_for(house).send(LETTER)
        (accepted,) = house.accepted
        message = accepted.message
        assert accepted.recipients == ("mei@supplier.example",)
        assert message["Message-ID"] == "<mail_1@trade.example>"
        assert message["Subject"] == "订单已达成一致"
        assert message["From"] == "Fairlot <trade@example.com>"
        assert message.get_content_type() == "multipart/alternative"
        text, html = message.iter_parts()
        assert "双方就同一合同版本达成一致 <&>。" in text.get_content()
        assert "https://trade.example/orders/ord_1/" in text.get_content()
        assert "&lt;&amp;&gt;" in html.get_content()
        assert 'lang="zh-Hans"' in html.get_content()
        assert accepted.raw.isascii()

    def test_lines_that_begin_with_a_dot_and_long_ones_arrive_whole(self, house: MailHouse) -> None:
        text = ".\n..\n" + "word " * 400
        letter = replace(LETTER, passages=(Passage(heading="h", text=text),))
        mailer_for(house).send(letter)
        sent = next(house.accepted[0].message.iter_parts()).get_content()
        assert text.strip() in sent.replace("\r\n", "\n")

    def test_password_and_mail_go_encrypted(self, tmp_path: Path) -> None:
        certificate = make_certificate(tmp_path / "mail.pem", name="localhost")
        with mail_house(certificate) as house:
            house.passwords["me"] = "secret"
            server = MailServer(
                host="localhost",
                port=house.port,
                encryption="starttls",
                user="me",
                password="secret",
                sender="",
            )
            trust = ssl.create_default_context(cafile=str(certificate))
            SmtpMailer(server, trust=trust).send(LETTER)
            assert [(each.was_encrypted, each.user) for each in house.accepted] == [(True, "me")]
            # A certificate that nobody vouches for gets neither.
            with pytest.raises(NotSentError) as caught:
                SmtpMailer(server).send(LETTER)
            assert not caught.value.is_final
            assert len(house.accepted) == 1

    def test_nothing_is_sent_where_encryption_is_not_offered(self, house: MailHouse) -> None:
        with pytest.raises(NotSentError):
            mailer_for(house, encryption="starttls").send(LETTER)
        assert house.accepted == []


class TestFailures:
    @pytest.mark.parametrize(
        ("stage", "reply", "is_final"),
        [
            ("greeting", "421 later", False),
            ("mail", "451 later", False),
            ("rcpt", "450 mailbox busy", False),
            ("rcpt", "550 no such mailbox", True),
            ("data", "452 no room", False),
            ("accepted", "451 later", False),
            ("accept", "554 refused", True),
            ("greeting", HANG_UP, False),
            ("data", HANG_UP, False),
            ("accept", HANG_UP, False),
        ],
    )
    def test_it_is_said_whether_another_try_makes_sense(
        self, house: MailHouse, stage: str, reply: str, is_final: bool
    ) -> None:
        house.say = lambda at: reply if at == stage else None
        with pytest.raises(NotSentError) as caught:
            mailer_for(house).send(LETTER)
        assert caught.value.is_final is is_final
        # Nothing of the address or the text gets into the log.
        assert "mei" not in str(caught.value)

    def test_nobody_there(self) -> None:
        with mail_house() as house:
            pass
        with pytest.raises(NotSentError) as caught:
            mailer_for(house).send(LETTER)
        assert not caught.value.is_final

    def test_a_wrong_password_can_be_mended(self, house: MailHouse) -> None:
        with pytest.raises(NotSentError) as caught:
            mailer_for(house, user="me", password="wrong").send(LETTER)
        assert not caught.value.is_final
        assert "wrong" not in str(caught.value)


class TestHeaders:
    @pytest.mark.parametrize(
        "subject", ["a\r\nBcc: x@y.example", "a\nb", "a\u2028b\x0bc\x85d", "a\x00b"]
    )
    def test_a_subject_is_one_line(self, house: MailHouse, subject: str) -> None:
        mailer_for(house).send(replace(LETTER, subject=subject))
        message = house.accepted[0].message
        assert message["Bcc"] is None
        assert "\n" not in message["Subject"]
        assert house.accepted[0].recipients == ("mei@supplier.example",)

    @pytest.mark.parametrize(
        "to",
        [
            "a@b.example\r\nBcc: x@y.example",
            "a@b.example, x@y.example",
            "a@b.example\nX: 1",
            "nobody",
            "",
            "a@b@c.example",
            "<a@b.example>\x00",
        ],
    )
    def test_an_address_is_one_address_or_none(self, house: MailHouse, to: str) -> None:
        with pytest.raises(NotSentError) as caught:
            mailer_for(house).send(replace(LETTER, to=to))
        assert caught.value.is_final
        assert house.accepted == []

    def test_unsubscribing_is_offered_where_it_makes_sense(self) -> None:
        assert message_of(LETTER)["List-Unsubscribe"] is None
        letter = replace(LETTER, unsubscribe="https://trade.example/notifications/")
        assert message_of(letter)["List-Unsubscribe"] == "<https://trade.example/notifications/>"

    def test_a_subject_has_an_end(self) -> None:
        assert len(one_line("word " * 1_000)) <= 200


def test_the_console_shows_text_and_link() -> None:
    out = io.StringIO()
    ConsoleMailer(out).send(LETTER)
    assert "mei@supplier.example" in out.getvalue()
    assert "https://trade.example/orders/ord_1/" in out.getvalue()
