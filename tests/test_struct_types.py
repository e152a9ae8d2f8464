"""Before threads share the server's types, msgspec has made all it keeps of them: made twice at once, it ends the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.command_line import url_of
from tests.support.postgres import Database

# In a process of its own: what other tests read before would be made already.
WATCHING = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "fairlot.settings"
os.environ["FAIRLOT_DEMO"] = "1"
import msgspec
from fairlot.struct_types import own_struct_types

made_late = set()

def watch(frame, event, _):
    if event == "call" and frame.f_code.co_name == "get_class_annotations":
        made_late.add(f"{reading.__module__}.{reading.__qualname__}")

def tell():
    global reading
    structs = list(own_struct_types())
    for reading in structs:
        sys.setprofile(watch)
        try:
            msgspec.json.Decoder(reading)
        except TypeError:
            # Only ever written.
            made_late.discard(f"{reading.__module__}.{reading.__qualname__}")
        finally:
            sys.setprofile(None)
    print(len(structs), *sorted(made_late), flush=True)
    os._exit(0)
"""
LOADING = """
import {module}
tell()
"""
# The first thing that the worker's first thread does is to tell; there is nothing to work on before that.
WORKING = """
from fairlot.interfaces.cli.main import main
from fairlot.interfaces.worker.loop import Worker
Worker._tick_until_stopped = lambda _: tell()
{before}
sys.argv = ["fairlot", "worker"]
main()
"""
UNPREPARED = """
from fairlot.interfaces.worker import loop
loop.prepare_struct_types = lambda: None
"""


def made_late(script: str, **environment: str) -> tuple[int, list[str]]:
    """Return how many types a process loads, and which of them msgspec has still to make something of."""
    found = subprocess.run(
        [sys.executable, "-c", WATCHING + script],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ).stdout.split()
    return int(found[0]), found[1:]


def made_late_by_worker(
    database: Database, data_dir: Path, *, before: str = ""
) -> tuple[int, list[str]]:
    return made_late(
        WORKING.format(before=before),
        DATABASE_URL=url_of(database.app_dsn),
        FAIRLOT_OWNER_DATABASE_URL=url_of(database.owner_dsn),
        FAIRLOT_DATA_DIR=str(data_dir),
    )


def test_the_pages_leave_nothing_to_be_made_by_their_threads() -> None:
    known, late = made_late(LOADING.format(module="fairlot.interfaces.wsgi"))
    assert known > 500
    assert late == []


def test_planted_fault_types_that_nobody_prepared_would_be_caught() -> None:
    known, late = made_late(LOADING.format(module="fairlot.domain.order.events"))
    assert known > 0
    assert "fairlot.domain.order.events.funding.RefundDecided" in late


def test_the_worker_leaves_nothing_to_be_made_by_its_threads(
    database: Database, tmp_path: Path
) -> None:
    known, late = made_late_by_worker(database, tmp_path)
    assert known > 300
    assert late == []


def test_planted_fault_a_worker_that_prepares_nothing_would_be_caught(
    database: Database, tmp_path: Path
) -> None:
    assert made_late_by_worker(database, tmp_path, before=UNPREPARED)[1]
