"""What a command costs among a thousand orders and among many more: `python -m benchmarks.scale [--full] [--json]`.

Both databases hold orders of 20 events, stand on one server and are read once before the clock starts: what is measured
is what more orders cost the write path, not the first look of a cold disk. Rounds alternate between them. By default
the larger one has 20,000 orders; `--full` makes it a million, which takes some 20 gigabytes of disk below `var/`, as
much memory to hold them, and a quarter of an hour.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from benchmarks import _orders
from benchmarks._server import Database, bench_server
from benchmarks._table import Figure, show
from benchmarks.write_path import write_path
from fairlot.application.execute import WritePath, execute
from fairlot.domain.party import PROVIDER

SMALL = 1_000
LARGE = 20_000
LARGE_IN_FULL = 1_000_000
ROUNDS = 4
COMMANDS_PER_ROUND = 1_000
PAID_MINOR = 1_000
SEED = 20


def seconds_per_command(path: WritePath, numbers: list[int], turn: int) -> list[float]:
    """Book a small payment on each order and return what each took."""
    orders = _orders.aggregate()
    seconds = []
    for number in numbers:
        began = time.perf_counter()
        outcome = execute(
            _orders.payment(f"part_{turn}", PAID_MINOR),
            aggregate=orders,
            aggregate_id=_orders.order_id(number),
            command_id=f"part_{turn:027d}",
            actor=PROVIDER,
            using=path,
        )
        seconds.append(time.perf_counter() - began)
        assert outcome.code is None, outcome
    return seconds


def rounds(small: Database, large: Database, count: int) -> list[tuple[float, float]]:
    """Return the median seconds per command of both databases, round by round.

    In the small one, every round goes through all orders; in the large one, each meets orders that no round has met.
    """
    chance = random.Random(SEED)
    everywhere = chance.sample(range(count), ROUNDS * COMMANDS_PER_ROUND)
    found = []
    with write_path(small) as small_path, write_path(large) as large_path:
        for turn in range(ROUNDS):
            few = chance.sample(range(SMALL), COMMANDS_PER_ROUND)
            many = everywhere[turn * COMMANDS_PER_ROUND : (turn + 1) * COMMANDS_PER_ROUND]
            found.append(
                (
                    statistics.median(seconds_per_command(small_path, few, turn)),
                    statistics.median(seconds_per_command(large_path, many, turn)),
                )
            )
    return found


def main() -> int:
    """Load both databases, measure, print."""
    count = LARGE_IN_FULL if "--full" in sys.argv[1:] else LARGE
    with (
        bench_server() as server,
        server.database("bench_small") as small,
        server.database("bench_large") as large,
    ):
        _orders.load(small, range(SMALL), steps="making")
        began = time.perf_counter()
        _orders.load(large, range(count), steps="making")
        load_seconds = time.perf_counter() - began
        size_bytes = large.size_bytes()
        small.read_once()
        large.read_once()
        found = rounds(small, large, count)
    figures = [
        Figure(
            name=f"cost per command, {count:,} orders against {SMALL:,}",
            value=statistics.median(large / small for small, large in found),
            unit="ratio",
            floor=1.5,
            target=1.2,
            is_cost=True,
        ),
        Figure(
            name=f"per command, {SMALL:,} orders",
            value=statistics.median(small for small, _ in found) * 1e6,
            unit="µs",
            is_cost=True,
        ),
        Figure(
            name=f"per command, {count:,} orders",
            value=statistics.median(large for _, large in found) * 1e6,
            unit="µs",
            is_cost=True,
        ),
        Figure(name="on disk", value=size_bytes / count, unit="bytes/order", is_cost=True),
    ]
    notes: dict[str, object] = {
        "loaded": f"{count:,} orders of {_orders.EVENTS_PER_ORDER} events in {load_seconds:.0f} s",
        "on disk": f"{size_bytes / 1e9:.2f} GB",
        "ratios per round": ", ".join(f"{large / small:.2f}" for small, large in found),
    }
    show("Cost at scale", figures, notes=notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
