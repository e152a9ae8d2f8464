"""The books: every entry balances, accounts say what the order's state says, unknown rules are refused (programme, 6)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable

import pytest

from fairlot.application.order_aggregate import OrderAggregate
from fairlot.domain.ledger.accounts import CHART, Account, entry
from fairlot.domain.ledger.journal import RULES_VERSION, TEMPLATES, postings_for
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.state import EMPTY, Order
from tests.generated.templates import PAYOUT_EVENTS, SUSPENSE_EVENTS, entries
from tests.support.order_scripts import made_concrete, play, random_script

SCRIPTS = 150


def balances(events: Iterable[OrderEvent]) -> dict[tuple[Account, str], int]:
    found: dict[tuple[Account, str], int] = defaultdict(int)
    for event in events:
        for made in postings_for(event):
            for posting in made.postings:
                found[posting.account, posting.currency] += posting.amount_minor
    return found


def faults(order: Order, events: tuple[OrderEvent, ...]) -> list[str]:
    """Return where the postings and the state of an order say different sums."""
    if order.terms is None:
        return []
    currency = order.terms.currency
    booked = balances(events)
    funds = order.funds
    due = sum(r.amount_minor - r.confirmed_minor for r in order.refunds if r.currency == currency)
    suspended: dict[str, int] = defaultdict(int)
    for item in order.suspense:
        suspended[item.currency] += item.amount_minor
    expected = {
        (Account.HELD, currency): -funds.held_minor,
        (Account.SUPPLIER_RECEIVABLE, currency): funds.receivable_minor,
        (Account.FUND_RECOVERABLE, currency): -funds.receivable_minor,
        (Account.GUARANTEE_FUND, currency): funds.fund_paid_minor,
        (Account.BUYER_RECEIVABLE, currency): funds.buyer_owes_minor,
        **{(Account.SUSPENSE, one): -amount for one, amount in suspended.items()},
    }
    found = [
        f"{account} {one}: booked {booked[account, one]}, the state says {amount}"
        for (account, one), amount in expected.items()
        if booked[account, one] != amount
    ]
    advanced = sum(s.price_minor + s.fee_minor for s in order.seeking if s.chargeback)
    if -booked[Account.DUE_BUYER, currency] != due - advanced:
        found.append(f"due to the buyer: booked {booked[Account.DUE_BUYER, currency]}, due {due}")
    return found


@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_the_books_say_what_the_state_says_after_every_event(seed: int) -> None:
    policy, acts = made_concrete(random_script(random.Random(seed)))
    events = tuple(play(policy, acts, None).events)
    order = EMPTY
    for number, event in enumerate(events, start=1):
        order = evolve(order, event)
        for made in postings_for(event):
            per_currency: dict[str, int] = defaultdict(int)
            for posting in made.postings:
                per_currency[posting.currency] += posting.amount_minor
            assert set(per_currency.values()) <= {0}, event
        if number == len(events):
            assert faults(order, events) == []


def test_a_posting_left_out_is_caught() -> None:
    """The planted fault: the books forget one release."""
    caught = 0
    for seed in range(SCRIPTS):
        policy, acts = made_concrete(random_script(random.Random(seed)))
        events = tuple(play(policy, acts, None).events)
        order = EMPTY
        for event in events:
            order = evolve(order, event)
        fewer = tuple(e for e in events if type(e).__name__ != "FundsReleased")
        caught += fewer != events and bool(faults(order, fewer))
    assert caught > 0


def test_an_entry_out_of_balance_is_never_made() -> None:
    with pytest.raises(AssertionError, match="does not balance"):
        entry("planted", "USD", (Account.BANK, 5), (Account.HELD, -4))


def test_every_account_is_in_the_chart() -> None:
    assert set(CHART) == set(Account)


def test_every_template_stands_in_the_chart() -> None:
    seen = {event for books, event, _ in entries() if books == "an order"}
    assert seen == {event.__name__ for event in TEMPLATES}
    assert len(PAYOUT_EVENTS) + len(SUSPENSE_EVENTS) == len(
        {(books, event) for books, event, _ in entries() if books != "an order"}
    )


def test_unknown_rules_are_refused() -> None:
    """Stored postings are judged by the rules that made them; rules nobody knows judge nothing."""
    aggregate = OrderAggregate({})
    _, event = next(
        (books, one)
        for books, one in (
            (None, event)
            for seed in range(SCRIPTS)
            for event in play(*made_concrete(random_script(random.Random(seed))), None).events
        )
        if postings_for(one)
    )
    assert aggregate.postings_for(event, rules_version=RULES_VERSION) == postings_for(event)
    with pytest.raises(AssertionError, match="no rules 99 are known"):
        aggregate.postings_for(event, rules_version=99)
