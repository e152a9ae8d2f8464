"""What the clocks of the goods do."""

from __future__ import annotations

from msgspec import UNSET

from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Story, in_business_days, in_days
from fairlot.domain.order.clocks.clock import Clock
from fairlot.domain.order.decisions.hearing import add_overdue_clock
from fairlot.domain.order.decisions.mediation import HEARD
from fairlot.domain.order.events import (
    ClaimWindowWarned,
    CountedDelivered,
    DisputeInspectionAsked,
    InspectionLapsed,
    MissingCancelled,
    OrderCancelled,
    OrderClosed,
    ReworkRequested,
    ShipmentFellDue,
    ShipmentReminded,
    ShipmentUnproven,
)
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.claim_windows import claim_until_when_counted
from fairlot.domain.order.rules.given_back import price_left_minor
from fairlot.domain.order.rules.inspection_fees import fees_of_failed, fees_of_failed_on
from fairlot.domain.order.rules.settlement import (
    add_completed,
    add_part_release,
    add_suspense_returns,
    add_undisputed_release,
)
from fairlot.domain.order.rules.supplier_fees import add_charged_fees
from fairlot.domain.order.rules.waterfall import add_found_due, add_refund
from fairlot.domain.order.standing import net_paid_minor, terms_of, unpaid_minor
from fairlot.domain.order.state import open_dispute
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import Policy


def shipment_reminder_effect(story: Story, clock: Clock, policy: Policy) -> None:
    assert story.order.shipment_until is not None
    days = (story.order.shipment_until - clock.due_at).days
    assert days in policy.clocks.shipment_reminder_days
    story.add(ShipmentReminded(at=clock.due_at, days=days))


def shipment_due_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ShipmentFellDue(at=clock.due_at))


def never_shipped_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """Cancel what never left and give back what is left of its price; with nothing shipped the order ends (A45)."""
    at = clock.due_at
    missing = quantities.missing(story.order)
    if quantities.dispatched(story.order):
        price_minor = price_left_minor(story.order, missing)
        # What was not paid yet is not paid for what never left; only what is more than that goes back.
        owed = story.order.credit is None
        not_asked_minor = min(price_minor, unpaid_minor(story.order)) if owed else 0
        amount_minor = price_minor - not_asked_minor
        story.add(
            MissingCancelled(
                at=at,
                quantities=missing,
                amount_minor=amount_minor,
                not_asked_minor=not_asked_minor or UNSET,
            )
        )
        add_found_due(
            story,
            cause="missing",
            amount_minor=amount_minor,
            at=at,
            policy=policy,
            inspection_ids=fees_of_failed_on(story.order, missing),
        )
        add_balance(story, at=at, policy=policy)
        return
    story.add(OrderCancelled(at=at, reason="never_shipped"))
    paid_minor = net_paid_minor(story.order)
    add_refund(
        story,
        cause="never_shipped",
        price_minor=paid_minor,
        at=at,
        policy=policy,
        inspection_ids=fees_of_failed(story.order),
    )
    add_charged_fees(story, at=at)
    add_suspense_returns(story, at=at, policy=policy)


def movement_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ShipmentUnproven(at=clock.due_at, shipment_id=clock.subject))


def arrival_effect(story: Story, clock: Clock, policy: Policy) -> None:
    shipment = next(s for s in story.order.shipments if s.id == clock.subject)
    until = claim_until_when_counted(story.order, shipment, counted_at=clock.due_at, policy=policy)
    story.add(CountedDelivered(at=clock.due_at, shipment_id=clock.subject, claim_until=until))


def claim_warning_effect(story: Story, clock: Clock, _: Policy) -> None:
    shipment = next(s for s in story.order.shipments if s.id == clock.subject)
    assert shipment.claim_until is not None
    days = (shipment.claim_until - clock.due_at).days
    story.add(ClaimWindowWarned(at=clock.due_at, shipment_id=clock.subject, days=days))


def claim_window_effect(story: Story, clock: Clock, _: Policy) -> None:
    """Release what is held and complete the order; a clock that names a shipment releases its price alone."""
    if clock.subject:
        add_part_release(story, clock.subject, at=clock.due_at)
        return
    add_completed(story, cause="claim_window", at=clock.due_at)


def undisputed_effect(story: Story, clock: Clock, policy: Policy) -> None:
    """Release what no open claim names; the order goes on with the rest (ruling A60)."""
    add_undisputed_release(story, shipment_id=clock.subject, at=clock.due_at, policy=policy)


def closing_effect(story: Story, clock: Clock, policy: Policy) -> None:
    story.add(OrderClosed(at=clock.due_at))
    add_suspense_returns(story, at=clock.due_at, policy=policy)


def inspection_report_effect(story: Story, clock: Clock, policy: Policy) -> None:
    inspection = next(i for i in story.order.inspections if i.id == clock.subject)
    order = story.order
    days = policy.clocks.refund_sent_business_days
    story.add(
        InspectionLapsed(
            at=clock.due_at,
            inspection_id=inspection.id,
            refund_id=refund_id_for(order),
            fee_minor=inspection.fee_minor,
            currency=terms_of(order).currency,
            due_at=in_business_days(order, clock.due_at, days, policy),
            advanced_by=UNSET if inspection.advanced_by is Party.BUYER else inspection.advanced_by,
        )
    )
    add_balance(story, at=clock.due_at, policy=policy)
    if inspection.ordered:
        _add_next_company(story, clock, policy)


def _add_next_company(story: Story, clock: Clock, policy: Policy) -> None:
    """A company that failed a case gives way to another, up to the policy's number; then the case goes on (A55)."""
    dispute = open_dispute(story.order)
    lengths = policy.clocks
    if dispute is None or dispute.status not in HEARD:
        return
    if (
        dispute.inspection_until is None
        and dispute.inspections_asked < lengths.inspection_companies_max
    ):
        until = in_days(clock.due_at, lengths.inspection_booking_days)
        story.add(DisputeInspectionAsked(at=clock.due_at, by_mediator=False, book_until=until))
    else:
        add_overdue_clock(story, at=clock.due_at, policy=policy)


def lot_choice_effect(story: Story, clock: Clock, _: Policy) -> None:
    story.add(ReworkRequested(at=clock.due_at, by_silence=True))
