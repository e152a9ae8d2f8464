"""Where an order stands, who may act for its buyer, what is proposed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.order.terms import Party, Terms


class Status(StrEnum):
    """Where an order stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PRODUCTION = "in_production"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CLOSED = "closed"
    REFUNDED = "refunded"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_STATUSES = frozenset(
    {Status.AGREED, Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED, Status.COMPLETED}
)
ENDED_STATUSES = frozenset(
    {Status.CLOSED, Status.REFUNDED, Status.SETTLED, Status.CANCELLED, Status.EXPIRED}
)


# Statuses that follow the goods.
ON_THE_WAY = frozenset({Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED})


class Right(StrEnum):
    """What a buyer can let an agent do."""

    DRAFT = "draft"
    AGREE = "agree"
    PAY = "pay"
    FOLLOW = "follow"
    CONFIRM = "confirm"
    CLAIM = "claim"
    SETTLE = "settle"


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's leave to act for the buyer."""

    agent_id: str
    rights: tuple[Right, ...]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A version that waits for the other side."""

    terms: Terms
    by: Party
    expires_at: dt.datetime


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A sample made before the production order; the approved one is what the contract points to (R15)."""

    id: str
    sent: bool = False
    approved: bool = False
    seal_hash: str = ""
