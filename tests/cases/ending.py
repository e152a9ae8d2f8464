"""How a story ends when nobody acts any more: only the provider and the clocks go on until the money has left."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Order, Seeking, is_suspended, open_dispute
from tests.cases.story import PROVIDER, Story

# Each turn ends a clock or moves money; an order has far fewer of both.
TURNS_MAX = 500


def money_has_left(order: Order) -> bool:
    """Say whether nothing is held, sought, suspended or due to anybody, and nothing open could still move it."""
    return order.terms is None or (
        not (
            order.funds.held_minor
            or order.refunds
            or order.seeking
            or order.suspense
            or is_suspended(order)
            or open_dispute(order) is not None
        )
        and not _may_still_be_paid(order)
    )


def _may_still_be_paid(order: Order) -> bool:
    """Before anything was paid an order waits for it; after its end, or once it is fulfilled, it does not."""
    return order.status.value in {"agreed", "in_production", "shipped", "delivered"}


def run_to_the_end(story: Story) -> None:
    """Let the provider answer and the clocks run until the money has left, or until no clock runs."""
    for _ in range(TURNS_MAX):
        let_provider_act(story)
        if money_has_left(story.order) or not story.run_clocks():
            let_provider_act(story)
            return
    raise AssertionError("the order does not come to an end")


def let_provider_act(story: Story) -> None:
    """Have the provider do what it was told: answer set-offs, send refunds, pay inspectors."""
    story.desk.run_worker()
    order = story.order
    for seeking in order.seeking:
        command = c.RecordSetOff(refund_id=seeking.refund_id, taken_minor=_taken(story, seeking))
        story.ask(PROVIDER, command).unwrap()
    for refund in story.order.refunds:
        due = refund.amount_minor - refund.confirmed_minor
        if due > 0:
            story.ask(
                PROVIDER, c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=due)
            ).unwrap()
    for inspection in story.order.inspections:
        if inspection.report is not None and not inspection.paid and inspection.fee_minor:
            story.ask(PROVIDER, c.RecordInspectorPaid(inspection_id=inspection.id)).unwrap()


def _taken(story: Story, seeking: Seeking) -> int:
    """Take from what the supplier is owed and has not been paid: of this order first, then of others (ruling A21)."""
    due = seeking.price_minor + seeking.fee_minor - seeking.from_supplier_minor
    own = 0
    if story.payouts_are_told:
        own = max(
            0, story.order.funds.released_minor - story.paid_out_minor - story.own_taken_minor
        )
    from_own = min(due, own)
    story.own_taken_minor += from_own
    from_others = min(due - from_own, story.other_payables_minor)
    story.other_payables_minor -= from_others
    story.others_taken_minor += from_others
    return from_own + from_others
