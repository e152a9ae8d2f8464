"""Inspection fees that come back to the buyer who advanced them: on top of the cover, each once (ruling A22)."""

from __future__ import annotations

from collections.abc import Iterable

from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Inspection, Order, Verdict
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Policy


def failed_and_unreturned(order: Order) -> tuple[Inspection, ...]:
    """Return the buyer's inspections that failed and whose fee has not come back (ruling A22)."""
    return tuple(
        i
        for i in order.inspections
        if i.report is not None
        and i.report.verdict is Verdict.FAILED
        and not i.fee_returned
        and i.advanced_by is Party.BUYER
        and i.fee_minor > 0
    )


def fees_of_failed(order: Order) -> tuple[str, ...]:
    """Return the ids of the inspections whose fee comes back when the order is cancelled (ruling A22)."""
    return tuple(inspection.id for inspection in failed_and_unreturned(order))


def fees_of_failed_on(order: Order, lines: Iterable[int]) -> tuple[str, ...]:
    """Return the ids of the failed inspections of lots that hold any of the lines."""
    wanted = set(lines)
    return tuple(
        inspection.id
        for inspection in failed_and_unreturned(order)
        if inspection.report is not None
        and (inspection.report.line is None or inspection.report.line in wanted)
    )


def returnable_fee_minor(inspection: Inspection, currency: str, policy: Policy) -> int:
    """Return what comes back of one inspection's fee: all of it, the policy's most, or nothing if the buyer bears it."""
    if policy.inspection.fee_borne_by_when_upheld is Role.BUYER:
        return 0
    most = policy.inspection.fee_returned_minor_max.get(currency)
    return inspection.fee_minor if most is None else min(most, inspection.fee_minor)


def fees_minor(order: Order, inspection_ids: Iterable[str], policy: Policy) -> int:
    """Return what comes back of the fees of some inspections."""
    currency = terms_of(order).currency
    wanted = set(inspection_ids)
    return sum(
        returnable_fee_minor(inspection, currency, policy)
        for inspection in failed_and_unreturned(order)
        if inspection.id in wanted
    )
