"""The record: events carry ids, figures, codes and hashes, and never text that a person typed (docs/decisions/0007)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, is_python, parse

TYPED_BY_PEOPLE = frozenset(
    {
        "name",
        "address",
        "email",
        "phone",
        "iban",
        "text",
        "note",
        "message",
        "comment",
        "description",
    }
    | {"title", "remark", "explanation", "body", "subject"}
)
BOUND = ("_hash", "_hashes", "_id", "_ids", "_code")
EVENTS = ("src/fairlot/domain/order/events", "src/fairlot/domain/payout/events")


def fields(source: str) -> Iterator[tuple[int, str]]:
    """Yield the fields that classes declare as text or as a collection of texts."""
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                match statement:
                    case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                        if "str" in {n.id for n in ast.walk(annotation) if isinstance(n, ast.Name)}:
                            yield statement.lineno, name
                    case _:
                        pass


def check(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{line}: '{name}' looks like text that a person typed; keep its hash"
        for line, name in fields(source)
        if TYPED_BY_PEOPLE.intersection(name.split("_")) and not name.endswith(BOUND)
    ]


DISPUTE = "src/fairlot/domain/order/events/dispute.py"
RULES = (
    Rule(
        name="events carry no text that a person typed",
        covers=lambda path: is_python(path) and str(path).startswith(EVENTS),
        check=check,
        caught=(
            (DISPUTE, "class NoteAdded(Event):\n    note: str"),
            (DISPUTE, "class Agreed(Event):\n    buyer_name: str | None = None"),
            (DISPUTE, "class Asked(Event):\n    messages: int\n    text: tuple[str, ...] = ()"),
        ),
        passed=((DISPUTE, "class NoteAdded(Event):\n    note_hash: str\n    title: Title"),),
    ),
)
