"""Tests: none is skipped or expected to fail, none sleeps, none puts a fake where the real thing belongs."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, dotted_name, functions, is_test, parse

BANNED = {
    "pytest.skip": "skips in silence",
    "pytest.xfail": "expects to fail",
    "pytest.importorskip": "skips in silence",
    "pytest.mark.skip": "skips in silence",
    "pytest.mark.skipif": "skips in silence",
    "pytest.mark.xfail": "expects to fail",
    "unittest.skip": "skips in silence",
    "mock.patch": "replaces what it should test",
    "time.sleep": "sleeps",
    "asyncio.sleep": "sleeps",
}
BANNED_IMPORTS = frozenset({"unittest.mock", "mock"})
REQUIREMENT = re.compile(r"(?<=_)r(\d+)(?=_|$)")
REQUIREMENT_MAX = 48


def imported(node: ast.AST) -> list[str]:
    """Return the dotted names that an import brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return []


def check_banned(path: PurePosixPath, source: str) -> list[str]:
    faults: list[str] = []
    for node in ast.walk(parse(source)):
        names = imported(node) or [dotted_name(node)]
        for name in names:
            if name in BANNED:
                faults.append(f"{path}:{getattr(node, 'lineno', 0)}: {name} {BANNED[name]}")
            elif name in BANNED_IMPORTS and imported(node):
                faults.append(f"{path}:{getattr(node, 'lineno', 0)}: imports {name}")
    return faults


def check_requirement_numbers(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{function.lineno}: there is no requirement R{number}"
        for function in functions(source)
        if function.name.startswith("test_r")
        for number in REQUIREMENT.findall(function.name)
        if not 1 <= int(number) <= REQUIREMENT_MAX
    ]


RULES = (
    Rule(
        name="tests neither skip, sleep nor fake",
        covers=is_test,
        check=check_banned,
        caught=(
            ("tests/test_a.py", "pytest.skip('no server')"),
            ("tests/test_a.py", "@pytest.mark.skipif(True, reason='')\ndef test_a(): ..."),
            ("tests/test_a.py", "@pytest.mark.xfail\ndef test_a(): ..."),
            ("tests/test_a.py", "from unittest.mock import patch"),
            ("tests/test_a.py", "from unittest import mock"),
            ("tests/test_a.py", "time.sleep(1)"),
            ("tests/test_a.py", "from time import sleep"),
        ),
        passed=(("tests/test_a.py", "import time\ntime.monotonic()"),),
    ),
    Rule(
        name="requirements in tests' names exist",
        covers=is_test,
        check=check_requirement_numbers,
        caught=(
            ("tests/test_a.py", "def test_r49_flies(): ..."),
            ("tests/test_a.py", "def test_r12_r0_flies(): ..."),
        ),
        passed=(("tests/test_a.py", "def test_r39_r42_holds(): ...\ndef test_refused(): ..."),),
    ),
)
