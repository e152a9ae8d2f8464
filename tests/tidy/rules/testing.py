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
# Where pressing is written once, with its waiting.
PRESSING = PurePosixPath("tests/support/windows.py")
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


def is_pressing(node: ast.AST) -> bool:
    """Tell whether a browser's button or link is pressed here."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    keys = [key.value for key in node.args if isinstance(key, ast.Constant)]
    return node.func.attr == "click" or (node.func.attr == "press" and keys == ["Enter"])


def is_waiting(node: ast.AST) -> bool:
    """Tell whether what is pressed inside is waited for: `with page.expect_navigation():` and its like."""
    return isinstance(node, ast.With) and any(
        dotted_name(item.context_expr.func).rpartition(".")[2].startswith("expect_")
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
    )


def check_pressing(path: PurePosixPath, source: str) -> list[str]:
    tree = parse(source)
    waited = {id(inner) for node in ast.walk(tree) if is_waiting(node) for inner in ast.walk(node)}
    return [
        f"{path}:{node.lineno}: pressed and not waited for; see {PRESSING}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_pressing(node) and id(node) not in waited
    ]


RULES = (
    Rule(
        name="what is pressed in a browser is waited for",
        covers=lambda path: is_test(path) and path != PRESSING,
        check=check_pressing,
        caught=(
            ("tests/test_a.py", "page.locator('button').first.click()"),
            ("tests/test_a.py", "page.keyboard.press('Enter')"),
            ("tests/test_a.py", "with pytest.raises(ValueError):\n    page.click('button')"),
        ),
        passed=(
            ("tests/test_a.py", "with page.expect_navigation():\n    page.click('button')"),
            ("tests/test_a.py", "page.keyboard.press('Tab')"),
            ("tests/test_a.py", "follow(page.locator('a'))"),
        ),
    ),
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
