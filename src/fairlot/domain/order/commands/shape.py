"""The shape all commands to an order share."""

from __future__ import annotations

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something asked of an order; who asks and when travel beside it."""
