"""Sizes: functions that fit a screen and modules one can know; every exception is listed with its reason and may only go."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, functions, is_domain, is_python

FUNCTION_LINES_MAX = 70
DOMAIN_MODULE_LINES_MAX = 300
MODULE_LINES_MAX = 500

# "path::function" -> reason. A dispatcher (one `match`, straight lines in every case) may be as long as its union.
LONG_FUNCTIONS: dict[str, str] = {}
# Path -> reason: tables of data that would only be harder to find in pieces.
LONG_MODULES: dict[str, str] = {}


def is_dispatcher(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function is one `match` whose cases are straight lines, with nothing beside it but a docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    straight = ast.Return | ast.Assign | ast.AnnAssign | ast.Assert | ast.Expr | ast.Raise
    return (
        len(body) == 1
        and isinstance(body[0], ast.Match)
        and all(isinstance(line, straight) for case in body[0].cases for line in case.body)
    )


def long_functions(path: PurePosixPath, source: str) -> list[tuple[str, int]]:
    """Return each over-long function as `path::name` with its number of lines."""
    spans = (
        (f"{path}::{function.name}", (function.end_lineno or 0) - function.lineno + 1)
        for function in functions(source)
        if not is_dispatcher(function)
    )
    return [(name, lines) for name, lines in spans if lines > FUNCTION_LINES_MAX]


def check_functions(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{name}: {lines} lines, of at most {FUNCTION_LINES_MAX}"
        for name, lines in long_functions(path, source)
        if name not in LONG_FUNCTIONS
    ]


def lines_max(path: PurePosixPath) -> int:
    return DOMAIN_MODULE_LINES_MAX if is_domain(path) else MODULE_LINES_MAX


def check_modules(path: PurePosixPath, source: str) -> list[str]:
    lines = len(source.splitlines())
    if lines <= lines_max(path) or str(path) in LONG_MODULES:
        return []
    return [f"{path}: {lines} lines, of at most {lines_max(path)}"]


DISPATCHER = (
    "def f(x):\n    match x:\n" + "        case A():\n            return 1\n" * FUNCTION_LINES_MAX
)
RULES = (
    Rule(
        name="functions fit a screen",
        covers=is_python,
        check=check_functions,
        caught=(
            ("src/a.py", "def long():\n" + "    pass\n" * FUNCTION_LINES_MAX),
            ("src/a.py", DISPATCHER.replace("return 1", "if x: return 1")),
        ),
        passed=(
            ("src/a.py", "def fits():\n" + "    pass\n" * (FUNCTION_LINES_MAX - 1)),
            ("src/a.py", DISPATCHER),
        ),
    ),
    Rule(
        name="modules can be known",
        covers=is_python,
        check=check_modules,
        caught=(
            ("src/fairlot/domain/a.py", "a = 1\n" * (DOMAIN_MODULE_LINES_MAX + 1)),
            ("src/fairlot/store/a.py", "a = 1\n" * (MODULE_LINES_MAX + 1)),
        ),
        passed=(
            ("src/fairlot/domain/a.py", "a = 1\n" * DOMAIN_MODULE_LINES_MAX),
            ("src/fairlot/store/a.py", "a = 1\n" * MODULE_LINES_MAX),
        ),
    ),
)
