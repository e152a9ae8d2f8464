"""Questions of where things stand: the order and its parts at an instant, and what a shipment counts for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from fairlot.domain.calendar import end_of_date
from fairlot.domain.order import commands as c
from fairlot.domain.order import quantities
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.commands import AcceptOffer, Decide, WithdrawClaim
from fairlot.domain.order.events import (
    FundsReleased,
    OfferAccepted,
    PaymentSuspended,
    RefundConfirmed,
    RefundDecided,
    ShipmentRecorded,
)
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.standing import awaits_price, days_late, missing_minor
from fairlot.domain.order.state import EMPTY, DisputeStatus, Order, is_suspended
from fairlot.domain.order.transitions import RULES
from tests.cases.acts.goods import not_moved, record_movement
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.case_file import Act, instant, read_act
from tests.cases.story import NotTranslatedError, Story
from tests.cases.vocabulary import DISPUTE_WORDS, NO_DISPUTE_WORDS

Reader = Callable[[Story], Any]

# What can be said of an order before anything is agreed.
BEFORE_AGREEMENT = frozenset({"order", "dispute", "paid", "held", "released", "suspense"})

# The only commands that end a dispute, and what people call them (R42).
CLOSING_ACTS: Mapping[type[c.Command], str] = {
    AcceptOffer: "settlement accepted by both",
    WithdrawClaim: "withdrawal by the claimant",
    Decide: "decision",
}


def state(asked: Asked) -> Answer:
    """Ask where things stand; an event that the question brings happens first."""
    story = asked.story
    event = asked.details.get("event")
    if event is not None:
        story.attempt(read_act(event))
        if asked.question.at is not None:
            story.wait_until(asked.question.at)
    answer: Answer = {}
    for name in asked.expected:
        reader = READERS.get(name)
        if reader is None:
            raise NotTranslatedError(f"the state's {name!r}")
        told = story.order.terms is not None or name in BEFORE_AGREEMENT
        answer[name] = reader(story) if told else None
    return answer


def _dispute(story: Story) -> list[str]:
    """Return how the latest dispute may be called; a claim refused at the door began none, a return is a condition."""
    order = story.order
    if order.dispute is None:
        return [*NO_DISPUTE_WORDS, *(["refused"] if order.refused_claims else [])]
    words = list(DISPUTE_WORDS[order.dispute.status])
    if order.goods_return is not None and order.dispute.settled_offer is not None:
        words += DISPUTE_WORDS[DisputeStatus.SETTLED_ON_CONDITION]
    return words


def _due_to_buyer(story: Story) -> int:
    order = story.order
    sought = sum(s.price_minor + s.fee_minor - s.from_supplier_minor for s in order.seeking)
    return sought + sum(r.amount_minor - r.confirmed_minor for r in order.refunds)


def _refunded(story: Story) -> int:
    return sum(
        e.price_minor + e.fee_minor + e.excess_minor
        for e in story.events
        if isinstance(e, RefundDecided)
    )


def _confirmed(story: Story) -> int:
    return sum(e.amount_minor for e in story.events if isinstance(e, RefundConfirmed))


def _released_at(story: Story) -> dt.datetime | None:
    released = [event.at for event in story.events if isinstance(event, FundsReleased)]
    return released[-1] if released else None


def _suspense(story: Story) -> dict[str, int]:
    waiting = {event.currency: 0 for event in story.events if isinstance(event, PaymentSuspended)}
    waiting |= story.waiting.waiting_minor()
    for item in story.order.suspense:
        waiting[item.currency] = waiting.get(item.currency, 0) + item.amount_minor
    return waiting


def _shipped_lines(story: Story) -> list[int]:
    order = story.order
    missing = quantities.missing(order)
    return [number for number in quantities.ordered(order) if number not in missing]


def _never_shipped_clock(story: Story) -> str:
    running = [clock for clock in story.desk.clocks() if clock.kind is ClockKind.NEVER_SHIPPED]
    lines = sorted(quantities.missing(story.order))
    if not running or not lines:
        return "does not run"
    names = ", ".join(map(str, lines))
    return f"runs for line{'s' if len(lines) > 1 else ''} {names}"


def _counted_at(story: Story) -> dt.datetime | None:
    counted = [s.counted_at for s in story.order.shipments if s.counted_at is not None]
    return counted[-1] if counted else None


def _waits_for(story: Story) -> str | None:
    running = story.desk.clocks()
    return running[0].waits_for.value if running else None


def _closing_acts(story: Story) -> list[str]:
    """Return the acts that could end the open dispute, as the table of transitions allows them now."""
    if story.dispute() is None:
        return []
    status = story.order.status
    return [name for command, name in CLOSING_ACTS.items() if status in RULES[command].statuses]


def _condition_until(story: Story) -> dt.datetime | None:
    """Return by when what was settled or ordered must be done: goods sent back, or anything else."""
    order = story.order
    if order.goods_return is not None and order.goods_return.sent_at is None:
        return order.goods_return.send_until
    return None if order.dispute is None else order.dispute.condition_until


def _is_frozen(story: Story) -> int:
    order = story.order
    return order.funds.held_minor if is_suspended(order) or awaits_price(order) else 0


def _since(story: Story) -> list[dt.datetime]:
    """Return since when the order, and its latest dispute, are as they are."""
    order = EMPTY
    order_since = dispute_since = None
    for event in story.events:
        later = evolve(order, event)
        if later.status is not order.status:
            order_since = event.at
        if _dispute_status(later) != _dispute_status(order):
            dispute_since = event.at
        order = later
    return [at for at in (order_since, dispute_since) if at is not None]


def _dispute_status(order: Order) -> tuple[str, str] | None:
    return None if order.dispute is None else (order.dispute.id, order.dispute.status)


def _flags(story: Story) -> list[str]:
    """Return what the record remarks beside the states."""
    flags = []
    if any(isinstance(e, ShipmentRecorded) and e.without_leave for e in story.events):
        flags.append("shipped without leave")
    if story.order.price_demanded:
        flags.append("more money demanded")
    if story.order.breaches:
        flags.append("breach by the platform")
    return flags


def _next(story: Story) -> dict[str, Any] | None:
    """Return the clock that runs out next; what it is called is for people."""
    running = story.desk.clocks()
    return {"clock": running[0].kind.value, "at": running[0].due_at} if running else None


READERS: Mapping[str, Reader] = {
    "next": _next,
    "since": _since,
    "flags": _flags,
    "order": lambda story: [story.order.status.value.replace("_", " ")],
    "dispute": _dispute,
    "missing": lambda story: missing_minor(story.order),
    "paid": lambda story: story.order.funds.paid_minor,
    "held": lambda story: story.order.funds.held_minor,
    "held_frozen": _is_frozen,
    "released": lambda story: story.order.funds.released_minor,
    "released_at": _released_at,
    "due_to_buyer": _due_to_buyer,
    "refund": _refunded,
    "refund_paid": _confirmed,
    "suspense": _suspense,
    "total_owed": lambda story: story.contract["total"],
    "first_payment_due": lambda story: story.order.payment_until,
    "balance_due": lambda story: story.order.balance_until,
    "due": _condition_until,
    "shipped_lines": _shipped_lines,
    "never_shipped_clock": _never_shipped_clock,
    "counted_delivered_at": _counted_at,
    "waits_for": _waits_for,
    "closing_acts_needed": _closing_acts,
    "order_cancelled_by_clock": lambda story: story.order.status.value == "cancelled",
    "offer_taken_as_accepted": lambda story: any(
        isinstance(event, OfferAccepted) for event in story.events
    ),
}


def shipment(asked: Asked) -> Answer:
    """Ask whether goods count as shipped, since when, and whether in time; the question may bring the facts itself."""
    story = asked.story
    on_board = _instant_or_date(asked.details.get("on_board"))
    if on_board is not None:
        at = instant(on_board) if "T" in on_board else _end_of_day(story, on_board)
        details = {"on_board": on_board}
        story.do(Act(at=at, by="supplier", act="ship_proof", details=details))
    movement = asked.details.get("movement")
    waiting = not_moved(story)
    if movement is not None and waiting:
        moved_at = instant(movement)
        story.desk.move_to(max(story.desk.now, moved_at))
        record_movement(story, waiting[-1], moved_at)
    order = story.order
    gone = [s for s in order.shipments if s.dispatched_at is not None]
    late = max((days_late(order, s) for s in gone), default=0)
    return {
        "shipped": bool(gone),
        "shipped_at": gone[-1].dispatched_at if gone else None,
        "on_time": bool(gone) and late == 0,
        "days_late": late,
    }


def _instant_or_date(told: Any) -> str | None:
    """Read an instant or a date; words in brackets that say which of them it is are for people."""
    return None if told is None else re.sub(r"\s*\([^)]*\)$", "", str(told))


def _end_of_day(story: Story, date: str) -> dt.datetime:
    return end_of_date(dt.date.fromisoformat(date), story.contract["zone"])


ASKS: Mapping[str, Answerer] = {"state": state, "shipment": shipment}
