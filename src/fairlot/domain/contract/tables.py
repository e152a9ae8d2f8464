"""What the columns of a pasted table are: which names the item, which holds the requirement, which the topic stands over."""

from __future__ import annotations

import functools
import re

import msgspec

from fairlot.domain.contract.document_lines import Cell, Line, heading_words
from fairlot.domain.contract.lexicon import LANGUAGES, read_table

_BAR = re.compile(r"\s*\|\s*|\s*\t\s*")
_NAME_SIGNS_MAX = 40


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of one table: `name` and `value` are indexes, `heads` the words over the columns."""

    name: int
    value: int
    heads: tuple[str, ...] = ()


class _Row(msgspec.Struct, frozen=True):
    line: Line
    spans: tuple[tuple[int, int], ...]


@functools.cache
def _column_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for role, words in read_table(f"{language}.toml")["column"].items():
            found.setdefault(role, set()).update(words)
    return {role: frozenset(words) for role, words in found.items()}


def table_cells(text: str, lines: list[Line]) -> dict[int, list[Cell]]:
    """Return the cells of every line that belongs to a table with bars or tabs, by line number; headers have none."""
    found: dict[int, list[Cell]] = {}
    for rows in _tables(text, lines):
        columns, is_header = _columns(text, rows[0])
        for index, row in enumerate(rows):
            if index or not is_header:
                found[row.line.number] = _cells(text, row, columns)
            else:
                found[row.line.number] = []
    return found


def _tables(text: str, lines: list[Line]) -> list[list[_Row]]:
    tables: list[list[_Row]] = []
    last = -2
    for line in lines:
        if line.speaker or not _BAR.search(text, line.start, line.end):
            continue
        row = _Row(line, _spans(text, line))
        if line.number == last + 1:
            tables[-1].append(row)
        else:
            tables.append([row])
        last = line.number
    return tables


def _spans(text: str, line: Line) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    position = line.start
    for bar in (*_BAR.finditer(text, line.start, line.end), None):
        end = bar.start() if bar else line.end
        spans.append((position, max(position, end)))
        position = bar.end() if bar else line.end
    if spans and spans[0][0] == spans[0][1]:  # A bar opens the row.
        spans = spans[1:]
    return tuple(spans)


def _columns(text: str, row: _Row) -> tuple[Columns, bool]:
    """Read the first row as a header where its words are those of headers."""
    words = [heading_words(text[start:end]) for start, end in row.spans]
    roles = _column_words()
    value = next((i for i, word in enumerate(words) if word in roles["value"]), -1)
    name = next((i for i, word in enumerate(words) if word in roles["name"]), -1)
    known = sum(any(word in role for role in roles.values()) for word in words)
    if value > 0 and value > name:
        return Columns(name=name if name >= 0 else value - 1, value=value), True
    if known * 2 >= len(words) and known > 1:
        return Columns(name=-1, value=-1, heads=tuple(words)), True
    return Columns(name=0, value=1), False


def _cells(text: str, row: _Row, columns: Columns) -> list[Cell]:
    cells: list[Cell] = []
    spans = row.spans
    named = columns.value > 0 and columns.value < len(spans) and _is_name(text, spans[columns.name])
    for index, (start, end) in enumerate(spans):
        if start == end or (named and index < columns.value):
            continue
        caption = columns.heads[index] if index < len(columns.heads) else ""
        first = start
        if named:
            caption = text[slice(*spans[columns.name])]
            first = spans[columns.name][0] if index == columns.value else start
        cells.append(Cell(start=first, end=end, caption=caption, content=start))
    return cells


def _is_name(text: str, span: tuple[int, int]) -> bool:
    name = text[slice(*span)]
    return bool(name) and len(name) <= _NAME_SIGNS_MAX and not re.search(r"\d\s*[a-z%]|[±≥≤]", name)
