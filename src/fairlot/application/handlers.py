"""One handler per topic: each performs its message by commands whose ids follow from it, so that twice is as good as once.

A handler reads what stands now before it acts, for a message may come late. A refusal that it does not expect is raised:
the message stays, and a person looks.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any

from fairlot.application import agreement
from fairlot.application.cards import align_card, align_cards
from fairlot.application.cover import align_cover
from fairlot.application.desk import Desk, derived_id
from fairlot.application.effects import Handler
from fairlot.application.money import suspense
from fairlot.application.money.transfers import (
    TRANSFER_RAIL,
    confirmation_id,
    payout_transfer,
    send,
)
from fairlot.application.outcome import Outcome, Unavailable
from fairlot.application.supplier.screening import Occasion, refuse_listed
from fairlot.application.supplier.supplier_standing import suspend
from fairlot.application.supplier.suppliers import prepared_account
from fairlot.application.topics import Topic
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as order
from fairlot.domain.order.events import SetOffCameLate
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order, PaymentStatus
from fairlot.domain.payout import commands as payout
from fairlot.domain.payout.events import RecoveryTaken, SetOffTaken
from fairlot.domain.payout.state import find_payout
from fairlot.providers.outward import Notification, Payee, Transfer
from fairlot.store.outbox import OutboxMessage
from fairlot.store.streams import posted_by_part

# Who decides what follows from a debt that nobody pays.
THE_DEBT = "debt"


def handlers_for(desk: Desk) -> Mapping[str, Handler]:
    """Return the handler of every topic."""
    return {topic.value: functools.partial(handle, desk) for topic, handle in HANDLERS.items()}


def credit_payable(desk: Desk, message: OutboxMessage) -> None:
    """What an order released is credited to its supplier."""
    place, data = message.place, message.data
    state = desk.read_order(place.aggregate_id).order
    assert state.terms is not None, "an order that releases money is agreed"
    account_id = prepared_account(state.supplier_id, data["currency"], key=place.key, desk=desk)
    command = payout.CreditPayable(
        order_id=place.aggregate_id,
        source_seq=place.seq,
        amount_minor=data["amount_minor"],
        zone=state.terms.zone,
    )
    desk.ask_account(account_id, command, command_id=derived_id(place.key, "credit")).unwrap()


def set_off(desk: Desk, message: OutboxMessage) -> None:
    """Take what the supplier is owed elsewhere, tell the refund, and give back what it did not need."""
    place, data = message.place, message.data
    refund_id = data["refund_id"]
    supplier_id = desk.read_order(place.aggregate_id).order.supplier_id
    account_id = prepared_account(supplier_id, data["currency"], key=place.key, desk=desk)
    take = payout.TakeSetOff(
        order_id=place.aggregate_id, refund_id=refund_id, amount_minor_max=data["amount_minor"]
    )
    taken = desk.ask_account(account_id, take, command_id=derived_id(place.key, "take")).unwrap()
    (event,) = taken
    assert isinstance(event, SetOffTaken)
    used_minor = _tell_set_off(desk, message, refund_id, event.amount_minor)
    if used_minor < event.amount_minor:
        back = payout.ReturnSetOff(
            order_id=place.aggregate_id,
            refund_id=refund_id,
            amount_minor=event.amount_minor - used_minor,
        )
        desk.ask_account(account_id, back, command_id=derived_id(place.key, "return")).unwrap()


def _tell_set_off(desk: Desk, message: OutboxMessage, refund_id: str, taken_minor: int) -> int:
    """Tell the refund what was taken and return what it used: all, what it still lacked, or nothing if it was funded."""
    place = message.place

    def tell(amount_minor: int, step: str) -> Outcome:
        command = order.RecordSetOff(refund_id=refund_id, taken_minor=amount_minor)
        command_id = derived_id(place.key, step)
        return desk.ask_order(place.aggregate_id, command, command_id=command_id)

    outcome = tell(taken_minor, "set off")
    if outcome.is_done:
        return taken_minor
    if outcome.code is Code.MORE_THAN_DUE:
        # The supplier paid part of it in meanwhile.
        lacking_minor = int(outcome.facts["due_minor"])
        outcome = tell(lacking_minor, "set off less")
        if outcome.is_done:
            return lacking_minor
    assert outcome.code in {Code.UNKNOWN_REFERENCE, Code.MORE_THAN_DUE}, outcome
    return 0


def raise_receivable(desk: Desk, message: OutboxMessage) -> None:
    """The supplier owes what somebody paid in its place, by the clocks of the order's own policy.

    Where the fund paid for want of an answer, the answer comes first: what it gives is owed no more.
    """
    place, data = message.place, message.data
    story = desk.read_order(place.aggregate_id)
    state = story.order
    if any(late.seeking.refund_id == data["refund_id"] for late in state.unanswered):
        raise Unavailable("a set-off is still to be answered", is_unknown=False)
    late = [
        event
        for event in story.events
        if isinstance(event, SetOffCameLate) and event.refund_id == data["refund_id"]
    ]
    fund_minor = data["fund_minor"] - sum(event.to_fund_minor for event in late)
    uncovered_minor = data["uncovered_minor"] - sum(event.to_buyer_minor for event in late)
    cost_minor = data.get("cost_minor", 0)
    if fund_minor + uncovered_minor + cost_minor == 0:
        return
    clocks = desk.orders.policy_of(state).clocks
    account_id = prepared_account(state.supplier_id, data["currency"], key=place.key, desk=desk)
    command = payout.RaiseReceivable(
        order_id=place.aggregate_id,
        refund_id=data["refund_id"],
        fund_minor=fund_minor,
        uncovered_minor=uncovered_minor,
        cost_minor=cost_minor,
        reminder_days=clocks.receivable_reminder_days,
        write_off_days=clocks.receivable_write_off_days,
    )
    desk.ask_account(account_id, command, command_id=derived_id(place.key, "raise")).unwrap()


def book_recovery(desk: Desk, message: OutboxMessage) -> None:
    """What a supplier's account gave back is shared out by the order it was owed for."""
    data = message.data
    _book_recovery(
        desk,
        message.place.aggregate_id,
        recovery_id=data["recovery_id"],
        order_id=data["order_id"],
        amount_minor=data["amount_minor"],
    )


def _book_recovery(
    desk: Desk, account_id: str, *, recovery_id: str, order_id: str, amount_minor: int
) -> None:
    name = f"{account_id}-{recovery_id}"
    command = order.RecordRecovery(recovery_id=name, amount_minor=amount_minor)
    desk.ask_order(order_id, command, command_id=derived_id("recovery", name)).unwrap()


def book_write_off(desk: Desk, message: OutboxMessage) -> None:
    """Take out of the books what the order's own postings still show, once all recoveries stand there; then suspend."""
    place, order_id = message.place, message.data["order_id"]
    account, events = desk.read_account(place.aggregate_id)
    for event in events[: place.seq]:
        if isinstance(event, RecoveryTaken) and event.order_id == order_id:
            _book_recovery(
                desk,
                place.aggregate_id,
                recovery_id=event.recovery_id,
                order_id=order_id,
                amount_minor=event.amount_minor,
            )
    with desk.connect() as connection:
        left = posted_by_part(
            connection, desk.orders.family, order_id, Account.SUPPLIER_RECEIVABLE.value
        )
    if sum(left.values()) > 0:
        command = payout.BookWriteOff(order_id=order_id, source_seq=place.seq, amounts_minor=left)
        command_id = derived_id(place.key, "book")
        desk.ask_account(place.aggregate_id, command, command_id=command_id).unwrap()
    suspend(account.company_id, reason="a debt written off", decided_by=THE_DEBT, desk=desk)


def confirm_cover(desk: Desk, message: OutboxMessage) -> None:
    """What was reserved for the acceptance that left this event is the order's."""
    place = message.place
    story = desk.read_order(place.aggregate_id)
    agreement.confirm(
        place.aggregate_id,
        story.command_ids[place.seq - 1],
        supplier_id=story.order.supplier_id,
        desk=desk,
    )
    align_cover(place.aggregate_id, desk=desk)


def realign_cover(desk: Desk, message: OutboxMessage) -> None:
    """The order may need its cover no more, or again; a limit names the order that it asks about."""
    order_id = message.data.get("order_id") or message.place.aggregate_id
    align_cover(order_id, desk=desk)


def align_order_card(desk: Desk, message: OutboxMessage) -> None:
    """An order that was just agreed learns whether its buyer's card is blocked."""
    align_card(message.place.aggregate_id, desk=desk)


def align_all_cards(desk: Desk, message: OutboxMessage) -> None:
    """What a buyer owes on this order has changed: all of its orders learn whether its card is blocked."""
    align_cards(message.place.aggregate_id, desk=desk)


def resolve_reservation(desk: Desk, message: OutboxMessage) -> None:
    """Nobody has said what became of an acceptance: find out."""
    order_id = message.data["order_id"]
    agreement.resolve(
        order_id,
        message.data["acceptance_id"],
        limit_id=message.place.aggregate_id,
        desk=desk,
    )
    align_cover(order_id, desk=desk)


def send_refund(desk: Desk, message: OutboxMessage) -> None:
    """Send the buyer what is still due of this part of its refund; a part that was confirmed is not looked at again."""
    place, data = message.place, message.data
    story = desk.read_order(place.aggregate_id)
    if confirmation_id(place.key) in story.command_ids:
        return
    refund = next((r for r in story.order.refunds if r.id == data["refund_id"]), None)
    due_minor = refund.amount_minor - refund.confirmed_minor if refund is not None else 0
    amount_minor = min(data["amount_minor"], due_minor)
    if amount_minor <= 0:
        return
    send(
        desk,
        Transfer(
            key=place.key,
            payee=Payee.BUYER,
            aggregate_id=place.aggregate_id,
            reference=data["refund_id"],
            amount_minor=amount_minor,
            currency=data["currency"],
            rail=data["rail"] or refund_rail(story.order),
        ),
    )


def refund_rail(state: Order) -> str:
    """Return the way by which most of the money came, which is the way it goes back."""
    by_rail: dict[str, int] = {}
    for paid in state.payments:
        if paid.status is PaymentStatus.RECEIVED:
            by_rail[paid.rail] = by_rail.get(paid.rail, 0) + paid.amount_minor
    return max(by_rail, key=lambda rail: by_rail[rail], default=TRANSFER_RAIL)


def pay_inspector(desk: Desk, message: OutboxMessage) -> None:
    """Pay the company that reported."""
    place = message.place
    state = desk.read_order(place.aggregate_id).order
    inspection = next(i for i in state.inspections if i.id == message.data["inspection_id"])
    if inspection.paid or inspection.fee_minor == 0:
        return
    assert state.terms is not None, "an inspected order is agreed"
    send(
        desk,
        Transfer(
            key=place.key,
            payee=Payee.INSPECTOR,
            aggregate_id=place.aggregate_id,
            reference=inspection.id,
            amount_minor=inspection.fee_minor,
            currency=state.terms.currency,
            rail=TRANSFER_RAIL,
        ),
    )


def send_payout(desk: Desk, message: OutboxMessage) -> None:
    """Send a payout that is still to go, unless its supplier is listed: then the refusal stays and a person looks."""
    account_id, payout_id = message.place.aggregate_id, message.data["payout_id"]
    account, _ = desk.read_account(account_id)
    known = find_payout(account, payout_id)
    if known is not None and known.is_open:
        refuse_listed(
            account.company_id, Occasion.PAYOUT, desk=desk, account_hash=known.account_hash
        )
        send(desk, payout_transfer(account_id, account, known))


def notify(desk: Desk, message: OutboxMessage) -> None:
    """Pass on what somebody has to know."""
    place, data = message.place, message.data
    desk.messenger.tell(
        Notification(
            key=place.key,
            family=place.family,
            aggregate_id=place.aggregate_id,
            seq=place.seq,
            kind=data["kind"],
            recipients=tuple(data["recipients"]),
            at=dt.datetime.fromisoformat(data["at"]),
            facts=data["facts"],
        )
    )


HANDLERS: dict[Topic, Callable[[Desk, OutboxMessage], Any]] = {
    Topic.CREDIT_PAYABLE: credit_payable,
    Topic.SET_OFF: set_off,
    Topic.RAISE_RECEIVABLE: raise_receivable,
    Topic.CONFIRM_COVER: confirm_cover,
    Topic.ALIGN_COVER: realign_cover,
    Topic.ALIGN_CARD: align_order_card,
    Topic.ALIGN_CARDS: align_all_cards,
    Topic.SEND_REFUND: send_refund,
    Topic.PAY_INSPECTOR: pay_inspector,
    Topic.SEND_PAYOUT: send_payout,
    Topic.BOOK_RECOVERY: book_recovery,
    Topic.BOOK_WRITE_OFF: book_write_off,
    Topic.RESOLVE_RESERVATION: resolve_reservation,
    Topic.BOOK_ASSIGNED: suspense.book_assigned,
    Topic.SEND_BACK: suspense.send_money_back,
    Topic.NOTIFY: notify,
}
