"""What Fairlot needs from the operating system: asks for each thing by trying it, never by a package's name.

On Debian and its relatives root gets what is missing installed; everybody else gets one line to copy.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

DEBIAN_FAMILY = frozenset({"debian", "ubuntu"})
APT_LOCK_SECONDS_MAX = 600
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing the system must have, how to see it, and what Debian calls the package that brings it."""

    what: str
    why: str
    debian_package: str
    is_present: Callable[[], bool]


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one named by FAIRLOT_CHROMIUM, else the first known name on the PATH."""
    named = os.environ.get("FAIRLOT_CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((path for path in found if path), None)


def has_library(*names: str) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(
        ["fc-list", "Noto Sans CJK SC", "family"],
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(listed.stdout.strip())


def has_environments() -> bool:
    """Tell whether this Python can make an environment with pip in it; Debian splits that off."""
    try:
        import ensurepip  # noqa: F401, PLC0415  (absent on a bare Debian, which is the question)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


ENVIRONMENTS = Need(
    what="Python's venv and ensurepip",
    why="makes the environment that everything else is installed into",
    debian_package=f"python3.{sys.version_info.minor}-venv",
    is_present=has_environments,
)
DOCUMENTS = (
    Need(
        what="Pango (libpango-1.0)",
        why="lays out the text of documents",
        debian_package="libpango-1.0-0",
        is_present=lambda: has_library("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ),
    Need(
        what="Pango for FreeType (libpangoft2-1.0)",
        why="puts fonts into documents",
        debian_package="libpangoft2-1.0-0",
        is_present=lambda: has_library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ),
    Need(
        what="HarfBuzz's subsetter (libharfbuzz-subset)",
        why="keeps only the used part of a font in a document",
        debian_package="libharfbuzz-subset0",
        is_present=lambda: has_library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ),
    Need(
        what="the font Noto Sans CJK",
        why="Chinese text in documents and pages",
        debian_package="fonts-noto-cjk",
        is_present=has_chinese_font,
    ),
)
TESTS = (
    Need(
        what="Chromium",
        why="the tests drive the pages in a real browser",
        debian_package="chromium",
        is_present=lambda: find_chromium() is not None,
    ),
    Need(
        what="GCC's atomic operations (libatomic)",
        why="what drives the browser for the tests is built on it",
        debian_package="libatomic1",
        is_present=lambda: sys.platform == "darwin" or has_library("libatomic.so.1"),
    ),
    Need(
        what="pdftotext and pdftoppm (Poppler)",
        why="the tests read the documents back",
        debian_package="poppler-utils",
        is_present=lambda: bool(shutil.which("pdftotext") and shutil.which("pdftoppm")),
    ),
)
NEEDS: dict[str, tuple[Need, ...]] = {
    "check": (ENVIRONMENTS,),
    "demo": (ENVIRONMENTS, *DOCUMENTS),
    "test": (ENVIRONMENTS, *DOCUMENTS, *TESTS),
}


class SystemIncompleteError(Exception):
    """Something is missing that set-up cannot or may not install; the message tells the person what to do."""


def missing_needs(purpose: str) -> list[Need]:
    return [need for need in NEEDS[purpose] if not need.is_present()]


def is_debian_family() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(names & DEBIAN_FAMILY) and shutil.which("apt-get") is not None


def copyable_line(packages: Sequence[str]) -> str:
    """Return the one line that installs `packages` on Debian, for a person who is not root."""
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    switch = "sudo sh -c" if shutil.which("sudo") else "su -c"
    return f"{switch} {shlex.quote(command)}"


def advice(needs: Sequence[Need], *, debian: bool) -> str:
    """Return what a person must do who has to install `needs` by hand."""
    packages = [need.debian_package for need in needs]
    if debian:
        return f"Missing: {', '.join(packages)}. Install with this line, then run make again:\n\n    {copyable_line(packages)}\n"
    lines = [
        f"  - {need.what}: {need.why} (Debian's package: {need.debian_package})" for need in needs
    ]
    return "\n".join(["Missing on this system; install these, then run make again:", *lines])


def apt_get(*arguments: str, quietly: bool = False) -> bool:
    """Run apt-get without questions; True when it succeeded. Its chatter goes to the error stream, or nowhere."""
    done = subprocess.run(
        ["apt-get", "-qq", "-y", "-o", f"DPkg::Lock::Timeout={APT_LOCK_SECONDS_MAX}", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quietly else sys.stderr,
        stderr=subprocess.DEVNULL if quietly else None,
        check=False,
    )
    return done.returncode == 0


def install_with_apt(packages: Sequence[str]) -> bool:
    """Install Debian `packages` as root; an empty or stale package list is refreshed first. True when that succeeded."""
    install = ("install", "--no-install-recommends", *packages)
    if not apt_get("--simulate", *install, quietly=True):
        return apt_get("update") and apt_get(*install)
    return apt_get(*install) or (apt_get("update") and apt_get(*install))


def ensure(purpose: str) -> None:
    """See that the system has what `purpose` needs: install it where that is ours to do, else raise with the way out."""
    needs = missing_needs(purpose)
    if not needs:
        return
    debian = is_debian_family()
    if not (debian and os.geteuid() == 0):
        raise SystemIncompleteError(advice(needs, debian=debian))
    packages = [need.debian_package for need in needs]
    print(f"Installing Debian packages: {' '.join(packages)}", file=sys.stderr, flush=True)
    succeeded = install_with_apt(packages)
    # A freshly installed library may be found by the loader only from a new process on; look again in one.
    still_missing = subprocess.run(
        [sys.executable, str(Path(__file__)), purpose], capture_output=True, text=True, check=False
    )
    if still_missing.returncode != 0:
        reason = "" if succeeded else "apt-get failed; its message stands above.\n"
        raise SystemIncompleteError(reason + still_missing.stdout.strip())


def main() -> int:
    """Print what is missing for the purpose given as the only argument; exit code 1 when something is."""
    needs = missing_needs(sys.argv[1])
    if needs:
        print(advice(needs, debian=is_debian_family()))
    return 1 if needs else 0


if __name__ == "__main__":
    sys.exit(main())
