"""What the library of second factors is told of Fairlot: how their seeds are kept."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from fairlot.application.people.second_factors import open_seed, seal_seed


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Seeds of apps and of recovery codes are sealed in the tables."""

    def encrypt(self, text: str) -> str:
        """Return a seed as it is kept."""
        return seal_seed(text, keys=_keys())

    def decrypt(self, encrypted_text: str) -> str:
        """Return the seed that was kept. Raises SealError: without its seed no code of a factor is right."""
        return open_seed(encrypted_text, keys=_keys())


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
