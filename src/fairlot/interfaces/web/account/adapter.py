"""What the library of accounts is told of Fairlot: which of its messages are shown, and in whose language it writes."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from fairlot.store.people.models import Person

# What the page itself shows already.
UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Fairlot's choices where the library asks."""

    def add_message(self, request: HttpRequest, *saying: Any, **rest: Any) -> None:
        """Leave a message for the next page, unless that page says it by itself."""
        if not UNSAID.intersection(each for each in saying if isinstance(each, str)):
            super().add_message(request, *saying, **rest)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the reader's language: a known person's own, else that of the page that asked."""
        person = Person.objects.filter(email__iexact=email).only("language").first()
        language = person.language if person else translation.get_language() or "en"
        with translation.override(language):
            super().send_mail(template_prefix, email, context)

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  (the library's signature)
        """Begin an account in the language of the page that it was made on."""
        user.language = translation.get_language() or "en"
        return super().save_user(request, user, form, commit=commit)
