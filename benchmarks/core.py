"""How fast the pure core is on one core: commands decided and evolved per second, and folding 100 events.

`python -m benchmarks.core [--json]`. One whole trade through a dispute is replayed; medians of several rounds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Order
from fairlot.domain.party import PROVIDER, Actor
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import CoverKind
from tests.exploration.starts import (
    AGREED_AT,
    BUYER,
    SUPPLIER,
    after_payment,
    agreed,
    small_terms,
)
from tests.exploration.worlds import full_payment_choice

ROUNDS = 5
REPEATS = 2_000
FOLDED_EVENTS = 100

TARGETS = {
    "commands_per_second": (40_000, 100_000),
    "commands_with_clocks_per_second": (None, None),
    "fold_100_events_ms": (1.0, 0.5),
}


def script() -> list[tuple[Order, c.OrderCommand, Actor]]:
    """Return orders with one command each, as a trade asks them: updates, payment, shipment, delivery, receipt."""
    policy = shipped_policies()["escrow-2026"]
    start = agreed(policy, small_terms(kind=CoverKind.POST_DELIVERY, split=False))
    paid = after_payment(start, policy, shipped=False, delivered=False)
    gone = after_payment(start, policy, shipped=True, delivered=False)
    there = after_payment(start, policy, shipped=True, delivered=True)
    payment = full_payment_choice()[0]
    pay = payment.act(start)
    assert pay is not None
    update = c.PostProductionUpdate(note_hash="n", percent=40)
    delivery = c.RecordDelivery(shipment_id="S1", document_hash="d")
    return [
        (start, pay, payment.actor),
        (paid, update, SUPPLIER),
        (paid, c.NotifyGoodsReady(), SUPPLIER),
        (gone, delivery, payment.actor),
        (gone, c.ExtendArrival(shipment_id="S1"), BUYER),
        (there, c.ConfirmReceipt(), BUYER),
    ]


def rate(work: Callable[[], int]) -> float:
    """Return pieces of work per second of processor, the median of some rounds; others may use the other cores."""
    rates = []
    for _ in range(ROUNDS):
        started = time.process_time()
        done = work()
        rates.append(done / (time.process_time() - started))
    return statistics.median(rates)


def decide_and_evolve(*, with_clocks: bool) -> int:
    """Decide every command of the script many times and evolve its events."""
    policy = shipped_policies()["escrow-2026"]
    asked = script()
    for _ in range(REPEATS):
        for order, command, actor in asked:
            if with_clocks:
                assert not settle_due(order, now=AGREED_AT, policy=policy)
            for event in decide(order, command, actor=actor, now=AGREED_AT, policy=policy):
                evolve(order, event)
    return REPEATS * len(asked)


def fold_hundred() -> float:
    """Return milliseconds to fold 100 events of one order."""
    policy = shipped_policies()["escrow-2026"]
    start = agreed(policy, small_terms(kind=CoverKind.POST_DELIVERY, split=False))
    there = after_payment(start, policy, shipped=True, delivered=True)
    events: list[OrderEvent] = []
    order = there
    texts: list[tuple[c.OrderCommand, Actor]] = [
        (c.RecordSeizure(wrong_goods=False, notice_hash="n"), PROVIDER),
        (c.RecordPriceDemand(message_hash="m"), SUPPLIER),
        (c.GrantMandate(agent_id="a", rights=()), BUYER),
    ]
    while len(events) < FOLDED_EVENTS:
        command, actor = texts[len(events) % len(texts)]
        for event in decide(order, command, actor=actor, now=AGREED_AT, policy=policy):
            events.append(event)
            order = evolve(order, event)
    seconds = []
    for _ in range(ROUNDS * 20):
        started = time.process_time()
        fold(events, there)
        seconds.append(time.process_time() - started)
    return statistics.median(seconds) * 1_000


def main() -> int:
    """Print the table, or JSON."""
    figures = {
        "commands_per_second": rate(lambda: decide_and_evolve(with_clocks=False)),
        "commands_with_clocks_per_second": rate(lambda: decide_and_evolve(with_clocks=True)),
        "fold_100_events_ms": fold_hundred(),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return 0
    for name, figure in figures.items():
        floor, target = TARGETS[name]
        print(f"{name:34} {figure:12.2f}   floor {floor}, target {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
