"""What the library of accounts is told of Fairlot: which of its messages are shown, and in whose language it writes."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from fairlot import config
from fairlot.interfaces.web.account.known_browsers import counted_as, remember
from fairlot.store.people.models import Person

# What the page itself shows already.
UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


def _with_own_links(context: dict[str, Any]) -> dict[str, Any]:
    """Return what a mail says with each of its links below our own address."""
    return {
        name: _own_link(value) if name.endswith("_url") and isinstance(value, str) else value
        for name, value in context.items()
    }


def _own_link(url: str) -> str:
    parts = urlsplit(url)
    return config.settings().base_url + urlunsplit(("", "", parts.path, parts.query, ""))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Fairlot's choices where the library asks."""

    def add_message(self, request: HttpRequest, *saying: Any, **rest: Any) -> None:
        """Leave a message for the next page, unless that page says it by itself."""
        if not UNSAID.intersection(each for each in saying if isinstance(each, str)):
            super().add_message(request, *saying, **rest)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the reader's language: a known person's own, else that of the page that asked.

        Links lead to the address that the operator named, whatever host and port the request was sent to.
        """
        person = Person.objects.filter(email__iexact=email).only("language").first()
        language = person.language if person else translation.get_language() or "en"
        with translation.override(language):
            super().send_mail(template_prefix, email, _with_own_links(context))

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  (the library's signature)
        """Begin an account in the language of the page that it was made on."""
        user.language = translation.get_language() or "en"
        return super().save_user(request, user, form, commit=commit)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner, and hash a password as a new account would: else a quick answer tells that there is one."""
        make_password(token_urlsafe())
        super().send_account_already_exists_mail(email)

    def post_login(self, request: HttpRequest, user: Person, **rest: Any) -> HttpResponse:
        """Know this browser again."""
        response: HttpResponse = super().post_login(request, user, **rest)
        remember(response, user.email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by address and browser. The library counts by the host that was asked for too, which a guesser names."""
        return counted_as(request, credentials.get("email", ""))
