"""Acts of money: what banks and processors report of payments, refunds, payouts and chargebacks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from fairlot.domain.order import commands as c
from fairlot.domain.order.events import PaymentReceived
from fairlot.domain.order.standing import missing_minor
from fairlot.domain.order.state import PaymentStatus
from fairlot.domain.party import Role
from tests.cases.case_file import Act, instant
from tests.cases.story import ONE_SECOND, PROVIDER, NotTranslatedError, Player, Story, text_hash
from tests.cases.vocabulary import CARD_SUCCEEDED, PAYOUT_PAID, plain

CARD = "card"
ABOUT_A_CHARGEBACK = re.compile(r"charge[_ ]?back|dispute")
E_CHECKING = "e-checking"
WIRE = "wire"
NOT_RELEASED = re.compile(r"\bnot (?:yet )?released\b|\bstill held\b", re.IGNORECASE)
CURRENCY_OF_ORDER = re.compile(r"\border O\d+, (?P<currency>[A-Z]{3})\b")


def book_payment(story: Story, act: Act) -> bool:
    """A payment is admitted if some of it counts for the price; what does not count goes back."""
    number = len(story.order.payments) + len(story.order.suspense) + 1
    rail = act.details.get("rail") or story.contract["payment"]["rail"]
    return _book(
        story,
        c.RecordPayment(
            payment_id=f"pay{number}",
            rail=plain(rail),
            amount_minor=act.details["amount"],
            currency=act.details.get("currency") or story.contract["currency"],
            for_all_instalments=_names_all(story, act.details.get("remittance")),
        ),
    )


def _names_all(story: Story, words: Any) -> bool:
    """Say whether a payment names every instalment of the schedule in its words (ruling A13)."""
    schedule = story.contract["payment"]["schedule"]
    told = plain(words or "")
    return len(schedule) > 1 and all(plain(part["name"]) in told for part in schedule)


def _book(story: Story, payment: c.RecordPayment, *, command_id: str = "") -> bool:
    outcome = story.ask(story.actor("provider"), payment, command_id=command_id)
    _owe_what_waits(story)
    return outcome.is_done and any(
        isinstance(event, PaymentReceived) and event.price_minor > 0 for event in outcome.events
    )


def card_event(story: Story, act: Act) -> bool:
    """A processor repeats itself and comes late; each of its messages is a command id of its own."""
    told = plain(act.details["type"])
    if ABOUT_A_CHARGEBACK.search(told):
        _continue_chargeback(story)
        return True
    if told not in CARD_SUCCEEDED:
        return True
    payment = c.RecordPayment(
        payment_id=f"card_{act.details['event']}",
        rail=CARD,
        amount_minor=act.details["amount"],
        currency=story.contract["currency"],
    )
    _book(story, payment, command_id=f"cmd_card_{act.details['event']}")
    return True


def _continue_chargeback(story: Story) -> None:
    """A message about a chargeback that is open says that the bank is still at work (ruling A73)."""
    chargeback = story.order.chargeback
    if chargeback is not None and chargeback.open:
        story.ask(PROVIDER, c.RecordChargebackMessage(chargeback_id=chargeback.id))


def consent_to_fee(story: Story, act: Act) -> bool | None:
    rail = plain(act.details.get("rail") or story.contract["payment"]["rail"])
    story.ask(story.actor(act.by), c.ConsentToFee(rail=rail))
    return None


def statement(story: Story, act: Act) -> bool:
    """Entries of a bank's statement that name the order are its payments; what names none waits in suspense."""
    entries = act.details["entries"]
    if not isinstance(entries, list):
        raise NotTranslatedError("a statement without a list of entries")
    booked = []
    for entry in entries:
        if story.contract["order"] not in str(entry.get("remittance", "")).split():
            _suspend(story, act, entry)
            booked.append(False)
            continue
        date, booked_at = entry.get("booked"), entry.get("booked_at")
        payment = c.RecordPayment(
            payment_id=f"wire_{entry['ref']}",
            rail=WIRE,
            amount_minor=entry["amount"],
            currency=entry["currency"],
            booked_at=None if booked_at is None else instant(booked_at),
            booked_date=None if date is None else dt.date.fromisoformat(date),
            for_all_instalments=_names_all(story, entry.get("remittance")),
        )
        booked.append(_book(story, payment, command_id=f"cmd_wire_{entry['ref']}"))
    return any(booked)


def _suspend(story: Story, act: Act, entry: Mapping[str, Any]) -> None:
    date = entry.get("booked")
    outcome = story.waiting.take_in(
        str(entry["ref"]),
        entry["amount"],
        entry["currency"],
        act.at.date() if date is None else dt.date.fromisoformat(date),
    )
    if outcome is not None:
        story.keep(outcome)


def bounce(story: Story, act: Act) -> bool | None:
    """The latest e-check came back."""
    standing = [
        payment
        for payment in story.order.payments
        if payment.rail == E_CHECKING and payment.status is PaymentStatus.RECEIVED
    ]
    payment_id = standing[-1].id if standing else "none"
    story.ask(
        PROVIDER,
        c.RecordPaymentReversed(payment_id=payment_id, code=act.details.get("code") or "R01"),
    )
    return None


def open_chargeback(story: Story, act: Act) -> bool | None:
    number = 1 if story.order.chargeback is None else int(story.order.chargeback.id[2:]) + 1
    amount = act.details.get("amount") or sum(
        payment.amount_minor for payment in story.order.payments if payment.rail == CARD
    )
    story.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id=f"cb{number}", amount_minor=amount))
    return None


def win_chargeback(story: Story, act: Act) -> bool | None:
    _end_chargeback(story, won=True)
    return None


def lose_chargeback(story: Story, act: Act) -> bool | None:
    _end_chargeback(story, won=False)
    return None


def _end_chargeback(story: Story, *, won: bool) -> None:
    chargeback = story.order.chargeback
    name = "none" if chargeback is None else chargeback.id
    story.ask(PROVIDER, c.RecordChargebackEnded(chargeback_id=name, won=won))


def confirm_refund(story: Story, act: Act) -> bool:
    """The provider tells an amount that left: of the refunds that were sent, those it pays for."""
    story.run_worker()
    left = act.details.get("amount")
    told = 0
    for transfer in story.supplier.refunds_sent(story.desk.order_id):
        if left is None or transfer.amount_minor <= left - told:
            story.supplier.confirm(transfer)
            told += transfer.amount_minor
    story.desk.forget()
    return told > 0 and left in {None, told}


def payout_confirmed(story: Story, act: Act) -> bool:
    """What left for the supplier is nothing that a refund could still take."""
    del act
    story.supplier.pay_out(story.desk.order_id)
    return True


def payout_event(story: Story, act: Act) -> bool:
    """A processor repeats itself and comes late: only that the money left counts, and once."""
    if plain(act.details.get("type")) in PAYOUT_PAID:
        story.supplier.pay_out(story.desk.order_id)
    return True


def supplier_payable(story: Story, act: Act) -> bool:
    """Another order released money to the supplier, and nothing of it was paid out.

    Where this order's price goes to the supplier at once, it has gone before anything is held back.
    """
    note = str(act.details.get("note") or "")
    if NOT_RELEASED.search(note):
        return True
    named = CURRENCY_OF_ORDER.search(note)
    own = story.contract["currency"]
    currency = act.details.get("currency") or (own if named is None else named["currency"])
    story.payables_waiting.append((act.details["amount"], currency))
    _owe_what_waits(story)
    return True


def _owe_what_waits(story: Story) -> None:
    order = story.order
    if not story.is_held and (order.terms is None or missing_minor(order) > 0):
        return
    if story.payables_waiting and not story.is_held and not story.supplier.holds_payouts:
        story.supplier.pay_out(story.desk.order_id)
        story.supplier.hold_payouts(told=True)
    while story.payables_waiting:
        amount, currency = story.payables_waiting.pop(0)
        story.supplier.owe(f"{story.desk.order_id}_{len(story.events)}", amount, currency)


def supplier_pays_in(story: Story, act: Act) -> bool | None:
    """The supplier pays towards a refund that seeks its money, or what it owes for one that was paid already."""
    if act.details.get("before_the_fund"):
        _wait_until_sought(story)
    else:
        story.run_worker()
    seeking = story.order.seeking
    if seeking:
        due = seeking[-1].price_minor + seeking[-1].fee_minor - seeking[-1].from_supplier_minor
        paid = min(act.details.get("amount") or due, due)
        story.ask(
            PROVIDER, c.RecordSupplierRepaid(refund_id=seeking[-1].refund_id, amount_minor=paid)
        )
        return None
    funds = story.order.funds
    story.supplier.pay_in(
        act.details.get("amount") or funds.receivable_minor + funds.uncovered_minor
    )
    return True


def _wait_until_sought(story: Story) -> None:
    """Let time go by until a refund seeks the supplier's money, and no worker yet ask the fund for it."""
    while not story.order.seeking:
        running = story.desk.clocks()
        if not running:
            raise NotTranslatedError("the supplier pays before the fund, and nothing is sought")
        story.desk.move_to(max(story.desk.now, running[0].due_at + ONE_SECOND))
        if not story.order.seeking:
            story.run_worker()


def cancel(story: Story, act: Act) -> bool | None:
    """The platform may give up an order for its own fault; parties have no such act."""
    if story.actor(act.by).role is not Role.OPERATOR:
        return False
    story.ask(story.actor(act.by), c.CancelByPlatform(reason_hash=text_hash("own fault")))
    return None


ACTS: Mapping[str, Player] = {
    "payment_booked": book_payment,
    "card_event": card_event,
    "consent_to_fee": consent_to_fee,
    "statement": statement,
    "ach_return": bounce,
    "chargeback_opened": open_chargeback,
    "chargeback_won": win_chargeback,
    "chargeback_lost": lose_chargeback,
    "refund_confirmed": confirm_refund,
    "payout_confirmed": payout_confirmed,
    "payout_event": payout_event,
    "supplier_payable": supplier_payable,
    "supplier_pays_in": supplier_pays_in,
    "cancel": cancel,
}
