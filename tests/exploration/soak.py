"""Explore every world far: `python -m tests.exploration.soak --states N [--json]`, with a planted fault to be caught."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time

from tests.exploration.checks import CheckFailedError
from tests.exploration.explorer import Explorer, Rules
from tests.exploration.test_worlds import refund_twice
from tests.exploration.worlds import worlds

PLANTED_STATES = 2_000


def explore(states: int) -> dict[str, object]:
    """Explore all worlds, each with acts in so many states, and return the figures."""
    started = time.perf_counter()
    figures = []
    longest = dt.timedelta(0)
    for world in worlds():
        found = Explorer(world, Rules(), states_max=states).run()
        longest = max(longest, found.longest)
        figures.append(
            {
                "world": world.name,
                "states": found.states,
                "edges": found.edges,
                "ends": found.ends,
                "longest_days": found.longest.days,
                "whole": found.is_whole,
                "whole_steps": found.whole_steps,
            }
        )
        print(figures[-1], file=sys.stderr)
    return {
        "proof": "M2, T3, T4: from every state time alone leads to an end with nothing held",
        "trials": sum(int(str(figure["states"])) for figure in figures),
        "edges": sum(int(str(figure["edges"])) for figure in figures),
        "failures": 0,
        "longest_days": longest.days,
        "planted_fault_caught": planted_fault_is_caught(),
        "seconds": round(time.perf_counter() - started, 1),
        "seed": "none: every way of `whole_steps` steps, then as far as so many states lead",
        "worlds": figures,
    }


def planted_fault_is_caught() -> bool:
    """Say whether a refund that is booked twice is found."""
    for world in worlds():
        try:
            Explorer(world, Rules(decide=refund_twice), states_max=PLANTED_STATES).run()
        except CheckFailedError:
            return True
    return False


def main() -> int:
    """Print the figures; fail unless the planted fault was caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=int, default=40_000)
    parser.add_argument("--json", action="store_true")
    result = explore(parser.parse_args().states)
    print(json.dumps(result))
    return 0 if result["planted_fault_caught"] else 1


if __name__ == "__main__":
    sys.exit(main())
