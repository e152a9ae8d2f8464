"""Names: no file that could hold anything, no shortened words in the domain, a first sentence in every module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, is_domain, is_python, parse

BANNED_STEMS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    | {"service", "services", "logic", "logics", "base", "stuff", "tools_common"}
)
# Path -> reason: names that are not ours to choose.
NAMED_BY_OTHERS = {
    "src/fairlot/store/postgresql/base.py": "Django looks for a database backend under this name."
}
# What a reader would have to spell out in the head. Words of the trade and of mathematics are not here.
SHORTENED = frozenset(
    {
        "acct",
        "addr",
        "amt",
        "arr",
        "attrs",
        "bal",
        "bps",
        "calc",
        "cfg",
        "cnt",
        "conf",
        "ctx",
        "curr",
        "cust",
    }
    | {
        "decl",
        "dest",
        "dict",
        "dt_",
        "elem",
        "evt",
        "exc",
        "fmt",
        "fn",
        "func",
        "idx",
        "inst",
        "insp",
        "lst",
    }
    | {
        "mgr",
        "msg",
        "num",
        "obj",
        "param",
        "params",
        "pct",
        "pmt",
        "prev",
        "proc",
        "ptr",
        "qty",
        "recv",
        "ref",
    }
    | {
        "req",
        "resp",
        "ret",
        "seq_no",
        "shpmt",
        "spec_",
        "src",
        "svc",
        "temp",
        "tmp",
        "tot",
        "txn",
        "val",
        "vals",
    }
)
# Other words for what docs/glossary.md names once.
SYNONYMS = {
    "seller": "supplier",
    "vendor": "supplier",
    "merchant": "supplier",
    "customer": "buyer",
    "arbiter": "mediator",
    "arbitration": "mediation",
    "milestone": "instalment",
    "tranche": "instalment",
    "award": "decision",
    "escrowed": "held",
    "surveyor": "inspector",
}
SENTENCE_WORDS_MIN = 3


def check_file_name(path: PurePosixPath, _source: str) -> list[str]:
    if str(path) in NAMED_BY_OTHERS:
        return []
    parts = (*path.parts[:-1], path.stem)
    return [
        f"{path}: '{part}' could hold anything" for part in parts if part.strip("_") in BANNED_STEMS
    ]


def identifiers(source: str) -> Iterator[tuple[int, str]]:
    """Yield where a module names something itself: functions, classes, arguments, assigned variables, fields."""
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def words(identifier: str) -> list[str]:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower().split("_")


def check_whole_words(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{line}: '{identifier}' shortens a word"
        for line, identifier in identifiers(source)
        if SHORTENED.intersection(words(identifier))
    ]


def check_one_noun(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{line}: '{identifier}' says '{word}' for '{SYNONYMS[word]}'"
        for line, identifier in identifiers(source)
        for word in words(identifier)
        if word in SYNONYMS
    ]


def check_first_sentence(path: PurePosixPath, source: str) -> list[str]:
    """Want a docstring whose first paragraph is a sentence that says more than the file's name."""
    if not source.strip():
        return []
    paragraph = (ast.get_docstring(parse(source)) or "").split("\n\n")[0].strip()
    if len(paragraph.split()) < SENTENCE_WORDS_MIN or paragraph[-1] not in ".:?":
        return [f"{path}: opens without a sentence that states its job"]
    if paragraph.lower().startswith("this "):
        return [f"{path}: 'This module …' says nothing; begin with the job"]
    return []


RULES = (
    Rule(
        name="file names say what is in the file",
        covers=is_python,
        check=check_file_name,
        caught=(("src/fairlot/domain/utils.py", ""), ("src/fairlot/common/money.py", "")),
        passed=(("src/fairlot/domain/money.py", ""),),
    ),
    Rule(
        name="names in the domain are whole words",
        covers=is_domain,
        check=check_whole_words,
        caught=(
            ("src/fairlot/domain/a.py", "total_qty = 1"),
            ("src/fairlot/domain/a.py", "def pay(amt): ..."),
            ("src/fairlot/domain/a.py", "class TxnList: ..."),
        ),
        passed=(("src/fairlot/domain/a.py", "quantity = total_quantity = 1"),),
    ),
    Rule(
        name="one noun per idea",
        covers=is_domain,
        check=check_one_noun,
        caught=(
            ("src/fairlot/domain/a.py", "class SellerPaid: ..."),
            ("src/fairlot/domain/a.py", "first_milestone = 1"),
        ),
        passed=(("src/fairlot/domain/a.py", "class SupplierPaid: ..."),),
    ),
    Rule(
        name="a module opens with a sentence that states its job",
        covers=is_python,
        check=check_first_sentence,
        caught=(
            ("src/a.py", "x = 1"),
            ("src/a.py", '"""Money"""'),
            ("src/a.py", '"""This module does money."""'),
        ),
        passed=(
            ("src/a.py", '"""Money in minor units; never a float."""'),
            ("src/__init__.py", ""),
        ),
    ),
)
