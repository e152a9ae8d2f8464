"""Decisions about the outcome of a case: the mediator's, and its appeal (R40; rulings A22, A56, A61)."""

from __future__ import annotations

import msgspec

from fairlot.domain.order.asked import Asked, Story, check_ahead, in_business_days, in_days
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.commands import (
    Appeal,
    Decide,
)
from fairlot.domain.order.decisions.claims import running
from fairlot.domain.order.decisions.hearing import heard_until
from fairlot.domain.order.decisions.mediation import HEARD
from fairlot.domain.order.events import (
    DecisionAppealed,
    DecisionFinal,
    DecisionMade,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.rules.given_back import price_left_minor
from fairlot.domain.order.rules.inspection_fees import fees_minor, fees_of_failed, fees_of_failed_on
from fairlot.domain.order.rules.settlement import add_execution
from fairlot.domain.order.state import (
    Condition,
    Decision,
    DisputeStatus,
    LotChoice,
    Order,
    Outcome,
    Wish,
)
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import Recommendation

APPEAL_GROUNDS = frozenset({"new_evidence", "rule_misapplied"})


def decide_case(order: Order, command: Decide, asked: Asked) -> tuple[OrderEvent, ...]:
    """Decide once both sides had their time: adopt the recommendation or depart from it with a written reason.

    What is decided on appeal is final.
    """
    dispute = running(order)
    refuse_if(dispute.status not in HEARD, Code.WRONG_STAGE, stage=dispute.status)
    by_supervisor = asked.actor.role is Role.SUPERVISOR
    named = dispute.mediator_id and (by_supervisor or asked.actor.person_id == dispute.mediator_id)
    refuse_if(not named, Code.NOT_THE_MEDIATOR)
    opens_at = heard_until(order, dispute, asked.policy)
    refuse_if(asked.now <= opens_at, Code.DECISION_TOO_EARLY, opens_at=opens_at.isoformat())
    decision = _decision(order, command, asked)
    story = Story(order)
    if dispute.status is DisputeStatus.APPEALED:
        story.add(DecisionFinal(at=asked.now, decision=decision, by_lapse=False))
        add_execution(story, at=asked.now, policy=asked.policy)
        return story.told()
    until = in_days(asked.now, asked.policy.clocks.appeal_days)
    story.add(DecisionMade(at=asked.now, decision=decision, appeal_until=until))
    return story.told()


def _decision(order: Order, command: Decide, asked: Asked) -> Decision:
    most = at_stake_minor(order)
    negative = min(command.amount_minor, command.otherwise_minor) < 0
    refuse_if(negative, Code.AMOUNT_NOT_POSITIVE)
    over = max(command.amount_minor, command.otherwise_minor) > most
    refuse_if(over, Code.AMOUNT_ABOVE_CLAIM, most_minor=most)
    _check_whole(command, asked, most)
    advice = recommendation_for(order, now=asked.now, policy=asked.policy)
    _check_asked(order, command, advice)
    departs = _departs(command, advice)
    refuse_if(departs and not command.reason_hash, Code.REASON_MISSING)
    ids, otherwise_ids = advice.fee_back_ids, advice.otherwise_fee_back_ids
    if departs:
        ids, otherwise_ids = _fee_ids(order, command)
    return Decision(
        outcome=command.outcome,
        amount_minor=command.amount_minor,
        inspection_fee_minor=fees_minor(order, ids, asked.policy),
        inspection_ids=ids,
        condition=command.condition,
        until=command.until,
        otherwise_minor=command.otherwise_minor,
        otherwise_fee_minor=fees_minor(order, otherwise_ids, asked.policy),
        otherwise_inspection_ids=otherwise_ids,
        departs=departs,
        recommended_minor=advice.amount_minor,
        reason_hash=command.reason_hash,
        upheld=_upheld(order, command, advice) if departs else advice.upheld,
        cancelled=_cancelled(order, command, advice),
        unshipped_minor=msgspec.UNSET if departs else advice.unshipped_minor,
        shipped_minor=msgspec.UNSET if departs else advice.shipped_minor,
        otherwise_shipped_minor=msgspec.UNSET if departs else advice.otherwise_shipped_minor,
    )


def _cancelled(
    order: Order, command: Decide, advice: Recommendation
) -> dict[int, int] | msgspec.UnsetType:
    """Return the pieces that the rules cancel, if the decision gives back at least their price."""
    paid_back = command.amount_minor >= price_left_minor(order, advice.cancelled)
    return advice.cancelled if advice.cancelled and paid_back else msgspec.UNSET


def _upheld(order: Order, command: Decide, advice: Recommendation) -> tuple[Ground, ...]:
    """Return the grounds that a departing decision finds true: what it gives rests on those of the rules, if any."""
    if max(command.amount_minor, command.otherwise_minor) == 0:
        return ()
    return advice.upheld or tuple(dict.fromkeys(claim.ground for claim in running(order).claims))


def _check_asked(order: Order, command: Decide, advice: Recommendation) -> None:
    """Finishing the order is ordered where the rules call for it, else only if the buyer asks for it (R40)."""
    called_for = advice.condition.value == Condition.PERFORM.value
    if command.condition is not Condition.PERFORM or called_for:
        return
    wished = running(order).wish is Wish.PERFORMANCE or order.lot_choice is LotChoice.REWORK
    refuse_if(not wished, Code.PERFORMANCE_NOT_ASKED)


def _departs(command: Decide, advice: Recommendation) -> bool:
    """Say whether a decision differs from the recommendation in its amounts or its condition."""
    if (command.amount_minor, command.condition.value) != (
        advice.amount_minor,
        advice.condition.value,
    ):
        return True
    conditional = command.condition is not Condition.NONE
    return conditional and command.otherwise_minor != advice.otherwise_minor


def _fee_ids(order: Order, command: Decide) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the inspections whose fee comes back with either amount of a decision that departs (ruling A22).

    If any amount is found due, every failed inspection of what was claimed; goods kept do not undo an upheld claim.
    """
    claims = running(order).claims
    everything = not claims or any(not claim.lines for claim in claims)
    lines = {line for claim in claims for line in claim.lines}
    failed = fees_of_failed(order) if everything else fees_of_failed_on(order, lines)
    upheld = command.amount_minor > 0
    otherwise = command.otherwise_minor > 0 or (upheld and command.condition is Condition.RETURN)
    return failed if upheld else (), failed if otherwise else ()


def _check_whole(command: Decide, asked: Asked, paid_minor: int) -> None:
    """The outcome's word and its amount must say the same (ruling A61)."""
    amount = command.amount_minor
    fits = {
        Outcome.FULL_REFUND: amount == paid_minor,
        Outcome.PARTIAL_REFUND: 0 < amount < paid_minor,
        Outcome.FOR_SUPPLIER: amount == 0,
    }[command.outcome]
    performed = command.condition is Condition.PERFORM
    refuse_if(
        not fits and not performed,
        Code.OUTCOME_NOT_WHOLE,
        amount_minor=amount,
        paid_minor=paid_minor,
    )
    undated = command.until is None or command.until <= asked.now
    refuse_if(performed and undated, Code.OUTCOME_NOT_WHOLE)
    check_ahead(asked.now, command.until)


def appeal(order: Order, command: Appeal, asked: Asked) -> tuple[OrderEvent, ...]:
    """One appeal round per case, for new evidence or a rule misapplied, within its days (ruling A56)."""
    dispute = running(order)
    refuse_if(asked.party in dispute.appealed_by, Code.ALREADY_APPEALED)
    refuse_if(dispute.status is DisputeStatus.FINAL, Code.APPEAL_TOO_LATE)
    stages = {DisputeStatus.DECIDED, DisputeStatus.APPEALED}
    refuse_if(dispute.status not in stages, Code.WRONG_STAGE, stage=dispute.status)
    assert dispute.appeal_until is not None
    refuse_if(asked.now > dispute.appeal_until, Code.APPEAL_TOO_LATE)
    unnamed = command.ground not in APPEAL_GROUNDS or not command.reason_hash
    refuse_if(unnamed, Code.APPEAL_GROUND_MISSING)
    return (
        DecisionAppealed(
            at=asked.now,
            by=asked.party,
            ground=command.ground,
            reason_hash=command.reason_hash,
            mediator_until=in_business_days(
                order,
                asked.now,
                asked.policy.clocks.mediator_named_business_days,
                asked.policy,
            ),
        ),
    )
