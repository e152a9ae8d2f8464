"""Cursors: where a page of a list ended, as one opaque word; nothing but a word of ours is taken."""

from __future__ import annotations

import base64
import binascii
import datetime as dt

from fairlot.interfaces.api.problems import Declined, Trouble

REASON = "`cursor` is not one of ours"


def cursor_of(at: dt.datetime, row_id: str) -> str:
    """Return the cursor of a row by its instant and id."""
    return base64.urlsafe_b64encode(f"{at.isoformat()} {row_id}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[dt.datetime, str] | None:
    """Return the place that a cursor names, or None for the beginning. Raises Declined."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        instant, _, row_id = text.partition(" ")
        at = dt.datetime.fromisoformat(instant)
    except (ValueError, binascii.Error):
        raise Declined(Trouble.QUERY_INVALID, reason=REASON) from None
    if at.tzinfo is None or not row_id.isprintable():
        raise Declined(Trouble.QUERY_INVALID, reason=REASON)
    return at, row_id
