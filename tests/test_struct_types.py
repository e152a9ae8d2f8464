"""Before threads share the server's types, msgspec has made all it keeps of them: made twice at once, it ends the process."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: what other tests read before would be made already.
SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "fairlot.settings"
os.environ["FAIRLOT_DEMO"] = "1"
import msgspec
from fairlot.struct_types import own_struct_types
import {module}

made_late = set()

def watch(frame, event, _):
    if event == "call" and frame.f_code.co_name == "get_class_annotations":
        made_late.add(f"{{reading.__module__}}.{{reading.__qualname__}}")

structs = list(own_struct_types())
for reading in structs:
    sys.setprofile(watch)
    try:
        msgspec.json.Decoder(reading)
    except TypeError:
        # Only ever written.
        made_late.discard(f"{{reading.__module__}}.{{reading.__qualname__}}")
    finally:
        sys.setprofile(None)
print(len(structs), *sorted(made_late))
"""


def made_late(module: str) -> tuple[int, list[str]]:
    """Return how many types a module loads, and which of them msgspec has still to make something of."""
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(module=module)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.split()
    return int(found[0]), found[1:]


def test_the_pages_leave_nothing_to_be_made_by_their_threads() -> None:
    known, late = made_late("fairlot.interfaces.wsgi")
    assert known > 500
    assert late == []


def test_planted_fault_types_that_nobody_prepared_would_be_caught() -> None:
    known, late = made_late("fairlot.domain.order.events")
    assert known > 0
    assert "fairlot.domain.order.events.funding.RefundDecided" in late
