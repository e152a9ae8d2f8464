"""Keeps what each order knows of its buyer's card in step with what the buyer owes on any order (ruling A76).

The debt stands on the order of the chargeback; the others only note since when the card is blocked, as an event of
their own, so that whoever reads one order's story sees by what it was decided.
"""

from __future__ import annotations

import datetime as dt

from fairlot.application.desk import Desk, derived_id
from fairlot.application.outcome import Unavailable
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order.commands import RecordCardBlock
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import OPEN_STATUSES
from fairlot.store.streams import order_ids_of_buyer, order_ids_with_postings

# The buyer's debts would have to change again each time between two looks.
LOOKS_MAX = 5


def align_cards(order_id: str, *, desk: Desk) -> None:
    """Make every agreed order of an order's buyer know whether the buyer's card is blocked now. Raises Unavailable."""
    buyer_id = desk.read_order(order_id).order.buyer_id
    with desk.connect() as connection:
        order_ids = order_ids_of_buyer(connection, buyer_id, statuses=OPEN_STATUSES)
    for one in order_ids:
        align_card(one, desk=desk)


def align_card(order_id: str, *, desk: Desk) -> None:
    """Make one order know whether its buyer's card is blocked now.

    Looks again after every change, so that an older look never has the last word. Raises Unavailable.
    """
    for _ in range(LOOKS_MAX):
        story = desk.read_order(order_id)
        since = blocked_since(story.order.buyer_id, desk=desk)
        if since == story.order.card_blocked_at:
            return
        shown = "" if since is None else since.isoformat()
        command_id = derived_id("card", order_id, str(len(story.events)), shown)
        command = RecordCardBlock(since=since)
        outcome = desk.ask_order(order_id, command, command_id=command_id)
        assert outcome.is_done or outcome.code is Code.CARD_BLOCK_STANDS, outcome
    raise Unavailable(f"what the buyer of {order_id} owes keeps changing", is_unknown=False)


def blocked_since(buyer_id: str, *, desk: Desk) -> dt.datetime | None:
    """Return since when a buyer owes money that it got twice, on whichever order, or None if it owes none."""
    with desk.connect() as connection:
        account = Account.BUYER_RECEIVABLE.value
        order_ids = order_ids_with_postings(connection, buyer_id, account=account)
    owing = (desk.read_order(order_id).order.paid_twice_at for order_id in order_ids)
    return min((since for since in owing if since is not None), default=None)
