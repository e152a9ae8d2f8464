"""The example client, run as a program of its own against pages that serve the demonstration's people."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fairlot.application.people.demo_keys import keep_demo_keys
from fairlot.clock import system_clock
from tests.support.api_trades import Fair
from tests.support.live_pages import live_pages

EXAMPLE = Path(__file__).parents[3] / "examples/marketplace.py"
LINES_MAX = 110


def test_example_runs_a_trade_and_a_dispute_from_another_process(
    fair: Fair, tmp_path: Path
) -> None:
    del fair
    keys = keep_demo_keys(tmp_path, now=system_clock())
    with live_pages() as address:
        ran = subprocess.run(
            [sys.executable, str(EXAMPLE), "--url", address, "--keys", str(keys)],
            check=False,
            capture_output=True,
            text=True,
        )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    assert "capacity is claimable" in ran.stdout
    assert "it is completed" in ran.stdout
    assert "AcceptOffer" in ran.stdout


def test_keys_that_are_good_are_kept(fair: Fair, tmp_path: Path) -> None:
    del fair
    path = keep_demo_keys(tmp_path, now=system_clock())
    first = path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert keep_demo_keys(tmp_path, now=system_clock()).read_text() == first


def test_example_fits_a_page() -> None:
    assert len(EXAMPLE.read_text().splitlines()) <= LINES_MAX
