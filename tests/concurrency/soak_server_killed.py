"""C1 in full: `python -m tests.concurrency.soak_server_killed --rounds 1000 --seed 1 --json`."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from fairlot.clock import system_clock
from tests.concurrency.drill_server_killed import Result, drill

ROUNDS_WITH_THE_FAULT = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="fairlot-soak-") as name:
        directory = Path(name)
        directory.chmod(0o711)
        result = drill(directory / "sound", rounds=chosen.rounds, seed=chosen.seed)
        fault = drill(
            directory / "planted",
            rounds=ROUNDS_WITH_THE_FAULT,
            seed=chosen.seed,
            acknowledges_early=True,
        )
    report = _report(result, fault, seed=chosen.seed, seconds=perf_counter() - began)
    if chosen.json:
        print(json.dumps(report))
    else:
        for name, value in report.items():
            print(f"{name}: {value}")
    passed = report["failures"] == 0 and report["planted_fault_caught"]
    return 0 if passed else 1


def _report(result: Result, fault: Result, *, seed: int, seconds: float) -> dict[str, object]:
    recovery = sorted(result.recovery_seconds)
    return {
        "guarantee": "C1",
        "date": system_clock().date().isoformat(),
        "trials": result.rounds,
        "failures": result.lost + result.unbalanced,
        "acknowledged_commits": result.acknowledged,
        "lost_commits": result.lost,
        "committed_without_answer": result.committed_without_answer,
        "unbalanced_entries": result.unbalanced,
        "recovery_seconds_median": round(statistics.median(recovery), 3),
        "recovery_seconds_p99": round(recovery[int(len(recovery) * 0.99)], 3),
        "recovery_seconds_max": round(recovery[-1], 3),
        "seed": seed,
        "seconds": round(seconds, 1),
        "planted_fault": "the client acknowledges before it commits",
        "planted_fault_lost_commits": fault.lost,
        "planted_fault_caught": fault.lost > 0,
    }


if __name__ == "__main__":
    sys.exit(main())
