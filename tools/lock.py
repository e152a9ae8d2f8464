"""Resolves what pyproject.toml and requirements/development.in ask for into requirements/lock.txt: pins and hashes, no addresses.

The resolver lives in an environment of its own for the length of the run, so that it never mixes with what it resolves.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOLVER = "requirements/locking.txt"
# One file for every system and every Python that Fairlot runs on.
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--quiet",
)
ASKED = ("pyproject.toml", "requirements/development.in")
LOCKED = "requirements/lock.txt"


def main() -> int:
    """Write the lock file; further arguments go to the resolver (`--upgrade`). Returns the failing command's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder) / "bin"
        pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
        for command in (
            [*pip, "install", "--require-hashes", "-r", RESOLVER],
            [
                str(binaries / "uv"),
                "pip",
                "compile",
                *OPTIONS,
                *ASKED,
                "-o",
                LOCKED,
                *sys.argv[1:],
            ],
        ):
            done = subprocess.run(command, cwd=ROOT, check=False)
            if done.returncode != 0:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
