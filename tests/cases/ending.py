"""How a story ends when nobody acts any more: only the provider and the clocks go on until the money has left."""

from __future__ import annotations

from fairlot.domain.order.state import Inspection, Order, is_suspended, open_dispute
from tests.cases.story import Story

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
            or any(_fee_waits(inspection) for inspection in order.inspections)
            or is_suspended(order)
            or open_dispute(order) is not None
        )
        and not _may_still_be_paid(order)
    )


def _fee_waits(inspection: Inspection) -> bool:
    """Say whether a fee that was advanced has gone neither to the inspector nor back."""
    gone = inspection.paid or inspection.lapsed
    return inspection.fee_minor > 0 and not gone


def _may_still_be_paid(order: Order) -> bool:
    """Before anything was paid an order waits for it; after its end, or once it is fulfilled, it does not."""
    return order.status.value in {"agreed", "in_production", "shipped", "delivered"}


def run_to_the_end(story: Story) -> None:
    """Let the provider answer and the clocks run until the money has left, or until no clock runs."""
    for _ in range(TURNS_MAX):
        let_provider_act(story)
        if money_has_left(story.order) or not story.run_clocks():
            story.waiting.run_out()
            let_provider_act(story)
            return
    raise AssertionError("the order does not come to an end")


def let_provider_act(story: Story) -> None:
    """Have the worker perform what waits and the provider do what it was told, until both have nothing left."""
    for _ in range(TURNS_MAX):
        story.run_worker()
        story.supplier.confirm_payouts()
        story.let_the_bank_honour()
        if not story.supplier.confirm_to_others(story.desk.order_id):
            return
        story.desk.forget()
    raise AssertionError("the provider does not come to rest")
