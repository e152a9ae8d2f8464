"""The repository as the tidy rules see it: its files, read once, without asking git, which need not be installed."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent.parent
# Made by tools or by running the product; named in .gitignore, never part of the repository.
NOT_OURS = frozenset({".git", ".venv", "var", "dist", "node_modules", "__pycache__"})
BINARY_SUFFIXES = frozenset(
    {
        ".png",
        ".jpg",
        ".gif",
        ".ico",
        ".pdf",
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".gz",
        ".zip",
        ".mo",
    }
)

Sample = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A house rule: which files it covers, the check, what it must catch and what it must let pass."""

    name: str
    covers: Callable[[PurePosixPath], bool]
    check: Callable[[PurePosixPath, str], list[str]]
    caught: tuple[Sample, ...]
    passed: tuple[Sample, ...] = ()


def is_ours(directory_name: str) -> bool:
    return directory_name not in NOT_OURS and not directory_name.endswith(("_cache", ".egg-info"))


@cache
def file_paths() -> tuple[PurePosixPath, ...]:
    """Return every text file of the repository, relative to its root, in order."""
    found: list[PurePosixPath] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if is_ours(name) and name != ".hypothesis")
        relative = PurePosixPath(Path(folder).relative_to(ROOT).as_posix())
        found += [relative / name for name in names if not name.startswith(".coverage")]
    return tuple(sorted(path for path in found if path.suffix not in BINARY_SUFFIXES))


@cache
def read(path: PurePosixPath) -> str:
    # Samples of banks' files come in older encodings; what the rules look for is plain ASCII.
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def covered(rule: Rule) -> Iterator[tuple[PurePosixPath, str]]:
    return ((path, read(path)) for path in file_paths() if rule.covers(path))


@cache
def parse(source: str) -> ast.Module:
    """Return the syntax tree; an empty one where there is none, which a rule of its own reports once, with the file."""
    return ast.Module(body=[], type_ignores=[]) if syntax_fault(source) else ast.parse(source)


@cache
def syntax_fault(source: str) -> str | None:
    try:
        ast.parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    return None


def dotted_name(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes, else the empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted_name(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_python(path: PurePosixPath) -> bool:
    return path.suffix == ".py"


def is_source(path: PurePosixPath) -> bool:
    return is_python(path) and path.parts[0] == "src"


def is_domain(path: PurePosixPath) -> bool:
    return is_python(path) and path.parts[:3] == ("src", "fairlot", "domain")


def is_test(path: PurePosixPath) -> bool:
    return is_python(path) and path.parts[0] == "tests"


def is_markdown(path: PurePosixPath) -> bool:
    return path.suffix == ".md"
