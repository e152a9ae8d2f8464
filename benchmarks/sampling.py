"""How fast the sampling room is: look-ups, curves, import. `python benchmarks/sampling.py [--json]`.

Every figure is the best of several runs, so that what else the machine does counts least. Where R is installed with
AQLSchemes or AcceptanceSampling, the same work is done there and the ratio printed.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fairlot.domain.sampling import AQLS, LEVELS, SEVERITIES, Stage, plan, share_defective
from fairlot.domain.sampling.acceptance import LotQuality, acceptance
from fairlot.domain.sampling.curves import operating_curve
from fairlot.domain.sampling.lookup import table_plans

LOOK_UPS = 1_000_000
RUNS = 5
R_LOOK_UPS = 1_000
SEVEN_STAGES = tuple(
    Stage(sample_size=500, acceptance_number=accepted, rejection_number=rejected)
    for accepted, rejected in ((2, 9), (7, 14), (13, 19), (19, 25), (25, 29), (31, 33), (37, 38))
)
CURVE = tuple(0.05 * point / 199 for point in range(200))


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of the fastest run."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def distinct_requests(count: int) -> list[tuple[int, Any, Any, Any]]:
    """Distinct random (lot size, level, AQL, severity); lot sizes even over their orders of magnitude."""
    source = random.Random(2859)
    requests: dict[tuple[int, Any, Any, Any], None] = {}
    while len(requests) < count:
        lot_size = int(10 ** (source.random() * 8.999)) + 1
        requests[
            lot_size, source.choice(LEVELS), source.choice(AQLS), source.choice(SEVERITIES)
        ] = None
    return list(requests)


def look_up_each(requests: list[tuple[int, Any, Any, Any]]) -> None:
    for lot_size, level, aql, severity in requests:
        plan(lot_size=lot_size, level=level, aql=aql, severity=severity)


def import_seconds() -> float:
    """What importing the package adds to a bare interpreter, which has nothing of ours loaded."""
    code = "import time; t = time.perf_counter(); import fairlot.domain.sampling; print(time.perf_counter() - t)"
    return min(
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(3 * RUNS)
    )


def command_seconds(rows: int) -> float:
    """`fairlot sampling plans` on a table of that many rows, from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "lots.csv"
        lines = [
            f"{lot},{level},{aql},{severity},single,iso-1999"
            for lot, level, aql, severity in distinct_requests(rows)
        ]
        table.write_text(
            "\n".join(["lot_size,level,aql,type,kind,edition", *lines]), encoding="utf-8"
        )
        words = [
            sys.executable,
            "-m",
            "fairlot.interfaces.cli.main",
            "sampling",
            "plans",
            "--csv",
            str(table),
        ]
        return best(lambda: subprocess.run(words, stdout=subprocess.DEVNULL, check=True), runs=1)


def figures() -> list[dict[str, Any]]:
    """Name, seconds, limit of each measurement; the limit is what the product promises, None where it promises none."""
    requests = distinct_requests(LOOK_UPS)
    look_up_each(requests[:1000])
    operating_curve(SEVEN_STAGES, qualities=CURVE)
    return [
        figure("import fairlot.domain.sampling", import_seconds(), 0.050),
        figure("1,000,000 distinct look-ups, plan()", best(lambda: look_up_each(requests)), 1.0),
        figure(
            "1,000,000 distinct look-ups, table_plans()", best(lambda: table_plans(requests)), 1.0
        ),
        figure(
            "200-point curve, 7 stages of 500",
            best(lambda: operating_curve(SEVEN_STAGES, qualities=CURVE), 50),
            0.010,
        ),
        figure(
            "one lot of 1,000,000, 7 stages of 500, exact",
            best(
                lambda: acceptance(SEVEN_STAGES, LotQuality(lot_size=10**6, defectives=9_000)), 50
            ),
            None,
        ),
        figure(
            "share defective with its interval",
            best(lambda: share_defective(found=9, sample_size=125, lot_size=3000), 50),
            None,
        ),
        figure("sampling plans --csv, 100,000 rows", command_seconds(100_000), None),
    ]


def figure(name: str, seconds: float, limit: float | None) -> dict[str, Any]:
    return {
        "name": name,
        "seconds": seconds,
        "limit_seconds": limit,
        "holds": limit is None or seconds <= limit,
    }


# AAZ14Single(PLAN, INSL, LOTS, AQL) takes the numbers of its menus: normal, level II, 1201 to 3200 units, AQL 2.5.
R_LOOK_UP = """
suppressMessages(library(AQLSchemes))
started <- proc.time()[["elapsed"]]
invisible(capture.output(for (i in 1:{count}) AAZ14Single(1, 2, 10, 13)))
cat((proc.time()[["elapsed"]] - started) / {count})
"""
R_CURVE = """
suppressMessages(library(AcceptanceSampling))
p <- seq(0, 0.05, length.out = 200)
started <- proc.time()[["elapsed"]]
for (i in 1:5) OC2c(n = rep(500, 7), c = c(2, 7, 13, 19, 25, 31, 37), r = c(9, 14, 19, 25, 29, 33, 38), pd = p)
cat((proc.time()[["elapsed"]] - started) / 5)
"""


def ratios(measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many times faster than R, where R and its packages are there; empty otherwise."""
    command = shutil.which("Rscript")
    if command is None:
        return []
    ours = {entry["name"]: entry["seconds"] for entry in measured}
    compared = [
        (
            "AQLSchemes, one look-up",
            R_LOOK_UP.format(count=R_LOOK_UPS),
            ours["1,000,000 distinct look-ups, plan()"] / LOOK_UPS,
        ),
        ("AcceptanceSampling, 200-point curve", R_CURVE, ours["200-point curve, 7 stages of 500"]),
    ]
    found = []
    for name, code, seconds in compared:
        ran = subprocess.run([command, "-e", code], capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            theirs = float(ran.stdout)
            found.append({"name": name, "r_seconds": theirs, "times_faster": theirs / seconds})
    return found


def main() -> None:
    measured = figures()
    compared = ratios(measured)
    if "--json" in sys.argv[1:]:
        print(json.dumps({"figures": measured, "against_r": compared}, indent=2))
        return
    for entry in measured:
        limit = f"of {entry['limit_seconds'] * 1000:8.1f}" if entry["limit_seconds"] else " " * 11
        print(
            f"{entry['name']:46} {entry['seconds'] * 1000:10.2f} {limit} ms  {'' if entry['holds'] else 'TOO SLOW'}"
        )
    for entry in compared:
        print(f"{entry['name']:46} {entry['times_faster']:10.0f} times faster than R")
    if not compared:
        print("R with AQLSchemes and AcceptanceSampling is not installed: no ratios.")


if __name__ == "__main__":
    main()
