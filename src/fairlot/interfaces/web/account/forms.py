"""Reading what people send from the pages of companies: plain fields, each checked by the application once more."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel import Locale
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest

from fairlot.application.access import MemberRight
from fairlot.application.people.companies import COUNTRIES
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.viewer import language_of_page


def rights_asked(request: HttpRequest) -> frozenset[MemberRight]:
    """Return the rights that were ticked; words that are none are passed over."""
    ticked = set(request.POST.getlist("rights"))
    return frozenset(right for right in MemberRight if right.value in ticked)


def email_asked(request: HttpRequest) -> str:
    """Return the address that was typed. Raises RefusedChange for what is none."""
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise RefusedChange(PeopleCode.NAME_MISSING) from error
    return email


def days_asked(request: HttpRequest) -> int:
    """Return a number of days, or the usual one for what is none."""
    text = request.POST.get("days", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 90


def right_choices(own: frozenset[MemberRight], ticked: frozenset[str]) -> list[dict[str, Any]]:
    """Return every right with its name, whether it is ticked, and whether it can be given here."""
    words = account_words(language_of_page())
    return [
        {
            "value": right.value,
            "label": words[f"right_{right.value}"],
            "ticked": right.value in ticked,
            "may_give": right in own or right.value in ticked,
        }
        for right in MemberRight
    ]


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the page's language."""
    names = Locale("zh" if language_of_page() == "zh" else "en").territories
    return sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda each: each[1])


def say_refused(request: HttpRequest, refused: RefusedChange) -> None:
    """Leave the reason for the next page."""
    messages.error(request, refused.sentence(language_of_page()))


def at_minute(instant: dt.datetime | None) -> str:
    """Return an instant as the pages of accounts write it, in UTC."""
    return "" if instant is None else instant.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
