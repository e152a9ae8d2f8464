"""M4: refunds, releases and chargebacks never exceed what was captured, whoever asks for them at the same instant.

Four threads meet at a barrier and ask two commands, each twice under ids of its own, of one order.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import msgspec
import psycopg

from fairlot.application.turn import Sitting
from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.state import OfferKind, Outcome, open_dispute
from fairlot.domain.party import PROVIDER, Actor
from fairlot.store.writer import Writer
from tests.support.order_books import OrderBooks, orders
from tests.support.own_database import own_database
from tests.support.scripts import CAPACITY, HASH, Played, Step
from tests.support.trades import BUYER, MEDIATOR, OPERATOR, SUPPLIER

TRIALS = 30_000
TRIALS_IN_TEST_RUN = 3_000
THREADS = 4
PLANTED_AT_ONCE = 50

Act = tuple[Actor, c.OrderCommand]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A state in which several things may be asked that move the same money."""

    name: str
    steps: tuple[Step, ...]
    at: dt.datetime
    acts: tuple[Act, ...]

    def pairs(self) -> Iterator[tuple[Act, Act]]:
        """Yield every unordered pair of acts, an act with itself included."""
        yield from itertools.combinations_with_replacement(self.acts, 2)


class RaceReport(msgspec.Struct, kw_only=True):
    """What the races saw."""

    trials: int = 0
    overspent: int = 0
    granted: int = 0
    pairs: int = 0


def scenes() -> list[Scene]:
    """Return the scenes of the races: goods delivered, a case under mediation, a refund that seeks its money."""
    return [_delivered(), _lapsing(), _in_mediation(), _seeking()]


def _delivered() -> Scene:
    trade = Played()
    trade.delivered()
    trade.wait(days=1)
    return _scene(
        "delivered",
        trade,
        (BUYER, c.ConfirmReceipt()),
        (BUYER, c.OpenDispute(claims=(CAPACITY,))),
        (PROVIDER, c.RecordPaymentReversed(payment_id="p2", code="R01")),
        (PROVIDER, c.RecordPaymentReversed(payment_id="p1", code="R01")),
    )


def _lapsing() -> Scene:
    """The release by the clock is due already, and everybody comes at once."""
    trade = Played()
    trade.delivered()
    scene = _scene(
        "lapsing",
        trade,
        (BUYER, c.ConfirmReceipt()),
        (OPERATOR, c.SettleDue()),
        (PROVIDER, c.RecordPaymentReversed(payment_id="p2", code="R01")),
    )
    return msgspec.structs.replace(scene, at=trade.now + dt.timedelta(days=60))


def _in_mediation() -> Scene:
    trade = Played()
    trade.disputed()
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=1_200_000)
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
    trade.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash=HASH))
    trade.ask(BUYER, c.Escalate())
    trade.ask(OPERATOR, c.NameMediator(mediator_id="per_mediator"))
    dispute = open_dispute(trade.order)
    assert dispute is not None
    award = c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=1_200_000, reason_hash=HASH)
    return _scene(
        "in mediation",
        trade,
        (BUYER, c.AcceptOffer(offer_id="o1")),
        (BUYER, c.WithdrawClaim(claims=dispute.claims, statement_hash=HASH)),
        (MEDIATOR, award),
        (PROVIDER, c.RecordPaymentReversed(payment_id="p2", code="R01")),
    )


def _seeking() -> Scene:
    trade = Played()
    trade.delivered()
    trade.ask(BUYER, c.ConfirmReceipt())
    trade.wait(days=1)
    trade.ask(BUYER, c.OpenDispute(claims=(CAPACITY,)))
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=400_000)
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
    trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    refund_id = trade.order.seeking[0].refund_id
    return _scene(
        "seeking",
        trade,
        (PROVIDER, c.RecordSetOff(refund_id=refund_id, taken_minor=400_000)),
        (PROVIDER, c.RecordSupplierRepaid(refund_id=refund_id, amount_minor=400_000)),
        (PROVIDER, c.RecordRefundConfirmed(refund_id=refund_id, amount_minor=400_000)),
        (PROVIDER, c.RecordPaymentReversed(payment_id="p2", code="R01")),
    )


def _scene(name: str, trade: Played, *acts: Act) -> Scene:
    return Scene(name=name, steps=tuple(trade.steps), at=trade.now, acts=acts)


Ask = Callable[[OrderBooks, str, str, Act], bool]


def ask_under_the_lock(books: OrderBooks, order_id: str, command_id: str, act: Act) -> bool:
    """Ask as everybody does; say whether it was granted."""
    actor, command = act
    return books.ask(order_id, command, command_id=command_id, actor=actor).is_done


class AskNaively:
    """The planted fault: everybody reads before anybody writes; the decision is written where the story then ends."""

    def __init__(self) -> None:
        self._all_have_read = threading.Barrier(THREADS)

    def __call__(self, books: OrderBooks, order_id: str, command_id: str, act: Act) -> bool:
        decided = books.path.run(lambda writer: self._decide(writer, books, order_id, act))
        self._all_have_read.wait()
        if not decided:
            return False
        books.path.run(lambda writer: self._write(writer, books, order_id, act, decided))
        return True

    def _decide(
        self, writer: Writer, books: OrderBooks, order_id: str, act: Act
    ) -> Sequence[object]:
        opened = writer.open(orders().family, order_id, "")
        writer.give_up()
        sitting = Sitting(orders(), opened, clock_at=books.clock())
        actor, command = act
        try:
            return orders().decide(sitting.state, command, actor=actor, now=books.clock())
        except Refused:
            return ()

    def _write(
        self, writer: Writer, books: OrderBooks, order_id: str, act: Act, decided: Sequence[object]
    ) -> None:
        opened = writer.open(orders().family, order_id, "")
        sitting = Sitting(orders(), opened, clock_at=books.clock())
        sitting.add(decided, actor=act[0], command_id="")
        writer.append(orders().family, sitting.rows())


def race(app_dsn: str, *, trials: int, seed: int, ask: Ask = ask_under_the_lock) -> RaceReport:
    """Run races over all pairs of all scenes in turn, and count orders out of which more went than came in."""
    chance = random.Random(seed)
    report = RaceReport()
    books = OrderBooks(app_dsn)
    races = [(scene, pair) for scene in scenes() for pair in scene.pairs()]
    report.pairs = len(races)
    barrier = threading.Barrier(THREADS)
    with (
        ThreadPoolExecutor(THREADS) as pool,
        psycopg.connect(app_dsn, autocommit=True) as connection,
    ):
        for numbers in _batched(trials):
            drawn = {f"ord_race_{seed}_{number}": races[number % len(races)] for number in numbers}
            books.plant(*((order_id, scene.steps) for order_id, (scene, _) in drawn.items()))
            for order_id, (scene, pair) in drawn.items():
                books.clock.now = scene.at
                acts = [*pair, *pair]
                chance.shuffle(acts)
                asked = [
                    pool.submit(_ask_at_the_barrier, barrier, ask, books, order_id, number, act)
                    for number, act in enumerate(acts)
                ]
                report.granted += sum(one.result() for one in asked)
                report.trials += 1
            report.overspent += _overspent(connection, list(drawn))
    books.path.close()
    return report


def _batched(trials: int) -> Iterator[range]:
    for start in range(0, trials, PLANTED_AT_ONCE):
        yield range(start, min(trials, start + PLANTED_AT_ONCE))


def _ask_at_the_barrier(
    barrier: threading.Barrier, ask: Ask, books: OrderBooks, order_id: str, number: int, act: Act
) -> bool:
    barrier.wait()
    return ask(books, order_id, f"race_{number}", act)


def _overspent(connection: psycopg.Connection, order_ids: list[str]) -> int:
    """Count orders that hold less than nothing, or owe the parties more than came in or was advanced for them."""
    row = connection.execute(
        """
        SELECT count(*) FROM (
          SELECT FROM order_posting WHERE order_id = ANY (%s) GROUP BY order_id HAVING
            coalesce(sum(amount_minor) FILTER (WHERE account = 'held'), 0) > 0
            OR coalesce(sum(amount_minor) FILTER (WHERE account = 'due_buyer'), 0) > 0
            OR coalesce(sum(-amount_minor) FILTER (WHERE account = 'payout_clearing' AND amount_minor < 0), 0)
               > coalesce(sum(-amount_minor) FILTER (WHERE template = 'payment_received' AND account = 'held'), 0)
        ) AS overspent
        """,
        [order_ids],
    ).fetchone()
    assert row is not None
    count: int = row[0]
    return count


def main() -> int:
    """Run the races on an embedded server of their own and print what they saw as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    began = perf_counter()
    with own_database() as database:
        report = race(database.app_dsn, trials=options.trials, seed=options.seed)
        faulty = race(database.app_dsn, trials=200, seed=options.seed + 1, ask=AskNaively())
    result = {
        "guarantee": "M4",
        "trials": report.trials,
        "failures": report.overspent,
        "granted": report.granted,
        "pairs": report.pairs,
        "trials_per_pair": report.trials // report.pairs,
        "seed": options.seed,
        "seconds": round(perf_counter() - began, 1),
        "planted_fault": "everybody reads before anybody writes",
        "planted_fault_trials": faulty.trials,
        "planted_fault_overspent": faulty.overspent,
        "planted_fault_caught": faulty.overspent > 0,
    }
    print(json.dumps(result))
    return 0 if report.overspent == 0 and faulty.overspent > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
