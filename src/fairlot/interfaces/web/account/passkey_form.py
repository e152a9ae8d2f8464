"""The library's form for a new passkey with the one label that it says in English only."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm

from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.viewer import language_of_page


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Names the field in the page's language."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = account_words(language_of_page())["passkey_name"]
