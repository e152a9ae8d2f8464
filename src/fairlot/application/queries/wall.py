"""An order for who may not read its money: goods, terms, plan and dates stay; prices, payments, cover and offers go.

Here and not in the interfaces, so that a page and the API show an inspector the same, and neither can forget.
"""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.application.access import READERS, Read
from fairlot.application.queries.money import Statement
from fairlot.application.queries.order_view import OrderView
from fairlot.domain.contract.document import Contract
from fairlot.domain.order.state import Dispute
from fairlot.domain.party import Role
from fairlot.store.conversation_pages import MESSAGE_FILES


def reads_money(role: Role) -> bool:
    """Say whether a role reads what an order costs and who holds what of it."""
    return role in READERS[Read.STATEMENT]


def purposes_behind_wall(role: Role) -> tuple[str, ...]:
    """Return the purposes of files that a role does not see: what was sent in a conversation goes with it."""
    return () if role in READERS[Read.CONVERSATION] else (MESSAGE_FILES,)


def behind_wall(view: OrderView) -> OrderView:
    """Return the order as its viewer may see it: whole, or without anything commercial."""
    if reads_money(view.viewer.role):
        return view
    return replace(
        view,
        total_minor=0,
        covered_minor=0,
        cover_minor=0,
        cover_left_minor=0,
        missing_minor=0,
        lines=tuple(replace(line, unit_price_minor=0) for line in view.lines),
        instalments=(),
        proposal=None,
        dispute=None if view.dispute is None else _without_offers(view.dispute),
        choices=(),
        cover=(),
        foreseen=(),
        ways_to_pay=(),
        statement=Statement(holdings=(), totals=(), bookings=()),
        story=(),
    )


def contract_behind_wall(contract: Contract, role: Role) -> Contract:
    """Return the document for a role: as agreed, or without prices, payments, fees and remedies in money."""
    if reads_money(role):
        return contract
    return replace(
        contract,
        lines=tuple(replace(line, unit_price_minor=0) for line in contract.lines),
        total_minor=0,
        covered_minor=0,
        payments=(),
        late_remedy=None,
        extra_fees=(),
    )


def _without_offers(dispute: Dispute) -> Dispute:
    """Claims stay, for an inspector looks at what they name; what the parties offered and what was decided goes."""
    return replace(dispute, offers=(), decision=None)
