"""Secrets that have to be known again, sealed with the installation's signing key; a copy of the tables opens none.

AES-256-GCM under a key derived for the purpose (HKDF-SHA256). Every sealed form names the algorithm and the key by a
short hash, so that keys of before still open what they sealed, and what they sealed can be found and sealed anew.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = b"\x01"
KEY_NAME_BYTES = 8
NONCE_BYTES = 12
KEY_BYTES = 32


class SealError(ValueError):
    """A sealed form that none of the keys opens."""


def seal(plain: bytes, *, keys: Sequence[str], purpose: str) -> bytes:
    """Seal with the first key."""
    derived = _derived(keys[0], purpose)
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = ALGORITHM + _name(derived)
    return head + nonce + AESGCM(derived).encrypt(nonce, plain, head)


def unseal(sealed: bytes, *, keys: Sequence[str], purpose: str) -> bytes:
    """Open with whichever key sealed it. Raises SealError."""
    head, rest = sealed[: 1 + KEY_NAME_BYTES], sealed[1 + KEY_NAME_BYTES :]
    for key in keys:
        derived = _derived(key, purpose)
        if head == ALGORITHM + _name(derived):
            try:
                return AESGCM(derived).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head)
            except InvalidTag:
                raise SealError("a sealed secret was altered") from None
    raise SealError("a secret was sealed with a key that is not known any more")


def is_current(sealed: bytes, *, keys: Sequence[str], purpose: str) -> bool:
    """Say whether the first key sealed it."""
    return sealed.startswith(head_of(keys=keys, purpose=purpose))


def head_of(*, keys: Sequence[str], purpose: str) -> bytes:
    """Return how everything begins that the first key seals."""
    return ALGORITHM + _name(_derived(keys[0], purpose))


def _derived(key: str, purpose: str) -> bytes:
    hkdf = HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"fairlot " + purpose.encode()
    )
    return hkdf.derive(key.encode())


def _name(derived: bytes) -> bytes:
    return hashlib.sha256(b"name of " + derived).digest()[:KEY_NAME_BYTES]
