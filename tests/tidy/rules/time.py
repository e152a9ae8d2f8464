"""Time comes in from outside: an argument that carries it has no default, so that nobody forgets to say when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, functions, is_source

MOMENTS = frozenset({"now", "at", "today", "as_of"})


def defaulted(arguments: ast.arguments) -> Iterator[ast.arg]:
    """Yield the arguments that have a default."""
    positional = [*arguments.posonlyargs, *arguments.args]
    first = len(positional) - len(arguments.defaults)
    yield from positional[first:]
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield argument


def check(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{argument.lineno}: {function.name}() makes up its '{argument.arg}'"
        for function in functions(source)
        for argument in defaulted(function.args)
        if argument.arg in MOMENTS
    ]


DECIDE = "src/fairlot/domain/order/decide.py"
RULES = (
    Rule(
        name="a moment is never a default",
        covers=is_source,
        check=check,
        caught=(
            (DECIDE, "def decide(order, *, now=None): ..."),
            (DECIDE, "def decide(order, now=0): ..."),
        ),
        passed=((DECIDE, "def decide(order, *, now, limit=3): ..."),),
    ),
)
