"""Links by which a mail's reader switches mails of news off in one click (RFC 8058), without signing in.

A link names its person and proves that we wrote it; it can switch that off and nothing else. Calls to act go on.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence

import psycopg

from fairlot.store.telling.notifications import set_wish, wants_digest

PROOF_BYTES = 16


def unsubscribe_path(person_id: str, *, keys: Sequence[str]) -> str:
    """Return the path of a person's link, proven by the first key."""
    return f"/unsubscribe/{person_id}/{_proof(person_id, keys[0])}/"


def is_proven(person_id: str, proof: str, *, keys: Sequence[str]) -> bool:
    """Say whether any of the keys proves a link."""
    return any(hmac.compare_digest(_proof(person_id, key), proof) for key in keys)


def unsubscribe(connection: psycopg.Connection, person_id: str) -> None:
    """Send a person no mails any more but calls to act; asking twice is as good as once."""
    digest = wants_digest(connection, person_id)
    set_wish(connection, person_id, digest=digest, news=False)


def _proof(person_id: str, key: str) -> str:
    made = hmac.digest(key.encode(), b"unsubscribe:" + person_id.encode(), "sha256")
    return base64.urlsafe_b64encode(made[:PROOF_BYTES]).decode().rstrip("=")
