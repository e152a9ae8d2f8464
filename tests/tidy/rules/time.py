"""Time comes in from outside, never by default, and a name tells an instant from a day."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, functions, is_source, parse

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


# How the name of a field ends that holds an instant, or a day; a name may also be such a word alone.
ENDINGS = {"datetime": ("at", "until", "since", "now"), "date": ("date",)}
# "path::field" -> reason: names that are older than the rule, or are words of their own.
NAMED_OTHERWISE = {
    "src/fairlot/application/queries/own_programme.py::today": "the day on which it is looked at",
    "src/fairlot/domain/contract/document.py::sealed_on": "a key of the contract's file, under its hash",
    "src/fairlot/domain/policy/model.py::effective_from": "a key of the policy's file, under its id",
    "src/fairlot/domain/policy/model.py::effective_until": "a key of the policy's file, under its id",
}


def moments(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, name and kind of every field of a class that holds an instant or a day."""
    for node in ast.walk(parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                kinds = ast.unparse(field.annotation).replace("dt.", "").split(" | ")
                yield from (
                    (field.lineno, field.target.id, kind) for kind in kinds if kind in ENDINGS
                )


def misnamed(path: PurePosixPath, source: str) -> list[tuple[int, str, str]]:
    """Return line, `path::field` and kind of the moments whose name does not tell what they are."""
    return [
        (line, f"{path}::{name}", kind)
        for line, name, kind in moments(source)
        if name.rpartition("_")[2] not in ENDINGS[kind]
    ]


def check_moments(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{name} (line {line}): a {kind} ends in _{' or _'.join(ENDINGS[kind])}"
        for line, name, kind in misnamed(path, source)
        if name not in NAMED_OTHERWISE
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
    Rule(
        name="a name tells an instant from a day",
        covers=is_source,
        check=check_moments,
        caught=(
            (DECIDE, "class Paid:\n    when: dt.datetime"),
            (DECIDE, "class Paid:\n    shipment: date | None = None"),
            (DECIDE, "class Paid:\n    paid_at: dt.date"),
        ),
        passed=(
            (DECIDE, "class Paid:\n    at: datetime\n    claim_until: dt.datetime | None"),
            (DECIDE, "class Paid:\n    shipment_date: dt.date\n    when: str"),
        ),
    ),
)
