"""What the events of claims refused at the door did. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    ClaimRefused,
    Event,
    RefusalAppealed,
    RefusalDecided,
    RefusalLapsed,
)
from fairlot.domain.order.state import Order, RefusedClaim


def _claim_refused(order: Order, event: ClaimRefused) -> Order:
    refused = RefusedClaim(
        id=event.refusal_id,
        claim=event.claim,
        code=event.code,
        appeal_until=event.appeal_until,
        freezes=event.freezes,
    )
    return replace(order, refused_claims=(*order.refused_claims, refused))


def _refusal_appealed(order: Order, event: RefusalAppealed) -> Order:
    return _with_refused(
        order, event.refusal_id, appealed=True, decision_until=event.decision_until
    )


def _refusal_decided(order: Order, event: RefusalDecided | RefusalLapsed) -> Order:
    order = _with_refused(order, event.refusal_id, ended=True)
    return replace(order, resumed_at=event.at)


def _with_refused(order: Order, refusal_id: str, **changes: Any) -> Order:
    refused = tuple(
        replace(r, **changes) if r.id == refusal_id else r for r in order.refused_claims
    )
    return replace(order, refused_claims=refused)


REFUSED_CLAIMS: dict[type[Event], Callable[[Order, Any], Order]] = {
    ClaimRefused: _claim_refused,
    RefusalAppealed: _refusal_appealed,
    RefusalDecided: _refusal_decided,
    RefusalLapsed: _refusal_decided,
}
