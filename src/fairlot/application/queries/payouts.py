"""What became of the money that an order released: which payout carries it, and whether the bank has confirmed it."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.application.desk import Desk, account_id_for
from fairlot.domain.payout.events import PayoutConfirmed
from fairlot.domain.payout.state import PayoutStatus


class OrderPayout(msgspec.Struct, frozen=True, kw_only=True):
    """A payout that carries money of an order: the order's part, and when the bank confirmed that it left."""

    account_id: str
    payout_id: str
    amount_minor: int
    currency: str
    status: PayoutStatus
    confirmed_at: dt.datetime | None = None


def payouts_of_order(order_id: str, *, desk: Desk) -> tuple[OrderPayout, ...]:
    """Return the payouts with money of an order, the finished ones first; for the platform, which sees both sides."""
    order = desk.read_order(order_id).order
    if order.terms is None:
        return ()
    account_id = account_id_for(order.supplier_id, order.terms.currency)
    account, events = desk.read_account(account_id)
    confirmed = {e.payout_id: e.at for e in events if isinstance(e, PayoutConfirmed)}
    return tuple(
        OrderPayout(
            account_id=account_id,
            payout_id=payout.id,
            amount_minor=sum(p.amount_minor for p in payout.parts if p.order_id == order_id),
            currency=account.currency,
            status=payout.status,
            confirmed_at=confirmed.get(payout.id),
        )
        for payout in (*account.finished_payouts, *account.open_payouts)
        if any(part.order_id == order_id for part in payout.parts)
    )
