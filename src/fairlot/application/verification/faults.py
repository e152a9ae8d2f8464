"""A place where the records do not agree, as every part of verification names it."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the records do not agree.

    `seq` names the event, or of the kinds `order_message` and `order_file` the message or file; 0 the aggregate as a whole.
    """

    family: str
    aggregate_id: str
    seq: int
    kind: str
    detail: str = ""
