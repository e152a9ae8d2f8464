"""What the clocks of a letter of credit do: the price is due by another way to pay (ruling A17)."""

from __future__ import annotations

from fairlot.domain.order.asked import Story
from fairlot.domain.order.clocks.clock import Clock, ClockKind
from fairlot.domain.order.decisions.credit import lapsed
from fairlot.domain.policy.model import Policy

_REASONS = {
    ClockKind.CREDIT_PRESENTATION: "not_presented",
    ClockKind.CREDIT_EXAMINATION: "not_honoured",
    ClockKind.CREDIT_WAIVER: "not_waived",
}


def credit_effect(story: Story, clock: Clock, policy: Policy) -> None:
    credit = story.order.credit
    assert credit is not None
    reason = _REASONS[clock.kind]
    story.add(lapsed(credit, reason=reason, at=clock.due_at, policy=policy))
