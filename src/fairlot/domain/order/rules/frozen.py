"""What an open case keeps of the money that is held: all of it, or the price of the claimed lines and fees (ruling A60).

Which of the two, the edition says. A chargeback, and a case that the platform itself opened, keep everything either way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fairlot.domain.order import quantities
from fairlot.domain.order.rules.given_back import kept_for_others_minor, still_of_shipment_minor
from fairlot.domain.order.rules.inspection_fees import returnable_fee_minor
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import (
    Claim,
    DisputeCause,
    Inspection,
    Order,
    Shipment,
    Verdict,
    is_suspended,
    open_dispute,
)
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import Policy


def undisputed_minor(order: Order, policy: Policy) -> int:
    """Return how much of what is held no open case keeps."""
    held_minor = order.funds.held_minor
    if not is_suspended(order):
        return held_minor
    if _keeps_everything(order, policy):
        return 0
    lines_minor = quantities.lines_price(order, _claimed_lines(order))
    frozen_minor = max(lines_minor, _found_due_minor(order)) + _fees_minor(order, policy)
    return max(0, held_minor - frozen_minor)


def undisputed_of_shipment_minor(order: Order, shipment: Shipment, policy: Policy) -> int:
    """Return how much of a shipment's price no open case keeps and nothing has released yet."""
    claimed = _claimed_lines(order)
    price_minor = still_of_shipment_minor(order, shipment, without=claimed)
    kept_minor = kept_for_others_minor(order, shipment, without=claimed)
    return max(0, min(price_minor, undisputed_minor(order, policy) - kept_minor))


def held_for_minor(order: Order, lines: Collection[int], policy: Policy) -> int:
    """Return how much of what is held stands behind a claim on some lines: not what is kept for others."""
    held_minor = order.funds.held_minor
    if not is_suspended(order) or _keeps_everything(order, policy):
        return held_minor
    others = _claimed_lines(order) - frozenset(lines)
    return max(0, held_minor - quantities.lines_price(order, others))


def _keeps_everything(order: Order, policy: Policy) -> bool:
    if policy.money.freeze_whole_order:
        return True
    dispute = open_dispute(order)
    if dispute is not None and dispute.cause is not DisputeCause.CLAIM:
        return True
    return order.chargeback is not None and order.chargeback.open


def _claims(order: Order) -> Iterator[Claim]:
    """Yield the claims of the open case, of the one whose goods are on the way back, and refused ones that freeze (A57)."""
    dispute = order.dispute
    if dispute is not None and (dispute.is_open or order.goods_return is not None):
        yield from dispute.claims
    for refused in order.refused_claims:
        if refused.freezes and not refused.ended:
            yield refused.claim


def _claimed_lines(order: Order) -> frozenset[int]:
    """Return the lines that claims name; one that names none is about all of them."""
    every = frozenset(line.number for line in terms_of(order).lines)
    named = [frozenset(claim.lines) or every for claim in _claims(order)]
    return frozenset[int]().union(*named)


def _found_due_minor(order: Order) -> int:
    """Return the most that a decision or a return gives the buyer, for an outcome may go beyond the claimed lines."""
    amounts = [0]
    dispute = open_dispute(order)
    if dispute is not None and dispute.decision is not None:
        amounts += [dispute.decision.amount_minor, dispute.decision.otherwise_minor]
    if order.goods_return is not None:
        amounts += [order.goods_return.refund_minor, order.goods_return.otherwise_minor]
    return max(amounts)


def _fees_minor(order: Order, policy: Policy) -> int:
    """Return what inspection fees and a return's costs may come back on top (rulings A22, A69)."""
    currency = terms_of(order).currency
    costs_minor = 0 if order.goods_return is None else order.goods_return.costs_minor
    return costs_minor + sum(
        returnable_fee_minor(inspection, currency, policy)
        for inspection in order.inspections
        if _may_come_back(inspection)
    )


def _may_come_back(inspection: Inspection) -> bool:
    if inspection.advanced_by is not Party.BUYER or inspection.fee_returned or inspection.lapsed:
        return False
    return inspection.report is None or inspection.report.verdict is not Verdict.PASSED
