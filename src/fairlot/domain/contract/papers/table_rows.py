"""Where tables stand in a pasted paper and how their rows are cut: at bars, at tabs, or at wide gaps under a header."""

from __future__ import annotations

import functools
import re
import unicodedata

import msgspec

from fairlot.domain.contract.lexicon import LANGUAGES, read_table
from fairlot.domain.contract.papers.document_lines import Line, heading_words
from fairlot.domain.contract.papers.layout import heading_kind

_BAR = re.compile(r"\s*\|\s*|\s*\t\s*")
_GAP = re.compile(r"\s{2,}")
_RULE = re.compile(r"[-=_+|:\s─━]+\Z")
_BRACKET = re.compile(r"[(\[((][^)\]))]*[)\]))]")
_UNIT_WORDS = re.compile(
    r"(?i)(?:/|\bper\s|\bin\s)\s?[a-z一-鿿]{1,6}\b|\b(?:usd|eur|cny|rmb|gbp|hkd|pcs|mm|cm|kgs?)\b|us\$|[$€¥£]"
)
_HEADER_CELLS_MIN = 3

Span = tuple[int, int]

# Sizes as they stand over columns: letters, ages, body heights, shoe sizes.
SIZE_HEAD = re.compile(
    r"(?i)(?:\d?x{0,3}[sml]|\d?xl|size\s\w{1,4}|\d{2,3}(?:/\d{2,3})?|均码|\d{1,2}[ty])(?:码|号|cm)?\Z"
)


class Row(msgspec.Struct, frozen=True):
    """A line of a table with the span of each of its cells, empty ones included."""

    line: Line
    spans: tuple[Span, ...]


@functools.cache
def column_words() -> dict[str, frozenset[str]]:
    """Return the words that stand over columns, by what the column holds."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for role, words in read_table(f"{language}.toml")["column"].items():
            found.setdefault(role, set()).update(words)
    return {role: frozenset(words) for role, words in found.items()}


def head_words(head: str) -> str:
    """Normalize the words over a column: no brackets, no units."""
    bare = _UNIT_WORDS.sub(" ", _BRACKET.sub(" ", head))
    return " ".join(heading_words(bare).split())


def head_role(head: str) -> str:
    """Say what a column holds by the words over it: name, value, topic, outside; "" if the words are not known."""
    words = head_words(head)
    parts = {words, *re.findall(r"[一-鿿]+", words), " ".join(re.findall(r"[a-z]+", words))}
    for role, known in column_words().items():
        if parts & known:
            return role
    return "topic" if words and len(words) <= _HEAD_SIGNS_MAX and heading_kind(words) else ""


_HEAD_SIGNS_MAX = 24


def tables(text: str, lines: list[Line]) -> list[list[Row]]:
    """Find the tables of a paper, each with its header row first if it has one."""
    found: list[list[Row]] = []
    aligned: list[Span] = []
    last = -2
    for line in lines:
        content = text[line.start : line.end]
        if line.speaker:
            aligned = []
        elif _RULE.match(content) and content.strip("| \t"):
            last = line.number if last == line.number - 1 else last
        elif _BAR.search(content):
            row = Row(line, _barred(text, line))
            if line.number == last + 1 and not aligned:
                found[-1].append(row)
            else:
                found.append([row])
            aligned, last = [], line.number
        elif aligned and line.number == last + 1:
            spans = _gapped(text, line)
            if len(spans) > 1:
                found[-1].append(Row(line, _under(text, spans, aligned)))
                last = line.number
            elif line.indented:
                last = line.number
            else:
                aligned = []
        else:
            spans = _gapped(text, line)
            aligned = spans if _is_header(text, spans) else []
            if aligned:
                found.append([Row(line, tuple(spans))])
                last = line.number
    return [rows for rows in found if len(rows) > 1 or _BAR.search(text, *_bounds(rows[0].line))]


def _bounds(line: Line) -> Span:
    return line.start, line.end


def _barred(text: str, line: Line) -> tuple[Span, ...]:
    spans = _cut(text, line.start, line.end, _BAR)
    if spans and spans[0][0] == spans[0][1]:  # A bar opens the row.
        spans = spans[1:]
    return tuple(spans)


def _gapped(text: str, line: Line) -> list[Span]:
    """Cut a line at its wide gaps, from the very beginning of the row."""
    start = text.rfind("\n", 0, line.start) + 1
    while start < line.end and text[start] in " \u3000>":
        start += 1
    return _cut(text, start, line.end, _GAP)


def _cut(text: str, start: int, end: int, at: re.Pattern[str]) -> list[Span]:
    spans: list[Span] = []
    position = start
    for bar in (*at.finditer(text, start, end), None):
        stop = bar.start() if bar else end
        spans.append((position, max(position, stop)))
        position = bar.end() if bar else end
    return spans


def _is_header(text: str, spans: list[Span]) -> bool:
    if len(spans) < _HEADER_CELLS_MIN or any(":" in text[slice(*span)] for span in spans):
        return False
    heads = [text[slice(*span)] for span in spans]
    if not head_role(heads[0]):
        return False
    known = sum(bool(head_role(head)) or bool(SIZE_HEAD.match(head)) for head in heads)
    return known * 2 >= len(spans)


def _column_of(text: str, offset: int) -> int:
    """Return how many signs wide the row is up to an offset; Chinese signs are two wide."""
    start = text.rfind("\n", 0, offset) + 1
    return sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[start:offset]
    )


def _under(text: str, spans: list[Span], heads: list[Span]) -> tuple[Span, ...]:
    """Put each cell of a row under the head it stands nearest to; heads without a cell get an empty span."""
    if len(spans) == len(heads):
        return tuple(spans)
    edges = [(_column_of(text, start), _column_of(text, end)) for start, end in heads]
    placed: list[Span] = [(spans[0][0], spans[0][0])] * len(heads)
    first = 0
    for start, end in spans:
        left, right = _column_of(text, start), _column_of(text, end)
        free = range(first, len(heads))
        if not free:
            break
        best = min(free, key=lambda k: min(abs(left - edges[k][0]), abs(right - edges[k][1])))
        placed[best] = (start, end)
        first = best + 1
    return tuple(placed)
