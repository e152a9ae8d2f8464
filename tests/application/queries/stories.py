"""Orders at many stages, as a reader gets them, for the tests of the read side."""

from __future__ import annotations

from fairlot.application.queries.order_view import OrderView, order_view
from fairlot.application.queries.recorded import Recorded
from fairlot.domain.party import Actor
from tests.support.trades import BUYER, Trade

STAGES = (
    "drafted",
    "proposed",
    "agreed",
    "in_production",
    "inspected",
    "shipped",
    "delivered",
    "disputed",
)


def at_stage(stage: str, *, edition: str = "escrow-2026") -> Trade:
    """Return a trade that has come so far."""
    trade: Trade = getattr(Trade(edition=edition), stage)()
    return trade


def story_of(trade: Trade) -> tuple[Recorded, ...]:
    """Return a trade's events as they would be read back."""
    return tuple(
        Recorded(
            event=event, actor=BUYER, seq=seq, recorded_at=event.at, command_id=f"c{seq}", hash="ab"
        )
        for seq, event in enumerate(trade.events, start=1)
    )


def view_of(trade: Trade, viewer: Actor) -> OrderView:
    """Return a trade as a viewer sees it at its present instant."""
    return order_view("ord_1", story_of(trade), policy=trade.policy, now=trade.now, viewer=viewer)
