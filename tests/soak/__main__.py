"""Run every long proof in full, one after the other, and keep each result as docs/soak/DATE-NAME.json.

`python -m tests.soak [NAME ...]` runs only those named. A proof prints one JSON object with its trials, failures, seed,
seconds and whether its planted fault was caught; one that fails ends the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fairlot.clock import system_clock

RESULTS = Path("docs/soak")

# Name of the proof -> the module that runs it and its full counts.
PROOFS: dict[str, list[str]] = {
    "m2-exploration": ["tests.exploration.soak", "--states", "40000"],
    "c1-server-killed": ["tests.concurrency.soak_server_killed", "--rounds", "1000", "--seed", "1"],
    "c2-process-killed": ["tests.concurrency.soak_process_killed", "--trials", "3", "--seed", "1"],
    "c2-workers-killed": [
        "tests.concurrency.soak_workers_killed",
        "--trials",
        "60",
        "--seed",
        "1",
    ],
    "m4-races": ["tests.concurrency.soak_races", "--trials", "30000", "--seed", "1"],
    "m5-duplicates": ["tests.concurrency.soak_duplicates", "--trials", "10000", "--seed", "1"],
    "a2-tables": ["tests.store.soak_every_table"],
    "a11-api": ["tests.interfaces.api.soak_fuzz", "--trials", "20000", "--seed", "1"],
    "t1-scripts": ["tests.domain.order.soak_scripts", "--scripts", "10000", "--seed", "1"],
    "c8-backup": ["tests.restore.soak_backup", "--trials", "20"],
    "c9-upgrade": ["tests.upgrade.soak_upgrade", "--trials", "1000"],
    "t1-m1-stored-scripts": [
        "tests.concurrency.soak_scripts",
        "--trials",
        "1500",
        "--seed",
        "1",
    ],
    "verify-tampering": ["tests.tampering.soak", "--trials", "1", "--seed", "1"],
    "m8-bank-files": ["tests.providers.wire.statement_pairs", "--pairs", "5000"],
}


def run(name: str) -> bool:
    """Run one proof and keep what it says; returns whether it held."""
    module, *options = PROOFS[name]
    answer = subprocess.run(
        [sys.executable, "-m", module, *options, "--json"],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    held = answer.returncode == 0
    if answer.stdout.strip():
        result = json.loads(answer.stdout.strip().splitlines()[-1])
        date = system_clock().date().isoformat()
        target = RESULTS / f"{date}-{name}.json"
        target.write_text(json.dumps({"date": date, **result}, indent=2, sort_keys=True) + "\n")
        print(f"{name}: {'held' if held else 'FAILED'}, see {target}")
    else:
        print(f"{name}: FAILED, nothing printed")
    return held


def main() -> int:
    """Run the proofs named, or all."""
    names = sys.argv[1:] or list(PROOFS)
    unknown = sorted(set(names) - set(PROOFS))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(PROOFS)}")
        return 2
    held = [run(name) for name in names]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
