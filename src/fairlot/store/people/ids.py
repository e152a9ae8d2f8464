"""Public ids and secrets of people, companies and keys: random, prefixed, and never reused."""

from __future__ import annotations

import hashlib
import secrets

ID_BYTES = 10
SECRET_BYTES = 32
KEY_PREFIX_LENGTH = 14
"""How much of a key is kept readable, so that people know which one it is."""


def new_person_id() -> str:
    """Return the id by which events know a person for ever."""
    return f"per_{secrets.token_hex(ID_BYTES)}"


def new_company_id() -> str:
    """Return the id by which orders know a company for ever."""
    return f"com_{secrets.token_hex(ID_BYTES)}"


def new_key_id() -> str:
    """Return the id of an API key, which is no secret."""
    return f"key_{secrets.token_hex(ID_BYTES)}"


def new_key_secret(*, is_sandbox: bool) -> str:
    """Return a key's secret of 256 random bits; its beginning says what it opens."""
    return f"flk_{'test' if is_sandbox else 'live'}_{secrets.token_urlsafe(SECRET_BYTES)}"


def new_token() -> str:
    """Return a one-time token of 256 random bits for a link."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. Random bits need no slow hash: nobody guesses 256 of them."""
    return hashlib.sha256(secret.encode()).hexdigest()
