"""What an order would be covered for if the version on the table were accepted now, shown before anybody agrees (R4)."""

from __future__ import annotations

import msgspec

from fairlot.application.queries.order_view import OrderView
from fairlot.application.queries.supplier_profile import cover_if_agreed
from fairlot.domain.money import amount_text
from fairlot.domain.order.state import Order, Status
from fairlot.writing_room import writing_room


class IfAgreed(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts as the page writes them; `named` is what the version asks for, where less than that is free."""

    total: str
    covered: str
    uncovered: str
    named: str


def if_agreed_panel(order: OrderView) -> IfAgreed | None:
    """Return what an order's page shows of the cover to be had, or None where no first version waits."""
    if order.status is not Status.PROPOSED:
        return None
    return if_agreed(writing_room().desk.read_order(order.order_id).order)


def if_agreed(order: Order) -> IfAgreed | None:
    """Return the cover to be had for the first version that waits, recorded or only tried."""
    found = cover_if_agreed(order, desk=writing_room().desk)
    if found is None or order.proposal is None:
        return None
    asked_minor = order.proposal.terms.covered_minor

    def told(amount_minor: int) -> str:
        return amount_text(amount_minor, found.currency) if amount_minor > 0 else ""

    return IfAgreed(
        total=amount_text(found.amount_minor, found.currency),
        covered=amount_text(found.covered_minor, found.currency),
        uncovered=told(found.uncovered_minor),
        named=told(asked_minor) if asked_minor > found.covered_minor else "",
    )
