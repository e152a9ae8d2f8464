"""The templates of entries with their debited and credited, read off the entries that real and sampled events make."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from fairlot.domain.ledger.accounts import Account, Entry
from fairlot.domain.ledger.journal import postings_for as postings_of_order
from fairlot.domain.order import events as o
from fairlot.domain.payout import events as p
from fairlot.domain.payout.journal import postings_for as postings_of_payout
from fairlot.domain.suspense import events as s
from fairlot.domain.suspense.journal import postings_for as postings_of_suspense
from tests.support.golden_events import records

# Records of orders from the plainest on; by then every template of an order was seen (`tests/domain/ledger`).
RECORDS_MAX = 900
AT = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
ORDER = {"at": AT, "order_id": "o", "currency": "USD", "amount_minor": 5}

# Seldom in a record with an amount of their own.
RARE_EVENTS: tuple[o.OrderEvent, ...] = (
    o.ExcessKept(at=AT, refund_id="r", amount_minor=5, currency="USD"),
    o.RefundFunded(
        at=AT,
        refund_id="r",
        currency="USD",
        from_payables_minor=5,
        from_fund_minor=5,
        cover_used_minor=5,
        uncovered_minor=0,
    ),
    o.CancellationUndone(
        at=AT,
        refund_id="r",
        taken_back_minor=5,
        no_longer_sought_minor=0,
        currency="USD",
        payment_until=AT,
    ),
    o.ChargebackCostCharged(at=AT, chargeback_id="cb", amount_minor=5, currency="USD"),
    o.SetOffCameLate(
        at=AT,
        refund_id="r",
        currency="USD",
        to_fund_minor=5,
        to_buyer_minor=5,
        to_platform_minor=5,
        cover_back_minor=5,
        given_up_back_minor=0,
        chargeback=False,
        back_id="b",
        due_at=AT,
    ),
    o.ChargebackCostRecovered(at=AT, recovery_id="v", amount_minor=5, currency="USD"),
)
PAYOUT_EVENTS: tuple[p.PayoutEvent, ...] = (
    p.PayableCredited(source_seq=1, **ORDER),  # type: ignore[arg-type]
    p.SupplierPaidIn(at=AT, paid_in_id="i", rail="wire", amount_minor=5, currency="USD"),
    p.SetOffTaken(refund_id="r", asked_minor=5, **ORDER),  # type: ignore[arg-type]
    p.SetOffReturned(refund_id="r", **ORDER),  # type: ignore[arg-type]
    p.RecoveryTaken(recovery_id="c", **ORDER),  # type: ignore[arg-type]
    p.WriteOffBooked(at=AT, order_id="o", source_seq=1, amounts_minor={"": 5}, currency="USD"),
    p.PayoutConfirmed(at=AT, payout_id="p", amount_minor=5, currency="USD", rail="wire"),
    p.PayoutFailed(
        at=AT,
        payout_id="p",
        amount_minor=5,
        currency="USD",
        rail="wire",
        reason_code="r",
        was_confirmed=True,
        charges_minor=1,
    ),
)
SUSPENSE_EVENTS: tuple[s.SuspenseEvent, ...] = (
    s.TakenIn(
        at=AT,
        amount_minor=5,
        currency="USD",
        rail="wire",
        booked_date=AT.date(),
        booked_at=None,
        why="w",
        entry_hash="h",
        return_at=AT,
    ),
    s.Assigned(at=AT, order_id="o", amount_minor=5, currency="USD", rail="wire"),
    s.AssignmentUndone(
        at=AT,
        order_id="o",
        code="c",
        amount_minor=5,
        currency="USD",
        rail="wire",
        return_at=AT,
    ),
    s.ReturnDecided(at=AT, amount_minor=5, currency="USD", by_clock=False, due_at=AT),
    s.SentBack(at=AT, amount_minor=5, currency="USD", rail="wire"),
)


def entries() -> Iterator[tuple[str, str, Entry]]:
    """Yield whose books, the event and an entry, over every event that is looked at."""
    orders = (event for record in itertools.islice(records(), RECORDS_MAX) for event in record)
    yield from _made("an order", itertools.chain(orders, RARE_EVENTS), postings_of_order)
    yield from _made("a supplier's account", PAYOUT_EVENTS, postings_of_payout)
    yield from _made("unmatched money", SUSPENSE_EVENTS, postings_of_suspense)


def _made(books: str, events: Iterable[Any], postings_for: Any) -> Iterator[tuple[str, str, Entry]]:
    for event in events:
        for entry in postings_for(event):
            yield books, type(event).__name__, entry


def template_rows() -> list[str]:
    """Return one line of the chart per template, in the order of books and names."""
    sides: dict[tuple[str, str, str], tuple[set[Account], set[Account]]] = {}
    for books, event, entry in entries():
        debited, credited = sides.setdefault((books, event, entry.template), (set(), set()))
        for posting in entry.postings:
            (debited if posting.amount_minor > 0 else credited).add(posting.account)
    return [
        f"| {books} | `{event}` | `{template}` | {_named(debited)} | {_named(credited)} |"
        for (books, event, template), (debited, credited) in sorted(sides.items())
    ]


def _named(accounts: set[Account]) -> str:
    return ", ".join(f"`{account.value}`" for account in Account if account in accounts)
