"""Handing a mail over: to a server that answers for it from then on, or to the console of a demonstration."""

from __future__ import annotations

import smtplib
import ssl
from typing import Protocol, TextIO

from fairlot.providers.mail.letter import Letter, message_of
from fairlot.smtp_settings import MailServer

TIMEOUT_SECONDS = 20.0


class NotSentError(Exception):
    """A mail did not go out. `is_final` when another try would end in the same way."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


class Mailer(Protocol):
    """A way to send a mail."""

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Raises NotSentError."""


class SmtpMailer:
    """Sends by SMTP, one connection a mail; what the server says temporarily is tried again by whoever asks."""

    def __init__(
        self,
        server: MailServer,
        *,
        trust: ssl.SSLContext | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._server = server
        self._trust = trust or ssl.create_default_context()
        self._timeout_seconds = timeout_seconds

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Raises NotSentError."""
        try:
            message = message_of(letter)
        except ValueError as error:
            raise NotSentError(str(error), is_final=True) from None
        try:
            with self._connected() as session:
                session.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            (code, _), *_ = error.recipients.values()
            raise NotSentError(f"recipient refused: {code}", is_final=_is_final(code)) from None
        except smtplib.SMTPAuthenticationError as error:
            # The operator can mend it, and then the mail is still wanted.
            raise NotSentError(f"log-in refused: {error.smtp_code}", is_final=False) from None
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise NotSentError(f"server said {code}", is_final=_is_final(code)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentError(type(error).__name__, is_final=False) from None

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption == "implicit":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout_seconds, context=self._trust
            )
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=self._timeout_seconds)
        try:
            if server.encryption == "starttls":
                # Raises where the server offers none: a password never goes in the clear.
                session.starttls(context=self._trust)
            if server.user:
                session.login(server.user, server.password)
        except BaseException:
            session.close()
            raise
        return session


class ConsoleMailer:
    """Prints mails, for a demonstration without a server."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def send(self, letter: Letter) -> None:
        """Print a mail's text."""
        lines = [f"Mail to {letter.to}: {letter.subject}"]
        for passage in letter.passages:
            lines += [passage.text, passage.act, passage.link]
        self._out.write("\n  ".join(line for line in lines if line) + "\n")
        self._out.flush()


def _is_final(code: int) -> bool:
    """By RFC 5321 a reply of 5xx stays as it is, and one of 4xx may be another at another time."""
    return 500 <= code < 600
