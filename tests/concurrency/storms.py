"""M5: the same command id has one effect, for ever, however many ask it at once; other content under it is refused.

Each storm is a handful of threads that meet at a barrier and ask under one id. Afterwards the id is asked once more,
four hundred days later, and what became of it is looked up.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import msgspec

from fairlot.application.execute import find_outcome
from fairlot.application.outcome import Outcome
from fairlot.domain.order.refusals import Code
from fairlot.store.writer import Writer
from tests.support.books import OPEN_BOX, Books
from tests.support.own_database import own_database
from tests.support.postgres import Database
from tests.support.toy import BOX, BoxCommand, Fill, PayOut

STORMS = 10_000
STORMS_IN_TEST_RUN = 1_000
ASKERS_MAX = 20
COMMAND_ID = "cmd_storm"
YEARS_LATER_DAYS = 400


class StormReport(msgspec.Struct, kw_only=True):
    """What the storms saw."""

    storms: int = 0
    asked: int = 0
    failures: list[str] = msgspec.field(default_factory=list)


Ask = Callable[[Books, str, BoxCommand, int], Outcome]


def ask_under_one_id(books: Books, box: str, command: BoxCommand, _: int) -> Outcome:
    """Everybody asks under the same id."""
    return books.ask(command, box=box, command_id=COMMAND_ID)


def ask_under_a_new_id(books: Books, box: str, command: BoxCommand, number: int) -> Outcome:
    """The planted fault: each try makes up an id of its own."""
    return books.ask(command, box=box, command_id=f"{COMMAND_ID}_{number}")


def storms(
    database: Database, *, count: int, seed: int, ask: Ask = ask_under_one_id
) -> StormReport:
    """Run storms of three kinds in turn: the same payment, other content among it, and the same creation."""
    chance = random.Random(seed)
    report = StormReport()
    books = Books(database)
    beginning = books.clock.now
    with ThreadPoolExecutor(ASKERS_MAX) as pool:
        for number in range(count):
            box = f"ord_storm_{seed}_{number}"
            books.clock.now = beginning
            asked = _asked(number, chance)
            if number % 3 != 2:
                books.filled(box=box)
            barrier = threading.Barrier(len(asked))

            def one(
                place: int,
                command: BoxCommand,
                box: str = box,
                barrier: threading.Barrier = barrier,
            ) -> Outcome:
                barrier.wait()
                return ask(books, box, command, place)

            waiting = [pool.submit(one, place, command) for place, command in enumerate(asked)]
            outcomes = [each.result() for each in waiting]
            report.storms += 1
            report.asked += len(asked)
            problem = _problem(books, box, asked, outcomes)
            if problem:
                report.failures.append(f"storm {number}: {problem}")
    books.path.close()
    return report


def _asked(number: int, chance: random.Random) -> list[BoxCommand]:
    # Mostly a few, as with a nervous finger on a button; now and then a crowd.
    askers = min(ASKERS_MAX, 2 + int(chance.expovariate(0.25)))
    if number % 3 == 0:
        return [PayOut(amount_minor=10)] * askers
    if number % 3 == 1:
        return [PayOut(amount_minor=chance.choice((10, 20))) for _ in range(askers)]
    return [OPEN_BOX] * askers


def _problem(books: Books, box: str, asked: list[BoxCommand], outcomes: list[Outcome]) -> str:
    """Say what is wrong with a storm's end, or nothing."""
    granted = [(c, o) for c, o in zip(asked, outcomes, strict=True) if o.is_done]
    if not granted:
        return "nobody was granted anything"
    winner, answer = granted[0]
    for command, outcome in zip(asked, outcomes, strict=True):
        if command == winner and (outcome.code, outcome.events) != (answer.code, answer.events):
            return "the same command got two answers"
        if command != winner and outcome.code is not Code.COMMAND_ID_REUSED:
            return f"other content was answered with {outcome.code}"
    if sum(1 for outcome in outcomes if outcome.is_done and not outcome.is_replay) != 1:
        return "more than one was told that it came first"
    if not _has_one_effect(books, box, winner):
        return "there is not exactly one effect"
    books.clock.move(days=YEARS_LATER_DAYS)
    later = books.ask(winner, box=box, command_id=COMMAND_ID)
    if (later.is_replay, later.events) != (True, answer.events):
        return "the answer was another one years later"
    found = find_outcome(
        aggregate=BOX,
        submission=books.asked(winner, box=box, command_id=COMMAND_ID),
        using=books.path,
    )
    return "" if found is not None and found.events == answer.events else "the id is unknown"


def _has_one_effect(books: Books, box: str, winner: BoxCommand) -> bool:
    if not isinstance(winner, PayOut):
        # A box that was opened twice would have more than its first event; filling it shows that it is one.
        books.ask(Fill(amount_minor=7), box=box).unwrap()
        return books.path.run(lambda writer: _events(writer, box)) == 2
    return books.path.run(lambda writer: _events(writer, box)) == 3


def _events(writer: Writer, box: str) -> int:
    opened = writer.open(BOX.family, box, "")
    writer.give_up()
    seq: int = opened.head_seq
    return seq


def main() -> int:
    """Run the storms on an embedded server of their own and print what they saw as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--storms", type=int, default=STORMS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    began = perf_counter()
    with own_database() as database:
        report = storms(database, count=options.storms, seed=options.seed)
        faulty = storms(database, count=30, seed=options.seed + 1, ask=ask_under_a_new_id)
    result = {
        "guarantee": "M5",
        "trials": report.storms,
        "asked": report.asked,
        "failures": len(report.failures),
        "failed": report.failures[:20],
        "seed": options.seed,
        "seconds": round(perf_counter() - began, 1),
        "planted_fault": "each try makes up an id of its own",
        "planted_fault_caught": len(faulty.failures) == faulty.storms,
    }
    print(json.dumps(result))
    return 0 if not report.failures and faulty.failures else 1


if __name__ == "__main__":
    sys.exit(main())
