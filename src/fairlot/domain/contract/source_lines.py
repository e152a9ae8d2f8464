"""Where each key of a TOML or JSON text stands: `lines[0].quantity` -> 12, for messages that point at the right line."""

from __future__ import annotations

import re
from collections import Counter

# What stands between the signs of a key is taken as one run, so that a row is looked at once, however long it is.
_TABLE = re.compile(r"\s*\[(\[?)([A-Za-z0-9_.\s\"-]+)\]?\]\s*(?:#.*)?\Z")
_PAIR = re.compile(r"\s*([A-Za-z0-9_.\s\"-]+)=")
_INLINE_KEY = re.compile(r"[{,]\s*([A-Za-z0-9_-]+)\s*=")
_JSON_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+')


def toml_lines(text: str) -> dict[str, int]:
    """Map the keys of a well-formed TOML text to their lines; keys of inline tables map to the line they stand on."""
    lines: dict[str, int] = {}
    counts: Counter[str] = Counter()
    current = ""
    inside_multiline = ""
    for number, row in enumerate(text.splitlines(), start=1):
        if inside_multiline:
            if inside_multiline in row:
                inside_multiline = ""
            continue
        table = _TABLE.match(row)
        if table:
            current = _table_path(table[2].replace('"', ""), bool(table[1]), counts)
            lines.setdefault(current, number)
            continue
        pair = _PAIR.match(row)
        if not pair:
            continue
        name = re.sub(r"[\s\"]", "", pair[1])
        key = f"{current}.{name}" if current else name
        lines.setdefault(key, number)
        value = row[pair.end() :]
        for inline in _INLINE_KEY.finditer(value):
            lines.setdefault(f"{key}.{inline[1]}", number)
        for quotes in ('"""', "'''"):
            if value.count(quotes) == 1:
                inside_multiline = quotes
    return lines


def _table_path(name: str, is_row: bool, counts: Counter[str]) -> str:  # noqa: FBT001  (private, named at its one call)
    path = ""
    parts = [part.strip() for part in name.split(".")]
    for index, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if index == len(parts) - 1:
            if is_row:
                counts[path] += 1
                return f"{path}[{counts[path] - 1}]"
        elif counts[path]:
            path = f"{path}[{counts[path] - 1}]"
    return path


def json_lines(text: str) -> dict[str, int]:
    """Map the keys of a well-formed JSON text to their lines."""
    lines: dict[str, int] = {}
    path: list[str | int] = []
    number = 1
    pending_key = False
    containers: list[str] = []
    for mark in _JSON_TOKEN.findall(text):
        if mark == "\n":
            number += 1
        elif mark in "{[":
            containers.append(mark)
            path.append("" if mark == "{" else 0)
            pending_key = mark == "{"
            if mark == "[":
                lines.setdefault(_dotted(path), number)
        elif mark in "}]" and containers:
            containers.pop()
            path.pop()
            pending_key = False
        elif mark == "," and containers:
            pending_key = containers[-1] == "{"
            if isinstance(path[-1], int):
                path[-1] += 1
                lines.setdefault(_dotted(path), number)
        elif pending_key and mark.startswith('"'):
            path[-1] = mark[1:-1]
            lines.setdefault(_dotted(path), number)
            pending_key = False
    return lines


def _dotted(path: list[str | int]) -> str:
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out
