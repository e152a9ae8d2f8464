"""The token of a form that was shown: what is sent with it is done once, however often it is sent."""

from __future__ import annotations

import re
import secrets

TOKEN_BYTES = 24
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,48}")


def new_token() -> str:
    """Return the token of a form about to be shown."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Say whether something could be the token of a form."""
    return _TOKEN.fullmatch(text) is not None
