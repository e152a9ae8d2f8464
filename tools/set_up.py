"""Makes `.venv` hold exactly what requirements/lock.txt says, and Fairlot itself; does nothing when that is already so.

Standard library only, since it runs before anything is installed. One process at a time works on the environment; one that
was interrupted leaves its mark, and the next begins that environment anew.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import system_packages

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "fairlot-set-up"
GUARD = ROOT / "var" / "set-up.lock"
LOCK_FILE = ROOT / "requirements" / "lock.txt"
INPUTS = (LOCK_FILE, ROOT / "pyproject.toml", Path(__file__).resolve())
UNFINISHED = "unfinished"
# In the environment by its nature, not by the lock file.
FOREIGN = frozenset({"pip", "setuptools", "fairlot"})


class SetUpError(Exception):
    """Set-up could not finish; the message says what a person can do."""


def fingerprint() -> str:
    """Return what the environment depends on as one value: Python, the place (scripts name it) and the inputs' bytes."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for path in INPUTS:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_stamp() -> str | None:
    return STAMP.read_text(encoding="utf-8").strip() if STAMP.is_file() else None


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold the guard's lock; the kernel lets go of it however the process ends."""
    GUARD.parent.mkdir(exist_ok=True)
    with GUARD.open("a", encoding="utf-8") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another make to finish setting up.", file=sys.stderr, flush=True)
            fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def run(command: Sequence[str], *, failure: str) -> None:
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    )
    if done.returncode != 0:
        raise SetUpError(failure)


def pip(*arguments: str, failure: str) -> None:
    run(
        [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-q", *arguments],
        failure=failure,
    )


def is_usable() -> bool:
    """Tell whether the environment can be brought up to date, rather than having to be made anew."""
    if read_stamp() == UNFINISHED or not PYTHON.exists():
        return False
    probe = subprocess.run(
        [str(PYTHON), "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    # pip tells where it lives: an environment that was copied or moved is not ours any more.
    return probe.returncode == 0 and str(ENVIRONMENT) in probe.stdout


def base_python() -> str:
    """Return the Python that environments are made with, also when we run inside the one to be replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


def make_environment() -> None:
    base = base_python()
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    ENVIRONMENT.mkdir()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    run(
        [base, "-m", "venv", str(ENVIRONMENT)],
        failure=f"{base} could not make an environment in .venv.",
    )


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names() -> set[str]:
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)==", LOCK_FILE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {canonical(name) for name in pinned}


def installed_names() -> set[str]:
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "list", "--format=json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {canonical(entry["name"]) for entry in json.loads(listed.stdout)}


def fill_environment() -> None:
    """Install what is locked, remove what is not, and put Fairlot itself in, to run from the work tree."""
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    print(
        f"Installing {len(locked_names())} locked packages into .venv; the first time takes some minutes.",
        file=sys.stderr,
        flush=True,
    )
    pip(
        "install",
        "--require-hashes",
        "--only-binary=:all:",  # No compiler is needed, and no package runs code while it is installed.
        "-r",
        str(LOCK_FILE),
        failure="pip could not install the locked packages; its message stands above.",
    )
    unlocked = sorted(installed_names() - locked_names() - FOREIGN)
    if unlocked:
        pip("uninstall", "-y", *unlocked, failure=f"pip could not remove {' '.join(unlocked)}.")
    pip(
        "install",
        "--no-deps",
        "--no-build-isolation",
        "-e",
        str(ROOT),
        failure="pip could not install Fairlot into .venv; its message stands above.",
    )


def is_ready(purpose: str, wanted: str) -> bool:
    """Tell whether there is nothing to do. Whoever works on the environment has taken its stamp away, so no lock is needed."""
    return read_stamp() == wanted and PYTHON.exists() and not system_packages.missing_needs(purpose)


def set_up(purpose: str) -> None:
    """Bring system and environment to what `purpose` needs; quick when they are there already."""
    wanted = fingerprint()
    if is_ready(purpose, wanted):
        return
    with only_one_at_a_time():
        system_packages.ensure(purpose)
        if is_ready(purpose, wanted):
            return
        began = time.monotonic()
        if not is_usable():
            make_environment()
        fill_environment()
        STAMP.write_text(wanted, encoding="utf-8")
        print(f"Set up in {time.monotonic() - began:.0f} s.", file=sys.stderr, flush=True)


def main() -> int:
    """Set up for the purpose named on the command line; exit code 1 with one message when that cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=sorted(system_packages.NEEDS))
    purpose = parser.parse_args().purpose
    # What a person has set for pip's other uses (a target folder, the user's site) must not lead it away from .venv.
    for name in (
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_USER",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONOPTIMIZE",
    ):
        os.environ.pop(name, None)
    try:
        set_up(purpose)
    except (SetUpError, system_packages.SystemIncompleteError) as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(
            f"Not permitted: {error.filename}. If root set this folder up before, root must run: make clean",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
