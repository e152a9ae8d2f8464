"""Keeps what a supplier's limit counts for an order in step with what the order needs, whichever message comes first."""

from __future__ import annotations

from fairlot.application.desk import Desk, OrderStory, derived_id, limit_id_for
from fairlot.application.outcome import Unavailable
from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.freedom import last_claim_until, needs_cover
from fairlot.domain.cover.grants import commands as limit
from fairlot.domain.cover.grants.state import SupplierLimit, find_grant
from fairlot.domain.order.events import OrderAgreed

# The order would have to change again each time between two looks.
LOOKS_MAX = 5


def align_cover(order_id: str, *, desk: Desk) -> None:
    """Make the limit count what the order needs now: its cover until no claim can arise, then nothing (ruling A23).

    Looks again after every change, so that an older look never has the last word. Raises Unavailable.
    """
    for _ in range(LOOKS_MAX):
        story = desk.read_order(order_id)
        limit_id = limit_id_for(story.order.supplier_id)
        state, seq = desk.read_limit(limit_id)
        command = _correction(order_id, story, state, desk)
        if command is None:
            return
        command_id = derived_id("align", order_id, str(len(story.events)), limit_id, str(seq))
        desk.ask_limit(limit_id, command, command_id=command_id).unwrap()
    raise Unavailable(f"the cover of {order_id} keeps changing", is_unknown=False)


def _correction(
    order_id: str, story: OrderStory, state: SupplierLimit, desk: Desk
) -> limit.LimitCommand | None:
    order = story.order
    needed_minor = order.cover_minor if needs_cover(order) else 0
    until = last_claim_until(order, desk.orders.policy_of(order)) if needed_minor else None
    if until is not None and whole_second(desk.path.clock()) > until:
        needed_minor = 0
    grant = find_grant(state, order_id)
    if needed_minor == 0:
        return None if grant is None else limit.ReleaseCover(order_id=order_id)
    if grant is not None and (grant.cover_minor, grant.until) == (needed_minor, until):
        return None
    agreed = next(event for event in story.events if isinstance(event, OrderAgreed))
    return limit.HoldCover(
        order_id=order_id,
        cover_minor=needed_minor,
        rate_numerator=agreed.rate_numerator,
        rate_denominator=agreed.rate_denominator,
        until=until,
    )
