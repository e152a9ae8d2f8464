"""Settle what is due: the effect of the one earliest clock, dated by its own deadline, whoever looks and whenever.

`execute` calls this in a bounded loop before it decides, so a late or dead worker changes no outcome.
"""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import whole_second
from fairlot.domain.order.asked import Story
from fairlot.domain.order.clocks import first_clock
from fairlot.domain.order.clocks.clock import ClockKind
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.settle.case import (
    Effect,
    answer_effect,
    appeal_effect,
    condition_effect,
    decision_by_rule_effect,
    decision_effect,
    evidence_effect,
    inspection_booking_effect,
    mediator_effect,
    negotiation_effect,
    platform_case_effect,
    refusal_appeal_effect,
    refusal_decision_effect,
    return_arrival_effect,
    return_decided_effect,
    return_judged_effect,
    return_sent_effect,
)
from fairlot.domain.order.settle.credit import credit_effect
from fairlot.domain.order.settle.goods import (
    arrival_effect,
    claim_warning_effect,
    claim_window_effect,
    closing_effect,
    inspection_report_effect,
    lot_choice_effect,
    movement_effect,
    never_shipped_effect,
    shipment_due_effect,
    shipment_reminder_effect,
    undisputed_effect,
)
from fairlot.domain.order.settle.money import (
    chargeback_effect,
    first_payment_effect,
    payment_confirmed_effect,
    proposal_effect,
    refund_sent_effect,
    seeking_effect,
    suspense_effect,
)
from fairlot.domain.order.state import DisputeCause, Order
from fairlot.domain.policy.model import Policy


def settle_due(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[OrderEvent, ...]:
    """Return the effect of the earliest clock that has run out by `now`, or nothing."""
    clock = first_clock(order, policy)
    if clock is None or whole_second(now) <= clock.due_at:
        return ()
    story = Story(order)
    EFFECTS[clock.kind](story, clock, policy)
    assert story.events, f"clock {clock.kind} did nothing"
    return story.told()


EFFECTS: dict[ClockKind, Effect] = {
    ClockKind.PAYMENT_CONFIRMED: payment_confirmed_effect,
    ClockKind.PROPOSAL: proposal_effect,
    ClockKind.FIRST_PAYMENT: first_payment_effect,
    ClockKind.BALANCE: platform_case_effect(DisputeCause.UNPAID_BALANCE),
    ClockKind.UNCOLLECTED: platform_case_effect(DisputeCause.UNCOLLECTED),
    ClockKind.SHIPMENT_REMINDER: shipment_reminder_effect,
    ClockKind.SHIPMENT_DUE: shipment_due_effect,
    ClockKind.NEVER_SHIPPED: never_shipped_effect,
    ClockKind.MOVEMENT: movement_effect,
    ClockKind.ARRIVAL: arrival_effect,
    ClockKind.CLAIM_WARNING: claim_warning_effect,
    ClockKind.UNDISPUTED: undisputed_effect,
    ClockKind.CLAIM_WINDOW: claim_window_effect,
    ClockKind.CLOSING: closing_effect,
    ClockKind.CREDIT_PRESENTATION: credit_effect,
    ClockKind.CREDIT_EXAMINATION: credit_effect,
    ClockKind.CREDIT_WAIVER: credit_effect,
    ClockKind.ANSWER: answer_effect,
    ClockKind.NEGOTIATION: negotiation_effect,
    ClockKind.MEDIATOR: mediator_effect,
    ClockKind.EVIDENCE: evidence_effect,
    ClockKind.INSPECTION_BOOKING: inspection_booking_effect,
    ClockKind.INSPECTION_REPORT: inspection_report_effect,
    ClockKind.LOT_CHOICE: lot_choice_effect,
    ClockKind.DECISION: decision_effect,
    ClockKind.DECISION_BY_RULE: decision_by_rule_effect,
    ClockKind.APPEAL: appeal_effect,
    ClockKind.CONDITION: condition_effect,
    ClockKind.RETURN_SENT: return_sent_effect,
    ClockKind.RETURN_ARRIVAL: return_arrival_effect,
    ClockKind.RETURN_JUDGED: return_judged_effect,
    ClockKind.RETURN_DECIDED: return_decided_effect,
    ClockKind.REFUND_SENT: refund_sent_effect,
    ClockKind.SEEKING: seeking_effect,
    ClockKind.CHARGEBACK: chargeback_effect,
    ClockKind.SUSPENSE: suspense_effect,
    ClockKind.REFUSAL_APPEAL: refusal_appeal_effect,
    ClockKind.REFUSAL_DECISION: refusal_decision_effect,
}
