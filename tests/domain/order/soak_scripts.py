"""T1 and M1 in full: `python -m tests.domain.order.soak_scripts --scripts 10000 --seed 1 --json`."""

from __future__ import annotations

import argparse
import json
import random
import sys
from time import perf_counter

from fairlot.clock import system_clock
from tests.support.order_scripts import (
    LAGS,
    check_script,
    differences,
    made_concrete,
    random_script,
)

# Scripts that are played without settling first, until one shows it.
SCRIPTS_WITH_THE_FAULT = 60
# Failing scripts that are named in the report.
NAMED_MAX = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    report = soak(chosen.scripts, chosen.seed)
    if chosen.json:
        print(json.dumps(report))
    else:
        for name, value in report.items():
            print(f"{name}: {value}")
    return 0 if report["failures"] == 0 and report["planted_fault_caught"] else 1


def soak(scripts: int, seed: int) -> dict[str, object]:
    """Play so many scripts under every lag and hold the books after every act."""
    began = perf_counter()
    failing: list[str] = []
    acts = 0
    for number in range(scripts):
        script = random_script(random.Random(f"{seed} {number}"))
        acts += len(made_concrete(script)[1])
        failing += [f"{number}: {lag}" for lag in differences(script)]
        try:
            check_script(script)
        except AssertionError as fault:
            failing.append(f"{number}: books {fault}")
    caught = sum(
        bool(differences(random_script(random.Random(f"{seed} {number}")), settles_first=False))
        for number in range(SCRIPTS_WITH_THE_FAULT)
    )
    return {
        "guarantee": "T1, M1",
        "date": system_clock().date().isoformat(),
        "trials": scripts,
        "failures": len(failing),
        "failing": failing[:NAMED_MAX],
        "acts": acts,
        "lags": list(LAGS),
        "bound": round(3 / scripts, 6),
        "seed": seed,
        "seconds": round(perf_counter() - began, 1),
        "planted_fault": "commands are decided without settling first",
        "planted_fault_scripts": SCRIPTS_WITH_THE_FAULT,
        "planted_fault_shown_by": caught,
        "planted_fault_caught": caught > 0,
    }


if __name__ == "__main__":
    sys.exit(main())
