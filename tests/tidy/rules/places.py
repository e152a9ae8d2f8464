"""Places: no file names one machine's folders or a package registry's address; the lock file pins by hash alone."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.tidy.repository import Rule

# Written in parts, so that this file does not catch itself.
FOLDERS = ("/wor" + "k/", "/roo" + "t/", "/far" + "m/", "/tm" + "p/", "/hom" + "e/", "/User" + "s/")
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "index" + "-url",
    "find" + "-links",
)
PATTERN = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(map(re.escape, FOLDERS))
    + ")|"
    + "|".join(map(re.escape, REGISTRIES))
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PIN = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s\\]+")


def check_one_machine(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{number}: names '{found[0]}'"
        for number, line in enumerate(source.splitlines(), start=1)
        if (found := PATTERN.search(line))
    ]


def check_lock(path: PurePosixPath, source: str) -> list[str]:
    """Want every requirement pinned to one version with at least one hash, and nothing that could lead elsewhere."""
    faults = [f"{path}: names an address" for line in source.splitlines() if "://" in line]
    joined = source.replace("\\\n", " ")
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not PIN.match(line):
            faults.append(f"{path}: not a pin: {line[:60]}")
        if not HASH.search(line):
            faults.append(f"{path}: without a hash: {line[:60]}")
    return faults


LOCK = "requirements/lock.txt"
RULES = (
    Rule(
        name="no machine's folders, no registry's address",
        covers=lambda path: path.suffix != ".svg",
        check=check_one_machine,
        caught=(
            ("docs/a.md", "see " + FOLDERS[0] + "notes"),
            ("tools/a.py", "OUT = '" + FOLDERS[3] + "out'"),
            ("requirements/a.txt", "--" + REGISTRIES[4] + " x"),
            ("docs/a.md", "from " + REGISTRIES[0]),
        ),
        passed=(
            ("docs/a.md", "a network/home page; frame" + FOLDERS[0] + " is no folder of ours"),
        ),
    ),
    Rule(
        name="dependencies are pinned by hash",
        covers=lambda path: path.parent.name == "requirements" and path.suffix == ".txt",
        check=check_lock,
        caught=(
            (LOCK, "click==8.3.0\n"),
            (LOCK, "click>=8.3.0 --hash=sha256:" + "0" * 64),
            (LOCK, "click @ https://example.org/click.whl --hash=sha256:" + "0" * 64),
        ),
        passed=(
            (LOCK, "click==8.3.0 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via fairlot\n"),
        ),
    ),
)
