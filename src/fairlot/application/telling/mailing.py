"""Mails on their way: written when they are sent, in the reader's language as it is then, and tried again when that fails.

A mail is marked as sent after the server took it. A worker that dies in between leaves one repetition at most, under
the same Message-ID, by which mail programs know it as the same.
"""

from __future__ import annotations

import datetime as dt
import logging
from urllib.parse import quote, urlsplit

import msgspec
import psycopg

from fairlot.application.desk import Connect
from fairlot.application.telling.unsubscribing import unsubscribe_path
from fairlot.clock import Clock
from fairlot.domain.party import Role
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.notices import ToldNotice, is_call, tell_notice
from fairlot.providers.mail.letter import Letter, Passage
from fairlot.providers.mail.mailer import Mailer, NotSentError
from fairlot.store.telling import mail_queue, notifications
from fairlot.store.telling.addressees import Addressee, find_addressee
from fairlot.store.telling.mail_queue import WaitingMail
from fairlot.store.telling.notifications import StoredNotification

logger = logging.getLogger(__name__)

# After each failed try; a notice that is three days late helps nobody.
RETRY_AFTER: tuple[dt.timedelta, ...] = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
    dt.timedelta(hours=12),
    dt.timedelta(hours=24),
    dt.timedelta(hours=24),
)
AGE_MAX = dt.timedelta(days=3)
LEASE = dt.timedelta(minutes=10)
AT_ONCE = 20
DIGEST_LINES_MAX = 100

LOOK = Words("Open the order", "查看订单")
LOOK_AT_ALL = Words("Open notifications", "查看通知")
DIGEST_SUBJECT = Words("Your orders today", "今日订单动态")
MORE = Words("There is more on the page of notifications.", "更多内容请见通知页面。")
FOOTER = Words(
    "Fairlot sent this because of your part in the order. Choose what you get by mail:",
    "您因参与订单而收到此邮件。邮件设置：",
)


class MailDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What sending mails needs; `base_url` is where links lead, the first key proves those that switch mails off."""

    connect: Connect
    clock: Clock
    mailer: Mailer
    sender: str
    base_url: str
    keys: tuple[str, ...]

    def send_due(self) -> int:
        """Gather digests and send what is due by now; return how many mails were tried."""
        with self.connect() as connection:
            notifications.gather_digests(connection, now=self.clock(), limit=AT_ONCE)
        total = 0
        while taken := self._take():
            for mail in taken:
                self._send_or_leave(mail)
            total += len(taken)
        return total

    def _take(self) -> list[WaitingMail]:
        with self.connect() as connection:
            return mail_queue.take_due(connection, now=self.clock(), lease=LEASE, limit=AT_ONCE)

    def _send_or_leave(self, mail: WaitingMail) -> None:
        """A mail that cannot be written holds up no other; it comes up again after its lease, until it is too late."""
        try:
            self._send(mail)
        except psycopg.OperationalError:
            raise
        except Exception:
            logger.exception("Mail %s cannot be written", mail.mail_id)

    def _send(self, mail: WaitingMail) -> None:
        error = self._tried(mail)
        now = self.clock()
        with self.connect() as connection:
            if error is None:
                mail_queue.mark_sent(connection, mail.mail_id, at=now)
                return
            due_at = None if error.is_final else next_try(mail.attempts, at=now)
            if due_at is None:
                logger.warning("Mail %s is given up: %s", mail.mail_id, error)
                mail_queue.give_up(connection, mail.mail_id, at=now, error=str(error))
            else:
                mail_queue.try_again(connection, mail.mail_id, due_at=due_at, error=str(error))

    def _tried(self, mail: WaitingMail) -> NotSentError | None:
        if self.clock() - mail.created_at > AGE_MAX:
            return NotSentError("too late to be of use", is_final=True)
        with self.connect() as connection:
            letter = self._letter(connection, mail)
        if letter is None:
            return NotSentError("nobody to send it to", is_final=True)
        try:
            self.mailer.send(letter)
        except NotSentError as error:
            return error
        return None

    def _letter(self, connection: psycopg.Connection, mail: WaitingMail) -> Letter | None:
        addressee = find_addressee(connection, mail.person_id)
        told = notifications.of_mail(connection, mail.mail_id)
        if addressee is None or not told:
            return None
        letter = letter_of(mail, addressee, told, sender=self.sender, base_url=self.base_url)
        if any(is_call(one.kind, Role(one.role)) for one in told):
            return letter
        path = unsubscribe_path(mail.person_id, keys=self.keys)
        return msgspec.structs.replace(letter, unsubscribe=self.base_url + path)


def next_try(attempts: int, *, at: dt.datetime) -> dt.datetime | None:
    """Return when to try again after so many attempts, or None when that was the last."""
    return at + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


def letter_of(
    mail: WaitingMail,
    addressee: Addressee,
    told: list[StoredNotification],
    *,
    sender: str,
    base_url: str,
) -> Letter:
    """Write a mail in its reader's language and zone."""
    language = language_of(addressee.language)
    spoken = [(one, told_notice(one, language, addressee.zone)) for one in told]
    wishes = f"{base_url}/notifications/"
    passages = [
        _passage(one, notice, language, base_url) for one, notice in spoken[:DIGEST_LINES_MAX]
    ]
    if len(spoken) > DIGEST_LINES_MAX:
        passages.append(Passage(heading=MORE.say(language), text=""))
    subject = DIGEST_SUBJECT.say(language) if mail.is_digest else _subject(*spoken[0])
    return Letter(
        message_id=f"{mail.mail_id}@{urlsplit(base_url).hostname or 'localhost'}",
        sender=sender,
        to=addressee.email,
        subject=subject,
        language="zh-Hans" if language == "zh" else "en",
        written_at=mail.created_at.astimezone(dt.UTC),
        passages=tuple(passages),
        footer=f"{FOOTER.say(language)} {wishes}",
    )


def told_notice(one: StoredNotification, language: Language, zone: str) -> ToldNotice:
    """Write one notification for its reader."""
    return tell_notice(one.kind, one.facts, role=Role(one.role), language=language, zone=zone)


def language_of(tag: str) -> Language:
    """Return the language that we write for a reader's tag."""
    return "zh" if tag.startswith("zh") else "en"


def _subject(one: StoredNotification, notice: ToldNotice) -> str:
    return f"{notice.subject} · {one.order_id}" if one.order_id else notice.subject


def _passage(
    one: StoredNotification, notice: ToldNotice, language: Language, base_url: str
) -> Passage:
    if one.order_id:
        link, words = f"{base_url}/orders/{quote(one.order_id, safe='')}/", LOOK
    else:
        link, words = f"{base_url}/notifications/", LOOK_AT_ALL
    return Passage(
        heading=_subject(one, notice),
        text=notice.text,
        act=notice.act,
        link=link,
        link_words=words.say(language),
    )
