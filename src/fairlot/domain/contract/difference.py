"""What changes between two versions of a contract, in words; both sides see the same list before either accepts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.lexicon import read_table
from fairlot.domain.contract.vocabulary import Language

# Rows of these lists are known by a field of their own, so that a new row does not make all later ones look changed.
_ROW_KEYS = {
    "lines": "number",
    "terms": "id",
    "payments": "name",
    "files": "name",
    "extra_fees": "name",
}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change: the key (`terms[battery].text`), both values as shown (None where there is none), a sentence."""

    key: str
    old: str | None
    new: str | None
    sentence: str


def difference(old: Contract, new: Contract, *, language: Language) -> tuple[Change, ...]:
    """List every difference in the order of the document; equal contracts give an empty tuple."""
    before, after = _flat(old), _flat(new)
    keys = [*before, *(key for key in after if key not in before)]
    words = read_table(f"rules.{language}.toml")
    return tuple(
        _change(key, before.get(key), after.get(key), words)
        for key in _without_inner(keys, before, after)
        if before.get(key) != after.get(key)
    )


def _without_inner(keys: list[str], before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name a whole added or removed row once, by its first key, instead of each of its fields."""
    kept: list[str] = []
    seen: set[str] = set()
    on_both_sides = _rows(before) & _rows(after)
    for key in keys:
        row, bracket, _ = key.partition("]")
        whole_row = f"{row}]"
        new_row = bracket and whole_row not in on_both_sides
        if new_row and whole_row in seen:
            continue
        seen.add(whole_row if new_row else key)
        kept.append(key)
    return kept


def _rows(flat: dict[str, str]) -> set[str]:
    return {f"{key.partition(']')[0]}]" for key in flat if "]" in key}


def _flat(contract: Contract) -> dict[str, str]:
    tree = msgspec.to_builtins(contract, builtin_types=(dt.date,))
    out: dict[str, str] = {}
    _walk(tree, "", out)
    return out


def _walk(value: Any, key: str, out: dict[str, str]) -> None:
    match value:
        case dict():
            for name, inner in value.items():
                _walk(inner, f"{key}.{name}" if key else name, out)
        case list() | tuple():
            for index, inner in enumerate(value):
                own = _ROW_KEYS.get(key)
                label = inner[own] if own is not None and isinstance(inner, dict) else index
                _walk(inner, f"{key}[{label}]", out)
        case _:
            out[key] = str(value)


def _change(key: str, old: str | None, new: str | None, words: dict[str, Any]) -> Change:
    phrases = words["difference"]
    row, bracket, field = key.partition("]")
    table = row.partition("[")[0]
    where = f"{words['field'].get(table, table)} {row.partition('[')[2]}" if bracket else ""
    name = field.lstrip(".") if bracket else key
    shown = ".".join(words["field"].get(part, part) for part in name.split(".")) if name else ""
    place = " · ".join(part for part in (where, shown) if part)
    if old is None:
        form = "row_added" if bracket else "added"
    elif new is None:
        form = "row_removed" if bracket else "removed"
    else:
        form = "changed"
    sentence = phrases[form].format(place=place, row=where, old=old, new=new)
    return Change(key=key, old=old, new=new, sentence=sentence)
