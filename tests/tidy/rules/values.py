"""Values of the domain are frozen, and nothing in it inherits but from what the language and the serializer offer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, dotted_name, is_domain, parse

# What Python and msgspec make classes with, and the two marks by which a union's members are known.
BASES = frozenset(
    {"Struct", "StrEnum", "IntEnum", "Enum", "Protocol", "NamedTuple", "TypedDict"}
    | {"Exception", "ValueError", "Command", "Event"}
)
# "path::class" -> reason. A record that is written while something is being read, and never handed on.
WRITTEN_WHILE_READING = {
    "src/fairlot/domain/contract/papers/paper_context.py::Context": "what a paper has said so far",
    "src/fairlot/domain/contract/wording/quantities.py::_Run": "a number phrase, word by word",
}


def classes(source: str) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(parse(source)) if isinstance(node, ast.ClassDef))


def check_inheritance(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno}: {node.name} inherits from {ast.unparse(base)}"
        for node in classes(source)
        for base in node.bases
        if dotted_name(base).rpartition(".")[2] not in BASES
    ]


def is_frozen(node: ast.ClassDef) -> bool:
    """Say whether a struct cannot be changed; a class of another kind has nothing to freeze."""
    is_struct = any(dotted_name(base).endswith("Struct") for base in node.bases)
    stated = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    return not is_struct or stated.get("frozen") == "True"


def thawed(path: PurePosixPath, source: str) -> list[str]:
    """Return the structs that can be changed as `path::class`."""
    return [f"{path}::{node.name}" for node in classes(source) if not is_frozen(node)]


def check_frozen(path: PurePosixPath, source: str) -> list[str]:
    found = thawed(path, source)
    return [f"{name}: can be changed" for name in found if name not in WRITTEN_WHILE_READING]


DOMAIN = "src/fairlot/domain/a.py"
RULES = (
    Rule(
        name="no inheritance in the domain",
        covers=is_domain,
        check=check_inheritance,
        caught=((DOMAIN, "class Rush(Order): ..."), (DOMAIN, "class Rush(state.Order): ...")),
        passed=(
            (DOMAIN, "class Order(msgspec.Struct, frozen=True): ..."),
            (DOMAIN, "class Paid(Event, frozen=True): ...\nclass Plain: ..."),
        ),
    ),
    Rule(
        name="values of the domain are frozen",
        covers=is_domain,
        check=check_frozen,
        caught=(
            (DOMAIN, "class Order(msgspec.Struct): ..."),
            (DOMAIN, "class Order(Struct, kw_only=True, frozen=False): ..."),
        ),
        passed=((DOMAIN, "class Order(Struct, frozen=True): ...\nclass Speech: ..."),),
    ),
)
