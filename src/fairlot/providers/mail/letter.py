"""A mail as a value, and as the bytes that go over the wire: text and HTML side by side, headers that hold one line each."""

from __future__ import annotations

import datetime as dt
import html
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import msgspec

SUBJECT_LENGTH_MAX = 200
_STYLE = (
    "font:16px/1.5 system-ui,sans-serif;color:#1f2937;max-width:36rem;margin:0 auto;padding:1rem"
)
_BUTTON = (
    "display:inline-block;padding:.5rem 1rem;background:#1d4ed8;color:#ffffff;"
    "border-radius:4px;text-decoration:none"
)


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is told: a heading, a sentence, what to do, and where to look; the last two may be empty."""

    heading: str
    text: str
    act: str = ""
    link: str = ""
    link_words: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to one person. `message_id` is the same however often it is sent; by `unsubscribe` such mails are switched off."""

    message_id: str
    sender: str
    to: str
    subject: str
    language: str
    written_at: dt.datetime
    passages: tuple[Passage, ...]
    footer: str
    unsubscribe: str = ""


def message_of(letter: Letter) -> EmailMessage:
    """Return the mail for sending. Raises ValueError for an address that is none."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{letter.message_id}>"
    message["Date"] = format_datetime(letter.written_at)
    message["From"] = letter.sender
    message["To"] = _address(letter.to)
    message["Subject"] = one_line(letter.subject)
    # No answer of an absent person's machine is wanted.
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https://"):
            # RFC 8058: by one POST, which asks for nothing else. It allows https alone.
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_text(letter), cte="quoted-printable")
    message.add_alternative(_html(letter), subtype="html", cte="quoted-printable")
    # Last, for setting the content takes headers of contents away.
    message["Content-Language"] = letter.language
    return message


def one_line(text: str) -> str:
    """Return a header's text: what breaks lines or does not print becomes a space."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[:SUBJECT_LENGTH_MAX]


def _address(text: str) -> Address:
    if not text.isprintable() or text.count("@") != 1:
        raise ValueError("not a mail address")
    return Address(addr_spec=text)


def _text(letter: Letter) -> str:
    parts = []
    for passage in letter.passages:
        lines = (passage.heading, passage.text, passage.act, passage.link)
        parts.append("\n".join(line for line in lines if line))
    return "\n\n".join([*parts, f"-- \n{letter.footer}"]) + "\n"


def _html(letter: Letter) -> str:
    parts = [_html_passage(passage) for passage in letter.passages]
    title = html.escape(one_line(letter.subject))
    return (
        f'<!doctype html><html lang="{html.escape(letter.language)}"><head><meta charset="utf-8">'
        f'<title>{title}</title></head><body><main style="{_STYLE}">{"".join(parts)}'
        f'<p style="color:#4b5563;font-size:14px">{html.escape(letter.footer)}</p>'
        "</main></body></html>\n"
    )


def _html_passage(passage: Passage) -> str:
    written = f'<h1 style="font-size:20px">{html.escape(passage.heading)}</h1>'
    written += f"<p>{html.escape(passage.text)}</p>"
    if passage.act:
        written += f"<p><strong>{html.escape(passage.act)}</strong></p>"
    if passage.link:
        address, words = html.escape(passage.link), html.escape(passage.link_words)
        written += f'<p><a style="{_BUTTON}" href="{address}">{words}</a></p>'
    return written
