"""What the clocks of disputes, refusals and returns do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Story, in_business_days, in_days
from fairlot.domain.order.case import decision_by_rule
from fairlot.domain.order.clocks.clock import Clock
from fairlot.domain.order.decisions.hearing import add_overdue_clock
from fairlot.domain.order.decisions.returned import add_judgement, add_return_refund
from fairlot.domain.order.events import (
    AnswerLapsed,
    DecisionFinal,
    DecisionMade,
    DisputeEscalated,
    DisputeExecuted,
    DisputeInspectionLapsed,
    DisputeOpened,
    EvidenceRoundClosed,
    MediatorNamed,
    MissingCancelled,
    PlatformBreached,
    RefusalDecided,
    RefusalLapsed,
    ReturnArrived,
    ReturnLapsed,
    SettlementLapsed,
)
from fairlot.domain.order.ids import dispute_id_for
from fairlot.domain.order.rules.given_back import price_left_minor, shares_of_amount
from fairlot.domain.order.rules.inspection_fees import fees_of_failed
from fairlot.domain.order.rules.settlement import (
    add_execution,
    add_fulfilled,
    add_money,
    end_if_over,
)
from fairlot.domain.order.rules.waterfall import add_found_due
from fairlot.domain.order.state import Decision, DisputeCause, DisputeStatus, OfferKind
from fairlot.domain.policy.model import Policy

# Who hears a case when the platform named nobody in time.
SUPERVISOR_ID = "supervisor"

Effect = Callable[[Story, Clock, Policy], None]


def platform_case_effect(cause: DisputeCause) -> Effect:
    """A duty of the buyer that stands still goes to mediation by itself (rulings A36, A65)."""

    def effect(story: Story, clock: Clock, policy: Policy) -> None:
        order = story.order
        days = policy.clocks.mediator_named_business_days
        story.add(
            DisputeOpened(
                at=clock.due_at,
                dispute_id=dispute_id_for(order),
                cause=cause,
                claims=(),
                mediator_until=in_business_days(order, clock.due_at, days, policy),
                by_itself=True,
            )
        )

    return effect


def answer_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(AnswerLapsed(at=clock.due_at))


def negotiation_effect(story: Story, clock: Clock, policy: Policy) -> None:
    days = policy.clocks.mediator_named_business_days
    until = in_business_days(story.order, clock.due_at, days, policy)
    story.add(DisputeEscalated(at=clock.due_at, mediator_until=until, by_itself=True))


def mediator_effect(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    story.add(
        MediatorNamed(
            at=clock.due_at,
            mediator_id=SUPERVISOR_ID,
            supervisor=True,
            evidence_until=in_days(clock.due_at, policy.clocks.evidence_round_days),
        )
    )


def evidence_effect(story: Story, clock: Clock, policy: Policy) -> None:
    lengths = policy.clocks
    order = story.order
    story.add(
        EvidenceRoundClosed(
            at=clock.due_at,
            decision_until=in_business_days(
                order, clock.due_at, lengths.decision_business_days, policy
            ),
            rule_at=in_business_days(
                order, clock.due_at, lengths.decision_by_rule_business_days, policy
            ),
        )
    )


def inspection_booking_effect(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(DisputeInspectionLapsed(at=clock.due_at))
    add_overdue_clock(story, at=clock.due_at, policy=policy)


def decision_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))


def decision_by_rule_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """The rules decide for a silent platform; an appeal not decided in time confirms the decision."""
    dispute = story.order.dispute
    assert dispute is not None
    if dispute.status is DisputeStatus.APPEALED:
        assert dispute.decision is not None
        story.add(PlatformBreached(at=clock.due_at, clock="appeal_decision", due_at=clock.due_at))
        _make_final(story, dispute.decision, clock.due_at, policy, by_lapse=True)
        return
    decision = decision_by_rule(story.order, now=clock.due_at, policy=policy)
    until = in_days(clock.due_at, policy.clocks.appeal_days)
    story.add(DecisionMade(at=clock.due_at, decision=decision, appeal_until=until))


def appeal_effect(story: Story, clock: Clock, policy: Policy) -> None:
    assert story.order.dispute is not None
    assert story.order.dispute.decision is not None
    _make_final(story, story.order.dispute.decision, clock.due_at, policy, by_lapse=False)


def _make_final(
    story: Story, decision: Decision, at: dt.datetime, policy: Policy, *, by_lapse: bool
) -> None:
    story.add(DecisionFinal(at=at, decision=decision, by_lapse=by_lapse))
    add_execution(story, at=at, policy=policy)


def condition_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """What was settled or ordered is due: a settlement revives its dispute, a performance order pays out."""
    at = clock.due_at
    dispute = story.order.dispute
    assert dispute is not None
    if dispute.status is DisputeStatus.SETTLED_ON_CONDITION:
        offer = dispute.settled_offer
        assert offer is not None
        if offer.kind is OfferKind.EXTENSION and quantities.all_dispatched(story.order):
            add_fulfilled(story, at=at, policy=policy)
            return
        days = policy.clocks.mediator_named_business_days
        until = in_business_days(story.order, at, days, policy)
        story.add(SettlementLapsed(at=at, mediator_until=until))
        _keep_mediator(story, at=at, policy=policy)
        return
    assert dispute.decision is not None
    story.add(DisputeExecuted(at=at, settled=False))
    if quantities.all_dispatched(story.order):
        add_money(story, dispute, dispute.decision, at=at, policy=policy)
        return
    cancelled_minor = _cancel_unperformed(story, dispute.decision, at=at)
    ids = (*dispute.decision.otherwise_inspection_ids, *fees_of_failed(story.order))
    amount_minor = dispute.decision.otherwise_minor
    add_found_due(
        story,
        cause="decision",
        amount_minor=amount_minor,
        at=at,
        policy=policy,
        inspection_ids=ids,
        shares=shares_of_amount(story.order, dispute, amount_minor - cancelled_minor),
    )
    end_if_over(story, at=at, policy=policy)


def _cancel_unperformed(story: Story, decision: Decision, *, at: dt.datetime) -> int:
    """What was to be made and did not leave is paid back, so it is not waited for any more (rulings A45, A61).

    Returns what of the decision's amount that takes.
    """
    missing = quantities.missing(story.order)
    amount_minor = price_left_minor(story.order, missing)
    if decision.otherwise_minor < amount_minor:
        return 0
    story.add(MissingCancelled(at=at, quantities=missing, amount_minor=amount_minor))
    return amount_minor


def _keep_mediator(story: Story, *, at: dt.datetime, policy: Policy) -> None:
    """Who heard a case before it was settled keeps it, and hears what became of the settlement (R43)."""
    dispute = story.order.dispute
    assert dispute is not None
    if dispute.mediator_id:
        story.add(
            MediatorNamed(
                at=at,
                mediator_id=dispute.mediator_id,
                supervisor=dispute.mediator_id == SUPERVISOR_ID,
                evidence_until=in_days(at, policy.clocks.evidence_round_days),
            )
        )


def return_sent_effect(story: Story, clock: Clock, policy: Policy) -> None:
    goods_return = story.order.goods_return
    assert goods_return is not None
    at = clock.due_at
    story.add(ReturnLapsed(at=at))
    add_return_refund(
        story,
        cause="return_not_sent",
        amount_minor=goods_return.otherwise_minor,
        inspection_ids=goods_return.otherwise_inspection_ids,
        at=at,
        policy=policy,
    )


def return_arrival_effect(story: Story, clock: Clock, policy: Policy) -> None:
    until = in_days(clock.due_at, policy.clocks.return_judged_days)
    story.add(ReturnArrived(at=clock.due_at, counted=True, judge_until=until))


def return_judged_effect(story: Story, clock: Clock, policy: Policy) -> None:
    add_judgement(story, at=clock.due_at, policy=policy, by_lapse=True)


def return_decided_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """A mediator that does not decide leaves it to the reports, and the breach is published."""
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    add_judgement(story, at=clock.due_at, policy=policy, by_lapse=True)


def refusal_appeal_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(RefusalLapsed(at=clock.due_at, refusal_id=clock.subject))


def refusal_decision_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(PlatformBreached(at=clock.due_at, clock=clock.kind, due_at=clock.due_at))
    story.add(
        RefusalDecided(at=clock.due_at, refusal_id=clock.subject, admitted=False, by_lapse=True)
    )
