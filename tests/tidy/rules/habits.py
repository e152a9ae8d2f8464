"""Habits: nothing left behind, nothing printed from the inside, nothing caught that was not meant."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, dotted_name, is_python, is_source, parse, syntax_fault

# Written in two parts, so that this file does not catch itself.
LEFT_BEHIND = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
BANNER = re.compile(r"#\s*([-=#*~])\1{3,}")
DEBUGGING = frozenset({"breakpoint", "pdb.set_trace", "ipdb.set_trace"})
PRINTS = "src/fairlot/interfaces/cli/"
# Path -> reason why this module may catch everything: it is where a fault must not end the whole.
CATCHES_ALL: dict[str, str] = {
    "src/fairlot/application/telling/mailing.py": "one mail that cannot be written must not stop the others",
    "src/fairlot/application/telling/webhook_feed.py": "one order whose events were altered must not silence all others",
    "src/fairlot/application/verification/verify.py": "altered events may break anything; they are named, and all others still looked at",
    "src/fairlot/interfaces/worker/deadlines.py": "one order's mistake must not stop the others' clocks",
    "src/fairlot/interfaces/worker/loop.py": "the loop outlives a mistake, which is logged each time",
}
WIDE = frozenset({"Exception", "BaseException"})


def check_syntax(path: PurePosixPath, source: str) -> list[str]:
    fault = syntax_fault(source)
    return [f"{path}: {fault}"] if fault else []


def check_left_behind(path: PurePosixPath, source: str) -> list[str]:
    marks = [
        f"{path}:{number}: '{found[0]}' left behind"
        for number, line in enumerate(source.splitlines(), start=1)
        if (found := LEFT_BEHIND.search(line) or BANNER.search(line))
    ]
    calls = [
        f"{path}:{node.lineno}: a debugger's call"
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Call) and dotted_name(node.func) in DEBUGGING
    ]
    return marks + calls


def check_print(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno}: print() outside the command line"
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Call) and dotted_name(node.func) == "print"
    ]


def caught_names(handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"BaseException"}
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {dotted_name(kind) for kind in kinds}


def catches_all(source: str) -> list[int]:
    """Return the lines that catch every exception without raising it again."""
    return [
        handler.lineno
        for handler in ast.walk(parse(source))
        if isinstance(handler, ast.ExceptHandler)
        and caught_names(handler) & WIDE
        and not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    ]


def check_wide_catch(path: PurePosixPath, source: str) -> list[str]:
    if str(path) in CATCHES_ALL:
        return []
    return [f"{path}:{line}: catches everything" for line in catches_all(source)]


RULES = (
    Rule(
        name="Python is Python",
        covers=is_python,
        check=check_syntax,
        caught=(("src/a.py", "def f(:"),),
        passed=(("src/a.py", "def f(): ..."),),
    ),
    Rule(
        name="nothing is left behind",
        covers=is_python,
        check=check_left_behind,
        caught=(
            ("src/a.py", "x = 1  # TO" + "DO later"),
            ("src/a.py", "# " + "-" * 10),
            ("src/a.py", "break" + "point()"),
        ),
        passed=(("src/a.py", "x = 1  # Later than the deadline - never."),),
    ),
    Rule(
        name="only the command line prints",
        covers=lambda path: is_source(path) and not str(path).startswith(PRINTS),
        check=check_print,
        caught=(("src/fairlot/store/writing/writer.py", "print(1)"),),
        passed=(("src/fairlot/store/writing/writer.py", "pprint = 1"),),
    ),
    Rule(
        name="nothing is caught that was not meant",
        covers=is_python,
        check=check_wide_catch,
        caught=(
            ("src/a.py", "try: f()\nexcept Exception: pass"),
            ("src/a.py", "try: f()\nexcept: pass"),
            ("src/a.py", "try: f()\nexcept (ValueError, BaseException) as e: log(e)"),
        ),
        passed=(
            ("src/a.py", "try: f()\nexcept ValueError: pass"),
            ("src/a.py", "try: f()\nexcept BaseException:\n    undo()\n    raise"),
        ),
    ),
)
